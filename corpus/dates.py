"""Days of publication, as precisely as they are known."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from unicodedata import normalize


class Precision(StrEnum):
    """How much of a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Published:
    """A day of publication; with less precision, the first day of the period."""

    day: date
    precision: Precision = Precision.DAY

    def __str__(self) -> str:
        """Return ISO 8601 at its precision: 2015-11-26, 2015-11 or 2015."""
        length = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}[self.precision]
        return self.day.isoformat()[:length]


# French and English, since databases write their headers in the language of the interface.
_MONTHS = (
    ("janvier", "janv", "january", "jan"),
    ("fevrier", "fevr", "fev", "february", "feb"),
    ("mars", "march", "mar"),
    ("avril", "avr", "april", "apr"),
    ("mai", "may"),
    ("juin", "june", "jun"),
    ("juillet", "juil", "july", "jul", "jui"),
    ("aout", "august", "aug"),
    ("septembre", "septemb", "september", "sept", "sep"),
    ("octobre", "october", "oct"),
    ("novembre", "november", "nov"),
    ("decembre", "december", "dec"),
)
_MONTH_NUMBER = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_MONTH = "(?:" + "|".join(sorted(_MONTH_NUMBER, key=len, reverse=True)) + r")\b\.?"
_FOLD = str.maketrans("éèêëûùüîïôàâç’ᵉʳ", "eeeeuuuiioaac'er")
_ORDINAL = r"(?:er|st|nd|rd|th|e)?"

# The forms of a day, then those of a month; at one place in the text the first that fits wins.
_DATE = re.compile(
    rf"""
      (?<!\d) (?P<y1>\d{{4}}) (?P<sep1>[-/.]) (?P<m1>\d\d?) (?P=sep1) (?P<d1>\d\d?) (?!\d)
    | (?<!\d) (?P<y2>\d{{4}}) (?P<m2>\d\d) (?P<d2>\d\d) (?=t\d|\b)
    | (?<!\d) (?P<d3>\d\d?) (?P<sep3>[-/.]) (?P<m3>\d\d?) (?P=sep3) (?P<y3>\d{{4}}) (?!\d)
    | (?<!\d) (?P<d4>\d\d?) \s? {_ORDINAL} [\s-]* (?P<m4>{_MONTH}) [\s,-]* (?P<y4>\d{{4}}) (?!\d)
    | \b (?P<m5>{_MONTH}) \s+ (?P<d5>\d\d?) {_ORDINAL} ,? \s+ (?P<y5>\d{{4}}) (?!\d)
    | (?<![\d/-]) (?P<y6>\d{{4}}) - (?P<m6>\d\d) (?![\d-])
    | (?<![\d/]) (?P<m7>\d\d) / (?P<y7>\d{{4}}) (?![\d/])
    | \b (?P<m8>{_MONTH}) \s+ (?P<y8>\d{{4}}) (?!\d)
    """,
    re.VERBOSE,
)
_YEAR = re.compile(r"\s*(\d{4})\s*")
_SECONDS_SINCE_1970 = re.compile(r"\s*(\d{10})(?:\d{3})?(?:\.\d+)?\s*")
_EARLIEST = date(1600, 1, 1)  # the first printed weeklies appear in 1605
_LONGEST = 10_000  # characters looked at; a header is never as long


def parse_date(text: str) -> Published | None:
    """Return the first plausible date that a header, a field or a sentence states.

    Understood: ISO 8601 with or without a time, 03/07/2020 (the day first), French and
    English month names whole or shortened, a month with its year, a year alone, and
    seconds or milliseconds since 1970. Days before 1600 or after tomorrow are refused.
    """
    if (plain := _iso_day(text)) is not None:
        return plain
    if match := _YEAR.fullmatch(text):
        return _published(int(match[1]), 1, 1, Precision.YEAR)
    if match := _SECONDS_SINCE_1970.fullmatch(text):
        return _checked(datetime.fromtimestamp(int(match[1]), UTC).date(), Precision.DAY)
    folded = normalize("NFC", text[:_LONGEST]).lower().translate(_FOLD)
    for match in _DATE.finditer(folded):
        if (published := _from_match(match)) is not None:
            return published
    return None


def _iso_day(text: str) -> Published | None:
    """Read the commonest form apart: `2020-07-03` costs 1 µs so, 6 µs by the expression."""
    if text[4:5] != "-" or text[10:11].isdigit():
        return None
    try:
        return _checked(date.fromisoformat(text[:10]), Precision.DAY)
    except ValueError:
        return None


def _from_match(match: re.Match[str]) -> Published | None:
    parts = {name[0]: value for name, value in match.groupdict().items() if value}
    month = parts["m"].rstrip(".")
    number = int(month) if month.isdigit() else _MONTH_NUMBER[month]
    precision = Precision.DAY if "d" in parts else Precision.MONTH
    return _published(int(parts["y"]), number, int(parts.get("d", 1)), precision)


def _published(year: int, month: int, day: int, precision: Precision) -> Published | None:
    try:
        return _checked(date(year, month, day), precision)
    except ValueError:
        return None


def _checked(day: date, precision: Precision) -> Published | None:
    """Refuse what cannot be the day of an article; tomorrow's paper may be out tonight."""
    if _EARLIEST <= day <= date.today() + timedelta(days=1):
        return Published(day, precision)
    return None
