"""One actor has one value all over an index: the names that mean others are shown as those."""

from collections.abc import Iterable

from corpus.article import Article, Entity, EntityKind, Mention
from index.engine import Engine
from index.fields import Facet
from index.query import Filters, HasValue, Query
from index.results import FacetCount

FULL, BARE = "Rodolphe Vandesteene", "Vandesteene"
MISSPELT = "Rodolphe Vandesteenne"
GUILD = "Syndicat des luthiers de Mirecourt"


def named(id_: str, *names: str, kind: EntityKind = EntityKind.PERSON) -> Article:
    """Return an article whose text is the names of actors, one after the other."""
    entities, place = [], 0
    for name in names:
        entities.append(Entity(kind, name, name, (Mention(place, place + len(name)),)))
        place += len(name) + 2
    return Article(id_, "", ", ".join(names), entities=tuple(entities))


def guild(id_: str) -> Article:
    body = f"{GUILD} (SLM)"
    places = Mention(0, len(GUILD)), Mention(len(GUILD) + 2, len(GUILD) + 5)
    return Article(id_, "", body, entities=(Entity(EntityKind.ORGANISATION, GUILD, GUILD, places),))


ARTICLES = (
    named("long", FULL),
    named("aussi", FULL, "Rodolphe Van de Steene"),
    named("court", BARE),
    named("deux", MISSPELT, FULL),
    guild("luthiers"),
    guild("encore"),
    named("sigle", "SLM", kind=EntityKind.ORGANISATION),
)


def actors(engine: Engine, values: Iterable[str] = ()) -> dict[str, int]:
    chosen = Filters(frozenset((Facet.ACTOR, value) for value in values))
    found = engine.search(Query(filters=chosen, facets=((Facet.ACTOR, 20),)))
    return {one.value: one.count for one in found.facets[Facet.ACTOR]}


def total(engine: Engine, value: str) -> int:
    return engine.search(Query(filters=Filters(frozenset({(Facet.ACTOR, value)})))).total


def test_a_short_name_is_shown_as_the_one_it_means(engine):
    engine.rebuild(ARTICLES)
    counts = actors(engine)
    assert counts == {FULL: 4, GUILD: 3, "Rodolphe Van de Steene": 1}
    assert {value: total(engine, value) for value in counts} == counts
    assert engine.status().counts[Facet.ACTOR] == 3


def test_any_of_its_names_finds_an_actor(engine):
    engine.rebuild(ARTICLES)
    assert total(engine, BARE) == total(engine, FULL) == 4
    assert total(engine, "SLM") == 3
    assert actors(engine, [BARE])[FULL] == 4
    for name, articles in ((BARE, 4), ("vandesteene", 4), (FULL, 4), ("slm", 3)):
        assert engine.search(Query(HasValue(Facet.ACTOR, name, whole=True))).total == articles
    assert engine.search(Query(HasValue(Facet.ACTOR, "luthiers"))).total == 3
    assert {one.value for one in engine.suggest("slm") if one.kind == "actor"} == {GUILD}
    assert engine.renaming().stated(Facet.ACTOR, FULL) == (FULL, MISSPELT, BARE)


def test_an_article_shows_the_name_that_is_meant_with_every_mention(engine):
    engine.rebuild(ARTICLES)
    (entity,) = engine.get("court").entities
    assert (entity.key, entity.label, entity.mentions) == (FULL, FULL, (Mention(0, 11),))
    (entity,) = engine.get("deux").entities
    assert entity.mentions == (Mention(0, 21), Mention(23, 43))
    hits = engine.search(Query(filters=Filters(frozenset({(Facet.ACTOR, BARE)})))).hits
    assert {one.key for hit in hits for one in hit.article.entities} >= {FULL}


def test_articles_that_come_and_go_change_what_a_name_means(engine):
    engine.rebuild(ARTICLES[2:3])
    assert actors(engine) == {BARE: 1}
    engine.add([named("long", FULL)])
    assert actors(engine) == {BARE: 1, FULL: 1}
    engine.add([named("aussi", FULL), named("deux", BARE)])
    assert actors(engine) == {FULL: 4}
    engine.add([named("autre", "Adèle Vandesteene")])
    assert actors(engine) == {BARE: 2, FULL: 2, "Adèle Vandesteene": 1}
    engine.remove(["autre"])
    assert actors(engine) == {FULL: 4}
    engine.rebuild(ARTICLES[:1])
    assert actors(engine) == {FULL: 1}


def test_the_order_of_changes_makes_no_difference(engine):
    engine.rebuild(ARTICLES)
    at_once = engine.search(Query(facets=((Facet.ACTOR, 20),))).facets
    engine.rebuild(())
    for article in reversed(ARTICLES):
        engine.add([article])
    assert engine.search(Query(facets=((Facet.ACTOR, 20),))).facets == at_once
    assert at_once[Facet.ACTOR][0] == FacetCount(FULL, FULL, 4)
