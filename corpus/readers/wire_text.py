"""Agency wire text with its control characters: ANPA 1312 and IPTC 7901 (ATS, AFP, Belga).

Formats: https://iptc.org/std/IPTC7901/1.0/specification/7901V4.pdf and ANPA Bulletin 1312.
SOH begins the header, STX the text, ETX the end line with its date, EOT what follows.
"""

import re
from collections.abc import Iterator

from corpus.cleaning import byline
from corpus.dates import parse_date
from corpus.encoding import decode
from corpus.files import OpenFile
from corpus.readers.format import Format
from corpus.records import Fate, Record, SetAside, Unreadable

FORMAT = Format(
    "Dépêches en texte (ATS, ANPA 1312, IPTC 7901)",
    "les caractères de commande SOH et STX autour d’un en-tête",
    ("source", "date", "id", "section", "author", "slug", "word_count"),
)
_MESSAGE = re.compile(
    r"\x01(?P<header>[^\x01-\x04]{0,500}(?:[\x11-\x14\x1f][^\x01-\x04]{0,300})?)"
    r"\x02(?P<text>[^\x01-\x04]*)(?P<close>\x03?)(?P<end>[^\x01\x02\x04]{0,200})"
)
_BEGINS = re.compile(rb"[\x00\x16\s]{0,20}(?:ZCZC[^\x01]{0,80})?\x01[^\x02\x03]{3,500}\x02")
_ANPA = re.compile(
    r"(?P<service>[a-z])(?P<number>\d{4})\x1f.{0,40}?[\r\n]+"
    r"(?P<priority>[a-z])\s(?P<section>[a-z])\s*[\x13\x14][\x11\x12]\s*"
    r"(?:(?:am|pm|bc|ap)-)?(?P<slug>[^\x00-\x20]+)[^\r\n]*?"
    r"\s\d{1,2}-\d{1,2}\s+(?P<words>\d{0,5})",
    re.I | re.S,
)
_IPTC = re.compile(
    r"\s*(?P<source>[A-Z]{2,5})(?P<number>\d{2,5})\s+(?P<priority>\d)\s+(?P<section>[A-Z]{1,4})"
    r"\s+(?P<words>\d{1,5})(?:\s+(?P<slug>[^\r\n]*))?",
    re.I,
)
# "031205 GMT JUL 20", and of ANPA "AP-NY-07-03-20 1205GMT".
_SENT = re.compile(
    r"(?P<day>\d\d)(?P<hour>[0-2]\d)(?P<minute>[0-5]\d)\s*(?P<zone>GMT|CEST|CET|Z)?\s+"
    r"(?P<month>[A-Z]{3,4})\.?\s+(?P<year>\d\d(?:\d\d)?)\b",
    re.I,
)
_SENT_ANPA = re.compile(
    r"(?P<month>\d\d)-(?P<day>\d\d)-(?P<year>\d\d)\s+(?P<hour>\d\d)(?P<minute>\d\d)\s?(?P<zone>GMT)?"
)
_SIGNED = re.compile(r"[a-z]{2,5}(?:[-/][a-z]{1,6})+|[a-z]{2,4}/")  # "dar/tm/jag"
_KEYWORDS = re.compile(r"[^\W\d_]\w*(?:[-/][\w'’]+)+(?:\s\([^()]*\))?")  # "France-justice-drogue"
_MARKS = re.compile(r"[\x00\x05-\x08\x0e-\x1f]")
_LONGEST_TITLE = 200


def recognises(file: OpenFile) -> bool:
    """Tell a wire text by a header between SOH and STX at its beginning."""
    return _BEGINS.match(file.head) is not None


