"""Cuts a pasted query into pieces: words, fields, operators of Europresse and Factiva."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from search.query_language.foreign import EUROPRESSE_FIELDS, FACTIVA_FIELDS, LEFT_OUT
from search.query_language.syntax import MOST_LEXEMES, QUOTES

_FIELDS = "|".join([*EUROPRESSE_FIELDS, "[A-Z]{2,}_[A-Z]{2,}"])
_CODES = "|".join(sorted([*FACTIVA_FIELDS, *LEFT_OUT], key=len, reverse=True))
_EUROPRESSE = re.compile(rf"(?:{_FIELDS})=")
_DAY = r"[^\s()]+"
_PIECE = re.compile(
    rf"(?P<quoted>[{QUOTES}][^{QUOTES}]*[{QUOTES}]?(?:~\d{{1,3}}|\s+~\d{{1,3}}(?![^\s()]))?)"
    rf"|(?P<field>(?<![\w:=])(?:(?:{_FIELDS})|(?i:{_CODES}))=)"
    rf"|(?P<period>(?<!\S)(?i:date)[ ](?:(?i:from)[ ]{_DAY}[ ](?i:to)[ ]{_DAY}"
    rf"|(?i:after|before|on)[ ]{_DAY}))"
    rf"|(?P<size>(?i:wc)[<>]\d+)"
    rf"|/(?P<within>[NnFf])(?P<within_distance>\d{{1,3}})/"
    rf"|(?P<more>(?<!\S)>\d{{1,3}}(?![^\s()]))"
    rf"|(?P<open>[(\[])|(?P<close>[)\]])"
    rf"|(?P<word>(?:[^\s()\[\]{QUOTES}/]|/(?![NnFf]\d{{1,3}}/))+)"
    rf"|(?P<space>\s+)|(?P<other>.)",
    re.DOTALL,
)
_SIGN = re.compile(
    r"(?i:(?:near|pr[eè]s)/?(?P<near>\d{1,3})|(?:adj/?|w/)(?P<then>\d{1,3})|(?P<beside>adj)"
    r"|atleast(?P<least>\d{1,3})|(?P<same>same)|(?P<boolean>and|or|not|without))"
    r"|(?P<ours>ET|OU|SAUF|[&|!])|(?P<around>[%$@])(?P<distance>\d{0,3})"
)
_BOOLEAN = {"ET": "and", "&": "and", "OU": "or", "|": "or", "SAUF": "not", "!": "not",
            "without": "not"}  # fmt: skip
_ONLY_THEIRS = re.compile(r"(?i:near\d{1,3}|adj\d{1,3}|w/\d{1,3}|atleast\d{1,3})")
_END_OF_TERM = frozenset({"word", "quoted", "close", "period", "size", "more", "first"})
_BEGIN_OF_TERM = frozenset({"word", "quoted", "open", "field", "period", "size", "not", "least"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a pasted query.

    kind: word, quoted, field, period, size, more, open, close, or an operator: and, or, not,
        near, then, least, first.
    number: of an operator, its distance or count.
    """

    kind: str
    text: str
    number: int = 0


def pieces_of(text: str) -> list[Piece]:
    """Return the pieces of a text, MOST_LEXEMES at most.

    Operators that have no term beside them are the words that they may be.
    """
    return _in_place(list(islice(_pieces(text), MOST_LEXEMES)))


def is_factiva(piece: Piece) -> bool:
    """Tell whether only Factiva writes a piece so."""
    return (
        piece.kind in ("size", "period", "first")
        or (piece.kind == "field" and not _EUROPRESSE.fullmatch(piece.text))
        or (piece.kind == "near" and piece.text.startswith("/"))
        or (piece.kind != "word" and bool(_ONLY_THEIRS.fullmatch(piece.text)))
    )


def _pieces(text: str) -> Iterator[Piece]:
    for part in _PIECE.finditer(text):
        kind = part.lastgroup or ""
        if part["within"]:
            kind = "near" if part["within"] in "Nn" else "first"
            yield Piece(kind, part[0], int(part["within_distance"]))
        elif kind == "more":
            yield Piece("more", part[0], int(part[0][1:]) + 1)
        elif kind == "word":
            yield _word(part[0])
        elif kind not in ("space", "other"):
            yield Piece(kind, part[0])


def _word(text: str) -> Piece:
    sign = _SIGN.fullmatch(text)
    if sign is None:
        return Piece("word", text)
    if found := sign["ours"] or sign["boolean"]:
        return Piece(_BOOLEAN.get(found, _BOOLEAN.get(found.lower(), found.lower())), text)
    for kind in ("least", "near", "then"):
        if sign[kind]:
            return Piece(kind, text, int(sign[kind]))
    if sign["beside"]:
        return Piece("then", text, 1)
    distance = int(sign["distance"] or 0)
    return Piece("near" if distance and text.startswith("%") else "around", text, distance)


def _in_place(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces, operators that have no term beside them as the words they may be."""
    ends = [Piece("", "")]
    return [
        piece if _has_terms(before.kind, piece.kind, after.kind) else Piece("word", piece.text)
        for before, piece, after in zip(ends + pieces, pieces, pieces[1:] + ends, strict=False)
    ]


def _has_terms(before: str, kind: str, after: str) -> bool:
    """Tell whether an operator has the terms that it needs; anything else needs none."""
    if kind in ("near", "then", "around", "and", "or"):
        return before in _END_OF_TERM and after in _BEGIN_OF_TERM
    return kind not in ("least", "not") or after in _BEGIN_OF_TERM
