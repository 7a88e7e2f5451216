"""Queries pasted from Europresse or Factiva, put into our language.

A text is taken for theirs when it holds what only they write: TIT_HEAD=, hd=, near5, w/5,
atleast3, wc>500, « date after », or « and » and « not » between two terms. Anything else is
left as it is. What has no equivalent is left out, and a remark says so.
"""

import re

from search.query_language.lexing import TOO_MANY
from search.query_language.pieces import Piece, is_factiva, pieces_of
from search.query_language.rewriting import Rewriting
from search.query_language.syntax import MOST_LEXEMES, QUOTES

# Cheap to look for: most queries hold nothing of the kind.
_SUSPECT = re.compile(r"(?i:[a-z]=|near\d|adj\d|w/\d|atleast|wc[<>]|date |/[nf]\d|and|not)|>\d")
_RESERVED = re.compile(r"and|or|not|without|same|date|adj\d{0,3}|near\d{1,3}|atleast\d{1,3}")

# Words of a query outside its phrases, and all of a phrase.
_WORD = re.compile(rf"[{QUOTES}][^{QUOTES}]*[{QUOTES}]?|[^\s()\[\]{QUOTES}]+")
_IN_CAPITALS = {"and": "ET", "or": "OU", "not": "SAUF"}
_SHOWN = 400


def translated(text: str, remarks: list[str]) -> str:
    """Return a query in our language; what could not be said in it is told in `remarks`."""
    if not _SUSPECT.search(text):
        return text
    pieces = pieces_of(text)
    factiva = any(is_factiva(piece) for piece in pieces)
    theirs = factiva or any(piece.kind in ("field", "more") for piece in pieces)
    if len(pieces) == MOST_LEXEMES:
        remarks.append(TOO_MANY)
    if theirs:
        found = Rewriting(remarks, side_by_side=factiva, grouped=not factiva).of(pieces)
        remarks.insert(0, f"Requête traduite d'Europresse ou de Factiva : {found[:_SHOWN]}")
        return found
    if _says_and(pieces):
        remarks.append("« and », « or » et « not » sont lus comme ET, OU et SAUF.")
        return _WORD.sub(lambda part: _IN_CAPITALS.get(part[0], part[0]), text)
    return text


def reserved(word: str) -> bool:
    """Tell whether a word may be taken for an operator of theirs."""
    return _RESERVED.fullmatch(word) is not None


def _says_and(pieces: list[Piece]) -> bool:
    """Tell whether « and » or « not » stands in small letters between two terms."""
    return any(
        one.text in ("and", "not")
        and before.kind in ("word", "quoted", "close")
        and after.kind in ("word", "quoted", "open", "not")
        for before, one, after in zip(pieces, pieces[1:], pieces[2:], strict=False)
    )
