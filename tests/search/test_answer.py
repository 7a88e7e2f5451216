"""The page that answers a request, on the embedded engine."""

from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest

from corpus.article import Article
from index.fields import Facet, Interval
from index.opening import open_engine
from search.answer import answer
from search.article_page import read_article
from search.json_form import page_as_json
from search.request import SearchRequest
from tests.articles import DISPATCHES


@pytest.fixture(scope="module")
def engine():
    opened = open_engine("memory:")
    opened.rebuild(DISPATCHES)
    yield opened
    opened.close()


def asked(*params: tuple[str, str]) -> SearchRequest:
    return SearchRequest.from_params(params)


def values(page, facet: Facet) -> dict[str, int]:
    (shown,) = (one for one in page.facets if one.facet is facet)
    return {value.value: value.count for value in shown.values}


def test_a_page_shows_hits_facets_and_timeline(engine):
    page = answer(engine, asked(("q", "armée syrie")))
    assert page.total == 2
    assert {hit.article.id for hit in page.hits} == {"armee", "onu"}
    assert values(page, Facet.COUNTRY) == {"SY": 2, "RU": 1}
    assert [one.name for one in page.facets] == [
        *("Pays concerné", "Pays cité", "Pays dans le titre"),
        *("Acteur", "Source", "Rubrique", "Auteur", "Année"),
    ]
    assert values(page, Facet.COUNTRY_ABOUT) == {"SY": 1}
    assert values(page, Facet.COUNTRY_TITLE) == {"SY": 1, "RU": 1}
    assert [(bar.period, bar.count) for bar in page.timeline] == [("2016-02", 1)]
    assert page.undated == 1
    assert any(piece.match for piece in page.hits[0].title)


def test_equal_counts_are_in_french_order():
    with closing(open_engine("memory:")) as opened:
        sources = ("Zénith", "Échos", "Figaro", "écho", "Zénith")
        opened.rebuild(Article(str(n), "", f"Aube {n}", one) for n, one in enumerate(sources))
        page = answer(opened, asked())
    assert [*values(page, Facet.SOURCE)] == ["Zénith", "écho", "Échos", "Figaro"]


def test_every_link_finds_what_it_promises(engine):
    for request in (asked(), asked(("q", "armée")), asked(("pays", "SY"), ("annee", "2016"))):
        page = answer(engine, request)
        for facet in page.facets:
            chosen = request.filters.selected(facet.facet)
            for value in facet.values:
                if not chosen:
                    assert answer(engine, value.request).total == value.count
        for bar in page.timeline:
            assert answer(engine, bar.request).total == bar.count
        for chip in page.chips:
            assert answer(engine, chip.request).total >= page.total


def test_chips_name_the_filters_and_let_them_go(engine):
    excluded = (("sauf_acteur", "ONU"), ("sauf_pays", "DE"))
    page = answer(engine, asked(("pays", "SY"), ("depuis", "2016-01-01"), *excluded))
    assert [chip.label for chip in page.chips] == [
        "Pays cité : Syrie",
        "Sauf Acteur : ONU",
        "Sauf Pays cité : Allemagne",
        "Depuis le 1er janvier 2016",
    ]
    assert page.chips[0].request == asked(("depuis", "2016-01-01"), *excluded)


def test_the_timeline_has_no_gap_and_narrows_to_days(engine):
    page = answer(engine, asked())
    assert page.interval is Interval.MONTH
    assert [bar.period for bar in page.timeline][:3] == ["2016-02", "2016-03", "2016-04"]
    assert sum(bar.count for bar in page.timeline) + page.undated == page.total
    month = answer(engine, page.timeline[0].request)
    assert month.interval is Interval.DAY
    assert [(bar.period, bar.count) for bar in month.timeline] == [("2016-02-27", 1)]
    assert month.request.filters.until == date(2016, 2, 29)


def test_nothing_found_offers_what_would_be(engine):
    page = answer(engine, asked(("q", "armée merkel"), ("pays", "SY")))
    assert page.total == 0
    assert ("« armée »", 2) in [(one.label, one.total) for one in page.relaxations]
    for wider in page.relaxations:
        assert answer(engine, wider.request).total == wider.total


def test_an_unknown_facet_value_is_told_with_its_neighbours(engine):
    page = answer(engine, asked(("acteur", "Wladimir Poutine")))
    assert page.total == 0
    assert page.remarks == (
        "Aucun article de l'index n'a « Wladimir Poutine » comme acteur. "
        "Vouliez-vous dire « Vladimir Poutine » ?",
    )


def test_a_page_past_the_last_holds_no_hits(engine):
    page = answer(engine, asked(("page", str(10**9))))
    assert page.hits == ()
    assert page.total == len(DISPATCHES)
    assert page.page_count == 1


def test_an_article_page_marks_the_query_and_links_entities(engine):
    page = read_article(engine, "armee", "trêve")
    assert len(page.paragraphs) == 2
    assert [piece.text for piece in page.paragraphs[1] if piece.match] == ["trêve"]
    assert [link.entity.label for link in page.countries] == ["Russie", "Syrie"]
    assert answer(engine, page.actors[0].request).total == 2
    assert "armee" not in {article.id for article in page.similar}
    assert read_article(engine, "inconnu") is None


def test_the_json_says_the_same(engine):
    page = answer(engine, asked(("q", "trêve")))
    form = page_as_json(page)
    assert form["total"] == 1
    hit = form["hits"][0]
    shown = ["id", "title", "date", "source", "score", "snippet", "marks", "family"]
    shown += ["is_lead", "copies", "evidence"]
    assert list(hit) == shown
    assert (hit["id"], hit["date"], hit["source"]) == ("armee", "2016-02-27", "Agence Passerelle")
    assert [hit["snippet"][start:end] for start, end in hit["marks"]] == ["trêve"]
    assert {"value": "RU", "label": "Russie", "count": 1} in form["facets"]["country"]
    assert form["histogram"] == [{"period": "2016-02", "count": 1}]


def test_no_articles_asked_for_still_counts(engine):
    page = answer(engine, replace(asked(("q", "armée")), size=0))
    assert page.total and not page.hits and page.page_count >= 1
