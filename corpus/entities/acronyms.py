"""Acronyms, and the words before them that they stand for."""

import re
from collections.abc import Iterator

from corpus.entities.lexicon import Words

ACRONYM = re.compile(r"[A-Z](?=[A-Za-z&-]*[A-Z])[A-Za-z&-]{1,8}")


def spelt_out(words: Words, acronym: str, end: int) -> int:
    """Return where the words before a place begin that spell an acronym, `end` for none."""
    return next(spelling(words, acronym, end), end)


def spelling(words: Words, acronym: str, end: int) -> Iterator[int]:
    """Yield where words that end at a place may begin to spell an acronym, the nearest first."""
    letters, initials = acronym.replace("-", "").replace("&", "").lower(), ""
    for start in range(end - 1, max(-1, end - 15), -1):
        if not words.forms[start][0].isalpha():
            return
        initials = words.keys[start][0] + initials
        if initials[0] == letters[0] and _spells(letters, initials):
            yield start


def _spells(acronym: str, initials: str) -> bool:
    """Tell whether the letters of an acronym stand in this order among initials."""
    left = iter(initials)
    return all(letter in left for letter in acronym)
