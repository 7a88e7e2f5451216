"""Our trees and filters as queries of stock Whoosh.

Nothing of `index.evaluation` takes part. How far a word reaches is decided, as in the
naive engine, word by word over the lexicon of the very index that is asked.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import reduce
from itertools import combinations

from whoosh import query

from index.fields import Facet, Match, TextField
from index.query import (
    And,
    AtLeast,
    Dated,
    Everything,
    Filters,
    HasValue,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Place,
    Term,
)
from tests.naive_matching import value_meant, weight

Lexicon = Callable[[str], Iterable[str]]
Days = Callable[[int, int], query.Query]

ANYWHERE = 1 << 24  # words apart: more than any text has


class Translation:
    """Translates for one index.

    lexicon: gives the words of a field of the index.
    days: makes the query for the articles of a span of days, given as ordinals.
    """

    def __init__(self, lexicon: Lexicon, days: Days) -> None:
        self._lexicon = lexicon
        self._days = days

    def tree(self, node: Node) -> query.Query:
        """Return the Whoosh query for a tree."""
        match node:
            case Everything():
                return query.Every()
            case And(children):
                return query.And([query.Every(), *map(self.tree, children)])
            case Or(children):
                return query.Or(list(map(self.tree, children)))
            case Not(child):
                # With Every, as Whoosh's Not alone may come upon a deleted document.
                return query.And([query.Every(), query.Not(self.tree(child))])
            case Term(word, match, field):
                return query.Or([self._word(f, word, match) for f in in_fields(field)])
            case Phrase(typed, slop, match, field):
                return query.Or(
                    [one for f in in_fields(field) for one in self._phrase(f, typed, slop, match)]
                )
            case AtLeast(count, word, match, field):
                return self._at_least(count, word, match, in_fields(field))
            case Near():
                return query.Or([one for field in TextField for one in self._near(field, node)])
            case HasValue(facet):
                meant = [v for v in self._values(facet) if value_meant(node, v)]
                return query.Or([self._value(facet, value) for value in meant])
            case Dated(since, until):
                return self._between(since or date.min, until or date.max)

    def filters(self, filters: Filters) -> query.Query:
        """Return the Whoosh query for filters."""
        wanted = [
            query.Or([self._value(facet, value) for value in sorted(filters.selected(facet))])
            for facet in Facet
            if filters.selected(facet)
        ]
        unwanted = [query.Not(self._value(facet, value)) for facet, value in filters.excluded]
        if filters.since or filters.until:
            first, last = filters.since or date.min, filters.until or date.max
            wanted.append(self._between(first, last))
        return query.And([query.Every(), *wanted, *unwanted])

    def _forms(self, field: TextField, word: str, match: Match) -> list[str]:
        """Return the words of the index that a typed one reaches."""
        return [have for have in self._lexicon(field.value) if weight(word, have, match)]

    def _word(self, field: TextField, word: str, match: Match) -> query.Query:
        if match is Match.EXACT:
            return query.Term(field.value, word.lower())
        return query.Or([query.Term(field.value, f) for f in self._forms(field, word, match)])

    def _phrase(
        self, field: TextField, typed: Sequence[str], slop: int, match: Match
    ) -> list[query.Query]:
        """Return queries of which one matches where the phrase does."""
        if match is Match.EXACT and not slop:
            return [query.Phrase(field.value, [word.lower() for word in typed])]
        forms = [self._word(field, word, match) for word in typed]
        # Whoosh's slop is for each pair, ours for all together: every way of sharing it out.
        return [
            reduce(followed, zip(forms[1:], gaps, strict=True), forms[0])
            for gaps in shares(slop, len(forms) - 1)
        ]

    def _near(self, field: TextField, node: Near) -> list[query.Query]:
        """Return queries of which one matches where two things stand close by."""
        left, right = self._places(field, node.left), self._places(field, node.right)
        pairs = [(one, other) for one in left for other in right]
        if not node.ordered:
            pairs += [(other, one) for one, other in pairs]
        return [followed(one, (other, node.distance - 1)) for one, other in pairs]

    def _places(self, field: TextField, place: Place) -> list[query.Query]:
        match place:
            case Or(children):
                return [one for child in children for one in self._places(field, child)]
            case Term(word, match, scope) if scope in (None, field):
                return [self._word(field, word, match)]
            case Phrase(typed, slop, match, scope) if scope in (None, field):
                return self._phrase(field, typed, slop, match)
            case _:
                return []

    def _values(self, facet: Facet) -> Iterable[str]:
        years = (str(year) for year in range(2010, 2020))
        return years if facet is Facet.YEAR else self._lexicon(facet.value)

    def _at_least(
        self, count: int, word: str, match: Match, within: Sequence[TextField]
    ) -> query.Query:
        """Count by order: n times in a field is n occurrences, each after the one before."""
        forms = {field: self._word(field, word, match) for field in within}
        return query.Or(
            [
                query.And(
                    [
                        query.Every() if times == 0 else repeated(forms[field], times)
                        for field, times in zip(within, split, strict=True)
                    ]
                )
                for split in shares(count, len(within))
            ]
        )

    def _value(self, facet: Facet, value: str) -> query.Query:
        if facet is not Facet.YEAR:
            return query.Term(facet.value, value)
        if not value.isdigit():
            return query.NullQuery
        return self._between(date(int(value), 1, 1), date(int(value), 12, 31))

    def _between(self, first: date, last: date) -> query.Query:
        return self._days(first.toordinal(), last.toordinal())


def in_fields(field: TextField | None) -> tuple[TextField, ...]:
    return tuple(TextField) if field is None else (field,)


def followed(before: query.Query, then: tuple[query.Query, int]) -> query.Query:
    """Return the query for what comes after, with at most so many words between."""
    after, between = then
    return query.Sequence([before, after], slop=1 + between)


def repeated(one: query.Query, times: int) -> query.Query:
    return reduce(followed, [(one, ANYWHERE)] * (times - 1), one)


def shares(total: int, parts: int) -> list[tuple[int, ...]]:
    """Return every way of sharing a number out among so many parts."""
    if parts == 0:
        return [()]
    bars = combinations(range(total + parts - 1), parts - 1)
    return [
        tuple(b - a - 1 for a, b in zip((-1, *cut), (*cut, total + parts - 1), strict=True))
        for cut in bars
    ]
