"""Why a query finds what it finds on the cluster, and what each part brings to one article."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from corpus.article import Article
from index.explaining import akin, fields_of, forms_reached, taking_part, title_first, typed
from index.fields import TextField
from index.opensearch.asking import Question, scored_leaves
from index.opensearch.combining import EVERYTHING
from index.opensearch.documents import token
from index.opensearch.reaching import Reach as Reached
from index.query import Akin, HasValue, Leaf, Term, leaves
from index.ranking import DECIMALS
from index.results import Explanation, Occurrences, Part, Reach

Body = dict[str, Any]

_COUNTED = 500


def explanation(question: Question, article: Article | None) -> Explanation:
    """Return what each leaf of a tree reaches and finds, and what it brings to an article."""
    tree = question.tree
    every = list(dict.fromkeys(leaves(tree)))
    total, *found = question.counts([tree, *every])
    counts = dict(zip(every, found, strict=True))
    statistics = question.statistics([*every, *scored_leaves(tree)])
    shares = question.scorer(statistics).shares(article) if article else None
    if shares is None or not shares.matches(tree):
        told = {leaf: _Explained(question, leaf) for leaf in every}
        return Explanation(
            total, tuple(Part(leaf, counts[leaf], told[leaf].reaches()) for leaf in leaves(tree))
        )
    parts = []
    for leaf, adds in taking_part(tree, shares.matches):
        one = _Explained(question, leaf)
        score = round(shares.score(adds), DECIMALS) if adds else 0.0
        held = one.occurrences(shares.words)
        parts.append(Part(leaf, counts[leaf], one.reaches(), score, held))
    return Explanation(total, tuple(parts), round(shares.score(tree), DECIMALS))


class _Explained:
    """One leaf of a question."""

    def __init__(self, question: Question, leaf: Leaf) -> None:
        self._question = question
        self._leaf = leaf

    def reaches(self) -> tuple[Reach, ...]:
        """Return what each of its words, or its name, reaches."""
        if isinstance(self._leaf, HasValue):
            return (self._named(self._leaf),)
        return tuple(map(self._reach, typed(self._leaf)))

    def occurrences(self, words: Mapping[TextField, list[str]]) -> tuple[Occurrences, ...]:
        """Return where an article holds what the words reach, the title first."""
        if isinstance(self._leaf, Akin):
            held = {field: Counter(have) for field, have in words.items()}
            return title_first(akin(self._question.reading.topics, self._leaf, held))
        found = {}
        for word in typed(self._leaf):
            reach = self._question.reaches[word.word, word.match]
            for field in fields_of(word):
                have = words[field]
                for form in {one for one in have if reach.nearness(one)}:
                    found[field, form] = Occurrences(field, form, have.count(form))
        return title_first(found.values())

    def _named(self, leaf: HasValue) -> Reach:
        values = self._question.values[leaf]
        naming = self._question.reading.naming
        counts = self._counted({value: naming.having(leaf.facet, [value]) for value in values})
        return forms_reached(
            leaf.name, {naming.label(leaf.facet, one): counts[one] for one in counts}
        )

    def _reach(self, word: Term) -> Reach:
        reach: Reached = self._question.reaches[word.word, word.match]
        vocabulary = self._question.reading.vocabulary
        forms = vocabulary.forms(reach.spelling, reach.keys) if reach.keys else []
        filters = {
            form: {"bool": {"should": [{"term": {f"{f}": token(form)}} for f in fields_of(word)]}}
            for form in forms
        }
        return forms_reached(word.word, self._counted(filters))

    def _counted(self, filters: dict[str, Body]) -> dict[str, int]:
        counts: dict[str, int] = {}
        names = list(filters)
        for first in range(0, len(names), _COUNTED):
            some = {name: filters[name] for name in names[first : first + _COUNTED]}
            told = self._question.reading.count_each([*some.values()], EVERYTHING)
            counts |= dict(zip(some, told, strict=True))
        return counts
