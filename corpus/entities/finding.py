"""Who and what an article names: countries, persons, organisations, and where.

Gazetteers and rules recognise what they know, the tagger names what it makes out, and
each kind is decided from both; then each mention is traced to whom it means.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.article import Entity, EntityKind, Mention
from corpus.entities.bodies import bodies
from corpus.entities.countries import country_label
from corpus.entities.country_mentions import named_countries
from corpus.entities.gazetteers import places, recognise
from corpus.entities.lexicon import Span, Words, cut, extents
from corpus.entities.person_labels import whom
from corpus.entities.persons import people
from corpus.entities.tagging import tagged


def find_entities(title: str, body: str) -> tuple[Entity, ...]:
    """Return what an article names, each once with its mentions, in the order of the first.

    title: comes first in that order; one all in capitals is read by the body's spelling.
    A country's key is its ISO 3166-1 alpha-2 code; a person's or an organisation's is
    its label, the fullest form of the name. Mentions are places in the texts as given.
    """
    text = _Text.of(title, body)
    found: dict[tuple[EntityKind, str], list[Mention]] = {}
    for (start, end, _), kind, key in sorted(_named(text.words), key=lambda one: one[0][:2]):
        mention = text.mention(start, end)
        mentions = found.setdefault((kind, key), [])
        if mention not in mentions[-1:]:
            mentions.append(mention)
    return tuple(
        Entity(
            kind, key, country_label(key) if kind is EntityKind.COUNTRY else key, tuple(mentions)
        )
        for (kind, key), mentions in found.items()
    )


@dataclass(frozen=True, slots=True)
class _Text:
    """A title and a body as one run of words, and where each word stands.

    extents: where each word begins and ends in the title or, after it, in the body.
    title_length: in words.
    """

    words: Words
    extents: list[tuple[int, int]]
    title_length: int

    @classmethod
    def of(cls, title: str, body: str) -> "_Text":
        head, rest = cut(title), cut(body)
        shown = _recased(head, rest) if title.isupper() else head
        # The rules look one word ahead, so that the text ends with the end of a paragraph.
        return cls(
            Words(
                [*shown.forms, "\n\n", *rest.forms, "\n"], [*shown.keys, "\n\n", *rest.keys, "\n"]
            ),
            [*extents(title, head), (0, 0), *extents(body, rest), (0, 0)],
            len(head.forms),
        )

    def mention(self, start: int, end: int) -> Mention:
        """Return where words stand as a mention."""
        return Mention(self.extents[start][0], self.extents[end - 1][1], start < self.title_length)


def _recased(title: Words, body: Words) -> Words:
    """Return a title in capitals as the body spells its words, where it has them."""
    spelt: dict[str, str] = {}
    for at, form in enumerate(body.forms):
        if not (form.isupper() or body.starts_sentence(at)):
            spelt.setdefault(body.keys[at], form)
    return Words([spelt.get(key, form) for form, key in zip(*title, strict=True)], title.keys)


def _named(words: Words) -> Iterator[tuple[Span[None], EntityKind, str]]:
    """Yield each mention with its kind and its key, in no order."""
    known = recognise(words)
    names = tagged(words, known.marks)
    persons = whom(words, people(words, known, names))
    taken = places(persons)
    listed, organisations = bodies(words, known, names, taken)
    countries = [
        Span(at, next((end for start, end, _ in known.countries if start == at), at + 1), code)
        for at, code in named_countries(words, known.countries, taken, places(listed))
    ]
    countries += [Span(span.start, span.end, code) for span in listed for code in span.value.codes]
    for kind, spans in (
        (EntityKind.COUNTRY, countries),
        (EntityKind.PERSON, persons),
        (EntityKind.ORGANISATION, organisations),
    ):
        for start, end, key in spans:
            yield Span(start, end, None), kind, key
