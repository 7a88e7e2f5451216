"""What the spellings of one foreign name have in common: « Poutine » and « Putin »."""

import re
from functools import lru_cache

from corpus.analysis import fold

_NUMBER = re.compile(r"[ivx]+")
_BETWEEN = str.maketrans("-'’", "   ")
# Each way of writing a sound, and one sign for it; the order counts.
_SOUNDS = tuple(
    (re.compile(pattern), sign)
    for pattern, sign in (
        *(
            (r"tch|sch|sh|ch", "x"),
            (r"w(?=[lr])", "v"),
            (r"gu(?=[ei])", "g"),
            (r"ou|oo|w", "u"),
            (r"kh|q|ck", "k"),
        ),
        *((r"dj", "j"), (r"ph", "f"), (r"y", "i"), (r"i+", "i"), (r"ine$", "in"), (r"ei$", "i")),
        *((r"ff?$", "v"), (r"z", "s"), (r"([b-df-hj-np-tv-z])\1", r"\1"), (r"h", ""), (r"e$", "")),
    )
)


def parts(name: str) -> list[str]:
    """Return the words of a name, each folded by itself, hyphens and elisions apart."""
    return [_folded(word) for word in name.translate(_BETWEEN).split()]


def sound(name: str) -> str:
    """Return what the spellings of a name share; names of one word or of several."""
    return " ".join(map(word_sound, parts(name)))


# The words of names come again and again.
_folded = lru_cache(maxsize=1 << 16)(fold)


@lru_cache(maxsize=1 << 16)
def word_sound(word: str) -> str:
    """Return what the spellings of a folded word share."""
    # « Jean-Paul I » and « Jean-Paul II » are two: numbers stay out of the rules' reach.
    if _NUMBER.fullmatch(word):
        return word.upper()
    for pattern, sign in _SOUNDS:
        word = pattern.sub(sign, word)
    return word
