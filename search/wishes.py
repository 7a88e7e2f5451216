"""What a search wishes for beside what it demands, so that the best articles come first.

Words that follow one another in the query had better do so in the article, and stand in its
lead; the article had better be about what they are about together. Where not all words can be
had, articles with any of them are found, and those with most come first.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from corpus.function_words import is_function_word
from index.engine import Engine, QueryTooCostly
from index.fields import Match, Sort, TextField
from index.query import (
    Akin,
    And,
    Early,
    Near,
    Node,
    Or,
    Phrase,
    Preferring,
    Query,
    Term,
    Together,
    Wish,
)
from index.ranking import (
    EARLY,
    FUNCTION_WORD,
    LEAD,
    PASSAGE,
    SIDE_BY_SIDE,
    TOGETHER,
    TOPIC,
)
from index.results import Hit, Results
from search.request import SearchRequest

_PLAIN = (Match.EXACT, Match.FOLDED, Match.STEMMED)
# More words than a headline has. A query pasted from a text is no sequence of words to keep.
_MOST_WORDS = 30


def preferring(tree: Node) -> Node:
    """Return a tree that finds the same, and prefers words early, and as in the query."""
    children = tree.children if isinstance(tree, And) else (tree,)
    sequence = [_plain(child) for child in children]
    # Words of grammar are left out: reading where « de » and « la » stand takes longer than all.
    wishes = (*_closeness(sequence, grammar=False), *_of_all(sequence))
    return Preferring(tree, wishes) if wishes else tree


def first_by_words(
    engine: Engine, request: SearchRequest, tree: Node, results: Results
) -> tuple[Hit, ...]:
    """Return articles that hold most of the words of a query, to fill its first page.

    results: all that answers the whole query; only where that is less than a page is more
    looked for. None of the articles returned is among them.
    """
    wider = any_word(tree)
    if wider is None or results.total >= request.size:
        return ()
    if request.page > 1 or request.order.sort is not Sort.RELEVANCE:
        return ()
    query = Query(wider, request.filters, limit=request.size, copies=request.copies)
    try:
        found = engine.search(query).hits
    except QueryTooCostly:
        return ()
    shown = {hit.article.id for hit in results.hits}
    others = [hit for hit in found if hit.article.id not in shown]
    return tuple(others[: request.size - len(shown)])


def any_word(tree: Node) -> Node | None:
    """Return what finds articles with any of the words of a query, or None for no such query.

    What the query demands or excludes otherwise stays. Words of phrases count by themselves,
    and words of grammar only rank.
    """
    if not isinstance(tree, And):
        return None
    children = tuple(_flattened(tree))
    if any(isinstance(child, Term | Phrase) and child.field for child in children):
        return None
    found = [list(_words(child)) for child in children]
    sequence = [word for one in found for word in one]
    grammar = [word for word in sequence if is_function_word(word.word)]
    wanted = tuple(dict.fromkeys(word for word in sequence if word not in grammar))
    if not wanted or len(sequence) < 2:
        return None
    others = tuple(child for child, one in zip(children, found, strict=True) if not one)
    wider = tuple(map(_widened, wanted))
    alternatives = wider[0] if len(wider) == 1 else Or(wider)
    wishes = [Wish(word, FUNCTION_WORD) for word in dict.fromkeys(grammar)]
    wishes += _closeness(list(sequence), grammar=True)
    wishes += _of_all(list(sequence))
    return Preferring(And((alternatives, *others)) if others else alternatives, tuple(wishes))


def _closeness(sequence: list[Term | None], grammar: bool) -> Iterator[Wish]:
    """Yield the wish that words stand as they follow one another; None parts them.

    grammar: whether words of grammar stand beside others; in any case others stand past them.
    """
    near = _past_grammar(sequence[:_MOST_WORDS])
    beside = _side_by_side(sequence[:_MOST_WORDS]) if grammar else ()
    for distance, left, right in dict.fromkeys((*beside, *near)):
        if left != right:
            # Titles put words side by side that texts keep apart, and the other way round.
            one, other = (replace(word, field=TextField.BODY) for word in (left, right))
            yield Wish(Near(one, other, distance, ordered=True), SIDE_BY_SIDE)


def _of_all(sequence: list[Term | None]) -> Iterator[Wish]:
    """Yield what is wished of words wherever they stand in the query."""
    yield from _early(sequence)
    yield from _together(sequence)
    yield from _topic(sequence)


def _together(sequence: list[Term | None]) -> Iterator[Wish]:
    """Yield the wish that one passage has most of the words: of two, `_closeness` says it."""
    words = _telling(sequence)
    if len(words) > 2:
        yield Wish(Together(words, PASSAGE), TOGETHER)


def _topic(sequence: list[Term | None]) -> Iterator[Wish]:
    """Yield the wish that the article is about what several words are about together."""
    words = (word.word for word in sequence if word and not is_function_word(word.word))
    if len(told := tuple(dict.fromkeys(words))) > 1:
        yield Wish(Akin(told), TOPIC)


def _early(sequence: list[Term | None]) -> Iterator[Wish]:
    """Yield the wish that the lead holds each word."""
    for word in _telling(sequence):
        yield Wish(Early(word, LEAD), EARLY)


def _telling(sequence: list[Term | None]) -> tuple[Term, ...]:
    """Return the words that are not of grammar, to be sought in the body."""
    words = dict.fromkeys(word for word in sequence[:_MOST_WORDS] if word)
    return tuple(
        replace(word, field=TextField.BODY) for word in words if not is_function_word(word.word)
    )


def _side_by_side(sequence: list[Term | None]) -> Iterator[tuple[int, Term, Term]]:
    for left, right in pairwise(sequence):
        if left and right:
            yield 1, left, right


def _past_grammar(sequence: list[Term | None]) -> Iterator[tuple[int, Term, Term]]:
    """Yield words that follow one another past words of grammar, with their distance."""
    last: tuple[int, Term] | None = None
    for place, word in enumerate(sequence):
        if word is None:
            last = None
        elif not is_function_word(word.word):
            if last:
                yield place - last[0], last[1], word
            last = place, word


def _flattened(tree: And) -> Iterator[Node]:
    """Yield what an And demands, parentheses apart."""
    for child in tree.children:
        yield from _flattened(child) if isinstance(child, And) else (child,)


def _widened(word: Term) -> Term:
    return replace(word, match=Match.DERIVED) if word.match is Match.STEMMED else word


def _plain(node: Node) -> Term | None:
    """Return a word that may be looked for anywhere; None for anything else."""
    return node if isinstance(node, Term) and node.match in _PLAIN and not node.field else None


def _words(node: Node) -> Iterator[Term]:
    """Yield the words of a part of the query; none for what is no word or phrase."""
    match node:
        case Phrase(typed, _, match, None):
            reach = Match.STEMMED if match is Match.FOLDED else match
            yield from (Term(word, reach) for word in typed)
        case Term(word, Match.WILDCARD, None) if "*" not in word and word.find("?") > 1:
            # « Qui a gagné? »: the sign ends a question.
            yield Term(word.rstrip("?"), Match.STEMMED) if "?" not in word.rstrip("?") else node
        case Term(_, _, None):
            yield node
