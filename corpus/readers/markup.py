"""Markup to text: one walk through a page finds its paragraphs and the elements that hold them."""

import gc
import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning
from bs4.element import NavigableString, Tag

from corpus.readers.class_names import Beside, beside, is_unseen

_DROPPED = frozenset(
    (
        *("audio", "button", "canvas", "datalist", "embed", "figcaption", "figure"),
        *("footer", "iframe", "input", "label", "link", "map", "math", "menu", "meta"),
        *("nav", "noscript", "object", "option", "script", "select", "style", "svg"),
        *("template", "textarea", "title", "video", "amp-ad", "amp-consent", "amp-embed"),
        *("amp-list", "amp-sidebar", "amp-social-share", "amp-user-notification"),
    )
)
_BLOCKS = frozenset(
    (
        *("[document]", "address", "article", "aside", "blockquote", "body", "center"),
        *("dd", "details", "dialog", "div", "dl", "dt", "fieldset", "form", "h1", "h2"),
        *("h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html", "legend"),
        *("li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody"),
        *("tfoot", "thead", "tr", "ul"),
    )
)
# Cells that hold these lay a page out, as pages did until about 2005, and hold no figures.
_CELLS = frozenset(("td", "th"))
_LAYOUT = ["p", "div", "table", "br", "ul", "h1", "h2", "h3"]
_MARKUP = re.compile(
    r"</?(?:a|abbr|article|b|blockquote|br|div|em|font|h[1-6]|hr|html|i|img|li|ol|p|section"
    r"|span|strong|sub|sup|table|td|tr|u|ul)\b[^<>]*>",
    re.IGNORECASE,
)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_SPACES_ONLY = re.compile(r" {2,}")
# Of a page, or of one article in an export: each takes 1.5 kB and 60 µs. Long pages have 30,000.
MOST_TAGS = 200_000
_SEAM = "\x1f"  # the end of a bold beginning: an intertitle, where a capital follows at once
_GLUED = re.compile(r"(?<=[a-zà-ÿœ!?…»])\x1f(?=[A-ZÀ-ÝŒ«])")
_AROUND_BREAK = re.compile(r" *\n *")


class TooManyTags(Exception):
    """A text has more markup than an article; to parse it would fill the memory."""


@dataclass(slots=True)
class Block:
    """One paragraph of a page.

    tag: the element that holds it. links: how many of its characters are links.
    beside: whether an element around it says that it is no part of the text.
    """

    text: str
    tag: str
    links: int
    beside: bool


@dataclass(slots=True)
class Container:
    """An element that holds the blocks from `start` up to `end`, `depth` elements deep."""

    tag: str
    itemprop: str
    classes: str
    parent: "Container | None"
    depth: int
    start: int
    end: int = 0


@dataclass(frozen=True, slots=True)
class Stretch:
    """The blocks of an element that stands beside, from `start` up to `end`; surely, or perhaps."""

    start: int
    end: int
    surely: bool = True


@dataclass(slots=True)
class Text:
    """The paragraphs of a page, and the elements that hold them, in the order of the page.

    besides: what stands beside.
    """

    blocks: list[Block] = field(default_factory=list)
    containers: list[Container] = field(default_factory=list)
    besides: list[Stretch] = field(default_factory=list)


def plain_text(text: str) -> str:
    """Return a text without the markup that it may hold, its paragraphs apart.

    Raises TooManyTags where there is more of it than an article holds.
    """
    if "<" not in text or not _MARKUP.search(text):
        return text
    return "\n\n".join(block.text for block in walk(text).blocks)


def within_bounds(markup: str) -> str:
    """Return a text that may be parsed; raises TooManyTags for another."""
    if markup.count("<") > MOST_TAGS:
        raise TooManyTags
    return markup


def walk(markup: str, note: Callable[[Tag], None] | None = None) -> Text:
    """Go once through a page, in time linear in its length; raises TooManyTags.

    note: called with every element that is entered or passed over, for other uses.
    """
    with _uncollected():
        return _walk(_parsed(markup), note)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Put the collector of garbage off: it would look at a growing tree again and again.

    A page takes 13 ms so, 18 ms else.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _parsed(markup: str) -> BeautifulSoup:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)  # XHTML is read as HTML
        return BeautifulSoup(within_bounds(markup), "lxml", multi_valued_attributes=None)


