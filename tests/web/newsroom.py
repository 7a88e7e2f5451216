"""A small newspaper archive, written for these tests."""

from datetime import date
from pathlib import Path

from corpus.article import Article, Entity, EntityKind, Mention
from corpus.dates import Precision, Published

COUNTRIES = {
    "FR": "France",
    "DE": "Allemagne",
    "GB": "Royaume-Uni",
    "MA": "Maroc",
    "NO": "Norvège",
    "ES": "Espagne",
    "IT": "Italie",
    "JP": "Japon",
    "NL": "Pays-Bas",
    "PT": "Portugal",
    "SN": "Sénégal",
}
TITLE_NAMES = {"SN": "Dakar"}
PERSONS = ("Claire Vasseur", "Henri Lacombe", "Sylvain Morand", "Awa Diallo")


def read_archive() -> tuple[Article, ...]:
    """Read newsroom.txt: date, source and section; who is named; the title; the paragraphs."""
    blocks = Path(__file__).with_name("newsroom.txt").read_text(encoding="utf-8").split("\n----\n")
    return tuple(_article(place, block) for place, block in enumerate(blocks, 1))


def _article(place: int, block: str) -> Article:
    head, named, title, _, *body = block.split("\n")
    day, source, section = (part.strip() for part in head.split("|"))
    paragraphs = "\n".join(body).strip().split("\n\n")
    return Article(
        id=f"valmont/{place:03}",
        title=title,
        body="\n\n".join(paragraph.replace("\n", " ") for paragraph in paragraphs),
        source=source,
        published=_published(day),
        url=f"https://www.example.org/valmont/{place:03}",
        section=section,
        author="Jeanne Lefort" if place % 2 else "",
        file="archives/valmont.jsonl",
        entities=_entities(named, title),
        about=tuple(named.split("; ")[0].split(", ")[:1]),
    )


def _published(text: str) -> Published | None:
    if not text:
        return None
    numbers = [int(part) for part in text.split("-")]
    year, month, day = [*numbers, 1, 1][:3]
    precision = (Precision.YEAR, Precision.MONTH, Precision.DAY)[len(numbers) - 1]
    return Published(date(year, month, day), precision)


def _entities(text: str, title: str) -> tuple[Entity, ...]:
    codes, *actors = text.split("; ")
    countries = [_country(code, title) for code in codes.split(", ")]
    return (*countries, *(Entity(_kind(name), name, name) for name in actors))


def _country(code: str, title: str) -> Entity:
    """Return a country; as if the title named it by its capital's or its people's name."""
    named = TITLE_NAMES.get(code, COUNTRIES[code])
    start = title.find(named)
    mentions = (Mention(start, start + len(named), in_title=True),) if start >= 0 else ()
    return Entity(EntityKind.COUNTRY, code, COUNTRIES[code], mentions)


def _kind(name: str) -> EntityKind:
    return EntityKind.PERSON if name in PERSONS else EntityKind.ORGANISATION


ARTICLES = read_archive()
