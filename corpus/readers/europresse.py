"""Europresse and Eureka: one HTML file with many articles, in the layouts since about 2005."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup

from corpus.dates import parse_date
from corpus.files import OpenFile
from corpus.readers.export_pages import one_line, read_articles
from corpus.readers.format import Format
from corpus.readers.markup import plain_text
from corpus.records import Record, SetAside

FORMAT = Format(
    "Europresse, Eureka (HTML)",
    "les classes DocPublicationName, titreArticleVisu",
    (
        *("source", "date", "section", "author", "id", "edition", "page", "word_count"),
        "copyright",
    ),
)
_MARKS = ("DocPublicationName", "titreArticleVisu", "TitreArticleVisu", "PubliC_lblNodoc")
_ARTICLE = re.compile(r"<article\b[^<>]*>", re.I)
_ISSUE = re.compile(r",\s*(?:n[o°]|num)\.?\s*\d.*$", re.I | re.S)  # "La Croix, no. 43018"
_DAY = re.compile(
    r"""(?:\b(?:(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|\w{3,6}day
      |(?:lun|mar|mer|jeu|ven|sam|dim)\.),?\s+(?:le\s+)?)?
    (?: \b\d{1,2}(?:er)?\s+[^\W\d]{3,9}\.?\s+\d{4}\b | \b[^\W\d]{3,9}\.?\s+\d{1,2},?\s+\d{4}\b
      | \b\d{1,2}/\d{1,2}/\d{4}\b | \b\d{4}-\d\d-\d\d\b )
    (?:\s*[-–,]?\s*\d{1,2}\s?[h:]\s?\d\d(?::\d\d)?(?:\s*(?:UTC|GMT))?(?:\s*[+-]\d\d:?\d\d)?)?""",
    re.X | re.I,
)
_NO_SECTION = re.compile(r"\d[\d\s]*|n[o°]\.?\s*\d+", re.I)
_COUNT = re.compile(r"(?<!\d)(\d{1,3}(?:[\s.]\d{3})+|\d{1,6})\s*(?:mots?|words?)\b", re.I)
_PAGE = re.compile(r"\b(?:pp?\.|pages?)\s*(\w[\w-]*(?:\s?[,/]\s?\w*\d\w*)*)", re.I)
_EDITION = re.compile(
    r"(?:^|[,;]\s*)([ÉE]ditions?\b[^,;]{0,60}|[^,;]{2,40}\s[ée]ditions?)(?=[,;]|$)", re.I
)
_NUMBER = re.compile(r"\b\w+·\d{8}·[\w-]+·\S+")  # news·20130128·LC·0q1503_1256056
_LINK = re.compile(r"\s?\(lien\s*:[^()]*\)", re.I)
_READ_ALSO = re.compile(r"(?:[àa]\s+)?lire\s+(?:aussi|également|notre|nos)\b.{0,200}", re.I)
# "Espoir douchéVendredi": an intertitle stuck to the word that opens the next sentence.
_GLUED = re.compile(
    r"(?m)^(?P<intertitle>[A-ZÀ-Ý«][^.!?:;\n]{3,70}[a-zà-ÿœ»])(?=(?:Le|La|Les|Un|Une|Des|Du|En"
    r"|Il|Ils|Elle|Elles|On|Ce|Cette|Ces|Dans|Pour|Mais|Selon|Depuis|Après|Avec|Sur|Si|Et"
    r"|(?:Lun|Mar|Mercre|Jeu|Vendre|Same)di|Dimanche)[\s,]|[LDCNJS]['’])"
)


def recognises(file: OpenFile) -> bool:
    """Tell an export by the names of its classes, in a tag or in the style sheet."""
    start = file.start
    return start.startswith("<") and any(mark in start for mark in _MARKS)


def read(file: OpenFile) -> Iterator[Record | SetAside]:
    """Yield the articles; raises Unreadable where there is none."""
    missing = "export Europresse sans article ; refaites l'export en HTML"
    return read_articles(file, _ARTICLE, _record, missing)


def _record(soup: BeautifulSoup, position: str) -> Record:
    number = _document_number(soup)
    head = _parted(_header(soup))
    publication = one_line(soup.select_one(".DocPublicationName"))
    section = one_line(soup.select_one(".DocTitreSousSection"))
    if not section and head.day and soup.select_one(".DocHeader"):
        section = head.section
    return Record(
        title=one_line(soup.select_one('[class*="itreArticleVisu"]')),
        body=_body(soup),
        source=_ISSUE.sub("", publication),
        date=head.day or " ".join(number.split("·")[1:2]),
        section=section,
        author=_author(soup),
        edition=_first(_EDITION, publication) or head.edition,
        page=head.page,
        word_count=head.words,
        copyright=one_line(soup.select_one("footer small")),
        id=number,
        position=position,
    )


@dataclass(frozen=True, slots=True)
class _Header:
    """What the line above a title states, each empty where it does not."""

    day: str
    section: str
    edition: str
    page: str
    words: str


def _parted(line: str) -> _Header:
    """Part a header as "Politique, mercredi 11 septembre 2024 - 10:30 1 134 mots, p. 11".

    The section comes before the day, in some exports after it.
    """
    match = _DAY.search(line)
    known = match is not None and parse_date(match[0]) is not None
    before, after = (line[: match.start()], line[match.end() :]) if match and known else (line, "")
    words = _first(_COUNT, before) or _first(_COUNT, after)
    before, after = _COUNT.sub("", before), _COUNT.sub("", after)
    day = match[0] if match and known else line * (parse_date(line) is not None)
    return _Header(
        day=day,
        section=_section(before) or _section(after),
        edition=_first(_EDITION, before) or _first(_EDITION, after),
        page=_first(_PAGE, before) or _first(_PAGE, after),
        words=words,
    )


def _first(pattern: re.Pattern[str], line: str) -> str:
    match = pattern.search(line)
    return match[1].strip() if match else ""


def _header(soup: BeautifulSoup) -> str:
    """Return the line with the date: the header, what follows the section, or all above."""
    if header := one_line(soup.select_one(".DocHeader")):
        return header
    section = soup.select_one(".DocTitreSousSection")
    beside = section.find_next_sibling() if section else None
    return one_line(beside) or one_line(soup.select_one("header"))[:1000]


def _section(rest: str) -> str:
    """Return what a header says beside its date, its count of words, its page and edition."""
    parts = [part.strip(" -–") for part in _PAGE.sub("", rest).split(",")]
    known = (part for part in parts if part and not _NO_SECTION.fullmatch(part))
    return ", ".join(part for part in known if not _EDITION.fullmatch(part))


def _author(soup: BeautifulSoup) -> str:
    if named := one_line(soup.select_one(".docAuthors")):
        return named
    title = soup.select_one("div.titreArticle, div.TitreArticle")
    beside = title.find_next_sibling() if title else None
    if beside is None or beside.name not in ("div", "p"):
        return ""
    classes = beside.attrs.get("class")
    return one_line(beside) if not classes or "sm-margin-bottomNews" in classes else ""


def _body(soup: BeautifulSoup) -> str:
    """Return the text, under its subtitle, without what was set beside it."""
    selectors = (".docOcurrContainer", ".DocText", "section")
    found = [soup.select(selector) for selector in selectors]
    holders = next(filter(None, found), found[-1])
    inner = {id(tag) for holder in holders for tag in holder.find_all(True)}
    parts = [one_line(soup.select_one(".rdp__subtitle"))]
    for holder in (holder for holder in holders if id(holder) not in inner):
        for unwanted in holder.select("aside, img, .titreArticle"):
            unwanted.decompose()
        parts += plain_text(str(holder)).split("\n\n")
    kept = (_LINK.sub("", part) for part in parts if not _READ_ALSO.fullmatch(part.strip()))
    return _GLUED.sub(r"\g<intertitle>\n\n", "\n\n".join(kept))


def _document_number(soup: BeautifulSoup) -> str:
    """Return the number that the publisher of the base gives, empty where it is missing."""
    stated = one_line(soup.select_one("#PubliC_lblNodoc"))
    if not stated:
        stated = " ".join(one_line(footer) for footer in soup.select("footer"))
    match = _NUMBER.search(stated)
    return match[0] if match else ""
