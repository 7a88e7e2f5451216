"""Cities and regions, and where they lie."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.entities.countries import country_code
from corpus.entities.lexicon import table
from corpus.entities.places import find_places, homes, place_codes, plain


def found(text: str) -> list[tuple[str, str]]:
    return [(text[place.start : place.end], place.codes[0]) for place in find_places(text)]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Un homme est mort à Marseille.", [("Marseille", "FR")]),
        ("Marseille : un homme est mort", [("Marseille", "FR")]),
        ("le communiqué du Palais princier", []),
        ("près de La Rochelle, puis au Havre", [("La Rochelle", "FR"), ("Havre", "FR")]),
        ("en Seine-Saint-Denis", [("Seine-Saint-Denis", "FR")]),
        ("La population d’Ille-et-Vilaine", [("Ille-et-Vilaine", "FR")]),
        ("à New York et en Caroline du Nord", [("New York", "US"), ("Caroline du Nord", "US")]),
        ("de Saint-Pétersbourg à Alep", [("Saint-Pétersbourg", "RU"), ("Alep", "SY")]),
        ("à Francfort, Milan et Anvers", [("Francfort", "DE"), ("Milan", "IT"), ("Anvers", "BE")]),
        ("un village du Nord-Kivu", [("Nord-Kivu", "CD")]),
        ("à Alexandrie, puis à Tel-Aviv", [("Alexandrie", "EG"), ("Tel-Aviv", "IL")]),
    ],
)  # fmt: skip
def test_places_are_found(text: str, places: list[tuple[str, str]]):
    assert found(text) == places


@pytest.mark.parametrize(
    "text",
    [
        "La défense a plaidé.",
        "Tours de passe-passe",
        "au zoo de La Palmyre",
        "Sens dessus dessous",
        "il a mangé une orange et un brie",
        "Un vol Lyonnais-Marseillaise",
        "le marseillais",
        "",
    ],
)
def test_words_that_are_no_places(text: str):
    assert found(text) == []


def test_a_dateline_leads_to_a_country():
    assert place_codes("PARIS") == ("FR",)
    assert place_codes("BEYROUTH (Liban)") == ("LB",)
    assert place_codes("SAINT-DENIS") == ("FR",)
    assert place_codes("Nowhere-les-Bains") == ()


def test_bodies_and_people_have_a_home():
    assert homes()["emmanuel macron"] == "FR" and homes()["bundestag"] == "DE"


def test_tables_hold_codes_that_are_known():
    codes = {code for _, of in table("places.tsv") for code in of.split()}
    codes |= {code for row in table("clues.tsv") for code in row[0].split()}
    codes |= {code for _, code in table("newspapers.tsv")}
    unknown = {code for code in codes if country_code(code) is None}
    assert unknown <= {"CW", "EH", "JE", "GG", "IM"}  # territories


def test_no_clue_belongs_to_two_countries():
    owners: dict[str, set[str]] = {}
    for codes, *cells in table("clues.tsv"):
        for clue in {one for cell in cells for one in cell.split(", ") if one}:
            owners.setdefault(plain(clue), set()).add(codes)
    assert {clue: of for clue, of in owners.items() if len(of) > 1} == {}


@given(st.text(max_size=200))
def test_places_of_any_text_lie_within_it(text: str):
    assert len(plain(text)) == len(text)
    last = 0
    for start, end, codes in find_places(text):
        assert last <= start < end <= len(text) and codes
        last = end
