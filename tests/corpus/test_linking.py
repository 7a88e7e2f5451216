"""One actor, one value across a corpus, whatever the order of its articles."""

from collections.abc import Iterable
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article, Entity, EntityKind, Mention
from corpus.entities import find_entities
from corpus.linking import Forms, linked
from corpus.transliteration import sound


def article(number: int, body: str) -> Article:
    return Article(str(number), "", body, entities=find_entities("", body))


def persons(articles: Iterable[Article]) -> list[list[str]]:
    return [[e.key for e in one.named(EntityKind.PERSON)] for one in linked(articles)]


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
    assert persons(articles) == [[e.key for e in one.named(EntityKind.PERSON)] for one in articles]


def test_an_acronym_means_what_articles_say_it_is():
    full = "Le Syndicat des luthiers de Mirecourt (SLM) siège. Le SLM vote."
    articles = [article(0, full), article(1, full), _bare("SLM")]
    values = [[e.key for e in one.named(EntityKind.ORGANISATION)] for one in linked(articles)]
    assert values == [["Syndicat des luthiers de Mirecourt"]] * 3


def _bare(acronym: str) -> Article:
    entity = Entity(EntityKind.ORGANISATION, acronym, acronym, (Mention(3, 3 + len(acronym)),))
    return Article("bare", "", f"Le {acronym} vote.", entities=(entity,))


def test_values_that_become_one_share_their_mentions():
    name = "Rodolphe Vandesteene"
    body = f"{name} et M. Vandesteenne"
    both = (
        Entity(EntityKind.PERSON, name, name, (Mention(0, 20),)),
        Entity(EntityKind.PERSON, "Rodolphe Vandesteenne", "", (Mention(27, 39),)),
    )
    articles = [*written(name, name), Article("both", "", body, entities=both)]
    (entity,) = list(linked(articles))[2].entities
    assert (entity.key, entity.mentions) == (name, (Mention(0, 20), Mention(27, 39)))


def test_the_order_of_articles_makes_no_difference():
    articles = written("Luc Morel sort.", "M. Morel sort.", "Luc Morel rentre.", "Ève Morel lit.")
    results = {
        tuple(sorted((one.id, one.entities) for one in linked(order)))
        for order in permutations(articles)
    }
    assert len(results) == 1


NAMES = st.sampled_from(
    ["Luc Morel", "Morel", "Ève Morel", "Le Pen", "Marine Le Pen", "Valeri Petrov", "Valery Petrov"]
)


@given(st.lists(st.sets(NAMES, min_size=1, max_size=3), max_size=8))
def test_linking_is_done_once_and_for_all(corpus: list[set[str]]):
    articles = [
        Article(
            str(number),
            "",
            "",
            entities=tuple(Entity(EntityKind.PERSON, one, one) for one in sorted(names)),
        )
        for number, names in enumerate(corpus)
    ]
    once = list(linked(articles))
    assert [one.id for one in once] == [one.id for one in articles]
    for one in once:
        assert len({entity.key for entity in one.entities}) == len(one.entities)
    forms = Forms()
    for one in reversed(articles):
        forms.add(one)
    assert [forms.links().applied(one) for one in articles] == once
