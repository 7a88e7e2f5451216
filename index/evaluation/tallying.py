"""How many articles have each value of a facet, and which values count most."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.evaluation.facets import FacetColumn, FacetColumns

Codes = NDArray[np.integer]
Counts = NDArray[np.int64]
# Values by their codes, and how many articles have each.
Commonest = tuple[list[int], list[int]]

# Of the values commonest in all articles, this many times as many as are wanted give a
# good guess at the least count that will do.
_HEAD = 8


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

    codes: ascending, all of them more by `first` than in their column; counts: parallel,
    none 0.
    """

    def __init__(self, codes: Codes, counts: Counts, first: int = 0) -> None:
        self._codes = codes
        self._counts = counts
        self._first = first

    def of(self, code: int) -> int:
        """Return how many articles have a value."""
        return int(self._counts[self._codes == code + self._first].sum()) if code >= 0 else 0

    def commonest(self, most: int) -> Commonest:
        """Return the values that count most, by count descending, then by value."""
        # Codes follow the values' order, so a stable sort by count breaks ties by value.
        ranked = (-self._counts).argsort(kind="stable")[:most]
        codes = self._codes.take(ranked).tolist()
        if self._first:
            codes = [code - self._first for code in codes]
        return codes, self._counts.take(ranked).tolist()


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


def some_values(columns: FacetColumns, codes: Codes, counts: Counts) -> Sequence[Tally]:
    """Return the tally of each column. codes: of those values of all that occur, ascending."""
    firsts = columns.firsts.tolist()
    bounds = pairwise(codes.searchsorted(columns.firsts).tolist())
    return [
        SomeValues(codes[low:high], counts[low:high], first)
        for first, (low, high) in zip(firsts, bounds, strict=False)
    ]


def every_value(columns: FacetColumns, counts: Counts) -> Sequence[Tally]:
    """Return the tally of each column. counts: of every value of all."""
    bounds = pairwise(columns.firsts.tolist())
    return [
        EveryValue(column, counts[low:high])
        for column, (low, high) in zip(columns.columns, bounds, strict=True)
    ]
