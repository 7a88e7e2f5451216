"""Counts over several shards: exact, and a word where a list may lack a value."""

from contextlib import closing

import pytest

from corpus.article import Article
from index.fields import Facet
from index.opening import open_engine
from index.query import Query, Term
from web.app import create_app

pytestmark = pytest.mark.on_cluster

# Each of three shards holds more sections than it tells of, all of them as common.
HELD = [
    *(Article(f"n{n}", "titre", f"mot{n}", section=f"Rubrique {n}") for n in range(3600)),
    Article("seul", "titre", "mot", source="Le Courrier"),
]


def test_a_list_of_which_a_value_may_be_missing_is_marked(url):
    with closing(open_engine(f"{url}?shards=3&replicas=0")) as engine:
        engine.rebuild(HELD)
        asked = ((Facet.SECTION, 3), (Facet.SOURCE, 3))
        found = engine.search(Query(Term("titre"), facets=asked, copies=True))
        assert found.approximate == {Facet.SECTION}
        assert [one.count for one in found.facets[Facet.SECTION]] == [1, 1, 1]
        site = create_app(engine=engine).test_client()
        page = site.get("/recherche?q=titre").get_data(as_text=True)
        assert page.count("Liste approchée") == 1
        told = site.get("/api/search?q=titre").get_json()
        assert told["approximate"] == ["section"]


def test_values_of_which_each_shard_tells_differently_are_counted_over_all(url):
    """Of forty sections the commonest stand out, whatever a shard has of each."""
    held = [
        Article(f"n{n}-{rank}", "titre", f"mot{n}x{rank}", section=f"Rubrique {rank:02}")
        for rank in range(40)
        for n in range(3 + 2 * rank)
    ]
    with closing(open_engine(f"{url}?shards=3&replicas=0")) as engine:
        engine.rebuild(held)
        found = engine.search(Query(facets=((Facet.SECTION, 3),), copies=True))
        counts = [(one.value, one.count) for one in found.facets[Facet.SECTION]]
        assert counts == [("Rubrique 39", 81), ("Rubrique 38", 79), ("Rubrique 37", 77)]
        assert not found.approximate
