"""Articles as an index keeps them: what is searched, and what comes back."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import date, time
from functools import lru_cache
from typing import Any

from corpus.article import Article, Entity, EntityKind, Mention
from corpus.dates import Precision, Published
from index.query import Facet

_ALWAYS = ("id", "title", "body")  # what an `Article` is not made without
ACTOR_KINDS = (EntityKind.PERSON, EntityKind.ORGANISATION)


def as_record(article: Article) -> dict[str, Any]:
    """Return an article as JSON-able values, without the fields that hold nothing."""
    values = {field.name: getattr(article, field.name) for field in fields(article)}
    if article.published:
        values["published"] = _moment(article.published)
    values["entities"] = [_parts(one) for one in article.entities]
    values["about"] = list(article.about)
    return {name: value for name, value in values.items() if value or name in _ALWAYS}


def from_record(record: Mapping[str, Any]) -> Article:
    """Return the article that `as_record` wrote."""
    values = dict(record)
    if values.get("published"):
        values["published"] = _published(*values["published"])
    values["entities"] = tuple(_entity(*parts) for parts in values.get("entities", ()))
    values["about"] = tuple(values.get("about", ()))
    return Article(**values)


def _moment(published: Published) -> list[str]:
    stated = [published.at.isoformat()] if published.at else []
    return [published.day.isoformat(), published.precision.value, *stated]


def _published(day: str, precision: str, at: str = "") -> Published:
    stated = time.fromisoformat(at) if at else None
    return Published(date.fromisoformat(day), Precision(precision), stated)


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
        Facet.COUNTRY_ABOUT: list(article.about),
        Facet.COUNTRY_TITLE: [one.key for one in article.titled(EntityKind.COUNTRY)],
        Facet.ACTOR: _keys(article, ACTOR_KINDS),
        Facet.SOURCE: [article.source] if article.source else [],
        Facet.SECTION: [article.section] if article.section else [],
        Facet.AUTHOR: [article.author] if article.author else [],
    }


def _keys(article: Article, kinds: tuple[EntityKind, ...]) -> list[str]:
    return list(dict.fromkeys(one.key for one in article.entities if one.kind in kinds))
