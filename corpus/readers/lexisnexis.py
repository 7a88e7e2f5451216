"""LexisNexis in its classic HTML: many articles in one file, with labels in several languages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from bs4 import BeautifulSoup
from bs4.element import Tag

from corpus.dates import parse_date
from corpus.files import OpenFile
from corpus.readers.export_pages import one_line, read_articles
from corpus.readers.format import Format
from corpus.readers.markup import plain_text
from corpus.records import Record, SetAside

FORMAT = Format(
    "LexisNexis (HTML)",
    "les ancres DOC_ID et les traces de son XML",
    (
        "source",
        "date",
        "section",
        "author",
        "edition",
        "page",
        "word_count",
        "copyright",
        "language",
    ),
)
_ANCHOR = re.compile(r"""<a\s+name\s*=\s*["']?DOC[\w-]*["']?\s*/?>""", re.I)
_TRACE = re.compile(r"<DOCFULL>|<!--\s*LXNComment", re.I)
_COUNTER = re.compile(r"\d+\s+(?:of|de|sur|von|di|van)\s+\d+\s+DOCUMENT\w*", re.I)
_LABEL = re.compile(r"\s*([A-ZÀ-Ý][A-ZÀ-Ý0-9'’ -]{2,40}?)\s*:\s*")
_PAGE = re.compile(
    r"(?:pg|pp?|pages?|columns?|section|part|s)\b\.?\s*(?:[A-Z]|[A-Z]{0,4}\d[\s\w,.-]{0,30})", re.I
)
_PAGE_LABEL = re.compile(r"(?:pg|pp?|pages?)\b\.?\s*", re.I)
_EDITION = re.compile(r",\s*((?:[^,\d]{0,30}\s)?[ée]dition\b[^,]{0,40})$", re.I)
_LONGEST_COPYRIGHT = 300  # characters
_BY = re.compile(r"by\s+", re.I)
_COPYRIGHT = re.compile(r"(?:tous droits|all rights|copyright|©|\(c\))", re.I)

# The interface is in the language of the reader: English, French, German, Spanish.
_AUTHOR = ("BYLINE", "AUTEUR", "AUTOR")
_SECTION = ("SECTION", "RUBRIQUE", "RUBRIK", "SECCIÓN", "SECCION")
_LENGTH = ("LENGTH", "LONGUEUR", "LÄNGE", "LONGITUD")
_LANGUAGE = ("LANGUAGE", "LANGUE", "SPRACHE", "IDIOMA")
_ABOVE = ("HIGHLIGHT", "ENCART", "CHAPEAU")  # text that carries a label
_BELOW = ("CORRECTION", "RECTIFICATIF")


def recognises(file: OpenFile) -> bool:
    """Tell an export by the anchors before its articles, and the traces of its XML."""
    start = file.start
    return start.startswith("<") and bool(_ANCHOR.search(start)) and bool(_TRACE.search(start))


def read(file: OpenFile) -> Iterator[Record | SetAside]:
    """Yield the articles; raises Unreadable where there is none."""
    missing = "export LexisNexis sans article ; refaites l'export en HTML"
    return read_articles(file, _ANCHOR, _record, missing)


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph, and the label of the group that it belongs to; empty where it has none."""

    label: str
    text: str
    markup: str


def _blocks(soup: BeautifulSoup) -> list[_Block]:
    blocks: list[_Block] = []
    labels: dict[int, str] = {}  # of the first paragraph of each division
    for tag in soup.select("p, div"):
        inner = tag.name == "div" and tag.find(["p", "div"])
        text = one_line(tag, " " if tag.find("br") else "")
        if text and not inner:
            group = id(tag if tag.name == "div" else tag.parent)
            first = group not in labels
            label = labels.setdefault(group, _label(tag))
            text = text.split(":", 1)[1].strip() if label and first else text
            blocks.append(_Block(label, text, str(tag)))
    return blocks


def _record(soup: BeautifulSoup, position: str) -> Record:
    blocks = _blocks(soup)
    above = list(takewhile(lambda block: not block.label, blocks))
    source, date, title, rest = _heading(above)
    body = [*rest, *(block for block in blocks[len(above) :] if not block.label)]
    rights: list[str] = []
    while body and len(body[-1].text) <= _LONGEST_COPYRIGHT and _COPYRIGHT.match(body[-1].text):
        rights.insert(0, body.pop().text)
    section, page = _section(" ".join(_under(blocks, _SECTION)))
    return Record(
        title=title,
        body="\n\n".join(
            (
                *_under(blocks, _ABOVE),
                *(plain_text(block.markup) for block in body),
                *_under(blocks, _BELOW),
            )
        ),
        source=source,
        date=date,
        section=section,
        author=_BY.sub("", " ".join(_under(blocks, _AUTHOR)), count=1),
        edition=_edition(date),
        page=page,
        word_count=" ".join(_under(blocks, _LENGTH)),
        copyright=" ".join(rights),
        language=" ".join(_under(blocks, _LANGUAGE)).partition(";")[0],
        position=position,
    )


def _under(blocks: list[_Block], labels: tuple[str, ...]) -> list[str]:
    return [block.text for block in blocks if block.label in labels and block.text]


def _label(block: Tag) -> str:
    """Return the label that begins a block, in a piece of text of its own; else nothing."""
    first = next((string for string in block.strings if string.strip()), "")
    match = _LABEL.fullmatch(first.replace("\xa0", " "))
    return match[1] if match else ""


def _heading(blocks: list[_Block]) -> tuple[str, str, str, list[_Block]]:
    """Return source, date, title, and the blocks below them, of those before any label."""
    blocks = [block for block in blocks if not _COUNTER.fullmatch(block.text)]
    for index, block in enumerate(blocks[:4]):
        if index and parse_date(block.text) is not None:
            title = blocks[index + 1].text if len(blocks) > index + 1 else ""
            return blocks[index - 1].text, block.text, title, blocks[index + 2 :]
    source, title = [*(block.text for block in blocks[:2]), "", ""][:2]
    return source, "", title, blocks[2:]


def _section(stated: str) -> tuple[str, str]:
    """Return section and page apart: "INTERNATIONAL; Pg. 35"."""
    parts = [part.strip() for part in stated.split(";")]
    pages = [part for part in parts if _PAGE.fullmatch(part)]
    names = [part for part in parts if part and part not in pages]
    named = next((page for page in pages if _PAGE_LABEL.match(page)), "")
    return ", ".join(names), _PAGE_LABEL.sub("", named)


def _edition(date: str) -> str:
    """Return what a date is followed by: "December 19, 1991, Sunday, Late Edition - Final"."""
    match = _EDITION.search(date)
    return match[1].strip() if match else ""
