"""The fields of Factiva, by their codes or, without indexing, by what their lines look like."""

import re
from collections.abc import Iterable, Mapping

from corpus.dates import parse_date
from corpus.language import code
from corpus.records import Record

# The accession number that ends each article, in the languages of the interface.
DOCUMENT = re.compile(r"(?:Do[ck]ument[eo]?)\s+(\w{10,60})")
# What the codes of an indexed article may state, besides title and body.
GIVES = (
    *("source", "date", "id", "section", "author", "edition", "page", "agency", "word_count"),
    *("copyright", "language"),
)
_DAY = re.compile(r"\d{1,2}(?:er)?\.?\s[^\W\d]+\.?\s\d{4}|[^\W\d]+\s\d{1,2},\s\d{4}")
_TIME = re.compile(r"\d{1,2}[:h.]\d\d(?:[:.]\d\d)?(?:\s?[ap]m)?(?:\s\w{2,4})?", re.I)
_COUNT = re.compile(r"\d[\d\s.,]*\s(?:mots|words|Wörter|palabras|parole|woorden|palavras)", re.I)
_SOURCE_CODE = re.compile(r"[A-Z][A-Z0-9]{2,9}")
_PAGE = re.compile(r"[A-Z]{0,4}-?\d{1,4}(?:[-/,]\s?\d{1,4})?[A-Z]?", re.I)
_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright)", re.I)


def from_codes(text: Mapping[str, str], body: str, position: str) -> Record:
    """Return the article of an indexed export, whose codes are the same in every language."""
    number = DOCUMENT.search(text.get("AN", ""))
    return Record(
        title=text.get("HD", ""),
        body=body,
        source=text.get("SN", ""),
        date=f"{text.get('PD', '')} {text.get('ET', '')}".strip(),
        section=text.get("SE") or text.get("CLM", ""),
        author=text.get("BY", ""),
        edition=text.get("ED", ""),
        page=text.get("PG", ""),
        agency=text.get("CR", ""),
        word_count=text.get("WC", ""),
        copyright=text.get("CY", ""),
        language=text.get("LA", ""),
        id=number[1] if number else text.get("AN", ""),
        position=position,
    )


def from_lines(lines: Iterable[str]) -> dict[str, str]:
    """Return the fields that the lines between headline and text state, by what they look like.

    They come in this order, each but the day and the source at times missing: count of
    words, day, time, source, its code, edition and page, language, copyright.
    """
    found: dict[str, str] = {}
    for line in lines:
        if _COUNT.fullmatch(line):
            found.setdefault("word_count", line)
        elif "date" not in found:
            if _DAY.fullmatch(line) and parse_date(line) is not None:
                found["date"] = line
        elif _TIME.fullmatch(line) and "source" not in found:
            found["date"] += f" {line}"
        elif "source" not in found:
            found["source"] = line
        elif _COPYRIGHT.match(line):
            found.setdefault("copyright", line)
        elif code(line):
            found.setdefault("language", line)
        elif not _SOURCE_CODE.fullmatch(line) and _PAGE.fullmatch(line):
            found.setdefault("page", line)
    return found
