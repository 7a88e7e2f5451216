"""French words that serve grammar: they tell nothing of what a text is about.

Closed classes alone: articles, pronouns, determiners, prepositions, conjunctions, question
words, the negation, and the commonest forms of être and avoir. « été », « suis », « sommes »,
« avions », « as », « contre », « entre », « sans » and the like are also something else, or
carry the sense of a question, and are not among them. They are indexed and searched like any
other word; where a search asks for any of several words, they only rank.
"""

from pathlib import Path

from corpus.analysis import fold

_WORDS = frozenset(Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").split())


def is_function_word(word: str) -> bool:
    """Tell whether a word serves grammar alone, whatever its accents and case."""
    return fold(word) in _WORDS
