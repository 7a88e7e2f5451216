"""Why a query finds what it finds on the cluster, and what each part brings to one article."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from corpus.article import Article
from index.explaining import akin
from index.opensearch.asking import Question, scored_leaves
from index.opensearch.combining import EVERYTHING
from index.opensearch.documents import token
from index.opensearch.reaching import Reach as Reached
from index.opensearch.scoring import Shares
from index.query import (
    Akin,
    And,
    AtLeast,
    Early,
    Everything,
    HasValue,
    Leaf,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Preferring,
    Term,
    TextField,
    Together,
    leaves,
)
from index.ranking import DECIMALS
from index.results import MOST_FORMS, Explanation, Form, Occurrences, Part, Reach

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
    for leaf, adds in _taking_part(shares, tree):
        one = _Explained(question, leaf)
        score = round(shares.score(adds), DECIMALS) if adds else 0.0
        held = tuple(one.occurrences(shares.words))
        parts.append(Part(leaf, counts[leaf], one.reaches(), score, held))
    return Explanation(total, tuple(parts), round(shares.score(tree), DECIMALS))


def _taking_part(shares: Shares, node: Node) -> Iterator[tuple[Leaf, Node | None]]:
    """Yield each leaf, and the tree that scores what it adds to an article, if it does."""
    match node:
        case And(children) | Or(children):
            matches = shares.matches(node)
            for child in children:
                for leaf, adds in _taking_part(shares, child):
                    yield leaf, adds if matches else None
        case Not(child):
            yield from ((leaf, None) for leaf in leaves(child))
        case Preferring(child, wishes):
            yield from _taking_part(shares, child)
            for wish in wishes:
                yield wish.leaf, Preferring(Everything(), (wish,))
        case Everything():
            return
        case _:
            yield node, node if shares.matches(node) else None


class _Explained:
    """One leaf of a question."""

    def __init__(self, question: Question, leaf: Leaf) -> None:
        self._question = question
        self._leaf = leaf

    def reaches(self) -> tuple[Reach, ...]:
        """Return what each of its words, or its name, reaches."""
        if isinstance(self._leaf, HasValue):
            return (self._named(self._leaf),)
        return tuple(map(self._reach, _typed(self._leaf)))

    def occurrences(self, words: Mapping[TextField, list[str]]) -> list[Occurrences]:
        """Return where an article holds what the words reach, the title first."""
        if isinstance(self._leaf, Akin):
            held = {field: Counter(have) for field, have in words.items()}
            return _ordered(akin(self._question.reading.topics, self._leaf, held))
        found = {}
        for word in _typed(self._leaf):
            reach = self._question.reaches[word.word, word.match]
            for field in _fields(word):
                have = words[field]
                for form in {one for one in have if reach.nearness(one)}:
                    found[field, form] = Occurrences(field, form, have.count(form))
        return _ordered(found.values())

    def _named(self, leaf: HasValue) -> Reach:
        values = self._question.values[leaf]
        naming = self._question.reading.naming
        counts = self._counted({value: naming.having(leaf.facet, [value]) for value in values})
        return _told(leaf.name, {naming.label(leaf.facet, one): counts[one] for one in counts})

    def _reach(self, word: Term) -> Reach:
        reach: Reached = self._question.reaches[word.word, word.match]
        vocabulary = self._question.reading.vocabulary
        forms = vocabulary.forms(reach.spelling, reach.keys) if reach.keys else []
        filters = {
            form: {"bool": {"should": [{"term": {f"{f}": token(form)}} for f in _fields(word)]}}
            for form in forms
        }
        return _told(word.word, self._counted(filters))

    def _counted(self, filters: dict[str, Body]) -> dict[str, int]:
        counts: dict[str, int] = {}
        names = list(filters)
        for first in range(0, len(names), _COUNTED):
            some = {name: filters[name] for name in names[first : first + _COUNTED]}
            told = self._question.reading.count_each([*some.values()], EVERYTHING)
            counts |= dict(zip(some, told, strict=True))
        return counts


def _ordered(found: Iterable[Occurrences]) -> list[Occurrences]:
    order = list(TextField)
    return sorted(found, key=lambda one: (order.index(one.field), -one.times, one.form))


def _told(typed: str, counts: dict[str, int]) -> Reach:
    forms = [Form(text, articles) for text, articles in counts.items() if articles]
    forms.sort(key=lambda form: (-form.articles, form.text))
    return Reach(typed, tuple(forms[:MOST_FORMS]), len(forms))


def _typed(leaf: Node) -> Iterator[Term]:
    """Yield the words of a leaf, each as the term that it is."""
    match leaf:
        case Term():
            yield leaf
        case AtLeast(_, word, match, field):
            yield Term(word, match, field)
        case Phrase(typed, _, match, field):
            yield from (Term(word, match, field) for word in typed)
        case Early(word):
            yield word
        case Together(together):
            yield from together
        case Near(left, right):
            yield from _typed(left)
            yield from _typed(right)
        case Or(children):
            for child in children:
                yield from _typed(child)
        case _:
            return


def _fields(word: Term) -> Sequence[TextField]:
    return tuple(TextField) if word.field is None else (word.field,)
