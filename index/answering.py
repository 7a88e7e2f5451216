"""From a query and a view of the index to one page of results."""

from collections.abc import Iterator

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
    evaluator = Evaluator(view)
    selection = Selection(view, query.filters, evaluator.docs(query.tree))
    docs = selection.passing()
    return Results(
        total=len(docs),
        hits=tuple(
            Hit(article(view, doc), score)
            for doc, score in _best(view, evaluator, query, docs, query.offset, query.limit)
        ),
        facets={
            facet: _facet_counts(selection, query, facet, most) for facet, most in query.facets
        },
        histogram=histogram(view, docs, query.interval) if query.interval else (),
    )


def stream(view: View, query: Query) -> Iterator[Article]:
    """Yield every matching article in the query's order."""
    evaluator = Evaluator(view)
    docs = Selection(view, query.filters, evaluator.docs(query.tree)).passing()
    for doc, _ in _best(view, evaluator, query, docs, 0, len(docs)):
        yield article(view, doc)


def _best(
    view: View, evaluator: Evaluator, query: Query, docs: Docs, offset: int, limit: int
) -> Iterator[tuple[int, float]]:
    """Yield articles `offset` to `offset + limit` in the query's order, with their scores."""
    if offset >= len(docs) or not limit:
        return
    if query.sort is Sort.RELEVANCE:
        scores = evaluator.scores(query.tree, docs)
        best = first_by_score(scores, view.columns.newest_first()[docs], offset, limit)
        yield from zip(docs[best].tolist(), scores[best].tolist(), strict=True)
    else:
        places = (
            view.columns.oldest_first()
            if query.sort is Sort.OLDEST
            else view.columns.newest_first()
        )
        best = first_by_place(places[docs], offset, limit)
        yield from ((doc, 0.0) for doc in docs[best].tolist())


def article(view: View, doc: int) -> Article:
    """Return the article of a number."""
    return from_record(view.stored(doc))


def value_label(facet: Facet, value: str) -> str:
    """Return what readers see of a facet value."""
    return country_label(value) if facet is Facet.COUNTRY else value


def _facet_counts(
    selection: Selection, query: Query, facet: Facet, most: int
) -> tuple[FacetCount, ...]:
    column, codes, counts = selection.counts(facet)
    shown = commonest(column, codes, counts, most)
    kept = {value for value, _ in shown}
    for value in sorted(query.filters.selected(facet) - kept):
        shown.append((value, int(counts[codes == column.code(value)].sum())))
    return tuple(FacetCount(value, value_label(facet, value), count) for value, count in shown)
