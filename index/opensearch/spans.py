"""Places in a text, as OpenSearch's span queries: words in order, and things near each other."""

from collections.abc import Sequence
from itertools import product
from typing import Any

from index.fields import TextField
from index.opensearch.mapping import EXACT
from index.opensearch.reaching import Reach, Reaches
from index.query import Near, Node, Or, Phrase, Term

Body = dict[str, Any]


def near_each_other(node: Near, field: TextField, reaches: Reaches) -> list[Body]:
    """Return the queries of each pair of alternatives near each other.

    Lucene reads each side forward only, and misses places where alternatives of
    different lengths overlap; alternatives apart, it misses none.
    """
    found = []
    slop = node.distance - 1
    sides = (_spans(side, field, reaches) for side in (node.left, node.right))
    for left, right in product(*sides):
        found.append(side_by_side([left, right], slop))
        if not node.ordered:
            found.append(side_by_side([right, left], slop))
    return found


def _spans(place: Node, field: TextField, reaches: Reaches) -> list[Body]:
    """Return the spans of a thing in a field: one for all words, one for each phrase."""
    words: list[Body] = []
    phrases: list[Body] = []
    _gather(place, field, reaches, words, phrases)
    return ([_one_of(words)] if words else []) + phrases


def _gather(
    place: Node, field: TextField, reaches: Reaches, words: list[Body], phrases: list[Body]
) -> None:
    match place:
        case Or(children):
            for child in children:
                if isinstance(child, Term | Phrase | Or):
                    _gather(child, field, reaches, words, phrases)
        case Term(word, match, scope) if scope in (None, field):
            words += _masked(reaches[word, match], field)
        case Phrase(typed, slop, match, scope) if scope in (None, field):
            each = [reaches[word, match] for word in typed]
            if each and all(reach.keys for reach in each):
                spans = [_one_of(_masked(reach, field)) for reach in each]
                phrases.append(side_by_side(spans, slop) if len(spans) > 1 else spans[0])


def side_by_side(spans: Sequence[Body], slop: int, boost: float = 1.0) -> Body:
    """Return the places where spans follow one another, `slop` words between them at most."""
    return {"span_near": {"clauses": spans, "slop": slop, "in_order": True, "boost": boost}}


def _one_of(spans: Sequence[Body]) -> Body:
    return spans[0] if len(spans) == 1 else {"span_or": {"clauses": spans}}


def span(reach: Reach, field: TextField) -> Body:
    """Return the places of a word in a field, in the spelling that its reach looks at."""
    name = f"{field}{reach.spelling}"
    return _one_of([{"span_term": {name: key}} for key in sorted(reach.keys)])


def _masked(reach: Reach, field: TextField) -> list[Body]:
    """Return the spans of a word as if they were of the field of exact spellings."""
    if not reach.keys:
        return []
    found = span(reach, field)
    if reach.spelling == EXACT:
        return [found]
    return [{"field_masking_span": {"query": found, "field": f"{field}{EXACT}"}}]
