"""Forms of French verbs that their letters do not join: « meurt » and « mort » are of « mourir ».

The verbs of verbs.txt, folded, one a line: the infinitive, then its forms, of which « meur{s,t} »
is two; after a colon, what may stand before all of them. The last line has regular verbs whose
roots are too short to be told (`corpus.derivation`), or whose forms look like nouns in -ment.
Forms that are commoner as nouns (« part », « cours ») are left out, être and avoir too.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from corpus.analysis import fold
from corpus.function_words import is_function_word

_BRACES = re.compile(r"(\w*)\{([^}]*)\}")
_REGULAR = "-er"
# Commoner as another word.
_OTHERWISE = frozenset((
    "courant", "defaite", "defaites", "devant", "durent", "entretiens", "faille", "maintenant",
    "medite", "medites", "partant", "parties", "pendant", "portant", "revenu", "revenus",
    "suivant", "tenant", "vaux", "voie",
))  # fmt: skip
_ENDINGS = (
    *("er", "e", "es", "ent", "ons", "ez", "ait", "aient", "ant", "a", "erent"),
    *("era", "eront", "erait", "eraient", "ee", "ees"),
)


@lru_cache(maxsize=1 << 18)
def verb(word: str) -> str:
    """Return the infinitive, folded, of a form of a listed verb, and nothing for any other word."""
    return _infinitives().get(fold(word), "")


def forms(infinitive: str) -> tuple[str, ...]:
    """Return the forms, folded, of what `verb` gave, itself among them; none of nothing."""
    return _forms().get(infinitive, ())


@cache
def _infinitives() -> dict[str, str]:
    lines = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    found: dict[str, str] = {}
    for line in lines:
        for several in _verbs(line):
            for form in several:
                if form not in _OTHERWISE and not is_function_word(form):
                    found.setdefault(form, several[0])
    return found


@cache
def _forms() -> dict[str, tuple[str, ...]]:
    found = defaultdict(list)
    for form, infinitive in _infinitives().items():
        found[infinitive].append(form)
    return {infinitive: tuple(several) for infinitive, several in found.items()}


def _verbs(line: str) -> Iterator[list[str]]:
    """Yield the forms of each verb of a line, the infinitive first."""
    told, _, prefixes = line.partition(" : ")
    first, *others = told.split()
    if first == _REGULAR:
        for root in others:
            soft = "e" if root.endswith("g") else ""
            yield [root + (soft if ending[0] in "ao" else "") + ending for ending in _ENDINGS]
        return
    every = [first, *(form for other in others for form in _expanded(other))]
    for prefix in ("", *prefixes.split()):
        yield [prefix + form for form in every]


def _expanded(told: str) -> Iterator[str]:
    braces = _BRACES.fullmatch(told)
    yield from (braces[1] + ending for ending in braces[2].split(",")) if braces else (told,)
