"""Counts, filters and articles under a ledger are those of articles read under its names."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.article import Article, EntityKind, Mention
from corpus.entities.countries import country_code
from corpus.entities.entity_ledger import EntityLedger
from index.engine import Engine, EngineError
from index.fields import COUNTRY_FACETS, Facet
from index.ledger_file import ENVIRONMENT, NO_LINKS, LedgerFile
from index.opening import open_engine
from index.query import And, Everything, Filters, HasValue, Node, Not, Or, Query
from index.renaming import Renaming
from index.results import FacetCount, Results
from tests.articles import DISPATCHES, corpora, queries
from tests.index.test_against_naive import assert_same
from tests.naive import NaiveEngine

NAMES = ("Vladimir Poutine", "Angela Merkel", "ONU", "Personne", "Le groupe")
LINKS = ({}, {"ONU": "Angela Merkel"}, {"Vladimir Poutine": "ONU", "Angela Merkel": "ONU"})
COUNTRIES = ("Russie", "Syrie", "France", "Allemagne", "URSS")
names, countries = st.sampled_from(NAMES), st.sampled_from(COUNTRIES)
conditions = st.sampled_from(
    ["id:a1", "id:a7", "source:Le Courrier", "annee:2015", "pays:SY", "acteur:ONU",
     'rubrique:"Sport, culture"', "auteur:Jeanne Marec", "pays_concerne:FR"]
)  # fmt: skip
lines = st.one_of(
    st.builds("fusionner: {} = {}, {}".format, names, names, names),
    st.builds("renommer: {} -> {}".format, names, names),
    st.builds("masquer: {}".format, names),
    st.builds("genre: {} = personne".format, names),
    st.builds("scinder: {} -> {} si {}, {}".format, names, names, conditions, conditions),
    st.builds("fusionner pays: {} = {}".format, countries, countries),
    st.builds("masquer pays: {}".format, countries),
)
ledgers = st.lists(lines, max_size=5).map("\n".join)


class RenamedNaive(NaiveEngine):
    """The naive engine over articles as if they had been read under the ledger's names."""

    def __init__(self, articles: Iterable[Article], renaming: Renaming) -> None:
        super().__init__([renaming.applied(article) for article in articles])
        self._renaming = renaming

    def search(self, query: Query) -> Results:
        filters = self._renaming.filters(query.filters)
        return super().search(replace(query, tree=self._now(query.tree), filters=filters))

    def _now(self, node: Node) -> Node:
        match node:
            case And(children):
                return And(tuple(map(self._now, children)))
            case Or(children):
                return Or(tuple(map(self._now, children)))
            case Not(child):
                return Not(self._now(child))
            case HasValue(facet, name) if facet in COUNTRY_FACETS and (code := country_code(name)):
                now = self._renaming.current(facet, code)
                return HasValue(facet, now) if now else Or(())
            case HasValue(Facet.ACTOR, name, whole):
                meant = self._renaming.meant(Facet.ACTOR, name, whole)
                return Or((node, *(HasValue(Facet.ACTOR, one, True) for one in sorted(meant))))
            case _:
                return node


class Linked(LedgerFile):
    """A ledger file of a corpus in which names mean others."""

    def __init__(self, path: Path, links: Mapping[str, str]) -> None:
        super().__init__(path)
        self._stated = links

    def read(self, links: Mapping[str, str] = NO_LINKS) -> Renaming:
        return super().read({**links, **self._stated})


Opened = Callable[..., Engine]


@pytest.fixture
def opened(held_at: str, tmp_path: Path) -> Iterator[Opened]:
    """Give what opens an index of `DISPATCHES` under a ledger."""
    with ExitStack() as stack:

        def under(text: str, links: Mapping[str, str] = NO_LINKS) -> Engine:
            path = tmp_path / "entites.txt"
            path.write_text(text, encoding="utf-8")
            return stack.enter_context(closing(open_engine(held_at, Linked(path, links))))

        yield under


