"""Filters, facet counts and the histogram, over the articles that match a tree.

A facet's counts leave its own selection out (they are disjunctive), so that each tells
what choosing that value instead would give.
"""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from index.columnar.integers import ragged
from index.evaluation.view import Docs, FacetColumn, View
from index.query import Facet, Filters, Interval
from index.results import Bar

_UNIX_EPOCH = date(1970, 1, 1).toordinal()
_UNITS = {
    Interval.YEAR: "datetime64[Y]",
    Interval.MONTH: "datetime64[M]",
    Interval.DAY: "datetime64[D]",
}

Mask = NDArray[np.bool_]
Counts = NDArray[np.int64]


class Selection:
    """The filters of a query, applied to the articles that match its tree.

    docs: int32 [n], ascending, the articles that match the tree.
    """

    def __init__(self, view: View, filters: Filters, docs: Docs) -> None:
        self._view = view
        self._docs = docs
        self._shared = self._dated(filters) & self._not_excluded(filters)
        self._chosen = {
            facet: self._having(facet, filters.selected(facet))
            for facet in Facet
            if filters.selected(facet)
        }

    def passing(self) -> Mask:
        """Return bool [n]: which of the articles pass every filter."""
        return self._passing_but(None)

    def counts(self, facet: Facet) -> tuple[FacetColumn, Counts]:
        """Return a facet's column and, for each of its values, how many articles have it."""
        column = self._view.facet(facet)
        docs = self._docs[self._passing_but(facet)]
        codes = column.codes
        if len(docs) < self._view.size:
            starts = column.offsets[docs].astype(np.int64)
            codes = codes[ragged(starts, column.offsets[docs + 1] - starts)]
        return column, np.bincount(codes, minlength=len(column.values))

    def _passing_but(self, left_out: Facet | None) -> Mask:
        passing = self._shared
        for facet, mask in self._chosen.items():
            if facet is not left_out:
                passing = passing & mask
        return passing

    def _dated(self, filters: Filters) -> Mask:
        days = self._view.days[self._docs]
        mask = np.ones(len(days), bool)
        if filters.since:
            mask &= days >= filters.since.toordinal()
        if filters.until:
            mask &= days <= filters.until.toordinal()
        if filters.since or filters.until:
            mask &= days > 0
        return mask

    def _not_excluded(self, filters: Filters) -> Mask:
        mask = np.ones(len(self._docs), bool)
        for facet, value in filters.excluded:
            mask &= ~self._having(facet, frozenset((value,)))
        return mask

    def _having(self, facet: Facet, values: frozenset[str]) -> Mask:
        holders = np.zeros(self._view.size, bool)
        for value in values:
            holders[self._view.articles_with(facet, value)] = True
        return holders[self._docs]


def commonest(column: FacetColumn, counts: Counts, most: int) -> list[tuple[str, int]]:
    """Return the values that count most, count descending then value, zeros left out."""
    found = np.flatnonzero(counts)
    if len(found) > most:
        least = np.partition(counts[found], len(found) - most)[len(found) - most]
        found = found[counts[found] >= least]
    # Codes follow the values' order, so a stable sort by count breaks ties by value.
    ranked = found[np.argsort(-counts[found], kind="stable")][:most]
    return [(column.values[code], int(counts[code])) for code in ranked]


def histogram(days: NDArray[np.int32], interval: Interval) -> tuple[Bar, ...]:
    """Return how many articles each period holds; days: int32 ordinals, 0 for the undated."""
    dated = days[days > 0]
    if not len(dated):
        return ()
    first = int(dated.min())
    by_day = np.bincount(dated - first)
    held = np.flatnonzero(by_day)
    periods = (held + first - _UNIX_EPOCH).astype("datetime64[D]").astype(_UNITS[interval])
    starts = np.flatnonzero(np.concatenate([[True], periods[1:] != periods[:-1]]))
    counts = np.add.reduceat(by_day[held], starts).tolist()
    names = np.datetime_as_string(periods[starts]).tolist()
    return tuple(map(Bar, names, counts))
