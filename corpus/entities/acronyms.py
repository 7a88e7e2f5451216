"""Acronyms, what they stand for, and which of both an article gives."""

import re
from collections.abc import Iterator

from corpus.analysis import fold
from corpus.article import Article, Entity
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


def as_given(article: Article, organisation: Entity) -> str:
    """Return the name by which an article goes for one of its organisations.

    It is the label, unless the article has but its acronym, or but the name of which the
    label is the acronym.
    """
    texts = {" ".join(article.text_of(one).split()) for one in organisation.mentions}
    label = organisation.label
    if _letters(label) in map(_letters, texts):
        return label
    others = [text for text in texts if _is_acronym(text) != _is_acronym(label)]
    if _is_acronym(label) or len(others) == len(texts):
        return max(others, key=lambda text: (len(text), text), default=label)
    return label


def _is_acronym(name: str) -> bool:
    return bool(ACRONYM.fullmatch(name))


def _letters(name: str) -> str:
    """Return what spellings of a name have in common: « BFM-TV », « BFMTV »."""
    return "".join(filter(str.isalnum, fold(name)))
