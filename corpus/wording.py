"""Numbers, days and sizes in French words, the same on the page and in a terminal."""

import re
from datetime import date, datetime, time
from functools import lru_cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal
from babel.units import format_unit

from corpus.dates import Precision, Published

LOCALE = "fr_FR"
NO_BREAK = "\u00a0"

# A page writes the same counts and months as the one before: half of a page's time was
# Babel looking up its locale.
_remembered = lru_cache(maxsize=4096)

_PATTERNS = {Precision.MONTH: "MMMM y", Precision.YEAR: "y"}
_UNITS = (("gigabyte", 10**9), ("megabyte", 10**6), ("kilobyte", 10**3))


@_remembered
def number(value: float) -> str:
    """Write a number with its thousands apart: 36 152."""
    return str(format_decimal(value, locale=LOCALE))


def count(value: int, noun: str) -> str:
    """Write a number with its noun; nought and one take the singular, as French has it."""
    return f"{number(value)}{NO_BREAK}{noun}{'s' if value >= 2 else ''}"


@_remembered
def day(value: date) -> str:
    """Write a day as newspapers do: 26 novembre 2015, 1er mai 2012."""
    text = str(format_date(value, "d MMMM y", locale=LOCALE))
    return text.replace("1 ", "1er ", 1) if value.day == 1 else text


@_remembered
def published(value: Published) -> str:
    """Write a day of publication as precisely as it is known."""
    if value.precision is Precision.DAY:
        return day(value.day)
    return str(format_date(value.day, _PATTERNS[value.precision], locale=LOCALE))


def hour(value: Published) -> str:
    """Write the time of publication: 8 h 05, 20 h (UTC+2); empty where it is not known."""
    if value.at is None:
        return ""
    zone = re.sub(r"(?<=[+-])0|:00$", "", value.at.tzname() or "")  # of "UTC+02:00"
    return _clock(value.at) + (f" ({zone})" if zone else "")


def moment(stamp: str) -> str:
    """Write when something was done, by this machine's clock: 24 novembre 2026 à 9 h 05.

    stamp: in ISO 8601, with its zone.
    """
    local = datetime.fromisoformat(stamp).astimezone()
    return f"{day(local.date())} à {_clock(local)}"


def _clock(value: datetime | time) -> str:
    minute = f"{NO_BREAK}{value:%M}" if value.minute else ""
    return f"{value.hour}{NO_BREAK}h{minute}"


def language(code: str) -> str:
    """Write the name of a language: français; the code itself of one that is not known."""
    return str(Locale.parse(LOCALE).languages.get(code, code))


def size(value: int) -> str:
    """Write a number of bytes in the unit that suits it: 65,2 Mo."""
    for unit, least in _UNITS:
        if value >= least:
            return str(format_unit(round(value / least, 1), unit, "short", locale=LOCALE))
    return str(format_unit(value, "byte", "short", locale=LOCALE))
