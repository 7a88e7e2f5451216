"""Why a query finds what it finds: what its words reach, and what each part brings."""

from collections import Counter
from collections.abc import Iterator, Mapping
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
from index.explaining import akin, fields_of, forms_reached, taking_part, title_first, typed
from index.fields import Match, TextField
from index.query import Akin, HasValue, Leaf, Node, Term, leaves
from index.ranking import DECIMALS
from index.results import Explanation, Occurrences, Part


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
            for leaf, scored in taking_part(tree, lambda node: _holds(evaluators.docs(node), doc))
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
        reaches.append(forms_reached(leaf.name, counts))
    for word in typed(leaf):
        forms = {field: set(_forms(view, field, word)) for field in fields_of(word)}
        every = set().union(*forms.values())
        counts = {form: len(evaluators.docs(_exactly(form, word))) for form in every}
        reaches.append(forms_reached(word.word, counts))
        for field, reached_there in forms.items() if held else ():
            for form in reached_there & held[field].keys():
                occurrences[field, form] = Occurrences(field, form, held[field][form])
    if isinstance(leaf, Akin):
        occurrences = {(one.field, one.form): one for one in akin(view.topics, leaf, held)}
    found = len(evaluators.docs(leaf))
    return Part(leaf, found, tuple(reaches), score, title_first(occurrences.values()))


def _forms(view: View, field: TextField, word: Term) -> Iterator[str]:
    """Yield the words of a field that a word reaches."""
    for segment, name in view.terms(field):
        for rank in reached(segment, name, word.word, word.match).tolist():
            yield segment.term(name, rank)


def _exactly(form: str, word: Term) -> Term:
    return Term(form, Match.EXACT, word.field)
