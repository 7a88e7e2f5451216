"""Where an article names a country or an actor: the sentence, and the marks in its text."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from corpus.article import Article, EntityKind, Mention
from corpus.entities.countries import country_code
from index.fields import COUNTRY_FACETS, Facet
from index.query import Filters
from search.highlighting import broken_off, extent
from search.page import Evidence, Piece, ShownHit
from search.request import FACET_PARAMS

# What an article page can be asked to mark, by the name of the facet's parameter.
_CITED = {FACET_PARAMS[facet]: facet for facet in (Facet.COUNTRY, Facet.ACTOR)}
_BLANKS = re.compile(r"\s*\n\s*")
_ACTORS = (EntityKind.PERSON, EntityKind.ORGANISATION)


@dataclass(frozen=True, slots=True)
class Citation:
    """A value of which an article page marks the mentions."""

    facet: Facet
    value: str

    @classmethod
    def read(cls, text: str) -> "Citation | None":
        """Read « acteur:Vladimir Poutine » or « pays:RU »; None for anything else."""
        name, _, value = text.partition(":")
        facet = _CITED.get(name)
        if facet is None or not value.strip():
            return None
        value = value.strip()
        return cls(facet, (country_code(value) or value) if facet in COUNTRY_FACETS else value)

    @classmethod
    def of(cls, kind: EntityKind, key: str) -> "Citation":
        """Return the citation of an entity."""
        return cls(Facet.COUNTRY if kind is EntityKind.COUNTRY else Facet.ACTOR, key)

    def __str__(self) -> str:
        return f"{FACET_PARAMS[self.facet]}:{self.value}"


def mentions(article: Article, facet: Facet, value: str) -> tuple[Mention, ...]:
    """Return where an article names the value of a facet; nothing for other facets."""
    kinds = {Facet.ACTOR: _ACTORS}.get(facet, (EntityKind.COUNTRY,))
    if facet is not Facet.ACTOR and facet not in COUNTRY_FACETS:
        return ()
    return tuple(
        mention
        for entity in article.entities
        if entity.kind in kinds and entity.key == value
        for mention in entity.mentions
    )


def evidence(article: Article, filters: Filters) -> tuple[Evidence, ...]:
    """Return for each selected country and actor the first sentence that names it, if any does.

    A value that the title alone names needs none.
    """
    found: dict[tuple[Piece, ...], Evidence] = {}
    for facet, value in sorted(filters.values):
        named = [one for one in mentions(article, facet, value) if not one.in_title]
        if named:
            first = _sentence(article.body, named[0], named)
            found.setdefault(first, Evidence(facet, value, first))
    return tuple(found.values())


def with_evidence(hit: ShownHit, filters: Filters) -> ShownHit:
    """Return a hit with the sentences that name what is selected.

    Where the snippet shows no match, the first of them stands in its place.
    """
    found = evidence(hit.article, filters)
    if not found:
        return hit
    if not any(piece.match for piece in hit.snippet):
        snippet = tuple(Piece(piece.text, piece.cited) for piece in found[0].sentence)
        return replace(hit, snippet=snippet, evidence=found[1:])
    shown = "".join(piece.text for piece in hit.snippet)
    return replace(hit, evidence=tuple(one for one in found if _text(one.sentence) not in shown))


def _text(pieces: Iterable[Piece]) -> str:
    return _BLANKS.sub(" ", "".join(piece.text for piece in pieces)).strip("… ")


def _sentence(body: str, first: Mention, every: Iterable[Mention]) -> tuple[Piece, ...]:
    low, high = extent(body, first.start, first.end)
    spans = [(one.start, one.end) for one in every if low <= one.start < one.end <= high]
    inside = [(start - low, end - low) for start, end in spans]
    return broken_off(body, low, high, tuple(_cut(Piece(body[low:high]), inside)))


def cited_pieces(
    pieces: Iterable[Piece], start: int, spans: Iterable[tuple[int, int]]
) -> tuple[Piece, ...]:
    """Return pieces cut once more, at the mentions of what is cited.

    start: where the pieces' text begins. spans: (start, end) of the mentions.
    """
    spans = sorted(spans)
    found: list[Piece] = []
    for piece in pieces:
        end = start + len(piece.text)
        inside = [(max(low, start) - start, min(high, end) - start) for low, high in spans]
        found += _cut(piece, [span for span in inside if span[0] < span[1]])
        start = end
    return tuple(found)


def _cut(piece: Piece, spans: Iterable[tuple[int, int]]) -> Iterator[Piece]:
    """Yield a piece cut at spans of its text, those marked as cited."""
    done = 0
    for low, high in spans:
        if low > done:
            yield Piece(piece.text[done:low], piece.match)
        if high > max(low, done):
            yield Piece(piece.text[max(low, done) : high], piece.match, cited=True)
            done = high
    if done < len(piece.text):
        yield Piece(piece.text[done:], piece.match)
