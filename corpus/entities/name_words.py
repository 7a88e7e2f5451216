"""Words that go with the names of people: given names, particles, streets."""

import re
from collections.abc import Sequence
from functools import cache

from corpus.entities.lexicon import Words, keys, lines, vocabulary

ARTICLES = frozenset(
    {"le", "la", "les", "l'", "un", "une", "ce", "cette", "ces", "cet", "au", "aux"}
)
# « Charles de Gaulle »: only after a given name; « Ursula von der Leyen »: in any name.
FRENCH_PARTICLES = frozenset({"de", "du", "d'", "des", "la"})


_TERRITORIES = frozenset({"commune", "departement", "province", "region", "ville", "village"})
_MARK = re.compile("mk[ivx]+")  # « MkII »


@cache
def _usual_names() -> frozenset[str]:
    return keys(lines("given_names.txt"))


@cache
def _given_names() -> frozenset[str]:
    return _usual_names() | keys(lines("first_names.txt"))


@cache
def _common_words() -> frozenset[str]:
    return frozenset(word for line in lines("tagger_words.txt") for word in line.split())


def is_common(word: str) -> bool:
    """Tell whether French news writes a word in lower case; accents count."""
    return word in _common_words()


def is_given(key: str) -> bool:
    """Tell whether a word is a given name: listed, or hyphenated after one that is."""
    names = _given_names()
    return key in names or ("-" in key and key.partition("-")[0] in names)


def is_usual_given(key: str) -> bool:
    """Tell whether a word is a given name that French news often has, and nothing else."""
    names = _usual_names()
    return key in names or ("-" in key and key.partition("-")[0] in names)


def is_particle(key: str) -> bool:
    """Tell whether a word is a small part of names, which names no one alone."""
    return key in vocabulary("particles") or key in FRENCH_PARTICLES or key in ARTICLES


def family_first(keys: Sequence[str]) -> bool:
    """Tell whether a name is one of Korea's or China's for certain: « Park Geun-hye »."""
    return 1 < len(keys) < 4 and "-" in keys[1] and keys[0] in vocabulary("family names first")


def is_product(keys: Sequence[str]) -> bool:
    """Tell whether a name of several words has one that no person's has: « Vantage GT4 »."""
    if family_first(keys):
        return False
    if not vocabulary("no family names").isdisjoint(keys[1:]):
        return True  # « Lorraine Actu », « Jasper National Park »
    return (
        len(keys) > 1
        and not is_given(keys[0])
        and any(
            key in vocabulary("english words")
            or key in vocabulary("english endings")
            or key in vocabulary("company words")
            or key in vocabulary("no bodies")
            or any(sign.isdigit() for sign in key)
            or _MARK.fullmatch(key)
            for key in keys
        )
    )


def goes_on(words: Words, at: int) -> bool:
    """Tell whether a given name stands before: « Henri Giscard d'Estaing » is not Valéry."""
    return at > 0 and is_given(words.keys[at - 1]) and words.forms[at - 1][0].isupper()


def named_after(words: Words, at: int) -> bool:
    """Tell whether the words before a name make it a place's, a ship's or a work's."""
    noun = _noun_before(words, at)
    if words.keys[at - 1] in _TERRITORIES and is_usual_given(words.keys[at]):
        return False  # « l'adjoint de la ville Luc Morel »
    if noun in vocabulary("authored") and words.keys[at - 1] in {"de", "d'"}:
        return False  # « le film de Paul Morel »
    return noun in vocabulary("named after people")


def in_address(words: Words, at: int) -> bool:
    """Tell whether a name is a street's: « rue de l'Université »."""
    return _noun_before(words, at) in vocabulary("addresses")


def _noun_before(words: Words, at: int) -> str:
    """Return the word before a place but for articles and « de », "" for none."""
    at -= 1
    while at >= 0 and (words.keys[at] in FRENCH_PARTICLES or words.keys[at] in ARTICLES):
        at -= 1
    return words.keys[at] if at >= 0 else ""