def assert_counts(engine: Engine, naive: NaiveEngine, asked: Iterable[Query]) -> None:
    """Assert that answers are the same, and each count what its value gives."""
    for query in asked:
        found = engine.search(query)
        assert_same(found, naive.search(query))
        for facet, counts in found.facets.items():
            for count in counts:
                others = {pair for pair in query.filters.values if pair[0] is not facet}
                alone = replace(query.filters, values=frozenset({*others, (facet, count.value)}))
                same = Query(query.tree, alone, copies=query.copies)
                assert engine.search(same).total == count.count


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(corpora, ledgers, st.sampled_from(LINKS), st.lists(queries, min_size=1, max_size=4))
def test_an_engine_answers_as_if_articles_were_read_so(tmp_path, corpus, text, links, asked):
    path = tmp_path / "entites.txt"
    path.write_text(text, encoding="utf-8")
    engine = open_engine("memory:", Linked(path, links))
    engine.rebuild(corpus)
    naive = RenamedNaive(corpus, Renaming(EntityLedger.parse(text), links))
    assert_counts(engine, naive, asked)
    assert list(engine.scan(Query())) == list(naive.scan(Query()))
    engine.close()


def counts(engine: Engine, facet: Facet, filters: Filters = Filters()) -> dict[str, int]:  # noqa: B008
    found = engine.search(Query(filters=filters, facets=((facet, 20),))).facets[facet]
    return {one.label: one.count for one in found}


def total(engine: Engine, facet: Facet, value: str) -> int:
    return engine.search(Query(filters=Filters(frozenset({(facet, value)})))).total


def named(engine: Engine, facet: Facet, name: str, whole: bool = False) -> int:
    return engine.search(Query(HasValue(facet, name, whole))).total


def test_an_article_with_both_names_counts_once(opened):
    engine = opened("fusionner: Diplomates = Vladimir Poutine, ONU")
    assert counts(engine, Facet.ACTOR) == {"Diplomates": 2, "Angela Merkel": 1}
    assert total(engine, Facet.ACTOR, "Diplomates") == 2
    assert total(engine, Facet.ACTOR, "ONU") == 2
    assert named(engine, Facet.ACTOR, "diplomates") == named(engine, Facet.ACTOR, "poutine") == 2
    assert named(engine, Facet.ACTOR, "onu", whole=True) == 2
    article = engine.get("onu")
    assert [one.label for one in article.entities] == ["Syrie", "Diplomates"]
    assert [one.label for one in engine.suggest("diplo")] == ["Diplomates"]
    (found,) = (one for one in engine.suggest("vladim") if one.kind == "actor")
    assert (found.label, found.count) == ("Diplomates", 2)
    assert engine.status().counts[Facet.ACTOR] == 2
    reach = engine.explain(HasValue(Facet.ACTOR, "poutine")).parts[0].reaches[0]
    assert [(form.text, form.articles) for form in reach.forms] == [("Diplomates", 2)]


def test_what_is_hidden_is_nowhere(opened):
    engine = opened("masquer: Vladimir Poutine\nmasquer pays: Syrie")
    assert counts(engine, Facet.ACTOR) == {"Angela Merkel": 1, "ONU": 1}
    assert counts(engine, Facet.COUNTRY) == {"Allemagne": 1, "France": 1, "Russie": 1}
    assert counts(engine, Facet.COUNTRY_ABOUT) == {"Allemagne": 1}
    assert total(engine, Facet.ACTOR, "Vladimir Poutine") == 0
    assert named(engine, Facet.COUNTRY, "Syrie") == named(engine, Facet.ACTOR, "poutine") == 0
    assert not [one for one in engine.suggest("syrie") if one.kind == "country"]
    assert engine.get("armee").about == ()


def test_a_split_takes_the_articles_that_meet_a_condition(opened):
    engine = opened("scinder: Vladimir Poutine -> Le président si annee:2016, id:x")
    assert counts(engine, Facet.ACTOR) == {
        "Le président": 1, "Vladimir Poutine": 1, "Angela Merkel": 1, "ONU": 1,
    }  # fmt: skip
    assert [total(engine, Facet.ACTOR, "Vladimir Poutine"), named(engine, Facet.ACTOR, "pr")] == [
        1, 0,
    ]  # fmt: skip
    assert named(engine, Facet.ACTOR, "président") == 1
    assert engine.get("armee").entities[-1].key == "Le président"


