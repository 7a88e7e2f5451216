"""NITF: one article in a file, as agencies and newspapers archive it.

Format: https://iptc.org/std/NITF/3.5/documentation/nitf-documentation.html.
"""

from collections.abc import Iterator

from corpus.files import OpenFile
from corpus.readers.xml_tree import Element, elements, find, line, paragraphs, root_name
from corpus.records import Record, SetAside, Unreadable


def recognises(file: OpenFile) -> bool:
    """Tell NITF by its root element."""
    return root_name(file.start) == "nitf"


def read(file: OpenFile) -> Iterator[Record | SetAside]:
    """Yield the article; raises Unreadable where the XML breaks."""
    for document in elements(file.whole(), "nitf"):
        yield _record(document)
        return
    raise Unreadable("document NITF sans article")


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
