"""From a query and a view of the index to one page of results."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from corpus.article import Article
from index.evaluation.counting import Selection, histogram
from index.evaluation.matching import Evaluator
from index.evaluation.ordering import first_by_place, first_by_score
from index.evaluation.sets import Docs
from index.evaluation.tallying import Tally
from index.evaluation.view import View
from index.fields import Facet, Sort
from index.query import Filters, Query
from index.results import FacetCount, Hit, Results


def results(view: View, query: Query) -> Results:
    """Return one page of hits and the counts of all matches."""
    filters = view.renaming.filters(query.filters)
    if filters is not query.filters:
        query = replace(query, filters=filters)
    evaluator = Evaluator(view, query.tree, query.copies)
    selection = Selection(view, query.filters, evaluator.docs)
    docs = selection.passing
    best, scores = _best(view, evaluator, query, docs, query.offset, query.limit)
    tallies = selection.tallies([facet for facet, _ in query.facets])
    return Results(
        total=len(docs),
        hits=tuple(_hits(view, best, scores)),
        facets={
            facet: _facet_counts(view, tallies[facet], query.filters, facet, most)
            for facet, most in query.facets
        },
        histogram=histogram(view, docs, query.interval) if query.interval else (),
    )


def stream(view: View, query: Query) -> Iterator[Article]:
    """Yield every matching article in the query's order."""
    evaluator = Evaluator(view, query.tree, query.copies)
    filters = view.renaming.filters(query.filters)
    docs = Selection(view, filters, evaluator.docs).passing
    for doc in _best(view, evaluator, query, docs, 0, len(docs))[0]:
        yield article(view, doc)


def _hits(view: View, docs: Sequence[int], scores: Iterable[float]) -> Iterator[Hit]:
    for doc, score, lead in zip(docs, scores, view.families.leads_of(docs), strict=True):
        if lead < 0:
            yield Hit(article(view, doc), score)
        else:
            copies = len(view.families.members(doc)) - 1
            yield Hit(article(view, doc), score, view.article_id(lead), copies)


def family(view: View, doc: int) -> list[Article]:
    """Return the articles of an article's family, the lead first, the others by date."""
    held = [article(view, one) for one in view.families.members(doc).tolist()]
    return held[:1] + sorted(held[1:], key=_by_date)


def _by_date(one: Article) -> tuple[bool, date, str]:
    return one.published is None, one.published.day if one.published else date.max, one.id


def _best(
    view: View, evaluator: Evaluator, query: Query, docs: Docs, offset: int, limit: int
) -> tuple[list[int], list[float]]:
    """Return articles `offset` to `offset + limit` in the query's order, and their scores."""
    if offset >= len(docs) or not limit:
        return [], []
    if query.sort is Sort.RELEVANCE:
        best, scores = first_by_score(
            docs, evaluator.scores(docs), view.columns.newest_first(), offset, limit
        )
        return best.tolist(), scores.tolist()
    oldest = query.sort is Sort.OLDEST
    places = view.columns.oldest_first() if oldest else view.columns.newest_first()
    first = first_by_place(places[docs], offset, limit)
    return docs[first].tolist(), [0.0] * len(first)


def article(view: View, doc: int) -> Article:
    """Return the article of a number."""
    return view.renaming.read(*view.record(doc))


def _facet_counts(
    view: View, tally: Tally, filters: Filters, facet: Facet, most: int
) -> tuple[FacetCount, ...]:
    column = view.columns.facet(facet)
    codes, held = tally.commonest(most)
    counts = [
        FacetCount(value, label, count)
        for (value, label), count in zip(map(column.shown.__getitem__, codes), held, strict=True)
    ]
    for value in sorted(filters.selected(facet) - {one.value for one in counts}):
        count = tally.of(column.code(value))
        counts.append(FacetCount(value, column.label(value), count))
    return tuple(counts)
