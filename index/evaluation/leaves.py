"""The leaves of a query tree: which articles hold a word or a phrase, and how strongly.

A leaf is scored as one term by BM25F (see `index.ranking`), all its forms and fields
together. A word that is much commoner than the articles in question is looked up in
them; its postings are not read.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.columnar.integers import run_bounds
from index.evaluation.near import near_starts
from index.evaluation.phrases import Occurrences, phrase_spans
from index.evaluation.reached import POSITION_BITS, Reached
from index.evaluation.sets import Docs, number_united
from index.evaluation.view import View
from index.evaluation.weighted import Listed, Weighted, Weights, added_up
from index.fields import TextField
from index.query import AtLeast, Early, Near, Phrase, Term

# Looking one article up in unread postings costs as much as reading so many of them.
_LOOKUP = 16
# How many words a view remembers the number of holders of.
_MOST_REMEMBERED = 1 << 16

Reach = Sequence[tuple[TextField, Sequence[Reached]]]


class Leaf(Protocol):
    """Something that articles hold, in one or more fields.

    size: at most so many articles hold it; known before anything is read.
    """

    @property
    def size(self) -> int: ...

    @property
    def docs(self) -> Docs:
        """The articles that match, ascending."""
        ...

    @property
    def held(self) -> int:
        """How many articles hold it, for the inverse document frequency."""
        ...

    def weigh(self, docs: Docs) -> Weights:
        """Return the weighted frequency in each article (ascending), 0 where none matches."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class FoundLeaf:
    """Articles found to match. held: how many hold it."""

    found: Weighted
    held: int

    @property
    def size(self) -> int:
        """How many articles match."""
        return len(self.docs)

    @property
    def docs(self) -> Docs:
        """The articles that match, ascending."""
        return self.found.docs

    def weigh(self, docs: Docs) -> Weights:
        """Return the weighted frequency in each article, 0 where none matches."""
        return self.found.of(docs)


class WordLeaf:
    """Articles that hold a word, as far as it reaches."""

    def __init__(self, view: View, word: Term) -> None:
        self._view = view
        self._word = word
        self.reach = _reach(view, word)
        self._lists = sum(len(one.ranks) for _, found in self.reach for one in found)
        self.size = sum(one.size for _, found in self.reach for one in found)

    @property
    def docs(self) -> Docs:
        """The articles that match, ascending."""
        return self._read.docs

    @property
    def held(self) -> int:
        """How many articles hold it."""
        known = self._view.held
        held = known.get(self._word)
        if held is None:
            if len(known) >= _MOST_REMEMBERED:
                known.clear()
            lists = [self._view.holders(found) for _, found in self.reach]
            held = known[self._word] = number_united(lists, self._view.size)
        return held

    def weigh(self, docs: Docs) -> Weights:
        """Return the weighted frequency in each article, 0 where none matches."""
        if "_read" in self.__dict__ or len(docs) * self._lists * _LOOKUP > self.size:
            return self._read.of(docs)
        weights = np.zeros(len(docs))
        for field, found in self.reach:
            weights += self._view.find(found, docs) * self._view.worth(field).take(docs)
        return weights

    @cached_property
    def _read(self) -> Weighted:
        parts = []
        for field, found in self.reach:
            docs, counts, ascending = self._view.read(found)
            parts.append((docs, counts * self._view.worth(field).take(docs), ascending))
        return added_up(parts, self._view.size)


def leaf_of(view: View, node: Term | Phrase | AtLeast | Near | Early) -> Leaf:
    """Return the leaf that a node stands for."""
    match node:
        case Term():
            return WordLeaf(view, node)
        case Phrase(field=field):
            return _places(view, _fields(field), lambda one: phrase_spans(view, one, node)[0])
        case Near():
            return _places(view, tuple(TextField), lambda one: near_starts(view, one, node))
        case AtLeast():
            return _repeated(view, node)
        case Early(word, within):
            phrase = Phrase((word.word,), 0, word.match)
            return _places(
                view,
                (TextField.BODY,),
                lambda one: early(phrase_spans(view, one, phrase)[0], within),
            )


def early(places: Occurrences, within: int) -> Occurrences:
    """Return those of some occurrences that are among the first words of a field."""
    return places[places & ((1 << POSITION_BITS) - 1) < within]


def _repeated(view: View, node: AtLeast) -> Leaf:
    """Return the leaf of a word in the articles that hold it often enough."""
    word = WordLeaf(view, Term(node.word, node.match, node.field))
    if node.count <= 1:
        return word
    plain = [
        view.read([replace(one, nearness=np.ones(len(one.ranks))) for one in found])
        for _, found in word.reach
    ]
    times = added_up(plain, view.size)
    docs = times.docs[times.of(times.docs) >= node.count]
    return FoundLeaf(Listed(docs, word.weigh(docs), view.size), word.held)


def _places(
    view: View, fields: Sequence[TextField], places: Callable[[TextField], NDArray[np.int64]]
) -> Leaf:
    """Return the leaf of something of which each field has a number of places, ascending."""
    parts = []
    for field in fields:
        found = places(field)
        if not len(found):
            continue
        holders = found >> POSITION_BITS
        bounds = run_bounds(holders)
        docs = holders.take(bounds[:-1]).astype(np.int32)
        times = bounds[1:] - bounds[:-1]
        parts.append((docs, times * view.worth(field).take(docs), True))
    held = added_up(parts, view.size)
    return FoundLeaf(held, len(held.docs))


def _reach(view: View, word: Term) -> Reach:
    found = ((field, view.reach(field, word.word, word.match)) for field in _fields(word.field))
    return [(field, reached) for field, reached in found if reached]


def _fields(field: TextField | None) -> tuple[TextField, ...]:
    return tuple(TextField) if field is None else (field,)
