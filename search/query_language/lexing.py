"""From the reader's text to lexemes: words, phrases, fields, operators, parentheses."""

import re
from dataclasses import dataclass

from corpus.function_words import is_function_word
from search.query_language.syntax import FIELDS, MOST_LEXEMES, OPERATORS, PROXIMITY, QUOTES

_FIELD = "|".join(sorted(FIELDS, key=len, reverse=True))
_LEXEME = re.compile(
    rf"(?P<space>\s+)"
    rf"|(?P<field>(?i:{_FIELD}))\s?:(?=\s?\S)"
    rf"|AU\s+MOINS\s+(?P<least>\d{{1,3}})(?!\S)"
    rf"|(?P<exact>=)?[{QUOTES}](?P<phrase>[^{QUOTES}]*)(?P<closed>[{QUOTES}])?"
    rf"(?:~(?P<slop>\d{{1,3}}))?"
    rf"|(?P<paren>[()])"
    rf"|(?P<sign>[-+](?=[\w(=~*?{QUOTES}]))"
    rf"|(?P<word>[=~]?[^\s(){QUOTES}]+)"
    rf"|(?P<other>.)",
    re.DOTALL,
)
_PROXIMITY = re.compile(rf"({'|'.join(PROXIMITY)})/(\d{{1,3}})")

TOO_MANY = f"La requête a été coupée après {MOST_LEXEMES} mots et signes."


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A part of a query.

    kind: field, phrase, open, close, or, and, not, plus, near, least or word.
    text: what it says, without its signs: of a field the name, of "near" the operator.
    number: the slop of a phrase, the distance of "near", the count of "least".
    exact: whether a phrase is to be found as it is spelt.
    """

    kind: str
    text: str
    number: int = 0
    exact: bool = False


def lexemes(text: str, remarks: list[str]) -> list[Lexeme]:
    """Cut a text into lexemes, linearly; what is odd is told in `remarks`."""
    found = []
    for part in _LEXEME.finditer(text):
        if part["space"]:
            continue
        if part["phrase"] is not None:
            if part["closed"] is None:
                remarks.append("Guillemet non fermé : la phrase va jusqu'à la fin de la requête.")
            slop = int(part["slop"] or 0)
            found.append(Lexeme("phrase", part["phrase"], slop, part["exact"] is not None))
        elif part["field"] and _in_a_sentence(part, found):
            found.append(_word(part["field"]))
        elif part["field"]:
            found.append(Lexeme("field", part["field"].lower()))
        elif part["least"]:
            found.append(Lexeme("least", part["least"], max(int(part["least"]), 1)))
        elif part["paren"]:
            found.append(Lexeme("open" if part["paren"] == "(" else "close", part["paren"]))
        elif part["sign"]:
            found.append(Lexeme("not" if part["sign"] == "-" else "plus", part["sign"]))
        elif part["word"]:
            found.append(_word(part["word"]))
        if len(found) == MOST_LEXEMES:
            remarks.append(TOO_MANY)
            break
    return found


def _in_a_sentence(field: re.Match[str], before: list[Lexeme]) -> bool:
    """Tell whether a name of a field is a word like any other: « impôt à la source : le point »."""
    spaced = field[0][-2].isspace() or field.string[field.end()].isspace()
    return (
        spaced and bool(before) and before[-1].kind == "word" and is_function_word(before[-1].text)
    )


def _word(text: str) -> Lexeme:
    if near := _PROXIMITY.fullmatch(text):
        return Lexeme("near", PROXIMITY[near[1]], max(int(near[2]), 1))
    return Lexeme(OPERATORS.get(text, "word"), text)
