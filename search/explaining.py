"""Why a search finds what it finds, ready to be shown: the tree in words, with its figures."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.article import Article
from index.engine import Engine
from index.fields import TextField
from index.query import And, Everything, Node, Not, Or, Preferring, Query
from index.ranking import LOOKS
from index.results import Explanation, Part
from search.highlighting import sentence
from search.page import Piece
from search.query_language.describing import described
from search.query_language.parsing import parse
from search.query_language.printing import to_text
from search.request import SearchRequest
from search.wishes import any_word, preferring

WIDER = (
    "Cet article n'a pas tout ce qui est demandé : voici ce qu'il apporte à la recherche élargie, "
    "celle des articles qui ont le plus de ces mots."
)


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A part of the query in words.

    words: what it asks for, or how its children are joined. part: of a leaf, its figures.
    sentence: of a leaf that an article holds, the first sentence in which it does, cut at
        the matches; empty for any other. children: of what is no leaf.
    """

    words: str
    part: Part | None = None
    sentence: tuple[Piece, ...] = ()
    children: tuple["ShownPart", ...] = ()


@dataclass(frozen=True, slots=True)
class ExplanationPage:
    """Why a query finds what it finds, and why it finds one article.

    text: the query as it was understood, in the query language. tree: the same in words.
    total: how many articles match, filters and families apart. article: the one asked
    about, if any; score: its score, None if it does not match. An article that has but some of
    the words is explained as the wider search ranks it, which a remark tells.
    """

    request: SearchRequest
    text: str
    remarks: tuple[str, ...]
    tree: ShownPart
    total: int
    article: Article | None = None
    score: float | None = None


def explain(
    engine: Engine, request: SearchRequest, article_id: str | None = None
) -> ExplanationPage | None:
    """Return why a request finds what it finds, or None for an article that is unknown."""
    article = engine.get(article_id) if article_id is not None else None
    if article_id is not None and article is None:
        return None
    parsed = parse(request.text)
    remarks = parsed.remarks
    ranked = _as_ranked(engine, request, parsed.tree, article_id) if article_id else parsed.tree
    told: Explanation = engine.explain(ranked, article_id)
    if article and told.score is None and (wider := any_word(parsed.tree)):
        widely = engine.explain(wider, article_id)
        if widely.score is not None:
            ranked, told, remarks = wider, widely, (*remarks, WIDER)
    tree = _shown(ranked, iter(told.parts), article if told.score is not None else None)
    return ExplanationPage(
        request, to_text(parsed.tree), remarks, tree, told.total, article, told.score
    )


def _as_ranked(engine: Engine, request: SearchRequest, tree: Node, article_id: str) -> Node:
    """Return the tree that scores an article as a page does: wishes count in the best alone."""
    ranked = preferring(tree)
    if ranked == tree:
        return tree
    filters = engine.renaming().filters(request.filters)
    best = engine.search(Query(ranked, filters, limit=LOOKS, copies=request.copies))
    if best.total > LOOKS and all(hit.article.id != article_id for hit in best.hits):
        return tree
    return ranked


def _shown(node: Node, parts: Iterator[Part], article: Article | None) -> ShownPart:
    match node:
        case Everything():
            return ShownPart("tous les articles")
        case And(children):
            inner = tuple(_shown(child, parts, article) for child in children)
            return ShownPart("tout ce qui suit", children=inner)
        case Or(children):
            inner = tuple(_shown(child, parts, article) for child in children)
            return ShownPart("l'un au moins de ce qui suit", children=inner)
        case Preferring(child, wishes):
            demanded = _shown(child, parts, article)
            held = [(wish, part) for wish, part in zip(wishes, parts, strict=False) if part.score]
            shown = tuple(ShownPart(described(wish.leaf), part) for wish, part in held)
            preferred = (ShownPart("de préférence", children=shown),) if shown else ()
            return replace(demanded, children=(*demanded.children, *preferred))
        case Not(child):
            return ShownPart("sauf", children=(_shown(child, parts, None),))
        case _:
            part = next(parts)
            return ShownPart(described(node), part, _sentence(node, article))


def _sentence(leaf: Node, article: Article | None) -> tuple[Piece, ...]:
    """Return the first sentence of an article that holds a leaf; the body's comes first."""
    if article is None:
        return ()
    found = sentence(leaf, article.body, TextField.BODY)
    return found or sentence(leaf, article.title, TextField.TITLE)
