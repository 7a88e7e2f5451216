"""What a single operand asks for: words, a name, a period; and how often a word must stand."""

from dataclasses import replace

from corpus.analysis import words
from index.fields import Facet, Match, TextField
from index.query import AtLeast, Dated, HasValue, Node, Or, Phrase, Term
from search.query_language.jokers import read_word
from search.query_language.lexing import Lexeme
from search.query_language.periods import read_period, turned
from search.query_language.syntax import AT_LEAST, FIELD_NAMES, Scope


def read_atom(lexeme: Lexeme, scope: Scope, remarks: list[str]) -> Phrase | HasValue | Dated | None:
    """Return what a word or a phrase asks for in a field, or None for nothing.

    What cannot be understood is told in `remarks`.
    """
    if isinstance(scope, Facet):
        return _name(lexeme, scope, remarks)
    if scope is Dated:
        return _period(lexeme, remarks)
    assert scope is None or isinstance(scope, TextField)
    if lexeme.kind == "phrase":
        reach = Match.EXACT if lexeme.exact else Match.FOLDED
        return Phrase(tuple(words(lexeme.text)), lexeme.number, reach, scope)
    return replace(read_word(lexeme.text, remarks), field=scope)


def counted(node: Node, least: int, remarks: list[str]) -> Node:
    """Return what holds a word so many times; each of several alternatives by itself."""
    match node:
        case Term(word, reach, field):
            return AtLeast(least, word, reach, field)
        case Or(children) if all(isinstance(child, Term) for child in children):
            remarks.append(f"« {AT_LEAST} {least} » compte chacun des mots à part.")
            return Or(tuple(counted(child, least, remarks) for child in children))
        case _:
            remarks.append(f"« {AT_LEAST} {least} » ne compte qu'un mot : il a été ignoré.")
            return node


def _name(lexeme: Lexeme, facet: Facet, remarks: list[str]) -> HasValue | None:
    whole = lexeme.exact or (lexeme.kind == "word" and lexeme.text.startswith("="))
    name = " ".join(lexeme.text.split()).strip("=~*?,;. ")
    if not words(name):
        remarks.append(f"« {FIELD_NAMES[facet]}: » sans nom à sa droite : il a été ignoré.")
        return None
    return HasValue(facet, name, whole)


def _period(lexeme: Lexeme, remarks: list[str]) -> Dated | None:
    period = read_period(lexeme.text)
    if period is None:
        remarks.append(
            f"« date:{lexeme.text[:40]} » n'est pas une période et a été ignoré : écrivez "
            "date:2015-11-26, date:2015 ou date:2015-11..2016-02."
        )
    elif period.since and period.until and period.since > period.until:
        remarks.append(f"« date:{lexeme.text[:40]} » : les deux dates ont été échangées.")
        period = turned(lexeme.text)
    return period
