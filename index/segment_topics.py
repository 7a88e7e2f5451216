"""The topics of an embedded index (`index.topics`): learnt from its segments, kept beside them."""

from collections.abc import Callable, Iterator, Sequence
from heapq import nsmallest
from pathlib import Path

import numpy as np

from corpus.analysis import stem
from index.columnar.segment import SegmentReader
from index.generations import write_synced
from index.open_segments import OpenSegment
from index.query import TextField
from index.topics import DIMENSIONS, NO_TOPICS, SAMPLE, Bags, Topics, Vectors, due, learn, order

_FIELDS = tuple(field.value for field in TextField)


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
    parts = []
    for place, one in enumerate(segments):
        texts = np.full(len(ids[place]), -1, np.int64)
        for text, (_, where, doc) in enumerate(chosen):
            if where == place:
                texts[doc] = text
        bags = _bags(one.reader, rows.__getitem__)
        found = texts[bags.texts]
        parts.append((found[found >= 0], bags.words[found >= 0], bags.times[found >= 0]))
    joined = [np.concatenate(columns) for columns in zip(*parts, strict=True)]
    by_text = np.lexsort((joined[1], joined[0]))
    texts, words, times = (column[by_text] for column in joined)
    return learn(stems, Bags(texts, words, times, len(chosen)))


def vectors_of(segment: SegmentReader, topics: Topics) -> Vectors:
    """Return int8 [n, DIMENSIONS]: what each article of a segment is about."""
    return topics.of_bags(_bags(segment, lambda one: topics.rows.get(one, -1)))


def read_vectors(path: Path) -> Vectors:
    """Return the vectors of a file, over its mapped bytes."""
    if not path.stat().st_size:
        return np.empty((0, DIMENSIONS), np.int8)
    return np.memmap(path, np.int8, "r").reshape(-1, DIMENSIONS)


def _terms(segment: SegmentReader) -> Iterator[str]:
    for field in _FIELDS:
        yield from segment.terms(field)


def _bags(segment: SegmentReader, row_of: Callable[[str], int]) -> Bags:
    """Return how often the articles of a segment hold stems.

    row_of: the number of a stem, -1 for one that is left out.
    """
    keys, times = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    size = segment.doc_count
    for field in _FIELDS:
        words = np.array([row_of(stem(term)) for term in segment.terms(field)], np.int64)
        ranks = np.flatnonzero(words >= 0)
        docs, freqs, counts = segment.postings_of(field, ranks)
        keys.append((docs.astype(np.int64) << 32) + np.repeat(words[ranks], counts))
        times.append(np.asarray(freqs, np.int64))
    every, many = np.concatenate(keys), np.concatenate(times)
    by_key = np.argsort(every, kind="stable")
    every = every[by_key]
    firsts = np.flatnonzero(np.diff(every, prepend=-1))
    if not len(firsts):
        return Bags(every, every, every, size)
    found = every[firsts]
    return Bags(found >> 32, found & 0xFFFFFFFF, np.add.reduceat(many[by_key], firsts), size)
