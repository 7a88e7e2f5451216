"""The leaves of a query tree: which articles hold a word or a phrase, and how strongly.

A leaf is scored as one term by BM25F (see `index.ranking`), all its forms and fields
together. Which articles match is known before any is scored: only those that are left
when the tree and the filters are done.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.evaluation.view import POSITION_BITS, Docs, Postings, View
from index.query import AtLeast, Phrase, Term, TextField
from index.ranking import K1

Scores = NDArray[np.float64]


class Leaf:
    """Something that articles hold, in one or more fields.

    parts: for each field, the postings. least: how many occurrences, all fields together,
    an article must have.
    """

    def __init__(
        self, view: View, parts: Sequence[tuple[TextField, Postings]], least: int = 1
    ) -> None:
        self._view = view
        self._parts = [(field, part) for field, part in parts if len(part.docs)]
        self._least = least

    @cached_property
    def holders(self) -> Docs:
        """The articles that hold it at all, ascending."""
        return united([(part.docs, part.ascending) for _, part in self._parts], self._view.size)

    @cached_property
    def docs(self) -> Docs:
        """The articles that match, ascending."""
        if self._least <= 1:
            return self.holders
        holders = Candidates(self.holders, self._view.size)
        times = np.zeros(len(self.holders))
        for _, part in self._parts:
            times += holders.gathered(replace(part, weights=np.broadcast_to(1.0, len(part.docs))))
        return self.holders[times >= self._least]

    def scores(self, candidates: "Candidates") -> Scores:
        """Return float64 [n]: the score of each candidate, 0 where it does not match."""
        weighted = np.zeros(len(candidates.docs))
        for field, part in self._parts:
            weighted += candidates.gathered(part) * self._view.worth(field)[candidates.docs]
        held = len(self.holders)
        idf = np.log(1 + (self._view.count - held + 0.5) / (held + 0.5))
        scores: Scores = idf * (K1 + 1) * weighted / (weighted + K1)
        if self._least > 1:
            scores[~contained(candidates.docs, self.docs, self._view.size)] = 0.0
        return scores


class Candidates:
    """Articles to be scored.

    docs: ascending. size: of the corpus.
    """

    def __init__(self, docs: Docs, size: int) -> None:
        self.docs = docs
        self._size = size

    @cached_property
    def _slots(self) -> NDArray[np.int32]:
        """int32 [size]: the index in `docs` of each article, -1 for those not in it."""
        slots = np.full(self._size, -1, np.int32)
        slots[self.docs] = np.arange(len(self.docs), dtype=np.int32)
        return slots

    def gathered(self, part: Postings) -> Scores:
        """Return float64 [n]: for each candidate the sum of its weighted frequencies."""
        if part.ascending and _worth_searching(len(self.docs), len(part.docs), self._size):
            places = np.searchsorted(part.docs, self.docs)
            places[places == len(part.docs)] = 0
            amounts = part.freqs[places] * part.weights[places]
            return np.where(part.docs[places] == self.docs, amounts, 0.0)
        slots, freqs, weights = self._slots[part.docs], part.freqs, part.weights
        if len(self.docs) < self._size:
            present = np.flatnonzero(slots >= 0)
            slots, freqs, weights = slots[present], freqs[present], weights[present]
        return np.asarray(np.bincount(slots, freqs * weights, len(self.docs)), np.float64)


def word_leaf(view: View, node: Term | AtLeast) -> Leaf:
    """Return the leaf of a word, as far as it reaches."""
    parts = [(field, view.postings(field, node.word, node.match)) for field in _fields(node.field)]
    return Leaf(view, parts, node.count if isinstance(node, AtLeast) else 1)


def phrase_leaf(view: View, node: Phrase) -> Leaf:
    """Return the leaf of a phrase: an occurrence is a place from which the words follow."""
    parts = []
    for field in _fields(node.field):
        starts = _phrase_starts(view, field, node)
        docs, counts = np.unique(starts >> POSITION_BITS, return_counts=True)
        parts.append((field, Postings(docs.astype(np.int32), counts, np.ones(len(docs)), True)))
    return Leaf(view, parts)


def _phrase_starts(view: View, field: TextField, phrase: Phrase) -> NDArray[np.int64]:
    """Return the occurrences of the first word from which the others follow in time."""
    distinct = list(dict.fromkeys(phrase.words))
    holders = [
        united([(found.docs, found.ascending)], view.size)
        for found in (view.postings(field, word, phrase.match) for word in distinct)
    ]
    within = intersection(holders, view.size)
    if not len(within):
        return np.empty(0, np.int64)
    places = {word: view.occurrences(field, word, phrase.match, within) for word in distinct}
    first = last = places[phrase.words[0]]
    for word in phrase.words[1:]:
        after = np.searchsorted(places[word], last, side="right")
        follows = after < len(places[word])
        first, last = first[follows], places[word][after[follows]]
        near = last - first <= phrase.slop + len(phrase.words) - 1
        first, last = first[near], last[near]
    return first


def united(lists: Sequence[tuple[Docs, bool]], size: int) -> Docs:
    """Return the articles of any list, ascending; each list comes with whether it ascends."""
    if len(lists) == 1 and lists[0][1]:
        return lists[0][0]
    docs = np.concatenate([np.empty(0, np.int32), *(one for one, _ in lists)])
    # Marking costs by the size of the corpus, sorting by that of the lists.
    if len(docs) * 32 < size:
        return np.unique(docs)
    present = np.zeros(size, bool)
    present[docs] = True
    return np.flatnonzero(present).astype(np.int32)


def intersection(lists: Sequence[Docs], size: int) -> Docs:
    """Return the articles that are in every list, ascending; none for no list."""
    found, *others = sorted(lists, key=len) if lists else [np.empty(0, np.int32)]
    for other in others:
        found = found[contained(found, other, size)]
    return found


def contained(docs: Docs, of: Docs, size: int) -> NDArray[np.bool_]:
    """Tell for each of `docs` whether it is in `of`; both ascending."""
    if not len(of):
        return np.zeros(len(docs), bool)
    if _worth_searching(len(docs), len(of), size):
        places = np.searchsorted(of, docs)
        places[places == len(of)] = 0
        return np.asarray(of[places] == docs, np.bool_)
    members = np.zeros(size, bool)
    members[of] = True
    return members[docs]


def _worth_searching(few: int, many: int, size: int) -> bool:
    """Tell whether a search for each of a few articles is quicker than marking the many.

    Measured on 30,000 and 1,000,000 articles: a search takes 60 ns, marking one of the many
    3 ns, and clearing the marks 0.1 ns for each article there is.
    """
    return few * 60 < many * 3 + size // 10


def _fields(field: TextField | None) -> tuple[TextField, ...]:
    return tuple(TextField) if field is None else (field,)
