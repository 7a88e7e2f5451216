"""What an article had better hold: scored in the best articles, never a condition.

Positions are read in those articles alone: in 200 articles, two words that should stand
close by take 0.1 ms, whatever the number of articles that hold them.
"""

from collections.abc import Sequence
from functools import cache
from math import log

import numpy as np
from numpy.typing import NDArray

from index.evaluation.leaves import WordLeaf, early
from index.evaluation.near import near_places
from index.evaluation.reached import POSITION_BITS
from index.evaluation.sets import Docs
from index.evaluation.view import View
from index.evaluation.weighted import Weights
from index.fields import TextField
from index.query import Akin, Early, Near, Term, Together, Wish
from index.ranking import K1
from index.topics import nearness

_NONE = np.empty(0, np.int64)


def idf(count: int, held: int) -> float:
    """Return the inverse document frequency of what `held` of `count` articles hold."""
    return log(1 + (count - held + 0.5) / (held + 0.5))


def wished(view: View, wishes: Sequence[Wish], docs: Docs) -> Weights:
    """Return what wishes bring to each of some articles (ascending, none removed)."""
    reading = _Reading(view, docs)
    scores = np.zeros(len(docs))
    for wish in wishes:
        match wish.leaf:
            case Term():
                found = _saturated(reading.word(wish.leaf).weigh(docs))
                rarity = reading.idf(wish.leaf)
            case Near(Term() as left, Term() as right):
                found = _saturated(reading.near(wish.leaf))
                rarity = (reading.idf(left) + reading.idf(right)) / 2
            case Early(word, within):
                found, rarity = reading.early(word, within), reading.idf(word)
            case Together(words, within):
                found, rarity = reading.together(words, within), 1.0
            case Akin(words):
                asked, rarity = view.topics.asked(words)
                found = nearness(asked, view.about(docs)) if rarity else np.zeros(len(docs))
            case _:
                raise TypeError("a wish is for a word, two close by, one early, many, or a topic")
        scores += found * (rarity * wish.weight)
    return scores


def _saturated(weights: Weights) -> Weights:
    return weights / (weights + K1) * (K1 + 1)


class _Reading:
    """The places of words in some articles, each read once."""

    def __init__(self, view: View, docs: Docs) -> None:
        self._view = view
        self._docs = docs
        self.word = cache(lambda term: WordLeaf(view, term))
        self._places = cache(self._occurrences)

    def idf(self, term: Term) -> float:
        return idf(self._view.count, self.word(term).held)

    def near(self, node: Near) -> Weights:
        """Return how often two words stand close by in each article, weighted by field."""
        weights = np.zeros(len(self._docs))
        for field in TextField:
            left, right = (self._places(one, field) for one in (node.left, node.right))
            if len(left) and len(right):
                places = near_places(left, right, node)
                rows = np.searchsorted(self._docs, places >> POSITION_BITS)
                times = np.bincount(rows, minlength=len(self._docs))
                weights += times * self._view.worth(field)[self._docs]
        return weights

    def early(self, term: Term, within: int) -> Weights:
        """Return 1 for each article that holds a word in its lead, 0 for the others."""
        found = np.zeros(len(self._docs))
        places = early(self._in_body(term), within)
        found[np.searchsorted(self._docs, places >> POSITION_BITS)] = 1.0
        return found

    def together(self, terms: Sequence[Term], within: int) -> Weights:
        """Return for each article how rare the words are that its best passage has together.

        A passage that has most begins with one of them.
        """
        places = {term: self._in_body(term) for term in terms}
        begins = np.concatenate([_NONE, *places.values()])
        have = np.zeros(len(begins))
        for term, found in places.items():
            have += _within(found, begins, within) * self.idf(term)
        best = np.zeros(len(self._docs))
        np.maximum.at(best, np.searchsorted(self._docs, begins >> POSITION_BITS), have)
        return best

    def _in_body(self, term: Term) -> NDArray[np.int64]:
        return self._places(Term(term.word, term.match, TextField.BODY), TextField.BODY)

    def _occurrences(self, term: Term, field: TextField) -> NDArray[np.int64]:
        if term.field not in (None, field):
            return _NONE
        reach = self._view.reach(field, term.word, term.match)
        return self._view.occurrences(reach, self._docs) if reach else _NONE


def _within(places: NDArray[np.int64], begins: NDArray[np.int64], within: int) -> NDArray[np.bool_]:
    """Tell of which passages, by where they begin, one of some places (ascending) is in."""
    if not len(places):
        return np.zeros(len(begins), bool)
    nexts = np.searchsorted(places, begins)
    there = places.take(nexts, mode="clip") - begins
    return (there >= 0) & (there < within)
