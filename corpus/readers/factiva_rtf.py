"""RTF: the export of Factiva with its many articles; any other document as a plain text."""

import re
from collections.abc import Iterator

from corpus.cleaning import byline
from corpus.files import OpenFile
from corpus.readers.factiva_fields import DOCUMENT, GIVES, from_codes, from_lines
from corpus.readers.format import Format
from corpus.readers.plain_text import text_record
from corpus.readers.rtf import Line, rtf_lines
from corpus.records import Record, SetAside

FORMAT = Format("Factiva (RTF), et tout document RTF", "un début en {\\rtf", GIVES)
_CODE = re.compile(r"(?P<code>[A-Z]{2,3})\s*\t\s*(?P<value>.*)", re.DOTALL)
_FOOTER = re.compile(r"page\s\d+\s(?:of|de|sur|von)\s.{0,60}(?:©|\(c\)|factiva)?.{0,60}", re.I)


def recognises(file: OpenFile) -> bool:
    """Tell RTF by the word that begins it."""
    return file.head.lstrip()[:5] == b"{\\rtf"


def read(file: OpenFile) -> Iterator[Record | SetAside]:
    """Yield the articles, each ended by its number; the whole text where there is none."""
    lines = rtf_lines(file.whole().decode("latin-1"))
    chunk: list[Line] = []
    number = 0
    for line in lines:
        if not (found := DOCUMENT.fullmatch(_last_cell(line.text))):
            if not _FOOTER.fullmatch(line.text):
                chunk.append(line)
        elif chunk:
            number += 1
            yield _record(chunk, found[1], f"article {number}")
            chunk = []
    if not number:
        yield text_record("\n\n".join(line.text for line in lines))
    elif any(from_lines([line.text]).get("word_count") for line in chunk):
        yield SetAside(file.name, "article coupé avant sa fin ; refaites l'export", "fin")


def _last_cell(line: str) -> str:
    return line.rsplit("\t", 1)[-1].strip()


def _record(lines: list[Line], number: str, position: str) -> Record:
    rows = _rows(lines)
    if "HD" in rows:
        body = "\n\n".join(rows[code] for code in ("LP", "TD") if code in rows)
        return from_codes(rows | {"AN": f"Document {number}"}, body, position)
    return _bare(lines, number, position)


def _rows(lines: list[Line]) -> dict[str, str]:
    """Return the rows of an indexed article by their codes, what follows a row as part of it."""
    rows: dict[str, list[str]] = {}
    current: list[str] = []
    for line in lines:
        if row := _CODE.fullmatch(line.text):
            current = rows.setdefault(row["code"], [])
        current.append(row["value"].strip() if row else line.text)
    return {code: "\n\n".join(values) for code, values in rows.items()}


def _bare(lines: list[Line], number: str, position: str) -> Record:
    """Read an article without codes: the first bold line is its headline."""
    at = next((i for i, line in enumerate(lines) if line.bold), None)
    if at is None:  # the line above the count of words, or above the author over it
        counts = (i for i, line in enumerate(lines) if from_lines([line.text]).get("word_count"))
        count = next(counts, 1)
        at = count - 2 if count > 1 and byline(lines[count - 1].text) else count - 1
    head, rest = _parted([line.text for line in lines[at + 1 :]])
    authors = (line for line in head[:2] if byline(line) or line.lower().startswith("by "))
    return Record(
        title=lines[max(at, 0)].text,
        body="\n\n".join(rest),
        section=lines[at - 1].text if at > 0 else "",
        author=re.sub(r"(?i)^by\s+", "", next(authors, "")),
        id=number,
        position=position,
        **from_lines(head),
    )


def _parted(lines: list[str]) -> tuple[list[str], list[str]]:
    """Part what stands above the text, up to the line of copyright or language, from it."""
    known = [i for i, _ in enumerate(lines[:12], 1) if {"copyright"} & from_lines(lines[:i]).keys()]
    if not known:
        known = [i for i, _ in enumerate(lines[:12], 1) if "language" in from_lines(lines[:i])]
    if not known:
        known = [i for i, _ in enumerate(lines[:12], 1) if "source" in from_lines(lines[:i])]
    end = known[0] if known else 0
    return lines[:end], lines[end:]
