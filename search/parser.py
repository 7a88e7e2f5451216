"""The query language: from the reader's text to a tree. It never fails.

    requête     = ou
    ou          = et { ("OU" | "OR" | "|") et }
    et          = facteur { ["ET" | "AND" | "&"] facteur }
    facteur     = { "SAUF" | "NOT" | "-" | "+" } [ champ ":" ] atome
    atome       = "(" ou ")" | '"' mots '"' [ "~" nombre ] | ["=" | "~"] mot ["*"]
    champ       = "titre" | "texte"

Words side by side mean ET. A word that analysis cuts into several (« États-Unis ») is a
phrase of them. Whatever cannot be understood is left out or read as plain words, and a
remark says so. Operators count only in capitals: « ou », « et » and « sauf » are words.
"""

import re
from dataclasses import dataclass, replace

from corpus.analysis import words
from index.query import And, Everything, Match, Node, Not, Or, Phrase, Term, TextField

MOST_CHARACTERS = 2000
MOST_WORDS = 64
MOST_DEPTH = 20
SHORTEST_PREFIX = 2

FIELDS = {"titre": TextField.TITLE, "texte": TextField.BODY}
FIELD_NAMES = {field: name for name, field in FIELDS.items()}
OPERATORS = {
    **dict.fromkeys(("OU", "OR", "|"), "or"),
    **dict.fromkeys(("ET", "AND", "&"), "and"),
    **dict.fromkeys(("SAUF", "NOT"), "not"),
}

