"""What every engine promises of changes to what it holds."""

from dataclasses import replace

import pytest

from corpus.article import Article
from index.engine import Closing, Engine
from index.fields import Facet
from index.query import Everything, Node, Query, Term
from tests.articles import DISPATCHES, PUTIN, RUSSIA


def found(engine: Engine, tree: Node) -> list[str]:
    return [hit.article.id for hit in engine.search(Query(tree)).hits]


def test_adding_inserts_and_replaces(filled):
    changed = replace(DISPATCHES[0], body="La trêve est rompue.", entities=(RUSSIA, PUTIN))
    new = Article("neuf", "Un séisme", "La terre a tremblé.")
    assert filled.add([changed, new]) == 2
    assert filled.get("armee") == changed
    assert found(filled, Term("coopération")) == []
    assert found(filled, Term("rompue")) == ["armee"]
    assert filled.status().articles == len(DISPATCHES) + 1
    counts = filled.search(Query(facets=((Facet.COUNTRY, 9),))).facets[Facet.COUNTRY]
    assert {count.value: count.count for count in counts}["SY"] == 1


def test_removing_forgets(filled):
    assert filled.remove(["armee", "inconnu"]) == 1
    assert filled.get("armee") is None
    assert set(found(filled, Everything())) == {"elections", "peche", "onu"}
    assert filled.remove(["armee"]) == 0
    assert filled.add([DISPATCHES[0]]) == 1
    assert filled.get("armee") == DISPATCHES[0]


def test_what_a_change_takes_away_is_gone_though_it_brought_it(filled):
    first, last = Article("1", "premier", "corps"), Article("1", "dernier", "corps")

    def taken() -> Closing:
        return Closing(frozenset(["1", "armee", "inconnu"]))

    for change in (filled.add, filled.rebuild):
        change([DISPATCHES[0], first, DISPATCHES[2], last], taken)
        assert filled.get("1") is None and filled.get("armee") is None
        assert filled.get(DISPATCHES[2].id) == DISPATCHES[2]
    assert filled.status().articles == 1


def test_of_two_articles_with_an_id_the_last_stays(engine):
    first, last = Article("1", "premier", "corps"), Article("1", "dernier", "corps")
    assert engine.rebuild([first, last]) == 1
    assert engine.get("1") == last
    assert engine.search(Query(Term("premier"))).total == 0


def test_rebuilding_replaces_all(filled):
    assert filled.rebuild([DISPATCHES[1]]) == 1
    assert found(filled, Everything()) == ["elections"]
    assert filled.rebuild([]) == 0
    assert filled.search(Query(Term("merkel"), facets=((Facet.COUNTRY, 5),))).total == 0


def test_a_failed_rebuild_changes_nothing(filled):
    def broken():
        yield DISPATCHES[1]
        raise RuntimeError("lecture interrompue")

    with pytest.raises(RuntimeError):
        filled.rebuild(broken())
    assert filled.status().articles == len(DISPATCHES)
    assert set(found(filled, Everything())) == {article.id for article in DISPATCHES}


def test_ids_are_any_text(engine):
    ids = ["", "a/b", "../x", "é" * 300, "news·20130128·PA·0001", "x\ny", " "]
    engine.rebuild([Article(id_, "titre", "corps") for id_ in ids])
    assert [engine.get(id_).id for id_ in ids] == ids
