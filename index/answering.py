"""From a query and a view of the index to one page of results."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article
from corpus.countries import country_label
from index.evaluation.counting import Selection, commonest, histogram
from index.evaluation.matching import Evaluator
from index.evaluation.ordering import first_by_place, first_by_score
from index.evaluation.view import Docs, View
from index.query import Facet, Query, Sort
from index.results import FacetCount, Hit, Results
from index.stored_articles import from_record


def results(view: View, query: Query) -> Results:
    """Return one page of hits and the counts of all matches."""
    matches = Evaluator(view).matches(query.tree)
    selection = Selection(view, query.filters, matches.docs)
    passing = selection.passing()
    docs, scores = matches.docs[passing], matches.scores[passing]
    best = _page(view, query, docs, scores)
    by_date = query.sort is not Sort.RELEVANCE
    hits = tuple(
        Hit(article(view, int(docs[place])), 0.0 if by_date else float(scores[place]))
        for place in best
    )
    return Results(
        total=len(docs),
        hits=hits,
        facets={
            facet: _facet_counts(selection, query, facet, most) for facet, most in query.facets
        },
        histogram=histogram(view.days[docs], query.interval) if query.interval else (),
    )


def stream(view: View, query: Query) -> Iterator[Article]:
    """Yield every matching article in the query's order."""
    matches = Evaluator(view).matches(query.tree)
    passing = Selection(view, query.filters, matches.docs).passing()
    docs, scores = matches.docs[passing], matches.scores[passing]
    if query.sort is Sort.RELEVANCE:
        order = first_by_score(scores, view.newest_first()[docs], 0, len(docs))
    else:
        order = first_by_place(_places(view, query.sort)[docs], 0, len(docs))
    for doc in docs[order].tolist():
        yield article(view, doc)


def article(view: View, doc: int) -> Article:
    """Return the article of a number."""
    return from_record(view.stored(doc))


def value_label(facet: Facet, value: str) -> str:
    """Return what readers see of a facet value."""
    return country_label(value) if facet is Facet.COUNTRY else value


def _page(view: View, query: Query, docs: Docs, scores: NDArray[np.float64]) -> NDArray[np.int64]:
    if query.sort is Sort.RELEVANCE:
        return first_by_score(scores, view.newest_first()[docs], query.offset, query.limit)
    return first_by_place(_places(view, query.sort)[docs], query.offset, query.limit)


def _places(view: View, sort: Sort) -> NDArray[np.int32]:
    return view.oldest_first() if sort is Sort.OLDEST else view.newest_first()


def _facet_counts(
    selection: Selection, query: Query, facet: Facet, most: int
) -> tuple[FacetCount, ...]:
    column, counts = selection.counts(facet)
    shown = commonest(column, counts, most)
    kept = {value for value, _ in shown}
    for value in sorted(query.filters.selected(facet) - kept):
        code = column.code(value)
        shown.append((value, int(counts[code]) if code >= 0 else 0))
    return tuple(FacetCount(value, value_label(facet, value), count) for value, count in shown)
