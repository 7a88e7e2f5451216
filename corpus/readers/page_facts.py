"""What a web page says of its article: JSON-LD, microdata, OpenGraph and the older `<meta>`."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from urllib.parse import urlsplit

from bs4 import Tag

from corpus.cleaning import clean_line
from corpus.dates import parse_date
from corpus.readers.class_names import date_or_author, names_of
from corpus.readers.field_names import as_text
from corpus.readers.json_ld import article_in
from corpus.readers.page_authors import LONGEST_SIGNED, Authors
from corpus.readers.page_title import (
    is_site,
    parted,
    site_beside,
    title_among,
    title_of,
    without_site,
)

# Names of `<meta>` for the day of publication: OpenGraph, Dublin Core, analytics, homemade.
_DATE_METAS = (
    *("article:published_time", "og:article:published_time", "datepublished", "pubdate"),
    *("publish_date", "publish-date", "publishdate", "publication_date", "date.issued"),
    *("dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date", "dc.date.created"),
    *("parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "date", "dcterms.date"),
)
_AUTHOR_METAS = ("author", "article:author", "og:article:author", "dc.creator", "parsely-author")
_MODIFIED_METAS = ("article:modified_time", "og:updated_time", "last-modified", "dcterms.modified")
_ITEMS = frozenset(
    (
        *("author", "publisher", "name", "headline", "datePublished", "dateModified"),
        *("articleSection", "articleBody"),
    )
)
_URL_DATE = re.compile(r"/((?:19|20)\d\d[/-][01]\d[/-][0-3]\d)(?!\d)")
_LONGEST_DATED = 120  # characters
_MOST_DATED = 20  # teasers have dates too
_STATED_DATE = re.compile(r"\b(?:publi|post|paru|mis en ligne)", re.IGNORECASE)


class PageFacts:
    """The facts that the elements of a page state, noted in the order of the page."""

    def __init__(self) -> None:
        self._metas: dict[str, str] = {}
        self._items: dict[str, str] = {}
        self._times: list[str] = []
        self._dated: list[str] = []
        self._signed: list[str] = []
        self._language = ""
        self._scripts: list[str] = []
        self._title = ""
        self._canonical = ""

    def note(self, tag: Tag) -> None:
        """Note what an element states, if anything."""
        name, attributes = tag.name, tag.attrs
        if name == "meta" and "content" in attributes:
            key = attributes.get("property") or attributes.get("name") or ""
            self._metas.setdefault(str(key).lower(), str(attributes["content"]))
        elif name == "script" and "ld+json" in str(attributes.get("type", "")):
            self._scripts.append(tag.get_text())
        elif name == "title" and not self._title:
            self._title = tag.get_text()
        elif name == "link" and attributes.get("rel") == "canonical":
            self._canonical = self._canonical or str(attributes.get("href", ""))
        elif name == "time":
            self._times.append(str(attributes.get("datetime") or tag.get_text()))
        elif name == "html":
            self._language = str(attributes.get("lang") or attributes.get("xml:lang") or "")
        elif name not in ("body", "article", "main"):
            self._note_classes(tag)
        if attributes.get("itemprop") in _ITEMS:
            self._note_item(tag)

    def _note_classes(self, tag: Tag) -> None:
        """Note the day or the author that an element holds, as its class or relation says."""
        attributes = tag.attrs
        names = names_of(tag)
        dated, signed = date_or_author(names) if len(names) > 3 else (False, False)
        signed = signed or attributes.get("rel") == "author"
        if (dated and len(self._dated) < _MOST_DATED) or signed:
            text = " ".join(tag.get_text(" ").split())
            if dated and len(text) <= _LONGEST_DATED:
                self._dated.append(text)
            if signed and len(text) <= LONGEST_SIGNED:
                self._signed.append(text)

    def _note_item(self, tag: Tag) -> None:
        """Note a property of microdata; a name under that of which it is the name."""
        key = str(tag.attrs["itemprop"])
        if key == "name":
            owner = tag.find_parent(lambda parent: "itemscope" in parent.attrs)
            key = f"{owner.attrs.get('itemprop', '')}.name" if owner is not None else key
        if key == "articleBody":
            self._items[key] = ""  # its text is found with all other text
        elif key not in self._items:
            stated = tag.attrs.get("content") or tag.attrs.get("datetime")
            self._items[key] = str(stated or tag.get_text(" "))

    @cached_property
    def article(self) -> Mapping[str, object]:
        """The schema.org article of the page, empty where there is none."""
        addresses = (self._canonical, self._metas.get("og:url", ""))
        return article_in(self._scripts, frozenset(filter(None, addresses)))

    @property
    def is_article(self) -> bool:
        """Whether the page calls itself an article."""
        marked = bool(self.article) or "articleBody" in self._items
        return marked or self._metas.get("og:type", "").lower() == "article"

    @property
    def url(self) -> str:
        """The address that the page gives itself, where it is whole."""
        stated = (self._canonical, self._metas.get("og:url", ""), self._stated("url"))
        return next((url for url in stated if url.startswith(("http://", "https://"))), "")

    @property
    def source(self) -> str:
        """The name that the site gives itself, before that of the company that owns it."""
        return _first(
            self._metas.get("og:site_name"),
            self._stated("publisher"),
            self._items.get("publisher.name"),
            self._metas.get("application-name"),
        )

    @property
    def section(self) -> str:
        """The section of the paper."""
        return _first(
            self._stated("articleSection"),
            self._metas.get("article:section"),
            self._items.get("articleSection"),
        )

    @property
    def metadata(self) -> dict[str, str]:
        """What else the page states, by the names of `Record`."""
        return {
            "edition": self._stated("printEdition"),
            "page": _first(self._stated("pagination"), self._stated("printPage")),
            "agency": _first(self._stated("creditText"), self._stated("sourceOrganization")),
            "dateline": self._stated("dateline"),
            "word_count": self._stated("wordCount"),
            "copyright": _first(
                *(self._stated("copyrightNotice"), self._metas.get("copyright")),
                *(self._metas.get("dc.rights"), self._metas.get("dcterms.rights")),
                *(self._stated("license"), self._stated("copyrightHolder")),
            ),
            "language": _first(
                *(self._stated("inLanguage"), self._language, self._metas.get("og:locale")),
            ),
        }

    def site_beside(self, title: str) -> str:
        """Return the name of a site that says so only beside the title: "Titre - La Boussole"."""
        return site_beside(self._whole, title)

    @cached_property
    def _authors(self) -> Authors:
        stated = (
            self._stated("author"),
            self._items.get("author.name", ""),
            self._items.get("author", ""),
            *(self._metas.get(name, "") for name in _AUTHOR_METAS),
        )
        return Authors(stated, self._signed)

    def author(self, lines: Sequence[str]) -> str:
        """Return the names of the authors; lines: the text around the title."""
        return self._authors.named(lines, self.source)

    def signs(self, line: str) -> bool:
        """Tell a line that holds the names of the authors and nothing else."""
        return self._authors.sign(line)

    @property
    def description(self) -> str:
        """The summary that the page gives of itself."""
        return _first(self._metas.get("og:description"), self._metas.get("description"))

    def title(self, headings: Sequence[str], lines: Iterable[str]) -> str:
        """Return the title as readers of the page see it.

        headings: the `<h1>` of the page. lines: all its lines, for a page without one.
        """
        whole, sites = self._whole, (self.source, urlsplit(self.url).netloc)
        own = [one for one in headings if not any(is_site(one, site) for site in sites)]
        if not own and (shown := title_among(lines, whole, sites)):
            return title_of([*self._stated_titles(), whole], shown)
        return title_of(self._stated_titles(), own or headings)

    @property
    def _whole(self) -> str:
        """What `<title>` states."""
        return parted(clean_line(self._title))

    def _stated_titles(self) -> Iterator[str]:
        yield clean_line(self._stated("headline"))
        for name in ("og:title", "twitter:title"):
            yield without_site(parted(clean_line(self._metas.get(name, ""))), self.source)
        yield without_site(self._whole, self.source)
        yield clean_line(self._items.get("headline", ""))

    def date(self, lines: Sequence[str]) -> str:
        """Return the day of publication as the page states it, empty where it does not.

        lines: the text of the article and around its title, for "Publié le 3 juillet 2020".
        """
        for stated in self._stated_dates(lines):
            if stated and parse_date(stated) is not None:
                return stated
        return ""

    def _stated_dates(self, lines: Sequence[str]) -> Iterator[str]:
        yield self._stated("datePublished")
        yield from (self._metas.get(name, "") for name in _DATE_METAS)
        yield self._items.get("datePublished", "")
        yield from self._times[:1]
        yield from self._dated
        yield from (line for line in lines if len(line) < 150 and _STATED_DATE.search(line))
        yield from (line for line in lines if len(line) < 50)
        if match := _URL_DATE.search(self.url):
            yield match[1]
        yield self._stated("dateModified")
        yield self._items.get("dateModified", "")
        yield from (self._metas.get(name, "") for name in _MODIFIED_METAS)

    def _stated(self, name: str) -> str:
        """Return a property of the schema.org article as text."""
        return as_text(self.article.get(name))


def _first(*stated: str | None) -> str:
    return next((text for text in stated if text and text.strip()), "")
