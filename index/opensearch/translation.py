"""From a query tree to OpenSearch's own language.

`matching` gives the articles, exactly; `scoring` their scores too, by BM25F as
`index.ranking` has it. The fields' similarity counts occurrences and no more; two scripts
do the rest: one divides by a field's length norm, one saturates what the fields add up to.

Of words in order with others between or not wholly typed, and of things near each other,
OpenSearch does not count the places as we do. Their scores are never too low, and
`is_loose` tells of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from index.fields import Match, TextField
from index.opensearch.combining import EVERYTHING, NOTHING, all_of, any_of, but
from index.opensearch.mapping import BETWEEN
from index.opensearch.naming import Naming
from index.opensearch.reaching import Reach, Reaches
from index.opensearch.spans import near_each_other, side_by_side, span
from index.opensearch.statistics import Statistics
from index.query import (
    Akin,
    And,
    AtLeast,
    Dated,
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
    Together,
    leaves,
)
from index.ranking import FIELD_WEIGHTS, K1, B

Body = dict[str, Any]

# What has places in a text.
_Placed = Term | Phrase | Near | Early
# Words that stand for one in the index: the same spelling, letters or stem.
_ONE_KEY = (Match.EXACT, Match.FOLDED, Match.STEMMED)
# A cluster takes no more words as one, by its defaults.
_MOST_ALTERNATIVES = 1000
_DIVIDE = "_score * params.weight / (params.a + params.b * doc[params.length].value)"
_SATURATE = "_score * params.idf / (_score + params.k)"


def has_scores(tree: Node) -> bool:
    """Tell whether any article can have a score other than 0."""
    return any(not isinstance(leaf, HasValue | Dated) for leaf in leaves(tree, negated=False))


def is_loose(tree: Node) -> bool:
    """Tell whether the scores of a tree are only never too low."""
    return any(
        isinstance(leaf, Near)
        or (isinstance(leaf, Phrase) and (leaf.slop > 0 or leaf.match not in _ONE_KEY))
        for leaf in leaves(tree, negated=False)
    )


def within(since: date | None, until: date | None) -> Body:
    """Return the query of what was published in a period."""
    bounds = {"gte": (since or date.min).isoformat()}
    if until:
        bounds["lte"] = until.isoformat()
    return {"range": {"date": bounds}}


class Translator:
    """Translates the trees of one query.

    reaches: of each word. values: what each name of a value means. naming: what those are.
    """

    def __init__(
        self, reaches: Reaches, values: Mapping[HasValue, Sequence[str]], naming: Naming
    ) -> None:
        self._reaches = reaches
        self._values = values
        self._naming = naming

    def matching(self, node: Node) -> Body:
        """Return the query of the articles that match, without scores."""
        match node:
            case Everything() | Together() | Akin():
                return EVERYTHING
            case And(children):
                return all_of(map(self.matching, children))
            case Or(children):
                return any_of([*map(self.matching, children)])
            case Not(child):
                return but([], [self.matching(child)])
            case Preferring(child):
                return self.matching(child)
            case HasValue(facet):
                return self._naming.having(facet, self._values[node])
            case Dated(since, until):
                return within(since, until)
            case Term() | Phrase() | Near() | Early():
                return any_of([found for _, found in self._in_fields(node)])
            case AtLeast(count, word, match, field):
                term = Term(word, match, field)
                if count <= 1:
                    return self.matching(term)
                plain = Phrase((word,), 0, match, field)
                times = any_of([found for _, found in self._in_fields(plain)])
                repeated = _scripted(times, "_score", {})
                repeated["script_score"]["min_score"] = count - 0.5
                return repeated

    def scoring(self, node: Node, statistics: Statistics) -> Body:
        """Return the query of the articles that match, with their scores."""
        match node:
            case And(children):
                found = [self.scoring(child, statistics) for child in children]
                return {"bool": {"must": found, "filter": [EVERYTHING]}}
            case Or(children):
                return any_of([self.scoring(child, statistics) for child in children])
            case Preferring(child):
                return self.scoring(child, statistics)
            case Everything() | Together() | Akin() | Not() | HasValue() | Dated():
                return all_of([self.matching(node)])
            case AtLeast(_, word, match, field):
                scored = self._leaf(Term(word, match, field), node, statistics)
                return {"bool": {"must": [scored], "filter": [self.matching(node)]}}
            case _:
                return self._leaf(node, node, statistics)

    def _leaf(self, node: _Placed, leaf: Leaf, statistics: Statistics) -> Body:
        divided = []
        for field, counted in self._in_fields(node, scored=True):
            average = statistics.average[field] or 1.0
            params = {
                "weight": FIELD_WEIGHTS[field],
                "a": 1 - B,
                "b": B / average,
                "length": f"{field}_length",
            }
            divided.append(_scripted(counted, _DIVIDE, params))
        if not divided:
            return NOTHING
        idf = statistics.idf(leaf) * (K1 + 1)
        return _scripted(any_of(divided), _SATURATE, {"idf": idf, "k": K1})

    def _in_fields(self, node: _Placed, scored: bool = False) -> list[tuple[TextField, Body]]:
        """Return the query of a leaf in each field where it may be found."""
        found = ((field, self._in_field(node, field, scored)) for field in _fields(node))
        return [(field, query) for field, query in found if query is not NOTHING]

    def _in_field(self, node: _Placed, field: TextField, scored: bool) -> Body:
        match node:
            case Term(word, match):
                return self._term(self._reaches[word, match], field, scored)
            case Phrase(words, slop, match):
                return self._phrase([self._reaches[word, match] for word in words], slop, field)
            case Early(Term(word, match), within):
                reach = self._reaches[word, match]
                if not reach.keys:
                    return NOTHING
                return {"span_first": {"match": span(reach, field), "end": within}}
            case Near(left):
                near = any_of(near_each_other(node, field, self._reaches))
                if near is NOTHING or not scored:
                    return near
                # No more places than the left thing has.
                counted = any_of([*self._counted(left, field)])
                return {"bool": {"must": [counted], "filter": [near]}}

    def _term(self, reach: Reach, field: TextField, scored: bool) -> Body:
        if not reach.keys:
            return NOTHING
        if not scored:
            return {"terms": {f"{field}{reach.spelling}": sorted(reach.keys)}}
        parts = [
            _times(field, spelling, keys, weight) for spelling, keys, weight in reach.weights()
        ]
        return any_of(parts)

    def _phrase(self, reaches: Sequence[Reach], slop: int, field: TextField) -> Body:
        if not reaches or not all(reach.keys for reach in reaches):
            return NOTHING
        if len(reaches) == 1:
            return _times(field, reaches[0].spelling, reaches[0].keys)
        # A scripted similarity adds a place up once for each word that is looked for.
        single = all(len(reach.keys) == 1 for reach in reaches)
        if slop:
            # Each place counts 1 / (1 + words between) there: never less than 1 so.
            words = len({*reaches}) if single else 1
            spans = [span(one, field) for one in reaches]
            return side_by_side(spans, slop, boost=(slop + 1) / words)
        asked = {
            "query": " ".join(BETWEEN.join(sorted(reach.keys)) for reach in reaches),
            "boost": 1 / len(reaches) if single else 1.0,
        }
        return {"match_phrase": {f"{field}{reaches[0].spelling}": asked}}

    def _counted(self, place: Node, field: TextField) -> Iterable[Body]:
        """Yield queries whose scores add up to the places of a thing in a field, or more."""
        match place:
            case Or(children):
                for child in children:
                    yield from self._counted(child, field)
            case Term(word, match, scope) if scope in (None, field):
                reach = self._reaches[word, match]
                if reach.keys:
                    yield _times(field, reach.spelling, reach.keys)
            case Phrase(words, slop, match, scope) if scope in (None, field):
                found = self._phrase([self._reaches[word, match] for word in words], slop, field)
                if found is not NOTHING:
                    yield found


def _fields(node: _Placed) -> tuple[TextField, ...]:
    """Return the fields in which a leaf may be found."""
    match node:
        case Near():
            return tuple(TextField)
        case Early():
            return (TextField.BODY,)
        case Term() | Phrase():
            return tuple(TextField) if node.field is None else (node.field,)


def _times(field: TextField, spelling: str, keys: Iterable[str], boost: float = 1.0) -> Body:
    """Return the query whose score is how often a field holds any of some words."""
    name, words = f"{field}{spelling}", sorted(keys)
    if len(words) == 1:
        return {"term": {name: {"value": words[0], "boost": boost}}}
    asked = [
        {
            "match": {
                name: {"query": BETWEEN.join(words[start:][:_MOST_ALTERNATIVES]), "boost": boost}
            }
        }
        for start in range(0, len(words), _MOST_ALTERNATIVES)
    ]
    return asked[0] if len(asked) == 1 else any_of(asked)


def _scripted(query: Body, source: str, params: Body) -> Body:
    return {"script_score": {"query": query, "script": {"source": source, "params": params}}}
