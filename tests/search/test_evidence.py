"""Where an article names what is asked about."""

from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article, Entity, EntityKind, Mention
from index.fields import Facet
from index.opening import open_engine
from index.query import Filters
from search.answer import answer
from search.article_page import read_article
from search.evidence import Citation, cited_pieces, evidence
from search.json_form import article_as_json, page_as_json
from search.page import Piece
from search.request import SearchRequest

BODY = (
    "Le ciel est gris sur Brest.\n\nLa ministre est venue lundi. Claire Vasseur a visité le port "
    "avec M. Diallo.\n\nMme Vasseur est repartie mardi pour l'Italie."
)


def entity(kind: EntityKind, key: str, label: str, *forms: str) -> Entity:
    mentions = tuple(Mention(BODY.index(one), BODY.index(one) + len(one)) for one in forms)
    return Entity(kind, key, label, mentions)


VISIT = Article(
    "visite",
    "Vasseur à Brest",
    BODY,
    entities=(
        Entity(EntityKind.PERSON, "Claire Vasseur", "Claire Vasseur", (
            Mention(0, 7, True), *entity(EntityKind.PERSON, "", "", "Claire Vasseur").mentions,
            Mention(BODY.index("Mme Vasseur") + 4, BODY.index("Mme Vasseur") + 11),
        )),
        entity(EntityKind.PERSON, "Awa Diallo", "Awa Diallo", "Diallo"),
        entity(EntityKind.COUNTRY, "IT", "Italie", "Italie"),
        Entity(EntityKind.ORGANISATION, "Port", "Port"),
    ),
    about=("FR",),
)  # fmt: skip


def selecting(*pairs: tuple[Facet, str]) -> SearchRequest:
    return SearchRequest(filters=Filters(frozenset(pairs)))


def cited(pieces) -> list[str]:
    return [piece.text for piece in pieces if piece.cited]


def opened():
    engine = open_engine("memory:")
    engine.rebuild([VISIT])
    return engine


def test_an_article_marks_what_is_cited():
    page = read_article(opened(), "visite", "port", "acteur:Claire Vasseur")
    assert cited(page.title) == ["Vasseur"]
    assert [cited(pieces) for pieces in page.paragraphs] == [[], ["Claire Vasseur"], ["Vasseur"]]
    assert [piece.text for piece in page.paragraphs[1] if piece.match] == ["port"]
    assert (page.cited, page.cited_paragraph) == ("acteur:Claire Vasseur", 1)
    assert [link.cite for link in page.actors] == [
        "acteur:Claire Vasseur", "acteur:Awa Diallo", "",
    ]  # fmt: skip
    assert cited(read_article(opened(), "visite", "", "pays:italie").paragraphs[2]) == ["Italie"]
    for nothing in ("", "acteur:", "source:X", "acteur:Personne"):
        page = read_article(opened(), "visite", "", nothing)
        assert not any(cited(pieces) for pieces in (page.title, *page.paragraphs))


def test_a_selected_value_shows_its_sentence_in_place_of_the_opening():
    page = answer(opened(), selecting((Facet.ACTOR, "Claire Vasseur")))
    (hit,) = page.hits
    assert "".join(piece.text for piece in hit.snippet) == (
        "Claire Vasseur a visité le port avec M. Diallo."
    )
    assert [piece.text for piece in hit.snippet if piece.match] == ["Claire Vasseur"]
    assert hit.evidence == ()


def test_beside_words_it_is_added_where_the_snippet_lacks_it():
    words = SearchRequest("gris", selecting((Facet.COUNTRY, "IT")).filters)
    long = Article("long", "", BODY.replace("lundi.", "lundi. " + "Il pleuvait encore. " * 30))
    shifted = long.body.index("Italie")
    italy = Entity(EntityKind.COUNTRY, "IT", "Italie", (Mention(shifted, shifted + 6),))
    engine = open_engine("memory:")
    engine.rebuild([Article("long", "", long.body, entities=(italy,))])
    (hit,) = answer(engine, words).hits
    (told,) = hit.evidence
    assert (told.facet, told.value, cited(told.sentence)) == (Facet.COUNTRY, "IT", ["Italie"])
    form = page_as_json(answer(engine, words))["hits"][0]["evidence"][0]
    start, end = form["marks"][0]
    assert form["sentence"][start:end] == "Italie"
    (short,) = answer(opened(), words).hits
    assert short.evidence == ()  # the snippet is the whole text


def test_what_is_not_named_has_no_sentence():
    filters = Filters(frozenset({(Facet.ACTOR, "Port"), (Facet.COUNTRY_ABOUT, "FR")}))
    assert evidence(VISIT, filters) == ()
    assert evidence(VISIT, Filters(frozenset({(Facet.SOURCE, "IT")}))) == ()


def test_the_api_tells_where_each_is_named():
    entities = article_as_json(VISIT, [])["entities"]
    (italy,) = (one for one in entities if one["key"] == "IT")
    place = italy["mentions"][0]
    assert VISIT.body[place["start"] : place["end"]] == "Italie"
    assert place["in"] == "body"


def test_citations_are_read_as_they_are_written():
    for citation in (Citation(Facet.ACTOR, "A: B"), Citation(Facet.COUNTRY, "RU")):
        assert Citation.read(str(citation)) == citation
    assert Citation.read("pays:Russie") == Citation(Facet.COUNTRY, "RU")


spans = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 8)), max_size=5)


@given(st.lists(st.builds(Piece, st.text(max_size=8), st.booleans()), max_size=5), spans)
def test_cutting_keeps_the_text_and_the_matches(pieces, found):
    ranges = [(start, start + length) for start, length in found]
    parts = cited_pieces(pieces, 0, ranges)
    text = "".join(piece.text for piece in pieces)
    assert "".join(part.text for part in parts) == text
    marks = [(part.match, part.cited) for part in parts for _ in part.text]
    assert [match for match, _ in marks] == [one.match for one in pieces for _ in one.text]
    assert [mark for _, mark in marks] == [
        any(low <= place < high for low, high in ranges) for place in range(len(text))
    ]
