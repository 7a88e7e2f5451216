"""When nothing is found: what each part alone would find, and the nearest search that does.

The nearest is the first of these that finds something:

0. the copies of what another article leads;
1. every word in all its forms, where the reader asked for a spelling;
2. phrases and proximities as words that need not stand together;
3. the query without one of its parts, first one that finds nothing alone, then the
   commonest, as it says least;
4. any of the parts instead of all;
5. the query without any filter;
6. near spellings of a single word.
"""

from collections.abc import Iterator
from dataclasses import replace

from corpus.function_words import is_function_word
from index.engine import Engine, QueryTooCostly
from index.fields import Match
from index.query import And, AtLeast, Filters, Near, Node, Not, Or, Phrase, Query, Term
from search.page import Relaxation, Widening
from search.query_language.printing import to_text
from search.request import SearchRequest

# Parts of a query that are tried and shown one by one.
MOST_PARTS = 12
_SPELT = (Match.EXACT, Match.FOLDED, Match.STEMMED)


def relaxations(engine: Engine, request: SearchRequest, tree: Node) -> tuple[Relaxation, ...]:
    """Return the nearest search that finds something, then what each part alone would find."""
    seeker = _Seeker(engine, request)
    alone = [
        seeker.relaxation(f"« {to_text(part)} »", part, Widening.ALONE)
        for part in _telling(_parts(tree))[:MOST_PARTS]
    ]
    wider = list(_wider(tree, {one.request.text: one.total for one in alone}))
    nearest = None
    if not request.copies:
        nearest = _Seeker(engine, request.with_copies()).first([("Avec les reprises", tree)])
    nearest = nearest or seeker.first(wider)
    if nearest is None and request.filters != Filters():
        unfiltered = _Seeker(engine, request.without_filters())
        nearest = unfiltered.first([("Sans aucun filtre", tree)])
    if nearest is None and isinstance(tree, Term) and tree.match in _SPELT:
        near = f"Graphies voisines de « {tree.word} »"
        nearest = seeker.first([(near, replace(tree, match=Match.FUZZY))])
    return (*([nearest] if nearest else []), *alone)


class _Seeker:
    """Counts what other trees would find for a request."""

    def __init__(self, engine: Engine, request: SearchRequest) -> None:
        self._engine = engine
        self._request = replace(request, page=1)

    def relaxation(self, label: str, tree: Node, kind: Widening) -> Relaxation:
        try:
            asked = Query(tree, self._request.filters, limit=0, copies=self._request.copies)
            total = self._engine.search(asked).total
        except QueryTooCostly:
            total = 0
        return Relaxation(label, total, replace(self._request, text=to_text(tree)), kind)

    def first(self, wider: list[tuple[str, Node]]) -> Relaxation | None:
        """Return the first that finds something."""
        found = (self.relaxation(label, tree, Widening.NEAREST) for label, tree in wider)
        return next((one for one in found if one.total), None)


def _parts(tree: Node) -> list[Node]:
    """Return the parts that must all match, each once, but for what must not."""
    children = tree.children if isinstance(tree, And) else ()
    return list(dict.fromkeys(child for child in children if not isinstance(child, Not)))


def _telling(parts: list[Node]) -> list[Node]:
    """Return the parts but words of grammar, unless there is nothing else."""
    found = [one for one in parts if not (isinstance(one, Term) and is_function_word(one.word))]
    return found or parts


def _wider(tree: Node, totals: dict[str, int]) -> Iterator[tuple[str, Node]]:
    """Yield wider trees, the nearest first. totals: what each part finds alone, by its text."""
    in_all_forms = _in_all_forms(tree)
    if in_all_forms != tree:
        yield "Avec toutes les formes des mots", in_all_forms
    loose = _loose(in_all_forms)
    if loose != in_all_forms:
        yield "Avec les mots des phrases, où qu'ils soient", loose
    parts = _parts(loose)[:MOST_PARTS]
    if isinstance(loose, And) and len(parts) > 1:
        for part in sorted(parts, key=lambda one: _leaving(totals.get(to_text(one), 0))):
            rest = tuple(child for child in loose.children if child != part)
            yield f"Sans « {to_text(part)} »", rest[0] if len(rest) == 1 else And(rest)
        unwanted = tuple(child for child in loose.children if isinstance(child, Not))
        yield "L'un des termes au moins", _without(Or(tuple(parts)), unwanted)


def _leaving(total: int) -> tuple[bool, int]:
    """Return a key by which the part that should be left out first comes first."""
    return total > 0, -total


def _without(tree: Node, unwanted: tuple[Node, ...]) -> Node:
    return And((tree, *unwanted)) if unwanted else tree


def _in_all_forms(node: Node) -> Node:
    """Return a tree in which words reach their inflections; what is under a NOT stays."""
    match node:
        case Term(match=Match.EXACT | Match.FOLDED) | AtLeast(match=Match.EXACT | Match.FOLDED):
            return replace(node, match=Match.STEMMED)
        case Phrase(match=Match.EXACT):
            return replace(node, match=Match.FOLDED)
        case And(children):
            return And(tuple(map(_in_all_forms, children)))
        case Or(children):
            return Or(tuple(map(_in_all_forms, children)))
        case _:
            return node


def _loose(node: Node) -> Node:
    """Return a tree without phrases, proximities and counts; what is under a NOT stays."""
    match node:
        case Phrase(typed, _, _, field):
            return And(tuple(Term(word, field=field) for word in dict.fromkeys(typed)))
        case Near(left, right):
            return And((_loose(left), _loose(right)))
        case AtLeast(_, word, match, field):
            return Term(word, match, field)
        case And(children):
            return _flat(tuple(map(_loose, children)))
        case Or(children):
            return Or(tuple(map(_loose, children)))
        case _:
            return node


def _flat(children: tuple[Node, ...]) -> And:
    """Return an And whose children are no And themselves."""
    found: list[Node] = []
    for child in children:
        found += child.children if isinstance(child, And) else [child]
    return And(tuple(dict.fromkeys(found)))
