"""Misspelt words: what the index's own vocabulary makes of them."""

from collections.abc import Iterator
from dataclasses import replace

from corpus.analysis import fold
from corpus.function_words import is_function_word
from index.engine import Engine, QueryTooCostly
from index.query import And, Match, Node, Not, Or, Query, Term, leaves
from search.query_language.parsing import parse
from search.query_language.printing import to_text

# Shorter words are acronyms and words of grammar: one letter makes another word of them.
_LEAST_LETTERS = 4
# A word is taken for misspelt where another is so many times as common.
_COMMONER = 20
# Of the nearest words, as many are tried together with the rest of the query.
_TRIED = 4
# Words that are looked at: what is pasted from a text is not a search with a slip.
_MOST_WORDS = 16


def corrected(engine: Engine, text: str) -> str | None:
    """Return a query with its misspelt words put right, None where none seems to be.

    A word is replaced by one that the index holds, an edit or two away; of several, by the
    one with which the query finds its best article.
    """
    tree = parse(text).tree
    right = tree
    for word in list(_doubtful(tree))[:_MOST_WORDS]:
        best = max(
            _candidates(engine, word),
            key=lambda one: _promise(engine, right, word, one),
            default=None,
        )
        if best:
            right = _with(right, word, best)
    return to_text(right) if right != tree else None


def _doubtful(tree: Node) -> Iterator[Term]:
    """Yield the words that may be misspelt."""
    for leaf in dict.fromkeys(leaves(tree, negated=False)):
        if (
            isinstance(leaf, Term)
            and leaf.match in (Match.STEMMED, Match.FOLDED, Match.EXACT)
            and len(leaf.word) >= _LEAST_LETTERS
            and leaf.word.isalpha()
            and not is_function_word(leaf.word)
        ):
            yield leaf


def _candidates(engine: Engine, word: Term) -> list[str]:
    """Return what a word may be a slip of: none where the index holds it often enough."""
    held = engine.search(Query(replace(word, field=None), limit=0, copies=True)).total
    near = engine.neighbours(word.word)
    if word.match is Match.EXACT:  # the accents first: those of the commonest spelling
        alike = [one.text for one in near if fold(one.text) == fold(word.word)]
        if alike and alike[0] != word.word:
            return alike if not held else []
    others = [one for one in near if fold(one.text) != fold(word.word)]
    return [one.text for one in others if one.articles > _COMMONER * held][:_TRIED]


def _promise(engine: Engine, tree: Node, word: Term, instead: str) -> float:
    """Return the score of the best article for a query with a word put right."""
    whole = _with(tree, word, instead)
    children = whole.children if isinstance(whole, And) else (whole,)
    some = tuple(one for one in children if not isinstance(one, Not))
    try:
        hits = engine.search(Query(Or(some), limit=1, copies=True)).hits
    except QueryTooCostly:
        return 0.0
    return hits[0].score if hits else 0.0


def _with(node: Node, word: Term, instead: str) -> Node:
    """Return a tree with another word in the place of one."""
    match node:
        case And(children):
            return And(tuple(_with(child, word, instead) for child in children))
        case Or(children):
            return Or(tuple(_with(child, word, instead) for child in children))
        case _:
            return replace(word, word=instead) if node == word else node


def within_edits(one: str, other: str, most: int) -> bool:
    """Tell whether at most so many insertions, deletions or substitutions part two words.

    Levenshtein's distance, by rows, given up as soon as a whole row exceeds `most`.
    """
    if abs(len(one) - len(other)) > most:
        return False
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, against in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (letter != against))
        if min(row) > most:
            return False
    return row[-1] <= most
