"""The geometry of the timeline, which a template draws as SVG.

Horizontal places are percentages of the width and vertical ones pixels, so
that the chart follows its column without its text being stretched.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from corpus.wording import LOCALE
from index.fields import Interval
from search.page import ShownBar

PLOT_TOP = 22.0
PLOT_HEIGHT = 72.0
HEIGHT = 116.0
LEAST_BAR = 2.0  # pixels: one article among thousands is still seen
WIDEST_BAR = 7.0  # percent: few bars do not become slabs
FILL = 0.78
MOST_TICKS = 8

STEPS = {
    Interval.YEAR: (1, 2, 5, 10, 20, 50, 100),
    Interval.MONTH: (1, 3, 12, 24, 60, 120, 240, 600, 1200),
    Interval.DAY: (1, 2, 7, 14, 28, 56, 112, 364),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A bar with its place; `left` and `width` are those of the whole period."""

    bar: ShownBar
    left: float
    width: float
    bar_left: float
    bar_width: float
    bar_top: float
    bar_height: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A label under the bars; a narrow screen leaves out the minor ones."""

    label: str
    x: float
    anchor: str
    minor: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """A timeline ready to be drawn; `peak` is the count of its highest bar."""

    columns: tuple[Column, ...]
    ticks: tuple[Tick, ...]
    peak: int
    height: float = HEIGHT
    top: float = PLOT_TOP
    floor: float = PLOT_TOP + PLOT_HEIGHT


def draw(bars: tuple[ShownBar, ...], interval: Interval) -> Chart | None:
    """Lay out the bars, or return None where there is nothing to compare."""
    peak = max((bar.count for bar in bars), default=0)
    if len(bars) < 2 or not peak:
        return None
    return Chart(
        columns=tuple(_column(bar, place, len(bars), peak) for place, bar in enumerate(bars)),
        ticks=_ticks(tuple(bar.period for bar in bars), interval),
        peak=peak,
    )


def _column(bar: ShownBar, place: int, bars: int, peak: int) -> Column:
    width = 100 / bars
    bar_width = min(width * FILL, WIDEST_BAR)
    height = max(PLOT_HEIGHT * bar.count / peak, LEAST_BAR) if bar.count else 0.0
    return Column(
        bar=bar,
        left=round(width * place, 3),
        width=round(width, 3),
        bar_left=round(width * place + (width - bar_width) / 2, 3),
        bar_width=round(bar_width, 3),
        bar_top=round(PLOT_TOP + PLOT_HEIGHT - height, 2),
        bar_height=round(height, 2),
    )


def _ticks(periods: tuple[str, ...], interval: Interval) -> tuple[Tick, ...]:
    """Label round years, months or Mondays, as many as fit."""
    steps = STEPS[interval]
    step = next((s for s in steps if len(periods) <= s * MOST_TICKS), steps[-1])
    write = _tick_label(interval, step)
    chosen = [
        (place, period)
        for place, period in enumerate(periods)
        if _ordinal(period, interval) % step == 0
    ]
    return tuple(
        _tick(write(_first_day(period)), 100 * (place + 0.5) / len(periods), minor=bool(rank % 2))
        for rank, (place, period) in enumerate(chosen)
    )


def _tick(label: str, x: float, minor: bool) -> Tick:
    anchor = "start" if x < 4 else "end" if x > 96 else "middle"
    return Tick(label, round(x, 3), anchor, minor)


def _tick_label(interval: Interval, step: int) -> Callable[[date], str]:
    pattern = {Interval.YEAR: "y", Interval.MONTH: "MMM y", Interval.DAY: "d MMM"}[interval]
    if interval is Interval.MONTH and step % 12 == 0:
        pattern = "y"
    return lambda day: format_date(day, pattern, locale=LOCALE)


def _ordinal(period: str, interval: Interval) -> int:
    """Number the periods of an interval so that round ones are multiples of the steps."""
    day = _first_day(period)
    if interval is Interval.YEAR:
        return day.year
    if interval is Interval.MONTH:
        return day.year * 12 + day.month - 1
    return day.toordinal() - 1  # 0001-01-01 was a Monday


def _first_day(period: str) -> date:
    year, month, day = (*map(int, period.split("-")), 1, 1)[:3]
    return date(year, month, day)
