"""NewsML-G2: one news item, or a message with several, the text in XHTML or NITF.

Format: https://iptc.org/std/NewsML-G2/guidelines/.
"""

from collections.abc import Iterator

from corpus.files import OpenFile
from corpus.readers.dispatches import Dispatch, latest, version_number
from corpus.readers.format import Format
from corpus.readers.xml_tree import LANGUAGE, Element, elements, find, line, paragraphs, root_name
from corpus.records import Record, SetAside

FORMAT = Format(
    "NewsML-G2",
    "l’espace de noms http://iptc.org/std/nar/2006-10-01/",
    (
        *("source", "date", "section", "author", "id", "edition", "page", "agency", "dateline"),
        *("slug", "word_count", "copyright", "language"),
    ),
)
_NAMESPACE = "http://iptc.org/std/nar/2006-10-01/"
_ROOTS = ("newsMessage", "newsItem")
_BODIES = ("body.content", "body", "html")
_SUBJECT = ("medtop:", "subj:")


def recognises(file: OpenFile) -> bool:
    """Tell NewsML-G2 by its root element and its namespace."""
    return root_name(file.start) in _ROOTS and _NAMESPACE in file.start


def read(file: OpenFile) -> Iterator[Record | SetAside]:
    """Yield the dispatches in their last version; raises Unreadable where there is none."""
    items = enumerate(elements(file.whole(), "newsItem"), 1)
    return latest((_dispatch(item, f"dépêche {number}") for number, item in items), file.name)


def _dispatch(item: Element, position: str) -> Dispatch:
    status = find(item, "itemMeta/pubStatus/@qcode", "itemMeta/pubStatus/@literal")
    body = _body(item)
    return Dispatch(
        key=item.get("guid", ""),
        version=version_number(item.get("version", "")),
        status=status.rsplit(":", 1)[-1].lower(),
        position=position,
        records=(_record(item, body, position),) if body else (),
    )


def _record(item: Element, body: str, position: str) -> Record:
    return Record(
        title=find(item, "contentMeta/headline", "inlineXML/hl1", "inlineXML/h1"),
        body=body,
        source=_source(item),
        date=find(
            item,
            *("itemMeta/firstCreated", "contentMeta/contentCreated"),
            *("itemMeta/versionCreated", "contentMeta/contentModified"),
        ),
        section=_section(item),
        author=find(item, "contentMeta/by", "contentMeta/creator/name", "inlineXML/byline"),
        edition=find(item, "contentMeta/edition"),
        page=find(item, "contentMeta/page"),
        agency=find(item, "contentMeta/creditline", "contentMeta/infoSource/name"),
        dateline=find(
            item, "contentMeta/dateline", "contentMeta/located/name", "inlineXML/location"
        ),
        slug=find(item, "contentMeta/slugline"),
        word_count=find(item, "inlineXML/@wordcount", "inlineData/@wordcount"),
        copyright=find(item, "rightsInfo/copyrightNotice", "rightsInfo/copyrightHolder/name"),
        language=find(item, "contentMeta/language/@tag") or item.get(LANGUAGE, ""),
        id=item.get("guid", ""),
        position=position,
    )


def _source(item: Element) -> str:
    named = find(item, "itemMeta/provider/name", "itemMeta/provider/@literal")
    return named or find(item, "itemMeta/provider/@qcode").rsplit(":", 1)[-1]


def _section(item: Element) -> str:
    """Return the name of the first topic: a subject that is no place, person or event."""
    for subject in item.findall("{*}contentMeta/{*}subject"):
        topic = subject.get("type") == "cpnat:abstract" or str(subject.get("qcode")).startswith(
            _SUBJECT
        )
        names = subject.findall("{*}name")
        french = [name for name in names if (name.get(LANGUAGE) or "").startswith("fr")]
        if topic and names:
            return line((french or names)[0])
    return ""


def _body(item: Element) -> str:
    """Return the text of the first content that has one, XHTML or NITF before plain text."""
    for content in item.findall("{*}contentSet/{*}inlineXML"):
        for name in _BODIES:
            body = next(content.iter(f"{{*}}{name}"), None)
            if body is not None and (text := paragraphs(body)):
                return text
        if text := paragraphs(content):
            return text
    return "\n\n".join(
        data.text.strip() for data in item.findall("{*}contentSet/{*}inlineData") if data.text
    )
