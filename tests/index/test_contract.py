"""What every engine promises, whatever stands behind the port."""

from dataclasses import replace
from datetime import date

import pytest

from corpus.article import Article
from index.engine import Engine
from index.fields import Facet, Interval, Match, Sort, TextField
from index.query import And, AtLeast, Everything, Filters, Not, Or, Phrase, Query, Term
from index.results import Bar, FacetCount, Form
from tests.articles import DISPATCHES


def found(engine: Engine, tree, **settings) -> list[str]:
    return [hit.article.id for hit in engine.search(Query(tree, **settings)).hits]


def selecting(*pairs: tuple[Facet, str]) -> Filters:
    return Filters(values=frozenset(pairs))


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        (Term("élection"), {"elections"}),
        (Term("election"), {"elections"}),
        (Term("ELECTIONS"), {"elections"}),
        (Term("élection", Match.EXACT), {"elections"}),
        (Term("election", Match.EXACT), set()),
        (Term("pêche", Match.EXACT), {"peche"}),
        (Term("peche", Match.FOLDED), {"peche"}),
        (Term("oeuvre", Match.FOLDED), {"onu"}),
        (Term("électi", Match.PREFIX), {"elections"}),
        (Term("merkell", Match.FUZZY), {"elections"}),
        (Term("coopérer", Match.STEMMED), set()),
        (Term("coopérer", Match.DERIVED), {"armee"}),
        (Term("élections", Match.DERIVED), {"elections"}),
        (Term("onu"), {"onu"}),
        (Term("5000"), {"onu"}),
        (Term("aube", Match.STEMMED, TextField.TITLE), set()),
        (Term("aube", Match.STEMMED, TextField.BODY), {"armee"}),
        (Term("armée"), {"armee", "onu"}),
        (Phrase(("coopération", "militaire")), {"armee"}),
        (Phrase(("militaire", "coopération")), set()),
        (Phrase(("état", "major")), {"armee"}),
        (Phrase(("armées", "militaire")), set()),
        (Phrase(("armées", "militaire"), slop=4), {"armee"}),
        (And((Term("armée"), Term("syrie"))), {"armee", "onu"}),
        (And((Term("armée"), Not(Term("bénévole")))), {"armee"}),
        (Or((Term("pêche"), Term("merkel"))), {"peche", "elections"}),
        (Not(Term("armée")), {"peche", "elections"}),
        (And((Not(Term("armée")), Not(Term("pêche")))), {"elections"}),
        (AtLeast(3, "élection"), {"elections"}),
        (AtLeast(4, "élection"), set()),
        (Everything(), {article.id for article in DISPATCHES}),
        (And(()), {article.id for article in DISPATCHES}),
        (Or(()), set()),
        (Phrase(()), set()),
    ],
)
def test_matching(held, tree, expected):
    assert set(found(held, tree)) == expected
    assert held.search(Query(tree)).total == len(expected)


def test_the_typed_spelling_comes_first(engine):
    plain = Article("1", "", "un marché conclu ici")
    accented = Article("2", "", "on y marche encore")
    engine.rebuild([plain, accented])
    assert found(engine, Term("marché")) == ["1", "2"]
    assert found(engine, Term("marche")) == ["2", "1"]


def test_a_title_weighs_more_than_a_body(engine):
    engine.rebuild(
        [Article("1", "aube claire", "mer rude"), Article("2", "mer rude", "aube claire")]
    )
    assert found(engine, Term("mer")) == ["2", "1"]


def test_an_article_comes_back_whole(held):
    assert {held.get(article.id) for article in DISPATCHES} == set(DISPATCHES)
    assert held.get("inconnu") is None
    hit = held.search(Query(Term("aube"))).hits[0]
    assert hit.article == DISPATCHES[0]
    assert hit.score > 0


def test_sorting_by_date_puts_the_undated_last(held):
    assert found(held, Everything(), sort=Sort.NEWEST) == ["elections", "peche", "armee", "onu"]
    assert found(held, Everything(), sort=Sort.OLDEST) == ["armee", "peche", "elections", "onu"]


