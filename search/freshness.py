"""Relevance and freshness together: of the best articles, the newer come first.

Half of the news that a search finds may be years old. Who asks for it (`Order.FRESH`) has the
`LOOKS` best articles in the order of

    score * (1 + FRESHNESS / (1 + age / FRESH))

where age is counted in days from the newest of them, not from today: an archive that ends in 2016
has its fresh articles too. Those without a date gain nothing. Beyond these articles the order is
that of relevance.
"""

from dataclasses import replace

from index.engine import Engine
from index.query import Query
from index.ranking import FRESH, FRESHNESS, LOOKS
from index.results import Hit, Results


def fresh_first(engine: Engine, query: Query) -> Results:
    """Return a page of a query by relevance and freshness; scores stay those of relevance.

    query: sorted by relevance. Raises what the engine raises.
    """
    first, last = query.offset, query.offset + query.limit
    if first >= LOOKS or not query.limit:
        return engine.search(query)
    results = engine.search(replace(query, offset=0, limit=max(last, LOOKS)))
    hits = (*_by_freshness(results.hits[:LOOKS]), *results.hits[LOOKS:])
    return replace(results, hits=hits[first:last])


def _by_freshness(hits: tuple[Hit, ...]) -> list[Hit]:
    """Return hits by score and age; equal ones stay as they are."""
    days = [hit.article.published.day.toordinal() if hit.article.published else 0 for hit in hits]
    newest = max(days, default=0)
    gains = [FRESHNESS / (1 + (newest - day) / FRESH) if day else 0.0 for day in days]
    ranked = sorted(zip(hits, gains, strict=True), key=lambda one: -one[0].score * (1 + one[1]))
    return [hit for hit, _ in ranked]
