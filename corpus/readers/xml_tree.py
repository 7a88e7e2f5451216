"""XML from strangers: parsed within bounds, nothing expanded, nothing fetched."""

import re
from collections.abc import Iterator
from html import escape, unescape
from html.entities import html5
from typing import TypeAlias

from lxml import etree  # type: ignore[import-untyped]

from corpus.encoding import decode
from corpus.records import Unreadable

Element: TypeAlias = etree._Element
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"  # the attribute xml:lang

# What may stand before the root, one at a time: the possessive quantifiers that would take
# all at once are broken in Python 3.11.0 to 3.11.4.
_BEFORE_ROOT = re.compile(
    r"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE\b[^<>\[]*(?:\[.*?\]\s*>|>)", re.IGNORECASE | re.DOTALL
)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)(?=[\s/>])")
_DECLARATION = re.compile(r"\s*<\?xml\b[^<>]*\?>")
_DOCTYPE = re.compile("<!DOCTYPE", re.IGNORECASE)
_DECLARED_ENTITY = re.compile("<!ENTITY", re.IGNORECASE)
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([^\W\d][\w.:-]*;)")
_NUMBERED = re.compile(r"&#(?:(\d{1,10})|[xX]([0-9A-Fa-f]{1,8}));?")
MOST_TAGS = 4_000_000  # of a file; they take 700 MB, those of a message with 1,000 dispatches 20
_SPACES = re.compile(r"[ \t\r\n]+")
_AROUND_BREAK = re.compile(r" *\n *")

_BLOCKS = frozenset(
    (
        *("p", "hl1", "hl2", "h1", "h2", "h3", "h4", "h5", "h6", "li", "tr", "block", "bq"),
        *("blockquote", "div", "section", "article", "body", "body.content", "dl", "dd", "dt"),
        *("ul", "ol", "table", "pre", "hr", "fn", "note", "paragraph", "abstract"),
    )
)
_DROPPED = frozenset(
    ("media", "figure", "header", "head", "script", "style", "nav", "aside", "footer")
)
_BEFORE = {"br": "\n", "td": " ", "th": " "}


def root_name(start: str) -> str:
    """Return the local name of the root element, empty where the text is no XML.

    start: the beginning of the document, as in `OpenFile.start`.
    """
    place = 0
    while before := _BEFORE_ROOT.match(start, place):
        place = before.end()
    root = _ROOT.match(start, place)
    return root[1] if root else ""


def safe_text(data: bytes) -> str:
    """Return the text of an XML document without its declaration, to be parsed as UTF-8.

    Its encoding is found by evidence; named characters of HTML become themselves, those that
    XML forbids go. Raises Unreadable for a document that declares entities (those of news never
    do), and for one with more tags than memory should hold.
    """
    text = _FORBIDDEN.sub("", decode(data)).lstrip()
    if text.count("<") > MOST_TAGS:
        raise Unreadable("trop de balises pour un fichier de presse ; découpez-le")
    if _DECLARED_ENTITY.search(text) and _DOCTYPE.search(text):
        raise Unreadable("XML qui déclare des entités, un piège connu ; retirez son DOCTYPE")
    text = _NUMBERED.sub(_allowed, _DECLARATION.sub("", text, count=1))
    return _NAMED.sub(_character, text)


def _allowed(match: re.Match[str]) -> str:
    """Drop a reference to a character that XML forbids, for which a whole file would be refused."""
    number = int(match[1]) if match[1] else int(match[2], 16)
    return "" if number > 0x10FFFF or _FORBIDDEN.match(chr(number)) else match[0]


def _character(match: re.Match[str]) -> str:
    return escape(unescape(match[0]), quote=False) if match[1] in html5 else f"&amp;{match[1]}"


def elements(data: bytes, *names: str) -> Iterator[Element]:
    """Yield the elements of these local names as each is complete, then forget it.

    Raises Unreadable where the document is not well-formed, after the elements before.
    """
    parser = etree.XMLPullParser(
        events=("end",),
        tag=[f"{{*}}{name}" for name in names],
        **{"resolve_entities": False, "load_dtd": False, "no_network": True},
        **{"huge_tree": False, "remove_comments": True, "remove_pis": True},
    )
    content = safe_text(data).encode()
    try:
        for begin in range(0, len(content), 2**16):
            parser.feed(content[begin : begin + 2**16])
            yield from _completed(parser)
        parser.close()
        yield from _completed(parser)
    except etree.XMLSyntaxError as error:
        yield from _completed(parser)
        reason = "XML mal formé, la suite n'est pas lue ; redemandez l'export"
        raise Unreadable(reason, f"ligne {error.lineno}") from error


def _completed(parser: etree.XMLPullParser) -> Iterator[Element]:
    for _, element in parser.read_events():
        yield element
        element.clear(keep_tail=True)


def find(element: Element, *paths: str) -> str:
    """Return the first text or attribute at one of the paths that holds something.

    paths: local names parted by "/", each below the one before at any depth; an attribute
    comes last, as "doc-id/@id-string".
    """
    for path in paths:
        *above, name = path.split("/")
        attribute = name[1:] if name.startswith("@") else ""
        if attribute:
            name = above.pop()
        for found in element.iter(f"{{*}}{name}"):
            value = found.get(attribute, "").strip() if attribute else line(found)
            if value and _is_below(found, above):
                return str(value)
    return ""


def _is_below(element: Element, names: list[str]) -> bool:
    ancestors = map(_local_name, element.iterancestors())
    return all(name in ancestors for name in reversed(names))  # each one further up


def _local_name(element: Element) -> str:
    return str(element.tag).rsplit("}", 1)[-1]  # QName refuses what a damaged namespace gives


def line(element: Element) -> str:
    """Return all text in an element as one line."""
    return _SPACES.sub(" ", "".join(element.itertext())).strip()


def paragraphs(element: Element) -> str:
    """Return the text in an element of NITF or XHTML, its paragraphs parted by blank lines."""
    done: list[str] = []
    parts: list[str] = []

    def flush() -> None:
        if text := _AROUND_BREAK.sub("\n", "".join(parts)).strip():
            done.append(text)
        parts.clear()

    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in walk:
        name = _local_name(node)
        dropped = name in _DROPPED and node is not element
        if name in _BLOCKS:
            flush()
        if event == "start" and dropped:
            walk.skip_subtree()
        elif event == "start":
            parts.append(_BEFORE.get(name, "") + _SPACES.sub(" ", node.text or ""))
        elif node is not element:
            parts.append(_SPACES.sub(" ", node.tail or ""))
    flush()
    return "\n\n".join(done)
