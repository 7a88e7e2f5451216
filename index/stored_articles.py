"""Articles as an index keeps them: what is searched, and what comes back."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from corpus.article import Article, Entity, EntityKind, Mention
from corpus.dates import Precision, Published
from index.query import Facet

ACTOR_KINDS = (EntityKind.PERSON, EntityKind.ORGANISATION)


def as_record(article: Article) -> dict[str, Any]:
    """Return an article as JSON-able values."""
    published = article.published
    return {
        "id": article.id,
        "title": article.title,
        "body": article.body,
        "source": article.source,
        "published": [published.day.isoformat(), published.precision.value] if published else None,
        "url": article.url,
        "section": article.section,
        "author": article.author,
        "file": article.file,
        "entities": [_parts(one) for one in article.entities],
        "about": list(article.about),
    }


def from_record(record: Mapping[str, Any]) -> Article:
    """Return the article that `as_record` wrote."""
    fields = dict(record)
    if fields["published"]:
        day, precision = fields["published"]
        fields["published"] = Published(date.fromisoformat(day), Precision(precision))
    fields["entities"] = tuple(_entity(*parts) for parts in fields["entities"])
    fields["about"] = tuple(fields["about"])
    return Article(**fields)


def _parts(entity: Entity) -> list[Any]:
    mentions = [[one.start, one.end, int(one.in_title)] for one in entity.mentions]
    return [entity.kind.value, entity.key, entity.label, *([mentions] if mentions else [])]


def _entity(kind: str, key: str, label: str, mentions: Iterable[list[int]] = ()) -> Entity:
    entity = _unmentioned(kind, key, label)
    where = tuple(Mention(start, end, bool(title)) for start, end, title in mentions)
    return replace(entity, mentions=where) if where else entity


# The same few entities come on every page: making them anew took a quarter of its time.
@lru_cache(maxsize=1 << 16)
def _unmentioned(kind: str, key: str, label: str) -> Entity:
    return Entity(EntityKind(kind), key, label)


def facet_values(article: Article) -> dict[Facet, list[str]]:
    """Return the values that an article has of each facet, the year apart, each once."""
    return {
        Facet.COUNTRY: _keys(article, (EntityKind.COUNTRY,)),
        Facet.ACTOR: _keys(article, ACTOR_KINDS),
        Facet.SOURCE: [article.source] if article.source else [],
        Facet.SECTION: [article.section] if article.section else [],
    }


def _keys(article: Article, kinds: tuple[EntityKind, ...]) -> list[str]:
    return list(dict.fromkeys(one.key for one in article.entities if one.kind in kinds))
