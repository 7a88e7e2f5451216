"""Articles like one: those that share its words and names, and those that tell the same story."""

from collections import Counter
from datetime import date
from math import log
from typing import Any

from corpus.analysis import fold, words
from corpus.article import Article
from index.fields import Facet, Match
from index.likeness import (
    CHARACTERISTIC_WORDS,
    LEAST_HOLDERS,
    LEAST_LETTERS,
    WORDS_READ,
    actors,
    characteristic_names,
)
from index.opensearch.answering import results
from index.opensearch.combining import EVERYTHING
from index.opensearch.reading import Reading
from index.query import Or, Query, Term
from index.results import Hit

Body = dict[str, Any]

_MOST_IN_FAMILY = 10_000


def similar(reading: Reading, article_id: str, limit: int) -> list[Hit]:
    """Return the articles most like one, best first; empty for an unknown id."""
    article = reading.get(article_id)
    if article is None:
        return []
    own = {article_id, *(one.id for one in family(reading, article_id))}
    (total,) = reading.count_each([EVERYTHING], EVERYTHING)
    found = results(reading, _likeness(reading, article, total, limit + 1)).hits
    return [hit for hit in found if hit.article.id not in own][:limit]


def family(reading: Reading, article_id: str) -> list[Article]:
    """Return the articles of one's family, the lead first; empty where it is alone."""
    source = reading.source(article_id)
    lead = source.get("family") if source else None
    if lead is None:
        return []
    body: Body = {"size": _MOST_IN_FAMILY, "query": {"term": {"family": lead}}}
    hits = reading.search(body)["hits"]["hits"]
    found = [reading.shown(hit["_source"]) for hit in hits]
    return sorted(found, key=lambda one: (one.id != lead, *_by_date(one)))


def _by_date(one: Article) -> tuple[bool, date, str]:
    return one.published is None, one.published.day if one.published else date.max, one.id


def _likeness(reading: Reading, article: Article, total: int, limit: int) -> Query:
    """Return the query whose best hits are the articles most like one, itself included.

    total: how many articles the index holds.
    """
    read = words(f"{article.title}\n{article.body}")[:WORDS_READ]
    counts = Counter(fold(word) for word in read)
    usable = [word for word in counts if len(word) >= LEAST_LETTERS and not word.isdigit()]
    holders = reading.vocabulary.holders(usable)
    weighed = sorted(
        (-counts[word] * log(1 + total / holders[word]), word)
        for word in usable
        if holders[word] >= LEAST_HOLDERS
    )
    chosen = [Term(word, Match.FOLDED) for _, word in weighed[:CHARACTERISTIC_WORDS]]
    named = actors(article)
    having = [reading.naming.having(Facet.ACTOR, [name]) for name in named]
    shared = dict(zip(named, reading.count_each(having, EVERYTHING), strict=True))
    return Query(Or((*chosen, *characteristic_names(article, shared, total))), limit=limit)
