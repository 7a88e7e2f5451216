"""Punctuation as French print sets it."""

import re

from corpus.wording import NO_BREAK

NARROW_NO_BREAK = "\u202f"

_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=\w|«)")
_HIGH = re.compile(r" (?=[;!?](?:\s|$))")
_COLON = re.compile(r" (?=:(?:\s|$))| (?=»)|(?<=«) ")


def spaced(text: str) -> str:
    """Keep French punctuation on the line of its word: its spaces become unbreakable."""
    return _COLON.sub(NO_BREAK, _HIGH.sub(NARROW_NO_BREAK, text))


def typeset(text: str) -> str:
    """Set a message of ours as print does; article text is only `spaced`."""
    return spaced(_APOSTROPHE.sub("’", text))
