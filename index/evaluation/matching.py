"""The evaluator: from a query tree to the articles that match it, and to their scores.

Every step works on whole arrays; no loop goes over postings.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic

import numpy as np

from index.engine import QueryTooCostly
from index.evaluation.leaves import (
    Candidates,
    Leaf,
    Scores,
    contained,
    intersection,
    phrase_leaf,
    united,
    word_leaf,
)
from index.evaluation.view import Docs, View
from index.query import And, AtLeast, Everything, Node, Not, Or, Phrase, Term
from index.ranking import DECIMALS


@dataclass(frozen=True, slots=True)
class Budget:
    """What one query may cost before it is given up.

    postings: how many articles its leaves may hold, all told; a leaf of 64 words, each in
    every one of a million articles, still fits. seconds: how long it may take.
    """

    postings: int = 100_000_000
    seconds: float = 10.0


class Evaluator:
    """Answers one query tree on one view; leaves are looked up once."""

    def __init__(self, view: View, budget: Budget | None = None) -> None:
        self._view = view
        self._budget = budget or Budget()
        self._spent = 0
        self._deadline = monotonic() + self._budget.seconds
        self._leaves: dict[Node, Leaf] = {}
        self._docs: dict[Node, Docs] = {}

    def docs(self, node: Node) -> Docs:
        """Return the articles that match a tree, ascending.

        Raises QueryTooCostly when the budget is spent.
        """
        if node not in self._docs:
            self._docs[node] = self._matching(node)
        return self._docs[node]

    def scores(self, tree: Node, docs: Docs) -> Scores:
        """Return float64 [n]: the rounded scores of articles (ascending) that match a tree."""
        candidates = Candidates(docs, self._view.size)
        return np.round(self._scores(tree, candidates, certain=True), DECIMALS)

    def _matching(self, node: Node) -> Docs:
        match node:
            case Everything():
                return self._view.everything()
            case And(children):
                return self._every(children)
            case Or(children):
                return united([(self.docs(child), True) for child in children], self._view.size)
            case Not(child):
                return self._without(self._view.everything(), child)
            case _:
                return self._leaf(node).docs

    def _every(self, children: Sequence[Node]) -> Docs:
        wanted = [self.docs(child) for child in children if not isinstance(child, Not)]
        found = intersection(wanted, self._view.size) if wanted else self._view.everything()
        for child in children:
            if isinstance(child, Not):
                found = self._without(found, child.child)
        return found

    def _without(self, docs: Docs, unwanted: Node) -> Docs:
        return docs[~contained(docs, self.docs(unwanted), self._view.size)]

    def _scores(self, node: Node, candidates: Candidates, certain: bool) -> Scores:
        """Return the score of each candidate by a part of the tree, 0 where that does not match.

        certain: whether all candidates are known to match the part.
        """
        match node:
            case Everything() | Not():
                return np.zeros(len(candidates.docs))
            case And(children):
                scores = self._sum(children, candidates, certain)
                if not certain:
                    matching = contained(candidates.docs, self.docs(node), self._view.size)
                    scores[~matching] = 0.0
                return scores
            case Or(children):
                return self._sum(children, candidates, certain=False)
            case _:
                return self._leaf(node).scores(candidates)

    def _sum(self, children: Sequence[Node], candidates: Candidates, certain: bool) -> Scores:
        scores = np.zeros(len(candidates.docs))
        for child in children:
            scores += self._scores(child, candidates, certain)
        return scores

    def _leaf(self, node: Term | Phrase | AtLeast) -> Leaf:
        if node not in self._leaves:
            if isinstance(node, Phrase):
                leaf = phrase_leaf(self._view, node)
            else:
                leaf = word_leaf(self._view, node)
            self._leaves[node] = leaf
            self._spend(len(leaf.holders))
        return self._leaves[node]

    def _spend(self, postings: int) -> None:
        self._spent += postings
        if self._spent > self._budget.postings or monotonic() > self._deadline:
            raise QueryTooCostly(
                "Cette recherche demande trop de calcul : ajoutez un mot plus rare, "
                "une période ou un filtre."
            )
