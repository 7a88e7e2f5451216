"""Completions of what a reader types, and words spelt nearly as one."""

from corpus.analysis import fold, words
from index.fields import Match, Sort, TextField
from index.neighbours import nearest
from index.opensearch.answering import results
from index.opensearch.asking import LEADS
from index.opensearch.combining import EVERYTHING
from index.opensearch.mapping import EXACT
from index.opensearch.reading import Reading
from index.query import And, Query, Term
from index.ranking import edits_allowed
from index.results import Form, Suggestion
from index.suggesting import ENTITY_FACETS, MOST_ENDINGS, NEWEST_READ, TITLES, begins, mixed

# Words of titles and bodies are counted here, those of titles there: of beginnings of two to four
# letters 3.3 to 4.3 times as many, in 29,576 articles.
_MOST_ENDINGS = 4 * MOST_ENDINGS
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
    return mixed(found, single, _titles(reading, typed), limit)


def neighbours(reading: Reading, word: str) -> list[Form]:
    """Return the words nearest to one: the fewest edits first, then the commonest."""
    folded = fold(word)
    counts = reading.vocabulary.spelt_like(folded, edits_allowed(folded))
    of_titles = [text for text, bodies in counts.items() if not bodies]
    holding = [{"term": {f"{TextField.TITLE}{EXACT}": text}} for text in of_titles]
    counts |= dict(zip(of_titles, reading.count_each(holding, EVERYTHING), strict=True))
    return nearest(folded, {text: held for text, held in counts.items() if held})


def _titles(reading: Reading, typed: list[str]) -> list[Suggestion]:
    """Return the newest articles whose title holds the words typed, the last one begun."""
    *whole, last = typed
    tree = [Term(word, Match.FOLDED, TextField.TITLE) for word in whole]
    few = reading.vocabulary.few_begin_with(fold(last), _MOST_ENDINGS)
    if few:
        tree.append(Term(last, Match.PREFIX, TextField.TITLE))
    if not tree:
        return []
    newest = results(reading, Query(And(tuple(tree)), sort=Sort.NEWEST, limit=NEWEST_READ)).hits
    titles = [(one.article.id, one.article.title) for one in newest]
    fitting = [
        Suggestion("title", id_, text, 1) for id_, text in titles if few or begins(text, last)
    ]
    return fitting[:TITLES]


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
