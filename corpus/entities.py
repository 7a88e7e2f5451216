"""Who and what an article names: countries, persons, organisations.

Three steps: phrases known beforehand are found, the other names are told by their
shape and by the words about them, and each mention is traced to whom it means.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from corpus.article import Entity, EntityKind
from corpus.countries import CountryWord, country_label, country_words, decoys
from corpus.country_mentions import means_country, named_countries
from corpus.lexicon import Lexicon, Span, Words, cut
from corpus.name_words import goes_on, named_after
from corpus.names import find_names
from corpus.organisation_shapes import shaped_organisations
from corpus.organisations import Organisation, counts, fullest, organisations
from corpus.persons import Figure, figures, whom


def find_entities(title: str, body: str) -> tuple[Entity, ...]:
    """Return what an article names, each once, in the order of first mention.

    title: comes first in that order; one all in capitals is read by the body's spelling.
    A country's key is its ISO 3166-1 alpha-2 code; a person's or an organisation's is
    its label, the fullest form of the name.
    """
    title = _recased(title, body) if title.isupper() else title
    words = cut(f"{title}\n\n{body}\n")  # the rules look one word ahead
    mentions = sorted(_mentions(words), key=lambda mention: mention[0])
    return tuple(dict.fromkeys(entity for _, entity in mentions))


def _recased(title: str, body: str) -> str:
    """Return a title in capitals as the body spells its words, where it has them."""
    spelt: dict[str, str] = {}
    text = cut(body)
    for at, form in enumerate(text.forms):
        if not (form.isupper() or text.starts_sentence(at)):
            spelt.setdefault(text.keys[at], form)
    words = cut(title)
    forms = [spelt.get(key, form) for form, key in zip(*words, strict=True)]
    return Words(forms, words.keys).text(0, len(forms))


class _Known(NamedTuple):
    """The phrases of a text that are known beforehand, by what they are."""

    countries: list[Span[CountryWord]]
    organisations: list[Span[Organisation]]
    figures: list[Span[Figure]]


@cache
def _lexicon() -> Lexicon[CountryWord | Organisation | Figure]:
    """Return every phrase known beforehand; where two are the same the first counts."""

    def phrases() -> Iterator[tuple[str, CountryWord | Organisation | Figure]]:
        yield from organisations()
        yield from country_words()
        yield from decoys()
        yield from figures()

    return Lexicon(phrases())


def _recognised(words: Words) -> _Known:
    """Find the phrases known beforehand."""
    known = _Known([], [], [])
    for start, end, value in _lexicon().spans(words):
        match value:
            case CountryWord() if means_country(words, start):
                known.countries.append(Span(start, end, value))
            case Organisation():
                known.organisations.append(Span(start, end, value))
            case Figure() if not (goes_on(words, start) or named_after(words, start)):
                known.figures.append(Span(start, end, value))
    return known


def _mentions(words: Words) -> Iterator[tuple[int, Entity]]:
    """Yield (place, entity) of each mention, in no order."""
    known = _recognised(words)
    shaped = _shaped(words, known)
    names = find_names(words, *_closed_and_soft(known, shaped))
    names.sure.extend((span.start, span.end) for span in known.figures)
    for at, label in whom(words, names):
        yield at, Entity(EntityKind.PERSON, label, label)
    persons = _places(names.sure)
    bodies = [
        span
        for span in known.organisations
        if span.start not in persons and counts(words, span.start, span.end)
    ]
    for at, label in [*((span.start, span.value.label) for span in bodies), *fullest(shaped)]:
        yield at, Entity(EntityKind.ORGANISATION, label, label)
    countries = named_countries(words, known.countries, persons, _places(bodies))
    countries += [(span.start, code) for span in bodies for code in span.value.codes]
    for at, code in countries:
        yield at, Entity(EntityKind.COUNTRY, code, country_label(code))


def _shaped(words: Words, known: _Known) -> list[Span[Organisation]]:
    """Find the organisations that are not known beforehand."""
    owners: dict[int, Organisation | None] = dict.fromkeys(_places(known.figures))
    for start, end, organisation in known.organisations:
        owners.update(dict.fromkeys(range(start, end), organisation))
    adjectives = frozenset(span.start for span in known.countries if span.value.adjective)
    return shaped_organisations(words, owners, adjectives)


def _closed_and_soft(
    known: _Known, shaped: list[Span[Organisation]]
) -> tuple[frozenset[int], frozenset[int]]:
    """Return the places that no name may hold, and those that a given name may claim."""
    soft = {
        start
        for start, end, word in known.countries
        if end == start + 1 and word.codes and not word.adjective
    } | {start for start, end, _ in known.organisations if end == start + 1}
    closed = _places([*known.countries, *known.organisations, *known.figures]) - soft
    return closed | _places(shaped), frozenset(soft)


def _places(spans: Iterable[tuple[int, int] | Span[object]]) -> frozenset[int]:
    """Return the places of all the words of spans."""
    return frozenset(at for span in spans for at in range(span[0], span[1]))
