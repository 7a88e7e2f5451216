"""Periods as readers write them: 2015, 2015-11..2016-02, « du 3 mai 2015 au 2 juin 2015 »."""

import re
from datetime import date, timedelta

from corpus.dates import parse_date
from index.query import Dated
from search.request import last_day

_ONE_DAY = timedelta(days=1)
_FROM_TO = (
    re.compile(r"(.*)\.\.(.*)", re.DOTALL),
    re.compile(r"\s*(\d{4})\s*[-–/]\s*(\d{4})\s*"),
    re.compile(r"\s*(?:du|de|entre)\s+(.+)\s+(?:au|à|et)\s+(.+)", re.IGNORECASE | re.DOTALL),
)


def read_period(text: str) -> Dated | None:
    """Return the period of a day, a month, a year, or from one to another; None for no such."""
    return _between(*_ends(text))


def turned(text: str) -> Dated | None:
    """Return the period of a text of which the end stands before the beginning."""
    first, last = _ends(text)
    return _between(last, first)


def _ends(text: str) -> tuple[str, str]:
    found = next((found for form in _FROM_TO if (found := form.fullmatch(text))), None)
    return (found[1], found[2]) if found else (text, text)


def _between(first: str, last: str) -> Dated | None:
    since = parse_date(first) if first.strip() else None
    until = parse_date(last) if last.strip() else None
    if (first.strip() and since is None) or (last.strip() and until is None):
        return None
    if since is None and until is None:
        return None
    return Dated(
        since.day if since else None,
        last_day(until.day, until.precision) if until else None,
    )


def period_text(period: Dated) -> str:
    """Return the shortest text that `read_period` reads as a period."""
    if period.since == period.until and period.since:
        return period.since.isoformat()
    first = _beginning(period.since) if period.since else ""
    last = _end(period.until) if period.until else ""
    return first if first == last else f"{first}..{last}"


def _beginning(day: date) -> str:
    """Return a year or month that begins on a day, else the day."""
    length = 4 if (day.month, day.day) == (1, 1) else 7 if day.day == 1 else 10
    return day.isoformat()[:length]


def _end(day: date) -> str:
    """Return a year or month that ends on a day, else the day."""
    if (day.month, day.day) == (12, 31):
        return day.isoformat()[:4]
    ends = day != date.max and (day + _ONE_DAY).day == 1
    return day.isoformat()[: 7 if ends else 10]
