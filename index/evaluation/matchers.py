"""What a query tree is turned into: parts that find, test and score articles.

Every step works on whole arrays. Of parts that must all match, the rarest is read first,
and only its articles are asked for in the others.
"""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from index.evaluation.leaves import Leaf
from index.evaluation.ordering import best_by_score
from index.evaluation.sets import Docs, Mask, contained, united
from index.evaluation.view import View
from index.evaluation.weighted import Weights
from index.evaluation.wishes import idf, wished
from index.query import Wish
from index.ranking import K1, LOOKS


class Matcher(Protocol):
    """A part of the tree. most: how many articles may match it, at most."""

    @property
    def most(self) -> int: ...

    def docs(self) -> Docs:
        """Return the articles that match, ascending."""
        ...

    def matches(self, docs: Docs) -> Mask:
        """Tell which of some articles (ascending) match."""
        ...

    def scores(self, docs: Docs, certain: bool) -> Weights:
        """Return the score of each article, 0 where it does not match.

        certain: whether all are known to match.
        """
        ...

    def narrow(self, docs: Docs, kept: Mask, narrower: Docs) -> None:
        """Keep what is known of `docs` for those of them that are left."""
        ...


class _Unscored:
    """What matches without adding to the score."""

    def scores(self, docs: Docs, certain: bool) -> Weights:
        return np.zeros(len(docs))

    def narrow(self, docs: Docs, kept: Mask, narrower: Docs) -> None:
        pass


class AnyArticle(_Unscored):
    """Every article."""

    def __init__(self, view: View) -> None:
        self.most = view.size
        self.docs = view.everything

    def matches(self, docs: Docs) -> Mask:
        return np.ones(len(docs), bool)


class Without(_Unscored):
    """The articles that a part does not match."""

    def __init__(self, view: View, child: Matcher) -> None:
        self.most = view.size
        self._everything = view.everything
        self._child = child

    def docs(self) -> Docs:
        everything = self._everything()
        return everything[self.matches(everything)]

    def matches(self, docs: Docs) -> Mask:
        return ~self._child.matches(docs)


class GivenArticles(_Unscored):
    """Articles that are found without looking at words."""

    def __init__(self, view: View, docs: Docs) -> None:
        self.most = len(docs)
        self._docs = docs
        self._size = view.size

    def docs(self) -> Docs:
        return self._docs

    def matches(self, docs: Docs) -> Mask:
        return contained(docs, self._docs, self._size)


class AllOf:
    """The articles that all parts match; their scores are added."""

    def __init__(self, view: View, children: Sequence[Matcher]) -> None:
        self._children = sorted(children or [AnyArticle(view)], key=lambda child: child.most)
        self.most = self._children[0].most

    def docs(self) -> Docs:
        first, *others = self._children
        found = first.docs()
        for child in others:
            kept = child.matches(found)
            if not kept.all():
                narrower = found[kept]
                self.narrow(found, kept, narrower)
                found = narrower
        return found

    def matches(self, docs: Docs) -> Mask:
        found = np.ones(len(docs), bool)
        for child in self._children:
            found &= child.matches(docs)
        return found

    def scores(self, docs: Docs, certain: bool) -> Weights:
        scores = _sum(self._children, docs, certain)
        if not certain:
            scores[~self.matches(docs)] = 0.0
        return scores

    def narrow(self, docs: Docs, kept: Mask, narrower: Docs) -> None:
        for child in self._children:
            child.narrow(docs, kept, narrower)


class AnyOf:
    """The articles that some part matches; the scores of those that do are added."""

    def __init__(self, view: View, children: Sequence[Matcher]) -> None:
        self._children = children
        self._size = view.size
        self.most = sum(child.most for child in children)

    def docs(self) -> Docs:
        lists = [child.docs() for child in self._children]
        return united(lists, self._size) if lists else np.empty(0, np.int32)

    def matches(self, docs: Docs) -> Mask:
        found = np.zeros(len(docs), bool)
        for child in self._children:
            found |= child.matches(docs)
        return found

    def scores(self, docs: Docs, certain: bool) -> Weights:
        return _sum(self._children, docs, certain=False)

    def narrow(self, docs: Docs, kept: Mask, narrower: Docs) -> None:
        for child in self._children:
            child.narrow(docs, kept, narrower)


class WithWishes:
    """A child and wishes; these are looked at in its best articles alone."""

    def __init__(self, view: View, child: Matcher, wishes: Sequence[Wish]) -> None:
        self._view = view
        self._child = child
        self._wishes = wishes
        self.most = child.most
        self.docs = child.docs
        self.matches = child.matches
        self.narrow = child.narrow

    def scores(self, docs: Docs, certain: bool) -> Weights:
        scores = self._child.scores(docs, certain)
        best = np.arange(len(docs))
        if len(docs) > LOOKS:
            newest = self._view.columns.newest_first()
            best = np.sort(best_by_score(docs, scores, newest, LOOKS))
        if not certain:
            best = best[self.matches(docs[best])]
        scores[best] += wished(self._view, self._wishes, docs[best])
        return scores


class ScoredLeaf:
    """A word or a phrase; remembers the weights in the articles it was asked for last."""

    def __init__(self, view: View, leaf: Leaf) -> None:
        self._count = view.count
        self._leaf = leaf
        self.most = leaf.size
        self._asked: Docs | None = None
        self._weights: Weights = np.empty(0)

    def docs(self) -> Docs:
        docs = self._leaf.docs
        self._weigh(docs)
        return docs

    def matches(self, docs: Docs) -> Mask:
        return self._weigh(docs) > 0

    def scores(self, docs: Docs, certain: bool) -> Weights:
        weights = self._weigh(docs)
        held = self._leaf.held
        return weights / (weights + K1) * (idf(self._count, held) * (K1 + 1))

    def narrow(self, docs: Docs, kept: Mask, narrower: Docs) -> None:
        if self._asked is docs:
            self._asked, self._weights = narrower, self._weights[kept]

    def _weigh(self, docs: Docs) -> Weights:
        if self._asked is not docs:
            self._asked, self._weights = docs, self._leaf.weigh(docs)
        return self._weights


def _sum(children: Sequence[Matcher], docs: Docs, certain: bool) -> Weights:
    scores = np.zeros(len(docs))
    for child in children:
        scores += child.scores(docs, certain)
    return scores
