"""Articles with a weight each, kept in the way that is quicker to ask.

Few articles are a list; many are an array over the whole corpus, in which a look-up is
one step and which takes no sorting to add up.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.columnar.integers import run_bounds
from index.evaluation.sets import Docs, worth_searching

Weights = NDArray[np.float64]
# Articles, the weight of each (above 0), and whether each comes once, in ascending order.
Part = tuple[Docs, Weights, bool]

# An array over the corpus costs 1.5 ns for each article there is, sorting 70 ns for each of
# a list.
_SORTED = 50


class Weighted(Protocol):
    """Articles with a weight each."""

    @property
    def docs(self) -> Docs:
        """The articles, ascending."""
        ...

    def of(self, docs: Docs) -> Weights:
        """Return the weight of each of some articles (ascending), 0 for those without."""
        ...


class Listed:
    """Articles, ascending, and their weights. size: of the corpus."""

    def __init__(self, docs: Docs, weights: Weights, size: int) -> None:
        self.docs = docs
        self._weights = weights
        self._size = size

    def of(self, docs: Docs) -> Weights:
        """Return the weight of each of some articles, 0 for those without."""
        if docs is self.docs:
            return self._weights
        if not len(self.docs):
            return np.zeros(len(docs))
        if worth_searching(len(docs), len(self.docs), self._size):
            places = self.docs.searchsorted(docs)
            there = self.docs.take(places, mode="clip") == docs
            weights: Weights = self._weights.take(places, mode="clip") * there
            return weights
        spread = np.zeros(self._size)
        spread[self.docs] = self._weights
        return spread.take(docs)


class Spread:
    """The weight of every article of the corpus, 0 for those without."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights

    @cached_property
    def docs(self) -> Docs:
        """The articles that have a weight, ascending."""
        return (self._weights > 0).nonzero()[0].astype(np.int32)

    def of(self, docs: Docs) -> Weights:
        """Return the weight of each of some articles, 0 for those without."""
        return self._weights.take(docs)


def added_up(parts: Sequence[Part], size: int) -> Weighted:
    """Return the articles of all parts, each with the sum of its weights.

    size: of the corpus.
    """
    parts = [part for part in parts if len(part[0])]
    if not parts:
        return Listed(np.empty(0, np.int32), np.empty(0), size)
    total = sum(len(part[0]) for part in parts)
    if total * _SORTED > size:
        return Spread(_spread(parts, size))
    if len(parts) == 1 and parts[0][2]:
        return Listed(parts[0][0], parts[0][1], size)
    docs = np.concatenate([part[0] for part in parts])
    order = docs.argsort(kind="stable")
    docs = docs.take(order)
    firsts = run_bounds(docs)[:-1]
    weights = np.concatenate([part[1] for part in parts]).take(order)
    return Listed(docs.take(firsts), np.add.reduceat(weights, firsts), size)


def _spread(parts: Sequence[Part], size: int) -> Weights:
    spread = np.zeros(size)
    for docs, weights, ascending in parts:
        if ascending:
            spread[docs] += weights
        else:
            spread += np.bincount(docs, weights, size)
    return spread
