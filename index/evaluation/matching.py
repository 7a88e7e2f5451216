"""The evaluator: from a query tree to the articles that match it, and to their scores.

The tree is turned into matchers, within a budget; no loop goes over postings.
"""

from dataclasses import dataclass
from functools import cached_property
from time import monotonic

from index.engine import QueryTooCostly
from index.evaluation.leaves import leaf_of
from index.evaluation.matchers import (
    AllOf,
    AnyArticle,
    AnyOf,
    GivenArticles,
    Matcher,
    ScoredLeaf,
    Without,
    WithWishes,
)
from index.evaluation.sets import Docs
from index.evaluation.values import dated, having
from index.evaluation.view import View
from index.evaluation.weighted import Weights
from index.query import (
    Akin,
    And,
    Dated,
    Everything,
    HasValue,
    Node,
    Not,
    Or,
    Preferring,
    Together,
)


@dataclass(frozen=True, slots=True)
class Budget:
    """What one query may cost before it is given up.

    postings: how many articles its leaves may hold, all told; a leaf of 64 words, each in
    every one of a million articles, still fits. seconds: how long it may take.
    """

    postings: int = 100_000_000
    seconds: float = 10.0


class Evaluator:
    """Answers one query tree on one view; a leaf that comes twice is looked up once.

    copies: whether the copies of an article match too, or only the lead of each family.
    Every method raises QueryTooCostly when the budget is spent.
    """

    def __init__(
        self, view: View, tree: Node, copies: bool = True, budget: Budget | None = None
    ) -> None:
        self._view = view
        self._copies = copies
        self._budget = budget or Budget()
        self._spent = 0
        self._deadline = monotonic() + self._budget.seconds
        self._leaves: dict[Node, ScoredLeaf] = {}
        self._root = self._matcher(tree)

    @cached_property
    def docs(self) -> Docs:
        """The articles that match, ascending."""
        found = self._root.docs()
        if self._copies or not self._view.families.copies:
            return found
        if found is self._view.everything():
            return self._view.leads()
        leading = self._view.families.leading(found)
        narrower = found[leading]
        self._root.narrow(found, leading, narrower)
        return narrower

    def scores(self, docs: Docs) -> Weights:
        """Return float64 [n]: the scores of articles (ascending) that match, not rounded yet."""
        return self._root.scores(docs, certain=True)

    def _matcher(self, node: Node) -> Matcher:
        match node:
            case Everything() | Together() | Akin():
                return AnyArticle(self._view)
            case And(children):
                return AllOf(self._view, [self._matcher(child) for child in children])
            case Or(children):
                return AnyOf(self._view, [self._matcher(child) for child in children])
            case Not(child):
                return Without(self._view, self._matcher(child))
            case Preferring(child, wishes):
                return WithWishes(self._view, self._matcher(child), wishes)
            case HasValue():
                return GivenArticles(self._view, having(self._view, node))
            case Dated():
                return GivenArticles(self._view, dated(self._view, node))
            case _:
                known = self._leaves.get(node)
                if known is None:
                    leaf = leaf_of(self._view, node)
                    self._spend(leaf.size)
                    known = self._leaves[node] = ScoredLeaf(self._view, leaf)
                return known

    def _spend(self, postings: int) -> None:
        self._spent += postings
        if self._spent > self._budget.postings or monotonic() > self._deadline:
            raise QueryTooCostly(
                "Cette recherche demande trop de calcul : ajoutez un mot plus rare, "
                "une période ou un filtre."
            )
