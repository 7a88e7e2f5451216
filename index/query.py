"""A query as data: what every engine answers, free of any engine's syntax.

The reader's text becomes such a tree in `search.query_language`; engines translate
the tree. Words in a tree are as the reader typed them, already cut into tokens by
`corpus.analysis`; how far each one reaches is its `match`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from index.fields import Facet, Interval, Match, Sort, TextField


@dataclass(frozen=True, slots=True)
class Everything:
    """Every article."""


@dataclass(frozen=True, slots=True)
class Term:
    """Articles that hold a word, in one field or (field None) in any."""

    word: str
    match: Match = Match.STEMMED
    field: TextField | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """Articles that hold words side by side and in order, in one field.

    slop: how many other words may stand between the first and the last, in all.
    match: how far each word reaches.
    """

    words: tuple[str, ...]
    slop: int = 0
    match: Match = Match.FOLDED
    field: TextField | None = None


@dataclass(frozen=True, slots=True)
class And:
    """Articles that match every child. Without children: every article."""

    children: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Articles that match a child at least. Without children: none."""

    children: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Articles that do not match the child."""

    child: "Node"


@dataclass(frozen=True, slots=True)
class AtLeast:
    """Articles that hold a word `count` times or more, all fields together."""

    count: int
    word: str
    match: Match = Match.STEMMED
    field: TextField | None = None


@dataclass(frozen=True, slots=True)
class Near:
    """Articles in which two things stand close by, in one field.

    left, right: words, phrases, or alternatives of those.
    distance: the last word of one and the first of the other are at most so many words
        apart; 1 is side by side. They share no word.
    ordered: whether `left` must come first.
    """

    left: "Place"
    right: "Place"
    distance: int
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Early:
    """Articles that hold a word in the lead of their body, its first `within` words.

    word: sought in the body, whatever its field; a wish for it is as rare as the word is there.
    """

    word: Term
    within: int


@dataclass(frozen=True, slots=True)
class Akin:
    """Every article; a wish for it prefers those about what words are about (`index.topics`)."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Together:
    """Every article; a wish for it prefers those whose body has many words in one passage.

    words: sought in the body, whatever their field. within: of how many words a passage is.
    """

    words: tuple[Term, ...]
    within: int


@dataclass(frozen=True, slots=True)
class HasValue:
    """Articles that have a value of a facet, by its name as a reader writes it.

    A country is meant by its code or any of its names. Else the words of `name` must stand
    side by side in the value's label, whatever their accents and case.

    whole: whether they must be all the words of the label.
    """

    facet: Facet
    name: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Dated:
    """Articles published in a period, both days included; None leaves that end open."""

    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """What an article had better hold: a word, two close by, one early, many together, a topic.

    weight: which part of its score counts. Two words close by are as rare as the mean of
    the words is, a word in the lead as the word is, words in one passage as those that the best
    passage has are together, a topic as all its words are.
    """

    leaf: "Term | Near | Early | Together | Akin"
    weight: float


@dataclass(frozen=True, slots=True)
class Preferring:
    """Articles that match a child; those that have more of what is wished for come first."""

    child: "Node"
    wishes: tuple[Wish, ...]


Place = Term | Phrase | Or
Leaf = Term | Phrase | AtLeast | Near | Early | Together | Akin | HasValue | Dated
Node = Everything | And | Or | Not | Preferring | Leaf


def leaves(node: Node, negated: bool = True) -> Iterator[Leaf]:
    """Yield the leaves of a tree from left to right; those under a NOT only if `negated`.

    Wishes come after what they are added to.
    """
    match node:
        case And(children) | Or(children):
            for child in children:
                yield from leaves(child, negated)
        case Not(child):
            if negated:
                yield from leaves(child, negated)
        case Preferring(child, wishes):
            yield from leaves(child, negated)
            yield from (wish.leaf for wish in wishes)
        case Everything():
            return
        case _:
            yield node


def demanded(tree: Node) -> Node:
    """Return a tree without its wishes, for an engine that has no place for them."""
    return tree.child if isinstance(tree, Preferring) else tree


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a result: OR inside one facet, AND between facets.

    values: (facet, value) pairs of which an article must have, for each facet
        that occurs, one value at least.
    excluded: (facet, value) pairs that an article must not have.
    since, until: first and last day of publication, both included; with either,
        undated articles do not match.
    """

    values: frozenset[tuple[Facet, str]] = frozenset()
    excluded: frozenset[tuple[Facet, str]] = frozenset()
    since: date | None = None
    until: date | None = None

    def selected(self, facet: Facet) -> frozenset[str]:
        """Return the values selected in one facet."""
        return frozenset(value for which, value in self.values if which is facet)


@dataclass(frozen=True, slots=True)
class Query:
    """Everything an engine needs to answer one page.

    facets: (facet, how many values) pairs, the facets to count.
    interval: the width of the histogram's bars, or None for no histogram.
    copies: whether the copies of an article match too, or only the lead of each family.
    offset, limit: which hits to return; both count from the best hit.
    """

    tree: Node = field(default_factory=Everything)
    filters: Filters = field(default_factory=Filters)
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 10
    facets: tuple[tuple[Facet, int], ...] = ()
    interval: Interval | None = None
    copies: bool = False
