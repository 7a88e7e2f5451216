"""The query language: from the reader's text to a tree. It never fails.

    requête  = ou
    ou       = et { ("OU" | "OR" | "|") et }
    et       = facteur { ["ET" | "AND" | "&"] facteur }
    facteur  = { "SAUF" | "NOT" | "-" | "+" } proche
    proche   = operande { ("PRES/" | "ADJ/") nombre operande }
    operande = { "AU MOINS" nombre } { champ ":" } atome
    atome    = "(" ou ")" | ["="] '"' mots '"' [ "~" nombre ] | ["=" | "~"] mot
    champ    = "titre" | "texte" | "auteur" | "source" | "rubrique" | "pays" | "acteur" | "date"

Words side by side mean ET. A word that analysis cuts into several (« États-Unis ») is a
phrase of them; * and ? in a word are jokers. Whatever cannot be understood is left out or
read as plain words, and a remark says so. Operators count only in capitals: « ou », « et »
and « sauf » are words. What is pasted from Europresse or Factiva is translated first.
"""

from dataclasses import dataclass, replace
from typing import TypeGuard

from index.query import And, Everything, Near, Node, Not, Or, Phrase, Place, Term
from search.query_language.lexing import Lexeme, lexemes
from search.query_language.operands import counted, read_atom
from search.query_language.syntax import (
    AS_SIGNS,
    AT_LEAST,
    FIELDS,
    MOST_CHARACTERS,
    MOST_DEPTH,
    MOST_WORDS,
    THEN,
    Scope,
)
from search.query_language.translating import translated


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a text was understood as.

    tree: what to search for; `Everything` for a text without words.
    remarks: what the reader should know, in French.
    """

    tree: Node
    remarks: tuple[str, ...] = ()


def parse(text: str) -> Parsed:
    """Return the tree that a reader's text means; linear in its length."""
    remarks: list[str] = []
    if len(text) > MOST_CHARACTERS:
        remarks.append(
            f"La requête a été coupée : seuls ses {MOST_CHARACTERS} premiers caractères comptent."
        )
        text = text[:MOST_CHARACTERS]
    text = translated(text.translate(AS_SIGNS), remarks)
    return _Parser(lexemes(text, remarks), remarks).parsed()


