"""The score of one article, by the letter of `index.ranking`.

The cluster finds and orders with 32-bit scores; the articles of a page are scored here
once more, from their words, so that every engine shows the same scores and breaks ties
alike, and an explanation can say where each share comes from.
"""

from collections.abc import Mapping, Sequence

from corpus.article import Article
from index.opensearch.documents import Prepared
from index.opensearch.reaching import Reach, Reaches
from index.opensearch.statistics import Statistics
from index.query import (
    And,
    AtLeast,
    Dated,
    Everything,
    HasValue,
    Leaf,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Place,
    Term,
    TextField,
)
from index.ranking import DECIMALS, FIELD_WEIGHTS, K1, B

Values = Mapping[HasValue, Sequence[str]]
# The first word and the last of each place where a thing stands.
Spans = list[tuple[int, int]]


class Scorer:
    """Scores articles for the trees of one query. values: what each name of a value means."""

    def __init__(self, reaches: Reaches, values: Values, statistics: Statistics) -> None:
        self._reaches = reaches
        self._values = values
        self._statistics = statistics

    def score(self, tree: Node, article: Article) -> float:
        """Return the rounded score of an article that matches a tree."""
        return round(self.shares(Prepared.of(article)).score(tree), DECIMALS)

    def shares(self, prepared: Prepared) -> "Shares":
        """Return the scores and matches of the parts of a tree in one article."""
        return Shares(prepared, self._reaches, self._values, self._statistics)


class Shares:
    """What the parts of a tree find in one article."""

    def __init__(
        self, prepared: Prepared, reaches: Reaches, values: Values, statistics: Statistics
    ) -> None:
        self._prepared = prepared
        self._reaches = reaches
        self._values = values
        self._statistics = statistics

    def matches(self, node: Node) -> bool:
        """Tell whether the article matches a part."""
        match node:
            case Everything():
                return True
            case And(children):
                return all(map(self.matches, children))
            case Or(children):
                return any(map(self.matches, children))
            case Not(child):
                return not self.matches(child)
            case HasValue(facet):
                return not {*self._values[node]}.isdisjoint(self._prepared.values[facet])
            case Dated(since, until):
                published = self._prepared.article.published
                if published is None or (since and published.day < since):
                    return False
                return until is None or published.day <= until
            case AtLeast(count):
                return sum(map(len, self._occurrences(node).values())) >= max(count, 1)
            case _:
                return any(self._occurrences(node).values())

    def score(self, node: Node) -> float:
        """Return what a part brings to the article; 0 where it does not match."""
        match node:
            case And(children):
                return sum(map(self.score, children)) if self.matches(node) else 0.0
            case Or(children):
                return sum(map(self.score, children))
            case Everything() | Not() | HasValue() | Dated():
                return 0.0
            case _:
                return self._leaf(node) if self.matches(node) else 0.0

    def _leaf(self, leaf: Leaf) -> float:
        weight = 0.0
        for field, occurrences in self._occurrences(leaf).items():
            if occurrences:
                average = self._statistics.average[field] or 1.0
                norm = 1 - B + B * len(self._prepared.words[field]) / average
                weight += FIELD_WEIGHTS[field] * sum(occurrences) / norm
        return self._statistics.idf(leaf) * weight * (K1 + 1) / (weight + K1)

    def _occurrences(self, leaf: Leaf) -> dict[TextField, list[float]]:
        """Return what each occurrence of a leaf counts, by field."""
        match leaf:
            case Term(word, match, scope) | AtLeast(_, word, match, scope):
                reach = self._reaches[word, match]
                return {
                    field: [weight for have in words if (weight := reach.nearness(have))]
                    for field, words in self._prepared.words.items()
                    if scope in (None, field)
                }
            case Phrase(_, _, _, scope):
                return {
                    field: [1.0] * len(self._spans(leaf, words, field))
                    for field, words in self._prepared.words.items()
                    if scope in (None, field)
                }
            case Near():
                return {
                    field: [1.0] * self._near(leaf, words, field)
                    for field, words in self._prepared.words.items()
                }
            case _:
                return {}

    def _near(self, node: Near, words: Sequence[str], field: TextField) -> int:
        """Return how many places of the left thing have the right one near."""
        left, right = (self._spans(one, words, field) for one in (node.left, node.right))
        return len(
            {
                start
                for start, end in left
                for other, last in right
                if 1 <= other - end <= node.distance
                or (not node.ordered and 1 <= start - last <= node.distance)
            }
        )

    def _spans(self, place: Place, words: Sequence[str], field: TextField) -> Spans:
        match place:
            case Or(children):
                return [span for child in children for span in self._spans(child, words, field)]
            case Term(word, match, scope) if scope in (None, field):
                reach = self._reaches[word, match]
                return [(i, i) for i, have in enumerate(words) if reach.nearness(have)]
            case Phrase(typed, slop, match, scope) if typed and scope in (None, field):
                return phrase_spans([self._reaches[word, match] for word in typed], slop, words)
            case _:
                return []


def phrase_spans(reaches: Sequence[Reach], slop: int, words: Sequence[str]) -> Spans:
    """Return the places from which words follow in order, with `slop` others at most."""
    places = [[i for i, have in enumerate(words) if reach.nearness(have)] for reach in reaches]
    found = []
    for first in places[0]:
        last: int | None = first
        for following in places[1:]:
            last = next((place for place in following if last is not None and place > last), None)
        if last is not None and last - first <= slop + len(reaches) - 1:
            found.append((first, last))
    return found
