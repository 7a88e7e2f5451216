"""Where the leaves of a query stand in a text: the same as the engines find, word by word."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import compress, count

from corpus.analysis import fold, root, stem
from corpus.function_words import is_function_word
from corpus.verbs import verb
from index.fields import Match, TextField
from index.query import AtLeast, Near, Node, Or, Phrase, Place, Term, leaves
from index.ranking import edits_allowed
from search.spelling import within_edits

# The tokens that one occurrence is made of, ascending.
Tokens = tuple[int, ...]


def sought(tree: Node) -> list["Sought"]:
    """Return what a tree seeks in texts; parts under a NOT are not sought."""
    return [
        Sought(leaf)
        for leaf in leaves(tree, negated=False)
        if isinstance(leaf, Term | Phrase | AtLeast | Near)
    ]


class Sought:
    """A leaf, ready to be found in many texts."""

    def __init__(self, leaf: Term | Phrase | AtLeast | Near) -> None:
        self._leaf = leaf
        self._phrases: list[_Phrase] = []
        self._near: tuple[list[_Phrase], list[_Phrase]] = ([], [])
        match leaf:
            case Near(left, right):
                self._near = (_phrases(left), _phrases(right))
            case AtLeast(_, word, reach, field):
                self._phrases = [_Phrase(Phrase((word,), 0, reach, field))]
            case _:
                self._phrases = _phrases(leaf)

    @property
    def is_grammar(self) -> bool:
        """Tell whether the leaf is a single word that serves grammar alone."""
        return isinstance(self._leaf, Term) and is_function_word(self._leaf.word)

    def occurrences(self, texts: Sequence[str], field: TextField) -> Iterator[Tokens]:
        """Yield the tokens of each occurrence in the words of a field."""
        for phrase in self._phrases:
            yield from phrase.occurrences(texts, field)
        if isinstance(self._leaf, Near):
            left, right = (
                [found for one in side for found in one.occurrences(texts, field)]
                for side in self._near
            )
            yield from _close(left, right, self._leaf)


def _close(left: list[Tokens], right: list[Tokens], near: Near) -> Iterator[Tokens]:
    """Yield what stands close by: each left occurrence with every right one near it."""
    by_start = sorted(right)
    first = 0
    for one in sorted(left):
        while first < len(by_start) and by_start[first][-1] < one[0] - near.distance:
            first += 1
        for place in range(first, len(by_start)):
            other = by_start[place]
            if other[0] > one[-1] + near.distance:
                break
            follows = other[0] > one[-1]
            precedes = not near.ordered and 1 <= one[0] - other[-1] <= near.distance
            if follows or precedes:
                yield tuple(sorted({*one, *other}))


def _phrases(place: Place) -> list["_Phrase"]:
    match place:
        case Or(children):
            parts = [child for child in children if isinstance(child, Term | Phrase | Or)]
            return [phrase for part in parts for phrase in _phrases(part)]
        case Term(word, reach, field):
            return [_Phrase(Phrase((word,), 0, reach, field))]
        case Phrase():
            return [_Phrase(place)]


class _Phrase:
    """A phrase, or a word as a phrase of one, ready to be found."""

    def __init__(self, phrase: Phrase) -> None:
        self._phrase = phrase
        self._words = [_Word(word, phrase.match) for word in phrase.words]

    def occurrences(self, texts: Sequence[str], field: TextField) -> Iterator[Tokens]:
        if not self._words or self._phrase.field not in (None, field):
            return
        first, *others = self._words
        for start in compress(count(), map(first.__getitem__, texts)):
            chain = [start]
            farthest = min(start + len(self._words) + self._phrase.slop, len(texts))
            for word in others:
                place = chain[-1] + 1
                while place < farthest and not word[texts[place]]:
                    place += 1
                if place >= farthest:
                    break
                chain.append(place)
            else:
                yield tuple(chain)


class _Word(dict[str, bool]):
    """A word of the query: whether each token matches it, worked out once for each spelling."""

    def __init__(self, word: str, match: Match) -> None:
        self._matches = _test(word, match)

    def __missing__(self, text: str) -> bool:
        self[text] = found = self._matches(text)
        return found


def _test(word: str, match: Match) -> Callable[[str], bool]:
    """Return what tells whether a token matches a word."""
    folded, stemmed = fold(word), stem(word)
    match match:
        case Match.EXACT:
            return word.lower().__eq__
        case Match.FOLDED:
            return lambda text: fold(text) == folded
        case Match.STEMMED:
            return lambda text: stem(text) == stemmed
        case Match.DERIVED:
            shared, conjugated = root(word), verb(word) or None
            return lambda text: (
                stem(text) == stemmed or root(text) == shared or verb(text) == conjugated
            )
        case Match.PREFIX:
            return lambda text: fold(text).startswith(folded)
        case Match.WILDCARD:
            pattern = _pattern(word)
            return lambda text: pattern.fullmatch(fold(text)) is not None
        case Match.FUZZY:
            edits = edits_allowed(folded)
            return lambda text: within_edits(fold(text), folded, edits)


def _pattern(word: str) -> re.Pattern[str]:
    """Return the pattern of a word with jokers, folded."""
    signs = {"*": ".*", "?": ".?"}
    parts = re.split(r"([*?])", word)
    return re.compile("".join(signs.get(part) or re.escape(fold(part)) for part in parts), re.S)
