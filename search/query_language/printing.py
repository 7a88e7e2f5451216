"""From a tree back to a text that a reader may edit: parsing it gives the same tree.

That holds for every tree that `parse` makes. A phrase of inflected words is written with
hyphens, as « États-Unis » is; it comes from such words only.
"""

import re

from corpus.analysis import words
from index.fields import Facet, Match, TextField
from index.query import (
    Akin,
    And,
    AtLeast,
    Dated,
    Early,
    Everything,
    HasValue,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Preferring,
    Term,
    Together,
)
from search.query_language.periods import period_text
from search.query_language.syntax import AT_LEAST, FIELD_NAMES, NEAR, OPERATORS, THEN
from search.query_language.translating import reserved

_THOUSANDS = re.compile(r"\d{3}(?!\w)")
_APART = re.compile(r"~\d{1,3}(?!\S)")
_PLAIN_NAME = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def to_text(tree: Node) -> str:
    """Return the text of a tree; nothing for every article."""
    match tree:
        case Everything() | Together() | Akin():
            return ""
        case And(children):
            return _one_after_another([_within_and(child) for child in children])
        case Or(children):
            return " OU ".join(_grouped(child, Or) for child in children)
        case Preferring(child) | Early(child):
            return to_text(child)
        case Not(child):
            return "-" + _grouped(child, And, Or, Not, Near)
        case Near(left, right, distance, ordered):
            sign = THEN if ordered else NEAR
            return f"{_grouped(left, Or)} {sign}/{distance} {_grouped(right, Or)}"
        case AtLeast(count, word, match, field):
            return f"{AT_LEAST} {count} {_field(field)}{_word(word, match)}"
        case Term(word, match, field):
            return _field(field) + _word(word, match)
        case Phrase(_, _, _, field):
            return _field(field) + _phrase(tree)
        case HasValue(facet, name, whole):
            plain = _PLAIN_NAME.fullmatch(name) and name not in OPERATORS
            shown = name if plain and not whole else f'"{name}"'
            return f"{_field(facet)}{'=' if whole else ''}{shown}"
        case Dated():
            return f"{FIELD_NAMES[Dated]}:{period_text(tree)}"


def _one_after_another(texts: list[str]) -> str:
    """Join parts by spaces, which mean ET: in « 5 000 » and « "a b" ~5 » they would not."""
    found = texts[0]
    for text in texts[1:]:
        number = found[-1:].isdigit() and _THOUSANDS.match(text)
        distance = found.endswith('"') and _APART.match(text)
        found += f" ET {text}" if number or distance else f" {text}"
    return found


def _within_and(node: Node) -> str:
    return _grouped(node, And, Or)


def _grouped(node: Node, *kinds: type) -> str:
    """Return the text of a part, in parentheses if it is of one of the kinds."""
    return f"({to_text(node)})" if isinstance(node, kinds) else to_text(node)


def _field(field: TextField | Facet | None) -> str:
    return f"{FIELD_NAMES[field]}:" if field else ""


def _word(word: str, match: Match) -> str:
    match match:
        case Match.EXACT:
            return f"={word}"
        case Match.FOLDED:
            return f'"{word}"'
        case Match.FUZZY:
            return f"~{word}"
        case Match.PREFIX:
            return f"{word}*"
        case Match.STEMMED if reserved(word):
            # In parentheses, a word that is an operator to Factiva is a word again.
            return f"({word})"
        case _:
            return word


def _phrase(phrase: Phrase) -> str:
    slop = f"~{phrase.slop}" if phrase.slop else ""
    match phrase.match:
        case Match.STEMMED if not slop:
            return _side_by_side(phrase.words, "-", "/")
        case Match.FUZZY if not slop:
            return "~" + _side_by_side(phrase.words, "-", "/")
        case Match.EXACT:
            return f'="{_side_by_side(phrase.words, " ", " / ")}"{slop}'
        case _:
            return f'"{_side_by_side(phrase.words, " ", " / ")}"{slop}'


def _side_by_side(typed: tuple[str, ...], *joints: str) -> str:
    """Join words so that analysis parts them again: « 5 000 » would be one number."""
    texts = [joint.join(typed) for joint in joints]
    return next((text for text in texts if tuple(words(text)) == typed), texts[-1])
