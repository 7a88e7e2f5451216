"""Articles as an index keeps them: what is searched, and what comes back."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields
from datetime import date, time
from functools import lru_cache
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

from corpus.article import Article, Entity, EntityKind
from corpus.dates import Precision, Published
from index.deferred import Deferred
from index.entity_texts import entity_of, entity_text, mentioned, places_text
from index.fields import Facet

_FIELDS = tuple(field.name for field in fields(Article))
_values = attrgetter(*_FIELDS)
_in_title = attrgetter("in_title")
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_ALWAYS = ("id", "title", "body")  # what an `Article` is not made without
# What the fields hold that a record leaves out; the last is that of `mentions`.
_ABSENT = (*("" if field.default is MISSING else field.default for field in fields(Article)), "")
ACTOR_KINDS = (EntityKind.PERSON, EntityKind.ORGANISATION)


def as_record(article: Article) -> dict[str, str]:
    """Return an article as text values, without the fields that hold nothing."""
    values = {
        name: value
        for name, value in zip(_FIELDS, _values(article), strict=True)
        if value or name in _ALWAYS
    }
    if article.entities:
        values["entities"] = "\n".join(
            [entity_text(one.kind, one.key, one.label) for one in article.entities]
        )
        if any(one.mentions for one in article.entities):
            values["mentions"] = "\n".join(map(places_text, article.entities))
    for name, (written, _) in _FORMS.items():
        if name in values:
            values[name] = written(values[name])
    return values


def from_record(record: Mapping[str, str]) -> Article:
    """Return the article that `as_record` wrote."""
    return from_fields(tuple(record), [*record.values()])


def from_fields(
    names: tuple[str, ...],
    values: Sequence[str],
    entities: Callable[[], tuple[Entity, ...]] | None = None,
    about: Callable[[Sequence[str]], tuple[str, ...]] | None = None,
) -> Article:
    """Return the article that `as_record` wrote, its fields given apart.

    names, values: of the fields, in the same order. entities: gives the entities in place of
        those that were stored, when they are looked at. about: changes the countries.
    """
    layout = _layout(names)
    held: list[Any] = [*values, *_ABSENT]
    for place, read in layout.forms:
        held[place] = read(held[place])
    if layout.entities is not None:
        stored, mentions = held[layout.entities], held[layout.mentions]
        held[layout.entities] = Deferred(entities or (lambda: _entities(stored, mentions)))
    if about and layout.about is not None:
        held[layout.about] = about(held[layout.about])
    return Article(*layout.ordered(held))


class _Layout(NamedTuple):
    """Where the values of records with the same fields lie, absent ones after the others.

    forms: the places of values that are no texts, and how each is read. ordered: picks
    the values of an `Article` in its order.
    """

    forms: Sequence[tuple[int, Callable[[str], object]]]
    entities: int | None
    mentions: int
    about: int | None
    ordered: Callable[[Sequence[Any]], tuple[Any, ...]]


@lru_cache(maxsize=1 << 10)
def _layout(names: tuple[str, ...]) -> _Layout:
    places = {name: len(names) + at for at, name in enumerate((*_FIELDS, "mentions"))}
    places |= {name: at for at, name in enumerate(names)}
    return _Layout(
        [(places[name], read) for name, (_, read) in _FORMS.items() if name in names],
        places["entities"] if "entities" in names else None,
        places["mentions"],
        places["about"] if "about" in names else None,
        itemgetter(*(places[name] for name in _FIELDS)),
    )


def _entities(entities: str, places: str) -> tuple[Entity, ...]:
    found = map(entity_of, entities.split("\n"))
    return tuple(map(mentioned, found, places.split("\n")) if places else found)


def _published_text(published: Published) -> str:
    stated = [published.at.isoformat()] if published.at else []
    return " ".join([published.day.isoformat(), published.precision, *stated])


# The same few days come on every page.
@lru_cache(maxsize=1 << 16)
def _published(text: str) -> Published:
    day, precision, *stated = text.split(" ")
    at = time.fromisoformat(stated[0]) if stated else None
    return Published(date.fromisoformat(day), Precision(precision), at)


@lru_cache(maxsize=1 << 16)
def _about(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


# How a field that holds no text is written, and read.
_FORMS: Mapping[str, tuple[Callable[[Any], str], Callable[[str], object]]] = {
    "published": (_published_text, _published),
    "word_count": (str, int),
    "excerpt": (lambda _: "1", bool),
    "about": (_json, _about),
}


def facet_values(article: Article) -> dict[Facet, list[str]]:
    """Return the values that an article has of each facet, the year apart, each once."""
    countries: dict[str, bool] = {}
    actors: dict[str, None] = {}
    for one in article.entities:
        if one.kind is EntityKind.COUNTRY:
            named = countries.get(one.key, False)
            countries[one.key] = named or True in map(_in_title, one.mentions)
        elif one.kind in ACTOR_KINDS:
            actors[one.key] = None
    return {
        Facet.COUNTRY: [*countries],
        Facet.COUNTRY_ABOUT: [*article.about],
        Facet.COUNTRY_TITLE: [key for key, in_title in countries.items() if in_title],
        Facet.ACTOR: [*actors],
        Facet.SOURCE: [article.source] if article.source else [],
        Facet.SECTION: [article.section] if article.section else [],
        Facet.AUTHOR: [article.author] if article.author else [],
    }
