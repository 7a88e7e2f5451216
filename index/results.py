"""What an engine answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from corpus.article import Article
from index.query import Facet


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that matches, with its score (0 where hits are sorted by date)."""

    article: Article
    score: float


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many matching articles have a value.

    The count of a value is the total that the same query gives when that value
    is the only one selected in its facet; other facets' selections apply.
    """

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Bar:
    """How many matching articles were published in a period.

    period: "2015", "2015-11" or "2015-11-26", after the query's interval.
    """

    period: str
    count: int


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits, and the counts of all matches.

    total: the exact number of matching articles.
    facets: for each facet asked for, its commonest values (count descending,
        then value), and every selected value, even one that counts 0.
    histogram: the periods that hold matches, in order; undated articles are in
        none of them.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[Facet, tuple[FacetCount, ...]]
    histogram: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A completion: the value to search for, what to show, and how many articles."""

    kind: str
    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Status:
    """What an index holds, when and with which version it was made.

    first, last: the first and last day of publication, None without any.
    built: ISO 8601 with the offset; empty for an index never built.
    counts: how many distinct values each facet has.
    """

    url: str
    articles: int
    built: str
    version: str
    size_bytes: int
    first: date | None
    last: date | None
    counts: Mapping[Facet, int]
