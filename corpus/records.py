"""One step for every format: the raw fields that a reader found become an `Article`."""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from corpus.article import Article
from corpus.cleaning import byline, clean_body, clean_line
from corpus.dates import parse_date
from corpus.identity import derived_id
from corpus.readers.markup import plain_text


class Fate(StrEnum):
    """What became of something that was read and is not simply an article."""

    SET_ASIDE = "set aside"  # an article is, or may be, missing from the corpus
    SKIPPED = "skipped"  # nothing is missing: a duplicate, a picture
    KEPT = "kept"  # the article is in the corpus, but changed


@dataclass(frozen=True, slots=True)
class SetAside:
    """Something that was not read as it stands, and why.

    file: the file, or the member of an archive.
    reason: what is wrong and what to do, in French.
    position: the place in the file, as "ligne 12"; empty for the whole file.
    """

    file: str
    reason: str
    position: str = ""
    fate: Fate = Fate.SET_ASIDE

    def __str__(self) -> str:
        """Return one line for a terminal or a log."""
        place = f"{self.file}, {self.position}" if self.position else self.file
        return f"{place} : {self.reason}"


class Unreadable(Exception):
    """A file, or what is left of it, cannot be read; the text is a reason in French."""

    def __init__(self, reason: str, position: str = "", fate: Fate = Fate.SET_ASIDE) -> None:
        super().__init__(reason)
        self.reason, self.position, self.fate = reason, position, fate


@dataclass(frozen=True, slots=True)
class Record:
    """The fields of one article as a file gives them, not yet cleaned.

    position: the place in the file, as "ligne 12".
    """

    title: str = ""
    body: str = ""
    source: str = ""
    date: str = ""
    url: str = ""
    section: str = ""
    author: str = ""
    id: str = ""
    position: str = ""


def to_article(record: Record, file: str) -> Article:
    """Return the cleaned article of a record; its id is derived where the record has none."""
    title, body = clean_line(plain_text(record.title)), clean_body(plain_text(record.body))
    source = clean_line(record.source) or site_of(record.url)
    author = clean_line(plain_text(record.author))
    published = parse_date(record.date)
    return Article(
        id=clean_line(record.id) or derived_id(title, body, source, published),
        title=title,
        body=body,
        source=source,
        published=published,
        url=clean_line(record.url),
        section=clean_line(plain_text(record.section)),
        author=byline(author) or author,
        file=file,
    )


def site_of(url: str) -> str:
    """Return the host of an address without "www."; empty where there is none."""
    try:
        return (urlsplit(url.strip()).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
