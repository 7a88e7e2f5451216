"""How far a word reaches: the terms of a segment that it stands for, and what each counts."""

import re

import numpy as np
from numpy.typing import NDArray

from corpus.analysis import fold, root, stem
from corpus.derivation import LEAST_ROOT
from corpus.verbs import forms, verb
from index.columnar.segment import SegmentReader
from index.engine import QueryTooCostly
from index.fields import Match
from index.ranking import (
    NEAR_SPELLING,
    SAME_LETTERS,
    SAME_ROOT,
    SAME_SPELLING,
    SAME_STEM,
    edits_allowed,
)

# Names of the equivalences over the words of a text field, stored with each segment.
FOLDED = "folded"
STEMMED = "stemmed"
KEYS = {FOLDED: fold, STEMMED: stem}

# Words that a prefix or a fuzzy word may reach in a segment. A reader who wants more has
# not narrowed anything.
MOST_TERMS = 5000

Ranks = NDArray[np.integer]


def reached(segment: SegmentReader, field: str, word: str, match: Match) -> Ranks:
    """Return the ranks of the terms of a field that a word stands for, each once.

    Raises QueryTooCostly for a prefix, a wildcard or a fuzzy word that reaches too many.
    """
    match match:
        case Match.EXACT:
            rank = segment.term_id(field, word.lower())
            return np.array([rank] if rank >= 0 else [], np.int64)
        case Match.FOLDED:
            return segment.terms_with_key(field, FOLDED, fold(word))
        case Match.STEMMED:
            return segment.terms_with_key(field, STEMMED, stem(word))
        case Match.DERIVED:
            return _derived(segment, field, word)
        case Match.PREFIX:
            ranks = segment.terms_with_key_prefix(field, FOLDED, fold(word))
        case Match.WILDCARD:
            ranks = segment.terms_with_key_like(field, FOLDED, *wildcard(word))
        case Match.FUZZY:
            folded = fold(word)
            ranks = segment.terms_near_key(field, FOLDED, folded, edits_allowed(folded))
    if len(ranks) > MOST_TERMS:
        raise QueryTooCostly(
            f"« {word} » atteint plus de {MOST_TERMS} mots différents : "
            "écrivez-en davantage de lettres."
        )
    return ranks


def _derived(segment: SegmentReader, field: str, word: str) -> Ranks:
    """Return the ranks of the inflections of a word, and of the words of its root or verb."""
    same = segment.terms_with_key(field, STEMMED, stem(word))
    shared = root(word)
    conjugated = [one for one in forms(verb(word)) if root(one) != shared]
    others = [segment.terms_with_key(field, FOLDED, one) for one in conjugated]
    if len(shared) >= LEAST_ROOT:
        beginning = segment.terms_with_key_prefix(field, FOLDED, shared).tolist()
        derived = [rank for rank in beginning if root(segment.term(field, rank)) == shared]
        others.append(np.array(derived, np.int64))
    return np.unique(np.concatenate([same, *others])) if others else same


def wildcard(word: str) -> tuple[str, re.Pattern[str]]:
    """Return the letters before the first joker, and the pattern of the whole, folded."""
    parts = [part if part in "*?" else fold(part) for part in re.split(r"([*?])", word)]
    signs = {"*": ".*", "?": ".?"}
    pattern = "".join(signs.get(part) or re.escape(part) for part in parts)
    return parts[0], re.compile(pattern, re.DOTALL)


def weights(
    segment: SegmentReader, field: str, ranks: Ranks, word: str, match: Match
) -> NDArray[np.float64]:
    """Return what an occurrence of each term counts, by its nearness to the typed word."""
    terms = (segment.term(field, rank) for rank in ranks.tolist())
    return np.array([nearness(word, term, match) for term in terms], np.float64)


def nearness(word: str, have: str, match: Match) -> float:
    """Return what an occurrence of a word that a typed one reaches counts."""
    if have == word.lower():
        return SAME_SPELLING
    if fold(have) == fold(word):
        return SAME_LETTERS
    if match is Match.DERIVED and stem(have) != stem(word):
        return SAME_ROOT
    return NEAR_SPELLING if match is Match.FUZZY else SAME_STEM
