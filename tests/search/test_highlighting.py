"""Highlights and snippets show what matched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fields import TextField
from search.highlighting import SNIPPET_TOKENS, Highlighter, sentence
from search.query_language.parsing import parse
from search.spelling import within_edits
from tests.naive_matching import distance

LONG = (
    "La rivière monte. " * 60 + "Le préfet ordonne l'évacuation du quartier bas. " + "Calme. " * 80
)


def marked(query: str, text: str) -> list[str]:
    pieces = Highlighter(parse(query).tree).pieces(text, TextField.BODY)
    assert "".join(piece.text for piece in pieces) == text
    return [piece.text for piece in pieces if piece.match]


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("election", "Les élections d'Élection", ["élections", "Élection"]),
        ("=élection", "élection, elections", ["élection"]),
        ('"trêve en Syrie"', "la trêve en Syrie ; en trêve", ["trêve en Syrie"]),
        ("aube brume", "brume, puis aube", ["brume", "aube"]),
        ("aube -brume", "brume, puis aube", ["aube"]),
        ("élect*", "électeur électif élu", ["électeur électif"]),
        ("~guerassimof", "Valeri Guerassimov", ["Guerassimov"]),
        ("él?ct*ur", "électeur, électif", ["électeur"]),
        ("aube PRES/2 brume", "brume et aube ; puis aube, loin de toute brume", ["brume", "aube"]),
        ("aube ADJ/2 brume", "brume et aube ; aube et brume", ["aube", "brume"]),
        ("(aube OU soir) PRES/3 brume", "un soir de brume", ["soir", "brume"]),
        ("AU MOINS 2 aube", "aube, aubes", ["aube", "aubes"]),
        ("aube pays:russie date:2015", "aube en Russie", ["aube"]),
        ("titre:aube", "aube", []),
        ("l'état-major", "l’état-major", ["état-major"]),
        ('"armée syrie"~2', "armée russe en Syrie, armée", ["armée", "Syrie"]),
        ("oeuvre", "une Œuvre", ["Œuvre"]),
        (
            "réforme des ports",
            "La réforme des ports touche des grues et des ports",
            ["réforme des ports", "des ports"],
        ),
        ("des", "des ports et des grues", ["des", "des"]),
        ("", "aube", []),
    ],
)
def test_marks(query, text, expected):
    found = marked(query, text)
    if query == "l'état-major":
        assert "".join(found).replace("-", "") == "étatmajor"
    else:
        assert found == expected


def test_a_snippet_shows_the_match_in_its_sentence():
    text = "".join(piece.text for piece in Highlighter(parse("évacuation").tree).snippet(LONG))
    assert "Le préfet ordonne l'évacuation du quartier bas." in text
    assert text.endswith("…")
    assert len(text.split()) <= SNIPPET_TOKENS + 4


def test_a_snippet_without_a_match_is_the_beginning():
    text = "".join(piece.text for piece in Highlighter(parse("absent").tree).snippet(LONG))
    assert text.startswith("La rivière monte.")


def test_a_match_at_the_end_is_shown_with_what_precedes():
    pieces = Highlighter(parse("dernier").tree).snippet("Un mot. " * 60 + "Le dernier.")
    assert len("".join(piece.text for piece in pieces).split()) > SNIPPET_TOKENS // 2
    assert [piece.text for piece in pieces if piece.match] == ["dernier"]


def test_a_short_body_is_its_own_snippet():
    pieces = Highlighter(parse("aube").tree).snippet("« L'aube. »")
    assert "".join(piece.text for piece in pieces) == "« L'aube. »"
    assert Highlighter(parse("aube").tree).snippet("") == ()


def test_a_sentence_has_dots_only_where_it_is_cut():
    def told(text: str) -> str:
        found = sentence(parse("crue").tree, text, TextField.BODY)
        return "".join(piece.text for piece in found)

    long = "mot " * 100
    assert told("Il pleut. La crue monte. Tout dort.") == "La crue monte."
    assert told("Titre\nLa crue monte\nTout dort") == "La crue monte\n"
    assert told(f"Un {long}la crue.").startswith("… mot ")
    assert told(f"La crue {long}dort.").endswith("mot …")


@given(
    st.text("abcé '’.\n", max_size=60), st.sampled_from(["a", '"a b"', "b* a", "~abc", "é OU a"])
)
def test_pieces_make_the_text_again(text, query):
    marked(query, text)
    Highlighter(parse(query).tree).snippet(text)


@given(st.text("abc", max_size=6), st.text("abc", max_size=6), st.integers(0, 2))
def test_edits_are_levenshtein_s(one, other, most):
    assert within_edits(one, other, most) == (distance(one, other) <= most)