_QUOTES = '"«»“”„'
_LEXEME = re.compile(
    rf"(?P<space>\s+)"
    rf"|(?P<field>(?i:titre|texte)\s?:(?=\s?[^\s]))"
    rf"|[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)(?P<closed>[{_QUOTES}])?(?:~(?P<slop>\d{{1,3}}))?"
    rf"|(?P<paren>[()])"
    rf"|(?P<sign>[-+](?=[\w(=~{_QUOTES}]))"
    rf"|(?P<word>[=~]?[^\s(){_QUOTES}]+)"
    rf"|(?P<other>.)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a text was understood as.

    tree: what to search for; `Everything` for a text without words.
    remarks: what the reader should know, in French.
    """

    tree: Node
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Lexeme:
    """kind: field, phrase, open, close, or, and, not, word; text: what stands there."""

    kind: str
    text: str
    slop: int = 0


def parse(text: str) -> Parsed:
    """Return the tree that a reader's text means; linear in its length."""
    remarks: list[str] = []
    if len(text) > MOST_CHARACTERS:
        remarks.append(
            f"La requête a été coupée : seuls ses {MOST_CHARACTERS} premiers caractères comptent."
        )
        text = text[:MOST_CHARACTERS]
    return _Parser(_lexemes(text, remarks), remarks).parsed()


def _lexemes(text: str, remarks: list[str]) -> list[_Lexeme]:
    found = []
    for part in _LEXEME.finditer(text):
        kind = part.lastgroup
        if part["phrase"] is not None:
            if part["closed"] is None:
                remarks.append("Guillemet non fermé : la phrase va jusqu'à la fin de la requête.")
            found.append(_Lexeme("phrase", part["phrase"], int(part["slop"] or 0)))
        elif kind == "field":
            found.append(_Lexeme("field", part["field"].rstrip(": ").lower()))
        elif kind == "paren":
            found.append(_Lexeme("open" if part["paren"] == "(" else "close", part["paren"]))
        elif kind == "sign":
            found.append(_Lexeme("not" if part["sign"] == "-" else "and", part["sign"]))
        elif kind == "word":
            found.append(_Lexeme(OPERATORS.get(part["word"], "word"), part["word"]))
    return found


class _Parser:
    """A recursive descent over the lexemes; `_place` is the next one to read."""

    def __init__(self, lexemes: list[_Lexeme], remarks: list[str]) -> None:
        self._lexemes = lexemes
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

    def _either(self, field: TextField | None, depth: int) -> Node | None:
        parts = [self._both(field, depth)]
        while self._next("or"):
            self._place += 1
            parts.append(self._both(field, depth))
        found = [part for part in parts if part is not None]
        if len(found) < len(parts) and len(parts) > 1:
            self._remark("« OU » sans terme d'un côté : il a été ignoré.")
        return _joined(Or, found)

    def _both(self, field: TextField | None, depth: int) -> Node | None:
        parts: list[Node] = []
        dangling = False
        while self._place < len(self._lexemes) and not self._next("or", "close"):
            dangling = self._next("and")
            if dangling:
                self._place += 1
                continue
            part = self._factor(field, depth)
            if part is not None:
                parts.append(part)
        if dangling:
            self._remark("« ET » sans terme à sa droite : il a été ignoré.")
        return _joined(And, parts)

    def _factor(self, field: TextField | None, depth: int) -> Node | None:
        negated = False
        while self._next("not"):
            negated = True
            self._place += 1
        while self._next("field"):
            field = FIELDS[self._lexemes[self._place].text]
            self._place += 1
        if self._place == len(self._lexemes) or self._next("or", "close", "and"):
            if negated:
                self._remark("« SAUF » sans terme à sa droite : il a été ignoré.")
            return None
        atom = self._atom(field, depth)
        return Not(atom) if negated and atom is not None else atom

    def _atom(self, field: TextField | None, depth: int) -> Node | None:
        lexeme = self._lexemes[self._place]
        self._place += 1
        if lexeme.kind == "open":
            return self._group(field, depth)
        if lexeme.kind == "phrase":
            return self._leaf(Phrase(tuple(words(lexeme.text)), lexeme.slop, field=field))
        if lexeme.kind == "word":
            return self._word(lexeme.text, field)
        return None

    def _group(self, field: TextField | None, depth: int) -> Node | None:
        if depth == MOST_DEPTH:
            self._remark(
                f"Plus de {MOST_DEPTH} parenthèses emboîtées : les suivantes ne groupent plus."
            )
            return None
        found = self._either(field, depth + 1)
        if self._next("close"):
            self._place += 1
        else:
            self._remark("Parenthèse non fermée : elle va jusqu'à la fin de la requête.")
        return found

    def _word(self, text: str, field: TextField | None) -> Node | None:
        match = {"=": Match.EXACT, "~": Match.FUZZY}.get(text[0], Match.STEMMED)
        found = words(text)
        if text.endswith("*") and found:
            if len(found[-1]) < SHORTEST_PREFIX:
                self._remark(
                    f"Joker trop large : « {text} » demande au moins {SHORTEST_PREFIX} lettres "
                    "avant l'astérisque ; il est lu comme un mot."
                )
            elif len(found) == 1:
                match = Match.PREFIX
            else:
                self._remark(f"L'astérisque de « {text} » suit plusieurs mots : il a été ignoré.")
        return self._leaf(Phrase(tuple(found), 0, match, field))

    def _leaf(self, phrase: Phrase) -> Node | None:
        """Count the words of a leaf, and make a phrase of one word a term."""
        left = MOST_WORDS - self._words
        if len(phrase.words) > left:
            self._remark(f"Plus de {MOST_WORDS} mots : les suivants ont été ignorés.")
            phrase = replace(phrase, words=phrase.words[:left])
        self._words += len(phrase.words)
        if not phrase.words:
            return None
        if len(phrase.words) == 1:
            return Term(phrase.words[0], phrase.match, phrase.field)
        return phrase

    def _next(self, *kinds: str) -> bool:
        return self._place < len(self._lexemes) and self._lexemes[self._place].kind in kinds

    def _remark(self, text: str) -> None:
        self._remarks.append(text)


def _joined(kind: type[And] | type[Or], parts: list[Node]) -> Node | None:
    """Join parts by ET or OU, without an outer node around a single one."""
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else kind(tuple(parts))
