"""What a search wishes for: words that stand as in the query, and most of the words."""

import pytest

from corpus.article import Article
from index.engine import Engine
from index.fields import Match, TextField
from index.opening import open_engine
from index.query import Akin, And, Early, Near, Or, Preferring, Query, Term, Together, Wish
from index.ranking import EARLY, FUNCTION_WORD, LEAD, LOOKS, PASSAGE, SIDE_BY_SIDE, TOGETHER, TOPIC
from search.answer import answer
from search.query_language.parsing import parse
from search.request import SearchRequest
from search.wishes import any_word, preferring


@pytest.fixture
def engine():
    opened = open_engine("memory:")
    yield opened
    opened.close()


def filled(engine: Engine, *bodies: str) -> Engine:
    engine.rebuild(Article(str(place), "", body) for place, body in enumerate(bodies))
    return engine


def found(engine: Engine, text: str) -> list[str]:
    return [hit.article.id for hit in answer(engine, SearchRequest(text)).hits]


def in_body(word: str) -> Term:
    return Term(word, field=TextField.BODY)


def derived(word: str) -> Term:
    return Term(word, Match.DERIVED)


def test_words_side_by_side_come_first(engine):
    filled(
        engine,
        "Le conseil des ministres parle. Un jour viendra la guerre, puis la paix revient froide.",
        "Une guerre froide, dit le conseil : un jour la paix revient, puis les ministres parlent.",
    )
    assert found(engine, "guerre froide") == ["1", "0"]
    assert found(engine, "paix froide") == ["0", "1"]


def test_words_in_the_lead_come_first(engine):
    filled(
        engine,
        f"Le conseil {'parle longuement ' * LEAD} de la guerre.",
        f"Le conseil de la guerre {'écoute encore ' * LEAD}.",
    )
    assert found(engine, "guerre") == ["1", "0"]
    assert found(engine, "conseil guerre") == ["1", "0"]


def test_words_in_one_passage_come_first(engine):
    words = [" ".join(f"mot{number}" for number in range(n, n + 2 * PASSAGE)) for n in range(8)]
    a, b, c, d = (f"{one}." for one in words[::2])
    filled(
        engine,
        f"La grève {a} Le port {b} Le maire {c} {d}",
        f"{d.upper()} {c.upper()} {b.upper()} Le maire en grève {a.upper()} Le port",
        f"{d[::-1]} {c[::-1]} {b[::-1]} Le maire, la grève, le port {a[::-1]}",
    )
    assert found(engine, "grève port maire")[0] == "2"
    terms = tuple(map(in_body, ("grève", "port", "maire")))
    wishes = preferring(parse("la grève du port, maire").tree).wishes
    assert Wish(Together(terms, PASSAGE), TOGETHER) in wishes


def test_closeness_is_wished_for_words_that_follow_one_another():
    guerre, froide = in_body("guerre"), in_body("froide")
    assert preferring(parse("guerre froide").tree) == Preferring(
        And((Term("guerre"), Term("froide"))),
        (
            Wish(Near(guerre, froide, 1, ordered=True), SIDE_BY_SIDE),
            Wish(Early(guerre, LEAD), EARLY),
            Wish(Early(froide, LEAD), EARLY),
            Wish(Akin(("guerre", "froide")), TOPIC),
        ),
    )


@pytest.mark.parametrize("text", ["guerre", "la guerre -froide", "guerre titre:froide"])
def test_a_word_alone_is_wished_in_the_lead(text):
    early = Wish(Early(in_body("guerre"), LEAD), EARLY)
    assert preferring(parse(text).tree) == Preferring(parse(text).tree, (early,))


@pytest.mark.parametrize("text", ["", "la", "titre:guerre", "guerre OU paix", '"guerre froide"'])
def test_nothing_is_wished_of_what_is_no_word(text):
    assert preferring(parse(text).tree) == parse(text).tree


