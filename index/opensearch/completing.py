"""Completions of what a reader types, and articles like one."""

from collections import Counter
from math import log

from corpus.analysis import fold, words
from corpus.article import Article
from index.likeness import (
    CHARACTERISTIC_WORDS,
    LEAST_HOLDERS,
    LEAST_LETTERS,
    WORDS_READ,
    actors,
    characteristic_names,
)
from index.opensearch.answering import results
from index.opensearch.asking import LEADS
from index.opensearch.combining import EVERYTHING
from index.opensearch.reading import Reading
from index.query import And, Facet, Match, Or, Query, Sort, Term, TextField
from index.results import Suggestion
from index.suggesting import ENTITY_FACETS, TITLES, mixed

# Of the entities that most articles name, as many are counted without copies.
_MOST_ENTITIES = 200


def completions(reading: Reading, prefix: str, limit: int) -> list[Suggestion]:
    """Return at most `limit` completions: entities first, then words, then titles."""
    typed = words(prefix)
    if not typed:
        return []
    folded = [fold(word) for word in typed]
    found = _entities(reading, folded)[:limit]
    commonest = reading.vocabulary.commonest_words(folded[0], limit) if len(folded) == 1 else []
    single = [Suggestion("word", word, word, count) for word, count in commonest]
    titles = And(
        (
            *(Term(word, Match.FOLDED, TextField.TITLE) for word in typed[:-1]),
            Term(typed[-1], Match.PREFIX, TextField.TITLE),
        )
    )
    hits = results(reading, Query(titles, sort=Sort.NEWEST, limit=TITLES)).hits
    shown = [Suggestion("title", hit.article.id, hit.article.title, 1) for hit in hits]
    return mixed(found, single, shown, limit)


def _entities(reading: Reading, folded: list[str]) -> list[Suggestion]:
    """Return the countries and actors of whose names each beginning begins a word."""
    naming = reading.naming
    stated = reading.vocabulary.values_beginning(ENTITY_FACETS, folded, _MOST_ENTITIES)
    named = []
    for facet in ENTITY_FACETS:
        values = [value for which, value in stated if which is facet]
        shown = dict.fromkeys(naming.beginning(facet, values, folded))
        named += [(facet, value) for value in [*shown][:_MOST_ENTITIES]]
    counts = reading.count_each([naming.having(facet, [value]) for facet, value in named], LEADS)
    found = [
        Suggestion(facet.value, value, naming.label(facet, value), count)
        for (facet, value), count in zip(named, counts, strict=True)
        if count
    ]
    return sorted(found, key=lambda one: (-one.count, one.value))


def likeness(reading: Reading, article: Article, total: int, limit: int) -> Query:
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
