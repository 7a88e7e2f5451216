"""A saved web page: one article, with what the page says of it."""

import re
from collections.abc import Iterator

from corpus.encoding import decode
from corpus.files import OpenFile
from corpus.readers.field_names import as_text
from corpus.readers.format import Format
from corpus.readers.markup import plain_text, walk
from corpus.readers.page_body import page_body
from corpus.readers.page_facts import PageFacts
from corpus.records import Record, SetAside, Unreadable

FORMAT = Format(
    "Pages web enregistrées (HTML)",
    "un début de document HTML",
    (
        *("source", "date", "url", "section", "author", "edition", "page", "agency", "dateline"),
        *("word_count", "copyright", "language"),
    ),
)
# What may stand before the root, one at a time: the possessive quantifiers that would take
# all at once are broken in Python 3.11.0 to 3.11.4.
_BEFORE_ROOT = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->)", re.DOTALL)
_ROOT = re.compile(
    r"""\s*(?: <!doctype\s+html\b
      | <(?:html|head|body|meta|title|article|main|div|section|p|h1|table|link|script)\b )""",
    re.VERBOSE | re.IGNORECASE,
)
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(https?://\S+) -->")
_WHOLE = 0.8  # of the words of the body in JSON-LD, what the paragraphs of a page must hold
_SHORTEST = 200  # characters of a page that does not call itself an article


def recognises(file: OpenFile) -> bool:
    """Tell a file that begins as an HTML document does."""
    place = 0
    while before := _BEFORE_ROOT.match(file.start, place):
        place = before.end()
    return _ROOT.match(file.start, place) is not None


def read(file: OpenFile) -> Iterator[Record | SetAside]:
    """Yield the article of the page; raises Unreadable for a page without one."""
    yield page_record(decode(file.whole()))


def page_record(page: str) -> Record:
    """Return the article of a page; raises Unreadable where there is none."""
    facts = PageFacts()
    text = walk(page, facts.note)
    headings = [block.text for block in text.blocks if block.tag == "h1" and not block.beside]
    lines = (line for block in text.blocks for line in block.text.split("\n"))
    title = facts.title(headings, lines)
    found = page_body(text, title, facts.signs)
    body = _body(found.paragraphs, as_text(facts.article.get("articleBody")))
    if len(body) < _SHORTEST and not facts.is_article:
        raise Unreadable(
            "page sans article (accueil, sommaire ou message d'erreur ?) ; "
            "enregistrez la page de l'article"
        )
    saved_from = _SAVED_FROM.search(page[:2000])
    return Record(
        title=title,
        body=body or facts.description,
        excerpt="" if body else "oui",
        source=facts.source or facts.site_beside(title),
        date=facts.date(found.lines),
        url=facts.url or (saved_from[1] if saved_from else ""),
        section=facts.section,
        author=facts.author(found.lines),
        **facts.metadata,
    )


def _body(paragraphs: list[str], stated: str) -> str:
    """Choose between the paragraphs that the page shows and the body that its data states.

    The data often runs paragraphs together, but holds all of them behind a paywall.
    """
    shown, stated = "\n\n".join(paragraphs), plain_text(stated)
    words = set(stated.split())
    return shown if len(words.intersection(shown.split())) >= _WHOLE * len(words) else stated
