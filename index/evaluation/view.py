"""One generation of an index, its segments joined, as whole arrays.

Articles are numbered from 0 to `size - 1`, segment after segment; a number whose article
was removed stays unused, and only facet columns and lengths still hold it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.columnar.integers import offsets, ragged
from index.columnar.segment import SegmentReader
from index.evaluation.columns import ID_FIELD, Columns, joined
from index.evaluation.reach import Ranks, reached, weights
from index.query import Facet, Interval, Match, TextField
from index.ranking import FIELD_WEIGHTS, B

Docs = NDArray[np.int32]
Mask = NDArray[np.bool_]

# An occurrence is one number, the article's shifted left by this plus the word's
# position: sorted by article, then position. A field holds at most 2^24 words.
POSITION_BITS = 24


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """Where a word stands in a field, form after form: an article may come several times.

    docs: int32 [n]. freqs: [n], how often the article holds the form. weights: float64
    [n], what one such occurrence counts. ascending: whether there is one form only, hence
    each article once, in order.
    """

    docs: Docs
    freqs: NDArray[Any]
    weights: NDArray[np.float64]
    ascending: bool


class View:
    """Reads the segments of one generation as if they were one.

    segments: open segments, oldest first. removed: for each, the bits of the articles
    removed from it, or None.
    """

    def __init__(self, segments: Sequence[SegmentReader], removed: Sequence[Mask | None]) -> None:
        self._segments = segments
        self._bases = offsets(np.array([one.doc_count for one in segments], np.int64)).tolist()
        self.size: int = self._bases[-1]
        self._removed = _joined_removed(segments, removed)
        gone = 0 if self._removed is None else int(self._removed.sum())
        self.count = self.size - gone
        self.columns = Columns(segments)
        # Caches that live and die with the view.
        self.worth = cache(self._worth)
        self.everything = cache(self._everything)

    def postings(self, field: TextField, word: str, match: Match) -> Postings:
        """Return where a word stands in a field, as far as it reaches."""
        docs, freqs, counted = [], [], []
        ascending = True
        for base, segment, ranks in self._reached(field, word, match):
            nearness = weights(segment, field.value, ranks, word, match)
            if len(ranks) == 1:
                found, times = segment.postings(field.value, int(ranks[0]))
                counted.append(np.broadcast_to(nearness, len(found)))
            else:
                ascending = False
                found, times, counts = segment.postings_of(field.value, ranks)
                counted.append(np.repeat(nearness, counts))
            docs.append(found + np.int32(base) if base else found)
            freqs.append(times)
        return self._present(docs, freqs, counted, ascending)

    def occurrences(
        self, field: TextField, word: str, match: Match, within: Docs
    ) -> NDArray[np.int64]:
        """Return where a word stands in the given articles (ascending), ascending."""
        wanted = np.zeros(self.size, bool)
        wanted[within] = True
        found = [
            _places(segment, field.value, rank, base, wanted)
            for base, segment, ranks in self._reached(field, word, match)
            for rank in ranks.tolist()
        ]
        if len(found) == 1:
            return found[0]
        return np.sort(np.concatenate(found)) if found else np.empty(0, np.int64)

    def articles_with(self, facet: Facet, value: str) -> Docs:
        """Return the articles that have a facet value, ascending; none for an unknown one."""
        if facet is Facet.YEAR:
            return np.flatnonzero(self.columns.periods(Interval.YEAR) == _year(value)).astype(
                np.int32
            )
        return self._holders(facet.value, value)

    def article_with_id(self, article_id: str) -> int:
        """Return the number of the article with an id, or -1."""
        found = self._holders(ID_FIELD, article_id)
        return int(found[-1]) if len(found) else -1

    def stored(self, doc: int) -> dict[str, Any]:
        """Return the stored fields of an article."""
        which = int(np.searchsorted(self._bases, doc, side="right")) - 1
        return self._segments[which].stored(doc - self._bases[which])

    def terms(self, field: TextField) -> Iterator[tuple[SegmentReader, str]]:
        """Yield each segment with the name of a field: for what looks terms up itself."""
        return ((segment, field.value) for segment in self._segments)

    def _reached(
        self, field: TextField, word: str, match: Match
    ) -> Iterator[tuple[int, SegmentReader, Ranks]]:
        for base, segment in zip(self._bases, self._segments, strict=False):
            ranks = reached(segment, field.value, word, match)
            if len(ranks):
                yield base, segment, ranks

    def _present(
        self,
        docs: list[Docs],
        freqs: list[NDArray[Any]],
        counted: list[NDArray[np.float64]],
        ascending: bool,
    ) -> Postings:
        """Join postings of segments, and leave removed articles out."""
        if len(docs) == 1:
            found = Postings(docs[0], freqs[0], counted[0], ascending)
        else:
            found = Postings(
                joined(np.int32, docs),
                _concatenated(freqs),
                _concatenated(counted),
                ascending,
            )
        if self._removed is None:
            return found
        keep = ~self._removed[found.docs]
        return Postings(found.docs[keep], found.freqs[keep], found.weights[keep], ascending)

    def _holders(self, name: str, value: str) -> Docs:
        """Return the articles that have a keyword, ascending."""
        found = []
        for base, segment in zip(self._bases, self._segments, strict=False):
            rank = segment.term_id(name, value)
            if rank >= 0:
                found.append(segment.postings(name, rank)[0] + np.int32(base))
        docs: Docs = joined(np.int32, found)
        return docs if self._removed is None else docs[~self._removed[docs]]

    def _everything(self) -> Docs:
        """Return the number of every article, ascending."""
        if self._removed is None:
            return np.arange(self.size, dtype=np.int32)
        return np.flatnonzero(~self._removed).astype(np.int32)

    def _worth(self, field: TextField) -> NDArray[np.float64]:
        """Return float64 [size]: the field's weight over 1 - b + b * length / average length."""
        lengths = joined(np.float64, (one.lengths(field.value) for one in self._segments))
        present = lengths[self.everything()]
        average = present.mean() if len(present) else 0.0
        return FIELD_WEIGHTS[field] / (1 - B + B * lengths / (average or 1.0))


def _year(value: str) -> int:
    """Return the year that a facet value names, one that no article has if it names none."""
    return int(value) if value.isascii() and value.isdigit() and len(value) == 4 else -1


def _places(
    segment: SegmentReader, field: str, rank: int, base: int, wanted: Mask
) -> NDArray[np.int64]:
    """Return where a term stands in the wanted articles, as occurrences, ascending."""
    docs, _ = segment.postings(field, rank)
    starts, positions = segment.positions(field, rank)
    keep = np.flatnonzero(wanted[docs + np.int64(base)])
    counts = starts[keep + 1] - starts[keep]
    keys = (docs[keep].astype(np.int64) + base) << POSITION_BITS
    return np.repeat(keys, counts) + positions[ragged(starts[keep], counts)]


def _joined_removed(
    segments: Sequence[SegmentReader], removed: Sequence[Mask | None]
) -> Mask | None:
    """Return bool [size] of the removed articles, or None where there is none."""
    if not any(bits is not None and bits.any() for bits in removed):
        return None
    return np.concatenate(
        [
            np.zeros(segment.doc_count, bool) if bits is None else bits
            for segment, bits in zip(segments, removed, strict=True)
        ]
    )


def _concatenated(arrays: list[NDArray[Any]]) -> NDArray[Any]:
    return np.concatenate(arrays) if arrays else np.empty(0)
