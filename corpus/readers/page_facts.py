"""What a web page says of its article: JSON-LD, microdata, OpenGraph and the older `<meta>`."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

from bs4 import Tag
from unidecode import unidecode

from corpus.cleaning import byline, clean_line
from corpus.dates import parse_date
from corpus.readers.field_names import as_text
from corpus.readers.json_ld import article_in

# Names of `<meta>` for the day of publication: OpenGraph, Dublin Core, analytics, homemade.
_DATE_METAS = (
    *("article:published_time", "og:article:published_time", "datepublished", "pubdate"),
    *("publish_date", "publish-date", "publishdate", "publication_date", "date.issued"),
    *("dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date", "dc.date.created"),
    *("parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "date", "dcterms.date"),
)
_MODIFIED_METAS = ("article:modified_time", "og:updated_time", "last-modified", "dcterms.modified")
_ITEMS = frozenset(
    (
        *("author", "publisher", "name", "headline", "datePublished", "dateModified"),
        *("articleSection", "articleBody"),
    )
)
_URL_DATE = re.compile(r"/((?:19|20)\d\d[/-][01]\d[/-][0-3]\d)(?!\d)")
# Classes, ids and properties of an element that holds the day of publication.
_DATED = re.compile(
    r"""(?:^|[\s_-])(?:date(?:time|line)?|pubdate|datepublished|publish(?:ed|date)?|published-?on
    |publication(?:-?date)?|posted(?:-on)?|parution|timestamp|horodatage)(?:$|[\s_-])""",
    re.VERBOSE | re.IGNORECASE,
)
# Classes of an element that holds the name of the author.
_SIGNED = re.compile(
    r"(?:^|[\s_-])(?:authors?|auteurs?|byline|signature)(?:[_-]?(?:name|nom))?(?:$|\s)",
    re.IGNORECASE,
)
_LONGEST_DATED = 120  # characters
_LONGEST_SIGNED = 80
_NAME = re.compile(
    r"(?:[Pp]ar\s+)?[A-ZÀ-Ý][\w.’'-]*(?:\s(?:[A-ZÀ-Ý][\w.’'-]*|de|du|et|la|le|von|van)){1,6}"
)
_MOST_DATED = 20  # teasers have dates too
_STATED_DATE = re.compile(r"\b(?:publi|post|paru|mis en ligne)", re.IGNORECASE)
_SITE_SUFFIX = re.compile(r"\s+[-–—|•·]\s+[^-–—|•·]{1,60}$")
_TRUNCATION = ("…", "...")


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
        names = f"{attributes.get('class', '')} {attributes.get('id', '')}"
        dated, signed = _said_by(names) if len(names) > 3 else (False, False)
        signed = signed or attributes.get("rel") == "author"
        if (dated and len(self._dated) < _MOST_DATED) or signed:
            text = " ".join(tag.get_text(" ").split())
            if dated and len(text) <= _LONGEST_DATED:
                self._dated.append(text)
            if signed and len(text) <= _LONGEST_SIGNED:
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
        return article_in(self._scripts)

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
        """Return the name of a site that says so only after the title: "Titre - La Boussole"."""
        whole = clean_line(self._title)
        suffix = _SITE_SUFFIX.search(whole)
        if suffix is None or _folded(whole[: suffix.start()]) != _folded(title):
            return ""
        return suffix[0].strip(" -–—|•·")

    def author(self, lines: Sequence[str]) -> str:
        """Return the names of the authors; the address of a profile is none.

        lines: the text around the title, for "par Jeanne Dupré".
        """
        stated = (
            self._stated("author"),
            self._items.get("author.name", ""),
            self._items.get("author", ""),
            self._metas.get("author", ""),
            self._metas.get("article:author", ""),
            *map(byline, lines),
            *(byline(name) or name for name in self._signed if _NAME.fullmatch(name)),
        )
        return next((name for name in stated if name.strip() and "://" not in name), "")

    @property
    def description(self) -> str:
        """The summary that the page gives of itself."""
        return _first(self._metas.get("og:description"), self._metas.get("description"))

    def title(self, headings: Sequence[str]) -> str:
        """Return the title as readers of the page see it.

        headings: the `<h1>` of the page. The one that the page also states elsewhere is
        the title; what is stated carries the name of the site, or is cut short.
        """
        stated = [title for title in self._stated_titles() if title]
        for title in stated:
            for heading in headings:
                if (agreed := _agreed(title, heading)) is not None:
                    return agreed
        whole = [title for title in stated if not title.endswith(_TRUNCATION)]
        return next(iter([*whole, *headings, *stated]), "")

    def _stated_titles(self) -> Iterator[str]:
        yield clean_line(self._stated("headline"))
        for name in ("og:title", "twitter:title"):
            yield self._without_site(clean_line(self._metas.get(name, "")))
        yield self._without_site(clean_line(self._title))
        yield clean_line(self._items.get("headline", ""))

    def _without_site(self, title: str) -> str:
        """Take " - Le Journal" from the end of a title, where the site is called so."""
        match = _SITE_SUFFIX.search(title)
        if match is None:
            return title
        suffix, site = _folded(match[0]), _folded(self.source)
        site_named = bool(site) and (site in suffix or suffix in site)
        return title[: match.start()] if site_named or not site else title

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


@lru_cache(maxsize=4096)  # pages of a site have the same few names
def _said_by(names: str) -> tuple[bool, bool]:
    """Tell whether classes and ids say that an element holds a day, or an author."""
    return _DATED.search(names) is not None, _SIGNED.search(names) is not None


def _first(*stated: str | None) -> str:
    return next((text for text in stated if text and text.strip()), "")


def _agreed(title: str, heading: str) -> str | None:
    """Return the title that a statement and a heading agree on, or None."""
    stated, shown = _folded(title), _folded(heading)
    if len(shown) >= 8 and shown in stated:
        return heading
    if len(stated) >= 8 and stated in shown:
        return heading if title.endswith(_TRUNCATION) else title
    return None


def _folded(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", unidecode(text).lower())