class _Parser:
    """A recursive descent over the lexemes; `_place` is the next one to read."""

    def __init__(self, found: list[Lexeme], remarks: list[str]) -> None:
        self._lexemes = found
        self._remarks = remarks
        self._place = 0
        self._words = 0

    def parsed(self) -> Parsed:
        parts = []
        while self._place < len(self._lexemes):
            parts.append(self._either(None, 0))
            if self._next("close"):
                self._place += 1
                self._remark("Parenthèse fermée en trop : elle a été ignorée.")
        tree = _joined(And, [part for part in parts if part is not None])
        if tree is None and self._lexemes and not self._remarks:
            self._remark("Aucun mot à chercher : voici tous les articles.")
        return Parsed(tree or Everything(), tuple(dict.fromkeys(self._remarks)))

    def _either(self, scope: Scope, depth: int) -> Node | None:
        parts = [self._both(scope, depth)]
        while self._next("or"):
            self._place += 1
            parts.append(self._both(scope, depth))
        found = [part for part in parts if part is not None]
        if len(found) < len(parts) and len(parts) > 1:
            self._remark("« OU » sans terme d'un côté : il a été ignoré.")
        return _joined(Or, found)

    def _both(self, scope: Scope, depth: int) -> Node | None:
        parts: list[Node] = []
        dangling = False
        while self._place < len(self._lexemes) and not self._next("or", "close"):
            if self._next("and"):
                self._place += 1
                dangling = dangling or not parts or self._next("or", "close", "and", "")
                continue
            part = self._factor(scope, depth)
            if part is not None:
                parts.append(part)
        if dangling:
            self._remark("« ET » sans terme d'un côté : il a été ignoré.")
        return _joined(And, parts)

    def _factor(self, scope: Scope, depth: int) -> Node | None:
        negated = False
        while self._next("not", "plus"):
            negated = negated or self._next("not")
            self._place += 1
        if negated and self._next("or", "close", "and", ""):
            self._remark("« SAUF » sans terme à sa droite : il a été ignoré.")
            return None
        found = self._near(scope, depth)
        return Not(found) if negated and found is not None else found

    def _near(self, scope: Scope, depth: int) -> Node | None:
        left = self._operand(scope, depth)
        pairs: list[Node] = []
        while self._next("near"):
            sign = self._lexemes[self._place]
            self._place += 1
            right = self._operand(scope, depth)
            if left is None or right is None:
                self._remark(
                    f"« {sign.text}/{sign.number} » sans terme d'un côté : il a été ignoré."
                )
                left = left or right
            else:
                pairs.append(self._close_by(left, right, sign))
                left = right
        return _joined(And, pairs) if pairs else left

    def _close_by(self, left: Node, right: Node, sign: Lexeme) -> Node:
        if is_place(left) and is_place(right):
            return Near(left, right, sign.number, sign.text == THEN)
        self._remark(
            f"« {sign.text}/{sign.number} » ne rapproche que des mots, des phrases et leurs "
            "alternatives (OU) : il est lu comme ET."
        )
        return And((left, right))

    def _operand(self, scope: Scope, depth: int) -> Node | None:
        least = 0
        start = self._place
        while self._next("field", "least"):
            lexeme = self._lexemes[self._place]
            if lexeme.kind == "least":
                least = lexeme.number
            else:
                scope = FIELDS[lexeme.text]
            self._place += 1
        if self._next("or", "close", "and", "not", "plus", "near", ""):
            if self._place > start:
                name = self._lexemes[self._place - 1]
                sign = f"{name.text}:" if name.kind == "field" else f"{AT_LEAST} {least}"
                self._remark(f"« {sign} » sans terme à sa droite : il a été ignoré.")
            return None
        found = self._atom(scope, depth)
        return counted(found, least, self._remarks) if least and found is not None else found

    def _atom(self, scope: Scope, depth: int) -> Node | None:
        lexeme = self._lexemes[self._place]
        self._place += 1
        if lexeme.kind == "open":
            return self._group(scope, depth)
        atom = read_atom(lexeme, scope, self._remarks)
        if isinstance(atom, Phrase):
            return self._leaf(atom)
        return atom if atom is not None and self._counts(1) else None

    def _group(self, scope: Scope, depth: int) -> Node | None:
        if depth == MOST_DEPTH:
            self._remark(
                f"Plus de {MOST_DEPTH} parenthèses emboîtées : les suivantes ne groupent plus."
            )
            return None
        found = self._either(scope, depth + 1)
        if self._next("close"):
            self._place += 1
        elif self._words <= MOST_WORDS:
            self._remark("Parenthèse non fermée : elle va jusqu'à la fin de la requête.")
        return found

    def _leaf(self, phrase: Phrase) -> Node | None:
        """Count the words of a leaf, and make a phrase of one word a term."""
        left = MOST_WORDS - self._words
        self._counts(len(phrase.words))
        phrase = replace(phrase, words=phrase.words[:left])
        if not phrase.words:
            return None
        if len(phrase.words) == 1:
            return Term(phrase.words[0], phrase.match, phrase.field)
        return phrase

    def _counts(self, more: int) -> bool:
        """Count words; tell whether all of them are still within the bound."""
        if self._words + more > MOST_WORDS:
            self._remark(f"Plus de {MOST_WORDS} mots : les suivants ont été ignorés.")
            self._place = len(self._lexemes)
        self._words = min(self._words + more, MOST_WORDS + 1)
        return self._words <= MOST_WORDS

    def _next(self, *kinds: str) -> bool:
        """Tell whether the next lexeme is of a kind; the end is of the kind ""."""
        at_end = self._place >= len(self._lexemes)
        return ("" if at_end else self._lexemes[self._place].kind) in kinds

    def _remark(self, text: str) -> None:
        self._remarks.append(text)


def is_place(node: Node) -> TypeGuard[Place]:
    """Tell whether a part of a tree has a place in a text that another can be near to."""
    match node:
        case Or(children):
            return all(is_place(child) for child in children)
        case _:
            return isinstance(node, Term | Phrase)


def _joined(kind: type[And] | type[Or], parts: list[Node]) -> Node | None:
    """Join parts by ET or OU, without an outer node around a single one."""
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else kind(tuple(parts))
