"""What an engine answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from corpus.article import Article
from index.fields import Facet, TextField
from index.query import Leaf

# Of what a word reaches, as many forms are told.
MOST_FORMS = 20


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that matches, with its score (0 where hits are sorted by date).

    family: the id of the article that leads its family, its own perhaps; empty where it
        is in none. copies: how many other articles its family holds.
    """

    article: Article
    score: float
    family: str = ""
    copies: int = 0


# Counts and bars are tuples: a page makes a hundred, each in half a dataclass's time.
class FacetCount(NamedTuple):
    """How many matching articles have a value.

    The count of a value is the total that the same query gives when that value
    is the only one selected in its facet; other facets' selections apply.
    """

    value: str
    label: str
    count: int  # type: ignore[assignment]  # a tuple has a method of that name


class Bar(NamedTuple):
    """How many matching articles were published in a period.

    period: "2015", "2015-11" or "2015-11-26", after the query's interval.
    """

    period: str
    count: int  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits, and the counts of all matches.

    total: the exact number of matching articles.
    facets: for each facet asked for, its commonest values (count descending,
        then value), and every selected value, even one that counts 0.
    histogram: the periods that hold matches, in order; undated articles are in
        none of them.
    approximate: the facets of which a value may be missing that belongs among the commonest;
        the counts that are given are exact.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[Facet, tuple[FacetCount, ...]]
    histogram: tuple[Bar, ...]
    approximate: frozenset[Facet] = frozenset()


@dataclass(frozen=True, slots=True)
class Form:
    """A word or a facet value (by its label) of the index, and how many articles have it."""

    text: str
    articles: int


@dataclass(frozen=True, slots=True)
class Reach:
    """What a word or a name of a query reaches in the index.

    forms: the commonest (count descending, then text), at most `MOST_FORMS` of `count`.
    """

    typed: str
    forms: tuple[Form, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Occurrences:
    """How many times an article holds a form in a field."""

    field: TextField
    form: str
    times: int


@dataclass(frozen=True, slots=True)
class Part:
    """What one leaf of a query finds, and what it brings to one article.

    articles: how many match the leaf. reaches: of each of its words, or of its name.
    score: its share of the article's score; 0 where it plays no part there, as under a NOT.
    occurrences: where the article holds what its words reach; the title first.
    """

    leaf: Leaf
    articles: int
    reaches: tuple[Reach, ...]
    score: float = 0.0
    occurrences: tuple[Occurrences, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a query finds what it finds, and why it finds one article.

    total: how many articles match. parts: one for each leaf, from left to right, of which
    the scores add up to `score`, but for rounding. score: None where no article was asked
    about, or one that does not match.
    """

    total: int
    parts: tuple[Part, ...]
    score: float | None = None


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
    articles: how many it holds, of which `copies` are behind the lead of their family.
    counts: how many distinct values each facet has.
    remarks: how the machines are that hold it, where there are several.
    """

    url: str
    articles: int
    built: str
    version: str
    size_bytes: int
    first: date | None
    last: date | None
    counts: Mapping[Facet, int]
    copies: int = 0
    remarks: tuple[str, ...] = ()