def _walk(soup: BeautifulSoup, note: Callable[[Tag], None] | None) -> Text:
    walker = _Walker()
    walker.enter(soup)
    open_tags: list[tuple[Tag, Iterator[object]]] = [(soup, iter(soup.contents))]
    while open_tags:
        tag, children = open_tags[-1]
        for child in children:
            if isinstance(child, Tag):
                if note is not None:
                    note(child)
                if child.name not in _DROPPED and not _is_unseen_inline(child):
                    walker.enter(child)
                    open_tags.append((child, iter(child.contents)))
                    break
            elif type(child) is NavigableString:  # its subclasses are comments and scripts
                walker.read(child)
        else:
            open_tags.pop()
            walker.leave(tag)
    return walker.text


class _Walker:
    """The state of one walk: the elements that are open, and the block being read."""

    def __init__(self) -> None:
        self.text = Text()
        self._containers: list[Container] = []
        self._open_blocks: list[Tag] = []
        self._parts: list[str] = []
        self._linked = 0  # characters of the block that are links
        self._open_links = 0
        self._beside: list[tuple[Tag, int, bool]] = []  # each with its first block
        self._bold_start = False  # whether the block begins with the bold text being read

    def enter(self, tag: Tag) -> None:
        name = tag.name
        if _is_block(tag) or (name in _CELLS and tag.find(_LAYOUT) is not None):
            self._open_blocks.append(tag)
            self._flush()
            start, depth = len(self.text.blocks), len(self._containers)
            itemprop, classes = (str(tag.attrs.get(one, "")) for one in ("itemprop", "class"))
            parent = self._containers[-1] if self._containers else None
            self._containers.append(Container(name, itemprop, classes, parent, depth, start))
            self.text.containers.append(self._containers[-1])
        elif name == "br":
            self._break_line()
        elif name == "a":
            self._open_links += 1
        elif name in ("strong", "b"):
            self._bold_start = not self._parts
        elif name in _CELLS:
            self._parts.append(" ")
        if stands := beside(tag):
            self._beside.append((tag, len(self.text.blocks), stands is Beside.SURELY))

    def read(self, string: str) -> None:
        text = _SPACES.sub(" ", string)
        if not self._parts or self._parts[-1].endswith((" ", "\n")):
            text = text.removeprefix(" ")
        if text:
            self._parts.append(text)
            self._linked += len(text) if self._open_links else 0

    def leave(self, tag: Tag) -> None:
        if self._open_blocks and self._open_blocks[-1] is tag:
            self._open_blocks.pop()
            self._flush()
            self._containers.pop().end = len(self.text.blocks)
        elif tag.name == "a":
            self._open_links -= 1
        elif tag.name in ("strong", "b") and self._bold_start:
            self._parts.append(_SEAM)
            self._bold_start = False
        if self._beside and self._beside[-1][0] is tag:
            _, start, surely = self._beside.pop()
            self.text.besides.append(Stretch(start, len(self.text.blocks), surely))

    def _break_line(self) -> None:
        """Take one break as a line end; two, or one after an intertitle, as that of a paragraph."""
        before = "".join(self._parts[-2:]).rstrip(" ")
        if before.endswith(("\n", _SEAM)):
            self._flush()
        else:
            self._parts.append("\n")

    def _flush(self) -> None:
        text = _AROUND_BREAK.sub("\n", "".join(self._parts)).strip()
        links, self._linked = self._linked, 0
        self._parts.clear()
        if text.strip(_SEAM):
            tag = self._containers[-1].tag if self._containers else ""
            for piece in _GLUED.sub("\n\n", text).split("\n\n"):
                clean = _SPACES_ONLY.sub(" ", piece.replace(_SEAM, ""))
                block = Block(clean, tag, min(links, len(clean)), bool(self._beside))
                self.text.blocks.append(block)


def _is_unseen_inline(tag: Tag) -> bool:
    return is_unseen(tag) and not _is_block(tag)


def _is_block(tag: Tag) -> bool:
    return tag.name in _BLOCKS or tag.attrs.get("itemprop") == "articleBody"
