"""A word as the reader types it: its signs, its jokers, and the words that it holds."""

from corpus.analysis import words
from index.fields import Match
from index.query import Phrase
from search.query_language.syntax import (
    LEAST_LETTERS,
    LEAST_LETTERS_AFTER_STAR,
    MOST_QUESTION_MARKS,
    MOST_STARS,
)

_SIGNS = {"=": Match.EXACT, "~": Match.FUZZY}
# Letters that no word has stand for the jokers while analysis cuts a word out of its text.
_AS_LETTERS = str.maketrans({"*": "\ua7f8", "?": "\ua7f9"})
_AS_JOKERS = str.maketrans({"\ua7f8": "*", "\ua7f9": "?"})


def read_word(text: str, remarks: list[str]) -> Phrase:
    """Return the word or words of a lexeme, and how far they reach.

    Jokers that cannot be used are left out, and told in `remarks` unless they can only be
    punctuation.
    """
    match = _SIGNS.get(text[0], Match.STEMMED)
    bare = text.translate({ord("*"): " ", ord("?"): " "}).strip()
    plain = Phrase(tuple(words(bare)), 0, match)
    if not ("*" in text or "?" in text) or not plain.words:
        return plain
    with_jokers = [word.translate(_AS_JOKERS) for word in words(text.translate(_AS_LETTERS))]
    pattern = with_jokers[0]
    if len(with_jokers) == 1 and _narrow(pattern):
        if pattern.endswith("*") and pattern[:-1].isalnum():
            return Phrase((pattern[:-1],), 0, Match.PREFIX)
        return Phrase((pattern,), 0, Match.WILDCARD)
    if text.rstrip("?") == bare:
        return plain
    if len(with_jokers) > 1:
        remarks.append(f"Le joker de « {text[:40]} » est dans plusieurs mots : il a été ignoré.")
    else:
        remarks.append(
            f"Joker trop large : « {text[:40]} » demande au moins {LEAST_LETTERS} lettres "
            f"({LEAST_LETTERS_AFTER_STAR} après un astérisque initial) et au plus {MOST_STARS} "
            "astérisques ; il est lu comme un mot."
        )
    return plain


def _narrow(pattern: str) -> bool:
    """Tell whether a word with jokers may be looked up."""
    letters = len(pattern) - pattern.count("*") - pattern.count("?")
    least = LEAST_LETTERS_AFTER_STAR if pattern.startswith(("*", "?")) else LEAST_LETTERS
    few = pattern.count("*") <= MOST_STARS and pattern.count("?") <= MOST_QUESTION_MARKS
    return letters >= least and few
