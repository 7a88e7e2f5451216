"""What articles have one or some of each: days, facet values, ids; and orders made of them."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.columnar.integers import offsets
from index.columnar.segment import SegmentReader
from index.query import Facet, Interval

ID_FIELD = "id"
DAY_FIELD = "day"
_UNIX_EPOCH = 719163  # date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True, eq=False)
class FacetColumn:
    """The values that each article has of one facet, in compressed sparse rows.

    values: the distinct values, ascending.
    offsets: [size + 1]; codes[offsets[d]:offsets[d + 1]] are indices into `values`.
    """

    values: Sequence[str]
    offsets: NDArray[Any]
    codes: NDArray[Any]

    def code(self, value: str) -> int:
        """Return the index of a value in `values`, -1 for an unknown one."""
        place = bisect_left(self.values, value)
        return place if place < len(self.values) and self.values[place] == value else -1


class Columns:
    """The columns of all segments joined, by article number; removed articles are included.

    days: int32 [size], proleptic ordinals, 0 for the undated.
    """

    def __init__(self, segments: Sequence[SegmentReader]) -> None:
        self._segments = segments
        self.days: NDArray[np.int32] = joined(
            np.int32, (one.numeric_column(DAY_FIELD).values for one in segments)
        )
        # Caches that live and die with the columns.
        self.facet = cache(self._facet)
        self.facet_totals = cache(self._facet_totals)
        self.periods = cache(self._periods)
        self.newest_first = cache(self._newest_first)
        self.oldest_first = cache(self._oldest_first)
        self._ids = cache(self._id_places)

    def _facet(self, facet: Facet) -> FacetColumn:
        """Return the column of a facet."""
        if facet is Facet.YEAR:
            return _year_column(self.periods(Interval.YEAR))
        columns = [one.keyword_column(facet.value) for one in self._segments]
        if len(columns) == 1:
            return FacetColumn(*columns[0])
        values = sorted({value for column in columns for value in column.values})
        codes = {value: code for code, value in enumerate(values)}
        translated = (
            np.array([codes[value] for value in column.values], np.int32)[column.codes]
            for column in columns
        )
        counts = joined(np.int64, (np.diff(column.offsets) for column in columns))
        return FacetColumn(values, offsets(counts), joined(np.int32, translated))

    def _facet_totals(self, facet: Facet) -> NDArray[np.int64]:
        """Return how many articles have each value of a facet."""
        column = self.facet(facet)
        return np.bincount(column.codes, minlength=len(column.values))

    def _periods(self, interval: Interval) -> NDArray[np.int32]:
        """Return int32 [size]: the period of publication, 0 for the undated.

        Years are numbered as they are, months by year * 12 + month - 1, days by ordinal.
        """
        if interval is Interval.DAY:
            return self.days
        days = (self.days - _UNIX_EPOCH).astype("datetime64[D]")
        if interval is Interval.YEAR:
            periods = days.astype("datetime64[Y]").astype(np.int32) + 1970
        else:
            periods = days.astype("datetime64[M]").astype(np.int32) + 1970 * 12
        return np.where(self.days > 0, periods, 0).astype(np.int32)

    def _newest_first(self) -> NDArray[np.int32]:
        """Return int32 [size]: each article's place by day descending, undated last, then id."""
        return _ranks(np.lexsort((self._ids(), -self.days)))

    def _oldest_first(self) -> NDArray[np.int32]:
        """Return int32 [size]: each article's place by day ascending, undated last, then id."""
        undated = np.iinfo(np.int32).max
        return _ranks(np.lexsort((self._ids(), np.where(self.days > 0, self.days, undated))))

    def _id_places(self) -> NDArray[Any]:
        """Return [size]: each article's place by id."""
        column = [one.keyword_column(ID_FIELD) for one in self._segments]
        if len(column) == 1:
            return column[0].codes
        ids = [column.values[code] for column in column for code in column.codes.tolist()]
        return _ranks(np.array(sorted(range(len(ids)), key=ids.__getitem__), np.int64))


def joined(dtype: type[np.generic], parts: Iterable[NDArray[Any]]) -> NDArray[Any]:
    """Join the arrays of segments; a single one is not copied."""
    arrays = [np.asarray(part, dtype) for part in parts]
    return arrays[0] if len(arrays) == 1 else np.concatenate([np.empty(0, dtype), *arrays])


def _year_column(years: NDArray[np.int32]) -> FacetColumn:
    dated = years > 0
    values, codes = np.unique(years[dated], return_inverse=True)
    return FacetColumn(
        [f"{year:04d}" for year in values.tolist()], offsets(dated.astype(np.int64)), codes
    )


def _ranks(order: NDArray[Any]) -> NDArray[np.int32]:
    """Turn an order (which article at each place) round: the place of each article."""
    places = np.empty(len(order), np.int32)
    places[order] = np.arange(len(order), dtype=np.int32)
    return places