def test_countries_merge_and_get_other_names(opened):
    text = "fusionner pays: Russie = Syrie\nrenommer pays: Russie -> Fédération russe"
    engine = opened(text)
    assert counts(engine, Facet.COUNTRY)["Fédération russe"] == 2
    assert counts(engine, Facet.COUNTRY_TITLE) == {"Fédération russe": 1}
    assert total(engine, Facet.COUNTRY, "SY") == named(engine, Facet.COUNTRY, "Syrie") == 2
    assert named(engine, Facet.COUNTRY, "fédération") == 2
    assert {one.value for one in engine.suggest("syrie") if one.kind == "country"} == {"RU"}
    chosen = Filters(frozenset({(Facet.COUNTRY, "SY")}))
    found = engine.search(Query(filters=chosen, facets=((Facet.COUNTRY, 0),)))
    assert found.facets[Facet.COUNTRY] == (FacetCount("RU", "Fédération russe", 2),)
    (russia, _) = engine.get("armee").entities
    assert (russia.label, russia.mentions) == (
        "Fédération russe",
        (Mention(8, 13, True), Mention(35, 40, True)),
    )


def test_a_kind_is_forced(opened):
    engine = opened("fusionner: Merkel = Angela Merkel\ngenre: Merkel = organisation")
    assert engine.get("elections").entities[-1].kind is EntityKind.ORGANISATION


def test_the_ledger_has_the_last_word_over_the_corpus(opened):
    links = {"Angela Merkel": "Vladimir Poutine", "ONU": "Vladimir Poutine"}

    def shown(text: str) -> dict[str, int]:
        return counts(opened(text, links=links), Facet.ACTOR)

    assert shown("") == {"Vladimir Poutine": 3}
    assert shown("renommer: ONU -> ONU") == {"Vladimir Poutine": 3, "ONU": 1}
    assert shown("renommer: Vladimir Poutine -> ONU") == {"ONU": 3}
    assert shown("masquer: ONU") == {"Vladimir Poutine": 3}
    assert shown("renommer: Vladimir Poutine -> Poutine") == {"Poutine": 3}
    assert shown("scinder: Vladimir Poutine -> L'autre si annee:2017") == {
        "Vladimir Poutine": 2, "L'autre": 1,
    }  # fmt: skip
    assert shown("scinder: Vladimir Poutine -> L'autre si acteur:Vladimir Poutine") == {
        "L'autre": 3
    }


def test_a_change_of_the_file_is_noticed(opened, tmp_path):
    engine = opened("masquer: ONU")
    assert "ONU" not in counts(engine, Facet.ACTOR)
    (tmp_path / "entites.txt").write_text("masquer: Angela Merkel\n", encoding="utf-8")
    assert counts(engine, Facet.ACTOR) == {"Vladimir Poutine": 2, "ONU": 1}
    assert engine.renaming().ledger.actors == {"Angela Merkel": None}
    (tmp_path / "entites.txt").unlink()
    with pytest.raises(EngineError, match="n'existe pas"):
        engine.search(Query(Everything()))


def test_where_the_ledger_is(tmp_path, monkeypatch):
    monkeypatch.delenv(ENVIRONMENT, raising=False)
    with closing(open_engine(f"whoosh://{tmp_path}/archive")) as engine:
        engine.rebuild(DISPATCHES)
        assert counts(engine, Facet.ACTOR)["ONU"] == 1
        (tmp_path / "archive.entites.txt").write_text("masquer: ONU", encoding="utf-8")
        assert "ONU" not in counts(engine, Facet.ACTOR)
    named = tmp_path / "nommé.txt"
    named.write_bytes("masquer: Médias".encode("latin-1"))
    monkeypatch.setenv(ENVIRONMENT, str(named))
    with pytest.raises(EngineError, match="UTF-8"):
        open_engine(f"whoosh://{tmp_path}/archive").status()
