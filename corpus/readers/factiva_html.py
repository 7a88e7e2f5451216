"""Factiva in HTML: many articles in one file, with indexing (a table) or without (bare lines)."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import Tag

from corpus.files import OpenFile
from corpus.readers.export_pages import one_line, read_articles
from corpus.readers.factiva_fields import DOCUMENT, GIVES, from_codes, from_lines
from corpus.readers.format import Format
from corpus.readers.markup import plain_text
from corpus.records import Record, SetAside

# The style sheet before the first article is longer than the head that is looked at.
_TITLE = re.compile(r"<title>\s*(?:Dow Jones\s+)?Factiva\b", re.I)
_ARTICLE = re.compile(
    r"""<div\b[^<>]{0,200}\bclass=["']article\s[^"'<>]{0,60}\b[a-z]{2}Article\b[^<>]{0,200}>""",
    re.I,
)
_CODE = re.compile(r"[A-Z]{2,3}")
FORMAT = Format("Factiva (HTML)", "le titre de la page ou la classe « article frArticle »", GIVES)


def recognises(file: OpenFile) -> bool:
    """Tell an export by the title of the page, or by the class of its articles."""
    start = file.start
    if not start.startswith("<") or ("Factiva" not in start and "Article" not in start):
        return False
    return bool(_TITLE.search(start) or _ARTICLE.search(start))


def read(file: OpenFile) -> Iterator[Record | SetAside]:
    """Yield the articles; raises Unreadable where there is none."""
    missing = "page Factiva sans article ; enregistrez-la en « Format article »"
    return read_articles(file, _ARTICLE, _record, missing)


def _record(soup: BeautifulSoup, position: str) -> Record:
    rows = _rows(soup)
    return _indexed(rows, position) if rows else _bare(soup, position)


def _rows(article: Tag) -> dict[str, Tag]:
    """Return the cells of an indexed article by their codes, the same in every language."""
    rows: dict[str, Tag] = {}
    for row in article.select("tr"):
        cells = row.find_all("td", recursive=False)
        if len(cells) == 2 and _CODE.fullmatch(code := one_line(cells[0])):
            rows.setdefault(code, cells[1])
    return rows


def _indexed(rows: dict[str, Tag], position: str) -> Record:
    text = {code: one_line(cell) for code, cell in rows.items()}
    body = "\n\n".join(plain_text(str(rows[code])) for code in ("LP", "TD") if code in rows)
    return from_codes(text, body, position)


def _bare(article: Tag, position: str) -> Record:
    """Read an article without codes: bare lines around the headline tell what they are."""
    headline = article.select_one('[class$="Headline"]')
    texts = [paragraph for paragraph in article.select("p") if one_line(paragraph)]
    number = DOCUMENT.fullmatch(one_line(texts[-1])) if texts else None
    before, after = _bare_lines(article, headline)
    return Record(
        title=one_line(headline),
        body="\n\n".join(plain_text(str(tag)) for tag in (texts[:-1] if number else texts)),
        section=before[-1] if before else "",
        author=one_line(article.select_one("div.author")),
        id=number[1] if number else "",
        position=position,
        **from_lines(after),
    )


def _bare_lines(article: Tag, headline: Tag | None) -> tuple[list[str], list[str]]:
    """Return the lines above the headline, and those below it."""
    before: list[str] = []
    after: list[str] = []
    lines = before if headline is not None else after
    for tag in article.find_all(True):
        if tag is headline:
            lines = after
        elif tag.name == "div" and tag.get("class") != ["author"]:
            holds = headline is not None and tag is headline.parent
            if not holds and not tag.find(["div", "p", "table"]) and one_line(tag):
                lines.append(one_line(tag))
    return before, after
