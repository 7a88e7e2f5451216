"""What the reader asked, and the URL parameters that say it."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from corpus.dates import Precision, parse_date
from corpus.entities.countries import country_code
from corpus.wording import number
from index.fields import COUNTRY_FACETS, Facet, Sort
from index.query import Filters
from search.query_language.syntax import MOST_CHARACTERS

FACET_PARAMS = MappingProxyType(
    {
        Facet.COUNTRY_ABOUT: "pays_concerne",
        Facet.COUNTRY: "pays",
        Facet.COUNTRY_TITLE: "pays_titre",
        Facet.ACTOR: "acteur",
        Facet.SOURCE: "source",
        Facet.SECTION: "rubrique",
        Facet.AUTHOR: "auteur",
        Facet.YEAR: "annee",
    }
)
EXCLUDED_PREFIX = "sauf_"
# Every name that a request may have.
PARAMS = (
    "q",
    *FACET_PARAMS.values(),
    *(f"{EXCLUDED_PREFIX}{name}" for name in FACET_PARAMS.values()),
    *("depuis", "jusqua", "tri", "tout", "page", "par_page"),
)
PAGE_SIZE = 10
MAX_PAGE_SIZE = 100


class Order(StrEnum):
    """The orders that a reader may ask for, by the values of `tri`."""

    RELEVANCE = "pertinence"
    FRESH = "actualite"  # by relevance and freshness together (`search.freshness`)
    NEWEST = "recent"
    OLDEST = "ancien"

    @property
    def sort(self) -> Sort:
        """What an engine is asked for."""
        return _SORTS.get(self, Sort.RELEVANCE)


_SORTS = {Order.NEWEST: Sort.NEWEST, Order.OLDEST: Sort.OLDEST}


class BadRequest(ValueError):
    """A parameter that cannot be understood; `problems` says which and what to write."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One search, as the reader states it.

    text: the query as typed.
    filters: selected and excluded facet values, first and last day.
    page: counts from 1; size: hits a page.
    copies: whether the copies of an article are shown, or only the lead of each family.
    """

    text: str = ""
    filters: Filters = field(default_factory=Filters)
    order: Order = Order.RELEVANCE
    page: int = 1
    size: int = PAGE_SIZE
    copies: bool = False

    @classmethod
    def from_params(cls, params: Iterable[tuple[str, str]]) -> "SearchRequest":
        """Read URL parameters; unknown names are ignored, empty values mean "not given".

        Raises BadRequest naming every parameter that cannot be understood.
        """
        problems: list[str] = []
        values: dict[str, list[str]] = {}
        for name, value in params:
            if value.strip():
                values.setdefault(name, []).append(value.strip())
        request = cls(
            # One character more than is read: the parser says that it was too long.
            text=values.get("q", [""])[-1][: MOST_CHARACTERS + 1],
            filters=Filters(
                values=_facet_values(values, ""),
                excluded=_facet_values(values, EXCLUDED_PREFIX),
                since=_day(values, "depuis", problems),
                until=_day(values, "jusqua", problems),
            ),
            order=_order(values, problems),
            page=_number(values, "page", 1, 10**9, problems),
            size=_number(values, "par_page", PAGE_SIZE, MAX_PAGE_SIZE, problems),
            copies=_switch(values, "tout", problems),
        )
        since, until = request.filters.since, request.filters.until
        if since and until and since > until:
            problems.append(
                f"« depuis » ({since}) est après « jusqua » ({until}) : échangez les deux dates."
            )
        if problems:
            raise BadRequest(tuple(problems))
        return request

    def to_params(self) -> list[tuple[str, str]]:
        """Return the URL parameters that give this request back, defaults left out."""
        params = [("q", self.text)] if self.text else []
        for prefix, pairs in (("", self.filters.values), (EXCLUDED_PREFIX, self.filters.excluded)):
            if pairs:  # of most addresses there are none
                params += sorted((prefix + FACET_PARAMS[facet], value) for facet, value in pairs)
        if self.filters.since:
            params.append(("depuis", self.filters.since.isoformat()))
        if self.filters.until:
            params.append(("jusqua", self.filters.until.isoformat()))
        if self.order is not Order.RELEVANCE:
            params.append(("tri", self.order.value))
        if self.copies:
            params.append(("tout", "1"))
        if self.size != PAGE_SIZE:
            params.append(("par_page", str(self.size)))
        if self.page != 1:
            params.append(("page", str(self.page)))
        return params

    def toggled(self, facet: Facet, value: str) -> "SearchRequest":
        """Return the request with a facet value selected, or let go if it was."""
        held = self.filters
        values = held.values ^ {(facet, value)}
        return self._filtered(Filters(values, held.excluded, held.since, held.until))

    def included_again(self, facet: Facet, value: str) -> "SearchRequest":
        """Return the request with a facet value no longer excluded."""
        filters = replace(self.filters, excluded=self.filters.excluded - {(facet, value)})
        return replace(self, filters=filters, page=1)

    def between(self, since: date | None, until: date | None) -> "SearchRequest":
        """Return the request with another first and last day."""
        return self._filtered(Filters(self.filters.values, self.filters.excluded, since, until))

    def _filtered(self, filters: Filters) -> "SearchRequest":
        # A page makes two hundred: `replace` takes twice as long.
        return SearchRequest(self.text, filters, self.order, 1, self.size, self.copies)

    def without_filters(self) -> "SearchRequest":
        """Return the request with its text and order alone."""
        return replace(self, filters=Filters(), page=1)

    def sorted_by(self, order: Order) -> "SearchRequest":
        """Return the request in another order, from its first page."""
        return replace(self, order=order, page=1)

    def with_copies(self, copies: bool = True) -> "SearchRequest":
        """Return the request with copies shown or not, from its first page."""
        return replace(self, copies=copies, page=1)

    def asking(self, text: str) -> "SearchRequest":
        """Return the request with another query, from its first page."""
        return replace(self, text=text, page=1)

    def at_page(self, page: int) -> "SearchRequest":
        """Return the request at another page."""
        return replace(self, page=page)


def _facet_values(values: dict[str, list[str]], prefix: str) -> frozenset[tuple[Facet, str]]:
    return frozenset(
        (facet, (country_code(value) or value) if facet in COUNTRY_FACETS else value)
        for facet, name in FACET_PARAMS.items()
        for value in values.get(prefix + name, [])
    )


def _day(values: dict[str, list[str]], name: str, problems: list[str]) -> date | None:
    """Read a day; of a month or a year, the first day for `depuis`, the last for `jusqua`."""
    if name not in values:
        return None
    text = values[name][-1]
    published = parse_date(text)
    if published is None:
        problems.append(
            f"« {name} » : « {text[:40]} » n'est pas une date ; écrivez par exemple 2015-11-26."
        )
        return None
    return last_day(published.day, published.precision) if name == "jusqua" else published.day


def last_day(first: date, precision: Precision) -> date:
    """Return the last day of the day, month or year that begins on `first`."""
    if precision is Precision.DAY:
        return first
    if precision is Precision.YEAR or first.month == 12:
        return date(first.year, 12, 31)
    return date.fromordinal(date(first.year, first.month + 1, 1).toordinal() - 1)


def _order(values: dict[str, list[str]], problems: list[str]) -> Order:
    text = values.get("tri", [Order.RELEVANCE.value])[-1]
    try:
        return Order(text)
    except ValueError:
        choices = ", ".join(Order)
        problems.append(f"« tri » : « {text[:40]} » est inconnu ; choisissez parmi {choices}.")
        return Order.RELEVANCE


def _switch(values: dict[str, list[str]], name: str, problems: list[str]) -> bool:
    text = values.get(name, ["0"])[-1]
    if text not in ("0", "1"):
        problems.append(f"« {name} » : « {text[:40]} » est inconnu ; écrivez 1 ou 0.")
    return text == "1"


def _number(
    values: dict[str, list[str]], name: str, default: int, most: int, problems: list[str]
) -> int:
    if name not in values:
        return default
    text = values[name][-1]
    if text.isascii() and text.isdigit() and len(text) <= 10 and 1 <= int(text) <= most:
        return int(text)
    problems.append(f"« {name} » : « {text[:40]} » n'est pas un nombre entre 1 et {number(most)}.")
    return default
