"""The page of one article: its text with what is searched for and what is cited marked."""

from collections.abc import Iterator

from corpus.article import Article, Entity, EntityKind
from index.engine import Engine
from index.fields import Facet, TextField
from search.actor_names import names_of
from search.evidence import Citation, cited_pieces, mentions
from search.highlighting import Highlighter
from search.page import ArticlePage, EntityLink, Piece
from search.query_language.parsing import parse
from search.request import SearchRequest

SIMILAR = 5
_BREAK = "\n\n"


def read_article(
    engine: Engine, article_id: str, text: str = "", cite: str = ""
) -> ArticlePage | None:
    """Return the page of one article, a query's matches marked, or None for an unknown id.

    cite: « acteur:ONU » or « pays:SY » marks where the article names that.
    """
    article = engine.get(article_id)
    if article is None:
        return None
    highlighter = Highlighter(parse(text).tree)
    family = engine.family(article_id)
    cited = _held(engine, article, Citation.read(cite))
    paragraphs = tuple(_paragraphs(article, highlighter, cited))
    first = (at for at, pieces in enumerate(paragraphs) if any(one.cited for one in pieces))
    return ArticlePage(
        article=article,
        title=_marked(
            highlighter.pieces(article.title, TextField.TITLE), 0, _spans(article, cited, True)
        ),
        paragraphs=paragraphs,
        about=tuple(_country_about(engine, code) for code in article.about),
        countries=_entity_links(article, Facet.COUNTRY, EntityKind.COUNTRY),
        actors=_entity_links(article, Facet.ACTOR, EntityKind.PERSON, EntityKind.ORGANISATION),
        similar=tuple(hit.article for hit in engine.similar(article_id, SIMILAR)),
        versions=tuple(one for one in family if one.id != article_id),
        lead=family[0].id if family else "",
        agency=next((one.agency for one in (article, *family) if one.agency), ""),
        cited=str(cited) if cited else "",
        cited_paragraph=next(first, None),
    )


def _held(engine: Engine, article: Article, cited: Citation | None) -> Citation | None:
    """Return what is cited as the article names it, where a link has another of its names."""
    if cited and cited.facet is Facet.ACTOR and not mentions(article, cited.facet, cited.value):
        for name in names_of(engine, cited.value):
            if mentions(article, Facet.ACTOR, name):
                return Citation(Facet.ACTOR, name)
    return cited


def _paragraphs(
    article: Article, highlighter: Highlighter, cited: Citation | None
) -> Iterator[tuple[Piece, ...]]:
    spans = _spans(article, cited, in_title=False)
    start = 0
    for paragraph in article.body.split(_BREAK):
        if paragraph.strip():
            yield _marked(highlighter.pieces(paragraph, TextField.BODY), start, spans)
        start += len(paragraph) + len(_BREAK)


def _spans(article: Article, cited: Citation | None, in_title: bool) -> list[tuple[int, int]]:
    if cited is None:
        return []
    named = mentions(article, cited.facet, cited.value)
    return [(one.start, one.end) for one in named if one.in_title == in_title]


def _marked(
    pieces: tuple[Piece, ...], start: int, spans: list[tuple[int, int]]
) -> tuple[Piece, ...]:
    return cited_pieces(pieces, start, spans) if spans else pieces


def _country_about(engine: Engine, code: str) -> EntityLink:
    label = engine.renaming().label(Facet.COUNTRY, code)
    entity = Entity(EntityKind.COUNTRY, code, label)
    return EntityLink(entity, SearchRequest().toggled(Facet.COUNTRY_ABOUT, code))


def _entity_links(article: Article, facet: Facet, *kinds: EntityKind) -> tuple[EntityLink, ...]:
    return tuple(
        EntityLink(
            entity,
            SearchRequest().toggled(facet, entity.key),
            str(Citation(facet, entity.key)) if entity.mentions else "",
        )
        for entity in article.entities
        if entity.kind in kinds
    )
