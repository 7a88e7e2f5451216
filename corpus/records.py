"""One step for every format: the raw fields that a reader found become an `Article`."""

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from corpus.article import Article
from corpus.cleaning import byline, clean_body, clean_line
from corpus.datelines import agency_in, part_credit, part_initials, parted, place_in
from corpus.dates import parse_date
from corpus.identity import derived_id
from corpus.language import language_of
from corpus.readers.markup import plain_text

_NUMBER = re.compile(r"[1-9]\d{0,2}(?:[\s.,]\d{3})+(?!\d)|\d{1,8}", re.ASCII)


class Fate(StrEnum):
    """What became of something that was read and is not simply an article."""

    SET_ASIDE = "set aside"  # an article is, or may be, missing from the corpus
    SKIPPED = "skipped"  # nothing is missing: a duplicate, a picture
    KEPT = "kept"  # the article is in the corpus, but changed


# Characters; what is longer is a text that a file calls its title.
_LONGEST_TITLE = 1000


@dataclass(frozen=True, slots=True)
class SetAside:
    """Something that was not read as it stands, and why.

    file: the file, or the member of an archive.
    reason: what is wrong and what to do, in French.
    position: the place in the file, as "ligne 12"; empty for the whole file.
    format: what the file was read as, in French; empty where it was not.
    """

    file: str
    reason: str
    position: str = ""
    fate: Fate = Fate.SET_ASIDE
    format: str = ""

    def __str__(self) -> str:
        """Return one line for a terminal or a log."""
        place = f"{self.file}, {self.position}" if self.position else self.file
        return f"{place} : {self.reason}"


@dataclass(frozen=True, slots=True)
class Withdrawal(SetAside):
    """The notice that an agency takes a dispatch back, in every version up to one."""

    dispatch: str = ""
    version: int = 0


class Unreadable(Exception):
    """A file, or what is left of it, cannot be read; the text is a reason in French."""

    def __init__(self, reason: str, position: str = "", fate: Fate = Fate.SET_ASIDE) -> None:
        super().__init__(reason)
        self.reason, self.position, self.fate = reason, position, fate


@dataclass(frozen=True, slots=True)
class Record:
    """The fields of one article as a file gives them, not yet cleaned.

    Those of `Article`, all text; `language` is what the source declares.
    date: with its time, where it has one.
    excerpt: anything where the body is but a summary.
    dispatch: what an agency calls all versions of an article, of which the highest stands;
        empty for one without versions.
    position: the place in the file, as "ligne 12".
    """

    title: str = ""
    body: str = ""
    source: str = ""
    date: str = ""
    url: str = ""
    section: str = ""
    author: str = ""
    edition: str = ""
    page: str = ""
    agency: str = ""
    dateline: str = ""
    slug: str = ""
    word_count: str = ""
    copyright: str = ""
    language: str = ""
    excerpt: str = ""
    id: str = ""
    dispatch: str = ""
    version: str = ""
    position: str = ""


def to_article(record: Record, file: str) -> Article:
    """Return the cleaned article of a record; its id is derived where the record has none.

    What an agency sets before and after its text goes to fields of its own.
    """
    title = clean_line(plain_text(record.title))
    opening = parted(clean_body(plain_text(record.body)))
    credited, body = part_credit(opening.text)
    initials, body = part_initials(body)
    if len(title) > _LONGEST_TITLE:
        title, body = "", f"{title}\n\n{body}".rstrip()
    author = clean_line(plain_text(record.author)) or initials
    supplier = clean_line(record.agency)
    stated = clean_line(record.source)  # some sites are called by their address
    source = site_of(stated) or stated or supplier or site_of(record.url)
    agency = agency_in(supplier) or supplier or opening.agency or credited
    agency = agency or agency_in(author) or agency_in(source)
    published = parse_date(record.date) or parse_date(opening.day)
    return Article(
        id=clean_line(record.id) or derived_id(title, body, source or agency, published),
        title=title,
        body=body,
        source=source or agency,
        published=published,
        url=clean_line(record.url),
        section=clean_line(plain_text(record.section)),
        author=byline(author) or author,
        edition=clean_line(record.edition),
        page=clean_line(record.page),
        agency=agency,
        dateline=place_in(clean_line(record.dateline)) or opening.place,
        slug=clean_line(record.slug) or opening.slug,
        word_count=stated_number(record.word_count),
        copyright=clean_line(plain_text(record.copyright)),
        language=language_of(body or title, record.language),
        excerpt=bool(record.excerpt),
        file=file,
    )


def stated_number(text: str) -> int:
    """Return the first whole number of a text, "1 234 mots"; 0 where there is none."""
    match = _NUMBER.search(text)
    return int(re.sub(r"\D", "", match[0])) if match else 0


def site_of(url: str) -> str:
    """Return the host of an address without "www."; empty where there is none."""
    try:
        return (urlsplit(url.strip()).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
