"""The encoding of files by evidence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.encoding import STRAY, decode, encoding_of

FRENCH = (
    "L’été dernier, à Besançon, le maire a reçu près de vingt élèves « très motivés » ; "
    "où iront-ils ? Sœur Agnès l’ignore. Ça coûte 30 € par tête, là-bas comme à Noël."
)
OLD = FRENCH.replace("’", "'").replace("œ", "oe").replace("€", "euros")


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman"],
)
def test_french_is_read_in_every_encoding(encoding: str) -> None:
    assert decode(FRENCH.encode(encoding)) == FRENCH


@pytest.mark.parametrize("encoding", ["latin-1", "iso8859-15", "cp850"])
def test_french_is_read_in_the_smaller_encodings(encoding: str) -> None:
    assert decode(OLD.encode(encoding)) == OLD


def test_the_euro_of_latin_9() -> None:
    text = "Le cœur de l'été : 30 € la nuit, Sœur Agnès a payé."
    assert decode(text.encode("iso8859-15")) == text


@pytest.mark.parametrize(
    ("declared", "true"),
    [("utf-8", "cp1252"), ("iso-8859-1", "utf-8"), ("macintosh", "cp1252"), ("rot13", "utf-8")],
)
def test_a_false_declaration_is_not_believed(declared: str, true: str) -> None:
    page = f'<meta charset="{declared}"><p>{FRENCH}</p>'
    assert decode(page.encode(true)) == page


def test_a_declaration_decides_where_french_does_not() -> None:
    page = '<meta charset="koi8-r"><p>Жизнь и судьба, роман Василия Гроссмана</p>'
    assert "Жизнь" in decode(page.encode("koi8-r"))


def test_stray_bytes_in_utf8_are_read_as_windows() -> None:
    mixed = FRENCH.encode() + " L’élève".encode("cp1252")
    assert decode(mixed) == FRENCH + " L’élève"


def test_a_sample_cut_within_a_character_is_utf8() -> None:
    assert encoding_of("Été".encode()[:-1]) == "utf-8"


def test_capitals_before_a_guillemet_are_not_taken_for_utf8() -> None:
    assert decode("« LIBERTÉ» est écrit là".encode("cp1252")) == "« LIBERTÉ» est écrit là"


@given(st.binary(max_size=500))
def test_any_bytes_become_text(data: bytes) -> None:
    assert isinstance(decode(data), str)


@given(st.text(max_size=200))
def test_utf8_is_read_as_it_is(text: str) -> None:
    data = text.encode("utf-8", "ignore")
    assert data.decode("utf-8", STRAY) == data.decode()
