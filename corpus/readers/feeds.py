"""RSS and Atom: the items of a saved feed, also of one that is not well-formed."""

import io
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urljoin
from xml.sax import SAXException

import feedparser  # type: ignore[import-untyped]

from corpus.files import OpenFile
from corpus.readers.format import Format
from corpus.readers.xml_tree import root_name, safe_text
from corpus.records import Fate, Record, SetAside, Unreadable

FORMAT = Format(
    "RSS, Atom",
    "l’élément rss, feed ou RDF",
    ("source", "date", "url", "section", "author", "id", "copyright", "language"),
)
_ROOTS = ("rss", "feed", "RDF")
_NAMESPACES = ("http://www.w3.org/2005/Atom", "http://purl.org/atom/", "http://purl.org/rss/1.0/")
# Given as a header, since the text is decoded by evidence and the declaration taken away.
_UTF8 = {"content-type": "application/xml; charset=utf-8"}


def recognises(file: OpenFile) -> bool:
    """Tell a feed by its root element, RSS, or one of the namespaces of Atom and RSS 1.0."""
    root = root_name(file.start)
    return root == "rss" or (root in _ROOTS and any(name in file.start for name in _NAMESPACES))


def read(file: OpenFile) -> Iterator[Record | SetAside]:
    """Yield the items, and a notice where the feed gives but the summary of some.

    Raises Unreadable for a feed without items. Nothing that a feed names is fetched: the
    bytes go in as a stream.
    """
    feed = _parsed(safe_text(file.whole()).encode())
    if not feed.entries:
        raise Unreadable("flux sans article", fate=Fate.SKIPPED)
    excerpts = 0
    for number, entry in enumerate(feed.entries, 1):
        contents = [_text(content, "value") for content in entry.get("content", ())]
        whole = max(contents, key=len, default="")
        excerpts += not whole
        yield _record(entry, whole, feed.feed, f"article {number}")
    if excerpts:
        share = f"{excerpts} sur {len(feed.entries)}"
        reason = f"articles gardés comme extraits ({share}) : le flux n'en donne que le résumé"
        yield SetAside(file.name, reason, fate=Fate.KEPT)
    if isinstance(feed.get("bozo_exception"), SAXException):
        reason = "flux mal formé, lu au mieux ; un article a pu y perdre du texte"
        yield SetAside(file.name, reason, fate=Fate.KEPT)


def _parsed(data: bytes) -> feedparser.FeedParserDict:
    try:
        stream = io.BytesIO(data)
        return feedparser.parse(stream, response_headers=_UTF8, resolve_relative_uris=False)
    except Exception as error:  # it lets out ValueError and more on some broken feeds
        raise Unreadable("flux abîmé, illisible ; enregistrez-le de nouveau") from error


def _record(entry: Mapping[str, Any], whole: str, feed: Mapping[str, Any], position: str) -> Record:
    names = [_text(author, "name") for author in entry.get("authors", ())]
    return Record(
        title=_text(entry, "title"),
        body=whole or _text(entry, "summary"),
        source=_text(entry.get("source", {}), "title") or _text(feed, "title"),
        date=_text(entry, "published", "updated", "created"),
        url=_address(_text(entry, "link"), _text(feed, "link")),
        section=next((_text(tag, "label", "term") for tag in entry.get("tags", ())), ""),
        author=", ".join(filter(None, names)) or _text(entry, "author"),
        copyright=_text(entry, "rights") or _text(feed, "rights"),
        language=_text(entry, "language") or _text(feed, "language"),
        id=_text(entry, "id"),
        position=position,
        excerpt="" if whole else "oui",
    )


def _address(link: str, site: str) -> str:
    """Return the address of an item; one without a host is of the feed's own site."""
    try:
        return urljoin(site, link) if link else ""
    except ValueError:
        return link


def _text(holder: Mapping[str, Any], *names: str) -> str:
    """Return the first of the fields that holds something.

    Asked with `in` first, since feedparser gives one date for another, with a warning.
    """
    stated = (str(holder[name] or "") for name in names if name in holder)
    return next(filter(None, stated), "")
