"""NewsML 1.0 to 1.2, as AFP, Belga and EFE deliver it: news items of components."""

import re
from collections.abc import Iterator

from corpus.files import OpenFile
from corpus.readers.dispatches import Dispatch, latest, version_number
from corpus.readers.format import Format
from corpus.readers.xml_tree import LANGUAGE, Element, elements, find, paragraphs, root_name
from corpus.records import Record, SetAside

FORMAT = Format(
    "NewsML 1.0 à 1.2",
    "l’élément NewsML",
    (
        *("source", "date", "section", "author", "id", "agency", "dateline", "slug"),
        *("word_count", "copyright", "language"),
    ),
)
_PICTURES = frozenset(("photo", "image", "picture", "graphic", "video", "audio", "animation"))
_REVISION = re.compile(r"(?<=:)(?P<id>[^:]+):\d+[A-Z]?$")  # of urn:newsml:provider:date:item:1N
_TITLES = frozenset(("title", "headline", "caption"))


def recognises(file: OpenFile) -> bool:
    """Tell NewsML 1 by its root element."""
    return root_name(file.start) == "NewsML"


def read(file: OpenFile) -> Iterator[Record | SetAside]:
    """Yield the dispatches in their last version; raises Unreadable where there is none."""
    items = enumerate(elements(file.whole(), "NewsItem"), 1)
    return latest((_dispatch(item, f"dépêche {number}") for number, item in items), file.name)


def _dispatch(item: Element, position: str) -> Dispatch:
    number = find(item, "NewsIdentifier/NewsItemId")
    key = [find(item, f"NewsIdentifier/{name}") for name in ("ProviderId", "DateId")]
    owners = _contents(item)
    return Dispatch(
        key=":".join([*key, number]) if number else "",
        version=version_number(find(item, "NewsIdentifier/RevisionId")),
        status=find(item, "NewsManagement/Status/@FormalName").lower(),
        position=position,
        records=tuple(
            _record(item, owner, contents, position, several=len(owners) > 1)
            for owner, contents in owners
        ),
    )


def _contents(item: Element) -> list[tuple[Element, list[Element]]]:
    """Return the contents with text, by the nearest component above that has a headline.

    An item may hold the same news in several languages, each with its own headline, or
    one text in parts: title, lead, body.
    """
    owners: dict[Element, list[Element]] = {}
    for content in item.xpath(".//*[local-name()='ContentItem']"):
        components = [node for node in content.iterancestors("{*}NewsComponent")]
        role = components[0].find("{*}Role") if components else None
        media = find(content, "MediaType/@FormalName").lower()
        if media in _PICTURES or _is_title(role) or not _body(content):
            continue
        headed = (node for node in components if node.find("{*}NewsLines/{*}HeadLine") is not None)
        owners.setdefault(next(headed, item), []).append(content)
    return list(owners.items())


def _is_title(role: Element | None) -> bool:
    return role is not None and role.get("FormalName", "").lower() in _TITLES


def _body(content: Element) -> str:
    """Return the text of a content item: that of its NITF or XHTML body, or all of it."""
    bodies = content.xpath(".//*[local-name()='body.content']") or content.xpath(
        ".//*[local-name()='body' or local-name()='DataContent']"
    )
    if len(bodies) and not len(bodies[0]):
        return str(bodies[0].text or "").strip()
    return paragraphs(bodies[0]) if bodies else ""


def _record(
    item: Element, owner: Element, contents: list[Element], position: str, several: bool
) -> Record:
    return Record(
        title=find(owner, "HeadLine", "hl1") or find(item, "HeadLine", "hl1"),
        body="\n\n".join(map(_body, contents)),
        source=find(item, "Provider/Party/@FormalName", "Source/Party/@FormalName", "CreditLine")
        or find(item, "NewsIdentifier/ProviderId"),
        date=find(item, "FirstCreated", "NewsIdentifier/DateId", "ThisRevisionCreated"),
        section=find(owner, "tobject.subject/@tobject.subject.type"),
        author=find(owner, "NewsLines/ByLine", "byline"),
        agency=find(item, "NewsLines/CreditLine", "Provider/Party/@FormalName"),
        dateline=find(owner, "NewsLines/DateLine"),
        slug=find(owner, "NewsLines/SlugLine") or find(item, "Identification/NameLabel"),
        word_count=_property(owner, "Words"),
        copyright=find(owner, "NewsLines/CopyrightLine") or find(item, "NewsLines/CopyrightLine"),
        language=find(owner, "DescriptiveMetadata/Language/@FormalName")
        or find(item, "DescriptiveMetadata/Language/@FormalName")
        or item.get(LANGUAGE, ""),
        id=_identifier(item) + (f"#{owner.get('Duid')}" if several and owner.get("Duid") else ""),
        position=position,
    )


def _property(owner: Element, name: str) -> str:
    """Return the value of a property in the characteristics of a content."""
    properties = owner.iterfind(".//{*}Characteristics/{*}Property")
    return next((one.get("Value", "") for one in properties if one.get("FormalName") == name), "")


def _identifier(item: Element) -> str:
    """Return what all versions share of the public identifier.

    The number alone where a provider states the same identifier for all.
    """
    number = find(item, "NewsIdentifier/NewsItemId")
    public = _REVISION.sub(r"\g<id>", find(item, "NewsIdentifier/PublicIdentifier"))
    return public if number in public else number
