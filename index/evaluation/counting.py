"""Filters, facet counts and the histogram, over the articles that match a tree.

A facet's counts leave its own selection out (they are disjunctive), so that each tells
what choosing that value instead would give.
"""

from functools import reduce
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.columnar.integers import distinct_counts, ragged
from index.evaluation.columns import FacetColumn
from index.evaluation.sets import Docs, contained, united
from index.evaluation.view import View
from index.query import Facet, Filters, Interval
from index.results import Bar

Mask = NDArray[np.bool_]
Counts = NDArray[np.int64]
# Values by their codes, and how many articles have each.
Commonest = tuple[list[int], list[int]]

# Of the values commonest in all articles, this many times as many as are wanted give a
# good guess at the least count that will do.
_HEAD = 8


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

    def passing(self) -> Docs:
        """Return the articles that pass every filter, ascending."""
        return self._passing_but(None)

    def counts(self, facet: Facet) -> "Tally":
        """Count the values of a facet, its own selection left out."""
        column = self._view.columns.facet(facet)
        docs = self._passing_but(facet)
        if len(docs) * 2 > self._view.size:
            # Most articles: what the others have, taken from what all have.
            others = np.ones(self._view.size, bool)
            others[docs] = False
            codes = _codes(column, others.nonzero()[0])
            return EveryValue(column, column.totals - np.bincount(codes, minlength=len(column)))
        codes = _codes(column, docs)
        # Counting costs by the number of values there are, sorting by that of values found.
        if len(codes) * 16 < len(column):
            return SomeValues(*distinct_counts(codes))
        return EveryValue(column, np.bincount(codes, minlength=len(column)))

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


class Tally(Protocol):
    """How many articles have each value of a facet; values are named by their codes."""

    def of(self, code: int) -> int:
        """Return how many articles have a value."""
        ...

    def commonest(self, most: int) -> Commonest:
        """Return the values that count most, by count descending, then by value."""
        ...


class SomeValues:
    """The count of each value that any article has.

    codes: ascending; counts: parallel, none 0.
    """

    def __init__(self, codes: NDArray[np.integer], counts: Counts) -> None:
        self._codes = codes
        self._counts = counts

    def of(self, code: int) -> int:
        """Return how many articles have a value."""
        return int(self._counts[self._codes == code].sum())

    def commonest(self, most: int) -> Commonest:
        """Return the values that count most, by count descending, then by value."""
        # Codes follow the values' order, so a stable sort by count breaks ties by value.
        ranked = (-self._counts).argsort(kind="stable")[:most]
        return self._codes.take(ranked).tolist(), self._counts.take(ranked).tolist()


class EveryValue:
    """The count of every value of a column, by code."""

    def __init__(self, column: FacetColumn, counts: Counts) -> None:
        self._column = column
        self._counts = counts

    def of(self, code: int) -> int:
        """Return how many articles have a value."""
        return int(self._counts[code]) if code >= 0 else 0

    def commonest(self, most: int) -> Commonest:
        """Return the values that count most, by count descending, then by value."""
        if not most:  # the selected values alone are asked for
            return [], []
        order, fewer = self._column.commonest_first
        head = self._counts.take(order[: most * _HEAD])
        least = 1
        if most <= len(head):
            head.partition(len(head) - most)
            least = max(int(head[len(head) - most]), 1)
        # No value counts more here than in all articles: the rarer ones are not looked at.
        codes = order[: fewer.searchsorted(-least, side="right")]
        codes = codes[self._counts.take(codes) >= least]
        codes.sort()
        return SomeValues(codes, self._counts.take(codes)).commonest(most)


def _codes(column: FacetColumn, docs: NDArray[np.integer]) -> NDArray[np.integer]:
    """Return the codes of all values that articles have."""
    starts = column.offsets.take(docs)
    counts = column.offsets[1:].take(docs) - starts
    return column.codes.take(ragged(starts, counts))


def histogram(view: View, docs: Docs, interval: Interval) -> tuple[Bar, ...]:
    """Return how many of the articles each period holds, in order; the undated are in none."""
    places, names = view.columns.timeline(interval)
    counts = np.bincount(places.take(docs))[1:]
    held = counts.nonzero()[0]
    counted = zip(held.tolist(), counts.take(held).tolist(), strict=True)
    return tuple([Bar(names[place], count) for place, count in counted])
