"""The topics of an embedded index (`index.topics`): learnt from its segments, kept beside them."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from index.columnar.dictionary import decoded
from index.columnar.integers import run_bounds
from index.columnar.segment import SegmentReader
from index.embedded.generations import write_synced
from index.embedded.open_segments import OpenSegment
from index.evaluation.reach import STEMMED
from index.fields import TextField
from index.topics import (
    DIMENSIONS,
    NO_TOPICS,
    Bags,
    Topics,
    Vectors,
    due,
    first_of,
    in_bytes,
    learn,
)

_FIELDS = tuple(field.value for field in TextField)
# Postings looked at together: 0.3 GB with what is made of them.
_POSTINGS = 1 << 22
# A text, the row of a stem and how often it is there, in 64 bits.
_ROW_BITS, _TIMES_BITS = 24, 12
_TEXT_SHIFT, _MOST_TIMES = _ROW_BITS + _TIMES_BITS, (1 << _TIMES_BITS) - 1


def kept_topics(
    folder: Path, learnt: str, name: str, segments: Sequence[OpenSegment]
) -> tuple[str, list[str]]:
    """Return the file of the topics of segments, and of each that of what it is about.

    Those there are, or learnt anew if due; empty for none. What is not there is written.
    learnt: the file of the topics there are, empty for none. name: of the file of new ones.
    """
    topics = Topics.from_bytes((folder / learnt).read_bytes()) if learnt else NO_TOPICS
    if due(sum(one.held() for one in segments), topics.learnt):
        new = learnt_from(segments)
        if new.learnt:
            write_synced(folder / name, new.to_bytes())
            topics, learnt = new, name
    # More threads would wait busily for a core that another task has.
    with threadpool_limits(1, "blas"):
        return learnt, [_kept_vectors(folder, one, topics, learnt) for one in segments]


def _kept_vectors(folder: Path, segment: OpenSegment, topics: Topics, learnt: str) -> str:
    if not learnt:
        return ""
    name = f"{segment.name.removesuffix('.segment')}-{learnt.removesuffix('.npz')}.topics"
    if not (folder / name).exists():
        write_synced(folder / name, vectors_of(segment.reader, topics).tobytes())
    return name


def learnt_from(segments: Sequence[OpenSegment]) -> Topics:
    """Return the topics of the articles of segments."""
    readers = [one.reader for one in segments]
    stems = sorted({stem for one in readers for name in _FIELDS for stem in _stems(one, name)})
    rows = {stem: row for row, stem in enumerate(stems)}
    numbers, size = _chosen(segments)
    found = [
        entries
        for one, texts in zip(readers, numbers, strict=True)
        for entries in _entries(one, rows, texts)
    ]
    return learn(stems, _bags(np.concatenate([np.empty(0, np.uint64), *found]), size))


def vectors_of(segment: SegmentReader, topics: Topics) -> Vectors:
    """Return int8 [n, DIMENSIONS]: what each article of a segment is about."""
    sums = np.zeros((segment.doc_count, DIMENSIONS))
    for entries in _entries(segment, topics.rows, np.arange(segment.doc_count)):
        topics.add(_bags(entries, segment.doc_count), sums)
    return in_bytes(sums)


def read_vectors(path: Path) -> Vectors:
    """Return the vectors of a file, over its mapped bytes."""
    if not path.stat().st_size:
        return np.empty((0, DIMENSIONS), np.int8)
    return np.memmap(path, np.int8, "r").reshape(-1, DIMENSIONS)


def _chosen(segments: Sequence[OpenSegment]) -> tuple[list[NDArray[np.int64]], int]:
    """Return for each segment the number of each article among those to learn from, or -1.

    Also returns how many these are.
    """
    held = [np.flatnonzero(one.kept()) for one in segments]
    numbers = [np.full(one.reader.doc_count, -1, np.int64) for one in segments]
    places = [(at, doc) for at, docs in enumerate(held) for doc in docs.tolist()]
    ids = [one.ids() for one in segments]
    chosen = first_of([ids[at][doc] for at, doc in places])
    for number, place in enumerate(chosen):
        at, doc = places[place]
        numbers[at][doc] = number
    return numbers, len(chosen)


def _stems(segment: SegmentReader, field: str) -> list[str]:
    """Return the stems of a field's terms, ascending."""
    return [decoded(one) for one in segment.keys(field, STEMMED).keys.terms()]


def _entries(
    segment: SegmentReader, rows: Mapping[str, int], texts: NDArray[np.int64]
) -> Iterator[NDArray[np.uint64]]:
    """Yield how often texts hold stems: some stems at a time, of each all its postings.

    rows: the numbers of the stems that are looked at. texts: int64 [n], the number of each
    article's text, -1 for one that is left out. What is yielded is a text, a row and how
    often in one number, so that to sort them takes a tenth of the time.
    """
    of_terms = [
        np.array([rows.get(one, -1) for one in _stems(segment, field)], np.int64)[
            segment.keys(field, STEMMED).of_terms()
        ]
        for field in _FIELDS
    ]
    sizes = np.concatenate([segment.document_frequencies(field) for field in _FIELDS])
    every = np.concatenate(of_terms)
    by_row = np.argsort(every, kind="stable")
    by_row = by_row[np.searchsorted(every[by_row], 0) :]
    for chosen in _runs(by_row, every[by_row], sizes[by_row]):
        found, first = [], 0
        for field, of_field in zip(_FIELDS, of_terms, strict=True):
            ranks = np.sort(chosen[(chosen >= first) & (chosen < first + len(of_field))] - first)
            docs, times, counts = segment.postings_of(field, ranks)
            stems = (of_field[ranks] << _TIMES_BITS).astype(np.uint64).repeat(counts)
            stems |= np.minimum(times.astype(np.uint64), np.uint64(_MOST_TIMES))
            of_text = texts[docs]
            kept = of_text >= 0
            found.append(stems[kept] | (of_text[kept] << _TEXT_SHIFT).astype(np.uint64))
            first += len(of_field)
        yield np.concatenate(found)


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


def _bags(entries: NDArray[np.uint64], size: int) -> Bags:
    """Return entries as bags, what is of the same text and stem taken together."""
    entries = np.sort(entries)
    keys = entries >> np.uint64(_TIMES_BITS)
    firsts = run_bounds(keys)[:-1]
    found = keys[firsts]
    times = (entries & np.uint64(_MOST_TIMES)).astype(np.int64)
    return Bags(
        (found >> np.uint64(_ROW_BITS)).astype(np.int64),
        (found & np.uint64((1 << _ROW_BITS) - 1)).astype(np.int64),
        np.add.reduceat(times, firsts) if len(firsts) else times,
        size,
    )
