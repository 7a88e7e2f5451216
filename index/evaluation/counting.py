"""Filters, facet counts and the histogram, over the articles that match a tree.

A facet's counts leave its own selection out (they are disjunctive), so that each tells
what choosing that value instead would give.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property, reduce

import numpy as np
from numpy.typing import NDArray

from index.columnar.integers import distinct_counts
from index.evaluation.sets import Docs, contained, united
from index.evaluation.tallying import Tally, every_value, some_values
from index.evaluation.view import View
from index.fields import Facet, Interval
from index.query import Filters
from index.results import Bar

Mask = NDArray[np.bool_]


class Selection:
    """The filters of a query, applied to the articles that match its tree.

    docs: int32 [n], ascending, the articles that match the tree.
    """

    def __init__(self, view: View, filters: Filters, docs: Docs) -> None:
        self._view = view
        self._docs = self._not_excluded(self._dated(docs, filters), filters)
        self._chosen = {
            facet: self._having(self._docs, facet, filters.selected(facet))
            for facet in {facet for facet, _ in filters.values}
        }

    @cached_property
    def passing(self) -> Docs:
        """The articles that pass every filter, ascending."""
        return self._passing_but(None)

    def tallies(self, facets: Sequence[Facet]) -> Mapping[Facet, Tally]:
        """Count the values of facets, each with its own selection left out.

        Those in which nothing is selected are counted in the same articles, at once.
        """
        together = tuple(facet for facet in facets if facet not in self._chosen)
        found = dict(zip(together, self._counted(together, self.passing), strict=True))
        for facet in self._chosen:
            if facet in facets:
                (found[facet],) = self._counted((facet,), self._passing_but(facet))
        return found

    def _counted(self, facets: tuple[Facet, ...], docs: Docs) -> Sequence[Tally]:
        if not facets:
            return []
        columns = self._view.columns.facets(facets)
        if len(docs) * 2 > self._view.size:
            # Most articles: what the others have, taken from what all have.
            others = np.ones(self._view.size, bool)
            others[docs] = False
            codes = columns.of(others.nonzero()[0])
            return every_value(columns, columns.totals - np.bincount(codes, minlength=len(columns)))
        codes = columns.of(docs)
        # Counting costs by the number of values there are, sorting by that of values found.
        if len(codes) * 16 < len(columns):
            return some_values(columns, *distinct_counts(codes))
        return every_value(columns, np.bincount(codes, minlength=len(columns)))

    def _passing_but(self, left_out: Facet | None) -> Docs:
        masks = [mask for facet, mask in self._chosen.items() if facet is not left_out]
        return self._docs[reduce(np.logical_and, masks)] if masks else self._docs

    def _dated(self, docs: Docs, filters: Filters) -> Docs:
        if filters.since:
            docs = docs[self._view.columns.days[docs] >= filters.since.toordinal()]
        if filters.until:
            days = self._view.columns.days[docs]
            docs = docs[(days > 0) & (days <= filters.until.toordinal())]
        return docs

    def _not_excluded(self, docs: Docs, filters: Filters) -> Docs:
        for facet, value in filters.excluded:
            docs = docs[~self._having(docs, facet, frozenset((value,)))]
        return docs

    def _having(self, docs: Docs, facet: Facet, values: frozenset[str]) -> Mask:
        holders = [self._view.articles_with(facet, value) for value in values]
        return contained(docs, united(holders, self._view.size), self._view.size)


def histogram(view: View, docs: Docs, interval: Interval) -> tuple[Bar, ...]:
    """Return how many of the articles each period holds, in order; the undated are in none."""
    places, names = view.columns.timeline(interval)
    counts = np.bincount(places.take(docs))[1:]
    held = counts.nonzero()[0]
    counted = zip(held.tolist(), counts.take(held).tolist(), strict=True)
    return tuple([Bar(names[place], count) for place, count in counted])
