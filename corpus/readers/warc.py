"""WARC, what web archives keep: the pages among its records. WACZ is a zip of them.

Format: https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/.
"""

import io
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote

from corpus.encoding import decode
from corpus.files import OpenFile, shown
from corpus.readers import web_page
from corpus.readers.format import Format
from corpus.records import Fate, SetAside, Unreadable

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord  # type: ignore[import-untyped]

FORMAT = Format(
    "Archives du web (WARC, WACZ)",
    "un début en WARC/1, ou un zip avec un dossier archive",
    web_page.FORMAT.gives,
    *("warcio", "warc"),
)
MAX_PAGE = 8 * 2**20  # bytes of a page; those of newspapers have up to 2 MB
_SAFE = "".join(sign for sign in map(chr, range(33, 127)) if sign not in '<>"')
_MARKS = (b"\xef", b"\xff", b"\xfe")  # with which a byte order mark begins
_HTML = ("text/html", "application/xhtml+xml")


def recognises(file: OpenFile) -> bool:
    """Tell a WARC, decompressed on the way here, by its first word."""
    return file.head.startswith((b"WARC/1.", b"WARC/0."))


def pages(file: OpenFile) -> Iterator[OpenFile | SetAside]:
    """Yield the pages as files of their own, and at the end how many records were passed over.

    Raises Unreadable where the package is missing, or where the rest is damaged.
    """
    FORMAT.require()
    from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]
    from warcio.exceptions import ArchiveLoadFailed  # type: ignore[import-untyped]

    passed: Counter[str] = Counter()
    digests: set[str] = set()
    number = found = 0
    try:
        for number, record in enumerate(ArchiveIterator(file.stream), 1):
            if record.rec_type in ("response", "revisit"):
                if reason := _reason_to_pass(record, digests):
                    passed[reason] += 1
                else:
                    found += 1
                    yield _page(record, file, f"enregistrement {number}")
    except (ArchiveLoadFailed, AttributeError, LookupError, ValueError) as error:
        reason = "archive du web abîmée, la suite n'est pas lue"
        raise Unreadable(reason, f"enregistrement {number + 1}") from error
    for reason, count in passed.items():
        yield SetAside(file.name, f"{reason} : {count} passés", fate=Fate.SKIPPED)
    if not found and not passed:
        raise Unreadable("archive du web sans page", fate=Fate.SKIPPED)


def _reason_to_pass(record: "ArcWarcRecord", digests: set[str]) -> str:
    """Return why a record holds no page to read; empty for one that does."""
    digest = record.rec_headers.get_header("WARC-Payload-Digest") or ""
    if record.rec_type == "revisit" or digest in digests:
        return "enregistrements d'une page déjà archivée"
    if record.http_headers is None:
        return "réponses sans en-tête HTTP"
    if (status := record.http_headers.get_statuscode()) != "200":
        return f"réponses d'état {status[:3] or 'inconnu'}"
    kind = (record.http_headers.get_header("Content-Type") or "").partition(";")[0].strip().lower()
    if kind not in _HTML:
        return f"réponses qui ne sont pas des pages ({kind[:40] or 'type inconnu'})"
    digests.update([digest] if digest else [])
    return ""


def _page(record: "ArcWarcRecord", file: OpenFile, position: str) -> OpenFile | SetAside:
    """Return the page of a record, which begins with its address as browsers save it."""
    data = record.content_stream().read(MAX_PAGE + 1)
    if len(data) > MAX_PAGE:
        reason = f"page de plus de {MAX_PAGE // 2**20} Mo ; enregistrez-la à part, en texte"
        return SetAside(file.name, reason, position)
    address = quote(record.rec_headers.get_header("WARC-Target-URI") or "", safe=_SAFE)
    origin = f"<!-- saved from url=({len(address):04}){address} -->\n"
    page = origin.encode() + (decode(data).encode() if data[:1] in _MARKS else data)
    return OpenFile(f"{file.name}/{shown(address)}", io.BytesIO(page), file.fields)
