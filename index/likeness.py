"""Similar articles: those that share an article's characteristic words, and its actors."""

from collections import Counter
from collections.abc import Mapping
from math import log

from corpus.analysis import fold, words
from corpus.article import Article
from index.evaluation.view import View
from index.fields import Facet, Match, TextField
from index.query import Or, Phrase, Query, Term
from index.stored_articles import ACTOR_KINDS, facet_values

CHARACTERISTIC_WORDS = 16
CHARACTERISTIC_NAMES = 4
# Rarer words are names and misprints of this article alone, shorter ones are grammar.
LEAST_HOLDERS = 2
LEAST_LETTERS = 4
# Looking words up costs 20 microseconds each: the first ones of an article will do.
WORDS_READ = 400


def likeness_query(view: View, article: Article, limit: int) -> Query:
    """Return the query whose best hits are the articles most like one, itself included."""
    chosen = [Term(word, Match.FOLDED) for word in characteristic_words(view, article)]
    holders = {name: len(view.articles_with(Facet.ACTOR, name)) for name in actors(article)}
    names = characteristic_names(article, holders, view.count)
    return Query(Or((*chosen, *names)), limit=limit)


def actors(article: Article) -> list[str]:
    """Return the actors of an article, each once."""
    return facet_values(article)[Facet.ACTOR]


def characteristic_names(
    article: Article, holders: Mapping[str, int], count: int
) -> list[Phrase | Term]:
    """Return the names of the actors that tell an article from the others.

    holders: how many articles of `count` have each of its actors.
    """
    weighed = []
    for entity in article.entities:
        if entity.kind in ACTOR_KINDS:
            times = max(len(entity.mentions), 1)
            rarity = log(1 + count / (holders[entity.key] + 1))
            weighed.append((-times * rarity, words(entity.label)))
    chosen = [name for _, name in sorted(weighed)[:CHARACTERISTIC_NAMES] if name]
    return [Phrase(tuple(n)) if len(n) > 1 else Term(n[0], Match.FOLDED) for n in chosen]


def characteristic_words(view: View, article: Article) -> list[str]:
    """Return the words, folded, that tell an article from the others: highest tf-idf first."""
    counts = Counter(fold(word) for word in words(f"{article.title}\n{article.body}")[:WORDS_READ])
    weighed = []
    for word, times in counts.items():
        if len(word) < LEAST_LETTERS or word.isdigit():
            continue
        holders = sum(one.size for one in view.reach(TextField.BODY, word, Match.FOLDED))
        if holders >= LEAST_HOLDERS:
            weighed.append((-times * log(1 + view.count / holders), word))
    return [word for _, word in sorted(weighed)[:CHARACTERISTIC_WORDS]]