def test_pages_follow_one_another(held):
    everything = found(held, Everything())
    pages = [found(held, Everything(), offset=offset, limit=1) for offset in range(5)]
    assert [id_ for page in pages for id_ in page] == everything
    assert found(held, Everything(), offset=10**9) == []
    assert found(held, Everything(), limit=0) == []


def test_facets_count_every_value_of_an_article(held):
    facets = held.search(Query(facets=((Facet.COUNTRY, 20), (Facet.ACTOR, 20)))).facets
    assert facets[Facet.COUNTRY] == (
        FacetCount("SY", "Syrie", 2),
        FacetCount("DE", "Allemagne", 1),
        FacetCount("FR", "France", 1),
        FacetCount("RU", "Russie", 1),
    )
    assert facets[Facet.ACTOR][0] == FacetCount("Vladimir Poutine", "Vladimir Poutine", 2)
    assert {count.value for count in facets[Facet.ACTOR]} == {
        "Vladimir Poutine",
        "Angela Merkel",
        "ONU",
    }


def test_each_reading_of_country_counts_by_itself(held):
    readings = (Facet.COUNTRY, Facet.COUNTRY_ABOUT, Facet.COUNTRY_TITLE)
    facets = held.search(Query(facets=tuple((facet, 20) for facet in readings))).facets
    counts = {facet: {one.value: one.count for one in facets[facet]} for facet in readings}
    assert counts == {
        Facet.COUNTRY: {"SY": 2, "DE": 1, "FR": 1, "RU": 1},
        Facet.COUNTRY_ABOUT: {"SY": 1, "DE": 1},
        Facet.COUNTRY_TITLE: {"SY": 1, "RU": 1},
    }
    assert {one.label for one in facets[Facet.COUNTRY_ABOUT]} == {"Syrie", "Allemagne"}
    for facet in readings:
        for value, count in counts[facet].items():
            chosen = selecting((facet, value))
            assert len(found(held, Everything(), filters=chosen)) == count
    both = selecting((Facet.COUNTRY, "SY"), (Facet.COUNTRY_ABOUT, "SY"))
    assert found(held, Everything(), filters=both) == ["armee"]


def test_a_facet_leaves_its_own_selection_out(held):
    query = Query(filters=selecting((Facet.COUNTRY, "RU")), facets=((Facet.COUNTRY, 20),))
    results = held.search(query)
    assert results.total == 1
    assert {count.value: count.count for count in results.facets[Facet.COUNTRY]} == {
        "SY": 2,
        "DE": 1,
        "FR": 1,
        "RU": 1,
    }


def test_facet_values_are_alternatives_and_facets_add_up(held):
    either = selecting((Facet.COUNTRY, "RU"), (Facet.COUNTRY, "DE"))
    assert set(found(held, Everything(), filters=either)) == {"armee", "elections"}
    both = selecting((Facet.COUNTRY, "SY"), (Facet.SOURCE, "Agence Passerelle"))
    assert set(found(held, Everything(), filters=both)) == {"armee", "onu"}
    excluded = Filters(excluded=frozenset({(Facet.ACTOR, "Vladimir Poutine")}))
    assert set(found(held, Everything(), filters=excluded)) == {"elections", "peche"}


def test_a_selected_value_is_shown_even_when_it_counts_nothing(held):
    query = Query(filters=selecting((Facet.ACTOR, "Personne")), facets=((Facet.ACTOR, 1),))
    results = held.search(query)
    assert results.total == 0
    assert results.facets[Facet.ACTOR][-1] == FacetCount("Personne", "Personne", 0)


def test_values_with_commas_stay_whole(engine):
    engine.rebuild([Article("1", "t", "b", source="Saint-Étienne, Loire")])
    facet = engine.search(Query(facets=((Facet.SOURCE, 5),))).facets[Facet.SOURCE]
    assert facet == (FacetCount("Saint-Étienne, Loire", "Saint-Étienne, Loire", 1),)


