"""Factiva in XML (ppsArticleResponse): many articles in one file."""

from collections.abc import Iterator

from corpus.files import OpenFile
from corpus.readers.factiva_fields import GIVES
from corpus.readers.format import Format
from corpus.readers.xml_tree import Element, elements, find, line, paragraphs, root_name
from corpus.records import Record, SetAside, Unreadable

FORMAT = Format("Factiva (XML)", "l’élément ppsArticleResponse", GIVES)
_ROOTS = ("PPSResponse", "ppsArticleResponse", "ppsarticleResultSet", "ppsarticle")


def recognises(file: OpenFile) -> bool:
    """Tell an export by its root element."""
    return root_name(file.start) in _ROOTS


def read(file: OpenFile) -> Iterator[Record | SetAside]:
    """Yield the articles; raises Unreadable where there is none, or where the XML breaks."""
    number = 0
    for number, article in enumerate(elements(file.whole(), "article"), 1):
        yield _record(article, f"article {number}")
    if not number:
        raise Unreadable("export Factiva sans article ; refaites la recherche")


def _record(article: Element, position: str) -> Record:
    parts = [part for name in ("leadParagraph", "tailParagraphs") for part in _parts(article, name)]
    return Record(
        title=" ".join(line(part) for part in _parts(article, "headline")),
        body="\n\n".join(map(paragraphs, parts)),
        source=find(article, "sourceName"),
        date=find(article, "publicationDate"),
        section=find(article, "sectionName", "columnName"),
        author=find(article, "byline"),
        edition=find(article, "edition"),
        page=find(article, "pages"),
        agency=find(article, "credit"),
        word_count=find(article, "wordCount"),
        copyright=find(article, "copyright"),
        language=find(article, "baseLanguage"),
        id=find(article, "accessionNo"),
        position=position,
    )


def _parts(article: Element, name: str) -> list[Element]:
    """Return the paragraphs of a field, or the field itself where it has none."""
    fields = article.findall(f"{{*}}{name}")
    return [part for field in fields for part in (field.findall("{*}paragraph") or [field])]
