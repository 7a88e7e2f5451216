"""From a request to the page that answers it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from math import ceil
from types import MappingProxyType

from corpus import wording
from corpus.analysis import fold, words
from index.engine import Engine
from index.query import (
    COUNTRY_FACETS,
    Facet,
    Filters,
    HasValue,
    Node,
    Query,
    TextField,
    demanded,
    leaves,
)
from index.renaming import Renaming
from index.results import FacetCount, Hit, Results
from search.actor_names import as_called, usually_called
from search.evidence import with_evidence
from search.freshness import fresh_first
from search.highlighting import Highlighter
from search.page import (
    Chip,
    Nearby,
    Relaxation,
    ResultPage,
    ShownFacet,
    ShownHit,
    ShownValue,
    Widening,
)
from search.query_language.parsing import parse
from search.query_language.printing import to_text
from search.relaxing import relaxations
from search.request import Order, SearchRequest
from search.spelling import corrected
from search.timeline import interval_for, timeline
from search.wishes import any_word, first_by_words, preferring

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
VALUES_A_FACET = 20
_FACETS = tuple((facet, VALUES_A_FACET) for facet in FACET_NAMES)
NEARBY = 3
# Near spellings of a name that are tried.
_NEAR = 3
# Where fewer articles are found, misspelt words are looked for.
LITTLE = 50
MOST_WORDS = "les articles qui ont le plus de ces mots"


def answer(engine: Engine, request: SearchRequest) -> ResultPage:
    """Return the page that answers a request. Raises what the engine raises."""
    request = replace(request, filters=engine.renaming().filters(request.filters))
    parsed = parse(request.text)
    interval = interval_for(request.filters)
    query = Query(
        preferring(parsed.tree),
        request.filters,
        request.order.sort,
        (request.page - 1) * request.size,
        request.size,
        _FACETS,
        interval,
        request.copies,
    )
    fresh = request.order is Order.FRESH
    results = fresh_first(engine, query) if fresh else engine.search(query)
    if not results.total and (called := as_called(engine, request.filters)) != request.filters:
        return answer(engine, replace(request, filters=called))
    wider = () if results.total else relaxations(engine, request, parsed.tree)
    nearby = _by_words(engine, request, parsed.tree, results) or _nearest(engine, wider)
    bars, interval = timeline(request, results.histogram, interval)
    return ResultPage(
        request=request,
        total=results.total,
        hits=_shown_hits(results.hits, parsed.tree, request.filters),
        facets=tuple(_shown_facet(request, facet, results) for facet in FACET_NAMES),
        chips=tuple(_chips(request, results, engine.renaming())),
        timeline=bars,
        interval=interval,
        undated=results.total - sum(bar.count for bar in results.histogram),
        remarks=(
            *parsed.remarks,
            *_unknown_names(engine, parsed.tree),
            *_unknown_values(engine, request.filters, results),
        ),
        relaxations=wider,
        nearby=nearby,
        correction=_correction(engine, request, results.total),
        page_count=max(1, ceil(results.total / max(1, request.size))),
    )


def _shown_hits(
    hits: Iterable[Hit], tree: Node, filters: Filters | None = None
) -> tuple[ShownHit, ...]:
    """Cut hits at the matches; filters: those of which the values have to be seen."""
    highlighter = Highlighter(tree)
    return tuple(
        with_evidence(
            ShownHit(
                hit.article,
                hit.score,
                highlighter.pieces(hit.article.title, TextField.TITLE),
                highlighter.snippet(hit.article.body),
                hit.family,
                hit.copies,
            ),
            filters or Filters(),
        )
        for hit in hits
    )


def _correction(engine: Engine, request: SearchRequest, total: int) -> SearchRequest | None:
    """Return the search with its misspelt words put right, where little is found."""
    text = corrected(engine, request.text) if total < LITTLE else None
    return request.asking(text) if text else None


def _by_words(
    engine: Engine, request: SearchRequest, tree: Node, results: Results
) -> Nearby | None:
    """Return the articles with most of the words, where few answer the whole search."""
    hits = first_by_words(engine, request, tree, results)
    sought = demanded(any_word(tree) or tree)
    return Nearby(MOST_WORDS, request, _shown_hits(hits, sought)) if hits else None


def _nearest(engine: Engine, wider: tuple[Relaxation, ...]) -> Nearby | None:
    """Return the first hits of the nearest wider search."""
    if not wider or wider[0].kind is not Widening.NEAREST:
        return None
    request = wider[0].request
    tree = parse(request.text).tree
    most = min(NEARBY, request.size)
    query = Query(tree, request.filters, request.order.sort, limit=most, copies=request.copies)
    hits = _shown_hits(engine.search(query).hits, tree)
    return Nearby(wider[0].label, request, hits) if hits else None


def _shown_facet(request: SearchRequest, facet: Facet, results: Results) -> ShownFacet:
    selected = request.filters.selected(facet)
    return ShownFacet(
        facet,
        FACET_NAMES[facet],
        tuple(
            ShownValue(
                count.value,
                count.label,
                count.count,
                count.value in selected,
                request.toggled(facet, count.value),
            )
            for count in sorted(results.facets[facet], key=_listed)
        ),
        facet in results.approximate,
    )


def _listed(count: FacetCount) -> tuple[int, str]:
    """Return a key for the commonest first, and of equals in the order of a French index."""
    return -count.count, fold(count.label)


def _chips(request: SearchRequest, results: Results, naming: Renaming) -> Iterator[Chip]:
    """Yield the filters in force, facet by facet, then the dates."""
    filters = request.filters
    for facet, name in FACET_NAMES.items():
        labels = {count.value: count.label for count in results.facets[facet]}
        for value in sorted(filters.selected(facet)):
            label = f"{name} : {labels.get(value, value)}"
            yield Chip(label, request.toggled(facet, value))
    for facet, value in sorted(filters.excluded):
        label = f"Sauf {FACET_NAMES[facet]} : {naming.label(facet, value)}"
        yield Chip(label, request.included_again(facet, value))
    if filters.since:
        label = f"Depuis le {wording.day(filters.since)}"
        yield Chip(label, request.between(None, filters.until))
    if filters.until:
        label = f"Jusqu'au {wording.day(filters.until)}"
        yield Chip(label, request.between(filters.since, None))


def _unknown_names(engine: Engine, tree: Node) -> Iterator[str]:
    """Yield a remark for each name in the query that no value of the index bears."""
    for leaf in dict.fromkeys(leaves(tree)):
        if not isinstance(leaf, HasValue):
            continue
        if engine.search(Query(leaf, limit=0, copies=True)).total == 0:
            near = _names_like(engine, leaf.facet, leaf.name)
            hint = f" Vouliez-vous dire {near} ?" if near else ""
            yield f"« {to_text(leaf)} » ne correspond à aucune valeur de l'index.{hint}"
        elif other := _other_name(engine, leaf):
            yield f"L'index nomme « {leaf.name} » autrement : {to_text(other)}"


def _unknown_values(engine: Engine, filters: Filters, results: Results) -> Iterator[str]:
    """Yield a remark for each selected value that no article of the whole index has."""
    for facet, name in FACET_NAMES.items():
        for count in results.facets[facet]:
            if count.count or count.value not in filters.selected(facet):
                continue
            alone = Filters(values=frozenset({(facet, count.value)}))
            if engine.search(Query(filters=alone, limit=0, copies=True)).total == 0:
                near = _names_like(engine, facet, count.value)
                hint = f" Vouliez-vous dire {near} ?" if near else ""
                yield f"Aucun article de l'index n'a « {count.value} » comme {name.lower()}.{hint}"


def _other_name(engine: Engine, leaf: HasValue) -> HasValue | None:
    """Return what finds the actor that the index calls otherwise: « Nations unies » is ONU."""
    usual = usually_called(leaf.name) if leaf.facet is Facet.ACTOR else None
    if not usual or set(map(fold, words(leaf.name))) <= set(map(fold, words(usual))):
        return None
    other = HasValue(Facet.ACTOR, usual, whole=True)
    return other if engine.search(Query(other, limit=0, copies=True)).total else None


def _names_like(engine: Engine, facet: Facet, value: str) -> str:
    """Return countries or actors of which a name begins like the last word, or nearly."""
    kind = "country" if facet in COUNTRY_FACETS else str(facet)
    for last in words(value)[-1:]:
        for beginning in (last, *(near.text for near in engine.neighbours(last)[:_NEAR])):
            found = [one for one in engine.suggest(beginning, 10) if one.kind == kind]
            if found:
                return " ou ".join(f"« {one.label} »" for one in found[:3])
    return ""
