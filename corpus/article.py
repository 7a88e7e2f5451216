"""What an article is, and what it names."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.dates import Published

# What a source may state of an article besides what every list of articles shows.
METADATA = (
    *("edition", "page", "agency", "dateline", "slug", "word_count", "copyright", "language"),
    "excerpt",
)


class EntityKind(StrEnum):
    """The kinds of thing that an article can name."""

    COUNTRY = "country"
    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Mention:
    """Where an article names an entity.

    start, end: the characters [start, end) of the title or, as `in_title` says, the body.
    """

    start: int
    end: int
    in_title: bool = False


@dataclass(frozen=True, slots=True)
class Entity:
    """Something that an article names.

    kind: what it is.
    key: what tells it from every other of its kind: the ISO 3166-1 alpha-2 code
        of a country, the label of anything else.
    label: the name to show, in French.
    mentions: where the article names it, in order, the title first.
    """

    kind: EntityKind
    key: str
    label: str
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """One news article, cleaned.

    id: unique in the corpus; the source's own where it gives one, else derived
        from the content (see `corpus.identity`).
    title: one line; empty where the source has none.
    body: paragraphs parted by one blank line.
    source: the newspaper, agency or site; empty where unknown.
    published: the day and time of publication as precisely as they are known, or None.
    url, section, author, edition, page: as the source gives them; empty where it does not.
    agency: the news agency that is credited; dateline: the place that opens the text, as
        "PARIS"; slug: the keywords of an agency, as "IDEAST-CRISIS". None is in the body.
    word_count: the number of words that the source states; 0 where it states none.
    copyright: the line of rights or licence.
    excerpt: whether the source gives but the summary of its text.
    language: "fr", "en"...; empty where it cannot be told (see `corpus.language`).
    file: where the article was read, for its owner to find it again.
    entities: each named thing once, in the order of first mention.
    about: the countries where it happens or that it is mainly about, by their keys, the
        foremost first; they need not be named.
    """

    id: str
    title: str
    body: str
    source: str = ""
    published: Published | None = None
    url: str = ""
    section: str = ""
    author: str = ""
    edition: str = ""
    page: str = ""
    agency: str = ""
    dateline: str = ""
    slug: str = ""
    word_count: int = 0
    copyright: str = ""
    language: str = ""
    excerpt: bool = False
    file: str = ""
    entities: Sequence[Entity] = ()
    about: tuple[str, ...] = ()

    def text_of(self, mention: Mention) -> str:
        """Return the words of a mention, which may stand on several lines."""
        text = self.title if mention.in_title else self.body
        return text[mention.start : mention.end]

    def named(self, kind: EntityKind) -> tuple[Entity, ...]:
        """Return the entities of one kind, in the order of first mention."""
        return tuple(entity for entity in self.entities if entity.kind is kind)

    def titled(self, kind: EntityKind) -> tuple[Entity, ...]:
        """Return the entities of one kind that the title names."""
        return tuple(
            entity for entity in self.named(kind) if any(one.in_title for one in entity.mentions)
        )
