"""One actor, one value across a corpus, whatever the order of its articles."""

from collections import Counter
from collections.abc import Iterable
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article, Entity, EntityKind, Mention
from corpus.entities.finding import find_entities
from corpus.entities.linking import forms, links
from corpus.entities.transliteration import sound


def article(number: int, body: str) -> Article:
    return Article(str(number), "", body, entities=find_entities("", body))


def linked(articles: Iterable[Article], kind: EntityKind) -> list[list[str]]:
    """Return the actors of a kind of each article, by what they mean in all of them."""
    every = list(articles)
    found = links(Counter(text for one in every for text in forms(one)))
    return [[found.get(e.key, e.key) for e in one.named(kind)] for one in every]


def persons(articles: Iterable[Article]) -> list[list[str]]:
    return linked(articles, EntityKind.PERSON)


def written(*bodies: str) -> list[Article]:
    return [article(number, body) for number, body in enumerate(bodies)]


def test_a_surname_means_the_one_who_is_named_in_full_elsewhere():
    articles = written(
        "Le maire Rodolphe Vandesteene arrive.",
        "M. Vandesteene parle.",
        "L'élu Rodolphe Vandesteene sort.",
    )
    assert persons(articles) == [["Rodolphe Vandesteene"]] * 3


def test_a_surname_of_two_people_stays_as_it_is():
    articles = written(
        "Rodolphe Vandesteene arrive.",
        "Mme Vandesteene parle.",
        "Adèle Vandesteene sort.",
        "Rodolphe Vandesteene sort.",
    )
    assert persons(articles)[1] == ["Vandesteene"]


def test_one_article_alone_proves_nothing():
    articles = written("Rodolphe Vandesteene arrive.", "M. Vandesteene parle.")
    assert persons(articles)[1] == ["Vandesteene"]


def test_who_stands_beside_a_namesake_is_another_one():
    names = [["Luc Morel", "Morel"], ["Luc Morel"], ["Luc Morel"], ["Morel"]]
    articles = [
        Article("", "", "", entities=tuple(Entity(EntityKind.PERSON, one, one) for one in held))
        for held in names
    ]
    assert persons(articles) == names


def test_spellings_of_one_name_are_shown_as_the_most_frequent():
    articles = written(
        "Selon Valeri Guerassimov, rien ne presse.",
        "Selon Valery Gerasimov, rien ne presse.",
        "Selon Valeri Guerassimov, tout va bien.",
    )
    assert persons(articles) == [["Valeri Guerassimov"]] * 3


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Évelyne Dhéliat", "Evelyne Dheliat"),
        ("René Angélil", "Rene Angelil"),
        ("Vladimir Poutine", "Vladimir Putin"),
        ("Jean-Marie Le Pen", "Jean Marie Le Pen"),
    ],
)
def test_accents_and_hyphens_are_no_other_sound(one, other):
    assert sound(one) == sound(other)


def test_numbers_are_heard():
    assert sound("Jean-Paul I") != sound("Jean-Paul II")
    assert sound("Xi Jinping") == sound("XI Jinping")


def test_a_man_and_a_woman_are_two():
    articles = written(
        "Selon Emmanuel Morel, rien ne presse.",
        "Selon Emmanuelle Morel, tout va bien.",
        "Selon Emmanuel Morel, tout va bien.",
    )
    assert persons(articles) == [["Emmanuel Morel"], ["Emmanuelle Morel"], ["Emmanuel Morel"]]


def test_families_stay_apart():
    bodies = ["Brigitte Macron lit.", "Emmanuel Macron sort.", "Marion Maréchal et Marine Le Pen"]
    bodies += ["Jean-Marie Le Pen", "George W. Bush et Jeb Bush", "Francis Hollande", "Hollande"]
    articles = written(*bodies)
    assert not links(Counter(text for one in articles for text in forms(one)))


def test_an_acronym_means_what_articles_say_it_is():
    full = "Le Syndicat des luthiers de Mirecourt (SLM) siège. Le SLM vote."
    articles = [article(0, full), article(1, full), _bare("SLM")]
    assert linked(articles, EntityKind.ORGANISATION) == [["Syndicat des luthiers de Mirecourt"]] * 3


def _bare(acronym: str) -> Article:
    entity = Entity(EntityKind.ORGANISATION, acronym, acronym, (Mention(3, 3 + len(acronym)),))
    return Article("bare", "", f"Le {acronym} vote.", entities=(entity,))


def test_a_name_of_both_kinds_is_linked_as_it_mostly_is():
    def named(number: int, name: str, kind: EntityKind) -> Article:
        return Article(str(number), "", "", entities=(Entity(kind, name, name),))

    person, body = EntityKind.PERSON, EntityKind.ORGANISATION
    articles = [named(number, "Luc Morel", person) for number in range(3)]
    articles += [named(4, "Morel", person)]
    assert linked(articles, person)[3] == ["Luc Morel"]
    articles += [named(5, "Morel", body), named(6, "Morel", body)]
    assert linked(articles, person)[3] == ["Morel"]


NAMES = st.sampled_from(
    ["Luc Morel", "Morel", "Ève Morel", "Le Pen", "Marine Le Pen", "Valeri Petrov", "Valery Petrov",
     "Jean Marie Aa", "Jean-Marie Aa", "Marie Aa", "Aa", ""]
)  # fmt: skip
KINDS = st.sampled_from([EntityKind.PERSON, EntityKind.ORGANISATION])
PLACES = st.lists(
    st.builds(
        lambda start, size: Mention(start, start + size), st.integers(0, 20), st.integers(1, 5)
    ),
    max_size=3,
).map(tuple)
ENTITIES = st.builds(
    lambda kind, name, places: Entity(kind, name, name, places), KINDS, NAMES, PLACES
)
BODIES = st.sampled_from(["", "AA Luc LE AA AA\nMorel", "SLM SLM SLM"])
ARTICLES = st.builds(
    lambda body, entities: Article("", "", body, entities=tuple(entities)),
    BODIES,
    st.lists(ENTITIES, max_size=3, unique_by=lambda one: (one.kind, one.key)),
)


@given(st.lists(ARTICLES, max_size=10), st.randoms())
def test_what_a_name_means_is_settled(corpus: list[Article], random: Random):
    found = links(Counter(text for one in corpus for text in forms(one)))
    assert not found.keys() & found.values()
    actors = {entity.key for one in corpus for entity in one.entities}
    assert found.keys() <= actors
    assert {*found.values()} <= actors
    random.shuffle(corpus)
    assert links(Counter(text for one in corpus for text in forms(one))) == found
