"""From a query and a view of the index to one page of results."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from corpus.article import Article
from index.evaluation.counting import Selection, histogram
from index.evaluation.matching import Evaluator
from index.evaluation.ordering import first_by_place, first_by_score
from index.evaluation.sets import Docs
from index.evaluation.view import View
from index.query import Facet, Query, Sort
from index.results import FacetCount, Hit, Results


def results(view: View, query: Query) -> Results:
    """Return one page of hits and the counts of all matches."""
    filters = view.renaming.filters(query.filters)
    if filters is not query.filters:
        query = replace(query, filters=filters)
    evaluator = Evaluator(view, query.tree, query.copies)
    selection = Selection(view, query.filters, evaluator.docs)
    docs = selection.passing()
    return Results(
        total=len(docs),
        hits=tuple(
            _hit(view, doc, score)
            for doc, score in _best(view, evaluator, query, docs, query.offset, query.limit)
        ),
        facets={
            facet: _facet_counts(view, selection, query, facet, most)
            for facet, most in query.facets
        },
        histogram=histogram(view, docs, query.interval) if query.interval else (),
    )


def stream(view: View, query: Query) -> Iterator[Article]:
    """Yield every matching article in the query's order."""
    evaluator = Evaluator(view, query.tree, query.copies)
    filters = view.renaming.filters(query.filters)
    docs = Selection(view, filters, evaluator.docs).passing()
    for doc, _ in _best(view, evaluator, query, docs, 0, len(docs)):
        yield article(view, doc)


def _hit(view: View, doc: int, score: float) -> Hit:
    held = view.family(doc)
    if not len(held):
        return Hit(article(view, doc), score)
    return Hit(article(view, doc), score, view.article_id(int(held[0])), len(held) - 1)


def family(view: View, doc: int) -> list[Article]:
    """Return the articles of an article's family, the lead first, the others by date."""
    held = [article(view, one) for one in view.family(doc).tolist()]
    return held[:1] + sorted(held[1:], key=_by_date)


def _by_date(one: Article) -> tuple[bool, date, str]:
    return one.published is None, one.published.day if one.published else date.max, one.id


def _best(
    view: View, evaluator: Evaluator, query: Query, docs: Docs, offset: int, limit: int
) -> Iterator[tuple[int, float]]:
    """Yield articles `offset` to `offset + limit` in the query's order, with their scores."""
    if offset >= len(docs) or not limit:
        return
    if query.sort is Sort.RELEVANCE:
        best, scores = first_by_score(
            docs, evaluator.scores(docs), view.columns.newest_first(), offset, limit
        )
        yield from zip(best.tolist(), scores.tolist(), strict=True)
    else:
        places = (
            view.columns.oldest_first()
            if query.sort is Sort.OLDEST
            else view.columns.newest_first()
        )
        first = first_by_place(places[docs], offset, limit)
        yield from ((doc, 0.0) for doc in docs[first].tolist())


def article(view: View, doc: int) -> Article:
    """Return the article of a number."""
    return view.renaming.read(*view.record(doc))


def _facet_counts(
    view: View, selection: Selection, query: Query, facet: Facet, most: int
) -> tuple[FacetCount, ...]:
    column, tally = view.columns.facet(facet), selection.counts(facet)
    codes, held = tally.commonest(most)
    counts = [
        FacetCount(value, label, count)
        for (value, label), count in zip(map(column.shown.__getitem__, codes), held, strict=True)
    ]
    for value in sorted(query.filters.selected(facet).difference(one.value for one in counts)):
        count = tally.of(column.code(value))
        counts.append(FacetCount(value, column.label(value), count))
    return tuple(counts)
