"""Completions: countries, actors, words and titles that begin as the reader types.

Any word of a name may begin so, accents ignored. Nothing is read through: names and words
lie sorted, and of those that begin alike the commonest are taken by one array operation.
"""

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, cached_property, reduce

import numpy as np
from numpy.typing import NDArray

from corpus.analysis import fold, words
from index.columnar.segment import SegmentReader
from index.engine import QueryTooCostly
from index.evaluation.matching import Budget, Evaluator
from index.evaluation.ordering import first_by_place
from index.evaluation.reach import FOLDED
from index.evaluation.view import View
from index.query import And, Facet, Match, Term, TextField
from index.results import Suggestion

ENTITY_FACETS = (Facet.COUNTRY, Facet.ACTOR)
# Of the names and words that begin so, as many of the commonest are counted exactly.
_WEIGHED = 40
TITLES = 3
# A beginning that more postings of titles share is no title yet; so many take 3 ms to read.
_TITLE_BUDGET = Budget(postings=200_000, seconds=1.0)

Codes = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class _Names:
    """The words of the names of a facet's values, sorted, with the code of each name."""

    words: list[str]
    codes: Codes

    def beginning(self, prefix: str) -> Codes:
        """Return the codes of names of which a word begins so, ascending."""
        low = bisect_left(self.words, prefix)
        high = bisect_left(self.words, prefix + "\U0010ffff")
        return np.unique(self.codes[low:high])


class Completions:
    """Completes prefixes from one view, accents ignored."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._names = cache(self._sorted_names)
        self._frequencies = cache(_document_frequencies)

    def of(self, prefix: str, limit: int) -> list[Suggestion]:
        """Return at most `limit` completions: entities first, then words, then titles."""
        typed = words(prefix)
        if not typed:
            return []
        folded = [fold(word) for word in typed]
        found = [one for facet in ENTITY_FACETS for one in self._entities(facet, folded)]
        found = sorted(found, key=_commonest)[:limit]
        if len(folded) == 1:
            found += self._words(folded[0])[:limit]
        return (found[: max(limit - TITLES, 1)] + self._titles(typed))[:limit]

    def _sorted_names(self, facet: Facet) -> _Names:
        column = self._view.columns.facet(facet)
        pairs = sorted(
            (fold(word), code)
            for code, value in enumerate(column.values)
            for word in set(words(column.label(value)))
        )
        return _Names([word for word, _ in pairs], np.array([code for _, code in pairs], np.int64))

    def _entities(self, facet: Facet, folded: list[str]) -> list[Suggestion]:
        """Return the entities of whose name every typed word begins a word."""
        names, column = self._names(facet), self._view.columns.facet(facet)
        codes = reduce(np.intersect1d, (names.beginning(one) for one in folded))
        chosen = codes[_largest(column.totals[codes])]
        found = []
        for value in (column.values[code] for code in chosen.tolist()):
            holders = self._view.without_copies(self._view.articles_with(facet, value))
            if len(holders):
                found.append(Suggestion(facet.value, value, column.label(value), len(holders)))
        return found

    def _words(self, folded: str) -> list[Suggestion]:
        counts: dict[str, int] = {}
        for segment, field in self._view.terms(TextField.BODY):
            ranks = segment.terms_with_key_prefix(field, FOLDED, folded)
            held = self._frequencies(segment, field)[ranks]
            for place in _largest(held).tolist():
                word = segment.term(field, int(ranks[place]))
                counts[word] = counts.get(word, 0) + int(held[place])
        found = [Suggestion("word", word, word, count) for word, count in counts.items()]
        return sorted(found, key=_commonest)

    def _titles(self, typed: list[str]) -> list[Suggestion]:
        """Return the newest articles whose title holds the words typed, the last one begun."""
        tree = And(
            (
                *(Term(word, Match.FOLDED, TextField.TITLE) for word in typed[:-1]),
                Term(typed[-1], Match.PREFIX, TextField.TITLE),
            )
        )
        try:
            docs = Evaluator(self._view, tree, copies=False, budget=_TITLE_BUDGET).docs
        except QueryTooCostly:
            return []
        newest = docs[first_by_place(self._newest[docs], 0, TITLES)]
        stored = (self._view.stored(doc) for doc in newest.tolist())
        return [Suggestion("title", one["id"], one["title"], 1) for one in stored]

    @cached_property
    def _newest(self) -> NDArray[np.int32]:
        return self._view.columns.newest_first()


def _document_frequencies(segment: SegmentReader, field: str) -> NDArray[np.int64]:
    return segment.document_frequencies(field)


def _largest(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where the largest counts are, the largest first; at most `_WEIGHED`."""
    if len(counts) > _WEIGHED:
        chosen = np.argpartition(counts, len(counts) - _WEIGHED)[-_WEIGHED:]
        return chosen[np.argsort(-counts[chosen], kind="stable")]
    return np.argsort(-counts, kind="stable")


def _commonest(suggestion: Suggestion) -> tuple[int, str]:
    return -suggestion.count, suggestion.value