def test_words_of_grammar_only_rank():
    tree = any_word(parse("qui parle de paix -guerre").tree)
    assert tree.child == And(
        (Or((derived("parle"), derived("paix"))), *parse("x -guerre").tree.children[1:])
    )
    assert Wish(Term("de"), FUNCTION_WORD) in tree.wishes
    close = Near(in_body("parle"), in_body("paix"), 2, ordered=True)
    assert Wish(close, SIDE_BY_SIDE) in tree.wishes


def test_a_question_mark_at_the_end_of_a_word_ends_a_question():
    assert any_word(parse("qui a gagné?").tree).child == derived("gagné")


@pytest.mark.parametrize(
    "text", ["paix", '"la paix"', "de la", "paix OU guerre", "titre:paix a", ""]
)
def test_what_is_no_list_of_words_is_not_widened(text):
    assert any_word(parse(text).tree) is None


def test_words_in_parentheses_are_words_like_the_others():
    assert any_word(parse("la grève (non reconduite) du port").tree).child == Or(
        tuple(map(derived, ("grève", "non", "reconduite", "port")))
    )


def test_most_words_are_sought_in_words_of_the_same_root_too(engine):
    filled(engine, "Le port de Brest.", "Le maire réclame un port.", "La mairie de Lorient.")
    page = answer(engine, SearchRequest("réclamation du port"))
    assert page.total == 0
    assert [hit.article.id for hit in page.nearby.hits] == ["1", "0"]


def test_a_spelling_asked_for_is_kept():
    assert any_word(parse("=réclame port").tree).child == Or(
        (Term("réclame", Match.EXACT), derived("port"))
    )


def test_a_question_finds_the_articles_with_most_of_its_words(engine):
    filled(engine, "Le port de Brest.", "La grève au port de Brest.", "La mairie de Lorient.")
    page = answer(engine, SearchRequest("Quand la grève au port de Brest finira-t-elle ?"))
    assert page.total == 0
    assert [hit.article.id for hit in page.nearby.hits] == ["1", "0"]


def test_a_page_that_is_not_full_goes_on_with_most_of_the_words(engine):
    filled(engine, "La grève au port.", "Le port de Brest.", "La mairie de Lorient.")
    page = answer(engine, SearchRequest("grève port"))
    assert [hit.article.id for hit in page.hits] == ["0"]
    assert page.total == 1
    assert [hit.article.id for hit in page.nearby.hits] == ["1"]


def test_wishes_are_looked_at_in_the_best_articles_alone(engine):
    apart = [f"paix {'mot ' * (place % 7 + 9)} froide" for place in range(LOOKS + 20)]
    filled(engine, *apart, "paix froide" + " mot" * 40)
    tree = And((Term("paix"), Term("froide")))
    wishes = (Wish(Near(*tree.children, 1, ordered=True), 50.0),)
    base = engine.search(Query(tree, limit=1000)).hits
    hits = engine.search(Query(Preferring(tree, wishes), limit=1000)).hits
    # The longest article has the words side by side, and is too far down to be looked at.
    assert [hit.article.id for hit in base] == [hit.article.id for hit in hits]
    assert hits[-1].score == base[-1].score


def test_of_equal_articles_the_newest_are_looked_at(engine):
    texts = ["paix mot froide", "paix froide mot"] * (LOOKS // 2 + 10)
    filled(engine, *texts)
    tree = And((Term("paix"), Term("froide")))
    wishes = (Wish(Near(*tree.children, 1, ordered=True), 50.0),)
    base = engine.search(Query(tree, limit=1000, copies=True)).hits
    assert len({hit.score for hit in base}) == 1
    hits = engine.search(Query(Preferring(tree, wishes), limit=1000, copies=True)).hits
    wished = {hit.article.id for hit in base[:LOOKS] if "paix froide" in hit.article.body}
    assert 0 < len(wished) < LOOKS
    assert {hit.article.id for hit in hits[: len(wished)]} == wished
    assert {hit.score for hit in hits[len(wished) :]} == {base[0].score}
