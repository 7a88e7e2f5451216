"""Puts the pieces of a pasted query into our language, one after the other."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from corpus.dates import parse_date
from corpus.entities.countries import country_code
from search.query_language.foreign import (
    APPROXIMATE,
    EUROPRESSE_FIELDS,
    FACTIVA_FIELDS,
    REGIONS,
    SAME_PARAGRAPH,
    SAME_SENTENCE,
)
from search.query_language.pieces import Piece
from search.query_language.syntax import AT_LEAST, NEAR, THEN

_BOOLEAN = {"and": "ET", "or": "OU", "not": "SAUF"}
_OPERATORS = frozenset(_BOOLEAN.values())
_TRUNCATED = re.compile(r"(?<=\w)(?:\$\d?|\*\d)")
_DAYS_AGO = re.compile(r"-(\d{1,4})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_PARTED_SIGN = re.compile(r"(?:(?<=^[-+])|(?<=[\s(][-+])) (?=\()")
_TERMS = ("word", "quoted")


class Rewriting:
    """One translation.

    side_by_side: whether words that follow one another are a phrase, as Factiva has it.
    grouped: whether a field holds for all words up to the next operator, as in Europresse.
    """

    def __init__(self, remarks: list[str], side_by_side: bool, grouped: bool) -> None:
        self._remarks = remarks
        self._side_by_side = side_by_side
        self._grouped = grouped
        self._out: list[str] = []
        self._last_term = 0  # where in `_out` the last term or group begins
        self._opened: list[tuple[int, str]] = []  # of each open group its begin, and the field

    def of(self, pieces: Sequence[Piece]) -> str:
        """Return the text of all pieces."""
        self._pieces = pieces
        self._place = 0
        while self._place < len(pieces):
            self._one(pieces[self._place], self._opened[-1][1] if self._opened else "")
        text = " ".join(self._out).replace("( ", "(").replace(" )", ")").replace(": ", ":")
        return _PARTED_SIGN.sub("", text)

    def _one(self, piece: Piece, field: str) -> None:
        """Translate the next piece, or the run of terms that it begins."""
        if piece.kind in _TERMS:
            self._term(self._run(), field)
            return
        self._place += 1
        match piece.kind:
            case "open":
                self._opened.append((len(self._out), field))
                self._out.append("(")
            case "close" if self._opened:
                self._last_term = self._opened.pop()[0]
                self._out.append(")")
            case "close":
                self._out.append(")")
            case "field":
                self._field(piece.text[:-1])
            case "and" | "or" | "not":
                self._out.append(_BOOLEAN[piece.kind])
            case "near":
                self._out.append(f"{NEAR}/{piece.number}")
            case "then":
                self._out.append(f"{THEN}/{piece.number}")
            case "least":
                self._out.append(f"{AT_LEAST} {piece.number}")
            case "more":
                self._out.insert(self._last_term, f"{AT_LEAST} {piece.number}")
            case "around":
                self._around(piece)
            case "period":
                self._period(piece.text)
            case _:
                self._leave_out(piece.text)

    def _run(self) -> list[Piece]:
        """Take the terms that stand side by side from here."""
        first = self._place
        while self._place < len(self._pieces) and self._pieces[self._place].kind in _TERMS:
            self._place += 1
        return list(self._pieces[first : self._place])

    def _term(self, run: list[Piece], field: str) -> None:
        begins = len(self._out)
        texts = [_own(piece.text, field) if piece.kind == "word" else piece.text for piece in run]
        plain = all(piece.kind == "word" and piece.text.isalnum() for piece in run)
        if self._side_by_side and len(run) > 1 and plain:
            self._out.append(f'"{" ".join(texts)}"')
        elif self._side_by_side and len(run) > 1:
            self._out.append(f" {THEN}/1 ".join(texts))
        else:
            self._out += texts
            begins = len(self._out) - 1
        self._last_term = begins

    def _field(self, name: str) -> None:
        ours = {**EUROPRESSE_FIELDS, **FACTIVA_FIELDS}.get(name, FACTIVA_FIELDS.get(name.lower()))
        following = self._pieces[self._place].kind if self._place < len(self._pieces) else ""
        if ours is None:
            self._leave_out(f"{name}=", with_term=True)
            return
        if told := APPROXIMATE.get(name, APPROXIMATE.get(name.lower())):
            self._remarks.append(f"« {name}= » : {told}.")
        begins = len(self._out)
        if ours:
            self._out.append(ours)
        if following == "open":
            self._opened.append((begins, ours))
            self._out.append("(")
            self._place += 1
        elif following in _TERMS:
            run = self._run()
            if self._grouped and len(run) > 1:
                self._out.append("(")
                self._term(run, ours)
                self._out.append(")")
            else:
                self._term(run, ours)
            self._last_term = begins

    def _around(self, piece: Piece) -> None:
        paragraph = not piece.text.startswith(("$", "%"))
        distance = SAME_PARAGRAPH if paragraph else SAME_SENTENCE
        unit = "paragraphe" if paragraph else "phrase"
        self._remarks.append(
            f"« {piece.text} » (même {unit}) est lu comme {NEAR}/{distance} : "
            f"à {distance} mots l'un de l'autre au plus."
        )
        self._out.append(f"{NEAR}/{distance}")

    def _period(self, text: str) -> None:
        kind, *days = text.lower().split()[1:]
        found = [_day(one) for one in days if one != "to"]
        if None in found:
            self._leave_out(text)
            return
        first, last = found[0], found[-1]
        assert first and last
        if kind == "after":
            self._out.append(f"date:{first + timedelta(days=1)}..")
        elif kind == "before":
            self._out.append(f"date:..{first - timedelta(days=1)}")
        else:
            self._out.append(f"date:{first}..{last}")
        self._last_term = len(self._out) - 1

    def _leave_out(self, text: str, with_term: bool = False) -> None:
        """Leave out a piece, what is asked of it, and the operator that led to it."""
        begins = self._place
        if with_term and self._place < len(self._pieces):
            self._pass_over()
        asked = "".join(piece.text for piece in self._pieces[begins : self._place])
        self._remarks.append(f"« {text}{asked[:40]} » n'a pas d'équivalent ici : il a été ignoré.")
        if self._out and self._out[-1] in _OPERATORS:
            while self._out and self._out[-1] in _OPERATORS:
                self._out.pop()
        elif not self._out or self._out[-1] == "(":
            while self._place < len(self._pieces) and self._pieces[self._place].kind in _BOOLEAN:
                if self._pieces[self._place].kind == "not":
                    break
                self._place += 1

    def _pass_over(self) -> None:
        """Pass over a run of terms, or a group with all that is in it."""
        if self._pieces[self._place].kind != "open":
            self._run()
            return
        depth = 0
        while self._place < len(self._pieces):
            kind = self._pieces[self._place].kind
            depth += (kind == "open") - (kind == "close")
            self._place += 1
            if depth == 0:
                return


def _own(word: str, field: str) -> str:
    """Return a word of theirs in our writing: its truncation, its plural, its region."""
    if field == "pays:":
        return REGIONS.get(word.lower()) or country_code(word) or word
    word = _TRUNCATED.sub("*", word)
    return word[:-1] if len(word) > 1 and word.endswith("+") else word


def _day(text: str) -> date | None:
    """Return the day of 20151126, 26/11/2015 or -7 (days ago)."""
    if ago := _DAYS_AGO.fullmatch(text):
        return date.today() - timedelta(days=int(ago[1]))
    if compact := _COMPACT.fullmatch(text):
        text = "-".join(compact.groups())
    found = parse_date(text)
    return found.day if found else None
