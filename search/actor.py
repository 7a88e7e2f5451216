"""The page of one actor: when it is spoken of, with whom and what more than chance has it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import MappingProxyType

from corpus.analysis import fold
from corpus.article import Article, EntityKind
from index.engine import Engine
from index.fields import Facet, Interval, Sort
from index.query import Filters, HasValue, Query
from index.results import Form, Hit, Results
from search.actor_names import names_of
from search.association import SIGNIFICANT, Association, association
from search.evidence import evidence, mentions
from search.page import Evidence, ShownBar
from search.query_language.printing import to_text
from search.request import SearchRequest
from search.timeline import timeline

# Of those that stand with an actor, the commonest are measured; the strongest are shown.
_MEASURED = 200
_SHOWN = 12
# A single article together proves nothing.
_LEAST_TOGETHER = 2
LATEST = 6
# The newest articles, of which the forms of the name are read.
READ = 100

KIND_NAMES = MappingProxyType(
    {EntityKind.PERSON: "Personne", EntityKind.ORGANISATION: "Organisation"}
)


@dataclass(frozen=True, slots=True)
class Companion:
    """A country or an actor found with an actor; `request` finds the articles with both."""

    facet: Facet
    value: str
    label: str
    association: Association
    request: SearchRequest


@dataclass(frozen=True, slots=True)
class Latest:
    """An article that names an actor, and the first sentence in which it does."""

    article: Article
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class ActorPage:
    """Everything that is shown of one actor; counts are of stories, copies apart.

    name: the commonest of the values that the name asked for means. kind: a person or an
        organisation. request: finds its articles.
    forms: how articles name it, with the number of those among the newest `read`.
    former: names that are shown under this one, by the ledger or by the use of the corpus.
    countries, actors: found with it more than chance has it, the strongest first.
    """

    name: str
    kind: EntityKind
    total: int
    request: SearchRequest
    forms: tuple[Form, ...]
    read: int
    former: tuple[str, ...]
    countries: tuple[Companion, ...]
    actors: tuple[Companion, ...]
    timeline: tuple[ShownBar, ...]
    interval: Interval
    undated: int
    latest: tuple[Latest, ...]


def read_actor(engine: Engine, name: str) -> ActorPage | None:
    """Return the page of the actor of a name, in any case and accents; None for an unknown one."""
    names = names_of(engine, name)
    if not names:
        return None
    node = HasValue(Facet.ACTOR, names[0], whole=True)
    request = SearchRequest(text=to_text(HasValue(Facet.ACTOR, names[0], whole=True)))
    facets = ((Facet.COUNTRY, _MEASURED), (Facet.ACTOR, _MEASURED + len(names)))
    query = Query(node, Filters(), Sort.NEWEST, 0, READ, facets, Interval.MONTH)
    found = engine.search(query)
    bars, interval = timeline(request, found.histogram, Interval.MONTH)
    return ActorPage(
        name=names[0],
        kind=_kind(found.hits, names),
        total=found.total,
        request=request,
        forms=_forms(found.hits, names),
        read=len(found.hits),
        former=_former(engine, names),
        countries=_companions(engine, request, found, Facet.COUNTRY),
        actors=_companions(engine, request, found, Facet.ACTOR, names),
        timeline=bars,
        interval=interval,
        undated=found.total - sum(bar.count for bar in found.histogram),
        latest=tuple(_latest(hit.article, names) for hit in found.hits[:LATEST]),
    )


def _kind(hits: Iterable[Hit], names: Iterable[str]) -> EntityKind:
    kinds = Counter(
        entity.kind
        for hit in hits
        for entity in hit.article.entities
        if entity.kind in KIND_NAMES and entity.key in names
    )
    return max(KIND_NAMES, key=lambda kind: kinds[kind])


def _forms(hits: Iterable[Hit], names: Iterable[str]) -> tuple[Form, ...]:
    """Return the forms in which articles name an actor, the commonest first.

    Accents and capitals make no form of their own: the commonest spelling is shown.
    """
    counts: Counter[str] = Counter()
    spelt: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for hit in hits:
        forms = {fold(text): text for text in _spellings(hit.article, names)}
        counts.update(forms.keys())
        for key, text in forms.items():
            spelt[key][text] += 1
    shown = {key: max(spelt[key], key=lambda text: (spelt[key][text], text)) for key in counts}
    ranked = sorted(counts, key=lambda key: (-counts[key], shown[key]))
    return tuple(Form(shown[key], counts[key]) for key in ranked)


def _spellings(article: Article, names: Iterable[str]) -> Iterator[str]:
    """Yield how an article spells an actor; « Macron-Le Pen », who are two, is no one's name."""
    own = [one for name in names for one in mentions(article, Facet.ACTOR, name)]
    starts = Counter(
        (one.in_title, one.start)
        for entity in article.entities
        if entity.kind in KIND_NAMES
        for one in entity.mentions
    )
    for one in own:
        if starts[one.in_title, one.start] == 1:
            yield " ".join(article.text_of(one).split())


def _former(engine: Engine, names: Iterable[str]) -> tuple[str, ...]:
    renaming = engine.renaming()
    stated = (one for name in names for one in renaming.stated(Facet.ACTOR, name))
    return tuple(dict.fromkeys(one for one in stated if one not in names))


def _companions(
    engine: Engine,
    request: SearchRequest,
    found: Results,
    facet: Facet,
    own: Iterable[str] = (),
) -> tuple[Companion, ...]:
    """Return the values of a facet that stand with an actor more than chance has it.

    found: the articles of the actor, with the counts of the facet. own: its own names.
    """
    together = [
        one for one in found.facets[facet] if one.count >= _LEAST_TOGETHER and one.value not in own
    ]
    chosen = Filters(frozenset((facet, one.value) for one in together))
    everywhere = engine.search(Query(filters=chosen, limit=0, facets=((facet, 0),)))
    articles = engine.search(Query(limit=0)).total
    counts = {one.value: one.count for one in everywhere.facets[facet]}
    companions = [
        Companion(
            facet,
            one.value,
            one.label,
            association(one.count, found.total, counts[one.value], articles),
            request.toggled(facet, one.value),
        )
        for one in together
    ]
    strong = [one for one in companions if one.association.strength > SIGNIFICANT]
    strong.sort(key=lambda one: (-one.association.strength, one.value))
    return tuple(strong[:_SHOWN])


def _latest(article: Article, names: Iterable[str]) -> Latest:
    chosen = Filters(frozenset((Facet.ACTOR, name) for name in names))
    return Latest(article, evidence(article, chosen)[:1])
