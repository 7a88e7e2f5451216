"""The score of one article, by the letter of `index.ranking`.

The cluster finds and orders with 32-bit scores; the articles of a page are scored here
once more, from their words, so that every engine shows the same scores and breaks ties
alike, and an explanation can say where each share comes from.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from itertools import chain

from corpus.article import Article
from index.fields import Match, TextField
from index.opensearch.documents import texts_of, values_of
from index.opensearch.reaching import Reach, Reaches
from index.opensearch.statistics import Statistics
from index.query import (
    Akin,
    And,
    AtLeast,
    Dated,
    Early,
    Everything,
    HasValue,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Preferring,
    Term,
    Together,
    Wish,
)
from index.ranking import FIELD_WEIGHTS, K1, B
from index.topics import NO_TOPICS, Topics, Vectors, nearness

Values = Mapping[HasValue, Sequence[str]]
# The first word and the last of each place where a thing stands.
Spans = list[tuple[int, int]]
_Scored = Term | Phrase | Near | AtLeast | Early


class _Nearness(dict[str, float]):
    """What an occurrence of each word counts; the same few words are in most articles."""

    def __init__(self, reach: Reach) -> None:
        super().__init__()
        self._reach = reach

    def __missing__(self, have: str) -> float:
        self[have] = found = self._reach.nearness(have)
        return found


class Scorer:
    """Scores articles for the trees of one query.

    values: what each name of a value means. topics: of the index.
    """

    def __init__(
        self, reaches: Reaches, values: Values, statistics: Statistics, topics: Topics = NO_TOPICS
    ) -> None:
        self.nearness = {key: _Nearness(reach) for key, reach in reaches.items()}
        self.values = values
        self.statistics = statistics
        self.topics = topics
        self.asked = cache(topics.asked)

    def shares(self, article: Article) -> "Shares":
        """Return the scores and matches of the parts of a tree in one article."""
        return Shares(article, self)


class Shares:
    """What the parts of a tree find in one article."""

    def __init__(self, article: Article, scorer: Scorer) -> None:
        self._article = article
        self._scorer = scorer
        self.words = texts_of(article)
        self._places = {field: _places(words) for field, words in self.words.items()}

    @cached_property
    def _about(self) -> Vectors:
        """What the article is about, made of its words."""
        return self._scorer.topics.of_words(chain.from_iterable(self.words.values()))

    def matches(self, node: Node) -> bool:
        """Tell whether the article matches a part."""
        match node:
            case Everything() | Together() | Akin():
                return True
            case And(children):
                return all(map(self.matches, children))
            case Or(children):
                return any(map(self.matches, children))
            case Not(child):
                return not self.matches(child)
            case Preferring(child):
                return self.matches(child)
            case HasValue(facet):
                values = self._scorer.values[node]
                return not {*values}.isdisjoint(values_of(self._article)[facet])
            case Dated(since, until):
                published = self._article.published
                if published is None or (since and published.day < since):
                    return False
                return until is None or published.day <= until
            case AtLeast(count, word, match, scope):
                plain = self._occurrences(Phrase((word,), 0, match, scope))
                return sum(plain.values()) >= max(count, 1)
            case _:
                return any(self._occurrences(node).values())

    def score(self, node: Node) -> float:
        """Return what a part brings to the article, not rounded; 0 where it does not match."""
        match node:
            case And(children):
                return sum(map(self.score, children)) if self.matches(node) else 0.0
            case Or(children):
                return sum(map(self.score, children))
            case Preferring(child, wishes):
                if not self.matches(child):
                    return 0.0
                return self.score(child) + sum(map(self.wish, wishes))
            case Everything() | Together() | Akin() | Not() | HasValue() | Dated():
                return 0.0
            case _:
                idf = self._scorer.statistics.idf(node)
                return self._saturated(node) * idf if self.matches(node) else 0.0

    def wish(self, wish: Wish) -> float:
        """Return what a wish brings to the article."""
        idf = self._scorer.statistics.idf
        match wish.leaf:
            case Near(Term() as left, Term() as right):
                found, rarity = self._saturated(wish.leaf), (idf(left) + idf(right)) / 2
            case Early(word):
                found, rarity = float(self.matches(wish.leaf)), idf(word)
            case Together(words, within):
                found, rarity = self._together(words, within), 1.0
            case Akin(words):
                asked, rarity = self._scorer.asked(words)
                found = float(nearness(asked, self._about)) if rarity else 0.0
            case leaf:
                found, rarity = self._saturated(leaf), idf(leaf)
        return found * rarity * wish.weight

    def _together(self, words: Sequence[Term], within: int) -> float:
        """Return how rare the words are that the best passage of the body has together."""
        idf = self._scorer.statistics.idf
        places = {word: self._of_word(word.word, word.match, TextField.BODY) for word in words}
        return max(
            (
                sum(idf(word) for word, at in places.items() if _any_within(at, begin, within))
                for begin in chain.from_iterable(places.values())
            ),
            default=0.0,
        )

    def _saturated(self, leaf: _Scored) -> float:
        weight = 0.0
        for field, frequency in self._occurrences(leaf).items():
            if frequency:
                average = self._scorer.statistics.average[field] or 1.0
                norm = 1 - B + B * len(self.words[field]) / average
                weight += FIELD_WEIGHTS[field] * frequency / norm
        return weight * (K1 + 1) / (weight + K1)

    def _occurrences(self, leaf: _Scored) -> dict[TextField, float]:
        """Return what the occurrences of a leaf count together, by field."""
        if isinstance(leaf, Near):
            return {field: self._near(leaf, field) for field in TextField}
        if isinstance(leaf, Early):
            places = self._of_word(leaf.word.word, leaf.word.match, TextField.BODY)
            return {TextField.BODY: sum(place < leaf.within for place in places)}
        fields = tuple(TextField) if leaf.field is None else (leaf.field,)
        if isinstance(leaf, Phrase):
            return {field: len(self._spans(leaf, field)) for field in fields}
        nearness = self._scorer.nearness[leaf.word, leaf.match]
        return {
            field: sum(nearness[have] * len(places) for have, places in self._places[field].items())
            for field in fields
        }

    def _near(self, node: Near, field: TextField) -> int:
        """Return how many places of the left thing have the right one near."""
        left = self._spans(node.left, field)
        right = self._spans(node.right, field) if left else []
        return len(
            {
                start
                for start, end in left
                for other, last in right
                if 1 <= other - end <= node.distance
                or (not node.ordered and 1 <= start - last <= node.distance)
            }
        )

    def _spans(self, place: Node, field: TextField) -> Spans:
        match place:
            case Or(children):
                return [span for child in children for span in self._spans(child, field)]
            case Term(word, match, scope) if scope in (None, field):
                return [(at, at) for at in self._of_word(word, match, field)]
            case Phrase(typed, slop, match, scope) if typed and scope in (None, field):
                return in_order([self._of_word(word, match, field) for word in typed], slop)
            case _:
                return []

    def _of_word(self, word: str, match: Match, field: TextField) -> list[int]:
        """Return the places of whatever a word reaches, ascending."""
        nearness = self._scorer.nearness[word, match]
        found = [
            at for have, places in self._places[field].items() if nearness[have] for at in places
        ]
        return sorted(found)


def in_order(words: Sequence[Sequence[int]], slop: int) -> Spans:
    """Return the first and last place wherever words follow in order, `slop` others between.

    words: the places of each, ascending.
    """
    found = []
    for first in words[0]:
        last: int | None = first
        for places in words[1:]:
            last = next((place for place in places if last is not None and place > last), None)
        if last is not None and last - first <= slop + len(words) - 1:
            found.append((first, last))
    return found


def _any_within(places: Sequence[int], begin: int, within: int) -> bool:
    """Tell whether one of some places, ascending, is among so many words from one on."""
    at = bisect_left(places, begin)
    return at < len(places) and places[at] < begin + within


def _places(words: Sequence[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for at, word in enumerate(words):
        found.setdefault(word, []).append(at)
    return found
