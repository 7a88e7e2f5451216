"""What a query needs to know of an index before it is asked: what its words and names reach,
and how many articles hold each part."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.countries import country_code
from index.opensearch.cluster import Cluster
from index.opensearch.reaching import Reaches, reaches_of
from index.opensearch.scoring import Scorer
from index.opensearch.statistics import Statistics
from index.opensearch.translation import Translator, all_of
from index.opensearch.vocabulary import Vocabulary
from index.query import (
    COUNTRY_FACETS,
    AtLeast,
    HasValue,
    Leaf,
    Near,
    Node,
    Or,
    Preferring,
    Term,
    TextField,
    leaves,
)

Body = dict[str, Any]

LEADS: Body = {"bool": {"must_not": [{"term": {"copy": True}}]}}


@dataclass(frozen=True, slots=True)
class Question:
    """A tree on an index, with what its words and names reach there."""

    cluster: Cluster
    index: str
    tree: Node
    reaches: Reaches
    values: Mapping[HasValue, Sequence[str]]

    @classmethod
    def of(cls, cluster: Cluster, index: str, tree: Node) -> "Question":
        """Look up what the words and names of a tree reach."""
        vocabulary = Vocabulary(cluster, index)
        named = {leaf for leaf in leaves(tree) if isinstance(leaf, HasValue)}
        values = {leaf: _values(leaf, vocabulary) for leaf in named}
        return cls(cluster, index, tree, reaches_of(tree, vocabulary), values)

    @property
    def translator(self) -> Translator:
        """What turns the tree into OpenSearch's language."""
        return Translator(self.reaches, self.values)

    def scorer(self, statistics: Statistics) -> Scorer:
        """Return what scores one article."""
        return Scorer(self.reaches, self.values, statistics)

    def statistics(self, asked: Iterable[Leaf]) -> Statistics:
        """Return the numbers that scores are made of; the cluster keeps them until a change."""
        held = {leaf: _held(leaf) for leaf in dict.fromkeys(asked)}
        nodes = [*dict.fromkeys(held.values())]
        lengths = {f"{field}": {"sum": {"field": f"{field}_length"}} for field in TextField}
        whole: Body = {"size": 0, "track_total_hits": True, "aggs": lengths}
        answer, *counted = self.cluster.several(
            self.index, [whole, *(self._count(node) for node in nodes)]
        )
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
        answers = self.cluster.several(self.index, [self._count(node) for node in nodes])
        return [answer["hits"]["total"]["value"] for answer in answers]

    def _count(self, node: Node) -> Body:
        query = all_of([self.translator.matching(node)])
        return {"size": 0, "track_total_hits": True, "query": query}


def scored_leaves(tree: Node) -> Iterator[Leaf]:
    """Yield the leaves whose rarity counts in a score; of a wish, its words."""
    if isinstance(tree, Preferring):
        yield from leaves(tree.child, negated=False)
        for wish in tree.wishes:
            yield from leaves(
                Or((wish.leaf.left, wish.leaf.right)) if isinstance(wish.leaf, Near) else wish.leaf
            )
    else:
        yield from leaves(tree, negated=False)


def _values(leaf: HasValue, vocabulary: Vocabulary) -> list[str]:
    if leaf.facet in COUNTRY_FACETS and (code := country_code(leaf.name)):
        return [code]
    return vocabulary.values_named(leaf)


def _held(leaf: Leaf) -> Leaf:
    """Return the leaf whose holders count: a word that occurs often enough is a word."""
    match leaf:
        case AtLeast(_, word, reach, field):
            return Term(word, reach, field)
        case _:
            return leaf
