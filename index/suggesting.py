"""Completions: countries, actors, words and titles that begin as the reader types."""

from bisect import bisect_left
from functools import cached_property

from corpus.analysis import fold, words
from index.answering import results
from index.evaluation.reach import FOLDED
from index.evaluation.view import View
from index.query import And, Facet, Match, Query, Sort, Term, TextField
from index.results import Suggestion

ENTITY_FACETS = (Facet.COUNTRY, Facet.ACTOR)
# Of the words that begin so, as many are weighed; the commonest are shown.
_MOST_WORDS = 2000
TITLES = 3


class Completions:
    """Completes prefixes from one view, accents ignored."""

    def __init__(self, view: View) -> None:
        self._view = view

    def of(self, prefix: str, limit: int) -> list[Suggestion]:
        """Return at most `limit` completions: entities first, then words, then titles."""
        typed = words(prefix)
        if not typed:
            return []
        folded = [fold(word) for word in typed]
        found = self._entities(folded, limit)
        if len(folded) == 1:
            found += self._words(folded[0], limit)
        return (found[: max(limit - TITLES, 1)] + self._titles(typed))[:limit]

    @cached_property
    def _names(self) -> list[tuple[str, Facet, str]]:
        """Each word of each entity's name, folded and sorted, with its facet and value."""
        return sorted(
            (fold(word), facet, value)
            for facet in ENTITY_FACETS
            for column in [self._view.columns.facet(facet)]
            for value in column.values
            for word in set(words(column.label(value)))
        )

    def _entities(self, folded: list[str], limit: int) -> list[Suggestion]:
        """Return the entities of whose name every typed word begins a word."""
        names = self._names
        last = folded[-1]
        place = bisect_left(names, (last,))
        found = {}
        while place < len(names) and names[place][0].startswith(last):
            _, facet, value = names[place]
            label = self._view.columns.facet(facet).label(value)
            have = [fold(word) for word in words(label)]
            if all(any(word.startswith(one) for word in have) for one in folded):
                holders = self._view.articles_with(facet, value)
                count = len(self._view.without_copies(holders))
                found[facet, value] = Suggestion(facet.value, value, label, count)
            place += 1
        return sorted(found.values(), key=_commonest)[:limit]

    def _words(self, folded: str, limit: int) -> list[Suggestion]:
        counts: dict[str, int] = {}
        for segment, field in self._view.terms(TextField.BODY):
            ranks = segment.terms_with_key_prefix(field, FOLDED, folded)[:_MOST_WORDS]
            for rank in ranks.tolist():
                word = segment.term(field, rank)
                held = segment.document_frequency(field, rank)
                counts[word] = counts.get(word, 0) + held
        found = [Suggestion("word", word, word, count) for word, count in counts.items()]
        return sorted(found, key=_commonest)[:limit]

    def _titles(self, typed: list[str]) -> list[Suggestion]:
        tree = And(
            (
                *(Term(word, Match.FOLDED, TextField.TITLE) for word in typed[:-1]),
                Term(typed[-1], Match.PREFIX, TextField.TITLE),
            )
        )
        hits = results(self._view, Query(tree, sort=Sort.NEWEST, limit=TITLES)).hits
        return [Suggestion("title", hit.article.id, hit.article.title, 1) for hit in hits]


def _commonest(suggestion: Suggestion) -> tuple[int, str]:
    return -suggestion.count, suggestion.value
