"""RTF to lines of text. Format: Rich Text Format 1.9.1.

Own code, since the one kept library (striprtf) does not say which lines are bold, by which
a headline is told, and takes time beyond linear on some damaged files.
"""

import re
from dataclasses import dataclass, field

from corpus.records import Unreadable

_DEEPEST = 200  # groups in groups; word processors write ten
_TOKEN = re.compile(
    r"\\(?P<word>[a-z]{1,32})(?P<number>-?\d{1,10})?[ ]?|\\'(?P<byte>[0-9a-f]{2})"
    r"|\\(?P<symbol>[^a-z'])|(?P<brace>[{}])|(?P<ends>[\r\n]+)|(?P<text>[^\\{}\r\n]+|\\)",
    re.IGNORECASE | re.DOTALL,
)
# Groups that hold no text of the document.
_SKIPPED = frozenset(
    (
        *("fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header", "headerl"),
        *("headerr", "headerf", "footer", "footerl", "footerr", "footerf", "fldinst", "listtable"),
        *("listoverridetable", "generator", "themedata", "colorschememapping", "datastore"),
        *("latentstyles", "rsidtbl", "xmlnstbl", "filetbl", "revtbl", "nonshppict"),
    )
)
_SIGNS = {
    **{"par": "\n", "line": "\n", "row": "\n", "sect": "\n", "page": "\n", "cell": "\t"},
    **{"tab": "\t", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "bullet": "•"},
    **{"ldblquote": "“", "rdblquote": "”", "emspace": " ", "enspace": " ", "qmspace": " "},
}
_SYMBOLS = {"~": "\u00a0", "_": "\u2011", "-": "\u00ad", "\n": "\n", "\r": "\n"}
_ESCAPED = frozenset("\\{}")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph or row of a table, its cells parted by tabs; bold where all of it is."""

    text: str
    bold: bool


@dataclass(slots=True)
class _State:
    """What holds within a group: taken over by the groups in it."""

    skipped: bool = False
    bold: bool = False
    replacements: int = 1  # characters after \u that stand for it in old programs


@dataclass(slots=True)
class _Reader:
    encoding: str = "cp1252"
    lines: list[Line] = field(default_factory=list)
    parts: list[tuple[str, bool]] = field(default_factory=list)
    pending: bytearray = field(default_factory=bytearray)  # of \'e9, maybe two for a character

    def put(self, text: str, bold: bool) -> None:
        self.settle(bold)
        if text == "\n":
            self.end_line()
        else:
            self.parts.append((text, bold))

    def settle(self, bold: bool) -> None:
        if self.pending:
            self.parts.append((self.pending.decode(self.encoding, "replace"), bold))
            self.pending.clear()

    def end_line(self) -> None:
        text = "".join(part for part, _ in self.parts).strip()
        if text:
            bold = all(bold for part, bold in self.parts if part.strip())
            self.lines.append(Line(text, bold))
        self.parts.clear()


def rtf_lines(text: str) -> list[Line]:
    """Return the lines of a document that hold something; raises Unreadable for a trap.

    text: the file, each byte as the character of the same number.
    """
    reader, state, above = _Reader(), _State(), list[_State]()
    drop = 0  # characters still to be dropped after \u
    for token in _TOKEN.finditer(text):
        if brace := token["brace"]:
            drop = 0
            if brace == "{":
                above.append(state)
                state = _State(state.skipped, state.bold, state.replacements)
            elif above:
                state = above.pop()
            if len(above) > _DEEPEST:
                raise Unreadable("RTF trop imbriqué pour un article ; enregistrez-le en texte")
        elif token["word"]:
            drop = _obey(token["word"].lower(), token["number"] or "", reader, state, drop)
        elif token["symbol"] == "*":
            state.skipped = True
        elif not state.skipped:
            drop = _take(token, reader, state, drop)
    reader.put("\n", state.bold)
    return reader.lines


def _obey(word: str, number: str, reader: _Reader, state: _State, drop: int) -> int:
    """Follow a control word; return how many characters are to be dropped after it."""
    if word in _SKIPPED:
        state.skipped = True
    elif word == "ansicpg" and number:
        reader.encoding = _known(f"cp{number}")
    elif word == "mac":
        reader.encoding = "mac_roman"
    elif word == "b":
        reader.settle(state.bold)
        state.bold = number != "0"
    elif word == "plain":
        reader.settle(state.bold)
        state.bold = False
    elif word == "uc" and number:
        state.replacements = min(max(int(number), 0), 8)
    elif word == "u" and number and not state.skipped:
        code = int(number) % 65536
        reader.put(chr(code), state.bold)
        return state.replacements
    elif word in _SIGNS and not state.skipped:
        reader.put(_SIGNS[word], state.bold)
    return drop


def _take(token: re.Match[str], reader: _Reader, state: _State, drop: int) -> int:
    """Take the text of a token, but for what stands for a \\u before it."""
    if token["byte"]:
        if drop:
            return drop - 1
        reader.pending.append(int(token["byte"], 16))
    elif symbol := token["symbol"]:
        sign = symbol if symbol in _ESCAPED else _SYMBOLS.get(symbol, "")
        if sign:
            reader.put(sign, state.bold)
    elif plain := token["text"]:
        reader.put(plain[drop:], state.bold)
    return 0


def _known(encoding: str) -> str:
    try:
        b"".decode(encoding)
    except LookupError:
        return "cp1252"
    return encoding
