"""Completions: countries, actors, words and titles that begin as the reader types.

Any word of a name may begin so, accents ignored. Nothing is read through: names and words
lie sorted, and of those that begin alike the commonest are taken by one array operation.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property, reduce
from itertools import chain, islice

import numpy as np
from numpy.typing import NDArray

from corpus.analysis import fold, pieces, words, words_of
from index.columnar.segment import SegmentReader
from index.evaluation.matching import Evaluator
from index.evaluation.ordering import first_by_place
from index.evaluation.reach import FOLDED
from index.evaluation.view import View
from index.query import And, Facet, Match, Term, TextField
from index.results import Suggestion

ENTITY_FACETS = (Facet.COUNTRY, Facet.ACTOR)
# Of the names and words that begin so, as many of the commonest are shown at most.
_WEIGHED = 40
TITLES = 3
# Names crowd out words no further.
WORDS = 2
# More words than this that begin so, or articles that hold the rarest word typed, tell no title
# from another: reading them would take longer than typing on.
MOST_ENDINGS = 60
_MOST_HOLDERS = 10_000
# Where the last word has too many endings, it is looked for in as many of the newest titles.
NEWEST_READ = 12

Codes = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class _Names:
    """The words of the names of a facet's values, sorted, each with the codes of its names.

    The codes of word i are codes[offsets[i]:offsets[i + 1]]; size: how many names there are.
    """

    words: list[str]
    offsets: Codes
    codes: Codes
    size: int

    @classmethod
    def of(cls, names: Iterable[str]) -> "_Names":
        """Sort the words of names, whose codes are their places.

        Each piece of a name is analysed once, however many names hold it.
        """
        holders: dict[str, list[int]] = defaultdict(list)
        size = 0
        for code, name in enumerate(names):
            size += 1
            for piece in pieces(name):
                holders[piece].append(code)
        by_word: dict[str, list[int]] = defaultdict(list)
        for piece, codes in holders.items():
            for word in words_of(piece):
                by_word[fold(word)] += codes
        ordered = sorted(by_word)
        offsets = np.cumsum([0, *(len(by_word[word]) for word in ordered)])
        codes_of_all = chain.from_iterable(by_word[word] for word in ordered)
        return cls(ordered, offsets, np.fromiter(codes_of_all, np.int64, int(offsets[-1])), size)

    def beginning(self, prefix: str) -> NDArray[np.bool_]:
        """Return for each code whether a word of its name begins so.

        One letter may begin the tenth of 500,000 names: to sort their codes took 20 ms, to
        mark them takes one.
        """
        low = bisect_left(self.words, prefix)
        high = bisect_left(self.words, prefix + "\U0010ffff")
        held = np.zeros(self.size, bool)
        held[self.codes[self.offsets[low] : self.offsets[high]]] = True
        return held


class Completions:
    """Completes prefixes from one view, accents ignored."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._names = cache(self._sorted_names)
        self._counts = cache(self._articles)
        self._frequencies = cache(_document_frequencies)

    def of(self, prefix: str, limit: int) -> list[Suggestion]:
        """Return at most `limit` completions: entities first, then words, then titles."""
        typed = words(prefix)
        if not typed:
            return []
        folded = [fold(word) for word in typed]
        found = [one for facet in ENTITY_FACETS for one in self._entities(facet, folded)]
        found = sorted(found, key=_commonest)[:limit]
        single = self._words(folded[0])[:limit] if len(folded) == 1 else []
        return mixed(found, single, self._titles(typed), limit)

    def _sorted_names(self, facet: Facet) -> _Names:
        column, former = self._view.columns.facet(facet), self._view.renaming.former(facet)
        return _Names.of(
            "\n".join(filter(None, (column.label(value), former.get(value))))
            for value in column.values
        )

    def _entities(self, facet: Facet, folded: list[str]) -> list[Suggestion]:
        """Return the entities of whose name every typed word begins a word."""
        names, column = self._names(facet), self._view.columns.facet(facet)
        codes = np.flatnonzero(reduce(np.logical_and, map(names.beginning, folded)))
        counts = self._counts(facet)[codes]
        best = [place for place in _largest(counts).tolist() if counts[place]]
        values = [(column.values[int(codes[place])], int(counts[place])) for place in best]
        return [
            Suggestion(facet.value, value, column.label(value), count) for value, count in values
        ]

    def _articles(self, facet: Facet) -> Codes:
        """Return by code how many articles have each value, copies and removed ones left out."""
        column, held = self._view.columns.facet(facet), np.zeros(self._view.size, np.int64)
        held[self._view.leads()] = 1
        times = np.repeat(held, np.diff(column.offsets))
        return np.bincount(column.codes[times > 0], minlength=len(column))

    def _words(self, folded: str) -> list[Suggestion]:
        counts: dict[str, int] = {}
        for segment, field in self._view.terms(TextField.BODY):
            ranks = segment.terms_with_key_prefix(field, FOLDED, folded)
            held = self._frequencies(segment, field)[ranks]
            for place in _largest(held).tolist():
                word = segment.term(field, int(ranks[place]))
                counts[word] = counts.get(word, 0) + int(held[place])
        found = [Suggestion("word", word, word, count) for word, count in counts.items()]
        return sorted(found, key=_commonest)

    def _titles(self, typed: list[str]) -> list[Suggestion]:
        """Return the newest articles whose title holds the words typed, the last one begun."""
        *whole, last = typed
        tree = [Term(word, Match.FOLDED, TextField.TITLE) for word in whole]
        if self._few_endings(fold(last)):
            tree.append(Term(last, Match.PREFIX, TextField.TITLE))
        if not tree or min(map(self._holders, tree)) > _MOST_HOLDERS:
            return []
        docs = Evaluator(self._view, And(tuple(tree)), copies=False).docs
        newest = docs[first_by_place(self._newest[docs], 0, NEWEST_READ)]
        stored = (self._view.stored(doc) for doc in newest.tolist())
        fitting = (one for one in stored if len(tree) > len(whole) or begins(one["title"], last))
        return [Suggestion("title", one["id"], one["title"], 1) for one in islice(fitting, TITLES)]

    def _few_endings(self, folded: str) -> bool:
        endings = (
            len(segment.terms_with_key_prefix(field, FOLDED, folded))
            for segment, field in self._view.terms(TextField.TITLE)
        )
        return sum(endings) <= MOST_ENDINGS

    def _holders(self, term: Term) -> int:
        reach = self._view.reach(TextField.TITLE, term.word, term.match)
        return sum(one.size for one in reach)

    @cached_property
    def _newest(self) -> NDArray[np.int32]:
        return self._view.columns.newest_first()


def mixed(
    names: list[Suggestion], single: list[Suggestion], titles: list[Suggestion], limit: int
) -> list[Suggestion]:
    """Return at most `limit` completions: names first, then words, then titles, some of each."""
    room = max(limit - len(titles), 1)
    kept = names[: max(room - min(len(single), WORDS), 1)]
    return ((kept + single)[:room] + titles)[:limit]


def _document_frequencies(segment: SegmentReader, field: str) -> NDArray[np.int64]:
    return segment.document_frequencies(field)


def begins(title: str, prefix: str) -> bool:
    """Tell whether a word of a title begins so."""
    return any(fold(word).startswith(fold(prefix)) for word in words(title))


def _largest(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where the largest counts are, the largest first; at most `_WEIGHED`."""
    if len(counts) > _WEIGHED:
        chosen = np.argpartition(counts, len(counts) - _WEIGHED)[-_WEIGHED:]
        return chosen[np.argsort(-counts[chosen], kind="stable")]
    return np.argsort(-counts, kind="stable")


def _commonest(suggestion: Suggestion) -> tuple[int, str]:
    return -suggestion.count, suggestion.value
