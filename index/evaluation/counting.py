"""Filters, facet counts and the histogram, over the articles that match a tree.

A facet's counts leave its own selection out (they are disjunctive), so that each tells
what choosing that value instead would give.
"""

from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.columnar.integers import ragged
from index.evaluation.columns import FacetColumn
from index.evaluation.view import Docs, View
from index.query import Facet, Filters, Interval
from index.results import Bar

Mask = NDArray[np.bool_]
Counts = NDArray[np.int64]


class Selection:
    """The filters of a query, applied to the articles that match its tree.

    docs: int32 [n], ascending, the articles that match the tree.
    """

    def __init__(self, view: View, filters: Filters, docs: Docs) -> None:
        self._view = view
        self._docs = self._not_excluded(self._dated(docs, filters), filters)
        self._chosen = {
            facet: self._having(self._docs, facet, filters.selected(facet))
            for facet in Facet
            if filters.selected(facet)
        }

    def passing(self) -> Docs:
        """Return the articles that pass every filter, ascending."""
        return self._passing_but(None)

    def counts(self, facet: Facet) -> tuple[FacetColumn, NDArray[np.int64], Counts]:
        """Return a facet's column, the values (as codes) found, and how many articles have each."""
        column = self._view.columns.facet(facet)
        docs = self._passing_but(facet)
        if len(docs) * 2 > self._view.size:
            # Most articles: what the others have, taken from what all have.
            others = np.ones(self._view.size, bool)
            others[docs] = False
            counts = self._view.columns.facet_totals(facet).copy()
            rest, times = _tally(column, np.flatnonzero(others))
            counts[rest] -= times
            found = np.flatnonzero(counts)
            return column, found, counts[found]
        return column, *_tally(column, docs)

    def _passing_but(self, left_out: Facet | None) -> Docs:
        masks = [mask for facet, mask in self._chosen.items() if facet is not left_out]
        return self._docs[np.logical_and.reduce(masks)] if masks else self._docs

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
        holders = np.zeros(self._view.size, bool)
        for value in values:
            holders[self._view.articles_with(facet, value)] = True
        return holders[docs]


def _tally(column: FacetColumn, docs: NDArray[np.integer]) -> tuple[NDArray[np.int64], Counts]:
    """Return the values that articles have, as ascending codes, and how many have each."""
    starts = column.offsets[docs].astype(np.int64)
    codes = column.codes[ragged(starts, column.offsets[docs + 1] - starts)]
    # Counting costs by the number of values there are, sorting by that of values found.
    if len(codes) * 16 < len(column.values):
        found, counts = np.unique(codes, return_counts=True)
        return found.astype(np.int64), counts
    counts = np.bincount(codes, minlength=len(column.values))
    found = np.flatnonzero(counts)
    return found, counts[found]


def commonest(
    column: FacetColumn, codes: NDArray[np.int64], counts: Counts, most: int
) -> list[tuple[str, int]]:
    """Return the values that count most, count descending then value.

    codes: ascending; counts: how many articles have each, none 0.
    """
    if len(codes) > most:
        least = np.partition(counts, len(counts) - most)[len(counts) - most]
        enough = counts >= least
        codes, counts = codes[enough], counts[enough]
    # Codes follow the values' order, so a stable sort by count breaks ties by value.
    ranked = np.argsort(-counts, kind="stable")[:most]
    return [
        (column.values[code], count)
        for code, count in zip(codes[ranked].tolist(), counts[ranked].tolist(), strict=True)
    ]


def histogram(view: View, docs: Docs, interval: Interval) -> tuple[Bar, ...]:
    """Return how many of the articles each period holds, in order; the undated are in none."""
    periods = view.columns.periods(interval)[docs]
    periods = periods[periods > 0]
    if not len(periods):
        return ()
    first = int(periods.min())
    counts = np.bincount(periods - first)
    held = np.flatnonzero(counts)
    return tuple(
        Bar(_period_name(period + first, interval), count)
        for period, count in zip(held.tolist(), counts[held].tolist(), strict=True)
    )


# The same months come on every page.
@lru_cache(maxsize=1 << 14)
def _period_name(period: int, interval: Interval) -> str:
    """Return the name of a period as `Columns.periods` numbers them."""
    if interval is Interval.DAY:
        return date.fromordinal(period).isoformat()
    if interval is Interval.YEAR:
        return f"{period:04d}"
    return f"{period // 12:04d}-{period % 12 + 1:02d}"
