"""The evaluator: from a query tree to the articles that match it, with their scores.

Every step works on whole arrays; no loop goes over postings.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from time import monotonic
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.engine import QueryTooCostly
from index.evaluation.view import POSITION_BITS, Docs, Postings, View
from index.query import And, AtLeast, Everything, Match, Node, Not, Or, Phrase, Term, TextField
from index.ranking import DECIMALS, FIELD_WEIGHTS, K1

Scores = NDArray[np.float64]
_NOBODY = np.empty(0, np.int32)


@dataclass(frozen=True, slots=True)
class Budget:
    """What one query may cost before it is given up.

    postings: how many may be read. seconds: how long it may take.
    """

    postings: int = 400_000_000
    seconds: float = 10.0


@dataclass(frozen=True, slots=True, eq=False)
class Matches:
    """Articles and their scores. docs: int32 [n], ascending; scores: float64 [n]."""

    docs: Docs
    scores: Scores


class Evaluator:
    """Answers one query tree on one view."""

    def __init__(self, view: View, budget: Budget | None = None) -> None:
        self._view = view
        self._budget = budget or Budget()
        self._read = 0
        self._deadline = monotonic() + self._budget.seconds

    def matches(self, tree: Node) -> Matches:
        """Return the articles that match, with rounded scores.

        Raises QueryTooCostly when the budget is spent.
        """
        found = self._node(tree)
        return Matches(found.docs, np.round(found.scores, DECIMALS))

    def _node(self, node: Node) -> Matches:
        match node:
            case Term(word, match, field):
                return self._scored(self._word_parts(word, match, field))
            case Phrase():
                return self._scored(self._phrase_parts(node))
            case AtLeast():
                return self._at_least(node)
            case And(children):
                return self._every(children)
            case Or(children):
                return self._any(children)
            case Not(child):
                return _unscored(_without(self._view.everything(), self._node(child).docs))
            case Everything():
                return _unscored(self._view.everything())

    def _every(self, children: Sequence[Node]) -> Matches:
        wanted = [child for child in children if not isinstance(child, Not)]
        unwanted = [child.child for child in children if isinstance(child, Not)]
        if wanted:
            found = reduce(self._both, sorted(map(self._node, wanted), key=_size))
        else:
            found = _unscored(self._view.everything())
        for child in unwanted:
            keep = ~_members(found.docs, self._node(child).docs, self._view.size)
            found = Matches(found.docs[keep], found.scores[keep])
        return found

    def _both(self, few: Matches, many: Matches) -> Matches:
        places = np.searchsorted(many.docs, few.docs)
        places[places == len(many.docs)] = 0
        keep = many.docs[places] == few.docs if len(many.docs) else np.zeros(len(few.docs), bool)
        return Matches(few.docs[keep], few.scores[keep] + many.scores[places[keep]])

    def _any(self, children: Sequence[Node]) -> Matches:
        found = [self._node(child) for child in children]
        return Matches(*_summed([(one.docs, one.scores) for one in found], self._view.size))

    def _at_least(self, node: AtLeast) -> Matches:
        counted = [
            (postings.docs, postings.freqs.astype(np.float64))
            for field in _fields(node.field)
            if len((postings := self._postings(field, node.word, node.match)).docs)
        ]
        docs, counts = _summed(counted, self._view.size)
        found = self._scored(self._word_parts(node.word, node.match, node.field))
        keep = counts >= node.count
        return self._both(_unscored(docs[keep]), found)

    def _word_parts(
        self, word: str, match: Match, field: TextField | None
    ) -> list[tuple[Docs, Scores]]:
        """Return, for each field, the articles (once a form) and their weighted frequencies."""
        parts = []
        for which in _fields(field):
            found = self._postings(which, word, match)
            if len(found.docs):
                norms = self._view.norms(which)[found.docs]
                weighted = FIELD_WEIGHTS[which] * found.weights * found.freqs / norms
                parts.append((found.docs, weighted))
        return parts

    def _phrase_parts(self, phrase: Phrase) -> list[tuple[Docs, Scores]]:
        """Return, for each field, the articles and the weighted frequencies of a phrase."""
        parts = []
        for field in _fields(phrase.field):
            starts = self._phrase_starts(field, phrase)
            docs, counts = np.unique(starts >> POSITION_BITS, return_counts=True)
            if len(docs):
                norms = self._view.norms(field)[docs]
                parts.append((docs.astype(np.int32), FIELD_WEIGHTS[field] * counts / norms))
        return parts

    def _phrase_starts(self, field: TextField, phrase: Phrase) -> NDArray[np.int64]:
        """Return the occurrences of the first word from which the others follow in time."""
        within = self._holding_all(field, phrase)
        if not len(within):
            return np.empty(0, np.int64)
        places = {word: self._places(field, word, phrase.match, within) for word in phrase.words}
        first = last = places[phrase.words[0]]
        for word in phrase.words[1:]:
            after = np.searchsorted(places[word], last, side="right")
            follows = after < len(places[word])
            first, last = first[follows], places[word][after[follows]]
            near = last - first <= phrase.slop + len(phrase.words) - 1
            first, last = first[near], last[near]
        return first

    def _holding_all(self, field: TextField, phrase: Phrase) -> Docs:
        """Return the articles that hold every word of a phrase, ascending."""
        holders = [
            self._postings(field, word, phrase.match).docs for word in dict.fromkeys(phrase.words)
        ]
        if not holders:
            return _NOBODY
        counts = np.zeros(self._view.size, np.uint16)
        for docs in holders:
            held = np.zeros(self._view.size, bool)
            held[docs] = True
            counts += held
        return np.flatnonzero(counts == len(holders)).astype(np.int32)

    def _places(self, field: TextField, word: str, match: Match, within: Docs) -> NDArray[np.int64]:
        places = self._view.occurrences(field, word, match, within)
        self._spend(len(places))
        return places

    def _postings(self, field: TextField, word: str, match: Match) -> Postings:
        found = self._view.postings(field, word, match)
        self._spend(len(found.docs))
        return found

    def _scored(self, parts: list[tuple[Docs, Scores]]) -> Matches:
        """Return what a leaf matches: its parts added up and scored as one term by BM25F."""
        docs, weighted = _summed(parts, self._view.size)
        held = len(docs)
        idf = np.log(1 + (self._view.count - held + 0.5) / (held + 0.5))
        return Matches(docs, idf * weighted * (K1 + 1) / (weighted + K1))

    def _spend(self, postings: int) -> None:
        self._read += postings
        if self._read > self._budget.postings or monotonic() > self._deadline:
            raise QueryTooCostly(
                "Cette recherche demande trop de calcul : ajoutez un mot plus rare, "
                "une période ou un filtre."
            )


def _fields(field: TextField | None) -> tuple[TextField, ...]:
    return tuple(TextField) if field is None else (field,)


def _size(matches: Matches) -> int:
    return len(matches.docs)


def _unscored(docs: Docs) -> Matches:
    return Matches(docs, np.zeros(len(docs)))


def _members(docs: Docs, of: Docs, size: int) -> NDArray[np.bool_]:
    """Tell for each of `docs` whether it is in `of`."""
    mask = np.zeros(size, bool)
    mask[of] = True
    return mask[docs]


def _without(docs: Docs, unwanted: Docs) -> Docs:
    return np.setdiff1d(docs, unwanted, assume_unique=True)


def _summed(parts: list[tuple[Docs, Scores]], size: int) -> tuple[Docs, Scores]:
    """Add up the values of parts, where an article may come several times; articles ascending."""
    if not parts:
        return _NOBODY, np.empty(0)
    docs = np.concatenate([part[0] for part in parts])
    values = np.concatenate([part[1] for part in parts])
    # Dense where the lists are long for the corpus, else by sorting.
    if len(docs) * 16 > size:
        present = np.zeros(size, bool)
        present[docs] = True
        union = np.flatnonzero(present).astype(np.int32)
        return union, _bincount(docs, values, size)[union]
    union, places = np.unique(docs, return_inverse=True)
    return union, _bincount(places, values, len(union))


def _bincount(places: NDArray[Any], values: Scores, size: int) -> Scores:
    """Add up the values of each place; numpy's stubs do not know that weights give floats."""
    return np.asarray(np.bincount(places, weights=values, minlength=size), np.float64)
