"""The timeline: matches by period, each bar a narrower search."""

from datetime import date, timedelta

from corpus import wording
from corpus.dates import Precision, Published
from index.fields import Interval
from index.query import Filters
from index.results import Bar
from search.page import ShownBar
from search.request import SearchRequest, last_day

# A bar for each day up to three months, for each month beyond.
MOST_DAYS = 92
# Beyond so many bars of a month (25 years), years: thinner bars cannot be clicked.
MOST_MONTHS = 300


def interval_for(filters: Filters) -> Interval:
    """Return the width of bars that suits the dates asked for."""
    if filters.since and filters.until and (filters.until - filters.since).days <= MOST_DAYS:
        return Interval.DAY
    return Interval.MONTH


def timeline(
    request: SearchRequest, histogram: tuple[Bar, ...], interval: Interval
) -> tuple[tuple[ShownBar, ...], Interval]:
    """Return the bars without a gap from the first period to the last, and their width."""
    if not histogram:
        return (), interval
    counts = {bar.period: bar.count for bar in histogram}
    first, last = _first_day(histogram[0].period), _first_day(histogram[-1].period)
    if (last - first).days > MOST_MONTHS * 31:
        interval = Interval.YEAR
        counts = _by_year(histogram)
        first = first.replace(month=1, day=1)
    bars = []
    while first <= last:
        end = last_day(first, Precision(interval.value))
        period = first.isoformat()[: {"year": 4, "month": 7, "day": 10}[interval.value]]
        label = _label(first, interval)
        bars.append(ShownBar(period, label, counts.get(period, 0), first, end, request))
        first = end + timedelta(days=1)
    return tuple(bars), interval


def _label(first: date, interval: Interval) -> str:
    return wording.published(Published(first, Precision(interval.value)))


def _first_day(period: str) -> date:
    return date.fromisoformat((period + "-01-01")[:10])


def _by_year(histogram: tuple[Bar, ...]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for bar in histogram:
        counts[bar.period[:4]] = counts.get(bar.period[:4], 0) + bar.count
    return counts
