"""Sparse matrices of weights, and their products with narrow ones.

Of the words of news, one in twelve is in a fiftieth of the texts, and these make three fifths
of what is not zero: their columns are kept dense, for BLAS. The other columns are multiplied
entry by entry.
"""

from collections.abc import Iterator
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.columnar.integers import distinct, run_bounds
from index.evaluation.columns import ranks

Floats = NDArray[np.floating]
Integers = NDArray[np.integer]

_DENSE = 0.02  # of the rows, for a column to be kept dense
# Entries looked at together: as no dense column is emptier than that, their dense part has 26 MB.
_ENTRIES = 1 << 16


class Weights:
    """A sparse matrix, given by its entries, sorted by row.

    rows, columns, weights: [n] each. shape: how many rows and columns there are.
    """

    def __init__(
        self, rows: Integers, columns: Integers, weights: Floats, shape: tuple[int, int]
    ) -> None:
        self._shape = shape
        counts = np.bincount(columns, minlength=shape[1])
        self._frequent = np.flatnonzero(counts > _DENSE * shape[0])
        places = np.full(shape[1], -1)
        places[self._frequent] = np.arange(len(self._frequent))
        places = places[columns]
        dense = places >= 0
        self._dense = np.zeros((shape[0], len(self._frequent)), weights.dtype)
        self._dense[rows[dense], places[dense]] = weights[dense]
        self._rest = (rows[~dense], columns[~dense], weights[~dense])

    @cached_property
    def _by_row(self) -> "_Jagged":
        return _Jagged(*self._rest)

    @cached_property
    def _by_column(self) -> "_Jagged":
        rows, columns, weights = self._rest
        order = np.argsort(columns, kind="stable")
        return _Jagged(columns[order], rows[order], weights[order])

    def onto_rows(self, matrix: Floats) -> Floats:
        """Return the product with a matrix that has a row for each column of this one."""
        found: Floats = self._dense @ matrix[self._frequent]
        self._by_row.add_product(matrix, found)
        return found

    def onto_columns(self, matrix: Floats) -> Floats:
        """Return the product of this matrix, transposed, with one that has as many rows."""
        found = np.zeros((self._shape[1], matrix.shape[1]), self._dense.dtype)
        found[self._frequent] = self._dense.T @ matrix
        self._by_column.add_product(matrix, found)
        return found


class _Jagged:
    """The entries of a sparse matrix: the first of each row, then the second of each, and so on.

    Y. Saad, "Iterative Methods for Sparse Linear Systems", section 3.4: rows are in the order
    of how many entries they have, so that the further ones of all are added in one step.
    """

    def __init__(self, rows: Integers, columns: Integers, weights: Floats) -> None:
        bounds = run_bounds(rows)
        counts = np.diff(bounds)
        longest_first = np.argsort(-counts, kind="stable")
        self._rows = rows[bounds[:-1][longest_first]]
        turns = np.arange(len(rows)) - bounds[:-1].repeat(counts)
        order = np.argsort(turns * len(counts) + ranks(longest_first).repeat(counts))
        self._columns, self._weights = columns[order], weights[order, None]
        self._steps = np.bincount(turns).tolist()

    def add_product(self, matrix: Floats, found: Floats) -> None:
        """Add to `found` the product with a matrix."""
        sums = np.zeros((len(self._rows), matrix.shape[1]), matrix.dtype)
        begin = 0
        for size in self._steps:
            end = begin + size
            sums[:size] += matrix[self._columns[begin:end]] * self._weights[begin:end]
            begin = end
        found[self._rows] += sums


def parts(rows: Integers, size: int) -> Iterator[tuple[int, int, slice]]:
    """Yield ranges of rows to be looked at together, and where their entries lie.

    rows: of entries, ascending. size: how many rows there are.
    """
    bounds = [0, *distinct(rows[_ENTRIES::_ENTRIES]).tolist(), size]
    ends = np.searchsorted(rows, bounds).tolist()
    for place in range(len(bounds) - 1):
        yield bounds[place], bounds[place + 1], slice(ends[place], ends[place + 1])
