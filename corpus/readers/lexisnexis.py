"""LexisNexis in its classic HTML: many articles in one file, with labels in several languages."""

import re
from collections.abc import Iterator
from itertools import takewhile

from bs4 import BeautifulSoup
from bs4.element import Tag

from corpus.dates import parse_date
from corpus.encoding import decode
from corpus.files import OpenFile
from corpus.readers.markup import plain_text
from corpus.records import Record, SetAside, Unreadable

_ANCHOR = re.compile(r"""<a\s+name\s*=\s*["']?DOC[\w-]*["']?\s*/?>""", re.I)
_TRACE = re.compile(r"<DOCFULL>|<!--\s*LXNComment", re.I)
_COUNTER = re.compile(r"\d+\s+(?:of|de|sur|von|di|van)\s+\d+\s+DOCUMENT\w*", re.I)
_LABEL = re.compile(r"\s*([A-ZÀ-Ý][A-ZÀ-Ý0-9'’ -]{2,40}?)\s*:\s*")
_PAGE = re.compile(
    r"(?:pg|pp?|pages?|columns?|section|part|s)\b\.?\s*(?:[A-Z]|[A-Z]{0,4}\d[\s\w,.-]{0,30})", re.I
)
_LONGEST_COPYRIGHT = 300  # characters
_BY = re.compile(r"by\s+", re.I)
_COPYRIGHT = re.compile(r"(?:tous droits|all rights|copyright|©|\(c\))", re.I)

# The interface is in the language of the reader: English, French, German, Spanish.
_AUTHOR = ("BYLINE", "AUTEUR", "AUTOR")
_SECTION = ("SECTION", "RUBRIQUE", "RUBRIK", "SECCIÓN", "SECCION")
_ABOVE = ("HIGHLIGHT", "ENCART", "CHAPEAU")  # text that carries a label
_BELOW = ("CORRECTION", "RECTIFICATIF")


def recognises(file: OpenFile) -> bool:
    """Tell an export by the anchors before its articles, and the traces of its XML."""
    start = file.start
    return start.startswith("<") and bool(_ANCHOR.search(start)) and bool(_TRACE.search(start))


def read(file: OpenFile) -> Iterator[Record | SetAside]:
    """Yield the articles; raises Unreadable where there is none."""
    text = decode(file.whole())
    ends = [match.end() for match in _ANCHOR.finditer(text)]
    if not ends:
        raise Unreadable("export LexisNexis sans article ; refaites l'export en HTML")
    for number, (start, end) in enumerate(zip(ends, [*ends[1:], len(text)], strict=True), 1):
        soup = BeautifulSoup(text[start:end], "lxml")
        yield _record(soup.select("div"), f"article {number}")


def _record(blocks: list[Tag], position: str) -> Record:
    texts = [(_label(block), block) for block in blocks if not block.find("div") and _text(block)]
    above = [block for _, block in takewhile(lambda pair: not pair[0], texts)]
    source, date, title, rest = _heading(above)
    fields = {label: _text(block).split(":", 1)[-1].strip() for label, block in texts if label}
    body = [*rest, *(block for label, block in texts[len(above) :] if not label)]
    if len(body) > 1 or fields:
        body = [block for block in body if not _is_copyright(_text(block))]
    return Record(
        title=title,
        body="\n\n".join(
            (
                *(fields[label] for label in _ABOVE if label in fields),
                *(plain_text(str(block)) for block in body),
                *(fields[label] for label in _BELOW if label in fields),
            )
        ),
        source=source,
        date=date,
        section=_section(_first(fields, _SECTION)),
        author=_BY.sub("", _first(fields, _AUTHOR), count=1),
        position=position,
    )


def _label(block: Tag) -> str:
    """Return the label that begins a block, in a piece of text of its own; else nothing."""
    first = next((string for string in block.strings if string.strip()), "")
    match = _LABEL.fullmatch(first.replace("\xa0", " "))
    return match[1] if match else ""


def _heading(blocks: list[Tag]) -> tuple[str, str, str, list[Tag]]:
    """Return source, date, title, and the blocks below them, of those before any label."""
    blocks = [block for block in blocks if not _COUNTER.fullmatch(_text(block))]
    for index, block in enumerate(blocks[:4]):
        if parse_date(date := _text(block)) is not None and index:
            title = _text(blocks[index + 1]) if len(blocks) > index + 1 else ""
            return _text(blocks[index - 1]), date, title, blocks[index + 2 :]
    source, title = ([_text(block) for block in blocks[:2]] + ["", ""])[:2]
    return source, "", title, blocks[2:]


def _section(stated: str) -> str:
    """Return a section without its page: "INTERNATIONAL; Pg. 35" is INTERNATIONAL."""
    parts = [part.strip() for part in stated.split(";")]
    return ", ".join(part for part in parts if part and not _PAGE.fullmatch(part))


def _is_copyright(text: str) -> bool:
    return len(text) <= _LONGEST_COPYRIGHT and _COPYRIGHT.match(text) is not None


def _first(fields: dict[str, str], labels: tuple[str, ...]) -> str:
    return next((fields[label] for label in labels if fields.get(label)), "")


def _text(tag: Tag) -> str:
    return " ".join(tag.get_text(" " if tag.find("br") else "").split())
