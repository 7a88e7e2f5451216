"""Nexis Uni in Word: articles in a DOCX, which is a zip of XML, after a cover page."""

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

from corpus.dates import parse_date
from corpus.files import MAX_PIECE, OpenFile
from corpus.readers.format import Format
from corpus.readers.xml_tree import elements
from corpus.records import Fate, Record, SetAside, Unreadable

FORMAT = Format(
    "Nexis Uni (DOCX)",
    "un document Word dont chaque article finit par « End of Document »",
    (
        *("source", "date", "section", "author", "edition", "page", "word_count", "copyright"),
        "language",
    ),
)
_FIRST = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"word/document.xml")
_DOCUMENT = "word/document.xml"
_ENDS = frozenset(("End of Document", "Fin du document"))
_BODIES = frozenset(("Body", "Corps", "Corps du texte"))
_TAILS = frozenset(("Classification", "Graphic", "Notes", "Graphique"))
_EMPTY = re.compile(r"we are sorry|nous (?:sommes|regrettons)|désolé", re.I)
_LABEL = re.compile(r"(?P<name>[A-ZÀ-Ý][^:\n]{1,30}?)\s?:\xa0\s*(?P<value>.*)", re.S)
_COPYRIGHT = re.compile(r"(?:copyright|©|\(c\))", re.I)
_AUTHOR = ("Byline", "Auteur", "Signature")
_SECTION = ("Section", "Rubrique")
_LENGTH = ("Length", "Longueur")
_LANGUAGE = ("Language", "Langue")
_PAGE = re.compile(r"(?:pg|pp?|pages?)\b\.?\s*([^;,]{1,20})", re.I)
_EDITION = re.compile(r"\b[ée]dition\b", re.I)
_HIGHLIGHT = ("Highlight", "Encart", "Chapeau")
_DAMAGED = (  # what reading a damaged zip raises
    *(KeyError, ValueError, OverflowError, EOFError, OSError, RuntimeError, struct.error),
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError),
)
_LONGEST_DATE = 80  # characters of a line that is a date


def recognises(file: OpenFile) -> bool:
    """Tell a Word document by the name of the first member of a zip, and those that follow.

    The first is looked at in its place, since a zip may hold Word documents uncompressed.
    """
    head = file.head
    first = head[30 : 30 + int.from_bytes(head[26:28], "little")]
    return head.startswith(b"PK\x03\x04") and first.startswith(_FIRST) and b"word/" in head


def read(file: OpenFile) -> Iterator[Record | SetAside]:
    """Yield the articles; raises Unreadable for a Word document that is no export."""
    chunk: list[str] = []
    number = 0
    for text in _paragraphs(_document(file)):
        if text not in _ENDS:
            chunk.append(text)
            continue
        number += 1
        yield _article(chunk, file.name, f"article {number}")
        chunk = []
    if number and any(text in _BODIES for text in chunk):
        yield SetAside(file.name, "article coupé avant sa fin ; refaites l'export", "fin")
    if not number:
        raise Unreadable("document Word qui n'est pas un export de Nexis ; enregistrez-le en HTML")


def _document(file: OpenFile) -> bytes:
    """Return the XML of the text; raises Unreadable beyond what an export can hold."""
    content = io.BytesIO(file.whole())
    try:
        with zipfile.ZipFile(content) as archive, archive.open(_DOCUMENT) as stream:
            data = stream.read(MAX_PIECE + 1)
    except _DAMAGED:
        reason = "document Word abîmé, ou d'un autre format ; refaites l'export"
        raise Unreadable(reason) from None
    if len(data) > MAX_PIECE:
        raise Unreadable(f"texte de plus de {MAX_PIECE // 2**20} Mo ; découpez l'export")
    return data


def _paragraphs(data: bytes) -> Iterator[str]:
    """Yield the paragraphs that hold something, tabs as spaces, breaks as line ends."""
    marks = {"t": None, "tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
    for paragraph in elements(data, "p"):
        names = [(node.tag.rsplit("}", 1)[-1], node) for node in paragraph.iter()]
        parts = [marks[name] or node.text or "" for name, node in names if name in marks]
        if text := "".join(parts).strip(" \t\n"):
            yield text


def _article(chunk: list[str], file: str, position: str) -> Record | SetAside:
    body = next((index for index, text in enumerate(chunk) if text in _BODIES), None)
    if body is None:
        reason = "article sans texte : la base ne le donne pas"
        fate = Fate.SKIPPED if any(map(_EMPTY.search, chunk)) else Fate.SET_ASIDE
        return SetAside(file, reason, position, fate)
    title, source, date, edition = _heading(
        [text for text in chunk[:body] if not _LABEL.match(text)]
    )
    fields = _labelled(chunk[:body])
    end = next((i for i, text in enumerate(chunk) if i > body and text in _TAILS), len(chunk))
    while end > body + 1 and _LABEL.match(chunk[end - 1]):  # "Load-Date: July 3, 2020"
        end -= 1
    lead = _first(fields, _HIGHLIGHT)
    section = _first(fields, _SECTION)
    page = _PAGE.search(section)
    language = _first(fields, _LANGUAGE) or _first(_labelled(chunk[body:]), _LANGUAGE)
    return Record(
        title=title,
        body="\n\n".join([*([lead] if lead else []), *chunk[body + 1 : end]]),
        source=source,
        date=date,
        section=re.sub(r";.*", "", section, flags=re.S),
        author=_first(fields, _AUTHOR),
        edition=edition,
        page=page[1] if page else "",
        word_count=_first(fields, _LENGTH),
        copyright=next((text for text in chunk[:body] if _COPYRIGHT.match(text)), ""),
        language=language.partition(";")[0],
        position=position,
    )


def _heading(lines: list[str]) -> tuple[str, str, str, str]:
    """Return title, source and date, the last three lines above the copyright, and the edition.

    What stands above them is the cover page; the edition may stand below the date.
    """
    above = next((i for i, text in enumerate(lines) if _COPYRIGHT.match(text)), len(lines))
    dates = [i for i in range(above) if len(lines[i]) <= _LONGEST_DATE and parse_date(lines[i])]
    if not dates:
        dates = [i for i in range(above) if not _EDITION.search(lines[i])] or [-1]
    day = dates[-1]
    title, source, date = ["", "", "", *lines[: day + 1]][-3:]
    editions = (text for text in lines[day + 1 : above] if _EDITION.search(text))
    return title, source, date, next(editions, "")


def _labelled(lines: list[str]) -> dict[str, str]:
    matches = (_LABEL.match(line) for line in lines)
    return {match["name"]: match["value"] for match in matches if match}


def _first(fields: dict[str, str], names: tuple[str, ...]) -> str:
    return next((fields[name] for name in names if name in fields), "")
