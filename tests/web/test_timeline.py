"""The geometry of the timeline."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fields import Interval
from search.page import ShownBar
from search.request import SearchRequest
from web.timeline import HEIGHT, LEAST_BAR, MOST_TICKS, PLOT_HEIGHT, PLOT_TOP, draw


def bars(periods: list[str], counts: list[int]) -> tuple[ShownBar, ...]:
    return tuple(
        ShownBar(period, period, count, date.min, date.max, SearchRequest())
        for period, count in zip(periods, counts, strict=True)
    )


def periods(interval: Interval, start: date, length: int) -> list[str]:
    if interval is Interval.DAY:
        return [(start + timedelta(days=place)).isoformat() for place in range(length)]
    if interval is Interval.YEAR:
        return [str(start.year + place) for place in range(length)]
    months = [start.year * 12 + start.month - 1 + place for place in range(length)]
    return [f"{month // 12}-{month % 12 + 1:02}" for month in months]


@pytest.mark.parametrize("counts", [[], [5], [0, 0, 0]])
def test_nothing_to_compare_is_not_drawn(counts: list[int]) -> None:
    assert draw(bars([str(2000 + n) for n in range(len(counts))], counts), Interval.YEAR) is None


def test_heights_are_proportional_and_the_least_is_seen() -> None:
    chart = draw(bars(["2001", "2002", "2003", "2004"], [1000, 500, 1, 0]), Interval.YEAR)
    assert chart is not None
    heights = [column.bar_height for column in chart.columns]
    assert heights == [PLOT_HEIGHT, PLOT_HEIGHT / 2, LEAST_BAR, 0]
    assert chart.peak == 1000
    assert all(
        column.bar_top + column.bar_height == pytest.approx(PLOT_TOP + PLOT_HEIGHT)
        for column in chart.columns
    )


@given(
    interval=st.sampled_from(Interval),
    start=st.dates(date(1790, 1, 1), date(2030, 1, 1)),
    counts=st.lists(st.integers(0, 10**7), min_size=2, max_size=300).filter(any),
)
def test_columns_fill_the_width_in_order_and_ticks_fit(
    interval: Interval, start: date, counts: list[int]
) -> None:
    chart = draw(bars(periods(interval, start, len(counts)), counts), interval)
    assert chart is not None
    for place, column in enumerate(chart.columns):
        assert column.left == pytest.approx(100 * place / len(counts), abs=0.01)
        assert column.left <= column.bar_left + 0.01
        assert column.bar_left + column.bar_width <= column.left + column.width + 0.01
        assert PLOT_TOP - 0.01 <= column.bar_top <= HEIGHT
    assert len(chart.ticks) <= MOST_TICKS + 1
    assert all(0 <= tick.x <= 100 for tick in chart.ticks)
    assert [tick.x for tick in chart.ticks] == sorted(tick.x for tick in chart.ticks)


@pytest.mark.parametrize(
    ("interval", "start", "length", "labels"),
    [
        (Interval.YEAR, date(1998, 1, 1), 27, ["2000", "2005", "2010", "2015", "2020"]),
        (Interval.MONTH, date(2015, 5, 1), 6, ["mai 2015", "juin 2015", "juil. 2015"]),
        (Interval.MONTH, date(2014, 3, 1), 48, ["2015", "2016", "2017", "2018"]),
        (Interval.DAY, date(2015, 11, 1), 30, ["2 nov.", "9 nov.", "16 nov.", "23 nov."]),
    ],
)
def test_ticks_stand_at_round_periods(
    interval: Interval, start: date, length: int, labels: list[str]
) -> None:
    chart = draw(bars(periods(interval, start, length), [1] * length), interval)
    assert chart is not None
    assert [tick.label for tick in chart.ticks][: len(labels)] == labels
