"""The facet values of articles, of one facet or of several that are counted at once."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.entities.countries import country_label
from index.columnar.integers import offsets, ragged, smallest_unsigned
from index.fields import COUNTRY_FACETS, Facet


@dataclass(frozen=True, eq=False)
class FacetColumn:
    """The values that each article has of one facet, in compressed sparse rows.

    facet: what they are values of.

    values: the distinct values, ascending.
    offsets: [size + 1]; codes[offsets[d]:offsets[d + 1]] are indices into `values`.
    labels: what readers see of values that are not called as everywhere.
    """

    facet: Facet
    values: Sequence[str]
    offsets: NDArray[Any]
    codes: NDArray[Any]
    labels: Mapping[str, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.values)

    @cached_property
    def totals(self) -> NDArray[np.int64]:
        """How many articles have each value, removed ones included."""
        return np.bincount(self.codes, minlength=len(self.values))

    @cached_property
    def commonest_first(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The codes by how many articles have them, the most first, and minus how many."""
        order = np.argsort(-self.totals, kind="stable")
        return order, -self.totals[order]

    @cached_property
    def shown(self) -> Mapping[int, tuple[str, str]]:
        """The value of each code and its label, read when first asked for."""
        return _Shown(self)

    def label(self, value: str) -> str:
        """Return what readers see of a value."""
        return self.labels.get(value) or value_label(self.facet, value)

    def code(self, value: str) -> int:
        """Return the index of a value in `values`, -1 for an unknown one."""
        place = bisect_left(self.values, value)
        return place if place < len(self.values) and self.values[place] == value else -1


class _Shown(dict[int, tuple[str, str]]):
    """Values and labels by code; the same few are on most pages."""

    def __init__(self, column: FacetColumn) -> None:
        self._column = column

    def __missing__(self, code: int) -> tuple[str, str]:
        value = self._column.values[code]
        return self.setdefault(code, (value, self._column.label(value)))


class FacetColumns:
    """Several columns as one, so that their values are gathered and counted together.

    firsts: where the codes of each column begin, and where those of the last end.
    """

    def __init__(self, columns: Sequence[FacetColumn]) -> None:
        self.columns = columns
        self.firsts: NDArray[np.int64] = offsets(np.array([len(one) for one in columns], np.int64))
        if len(columns) == 1:
            self._offsets, self._codes = columns[0].offsets, columns[0].codes
        else:
            self._offsets, self._codes = _side_by_side(columns, self.firsts.tolist())

    def __len__(self) -> int:
        return int(self.firsts[-1])

    @cached_property
    def totals(self) -> NDArray[np.int64]:
        """How many articles have each value, removed ones included."""
        return np.bincount(self._codes, minlength=len(self))

    def of(self, docs: NDArray[np.integer]) -> NDArray[np.integer]:
        """Return the codes of all values that articles have."""
        starts = self._offsets.take(docs)
        counts = self._offsets[1:].take(docs) - starts
        return self._codes.take(ragged(starts, counts))


def _side_by_side(
    columns: Sequence[FacetColumn], firsts: Sequence[int]
) -> tuple[NDArray[np.int64], NDArray[Any]]:
    """Return the rows of several columns, each article's values of one after those before."""
    counts = [np.diff(one.offsets).astype(np.int64) for one in columns]
    bounds = offsets(np.sum(counts, axis=0))
    codes = np.empty(bounds[-1], smallest_unsigned(firsts[-1]))
    starts = bounds[:-1].copy()
    for column, first, held in zip(columns, firsts, counts, strict=False):
        codes[ragged(starts, held)] = column.codes.astype(codes.dtype) + codes.dtype.type(first)
        starts += held
    return bounds, codes


def value_label(facet: Facet, value: str) -> str:
    """Return what readers see of a facet value."""
    return country_label(value) if facet in COUNTRY_FACETS else value
