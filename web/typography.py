"""Punctuation as French print sets it."""

import re

from corpus.wording import NO_BREAK

NARROW_NO_BREAK = "\u202f"

_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=\w|«)")
_HIGH = re.compile(r" (?=[;!?](?:\s|$))")
# Before a colon, in quotation marks and in « 6 h 30 »; a space is looked for first, which takes
# a quarter of the time.
_FIXED = re.compile(
    r" (?:(?=:(?:\s|$)|»)|(?<=« )|(?<=\d )(?=h(?: \d\d)?\b)|(?<=\d[ \u00a0]h )(?=\d\d\b))"
)


def spaced(text: str) -> str:
    """Keep French punctuation on the line of its word: its spaces become unbreakable."""
    return _FIXED.sub(NO_BREAK, _HIGH.sub(NARROW_NO_BREAK, text))


def typeset(text: str) -> str:
    """Set a message of ours as print does; article text is only `spaced`."""
    return spaced(_APOSTROPHE.sub("’", text))
