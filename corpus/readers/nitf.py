"""NITF: one article in a file, as agencies and newspapers archive it.

Format: https://iptc.org/std/NITF/3.5/documentation/nitf-documentation.html.
"""

from collections.abc import Iterator

from corpus.files import OpenFile
from corpus.readers.format import Format
from corpus.readers.xml_tree import LANGUAGE, Element, elements, find, line, paragraphs, root_name
from corpus.records import Record, SetAside, Unreadable

FORMAT = Format(
    "NITF",
    "l’élément nitf",
    (
        *("source", "date", "section", "author", "id", "url", "edition", "page", "agency"),
        *("dateline", "slug", "word_count", "copyright", "language"),
    ),
)


def recognises(file: OpenFile) -> bool:
    """Tell NITF by its root element."""
    return root_name(file.start) == "nitf"


def read(file: OpenFile) -> Iterator[Record | SetAside]:
    """Yield the article; raises Unreadable where the XML breaks."""
    for document in elements(file.whole(), "nitf"):
        yield _record(document)
        return
    raise Unreadable("document NITF sans article ; redemandez-le")


def _record(document: Element) -> Record:
    return Record(
        title=find(document, "hedline/hl1", "hedline", "head/title"),
        body=_body(document),
        source=find(document, "pubdata/@name", "distributor", "rights.owner"),
        date=find(
            document,
            *("docdata/date.issue/@norm", "pubdata/@date.publication"),
            *("dateline/story.date/@norm", "docdata/date.release/@norm", "dateline/story.date"),
        ),
        section=find(
            document,
            *("pubdata/@position.section", "tobject.subject/@tobject.subject.type"),
        ),
        author=find(document, "byline/person", "byline"),
        edition=find(document, "pubdata/@edition.name"),
        page=find(document, "pubdata/@position.sequence"),
        agency=find(document, "distributor"),
        dateline=find(document, "dateline/location"),
        slug=find(document, "docdata/fixture/@fix-id", "docdata/du-key/@key"),
        word_count=_word_count(document),
        copyright=_copyright(document),
        language=_language(document),
        id=find(document, "docdata/doc-id/@id-string"),
        url=find(document, "pubdata/@ex-ref"),
    )


def _body(document: Element) -> str:
    """Return the text under its subtitles; the abstract where there is no other text."""
    subtitles = map(line, document.xpath(".//*[local-name()='hedline']//*[local-name()='hl2']"))
    contents = document.findall("{*}body/{*}body.content")
    abstracts = document.findall("{*}body/{*}body.head/{*}abstract")
    text = "\n\n".join(filter(None, map(paragraphs, contents)))
    return "\n\n".join([*subtitles, text or "\n\n".join(map(paragraphs, abstracts))]).strip()


def _word_count(document: Element) -> str:
    words = find(document, "pubdata/@unit-of-measure").lower().startswith("word")
    return find(document, "pubdata/@item-length") if words else ""


def _copyright(document: Element) -> str:
    holder = find(document, "doc.copyright/@holder")
    return " ".join(filter(None, ("©", find(document, "doc.copyright/@year"), holder))) * bool(
        holder
    )


def _language(document: Element) -> str:
    stated = (element.get(LANGUAGE) for element in document.iter("{*}nitf", "{*}body"))
    return next(filter(None, stated), "")
