"""Numbers, days and punctuation as French print sets them."""

import re

from babel.dates import format_date
from babel.numbers import format_decimal

from corpus.dates import Precision, Published
from search.timeline import day_label

LOCALE = "fr_FR"
NO_BREAK = "\u00a0"
NARROW_NO_BREAK = "\u202f"

_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=\w|«)")
_HIGH = re.compile(r" (?=[;!?](?:\s|$))")
_COLON = re.compile(r" (?=:(?:\s|$))| (?=»)|(?<=«) ")


def number(value: int) -> str:
    """Write a number with its thousands apart: 36 152."""
    return format_decimal(value, locale=LOCALE)


def count(value: int, noun: str) -> str:
    """Write a number with its noun; nought and one take the singular, as French has it."""
    return f"{number(value)}{NO_BREAK}{noun}{'s' if value >= 2 else ''}"


def published(value: Published) -> str:
    """Write a day of publication as precisely as it is known."""
    if value.precision is Precision.DAY:
        return day_label(value.day)
    pattern = "MMMM y" if value.precision is Precision.MONTH else "y"
    return format_date(value.day, pattern, locale=LOCALE)


def spaced(text: str) -> str:
    """Keep French punctuation on the line of its word: its spaces become unbreakable."""
    return _COLON.sub(NO_BREAK, _HIGH.sub(NARROW_NO_BREAK, text))


def typeset(text: str) -> str:
    """Set a message of ours as print does; article text is only `spaced`."""
    return spaced(_APOSTROPHE.sub("’", text))
