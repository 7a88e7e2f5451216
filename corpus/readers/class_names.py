"""What the classes and ids of an element say of it: that it is beside the text, a date, a name."""

import re
from enum import IntEnum
from functools import lru_cache

from bs4 import Tag

_ROOTS = frozenset(("[document]", "html", "body", "main", "article"))
# What stands around an article, or between its paragraphs, and never holds it.
_OTHERS = re.compile(
    r"""(?:^|[\s_-])(?:
        share|shares|sharing|sharedaddy|likes?|partage|partager|reseaux|comments?|commentaires?
      | reactions?|forums?|disqus|related\w*|recirc|recommend(?:ed|ations?)
      | a-lire|lire-?aussi|plus-lus
      | most-read|breadcrumbs?|ariane|newsletters?|taboola|outbrain|cookies?|consent|gdpr|rgpd
      | sidebar|footer|pagination|pager|captions?|legende|sr-only|visually-hidden
      | screen-reader-text|bio|biography|author-?box
      | gallery|galerie|slideshow|diaporama|carr?ousel
    )(?:$|[\s_-])""",
    re.VERBOSE | re.IGNORECASE,
)
# "content-sidebar-wrap", "has-sidebar", "layout-with-sidebar": what holds both.
_LAYOUT = re.compile(
    r"\S*(?:layout\S*sidebar|sidebar\S*layout|content-sidebar|(?:has|with|no)-sidebar)\S*",
    re.IGNORECASE,
)
# Said as well of what holds an article: behind a paywall or a button, to be printed.
_AMBIGUOUS = re.compile(
    r"""(?:^|[\s_-])(?:
        social|aussi|popular|trending|tags?|keywords?|mots-cles|subscri(?:be|ption)
      | abonne(?:ment|z)?|paywall|promo|sponsor(?:ed)?|pub|publicite|advert(?:isement|ising)?
      | ads?|widget|credits?|copyright|toolbar|print|skip|modal|popup|popin|signature|embed
      | read-?more | (?<!label-)(?<!overflow-)hidden
    )(?:$|[\s_-])""",
    re.VERBOSE | re.IGNORECASE,
)
# Where an element lies, or one of many things of a kind: they say nothing of a common text.
_LAID_OUT = re.compile(
    r"(?:^|\s)(?:rows?|col(?:umn)?s?|container|wrap(?:per)?|grid|cards?|items?|teasers?|posts?"
    r"|entry|entries|modules?|widgets?|box|panel|tile)(?:-[\w-]+)?(?=$|\s)",
    re.IGNORECASE,
)
_UNSEEN = re.compile(r"(?:^|\s)(?:sr-only|visually-hidden|screen-reader-\w+)(?:$|\s)")
_DATED = re.compile(
    r"""(?:^|[\s_-])(?:date(?:time|line)?|pubdate|datepublished|publish(?:ed|date)?|published-?on
    |publication(?:-?date)?|posted(?:-on)?|parution|timestamp|horodatage)(?:$|[\s_-])""",
    re.VERBOSE | re.IGNORECASE,
)
_SIGNED = re.compile(
    r"(?:^|[\s_-])(?:authors?|auteurs?|byline|signature|contributeur|journaliste)"
    r"(?:[_-]*(?:name|nom|link))?(?:$|\s)",
    re.IGNORECASE,
)
_COMMENTED = re.compile(r"comment", re.IGNORECASE)  # the author of a comment, its date
# "RelatedLinks" is two words; the names that styled components make, "hDnMzM", are none.
_CAMEL = re.compile(r"(?<![A-Za-z])[A-Za-z][a-z]+(?:[A-Z][a-z]+)+(?![A-Za-z])")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


def is_laid_out(classes: str) -> bool:
    """Tell whether classes name a place or a thing of many, as "row" and "card" do."""
    return _LAID_OUT.search(classes) is not None


class Beside(IntEnum):
    """Whether an element stands beside the text of a page."""

    NO = 0
    PERHAPS = 1  # unless it holds most of the text
    SURELY = 2


def beside(tag: Tag) -> Beside:
    """Tell whether an element stands beside the text, by its tag, its classes and its id."""
    attributes = tag.attrs
    if tag.name == "aside":
        return Beside.SURELY
    if tag.name in _ROOTS or not attributes or attributes.get("itemprop") == "articleBody":
        return Beside.NO
    if "hidden" in attributes:
        return Beside.PERHAPS
    names = names_of(tag)
    return _beside(names) if len(names) > 1 else Beside.NO


def is_unseen(tag: Tag) -> bool:
    """Tell an element that is read aloud and not shown: "Temps de", "nouvelle fenêtre"."""
    names = tag.attrs.get("class")
    return names is not None and _is_unseen(str(names))


def names_of(tag: Tag) -> str:
    """Return the classes and the id of an element; one space where it has none."""
    attributes = tag.attrs
    return f"{attributes.get('class', '')} {attributes.get('id', '')}"


@lru_cache(maxsize=4096)  # pages of a site have the same few names
def _beside(names: str) -> Beside:
    words = _LAYOUT.sub("", _words(names))
    if _OTHERS.search(words):
        return Beside.SURELY
    return Beside.PERHAPS if _AMBIGUOUS.search(words) else Beside.NO


@lru_cache(maxsize=4096)
def _is_unseen(names: str) -> bool:
    return _UNSEEN.search(names) is not None


@lru_cache(maxsize=4096)
def date_or_author(names: str) -> tuple[bool, bool]:
    """Tell whether classes and ids say that an element holds a day, or an author."""
    words = _words(names)
    if _COMMENTED.search(words):
        return False, False
    return _DATED.search(words) is not None, _SIGNED.search(words) is not None


def _words(names: str) -> str:
    return _CAMEL.sub(lambda found: _HUMP.sub("-", found[0]), names)
