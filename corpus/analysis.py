"""French analysis: from text to words, for indexing, queries and snippets alike.

A text is cut into tokens whose words are surface forms: NFC, without elided
article, lower case, accents kept. How far a word reaches is decided at query time by
`fold` (accents, ligatures and case) and `stem` (inflections, on folded words).
Stop words are kept: « été », « est », « LR » and « EI » are words like any other, and
BM25 already discounts the common ones.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, islice
from typing import NamedTuple
from unicodedata import normalize

from unidecode import unidecode

from corpus.derivation import root_folded
from corpus.stemming import stem_folded

# Part of an index's stamp: raise it whenever the same text would give other words.
ANALYSIS_VERSION = 3

APOSTROPHES = "'\u2019\u2018\u02bc\u2032\uff07"
_MARK = f"[{APOSTROPHES}]"
_STRAIGHT = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
_SPACE = r"[ \u00a0\u202f.]"
_INITIAL = "[A-ZÀ-ÖØ-ÞŒa-zà-öø-ÿœ]"

# U+02BC is a letter to Unicode and an apostrophe to newspapers; combining marks are no
# letters to `re` and belong to the letter before them.
_LETTERS = r"[^\W_\u02bc]+(?:[\u0300-\u036f]+[^\W_\u02bc]*)*"
_ELIDED = rf"(?i:jusqu|quoiqu|lorsqu|puisqu|qu|[lmtnsjdcç]){_MARK}(?=\w)"
_WHOLE = (
    rf"(?i:aujourd{_MARK}hui|prud{_MARK}hom[^\W_]+|quelqu{_MARK}une?|"
    rf"entr{_MARK}[^\W_]+|presqu{_MARK}[iî]les?)(?!\w)"
)
_ACRONYM = rf"(?:{_INITIAL}\.){{2,}}(?:{_INITIAL}(?!\w))?"
_NUMBER = (
    rf"(?<!\d[.,])(?:\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\w)(?:,\d+(?!\w))?|\d+[.,]\d+(?![.,]?\w))"
)
# Nine tokens in ten: tried first, it halves the time of the whole.
_PLAIN = rf"[^\W\d_\u02bc]{{2,}}(?![\w{APOSTROPHES}\u0300-\u036f])"
_TOKEN = re.compile(
    rf"(?<![^\W_\u02bc])(?:{_PLAIN}|(?!{_ELIDED})(?:{_WHOLE}|{_ACRONYM}|{_NUMBER}|{_LETTERS}))"
)
_DIGITS = re.compile(rf"(?:\d|,|{_SPACE})+")
# The only words with spaces inside: numbers in groups of three. A full stop parts them as well.
_GROUPED = re.compile(r"\d[ \u00a0\u202f]\d{3}(?!\d)")
_GROUPS = re.compile(rf"(?<![^\W_\u02bc])(?<!\d[.,])\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\w)")
_DOTTED = str.maketrans(dict.fromkeys(" \u00a0\u202f", "."))
_PIECE = re.compile(r"\S+")
_PUNCTUATION = '.,;:!?…()[]«»“”"–—'
_THOUSANDS = re.compile(rf"{_SPACE}(?=\d{{3}}(?!\d))")


class Token(NamedTuple):
    """A word and where it stands: `source[start:end]` is what it was read from.

    A tuple, because a page makes thousands: a frozen dataclass takes three times as long.
    """

    text: str
    start: int
    end: int


def tokenize(text: str) -> Iterator[Token]:
    """Yield the tokens of a text, with offsets into that very text."""
    for found in _TOKEN.finditer(text):
        yield Token(_surface(found[0]), *found.span())


def words(text: str) -> list[str]:
    """Return the words of a text, in order: the tokens without their offsets."""
    return list(chain.from_iterable(map(words_of, pieces(text))))


def tokens_between(text: str, first: int, last: int) -> list[Token]:
    """Return the tokens [first, last) of a text; those before are counted, not located."""
    seen, start, end = 0, -1, len(text)
    for piece in _PIECE.finditer(_without_groups(text)):
        before, seen = seen, seen + len(words_of(piece[0]))
        if start < 0 and seen > first:
            start, skipped = piece.start(), first - before
        if seen >= last:
            end = piece.end()
            break
    if start < 0:
        return []
    found = islice(tokenize(text[start:end]), skipped, skipped + last - first)
    return [Token(token.text, token.start + start, token.end + start) for token in found]


def pieces(text: str) -> list[str]:
    """Cut a text at its spaces: the words of the pieces, in order, are those of the text."""
    return _without_groups(text).split()


def grouped(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the numbers begin and end that may have spaces inside."""
    return (found.span() for found in _GROUPS.finditer(text))


def _without_groups(text: str) -> str:
    """Return a text, as long as before, in which no number has spaces inside."""
    if _GROUPED.search(text):
        return _GROUPS.sub(lambda found: found[0].translate(_DOTTED), text)
    return text


def cut_piece(piece: str) -> tuple[str, ...]:
    """Return the words of a piece of text; spaces in it, if any, are inside numbers."""
    bare = piece.strip(_PUNCTUATION)
    if bare.isascii() and bare.isalpha():
        return (bare.lower(),)
    if bare.isalpha() and "\u02bc" not in bare:
        return (_composed(bare.lower()),)
    return tuple(map(_surface, _TOKEN.findall(piece.translate(_DOTTED))))


# Texts repeat their pieces: 7.5 million of 29,576 articles are 293,000 different ones.
words_of = lru_cache(maxsize=1 << 16)(cut_piece)


@lru_cache(maxsize=1 << 16)
def _surface(raw: str) -> str:
    """Return the surface form of one token as it stands in a text."""
    if raw.isalpha():
        return _composed(raw.lower())
    if _DIGITS.fullmatch(raw):
        return _THOUSANDS.sub("", raw).replace(".", ",")
    return _composed(raw.translate(_STRAIGHT).replace(".", "").lower())


def _composed(word: str) -> str:
    """Return a word in NFC, unless it is a word no more: NFC parts some letters of Hebrew."""
    composed = normalize("NFC", word)
    return composed if composed.isalpha() or _TOKEN.fullmatch(composed) else word


# What Unidecode makes of the letters of Latin-1 and Latin Extended-A, in a fifth of its time.
_LATIN = {
    point: plain for point in range(0xC0, 0x180) if (plain := unidecode(chr(point))).isalpha()
}


@lru_cache(maxsize=1 << 18)
def fold(word: str) -> str:
    """Return a word without accents, ligatures and case: « Œuvré » gives "oeuvre".

    Applied word by word, never to a whole text, so that offsets stay true. A word of
    which nothing would be left (a symbol Unidecode has no letters for) is kept.
    """
    if word.isascii() or (word := word.translate(_LATIN)).isascii():
        return word.lower()
    folded = "".join(unidecode(normalize("NFC", word)).split()).lower()
    return folded or word.lower()


@lru_cache(maxsize=1 << 18)
def stem(word: str) -> str:
    """Return the stem of a word: the same for its inflections, with accents or without."""
    return stem_folded(fold(word))


@lru_cache(maxsize=1 << 18)
def root(word: str) -> str:
    """Return the root of a word, folded: most words of the same make begin with it and share it."""
    return root_folded(fold(word))
