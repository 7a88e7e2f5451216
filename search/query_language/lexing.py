"""From the reader's text to lexemes: words, phrases, fields, operators, parentheses."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.function_words import is_function_word
from search.query_language.syntax import (
    FIELD_NAMES,
    FIELDS,
    MOST_APART,
    MOST_LEXEMES,
    OPERATORS,
    PROXIMITY,
    QUOTES,
)

_FIELD = "|".join(sorted(FIELDS, key=len, reverse=True))
# A number in groups of three is one word, as in a text. Commas and semicolons part words.
_NUMBER = r"\d{1,3}(?:[ \u00a0\u202f]\d{3}){1,5}(?!\w)"
_REST = rf"(?:[^\s(){QUOTES},;]|(?<=\d),(?=\d))"
_LEXEME = re.compile(
    rf"(?P<space>\s+)"
    rf"|(?P<field>(?i:{_FIELD}))\s?:(?=\s?\S)"
    rf"|AU\s+MOINS\s+(?P<least>\d{{1,3}})(?!\S)"
    rf"|(?P<exact>=)?[{QUOTES}](?P<phrase>[^{QUOTES}]*)(?P<closed>[{QUOTES}])?"
    rf"(?:~(?P<slop>\d{{1,3}})|\s+~(?P<apart>\d{{1,3}})(?!{_REST}))?"
    rf"|(?P<paren>[()])"
    rf"|(?P<sign>[-+](?=[\w(=~*?{QUOTES}]))"
    rf"|(?P<word>[=~]?(?:{_NUMBER}{_REST}*|{_REST}+))"
    rf"|(?P<other>.)",
    re.DOTALL,
)
_PROXIMITY = re.compile(rf"({'|'.join(PROXIMITY)})/(\d{{1,9}})", re.IGNORECASE)
# A query of so few words is no sentence: « ou » in it is rather meant as an operator.
_FEW = 6
_SMALL = {"ou": "OU", "sauf": "SAUF"}
_LIKE_A_FIELD = re.compile(r"([a-zà-ÿ_]{3,}):(?!//)")

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
            slop = int(part["slop"] or part["apart"] or 0)
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
            remarks += _no_field(part)
        if len(found) == MOST_LEXEMES:
            remarks.append(TOO_MANY)
            break
    remarks += _small_operators(found)
    return found


def _no_field(word: re.Match[str]) -> Iterator[str]:
    """Yield a remark on what is written like a field and is none: « title:macron »."""
    name = _LIKE_A_FIELD.match(word["word"])
    if name and word.string[word.start() + name.end() :][:1].strip():
        names = ", ".join(FIELD_NAMES.values())
        yield f"« {name[0]} » n'est pas un champ : c'est un mot. Les champs sont {names}."


def _small_operators(found: list[Lexeme]) -> Iterator[str]:
    """Yield a remark on each operator in small letters, between the words of a short query."""
    if len(found) <= _FEW and all(one.kind in ("word", "phrase") for one in found):
        for one in found[1:-1]:
            if one.kind == "word" and one.text in _SMALL:
                sign = _SMALL[one.text]
                yield f"« {one.text} » est lu comme un mot ; l'opérateur s'écrit {sign}."


def _in_a_sentence(field: re.Match[str], before: list[Lexeme]) -> bool:
    """Tell whether a name of a field is a word like any other: « impôt à la source : le point »."""
    spaced = field[0][-2].isspace() or field.string[field.end()].isspace()
    return (
        spaced and bool(before) and before[-1].kind == "word" and is_function_word(before[-1].text)
    )


def _word(text: str) -> Lexeme:
    if near := _PROXIMITY.fullmatch(text):
        return Lexeme("near", PROXIMITY[near[1].upper()], min(max(int(near[2]), 1), MOST_APART))
    return Lexeme(OPERATORS.get(text, "word"), text)
