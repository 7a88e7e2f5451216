"""What a query needs to know of an index before it is asked: what its words and names reach,
and how many articles hold each part."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from index.fields import TextField
from index.opensearch.combining import all_of
from index.opensearch.reaching import Reaches, reaches_of
from index.opensearch.reading import Reading
from index.opensearch.scoring import Scorer
from index.opensearch.statistics import Statistics
from index.opensearch.translation import Translator
from index.query import (
    Akin,
    AtLeast,
    Early,
    HasValue,
    Leaf,
    Near,
    Node,
    Or,
    Preferring,
    Term,
    Together,
    Wish,
    leaves,
)

Body = dict[str, Any]

LEADS: Body = {"bool": {"must_not": [{"term": {"copy": True}}]}}


@dataclass(frozen=True, slots=True)
class Question:
    """A tree on an index, with what its words and names reach there."""

    reading: Reading
    tree: Node
    reaches: Reaches
    values: Mapping[HasValue, Sequence[str]]

    @classmethod
    def of(cls, reading: Reading, tree: Node) -> "Question":
        """Look up what the words and names of a tree reach."""
        named = {leaf for leaf in leaves(tree) if isinstance(leaf, HasValue)}
        values = {leaf: _values(leaf, reading) for leaf in named}
        return cls(reading, tree, reaches_of(tree, reading.vocabulary), values)

    @property
    def translator(self) -> Translator:
        """What turns the tree into OpenSearch's language."""
        return Translator(self.reaches, self.values, self.reading.naming)

    def scorer(self, statistics: Statistics) -> Scorer:
        """Return what scores one article."""
        return Scorer(self.reaches, self.values, statistics, self.reading.topics)

    def statistics(self, asked: Iterable[Leaf]) -> Statistics:
        """Return the numbers that scores are made of; the cluster keeps them until a change."""
        held = {leaf: _held(leaf) for leaf in dict.fromkeys(asked)}
        nodes = [*dict.fromkeys(held.values())]
        lengths = {f"{field}": {"sum": {"field": f"{field}_length"}} for field in TextField}
        whole: Body = {"size": 0, "track_total_hits": True, "aggs": lengths}
        answer, *counted = self._several([whole, *(self._count(node) for node in nodes)])
        articles = answer["hits"]["total"]["value"]
        sums = answer["aggregations"]
        totals = [one["hits"]["total"]["value"] for one in counted]
        by_node = dict(zip(nodes, totals, strict=True))
        return Statistics(
            articles,
            {field: sums[field.value]["value"] / max(articles, 1) for field in TextField},
            {leaf: by_node[node] for leaf, node in held.items()},
        )

    def counts(self, nodes: Sequence[Node]) -> list[int]:
        """Return how many articles, copies too, match each of some trees made of the same words."""
        answers = self._several([self._count(node) for node in nodes])
        return [answer["hits"]["total"]["value"] for answer in answers]

    def _several(self, bodies: Sequence[Body]) -> list[Any]:
        return self.reading.cluster.several(self.reading.index, bodies)

    def _count(self, node: Node) -> Body:
        query = all_of([self.translator.matching(node)])
        return {"size": 0, "track_total_hits": True, "query": query}


def scored_leaves(tree: Node) -> Iterator[Leaf]:
    """Yield the leaves whose rarity counts in a score; of a wish, its words."""
    if isinstance(tree, Preferring):
        yield from leaves(tree.child, negated=False)
        for wish in tree.wishes:
            yield from _as_rare(wish)
    else:
        yield from leaves(tree, negated=False)


def _as_rare(wish: Wish) -> Iterator[Leaf]:
    """Yield the leaves that a wish is as rare as."""
    match wish.leaf:
        case Near(left, right):
            yield from leaves(Or((left, right)))
        case Early(word):
            yield word
        case Together(words):
            yield from words
        case Akin():
            return
        case leaf:
            yield leaf


def _values(leaf: HasValue, reading: Reading) -> list[str]:
    country = reading.naming.country(leaf)
    if country is not None:
        return country
    return reading.naming.named(leaf, reading.vocabulary.values_named(leaf))


def _held(leaf: Leaf) -> Leaf:
    """Return the leaf whose holders count: a word that occurs often enough is a word."""
    match leaf:
        case AtLeast(_, word, reach, field):
            return Term(word, reach, field)
        case _:
            return leaf
