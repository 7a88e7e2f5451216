"""Completions: countries, actors, words and titles that begin as the reader types.

Any word of a name may begin so, accents ignored. Nothing is read through: names and words
lie sorted, and of those that begin alike the commonest are taken by one array operation.
"""

from functools import cache, cached_property
from itertools import islice
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from corpus.analysis import fold, words
from index.columnar.container import Array
from index.columnar.segment import SegmentReader
from index.commonest import Commonest, Counts
from index.evaluation.facets import FacetColumn
from index.evaluation.ordering import first_by_place
from index.evaluation.reach import FOLDED
from index.evaluation.sets import Docs
from index.evaluation.view import View
from index.fields import Facet, Match, TextField
from index.names import Names
from index.results import Suggestion

ENTITY_FACETS = (Facet.COUNTRY, Facet.ACTOR)
# Of the names and words that begin so, as many of the commonest are shown at most.
_WEIGHED = 40
_WORDS_WEIGHED = 20  # of each segment
TITLES = 3
# Names crowd out words no further.
WORDS = 2
# More words than this that begin so, or articles that hold the rarest word typed, tell no title
# from another: reading them would take longer than typing on.
MOST_ENDINGS = 60
_MOST_HOLDERS = 10_000
# Where the last word has too many endings, it is looked for in as many of the newest titles.
NEWEST_READ = 12


class Completions:
    """Completes prefixes from one view, accents ignored."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._names = cache(self._sorted_names)
        self._sorting = Lock()  # who comes meanwhile waits rather than sort them too
        self._frequencies = cache(_frequencies)

    def of(self, prefix: str, limit: int) -> list[Suggestion]:
        """Return at most `limit` completions: entities first, then words, then titles."""
        typed = words(prefix)
        if not typed:
            return []
        folded = [fold(word) for word in typed]
        found = [one for facet in ENTITY_FACETS for one in self._entities(facet, folded)]
        found = sorted(found, key=_commonest)[:limit]
        single = self._words(folded[0])[:limit] if len(folded) == 1 else []
        return mixed(found, single, self._titles(typed), limit)

    def _sorted_names(self, facet: Facet) -> Names:
        column, former = self._view.columns.facet(facet), self._view.renaming.former(facet)
        names = (
            f"{column.label(value)}\n{former[value]}" if value in former else column.label(value)
            for value in column.values[:]
        )
        return Names.of(names, self._articles(column))

    def _entities(self, facet: Facet, folded: list[str]) -> list[Suggestion]:
        """Return the entities of whose name every typed word begins a word."""
        with self._sorting:
            names = self._names(facet)
        column = self._view.columns.facet(facet)
        codes = names.commonest(folded, _WEIGHED)
        values = [(column.values[code], int(names.counts[code])) for code in codes.tolist()]
        return [
            Suggestion(facet.value, value, column.label(value), count)
            for value, count in values
            if count
        ]

    def _articles(self, column: FacetColumn) -> Counts:
        """Return by code how many articles have each value, copies and removed ones left out."""
        held = np.zeros(self._view.size, np.int64)
        held[self._view.leads()] = 1
        times = np.repeat(held, np.diff(column.offsets))
        return np.bincount(column.codes[times > 0], minlength=len(column))

    def _words(self, folded: str) -> list[Suggestion]:
        counts: dict[str, int] = {}
        for segment, field in self._view.terms(TextField.BODY):
            ranks, held, ranked = self._frequencies(segment, field)
            low, high = segment.key_range(field, FOLDED, folded)
            for place in ranked.largest(low, high, _WORDS_WEIGHED).tolist():
                word = segment.term(field, int(ranks[place]))
                counts[word] = counts.get(word, 0) + int(held[place])
        found = [Suggestion("word", word, word, count) for word, count in counts.items()]
        return sorted(found, key=_commonest)

    def _titles(self, typed: list[str]) -> list[Suggestion]:
        """Return the newest articles whose title holds the words typed, the last one begun."""
        *whole, last = typed
        terms = [(word, Match.FOLDED) for word in whole]
        if self._few_endings(fold(last)):
            terms.append((last, Match.PREFIX))
        docs = self._with_titles(terms)
        newest = docs[first_by_place(self._newest[docs], 0, NEWEST_READ)]
        stored = (self._view.stored(doc) for doc in newest.tolist())
        fitting = (one for one in stored if len(terms) > len(whole) or begins(one["title"], last))
        return [Suggestion("title", one["id"], one["title"], 1) for one in islice(fitting, TITLES)]

    def _with_titles(self, terms: list[tuple[str, Match]]) -> Docs:
        """Return the articles, copies apart, whose titles hold all words; none for none.

        The articles with the rarest word are looked up under the others.
        """
        reached = [self._view.reach(TextField.TITLE, word, match) for word, match in terms]
        sizes = [sum(one.size for one in reach) for reach in reached]
        if not sizes or min(sizes) > _MOST_HOLDERS:
            return np.empty(0, np.int32)
        rarest, *others = [reached[place] for place in np.argsort(sizes, kind="stable").tolist()]
        docs = self._view.families.without_copies(self._view.holders(rarest))
        for reach in others:
            docs = docs[self._view.find(reach, docs) > 0]
        return docs

    def _few_endings(self, folded: str) -> bool:
        endings = (
            len(segment.terms_with_key_prefix(field, FOLDED, folded))
            for segment, field in self._view.terms(TextField.TITLE)
        )
        return sum(endings) <= MOST_ENDINGS

    @cached_property
    def _newest(self) -> NDArray[np.int32]:
        return self._view.columns.newest_first()


def mixed(
    names: list[Suggestion], single: list[Suggestion], titles: list[Suggestion], limit: int
) -> list[Suggestion]:
    """Return at most `limit` completions: names first, then words, then titles, some of each."""
    room = max(limit - len(titles), 1)
    kept = names[: max(room - min(len(single), WORDS), 1)]
    return ((kept + single)[:room] + titles)[:limit]


def _frequencies(segment: SegmentReader, field: str) -> tuple[Array, Counts, Commonest]:
    """Return the terms of a field by their letters, and how many articles hold each."""
    ranks = segment.keys(field, FOLDED).ranks
    held = segment.document_frequencies(field)[ranks]
    return ranks, held, Commonest(held)


def begins(title: str, prefix: str) -> bool:
    """Tell whether a word of a title begins so."""
    return any(fold(word).startswith(fold(prefix)) for word in words(title))


def _commonest(suggestion: Suggestion) -> tuple[int, str]:
    return -suggestion.count, suggestion.value
