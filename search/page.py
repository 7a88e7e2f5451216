"""One page of answers, ready to be shown: every link on it is a `SearchRequest`."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from corpus.article import Article, Entity
from index.fields import Facet, Interval
from search.request import SearchRequest

# The facets in the order in which they are shown.
FACET_NAMES = MappingProxyType(
    {
        Facet.COUNTRY_ABOUT: "Pays concerné",
        Facet.COUNTRY: "Pays cité",
        Facet.COUNTRY_TITLE: "Pays dans le titre",
        Facet.ACTOR: "Acteur",
        Facet.SOURCE: "Source",
        Facet.SECTION: "Rubrique",
        Facet.AUTHOR: "Auteur",
        Facet.YEAR: "Année",
    }
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text, whether it is what the reader searched for, and whether it names
    the country or the actor that is asked about.
    """

    text: str
    match: bool = False
    cited: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """The first sentence in which an article names a value, cut where it does."""

    facet: Facet
    value: str
    sentence: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class ShownHit:
    """A hit as it is shown: title and snippet cut into pieces at the matches.

    family: the id of the article that leads its family, empty where it is in none.
    copies: how many other articles its family holds.
    evidence: where it names the countries and actors selected, if the snippet does not show it.
    """

    article: Article
    score: float
    title: tuple[Piece, ...]
    snippet: tuple[Piece, ...]
    family: str = ""
    copies: int = 0
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownValue:
    """A facet value of the page of `shown`."""

    facet: Facet
    value: str
    label: str
    count: int
    selected: bool
    shown: SearchRequest

    # Made when asked for: of 160 values, as of the bars, the JSON asks for none.
    @property
    def request(self) -> SearchRequest:
        """What selects it, or lets it go if it is selected."""
        return self.shown.toggled(self.facet, self.value)


@dataclass(frozen=True, slots=True)
class ShownFacet:
    """A facet with the name that readers see, and its commonest values.

    approximate: whether a value may be missing that belongs among them.
    """

    facet: Facet
    name: str
    values: tuple[ShownValue, ...]
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force, in words; `request` is the search without it."""

    label: str
    request: SearchRequest


@dataclass(frozen=True, slots=True)
class ShownBar:
    """A bar of the timeline of the page of `shown`; since, until: the days of its period.

    Bars follow one another without a gap: a period without articles counts 0.
    """

    period: str
    label: str
    count: int
    since: date
    until: date
    shown: SearchRequest

    @property
    def request(self) -> SearchRequest:
        """What narrows the search to its period."""
        return self.shown.between(self.since, self.until)


class Widening(StrEnum):
    """How a search that is offered differs from the one that found nothing."""

    NEAREST = "nearest"  # the nearest one that finds something
    ALONE = "alone"  # one of its parts by itself


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A wider search, offered when nothing is found, with what it would find."""

    label: str
    total: int
    request: SearchRequest
    kind: Widening


@dataclass(frozen=True, slots=True)
class Nearby:
    """Articles that do not answer the whole query. label: what they are; request: of theirs."""

    label: str
    request: SearchRequest
    hits: tuple[ShownHit, ...]


@dataclass(frozen=True, slots=True)
class ResultPage:
    """Everything that the page, the API and the command line show of one search.

    remarks: what the reader should know of how the query was understood.
    relaxations: wider searches, only where nothing was found: the nearest that finds
        something, if any does, then each part of the query by itself.
    nearby: of a first page that is not full, the articles that hold most of the words; else,
        where nothing was found, the first hits of the nearest wider search.
    correction: the search with its misspelt words put right, where little is found.
    page_count: 1 at the least; a request past it holds no hits.
    interval: the width of a bar of the timeline.
    undated: how many matches have no date, hence stand in no bar.
    """

    request: SearchRequest
    total: int
    hits: tuple[ShownHit, ...]
    facets: tuple[ShownFacet, ...]
    chips: tuple[Chip, ...]
    timeline: tuple[ShownBar, ...]
    interval: Interval
    undated: int
    remarks: tuple[str, ...]
    relaxations: tuple[Relaxation, ...]
    nearby: Nearby | None
    correction: SearchRequest | None
    page_count: int


@dataclass(frozen=True, slots=True)
class EntityLink:
    """An entity of an article; `request` finds every article that names it.

    cite: asks for the article with its mentions marked; empty where there are none.
    """

    entity: Entity
    request: SearchRequest
    cite: str = ""


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """One article as it is shown: title and paragraphs cut at the matches of a query.

    similar: the articles most like it, best first.
    versions: the other articles of its family, its lead first. lead: the id of that, its own
        perhaps; empty where it is in no family. agency: what the family is credited to.
    cited: what is marked, as `EntityLink.cite` asks for it, and the first paragraph that holds it.
    """

    article: Article
    title: tuple[Piece, ...]
    paragraphs: tuple[tuple[Piece, ...], ...]
    about: tuple[EntityLink, ...]
    countries: tuple[EntityLink, ...]
    actors: tuple[EntityLink, ...]
    similar: tuple[Article, ...]
    versions: tuple[Article, ...] = ()
    lead: str = ""
    agency: str = ""
    cited: str = ""
    cited_paragraph: int | None = None
