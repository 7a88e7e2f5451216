"""Completions, in ways that only a larger index shows."""

import pytest

from corpus.article import Article, Entity, EntityKind
from index.opening import open_engine


def named(*labels: str) -> tuple[Entity, ...]:
    return tuple(Entity(EntityKind.PERSON, label, label) for label in labels)


@pytest.fixture(scope="module")
def engine():
    opened = open_engine("memory:")
    many = [
        Article(
            f"m{place}", f"Mot mot{place}", f"mairie m{place:04}x", entities=named(f"Mo A{place}")
        )
        for place in range(300)
    ]
    known = [
        Article(f"k{place}", "Élan", "Mouvement écologiste", entities=named("Édouard Moreau"))
        for place in range(5)
    ]
    opened.rebuild([*many, *known])
    yield opened
    opened.close()


def labels(engine, prefix: str, kind: str, limit: int = 10) -> list[str]:
    return [one.label for one in engine.suggest(prefix, limit) if one.kind == kind]


def test_the_commonest_come_first_however_many_begin_so(engine):
    names_first = ["actor"] * 3 + ["word"] * 2
    assert [one.kind for one in engine.suggest("m", 5)] == names_first
    assert labels(engine, "m", "word", 5) == ["mairie", "mouvement"]  # and leave room for words
    assert labels(engine, "mair", "word") == ["mairie"]
    # The copies of an article are not counted: the family of five is one.
    assert "Édouard Moreau" in labels(engine, "more", "actor")


@pytest.mark.parametrize("typed", ["edouard", "moreau", "moreau ed", "MOREAU", "édouard more"])
def test_any_word_of_a_name_will_do_whatever_its_accents(engine, typed):
    assert labels(engine, typed, "actor") == ["Édouard Moreau"]


def test_all_words_typed_must_begin_a_word_of_the_name(engine):
    assert labels(engine, "moreau paul", "actor") == []


def test_titles_are_completed_by_their_last_word(engine):
    assert labels(engine, "mot mot29", "title") == ["Mot mot29", "Mot mot290", "Mot mot291"]
