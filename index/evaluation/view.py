"""One generation of an index, its segments joined, as whole arrays.

Articles are numbered from 0 to `size - 1`, segment after segment; a number whose article
was removed stays unused, and only facet columns and lengths still hold it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.columnar.integers import offsets
from index.columnar.segment import SegmentReader
from index.columnar.stored import Record
from index.evaluation.columns import ID_FIELD, Columns, joined
from index.evaluation.reach import Ranks, reached, weights
from index.evaluation.sets import Docs, Mask, united
from index.evaluation.weighted import Part, Weights
from index.query import Facet, Interval, Match, Term, TextField
from index.ranking import FIELD_WEIGHTS, B
from index.renaming import NO_RENAMING
from index.topics import DIMENSIONS, NO_TOPICS, Topics, Vectors

# An occurrence is one number, the article's shifted left by this plus the word's
# position: sorted by article, then position. A field holds at most 2^24 words.
POSITION_BITS = 24

_NONE = np.empty(0, np.int32)
_NO_LEADS = np.empty((2, 0), np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class Reached:
    """The terms of one segment that a word stands for.

    base: the number of the segment's first article. nearness: float64 [ranks], what an
    occurrence of each counts. size: how many postings they have.
    """

    base: int
    segment: SegmentReader
    ranks: Ranks
    nearness: NDArray[np.float64]
    size: int


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
        leads: NDArray[np.int32] = _NO_LEADS,
        about: About = NOTHING_KNOWN,
    ) -> None:
        self._segments = segments
        self._bases = offsets(np.array([one.doc_count for one in segments], np.int64)).tolist()
        self.size: int = self._bases[-1]
        self._removed = _joined_removed(segments, removed)
        gone = 0 if self._removed is None else int(self._removed.sum())
        self.count = self.size - gone
        self._leads = leads
        self.topics = about.topics
        self._about = about.vectors
        self.copies = int((leads[0] != leads[1]).sum())
        self.columns = Columns(segments)
        self.renaming = NO_RENAMING
        # Caches that live and die with the view.
        self.held: dict[Term, int] = {}
        # Who turns pages and picks facet values asks for the same words each time.
        self._known_reach = lru_cache(1 << 12)(self._reach)
        self.worth = cache(self._worth)
        self.everything = cache(self._everything)
        self._copied = cache(self._copied_mask)
        self._by_lead = cache(self._families)
        self._lead_of = cache(self._leads_by_article)
        self.leads = cache(self._leading_articles)

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
                found.append(Reached(base, segment, ranks, nearness, size))
        return found

    def read(self, field: TextField, word: Sequence[Reached]) -> Part:
        """Return the articles that hold a word in a field, and what its occurrences count.

        An article comes once for each form, unless the part says that it ascends.
        """
        parts = [_read(one, field.value) for one in word]
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

    def holders(self, field: TextField, word: Sequence[Reached]) -> Docs:
        """Return the articles that hold a word in a field, ascending."""
        lists = [
            one.segment.postings(field.value, rank)[0] + np.int32(one.base)
            for one in word
            for rank in one.ranks.tolist()
        ]
        docs = united(lists, self.size) if lists else np.empty(0, np.int32)
        return docs if self._removed is None else docs[~self._removed[docs]]

    def find(self, field: TextField, word: Sequence[Reached], docs: Docs) -> Weights:
        """Return what a word's occurrences in a field count in each of some articles.

        docs: ascending, none removed. The word's postings are searched, not read.
        """
        counts = np.zeros(len(docs))
        for one in word:
            within, wanted = _of_segment(one, docs)
            for rank, nearness in zip(one.ranks.tolist(), one.nearness.tolist(), strict=True):
                places, there, freqs = one.segment.find(field.value, rank, wanted)
                counts[within] += freqs.take(places, mode="clip") * there * nearness
        return counts

    def occurrences(
        self, field: TextField, word: Sequence[Reached], within: Docs
    ) -> NDArray[np.int64]:
        """Return where a word stands in the given articles (ascending), ascending."""
        found = []
        for one in word:
            _, wanted = _of_segment(one, within)
            found += [
                _places(one.segment, field.value, rank, one.base, wanted)
                for rank in one.ranks.tolist()
            ]
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

    def without_copies(self, docs: Docs) -> Docs:
        """Return the articles that are alone or lead their family; ascending, as they are."""
        return docs[self.leading(docs)] if self.copies else docs

    def leading(self, docs: Docs) -> Mask:
        """Tell which articles are alone or lead their family."""
        return ~self._copied()[docs]

    def leads_of(self, docs: Sequence[int]) -> list[int]:
        """Return the lead of each article's family, -1 where it is alone."""
        leads: list[int] = self._lead_of().take(docs).tolist() if docs else []
        return leads

    def family(self, doc: int) -> Docs:
        """Return the articles of an article's family, the lead first; none where it is alone."""
        lead = int(self._lead_of()[doc])
        if lead < 0:
            return _NONE
        members, led_by = self._by_lead()
        return members[bisect_left(led_by.data, lead) : bisect_right(led_by.data, lead)]

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
        docs: Docs = joined(np.int32, found)
        return docs if self._removed is None else docs[~self._removed[docs]]

    def _leads_by_article(self) -> NDArray[np.int32]:
        """Return int32 [size]: the lead of each article's family, -1 where it is alone."""
        lead_of = np.full(self.size, -1, np.int32)
        rows, leads = self._leads
        lead_of[rows] = leads
        return lead_of

    def _families(self) -> tuple[Docs, Docs]:
        """Return the articles in families, by their leads, each lead first; and those leads."""
        rows, leads = self._leads
        order = np.lexsort((rows != leads, leads))
        return rows[order], leads[order]

    def _copied_mask(self) -> Mask:
        """Return bool [size]: the articles behind the lead of their family."""
        copied = np.zeros(self.size, bool)
        rows, leads = self._leads
        copied[rows[rows != leads]] = True
        return copied

    def _leading_articles(self) -> Docs:
        """Return every article that is no copy, ascending."""
        everything = self.everything()
        return everything[~self._copied()[everything]]

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


def _of_segment(one: Reached, docs: Docs) -> tuple[slice, Docs]:
    """Return which of some articles are a segment's, and their numbers there."""
    if not one.base and (not len(docs) or docs[-1] < one.segment.doc_count):
        return slice(None), docs
    low, high = np.searchsorted(docs, (one.base, one.base + one.segment.doc_count))
    return slice(low, high), docs[low:high] - np.int32(one.base)


def _read(one: Reached, field: str) -> Part:
    """Return the articles that hold a segment's terms, and what their occurrences count."""
    if len(one.ranks) == 1:
        docs, freqs = one.segment.postings(field, int(one.ranks[0]))
        weights = freqs * one.nearness[0]
    else:
        docs, freqs, times = one.segment.postings_of(field, one.ranks)
        weights = freqs * np.repeat(one.nearness, times)
    return docs + np.int32(one.base) if one.base else docs, weights, len(one.ranks) == 1


def _places(
    segment: SegmentReader, field: str, rank: int, base: int, wanted: Docs
) -> NDArray[np.int64]:
    """Return where a term stands in the wanted articles, as occurrences, ascending."""
    places, there, _ = segment.find(field, rank, wanted)
    held = there.nonzero()[0]
    if not len(held):
        return held
    positions, counts = segment.places(field, rank, places.take(held))
    keys = (wanted.take(held).astype(np.int64) + base) << POSITION_BITS
    return keys.repeat(counts) + positions


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
