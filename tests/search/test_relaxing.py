"""When nothing is found: the nearest search that finds something, and each part alone."""

from dataclasses import replace

import pytest

from index.opening import open_engine
from search.answer import answer
from search.page import Widening
from search.request import SearchRequest
from tests.articles import DISPATCHES


@pytest.fixture(scope="module")
def engine():
    opened = open_engine("memory:")
    opened.rebuild(DISPATCHES)
    yield opened
    opened.close()


def asked(text: str, *params: tuple[str, str]) -> SearchRequest:
    return SearchRequest.from_params([("q", text), *params])


@pytest.mark.parametrize(
    ("text", "label", "wider"),
    [
        ("armée zzz", "Sans « zzz »", "armée"),
        ("armée zzz morue", "L'un des termes au moins", "armée OU zzz OU morue"),
        ("=elections dimanche", "Avec toutes les formes des mots", "elections dimanche"),
        ('"militaire coopération"', "Avec les mots des phrases, où qu'ils soient",
         "militaire coopération"),
        ("armée PRES/1 aube", "Avec les mots des phrases, où qu'ils soient", "armée aube"),
        ("AU MOINS 9 armée", "Avec les mots des phrases, où qu'ils soient", "armée"),
        ("merkel morue", "Sans « merkel »", "morue"),
        ("merkell", "Graphies voisines de « merkell »", "~merkell"),
        ("syrie -russe zzz", "Sans « zzz »", "syrie -russe"),
    ],
)  # fmt: skip
def test_the_nearest_search_that_finds(engine, text, label, wider):
    page = answer(engine, asked(text))
    assert page.total == 0
    (nearest,) = (one for one in page.relaxations if one.kind is Widening.NEAREST)
    assert (nearest.label, nearest.request.text) == (label, wider)
    assert answer(engine, nearest.request).total == nearest.total > 0
    assert page.nearby


@pytest.mark.parametrize("text", ["zzz", "zzz merkell", "armée -syrie pays:russie"])
def test_there_may_be_none(engine, text):
    page = answer(engine, asked(text))
    assert page.total == 0
    assert not [one for one in page.relaxations if one.kind is Widening.NEAREST]
    assert page.nearby is None


def test_each_part_alone_is_told_also_what_finds_nothing(engine):
    page = answer(engine, asked("armée zzz titre:merkel"))
    alone = {one.request.text: one.total for one in page.relaxations if one.kind is Widening.ALONE}
    assert alone == {"armée": 2, "zzz": 0, "titre:merkel": 1}
    for text, total in alone.items():
        assert answer(engine, asked(text)).total == total


def test_filters_are_let_go_where_the_words_are_found_without(engine):
    page = answer(engine, asked("morue", ("pays", "SY")))
    assert [one.label for one in page.relaxations] == ["Sans aucun filtre"]
    assert page.relaxations[0].request == asked("morue")
    assert [hit.article.id for hit in page.nearby.hits] == ["peche"]


def test_what_is_found_has_no_relaxation(engine):
    page = answer(engine, asked("armée"))
    assert page.relaxations == () and page.nearby is None


def test_a_name_that_no_value_bears_is_told(engine):
    page = answer(engine, asked("acteur:poutin"))
    assert page.remarks == (
        "« acteur:poutin » ne correspond à aucune valeur de l'index. "
        "Vouliez-vous dire « Vladimir Poutine » ?",
    )


@pytest.mark.parametrize("name", ["putin", '"Vladimir Putin"'])
def test_another_usual_name_is_told_though_no_value_bears_it(engine, name):
    (remark,) = answer(engine, asked(f"acteur:{name}")).remarks
    assert remark.endswith('autrement : acteur:="Vladimir Poutine"')


@pytest.mark.parametrize("limit", [0, 1])
def test_a_wider_search_shows_no_more_than_was_asked_for(engine, limit):
    page = answer(engine, replace(asked("armée zzz"), size=limit))
    assert len(page.nearby.hits if page.nearby else ()) == limit


def test_a_name_is_put_right_by_those_of_its_own_kind(engine):
    assert answer(engine, asked("acteur:merklel")).remarks == (
        "« acteur:merklel » ne correspond à aucune valeur de l'index. "
        "Vouliez-vous dire « Angela Merkel » ?",
    )
    assert answer(engine, asked("auteur:poutine")).remarks == (
        "« auteur:poutine » ne correspond à aucune valeur de l'index.",
    )


def test_words_of_grammar_are_not_shown_alone(engine):
    page = answer(engine, asked("pourquoi les zzz et armée"))
    alone = [one.label for one in page.relaxations if one.kind is Widening.ALONE]
    assert alone == ["« zzz »", "« armée »"]
