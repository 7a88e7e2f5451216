"""Why a search finds what it finds, in words and figures."""

from contextlib import closing

import pytest

from corpus.article import Article
from index.opening import open_engine
from index.ranking import LOOKS
from search.answer import answer
from search.explaining import WIDER, explain
from search.explanation_text import explanation_lines
from search.json_form import explanation_as_json
from search.query_language.describing import described
from search.query_language.parsing import parse
from search.request import SearchRequest
from tests.articles import DISPATCHES


@pytest.fixture(scope="module")
def engine():
    opened = open_engine("memory:")
    opened.rebuild(DISPATCHES)
    yield opened
    opened.close()


def asked(text: str) -> SearchRequest:
    return SearchRequest(text=text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("aube", "« aube », toutes ses formes"),
        ("=aube", "exactement « aube »"),
        ('"aube"', "« aube », accents ignorés"),
        ("aub*", "les mots qui commencent par « aub »"),
        ("a?be", "les mots de la forme « a?be »"),
        ("~aube", "les graphies voisines de « aube »"),
        ('titre:"aube grise"', "les mots « aube grise » côte à côte dans le titre"),
        ('"aube grise"~2', "les mots « aube grise » dans cet ordre, 2 autres au plus entre eux"),
        ("AU MOINS 3 texte:aube", "au moins 3 fois « aube », toutes ses formes dans le texte"),
        ("~aube PRES/1 =soir", "les graphies voisines de « aube », à 1 mot au plus de "
         "exactement « soir »"),
        ("(=aube OU =soir) ADJ/4 =gris", "(exactement « aube » ou exactement « soir »), suivi à "
         "4 mots au plus de exactement « gris »"),
        ("pays:russie", "pays cité : « russie »"),
        ("source:=monde", "source : exactement « monde »"),
        ("date:2015-11", "paru du 1er novembre 2015 au 30 novembre 2015"),
        ("date:2015-11-26", "paru le 26 novembre 2015"),
        ("date:2015..", "paru depuis le 1er janvier 2015"),
        ("date:..2015", "paru jusqu'au 31 décembre 2015"),
    ],
)  # fmt: skip
def test_a_leaf_in_words(text, words):
    assert described(parse(text).tree) == words


def test_a_query_is_told_as_a_tree_with_what_its_words_reach(engine):
    told = explain(engine, asked("(armée OU pêche) SAUF pays:syrie"))
    assert told.text == "(armée OU pêche) -pays:syrie"
    assert told.total == 1
    either, but = told.tree.children
    assert either.words == "l'un au moins de ce qui suit"
    assert [form.text for form in either.children[0].part.reaches[0].forms] == ["armée", "armées"]
    assert but.words == "sauf"
    assert but.children[0].part.reaches[0].forms[0].text == "Syrie"


def test_a_hit_is_told_with_its_sentence_and_its_score(engine):
    request = asked("armée coopération -pêche")
    told = explain(engine, request, "armee")
    assert told.score == answer(engine, request).hits[0].score
    armies, cooperation, fishing, preferred = told.tree.children
    assert "".join(piece.text for piece in armies.sentence).endswith("coopération militaire.")
    assert [piece.text for piece in armies.sentence if piece.match] == ["armées"]
    assert [piece.text for piece in cooperation.sentence if piece.match] == ["coopération"]
    assert fishing.children[0].sentence == ()
    assert preferred.words == "de préférence"
    parts = [armies, cooperation, *preferred.children]
    assert told.score == pytest.approx(sum(one.part.score for one in parts), abs=1e-5)


def test_what_does_not_match_says_so(engine):
    assert explain(engine, asked("armée"), "peche").score is None
    assert explain(engine, asked("armée"), "inconnu") is None
    assert explain(engine, asked("")).tree.words == "tous les articles"


def test_it_reads_well_in_a_terminal(engine):
    lines = list(explanation_lines(explain(engine, asked("trêve -pêche"))))
    assert lines == [
        "Recherche comprise comme : trêve -pêche",
        "  tout ce qui suit :",
        "    « trêve », toutes ses formes : 1\u00a0article",
        "      trêve\u00a0: trêve (1)",
        "    sauf :",
        "      « pêche », toutes ses formes : 1\u00a0article",
        "        pêche\u00a0: péché (1), pêche (1)",
    ]
    lines = list(explanation_lines(explain(engine, asked("trêve"), "armee")))
    assert lines[0].startswith("Score ")
    assert lines[2:5] == [
        "    titre\u00a0: trêve (1)",
        "    texte\u00a0: trêve (1)",
        "    « La trêve commence à l'aube. »",
    ]
    assert lines[5] == "    de préférence :"
    assert lines[6].startswith("      « trêve », toutes ses formes, au début du texte : 0,")


def test_the_json_says_the_same(engine):
    form = explanation_as_json(explain(engine, asked("trêve"), "armee"))
    assert list(form) == ["query", "total", "remarks", "tree", "article", "score"]
    assert form["tree"]["sentence"] == "La trêve commence à l'aube."
    assert form["tree"]["reaches"] == [
        {"typed": "trêve", "count": 1, "forms": [{"form": "trêve", "articles": 1}]}
    ]


def test_an_article_of_the_wider_search_has_the_score_that_it_is_shown_with(engine):
    wanted = asked("armée zzz bénévoles syrienne")
    page = answer(engine, wanted)
    assert page.total == 0
    shown = page.nearby.hits[0]
    told = explain(engine, wanted, shown.article.id)
    assert told.score == shown.score > 0
    assert WIDER in told.remarks
    assert any("même racine" in line for line in explanation_lines(told))


def test_an_article_without_any_of_the_words_is_not_explained(engine):
    told = explain(engine, asked("zzz yyy"), DISPATCHES[0].id)
    assert told.score is None
    assert WIDER not in told.remarks


def test_an_explanation_has_the_score_of_the_page_at_any_rank():
    apart = [
        Article(str(place), "", f"paix {'mot ' * (place % 7 + place // 30)}froide")
        for place in range(LOOKS + 20)
    ]
    with closing(open_engine("memory:")) as many:
        many.rebuild(apart)
        wanted = SearchRequest("paix froide", size=LOOKS + 20, copies=True)
        hits = answer(many, wanted).hits
        assert len(hits) == LOOKS + 20
        for hit in (hits[0], hits[LOOKS - 1], hits[LOOKS], hits[-1]):
            assert explain(many, wanted, hit.article.id).score == hit.score
