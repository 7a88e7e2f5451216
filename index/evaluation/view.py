"""One generation of an index, its segments joined, as whole arrays.

Articles are numbered from 0 to `size - 1`, segment after segment; a number whose article
was removed stays unused, and only facet columns and lengths still hold it.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.columnar.dumping import Record
from index.columnar.integers import offsets
from index.columnar.segment import SegmentReader
from index.evaluation.columns import ID_FIELD, Columns, joined
from index.evaluation.families import NO_LEADS, Families
from index.evaluation.reach import reached, weights
from index.evaluation.reached import Reached
from index.evaluation.sets import Docs, Mask, united
from index.evaluation.weighted import Part, Weights
from index.fields import Facet, Interval, Match, TextField
from index.query import Term
from index.ranking import FIELD_WEIGHTS, B
from index.renaming import NO_RENAMING
from index.topics import DIMENSIONS, NO_TOPICS, Topics, Vectors


class About(NamedTuple):
    """What words are about, and the articles of each segment."""

    topics: Topics
    vectors: Sequence[Vectors]


NOTHING_KNOWN = About(NO_TOPICS, ())


class View:
    """Reads the segments of one generation as if they were one, values as they were indexed.

    segments: open segments, oldest first. removed: for each, the bits of the articles
    removed from it, or None. leads: int32 [2, m], the articles that are in a family of
    several, and the lead of each. about: what they are about, and the words of the index.
    """

    def __init__(
        self,
        segments: Sequence[SegmentReader],
        removed: Sequence[Mask | None],
        leads: NDArray[np.int32] = NO_LEADS,
        about: About = NOTHING_KNOWN,
    ) -> None:
        self._segments = segments
        self._bases = offsets(np.array([one.doc_count for one in segments], np.int64)).tolist()
        self.size: int = self._bases[-1]
        self._removed = _joined_removed(segments, removed)
        gone = 0 if self._removed is None else int(self._removed.sum())
        self.count = self.size - gone
        self.families = Families(leads, self.size)
        self.topics = about.topics
        self._about = about.vectors
        self.columns = Columns(segments)
        self.renaming = NO_RENAMING
        # Caches that live and die with the view.
        self.held: dict[Term, int] = {}
        # Who turns pages and picks facet values asks for the same words each time.
        self._known_reach = lru_cache(1 << 12)(self._reach)
        self.worth = cache(self._worth)
        self.everything = cache(self._everything)
        self.leads = cache(self._leading)

    def reach(self, field: TextField, word: str, match: Match) -> list[Reached]:
        """Return the terms of a field that a word stands for, segment by segment."""
        if match in (Match.PREFIX, Match.WILDCARD, Match.FUZZY):  # may be thousands
            return self._reach(field, word, match)
        return self._known_reach(field, word, match)

    def _reach(self, field: TextField, word: str, match: Match) -> list[Reached]:
        found = []
        for base, segment in zip(self._bases, self._segments, strict=False):
            ranks = reached(segment, field.value, word, match)
            if len(ranks):
                size = sum(segment.document_frequency(field.value, one) for one in ranks.tolist())
                nearness = weights(segment, field.value, ranks, word, match)
                found.append(Reached(base, segment, field.value, ranks, nearness, size))
        return found

    def read(self, word: Sequence[Reached]) -> Part:
        """Return the articles that hold a word, and what its occurrences count.

        An article comes once for each form, unless the part says that it ascends.
        """
        parts = [one.read() for one in word]
        if len(parts) == 1:
            docs, counts, ascending = parts[0]
        else:
            docs = joined(np.int32, (part[0] for part in parts))
            counts = joined(np.float64, (part[1] for part in parts))
            ascending = all(part[2] for part in parts)
        if self._removed is not None:
            keep = ~self._removed[docs]
            docs, counts = docs[keep], counts[keep]
        return docs, counts, ascending

    def holders(self, word: Sequence[Reached]) -> Docs:
        """Return the articles that hold a word, ascending."""
        lists = [docs for one in word for docs in one.holders()]
        return self._kept(united(lists, self.size) if lists else np.empty(0, np.int32))

    def find(self, word: Sequence[Reached], docs: Docs) -> Weights:
        """Return what a word's occurrences count in each of some articles.

        docs: ascending, none removed. The word's postings are searched, not read.
        """
        counts = np.zeros(len(docs))
        for one in word:
            one.add_counts(docs, counts)
        return counts

    def occurrences(self, word: Sequence[Reached], within: Docs) -> NDArray[np.int64]:
        """Return where a word stands in the given articles (ascending), ascending."""
        found = [places for one in word for places in one.occurrences(within)]
        if len(found) == 1:
            return found[0]
        # Ascending runs, which this sort merges.
        return np.sort(np.concatenate([np.empty(0, np.int64), *found]), kind="stable")

    def about(self, docs: Docs) -> Vectors:
        """Return what each of some articles (ascending) is about; none known, nothing."""
        bounds = np.searchsorted(docs, self._bases).tolist()
        parts = [
            vectors[docs[first:last] - base]
            for vectors, base, (first, last) in zip(
                self._about, self._bases, pairwise(bounds), strict=False
            )
        ]
        return np.concatenate([np.empty((0, DIMENSIONS), np.int8), *parts])

    def articles_with(self, facet: Facet, value: str) -> Docs:
        """Return the articles that have a facet value, ascending; none for an unknown one."""
        if facet is Facet.YEAR:
            return np.flatnonzero(self.columns.periods(Interval.YEAR) == _year(value)).astype(
                np.int32
            )
        return self._having(facet.value, value)

    def article_with_id(self, article_id: str) -> int:
        """Return the number of the article with an id, or -1."""
        found = self._having(ID_FIELD, article_id)
        return int(found[-1]) if len(found) else -1

    def article_id(self, doc: int) -> str:
        """Return the id of an article."""
        which = bisect_right(self._bases, doc) - 1
        column = self._segments[which].keyword_column(ID_FIELD)
        return column.values[int(column.codes[doc - self._bases[which]])]

    def stored(self, doc: int) -> dict[str, Any]:
        """Return the stored fields of an article."""
        which = bisect_right(self._bases, doc) - 1
        return self._segments[which].stored(doc - self._bases[which])

    def record(self, doc: int) -> Record:
        """Return the names and the values of the stored fields of an article."""
        which = bisect_right(self._bases, doc) - 1
        return self._segments[which].record(doc - self._bases[which])

    def terms(self, field: TextField) -> Iterator[tuple[SegmentReader, str]]:
        """Yield each segment with the name of a field: for what looks terms up itself."""
        return ((segment, field.value) for segment in self._segments)

    def _having(self, name: str, value: str) -> Docs:
        """Return the articles that have a keyword, ascending."""
        found = []
        for base, segment in zip(self._bases, self._segments, strict=False):
            rank = segment.term_id(name, value)
            if rank >= 0:
                found.append(segment.postings(name, rank)[0] + np.int32(base))
        return self._kept(joined(np.int32, found))

    def _kept(self, docs: Docs) -> Docs:
        """Return those of some articles that are not removed."""
        return docs if self._removed is None else docs[~self._removed[docs]]

    def _leading(self) -> Docs:
        """Return every article that is no copy, ascending."""
        return self.families.without_copies(self.everything())

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
