"""Which of several people of one family name is meant: « Mme Le Pen » beside Jean-Marie Le Pen."""

from collections.abc import Sequence

from corpus.analysis import fold
from corpus.entities.lexicon import Words, vocabulary

_WOMEN = frozenset({"mme", "mmes", "madame", "mlle", "mademoiselle"})
_MEN = frozenset({"m", "mm", "monsieur"})


def addressed(words: Words, start: int, bearers: Sequence[str]) -> str | None:
    """Return the one of several people whom « M. » or « Mme » before a name means, or None.

    bearers: the labels of the people of this name, who may be one.
    """
    before = words.keys[start - 1] if start else ""
    if len(bearers) < 2 or before not in _WOMEN | _MEN:
        return None
    meant = [label for label in bearers if _is_woman(label) == (before in _WOMEN)]
    return meant[0] if len(meant) == 1 else None


def _is_woman(label: str) -> bool:
    """Tell whether a name is a woman's: « Marie-Pierre Morel », not « Jean-Marie Morel »."""
    return fold(label).replace("-", " ").split()[0] in vocabulary("women")
