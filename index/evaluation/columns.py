"""What articles have one or some of each: days, facet values, ids; and orders made of them."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.columnar.integers import offsets
from index.columnar.segment import SegmentReader
from index.evaluation.facets import FacetColumn, FacetColumns
from index.evaluation.labels import Labels
from index.fields import Facet, Interval

ID_FIELD = "id"
DAY_FIELD = "day"
_UNIX_EPOCH = 719163  # date(1970, 1, 1).toordinal()


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
        self.facets = cache(self._facets)
        self.labels = cache(self._labels)
        self.periods = cache(self._periods)
        self.timeline = cache(self._timeline)
        self.newest_first = cache(self._newest_first)
        self.oldest_first = cache(self._oldest_first)
        self._ids = cache(partial(id_places, segments))

    def _facet(self, facet: Facet) -> FacetColumn:
        """Return the column of a facet."""
        if facet is Facet.YEAR:
            return _year_column(self.periods(Interval.YEAR))
        columns = [one.keyword_column(facet.value) for one in self._segments]
        if len(columns) == 1:
            return FacetColumn(facet, *columns[0])
        named = [column.values[:] for column in columns]  # read at once: a fifth of the time
        values = sorted(set().union(*named))
        codes = {value: code for code, value in enumerate(values)}
        translated = (
            np.array([codes[value] for value in own], np.int32)[column.codes]
            for own, column in zip(named, columns, strict=True)
        )
        counts = joined(np.int64, (np.diff(column.offsets) for column in columns))
        return FacetColumn(facet, values, offsets(counts), joined(np.int32, translated))

    def _facets(self, facets: tuple[Facet, ...]) -> FacetColumns:
        """Return the columns of several facets as one."""
        return FacetColumns([self.facet(facet) for facet in facets])

    def _labels(self, facet: Facet) -> Labels:
        """Return the labels of a facet's values, in their order."""
        column = self.facet(facet)
        return Labels.of(map(column.label, column.values))

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

    def _timeline(self, interval: Interval) -> tuple[NDArray[np.intp], list[str]]:
        """Return [size], the place of each article's period in time, and the periods' names.

        Place 0 is that of the undated, place 1 of the first name.
        """
        periods = self.periods(interval)
        held = np.unique(periods[periods > 0])
        names = [_period_name(period, interval) for period in held.tolist()]
        return np.where(periods > 0, np.searchsorted(held, periods) + 1, 0), names

    def _newest_first(self) -> NDArray[np.int32]:
        """Return int32 [size]: each article's place by day descending, undated last, then id."""
        return ranks(np.lexsort((self._ids(), -self.days)))

    def _oldest_first(self) -> NDArray[np.int32]:
        """Return int32 [size]: each article's place by day ascending, undated last, then id."""
        undated = np.iinfo(np.int32).max
        return ranks(np.lexsort((self._ids(), np.where(self.days > 0, self.days, undated))))


def id_places(segments: Sequence[SegmentReader]) -> NDArray[Any]:
    """Return [size]: the place of each article of segments by id."""
    column = [one.keyword_column(ID_FIELD) for one in segments]
    if len(column) == 1:
        return column[0].codes
    # The ids of each segment ascend: this sort merges them.
    ids = [value for one in column for value in one.values[:]]
    order = np.array(sorted(range(len(ids)), key=ids.__getitem__), np.int64)
    firsts = offsets(np.array([len(one.values) for one in column], np.int64))
    codes = (one.codes + first for one, first in zip(column, firsts, strict=False))
    places: NDArray[np.int32] = ranks(order)[joined(np.int64, codes)]
    return places


def _period_name(period: int, interval: Interval) -> str:
    """Return the name of a period as `Columns.periods` numbers them."""
    if interval is Interval.DAY:
        return date.fromordinal(period).isoformat()
    if interval is Interval.YEAR:
        return f"{period:04d}"
    return f"{period // 12:04d}-{period % 12 + 1:02d}"


def joined(dtype: type[np.generic], parts: Iterable[NDArray[Any]]) -> NDArray[Any]:
    """Join the arrays of segments; a single one is not copied."""
    arrays = [np.asarray(part, dtype) for part in parts]
    return arrays[0] if len(arrays) == 1 else np.concatenate([np.empty(0, dtype), *arrays])


def _year_column(years: NDArray[np.int32]) -> FacetColumn:
    dated = years > 0
    values, codes = np.unique(years[dated], return_inverse=True)
    return FacetColumn(
        Facet.YEAR,
        [f"{year:04d}" for year in values.tolist()],
        offsets(dated.astype(np.int64)),
        codes,
    )


def ranks(order: NDArray[Any]) -> NDArray[np.int32]:
    """Turn an order (which article at each place) round: the place of each article."""
    places = np.empty(len(order), np.int32)
    places[order] = np.arange(len(order), dtype=np.int32)
    return places