def test_dates_narrow_and_leave_the_undated_out(held):
    winter = Filters(since=date(2016, 2, 27), until=date(2016, 3, 1))
    assert set(found(held, Everything(), filters=winter)) == {"armee", "peche"}
    assert set(found(held, Everything(), filters=Filters(since=date(2017, 1, 1)))) == {"elections"}


def test_the_histogram_counts_matches_by_period(held):
    by_month = held.search(Query(interval=Interval.MONTH)).histogram
    assert by_month == (Bar("2016-02", 1), Bar("2016-03", 1), Bar("2017-09", 1))
    by_year = held.search(Query(interval=Interval.YEAR)).histogram
    assert by_year == (Bar("2016", 2), Bar("2017", 1))
    assert held.search(Query(Term("merkel"), interval=Interval.DAY)).histogram == (
        Bar("2017-09-24", 1),
    )


def test_scan_streams_every_match_in_order(held):
    scanned = [article.id for article in held.scan(Query(sort=Sort.NEWEST, limit=1, offset=2))]
    assert scanned == ["elections", "peche", "armee", "onu"]


def test_suggestions_complete_words_entities_and_titles(held):
    kinds = {(one.kind, one.value) for one in held.suggest("pout")}
    assert ("actor", "Vladimir Poutine") in kinds
    assert ("country", "SY") in {(one.kind, one.value) for one in held.suggest("syr")}
    assert ("word", "élections") in {(one.kind, one.value) for one in held.suggest("elec")}
    assert ("title", "peche") in {(one.kind, one.value) for one in held.suggest("morue")}
    assert held.suggest("") == []
    assert len(held.suggest("l", limit=2)) <= 2


def test_a_beginning_may_reach_thousands_of_words(engine):
    """More than Lucene takes in one query by its defaults."""
    letters = "abcdefghijkl"
    reached = [f"re{one}{two}{three}" for one in letters for two in letters for three in letters]
    assert len(reached) > 1024
    title = "Repères " + " ".join(reached[:300])
    engine.rebuild([Article("tous", title, " ".join(reached)), Article("un", "Avis", "repos")])
    found = engine.search(Query(Term("re", Match.PREFIX))).hits
    assert [hit.article.id for hit in found] == ["tous", "un"]
    for tree, total in (
        (Term("re*a", Match.WILDCARD), 1),
        (Term("re", Match.PREFIX, TextField.TITLE), 1),
        (AtLeast(2, "re", Match.PREFIX), 1),
        (Not(Term("re", Match.PREFIX)), 0),
        (Phrase(("re", "rep"), match=Match.PREFIX), 0),
    ):
        assert engine.search(Query(tree)).total == total
    # Too many to tell one title from another; and one among those of the other words.
    assert {one.kind for one in engine.suggest("re")} == {"word"}
    assert {one.value for one in engine.suggest("repères re") if one.kind == "title"} == {"tous"}


def test_neighbours_are_spelt_as_most_articles_have_them(engine):
    bodies = ["élection", "élection et élections", "une election", "une érection", "électoin"]
    engine.rebuild([Article(str(n), "Évocation", body) for n, body in enumerate(bodies)])
    told = [(form.text, form.articles) for form in engine.neighbours("election")]
    assert told == [("élection", 3), ("élections", 1), ("électoin", 1), ("érection", 1)]
    # In titles alone, and two letters that changed places.
    assert engine.neighbours("évoaction") == [Form("évocation", len(bodies))]
    assert engine.neighbours("zyzzyva") == []


def test_similar_articles_share_words_and_leave_the_article_out(filled):
    twin = replace(DISPATCHES[0], id="jumeau", title="Trêve : l'armée russe confirme")
    filled.add([twin])
    similar = [hit.article.id for hit in filled.similar("armee")]
    assert similar[0] == "jumeau"
    assert "armee" not in similar
    assert filled.similar("inconnu") == []


def test_status_tells_what_the_index_holds(held):
    status = held.status()
    assert status.articles == len(DISPATCHES)
    assert (status.first, status.last) == (date(2016, 2, 27), date(2017, 9, 24))
    assert status.counts[Facet.COUNTRY] == 4
    assert status.built and status.version and status.size_bytes > 0
