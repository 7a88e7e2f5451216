"""From what shards tell of their commonest values to the commonest values that are shown.

Shards tell of some values, as articles were indexed with them. One that the ledger or the
corpus makes of several has at least as many articles as the commonest of those and at most
as many as all together; those between which the list leaves it open are counted once more.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest

from index.fields import Facet
from index.opensearch.naming import Naming

# Values counted once more, at most, for one list.
MOST_RECOUNTED = 300


@dataclass(frozen=True, slots=True)
class Told:
    """A value as indexed: how many articles have it at least, and how many more at most."""

    value: str
    least: int
    doubt: int = 0


@dataclass(frozen=True, slots=True)
class Listed:
    """What is told of one facet, the commonest first.

    others: how many articles may have a value that is not told of, at most.
    sharded: whether that is more than the last of the list has, shards telling differently.
    """

    told: Sequence[Told]
    others: int = 0
    sharded: bool = False


class Tally:
    """The values of a facet that may be among the commonest, and what is known of each."""

    def __init__(self, naming: Naming, facet: Facet, listed: Listed, most: int) -> None:
        self._listed = listed
        self._most = most
        self._bounds = _bounds(naming, facet, listed)
        largest = nlargest(most, (least for least, _ in self._bounds.values()))
        self._least = largest[-1] if len(largest) == most else 0
        if listed.others:
            self._bounds |= dict(_unlisted(naming, facet, listed, self._bounds, self._least))
        self._counts = {
            value: least for value, (least, top) in self._bounds.items() if least == top
        }

    @property
    def doubtful(self) -> list[str]:
        """The values to be counted once more, those of most articles first."""
        open_ = {v: top for v, (low, top) in self._bounds.items() if low < top >= self._least}
        return sorted(open_, key=lambda value: (-open_[value], value))

    @property
    def is_short(self) -> bool:
        """Whether too few values were told of to know the commonest."""
        if not self._listed.others:
            return False
        named = {one.value for one in self._listed.told}
        sure = sum(
            value in named or least > self._listed.others
            for value, (least, _) in self._bounds.items()
        )
        return sure < self._most or len(self.doubtful) > MOST_RECOUNTED

    def commonest(self, recounted: Mapping[str, int]) -> tuple[dict[str, int], bool]:
        """Return the counts of the commonest values, and whether one may be missing.

        recounted: how many articles have each of the first `MOST_RECOUNTED` doubtful values.
        """
        known = {value: count for value, count in {**self._counts, **recounted}.items() if count}
        ranked = sorted((-count, value) for value, count in known.items())[: self._most]
        counts = {value: -negative for negative, value in ranked}
        if self._listed.sharded:
            least = min(counts.values(), default=0)
            return counts, self.is_short or least <= self._listed.others
        return counts, self.is_short


def _bounds(naming: Naming, facet: Facet, listed: Listed) -> dict[str, tuple[int, int]]:
    """Return how many articles each value that is told of has at least, and at most."""
    least: Counter[str] = Counter()
    top: Counter[str] = Counter()
    seen: defaultdict[str, int] = defaultdict(int)
    for one in listed.told:
        shown = naming.renaming.current(facet, one.value)
        values = {shown}
        if naming.is_split(facet, one.value):
            values |= {*naming.parts(one.value)}
        elif shown is not None:
            least[shown] = max(least[shown], one.least)
        for value in filter(None, values):
            top[value] += one.least + one.doubt
            seen[value] += 1
    if listed.others and naming.renaming.touches(facet):
        for value, number in seen.items():
            if not naming.is_plain(facet, value):
                top[value] += listed.others * (len(naming.sources(facet, value)) - number)
    return {value: (least[value], top[value]) for value in top}


def _unlisted(
    naming: Naming,
    facet: Facet,
    listed: Listed,
    known: Mapping[str, tuple[int, int]],
    least: int,
) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the bounds of values of which nothing was told, but that may have so many articles."""
    for number, value in naming.composed(facet):
        if listed.others * number < least:
            return
        if value not in known:
            yield value, (0, listed.others * number)
