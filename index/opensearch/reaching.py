"""How far the words of a query reach on the cluster, and what each occurrence counts."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from corpus.analysis import fold, root, stem
from corpus.derivation import LEAST_ROOT
from corpus.verbs import forms, verb
from index.engine import QueryTooCostly
from index.evaluation.reach import wildcard
from index.fields import Match
from index.opensearch.documents import token
from index.opensearch.mapping import EXACT, FOLDED, STEMMED
from index.opensearch.vocabulary import Vocabulary
from index.query import AtLeast, Early, Near, Node, Or, Phrase, Term, Together, leaves
from index.ranking import (
    NEAR_SPELLING,
    SAME_LETTERS,
    SAME_ROOT,
    SAME_SPELLING,
    SAME_STEM,
    edits_allowed,
)

_KEY: Mapping[str, Callable[[str], str]] = {EXACT: str, FOLDED: fold, STEMMED: stem}


@dataclass(frozen=True, slots=True)
class Reach:
    """What a word stands for.

    typed, folded: the word, in lower case and without accents.
    spelling: which of the spellings of an indexed word is looked at.
    keys: those it may have there. far: what an occurrence counts whose letters differ.
    inflections: keys that count as inflections, where others are farther.
    """

    typed: str
    folded: str
    spelling: str
    keys: frozenset[str]
    far: float
    inflections: frozenset[str] = frozenset()

    def nearness(self, have: str) -> float:
        """Return what an occurrence of a word counts, 0 where it is not reached."""
        key = token(_KEY[self.spelling](have))
        if key not in self.keys:
            return 0.0
        if have == self.typed:
            return SAME_SPELLING
        if fold(have) == self.folded:
            return SAME_LETTERS
        return SAME_STEM if key in self.inflections else self.far

    def weights(self) -> Iterator[tuple[str, Iterable[str], float]]:
        """Yield spellings, keys in them and weights that add up to the nearness."""
        if self.spelling == EXACT:
            yield EXACT, self.keys, SAME_SPELLING
            return
        folded, typed = token(self.folded), token(self.typed)
        same_letters = self.spelling == STEMMED or folded in self.keys
        if self.spelling == FOLDED and self.keys == {folded}:
            yield FOLDED, self.keys, SAME_LETTERS
        else:
            yield self.spelling, self.keys, self.far
            if self.inflections:
                yield self.spelling, self.inflections, SAME_STEM - self.far
            if same_letters:
                far = SAME_STEM if folded in self.inflections else self.far
                yield FOLDED, (folded,), SAME_LETTERS - far
        if same_letters:
            yield EXACT, (typed,), SAME_SPELLING - SAME_LETTERS


Reaches = Mapping[tuple[str, Match], Reach]


def reaches_of(tree: Node, vocabulary: Vocabulary) -> Reaches:
    """Return what each word of a tree reaches, by the word and its match."""
    found = {}
    for leaf in leaves(tree):
        for word, match in words_in(leaf):
            if (word, match) not in found:
                found[word, match] = _reach(word, match, vocabulary)
    return found


def words_in(node: Node) -> Iterator[tuple[str, Match]]:
    """Yield the words of a leaf, and how far each reaches."""
    match node:
        case Term(word, match) | AtLeast(_, word, match):
            yield word, match
        case Phrase(words, _, match):
            yield from ((word, match) for word in words)
        case Early(one):
            yield from words_in(one)
        case Together(several):
            for one in several:
                yield from words_in(one)
        case Near(left, right):
            yield from words_in(left)
            yield from words_in(right)
        case Or(children):
            for child in children:
                yield from words_in(child)
        case _:
            return


def _reach(word: str, match: Match, vocabulary: Vocabulary) -> Reach:
    typed, folded = word.lower(), fold(word)
    match match:
        case Match.EXACT:
            return Reach(typed, folded, EXACT, frozenset((token(typed),)), SAME_SPELLING)
        case Match.FOLDED:
            return Reach(typed, folded, FOLDED, frozenset((token(folded),)), SAME_LETTERS)
        case Match.STEMMED:
            return Reach(typed, folded, STEMMED, frozenset((token(stem(word)),)), SAME_STEM)
        case Match.DERIVED:
            return _derived(word, vocabulary)
    far = NEAR_SPELLING if match is Match.FUZZY else SAME_STEM
    return Reach(typed, folded, FOLDED, _expanded(word, match, vocabulary), far)


def _derived(word: str, vocabulary: Vocabulary) -> Reach:
    shared = root(word)
    same = vocabulary.forms(STEMMED, [token(stem(word))])
    inflections = frozenset(token(fold(form)) for form in same)
    beginning: list[str] = []
    if len(shared) >= LEAST_ROOT:
        with suppress(QueryTooCostly):  # a beginning of too many words: inflections will do
            beginning = vocabulary.beginning_with(token(shared))
    derived = {one for one in beginning if root(one) == shared}
    derived.update(map(token, forms(verb(word))))
    return Reach(word.lower(), fold(word), FOLDED, inflections | derived, SAME_ROOT, inflections)


def _expanded(word: str, match: Match, vocabulary: Vocabulary) -> frozenset[str]:
    """Return the folded words of the index that a word stands for."""
    folded = fold(word)
    if match is Match.PREFIX:
        found = vocabulary.beginning_with(token(folded))
    elif match is Match.WILDCARD:
        pattern = wildcard(word)[1]
        found = [one for one in vocabulary.like(word) if pattern.fullmatch(one)]
    else:
        edits = edits_allowed(folded)
        near = vocabulary.near(token(folded), edits)
        found = [one for one in near if Levenshtein.distance(one, folded) <= edits]
    return frozenset(found)
