"""HTML exports of press databases: many articles in one page, each cut out and parsed apart.

An export that leaves elements open nests its articles ever deeper, beyond what a parser
takes; cut out of the text first, each article bears its own damage alone.
"""

import re
from collections.abc import Callable, Iterator

from bs4 import BeautifulSoup
from bs4.element import Tag

from corpus.encoding import decode
from corpus.files import OpenFile
from corpus.readers.markup import TooManyTags, within_bounds
from corpus.records import Record, SetAside, Unreadable

_DEEPEST = 200  # elements in elements; exports have 10 to 40, and costs grow with the depth


def read_articles(
    file: OpenFile,
    boundary: re.Pattern[str],
    record: Callable[[BeautifulSoup, str], Record],
    missing: str,
) -> Iterator[Record | SetAside]:
    """Yield the record of each article of an export.

    boundary: what begins each article in the text of the page.
    record: makes it, of the article and its position.
    missing: the reason of the Unreadable that is raised where there is no article.
    """
    text = decode(file.whole())
    starts = [match.start() for match in boundary.finditer(text)]
    if not starts:
        raise Unreadable(missing)
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(text)], strict=True), 1):
        position = f"article {number}"
        try:
            soup = BeautifulSoup(within_bounds(text[start:end]), "lxml")
        except TooManyTags:
            yield SetAside(
                file.name, "trop de balises pour un article ; découpez l'export", position
            )
            continue
        if _is_too_deep(soup):
            yield SetAside(
                file.name, "balises trop imbriquées pour un article ; découpez l'export", position
            )
        else:
            yield record(soup, position)


def _is_too_deep(soup: BeautifulSoup) -> bool:
    depths = {id(soup): 0}
    for tag in soup.find_all(True):
        depths[id(tag)] = depths[id(tag.parent)] + 1
    return max(depths.values()) > _DEEPEST


def one_line(tag: Tag | None, between: str = "") -> str:
    """Return the text of an element as one line, empty for none."""
    return " ".join(tag.get_text(between).split()) if tag is not None else ""
