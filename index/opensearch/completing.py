"""Completions of what a reader types, and articles like one."""

from collections import Counter
from math import log

from corpus.analysis import fold, words
from corpus.article import Article
from index.evaluation.columns import value_label
from index.likeness import CHARACTERISTIC_WORDS, LEAST_HOLDERS, LEAST_LETTERS, WORDS_READ
from index.opensearch.answering import results
from index.opensearch.asking import LEADS
from index.opensearch.cluster import Cluster
from index.opensearch.vocabulary import Vocabulary
from index.query import And, Facet, Match, Or, Query, Sort, Term, TextField
from index.results import Suggestion
from index.suggesting import ENTITY_FACETS, TITLES

# Of the entities that most articles name, as many are counted without copies.
_MOST_ENTITIES = 200


def completions(cluster: Cluster, index: str, prefix: str, limit: int) -> list[Suggestion]:
    """Return at most `limit` completions: entities first, then words, then titles."""
    typed = words(prefix)
    if not typed:
        return []
    vocabulary = Vocabulary(cluster, index)
    folded = [fold(word) for word in typed]
    named = vocabulary.values_beginning(ENTITY_FACETS, folded, _MOST_ENTITIES)
    found = _entities(cluster, index, named)[:limit]
    if len(folded) == 1:
        commonest = vocabulary.commonest_words(folded[0], limit)
        found += [Suggestion("word", word, word, count) for word, count in commonest]
    titles = And(
        (
            *(Term(word, Match.FOLDED, TextField.TITLE) for word in typed[:-1]),
            Term(typed[-1], Match.PREFIX, TextField.TITLE),
        )
    )
    hits = results(cluster, index, Query(titles, sort=Sort.NEWEST, limit=TITLES)).hits
    shown = [Suggestion("title", hit.article.id, hit.article.title, 1) for hit in hits]
    return (found[: max(limit - TITLES, 1)] + shown)[:limit]


def _entities(cluster: Cluster, index: str, named: list[tuple[Facet, str]]) -> list[Suggestion]:
    if not named:
        return []
    filters = [{"term": {facet.value: value}} for facet, value in named]
    counted = {"values": {"filters": {"filters": filters}}}
    body = {"size": 0, "query": LEADS, "aggs": counted}
    buckets = cluster.search(index, body)["aggregations"]["values"]["buckets"]
    found = [
        Suggestion(facet.value, value, value_label(facet, value), bucket["doc_count"])
        for (facet, value), bucket in zip(named, buckets, strict=True)
    ]
    return sorted(found, key=lambda one: (-one.count, one.value))


def likeness(cluster: Cluster, index: str, article: Article, total: int, limit: int) -> Query:
    """Return the query whose best hits are the articles most like one, itself included.

    total: how many articles the index holds.
    """
    read = words(f"{article.title}\n{article.body}")[:WORDS_READ]
    counts = Counter(fold(word) for word in read)
    usable = [word for word in counts if len(word) >= LEAST_LETTERS and not word.isdigit()]
    holders = Vocabulary(cluster, index).holders(usable)
    weighed = sorted(
        (-counts[word] * log(1 + total / holders[word]), word)
        for word in usable
        if holders[word] >= LEAST_HOLDERS
    )
    chosen = [word for _, word in weighed[:CHARACTERISTIC_WORDS]]
    return Query(Or(tuple(Term(word, Match.FOLDED) for word in chosen)), limit=limit)
