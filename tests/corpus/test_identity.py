"""Ids that the content gives, and ids that clash."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from corpus.dates import Published
from corpus.identity import Identities, derived_id

DAY = Published(date(2015, 11, 26))


def test_the_same_on_every_machine() -> None:
    assert derived_id("Titre", "Un corps.", "Le Fanal", DAY) == "e845a6594ce36e1c"


def test_spaces_do_not_count_and_all_else_does() -> None:
    first = derived_id("Titre", "Un corps.\n\nDeux.", "Le Fanal", DAY)
    assert first == derived_id("Titre ", "Un\u00a0corps. Deux.", "Le Fanal", DAY)
    others = {
        derived_id("Titres", "Un corps.\n\nDeux.", "Le Fanal", DAY),
        derived_id("Titre", "Un corps.\n\nTrois.", "Le Fanal", DAY),
        derived_id("Titre", "Un corps.\n\nDeux.", "", DAY),
        derived_id("Titre", "Un corps.\n\nDeux.", "Le Fanal", None),
        derived_id("Titre Un", "corps. Deux.", "Le Fanal", DAY),
    }
    assert first not in others and len(others) == 5


def test_duplicates_and_clashes() -> None:
    known = Identities()
    assert known.admit("7", "aaaaaaaa11111111") == "7"
    assert known.admit("7", "aaaaaaaa11111111") is None
    assert known.admit("7", "bbbbbbbb22222222") == "7-bbbbbbbb"
    assert known.admit("7", "bbbbbbbb22222222") is None
    assert known.admit("7", "bbbbbbbb33333333") == "7-bbbbbbbb33333333"


@given(st.lists(st.tuples(st.sampled_from("ab"), st.text("01", min_size=16, max_size=16))))
def test_each_content_is_admitted_once_under_its_own_id(pairs: list[tuple[str, str]]) -> None:
    known = Identities()
    admitted = [known.admit(name, content) for name, content in pairs]
    ids = [name for name in admitted if name is not None]
    assert len(ids) == len(set(ids)) == len(set(pairs))
