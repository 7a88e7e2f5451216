"""The terms of one segment that a word stands for, and their postings."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.columnar.segment import SegmentReader
from index.evaluation.reach import Ranks
from index.evaluation.sets import Docs
from index.evaluation.weighted import Part, Weights

# An occurrence is one number, the article's shifted left by this plus the word's
# position: sorted by article, then position. A field holds at most 2^24 words.
POSITION_BITS = 24


@dataclass(frozen=True, slots=True, eq=False)
class Reached:
    """The terms of one field of a segment that a word stands for.

    Articles go by their numbers in the view, removed ones among them. base: the number of
    the segment's first article. nearness: float64 [ranks], what an occurrence of each
    counts. size: how many postings they have.
    """

    base: int
    segment: SegmentReader
    field: str
    ranks: Ranks
    nearness: NDArray[np.float64]
    size: int

    def read(self) -> Part:
        """Return the articles that hold the terms, and what their occurrences count."""
        if len(self.ranks) == 1:
            docs, freqs = self.segment.postings(self.field, int(self.ranks[0]))
            weights = freqs * self.nearness[0]
        else:
            docs, freqs, times = self.segment.postings_of(self.field, self.ranks)
            weights = freqs * np.repeat(self.nearness, times)
        return docs + np.int32(self.base) if self.base else docs, weights, len(self.ranks) == 1

    def holders(self) -> list[Docs]:
        """Return the articles that hold each term, ascending."""
        return [
            self.segment.postings(self.field, rank)[0] + np.int32(self.base)
            for rank in self.ranks.tolist()
        ]

    def add_counts(self, docs: Docs, counts: Weights) -> None:
        """Add to float64 [n] what the terms' occurrences count in each of some articles.

        docs: int32 [n], ascending. Postings are searched, not read.
        """
        within, wanted = self._of_segment(docs)
        for rank, nearness in zip(self.ranks.tolist(), self.nearness.tolist(), strict=True):
            places, there, freqs = self.segment.find(self.field, rank, wanted)
            counts[within] += freqs.take(places, mode="clip") * there * nearness

    def occurrences(self, docs: Docs) -> list[NDArray[np.int64]]:
        """Return where each term stands in some articles (ascending), ascending."""
        _, wanted = self._of_segment(docs)
        return [self._places(rank, wanted) for rank in self.ranks.tolist()]

    def _of_segment(self, docs: Docs) -> tuple[slice, Docs]:
        """Return which of some articles are the segment's, and their numbers there."""
        if not self.base and (not len(docs) or docs[-1] < self.segment.doc_count):
            return slice(None), docs
        low, high = np.searchsorted(docs, (self.base, self.base + self.segment.doc_count))
        return slice(low, high), docs[low:high] - np.int32(self.base)

    def _places(self, rank: int, wanted: Docs) -> NDArray[np.int64]:
        places, there, _ = self.segment.find(self.field, rank, wanted)
        held = there.nonzero()[0]
        if not len(held):
            return held
        positions, counts = self.segment.places(self.field, rank, places.take(held))
        keys = (wanted.take(held).astype(np.int64) + self.base) << POSITION_BITS
        return keys.repeat(counts) + positions
