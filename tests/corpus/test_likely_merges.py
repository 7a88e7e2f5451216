"""Which names are taken for one actor's, and which never are."""

from collections.abc import Mapping
from random import Random
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.entities.likely_merges import Likely, Reason, likely_merges

TWO_OF_A_NAME = {
    "Marine Le Pen": 900, "Jean-Marie Le Pen": 120, "Le Pen": 40, "Jany Le Pen": 1,
    "Emmanuel Macron": 4000, "Brigitte Macron": 190, "Macron": 30, "Emmanuelle Macron": 2,
    "George Bush": 30, "George W. Bush": 90, "George H. W. Bush": 20, "Bush": 12, "Jeb Bush": 3,
    "François Hollande": 1000, "Thomas Hollande": 7, "Hollande": 9, "Julien Hollande": 1,
    "Michael Jordan": 60, "Michaela Jordan": 1, "Philippe Martin": 90, "Philippa Martin": 2,
}  # fmt: skip


def found(counts: Mapping[str, int]) -> set[tuple[str, str, Reason]]:
    return {(one.kept, one.other, one.reason) for one in likely_merges(counts)}


def test_two_of_a_family_name_are_never_proposed():
    assert found(TWO_OF_A_NAME) == set()


@pytest.mark.parametrize(
    ("kept", "other", "reason"),
    [
        ("Vladimir Poutine", "Vladimir Putin", Reason.SPELLING),
        ("Valeri Guerassimov", "Valery Gerasimov", Reason.SPELLING),
        ("Jean-Marie Le Pen", "Jean Marie Le Pen", Reason.SPELLING),
        ("Évelyne Dhéliat", "Evelyne Dheliat", Reason.SPELLING),
        ("Conseil d'État", "Conseil d'état", Reason.SPELLING),
        ("Haut-Commissariat aux droits de l'homme", "haut-commissariat des droits de l'Homme",
         Reason.WORDS),
        ("Vladimir Poutine", "V. Poutine", Reason.INITIAL),
        ("Emmanuel Macron", "Emmanule Macron", Reason.MISSPELLING),
        ("Vladimir Poutine", "Poutine", Reason.SURNAME),
        ("Dominique de Villepin", "Villepin", Reason.SURNAME),
        ("ONG", "Organisation non gouvernementale", Reason.ACRONYM),
        ("OMS", "Organisation mondiale de la santé", Reason.ACRONYM),
    ],
)  # fmt: skip
def test_names_of_one_actor(kept, other, reason):
    assert found({kept: 80, other: 2, "Angela Merkel": 30, "AFP": 50}) == {(kept, other, reason)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Canal+", "Canal"),  # two names
        ("Siba", "Chiba"),  # a single word says too little to be heard
        ("Paul Alduy", "Jean-Paul Alduy"),  # a brother
        ("RTE", "Recep Tayyip Erdogan"),  # initials of a person
        ("Luc Morel", "Marc Morel"),
        ("Laurent Total", "Total"),  # the company is far more frequent
    ],
)
def test_names_that_only_look_alike(one, other):
    assert found({one: 10, other: 9}) == set()


def test_an_initial_of_several_people_is_nobodys():
    counts = {"Marc Petit": 10, "Marine Petit": 8, "M. Petit": 1}
    assert found(counts) == set()
    assert found(counts | {"Marine Petit": 0, "Marc Petit": 100}) == {
        ("Marc Petit", "M. Petit", Reason.INITIAL)
    }


@given(st.dictionaries(st.text(max_size=12), st.integers(1, 50), max_size=12))
def test_any_names(counts):
    merges = list(likely_merges(counts))
    assert len({one.other for one in merges}) == len(merges)
    assert not {one.other for one in merges} & {one.kept for one in merges}
    assert all(isinstance(one, Likely) and one.kept in counts for one in merges)


def test_the_work_grows_with_the_number_of_names():
    draw = Random(5)
    letters = "abcdefghijlmnoprstuv"

    def seconds(many: int) -> float:
        names = {
            " ".join("".join(draw.choices(letters, k=6)).title() for _ in range(2)): 1
            for _ in range(many)
        }
        start = process_time()
        list(likely_merges(names))
        return process_time() - start

    seconds(500)  # the word lists are read once
    assert seconds(8000) < 16 * seconds(2000)  # quadratic work would be as much, and more
