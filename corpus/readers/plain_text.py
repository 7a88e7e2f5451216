"""Plain text: one article per file, its title on the first line."""

import re
from collections.abc import Iterator

from corpus.cleaning import byline, clean_characters
from corpus.datelines import has_dateline
from corpus.dates import parse_date
from corpus.encoding import decode
from corpus.files import OpenFile
from corpus.readers.format import Format
from corpus.records import Record, SetAside

FORMAT = Format("Texte brut", "peu de caractères de commande", ("date", "author"))
_LONGEST_TITLE = 250  # characters of a first line that a blank line follows
_LONGEST_BARE_TITLE = 150  # of one that only a line end follows
_RUNS_ON = (".", "…", ",", ";", "-")  # how a title does not end
_MOST_CONTROLS = 0.02  # of the characters of a text; random bytes have a tenth
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_XML = re.compile(r"<(?:[?!]|[A-Za-z][\w.-]*(?::[\w.-]+)?(?:\s+[\w:.-]+\s*=|\s*/?>))")

_DAY = (
    r"(?:le\s+)?(?:(?:lun|mar|mercre|jeu|vendre|same)di\s+|dimanche\s+)?"
    r"(?:\d{1,2}(?:er|ᵉʳ)?\s+[^\W\d]{3,9}\.?(?:\s+\d{4})?|\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d\d-\d\d)"
)
_STAMP = re.compile(
    rf"(?:(?:article\s+)?(?:publiée?|parue?|mise?\s+en\s+ligne)\s+)?(?P<day>{_DAY})"
    r"(?:,?\s+(?:à\s+)?\d{1,2}\s?[h:]\s?\d{0,2})?\.?",
    re.IGNORECASE,
)


def recognises(file: OpenFile) -> bool:
    """Tell a text by the few control characters in it; the NULs of a damaged one do not count."""
    if _XML.match(file.start):
        return False
    return len(_CONTROL.findall(file.start)) <= _MOST_CONTROLS * len(file.start)


def read(file: OpenFile) -> Iterator[Record | SetAside]:
    """Yield the article of the file."""
    yield text_record(decode(file.whole()))


def text_record(text: str) -> Record:
    """Return the article of a text: its title, what stands below it, and its body."""
    lines = [line.strip() for line in clean_characters(text).strip().split("\n")]
    title, lines = _title_and_rest(lines)
    date = author = ""
    while title and lines:
        if stamp := _STAMP.fullmatch(lines[0]):
            date = date or _known_day(stamp["day"])
        elif names := byline(lines[0]):
            author = author or names
        elif lines[0]:
            break
        lines = lines[1:]
    return Record(title=title, body="\n".join(lines), date=date, author=author)


def _title_and_rest(lines: list[str]) -> tuple[str, list[str]]:
    """Part the title from the lines below it; an empty title where the text begins at once."""
    end = lines.index("") if "" in lines else len(lines)
    head, rest = lines[:end], lines[end:]
    first, joined = head[0] if head else "", " ".join(head)
    if has_dateline(first):
        return "", lines
    if len(head) < 2:
        is_title = len(first) <= _LONGEST_TITLE and (rest or not first.endswith(_RUNS_ON))
        return (first, rest) if is_title else ("", lines)
    if rest and len(joined) <= _LONGEST_TITLE and head[1][0].islower() and joined[-1] != ".":
        return joined, rest
    width = max(map(len, lines))
    broken_early = len(first) + len(head[1].split(" ", 1)[0]) < width
    if len(first) > _LONGEST_BARE_TITLE or first.endswith(_RUNS_ON) or not broken_early:
        return "", lines
    return ("", lines) if head[1][0].islower() else (first, lines[1:])


def _known_day(stated: str | None) -> str:
    """Return a day that is stated with its year, else an empty string."""
    return stated if stated and parse_date(stated) is not None else ""
