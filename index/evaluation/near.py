"""Proximity: where two things stand close by, in either order or in one."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.evaluation.phrases import Occurrences, Spans, holding_all, phrase_spans, reach_of
from index.evaluation.sets import Docs, contained, united
from index.evaluation.view import View
from index.fields import TextField
from index.query import Near, Or, Phrase, Place, Term


def near_starts(view: View, field: TextField, node: Near) -> Occurrences:
    """Return where the left thing begins, ascending, wherever it has the right one near."""
    left, right = (_holders(view, field, one) for one in (node.left, node.right))
    within = left[contained(left, right, view.size)]
    if not len(within):
        return np.empty(0, np.int64)
    starts, ends = _spans(view, field, node.left, within)
    others, last_words = _spans(view, field, node.right, within)
    near = _near(starts, ends, others, last_words, node)
    return np.unique(starts[near])


def near_places(left: Occurrences, right: Occurrences, node: Near) -> Occurrences:
    """Return the places of a left word, of those given ascending, that have the right one near."""
    return left[_near(left, left, right, right, node)]


def _near(
    starts: Occurrences,
    ends: Occurrences,
    others: Occurrences,
    last_words: Occurrences,
    node: Near,
) -> NDArray[np.bool_]:
    """Tell which of the left places have one of the right near."""
    near = _some_between(others, ends + 1, ends + node.distance)
    if not node.ordered:
        near |= _some_between(last_words, starts - node.distance, starts - 1)
    return near


def _some_between(
    values: NDArray[np.int64], low: NDArray[np.int64], high: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Tell for each pair of bounds, both included, whether a value lies between."""
    values = np.sort(values)
    found = np.searchsorted(values, low) < np.searchsorted(values, high, side="right")
    return np.asarray(found, np.bool_)


def _holders(view: View, field: TextField, place: Place) -> Docs:
    """Return the articles, ascending, that may hold a thing in a field."""
    match place:
        case Or(children):
            held = [_holders(view, field, child) for child in _places(children)]
            return united(held, view.size) if held else np.empty(0, np.int32)
        case Term(word, reach, scope):
            return _with_words(view, field, Phrase((word,), 0, reach, scope))
        case Phrase():
            return _with_words(view, field, place)


def _with_words(view: View, field: TextField, phrase: Phrase) -> Docs:
    if phrase.field not in (None, field):
        return np.empty(0, np.int32)
    return holding_all(view, reach_of(view, field, phrase.words, phrase.match))


def _spans(view: View, field: TextField, place: Place, within: Docs) -> Spans:
    """Return where a thing stands in a field of the given articles (ascending)."""
    match place:
        case Or(children):
            every = [_spans(view, field, child, within) for child in _places(children)]
            none = np.empty(0, np.int64)
            return (
                np.concatenate([none, *(starts for starts, _ in every)]),
                np.concatenate([none, *(ends for _, ends in every)]),
            )
        case Term(word, reach, scope):
            if scope not in (None, field):
                return np.empty(0, np.int64), np.empty(0, np.int64)
            found = view.occurrences(view.reach(field, word, reach), within)
            return found, found
        case Phrase(_, _, _, scope):
            if scope not in (None, field):
                return np.empty(0, np.int64), np.empty(0, np.int64)
            return phrase_spans(view, field, place)


def _places(children: Sequence[object]) -> list[Place]:
    """Return alternatives that have a place in a text; others have none."""
    return [child for child in children if isinstance(child, Term | Phrase | Or)]
