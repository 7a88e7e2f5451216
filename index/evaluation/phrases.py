"""Where words follow one another."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from index.columnar.integers import run_bounds
from index.evaluation.reached import POSITION_BITS, Reached
from index.evaluation.sets import Docs, contained
from index.evaluation.view import View
from index.fields import Match, TextField
from index.query import Phrase

# Each a number as `index.evaluation.reached` describes it.
Occurrences = NDArray[np.int64]
# Occurrences of the first word and of the last, one for each place: int64 [n] each.
Spans = tuple[Occurrences, Occurrences]
Reach = Mapping[str, Sequence[Reached]]

# Looking one article up in unread postings costs as much as reading so many of them.
_LOOKUP = 16
# Of two arrays, one that is not this many times longer is merged rather than searched.
_MERGED = 16


def phrase_spans(view: View, field: TextField, phrase: Phrase) -> Spans:
    """Return where a phrase begins and ends in a field, in the order of its beginnings."""
    reach = reach_of(view, field, phrase.words, phrase.match)
    if not reach or not all(reach.values()):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    if phrase.slop:
        within = holding_all(view, reach)
        places = {word: view.occurrences(found, within) for word, found in reach.items()}
        return _near(phrase, places)
    words = [reach[word] for word in phrase.words]
    starts = _side_by_side(view, words)
    return starts, starts + (len(words) - 1)


def reach_of(view: View, field: TextField, words: Sequence[str], match: Match) -> Reach:
    """Return what each distinct word stands for."""
    return {word: view.reach(field, word, match) for word in dict.fromkeys(words)}


def holding_all(view: View, reach: Reach) -> Docs:
    """Return the articles, ascending, that hold every word; none for no word."""
    if not reach or not all(reach.values()):
        return np.empty(0, np.int32)
    rarest, *others = sorted(reach.values(), key=_size)
    within = view.holders(rarest)
    for word in others:
        lists = sum(len(one.ranks) for one in word)
        if len(within) * lists * _LOOKUP < _size(word):
            within = within[view.find(word, within) > 0]
        else:
            within = within[contained(within, view.holders(word), view.size)]
    return within


def _size(word: Sequence[Reached]) -> int:
    return sum(one.size for one in word)


def _side_by_side(view: View, words: Sequence[Sequence[Reached]]) -> Occurrences:
    """Return where words that stand side by side begin, from the rarest to the commonest.

    The second is read in the articles of the rarest, the rarest in those of the second, and
    each other one only where those before stand side by side.
    """
    first, *others = sorted(range(len(words)), key=lambda at: _size(words[at]))
    within = view.holders(words[first])
    if not others:
        return view.occurrences(words[first], within)
    second, *others = others
    there = view.occurrences(words[second], within)
    starts = view.occurrences(words[first], _articles(there)) - first
    starts = _common(starts, there - second)
    for at in others:
        there = view.occurrences(words[at], _articles(starts + at))
        starts = _common(starts, there - at)
    return starts


def _common(some: Occurrences, others: Occurrences) -> Occurrences:
    """Return what is in both of two ascending arrays, each number once in each."""
    if len(some) * _MERGED < len(others):
        shared: Occurrences = some[others.take(others.searchsorted(some), mode="clip") == some]
        return shared
    both = np.concatenate((some, others))
    both.sort(kind="stable")  # merges two ascending runs
    shared = both[:-1][both[1:] == both[:-1]]
    return shared


def _articles(places: Occurrences) -> Docs:
    """Return the articles that places are in; both ascend."""
    holders = places >> POSITION_BITS
    docs: Docs = holders.take(run_bounds(holders)[:-1]).astype(np.int32)
    return docs


def _near(phrase: Phrase, places: Mapping[str, Occurrences]) -> Spans:
    """Return where words come in order with `slop` other words between them at most."""
    first = last = places[phrase.words[0]]
    for word in phrase.words[1:]:
        after = np.searchsorted(places[word], last, side="right")
        follows = after < len(places[word])
        first, last = first[follows], places[word][after[follows]]
        near = last - first <= phrase.slop + len(phrase.words) - 1
        first, last = first[near], last[near]
    return first, last
