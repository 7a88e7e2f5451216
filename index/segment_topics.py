"""The topics of an embedded index (`index.topics`): learnt from its segments, kept beside them."""

from collections.abc import Callable, Iterator, Sequence
from heapq import nsmallest
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.analysis import stem
from index.columnar.segment import SegmentReader
from index.generations import write_synced
from index.open_segments import OpenSegment
from index.query import TextField
from index.topics import (
    DIMENSIONS,
    NO_TOPICS,
    SAMPLE,
    Bags,
    Topics,
    Vectors,
    due,
    in_bytes,
    learn,
    order,
)

_FIELDS = tuple(field.value for field in TextField)
# Postings looked at together: 0.3 GB with what is made of them.
_POSTINGS = 1 << 22


def learnt_topics(
    folder: Path, learnt: str, name: str, segments: Sequence[OpenSegment]
) -> tuple[Topics, str]:
    """Return the topics of segments and their file: those there are, or learnt anew if due.

    learnt: the file of those there are, empty for none. name: of the file of new ones.
    """
    known = Topics.from_bytes((folder / learnt).read_bytes()) if learnt else NO_TOPICS
    if not due(sum(one.held() for one in segments), known.learnt):
        return known, learnt
    new = learnt_from(segments)
    if not new.learnt:
        return known, learnt
    write_synced(folder / name, new.to_bytes())
    return new, name


def kept_vectors(folder: Path, segment: OpenSegment, topics: Topics, learnt: str) -> str:
    """Return the file of what a segment's articles are about, written unless it is there.

    learnt: the file of the topics, empty for none.
    """
    if not learnt:
        return ""
    name = f"{segment.name.removesuffix('.segment')}-{learnt.removesuffix('.npz')}.topics"
    if not (folder / name).exists():
        write_synced(folder / name, vectors_of(segment.reader, topics).tobytes())
    return name


def learnt_from(segments: Sequence[OpenSegment]) -> Topics:
    """Return the topics of the articles of segments."""
    ids = [one.ids() for one in segments]
    every = (
        (order(ids[place][doc]), place, doc)
        for place, one in enumerate(segments)
        for doc in np.flatnonzero(one.kept()).tolist()
    )
    chosen = nsmallest(SAMPLE, every)
    stems = sorted({stem(term) for one in segments for term in _terms(one.reader)})
    rows = {one: row for row, one in enumerate(stems)}
    numbers = [np.full(len(one), -1, np.int64) for one in ids]
    for text, (_, place, doc) in enumerate(chosen):
        numbers[place][doc] = text
    parts = [
        (bags.texts, bags.words, bags.times)
        for one, texts in zip(segments, numbers, strict=True)
        for bags in _bags(one.reader, rows.__getitem__, texts)
    ]
    joined = [np.concatenate(columns) for columns in zip(*parts, strict=True)]
    by_text = np.lexsort((joined[1], joined[0]))
    texts, words, times = (column[by_text] for column in joined)
    return learn(stems, Bags(texts, words, times, len(chosen)))


def vectors_of(segment: SegmentReader, topics: Topics) -> Vectors:
    """Return int8 [n, DIMENSIONS]: what each article of a segment is about."""
    sums = np.zeros((segment.doc_count, DIMENSIONS))
    every = np.arange(segment.doc_count)
    for bags in _bags(segment, lambda one: topics.rows.get(one, -1), every):
        topics.add(bags, sums)
    return in_bytes(sums)


def read_vectors(path: Path) -> Vectors:
    """Return the vectors of a file, over its mapped bytes."""
    if not path.stat().st_size:
        return np.empty((0, DIMENSIONS), np.int8)
    return np.memmap(path, np.int8, "r").reshape(-1, DIMENSIONS)


def _terms(segment: SegmentReader) -> Iterator[str]:
    for field in _FIELDS:
        yield from segment.terms(field)


def _bags(
    segment: SegmentReader, row_of: Callable[[str], int], texts: NDArray[np.int64]
) -> Iterator[Bags]:
    """Yield how often texts hold stems: some stems at a time, of each all its postings.

    row_of: the number of a stem, -1 for one that is left out. texts: int64 [n], the number of
    each article's text, -1 for one that is left out.
    """
    rows = [
        np.array([row_of(stem(term)) for term in segment.terms(field)], np.int64)
        for field in _FIELDS
    ]
    sizes = np.concatenate([segment.document_frequencies(field) for field in _FIELDS])
    every = np.concatenate(rows)
    by_row = np.argsort(every, kind="stable")
    by_row = by_row[np.searchsorted(every[by_row], 0) :]
    for chosen in _runs(by_row, every[by_row], sizes[by_row]):
        keys, times, first = [], [], 0
        for field, of_field in zip(_FIELDS, rows, strict=True):
            ranks = chosen[(chosen >= first) & (chosen < first + len(of_field))] - first
            docs, freqs, counts = segment.postings_of(field, np.sort(ranks))
            of_text = texts[docs]
            kept = of_text >= 0
            stems = np.repeat(of_field[np.sort(ranks)], counts)
            keys.append((of_text[kept] << 32) + stems[kept])
            times.append(freqs[kept].astype(np.int32))
            first += len(of_field)
        yield _summed(np.concatenate(keys), np.concatenate(times), len(texts))


def _runs(
    terms: NDArray[np.int64], rows: NDArray[np.int64], sizes: NDArray[np.integer]
) -> Iterator[NDArray[np.int64]]:
    """Yield terms sorted by row, whole rows, of `_POSTINGS` together or of one row."""
    firsts = np.flatnonzero(np.diff(rows, prepend=-1))
    before = np.append(0, np.cumsum(sizes, dtype=np.int64))
    bounds = np.append(firsts, len(terms))
    begin = 0
    while begin < len(firsts):
        most = before[bounds[begin]] + _POSTINGS
        end = max(int(np.searchsorted(before[bounds], most, "right")) - 1, begin + 1)
        yield terms[bounds[begin] : bounds[end]]
        begin = end


def _summed(keys: NDArray[np.int64], times: NDArray[np.integer], size: int) -> Bags:
    """Return the bags of keys (text and stem), what has the same key taken together."""
    by_key = np.argsort(keys)
    keys = keys[by_key]
    firsts = np.flatnonzero(np.diff(keys, prepend=-1))
    if not len(firsts):
        return Bags(keys, keys, keys, size)
    found = keys[firsts]
    return Bags(found >> 32, found & 0xFFFFFFFF, np.add.reduceat(times[by_key], firsts), size)