def read(file: OpenFile) -> Iterator[Record | SetAside]:
    """Yield the dispatches; raises Unreadable where there is none."""
    text = decode(file.whole())
    number = 0
    for number, message in enumerate(_MESSAGE.finditer(text), 1):
        position = f"dépêche {number}"
        if not message["text"].strip():
            yield SetAside(file.name, "dépêche sans texte", position, Fate.SKIPPED)
            continue
        yield _record(message, position)
        if not message["close"]:
            reason = "dépêche coupée avant sa fin ; gardée telle quelle"
            yield SetAside(file.name, reason, position, Fate.KEPT)
    if not number:
        raise Unreadable("fil d'agence sans dépêche entière ; redemandez le fichier")


def _record(message: re.Match[str], position: str) -> Record:
    header = _ANPA.search(message["header"]) or _IPTC.match(message["header"])
    stated = header.groupdict() if header else {}
    title, slug, paragraphs = _title_and_text(message["text"])
    sent = _sent(message["end"])
    if paragraphs and (last := _sent(paragraphs[-1])) and len(paragraphs[-1]) < 40:
        sent, paragraphs = sent or last, paragraphs[:-1]
    author = ""
    if paragraphs and _SIGNED.fullmatch(paragraphs[-1]):
        author = paragraphs.pop()
    if paragraphs and (names := byline(paragraphs[0])):
        author, paragraphs = names, paragraphs[1:]
    source, number = stated.get("source") or "", stated.get("number") or ""
    return Record(
        title=title,
        body="\n\n".join(paragraphs),
        source=source.upper(),
        date=sent,
        section=(stated.get("section") or "").upper(),
        author=author,
        slug=slug or (stated.get("slug") or "").strip(),
        word_count=stated.get("words") or "",
        id=f"{source.upper()}{number}:{sent[:10]}" if source and number and sent else "",
        position=position,
    )


def _title_and_text(text: str) -> tuple[str, str, list[str]]:
    """Return headline, keywords and paragraphs; ANPA marks the lines of its head by a "^"."""
    paragraphs, marked = _paragraphs(text)
    if marked:
        keyed = len(marked) > 1 and _KEYWORDS.match(marked[0].replace("--", "-"))
        head = marked[1:] if keyed else marked
        names = [line for line in head[1:] if byline(line)]
        return head[0], marked[0] if keyed else "", [*names, *paragraphs]
    slug = ""
    if len(paragraphs) > 1 and _KEYWORDS.fullmatch(paragraphs[0]):
        slug = paragraphs.pop(0)
    whole = len(paragraphs) < 2 or len(paragraphs[0]) > _LONGEST_TITLE
    return "" if whole else paragraphs.pop(0), slug, paragraphs


def _paragraphs(text: str) -> tuple[list[str], list[str]]:
    """Join the lines of paragraphs, which a blank line or an indent begins; set marked ones apart.

    The lines before the first indented one stand each for itself: keywords, headline.
    """
    done: list[list[str]] = []
    marked: list[str] = []
    inside = False
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        clean = _MARKS.sub("", line).strip().rstrip("<=").strip()
        begins = line.startswith(("\t", "  ", "\x08"))
        if line.startswith("^"):
            marked.append(clean.strip("^<= "))
        elif not clean:
            done.append([])
        elif begins or not done or not done[-1] or not inside:
            done.append([clean])
        else:
            done[-1].append(clean)
        inside = inside or begins
    return [" ".join(lines) for lines in done if lines], [line for line in marked if line]


def _sent(text: str) -> str:
    """Return the day and time of sending in ISO 8601, empty where none is stated."""
    match = _SENT.search(text) or _SENT_ANPA.search(text)
    if match is None:
        return ""
    year = match["year"] if len(match["year"]) == 4 else _century(match["year"])
    published = parse_date(f"{match['day']} {match['month']} {year}")
    if match["month"].isdigit():
        published = parse_date(f"{year}-{match['month']}-{match['day']}")
    zone = f" {match['zone']}" if match["zone"] else ""
    return f"{published} {match['hour']}:{match['minute']}{zone}" if published else ""


def _century(year: str) -> str:
    return ("19" if int(year) > 60 else "20") + year
