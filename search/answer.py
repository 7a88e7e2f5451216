"""From a request to the page that answers it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from math import ceil

from corpus import wording
from corpus.analysis import fold
from index.engine import Engine
from index.fields import Facet, Interval, TextField
from index.query import Filters, Node, Query, demanded
from index.renaming import Renaming
from index.results import FacetCount, Hit, Results
from search.actor_names import as_called
from search.evidence import with_evidence
from search.freshness import fresh_first
from search.highlighting import Highlighter
from search.page import (
    FACET_NAMES,
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
from search.relaxing import relaxations
from search.remarks import unknown_names, unknown_values
from search.request import Order, SearchRequest
from search.spelling import corrected
from search.timeline import interval_for, timeline
from search.wishes import any_word, first_by_words, preferring

VALUES_A_FACET = 20
_FACETS = tuple((facet, VALUES_A_FACET) for facet in FACET_NAMES)
NEARBY = 3
# Where fewer articles are found, misspelt words are looked for.
LITTLE = 50
MOST_WORDS = "les articles qui ont le plus de ces mots"


def answer(engine: Engine, request: SearchRequest) -> ResultPage:
    """Return the page that answers a request. Raises what the engine raises."""
    request = replace(request, filters=engine.renaming().filters(request.filters))
    parsed = parse(request.text)
    interval = interval_for(request.filters)
    results = _results(engine, request, preferring(parsed.tree), interval)
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
            *unknown_names(engine, parsed.tree),
            *unknown_values(engine, request.filters, results),
        ),
        relaxations=wider,
        nearby=nearby,
        correction=_correction(engine, request, results.total),
        page_count=max(1, ceil(results.total / max(1, request.size))),
    )


def _results(engine: Engine, request: SearchRequest, tree: Node, interval: Interval) -> Results:
    query = Query(
        tree,
        request.filters,
        request.order.sort,
        (request.page - 1) * request.size,
        request.size,
        _FACETS,
        interval,
        request.copies,
    )
    return fresh_first(engine, query) if request.order is Order.FRESH else engine.search(query)


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
                facet, count.value, count.label, count.count, count.value in selected, request
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
