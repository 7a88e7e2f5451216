"""Why a query finds what it finds: what its words reach, and what each part brings."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType

import numpy as np

from corpus.analysis import words
from index.embedded.answering import article
from index.evaluation.matching import Evaluator
from index.evaluation.reach import reached
from index.evaluation.sets import Docs
from index.evaluation.values import values_named
from index.evaluation.view import View
from index.query import (
    Akin,
    And,
    AtLeast,
    Early,
    Everything,
    HasValue,
    Leaf,
    Match,
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
from index.topics import Topics

# As many words of a field are told that are closest to a topic.
_CLOSEST = 5


def explanation(view: View, tree: Node, article_id: str | None) -> Explanation:
    """Return what each leaf of a tree reaches and finds, and what it brings to one article."""
    evaluators = _Evaluators(view)
    found = evaluators.docs(tree)
    doc = -1 if article_id is None else view.article_with_id(article_id)
    if not _holds(found, doc):
        parts = (_part(view, evaluators, leaf) for leaf in leaves(tree))
        return Explanation(len(found), tuple(parts))
    held = {field: Counter(texts) for field, texts in _words(view, doc).items()}
    return Explanation(
        len(found),
        tuple(
            _part(view, evaluators, leaf, evaluators.score(scored, doc) if scored else 0.0, held)
            for leaf, scored in _taking_part(evaluators, tree, doc)
        ),
        evaluators.score(tree, doc),
    )


def _holds(docs: Docs, doc: int) -> bool:
    return bool(np.isin(doc, docs))


class _Evaluators:
    """Evaluates a tree and the parts of it, each once."""

    def __init__(self, view: View) -> None:
        self._of = cache(lambda node: Evaluator(view, node))

    def docs(self, node: Node) -> Docs:
        """Return the articles that match a part, ascending."""
        return self._of(node).docs

    def score(self, node: Node, doc: int) -> float:
        """Return the score of an article that matches a part."""
        return float(self._of(node).scores(np.array([doc], np.int32)).round(DECIMALS)[0])


def _words(view: View, doc: int) -> dict[TextField, list[str]]:
    found = article(view, doc)
    return {TextField.TITLE: words(found.title), TextField.BODY: words(found.body)}


def _taking_part(
    evaluators: _Evaluators, node: Node, doc: int
) -> Iterator[tuple[Leaf, Node | None]]:
    """Yield each leaf, and the tree that scores what it adds to an article, if it does."""
    match node:
        case And(children) | Or(children):
            matches = _holds(evaluators.docs(node), doc)
            for child in children:
                for leaf, scored in _taking_part(evaluators, child, doc):
                    yield leaf, scored if matches else None
        case Not(child):
            yield from ((leaf, None) for leaf in leaves(child))
        case Preferring(child, wishes):
            yield from _taking_part(evaluators, child, doc)
            for wish in wishes:
                yield wish.leaf, Preferring(Everything(), (wish,))
        case Everything():
            return
        case _:
            yield node, node if _holds(evaluators.docs(node), doc) else None


def _part(
    view: View,
    evaluators: _Evaluators,
    leaf: Leaf,
    score: float = 0.0,
    held: Mapping[TextField, Counter[str]] = MappingProxyType({}),
) -> Part:
    reaches, occurrences = [], {}
    if isinstance(leaf, HasValue):
        values = values_named(view, leaf)
        label = view.columns.facet(leaf.facet).label
        counts = {label(value): len(view.articles_with(leaf.facet, value)) for value in values}
        reaches.append(_reach(leaf.name, counts))
    for word in _typed(leaf):
        forms = {field: set(_forms(view, field, word)) for field in _fields(word)}
        every = set().union(*forms.values())
        counts = {form: len(evaluators.docs(_exactly(form, word))) for form in every}
        reaches.append(_reach(word.word, counts))
        for field, reached_there in forms.items() if held else ():
            for form in reached_there & held[field].keys():
                occurrences[field, form] = Occurrences(field, form, held[field][form])
    if isinstance(leaf, Akin):
        occurrences = {(one.field, one.form): one for one in akin(view.topics, leaf, held)}
    found = len(evaluators.docs(leaf))
    return Part(leaf, found, tuple(reaches), score, tuple(_title_first(occurrences.values())))


def akin(
    topics: Topics, leaf: Akin, held: Mapping[TextField, Counter[str]]
) -> Iterator[Occurrences]:
    """Yield the words of an article, by field, that are closest to a topic."""
    asked, _ = topics.asked(leaf.words)
    for field, counts in held.items():
        for form in topics.closest(asked, counts)[:_CLOSEST]:
            yield Occurrences(field, form, counts[form])


def _reach(typed: str, counts: dict[str, int]) -> Reach:
    forms = [Form(text, articles) for text, articles in counts.items() if articles]
    forms.sort(key=lambda form: (-form.articles, form.text))
    return Reach(typed, tuple(forms[:MOST_FORMS]), len(forms))


def _title_first(found: Iterable[Occurrences]) -> list[Occurrences]:
    fields = list(TextField)
    return sorted(found, key=lambda one: (fields.index(one.field), -one.times, one.form))


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


def _forms(view: View, field: TextField, word: Term) -> Iterator[str]:
    """Yield the words of a field that a word reaches."""
    for segment, name in view.terms(field):
        for rank in reached(segment, name, word.word, word.match).tolist():
            yield segment.term(name, rank)


def _exactly(form: str, word: Term) -> Term:
    return Term(form, Match.EXACT, word.field)


def _fields(word: Term) -> tuple[TextField, ...]:
    return tuple(TextField) if word.field is None else (word.field,)
