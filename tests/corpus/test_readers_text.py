"""Plain text: where the title ends, what stands below it, and datelines."""

from textwrap import fill

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers import plain_text
from corpus.readers.plain_text import text_record
from corpus.records import Record, to_article
from tests.corpus.opened import opened

TITLE = "La digue de Saint-Malo a tenu"
LEAD = (
    "La tempête qui a balayé la côte d’Émeraude dans la nuit de mardi à mercredi n’a pas eu "
    "raison de la digue du Sillon, dont les travaux s’étaient achevés au printemps."
)
END = "Le préfet a salué le travail des équipes municipales, mobilisées depuis trois jours."


def body_of(record: Record) -> str:
    return to_article(record, "").body


def test_title_blank_line_body() -> None:
    record = text_record(f"{TITLE}\n\n{LEAD}\n\n{END}\n")
    assert record.title == TITLE
    assert body_of(record) == f"{LEAD}\n\n{END}"


def test_title_without_a_blank_line() -> None:
    record = text_record(f"{TITLE}\n{LEAD}\n{END}")
    assert (record.title, body_of(record)) == (TITLE, f"{LEAD}\n\n{END}")


@pytest.mark.parametrize("text", [f"{LEAD}\n{END}", f"{LEAD} {END} {LEAD}\n\n{END}"])
def test_a_first_paragraph_is_no_title(text: str) -> None:
    record = text_record(text)
    assert (record.title, record.body) == ("", text)


def test_lines_cut_at_72_columns() -> None:
    record = text_record(f"{TITLE}\n\n{fill(LEAD, 72)}\n\n{fill(END, 72)}\n")
    assert (record.title, body_of(record)) == (TITLE, f"{LEAD}\n\n{END}")
    untitled = text_record(fill(f"{LEAD} {END}", 72))
    assert (untitled.title, body_of(untitled)) == ("", f"{LEAD} {END}")


def test_a_title_over_two_lines() -> None:
    record = text_record(f"La digue de Saint-Malo a tenu bon\nface à la tempête\n\n{LEAD}")
    assert record.title == "La digue de Saint-Malo a tenu bon face à la tempête"


def test_date_and_byline_below_the_title() -> None:
    record = text_record(f"{TITLE}\n\nPublié le 3 février 2014 à 10h30\nPar Jeanne Dupré\n\n{LEAD}")
    assert str(to_article(record, "").published) == "2014-02-03"
    assert (record.author, body_of(record)) == ("Jeanne Dupré", LEAD)


@pytest.mark.parametrize(
    ("dateline", "date", "source"),
    [
        ("PARIS, 3 juil 2020 (AFP) - ", "2020-07-03", "AFP"),
        ("Genève, le 12 février 2011 (Keystone-ATS) — ", "2011-02-12", "Keystone-ATS"),
        ("MOSCOU (Reuters) - ", None, "Reuters"),
        ("(AFP) - ", None, "AFP"),
        ("PARIS, 3 juil (AFP) - ", None, "AFP"),
        ("SÉOUL, 19 déc 2011 (Agence Passerelle) – ", "2011-12-19", "Agence Passerelle"),
        ("LYON (Rhône) - ", None, ""),
        ("Le chantier - ", None, ""),
    ],
)
def test_datelines(dateline: str, date: str | None, source: str) -> None:
    article = to_article(text_record(f"{TITLE}\n\n{dateline}{LEAD}"), "")
    assert str(article.published or "") == (date or "")
    assert article.source == source
    certain = bool(date or source)
    assert article.body == LEAD if certain else dateline + LEAD


def test_a_dateline_is_no_title() -> None:
    record = text_record(f"PARIS, 3 juil 2020 (AFP) - {END}\n\n{LEAD}")
    assert record.title == ""


def test_slug_before_a_dateline() -> None:
    article = to_article(text_record(f"{TITLE}\n\nFRANCE-METEO-TEMPETE{LEAD}"), "")
    assert article.body == LEAD


@pytest.mark.parametrize("text", [TITLE, TITLE + "\n"])
def test_a_title_alone(text: str) -> None:
    assert (text_record(text).title, text_record(text).body) == (TITLE, "")


def test_binary_and_xml_are_not_text() -> None:
    assert not plain_text.recognises(opened(bytes(range(256)) * 20))
    assert not plain_text.recognises(opened('<?xml version="1.0"?><racine/>'))
    assert plain_text.recognises(opened("<<< Titre >>>\n\nUn corps."))
    assert plain_text.recognises(opened(f"{TITLE}\0\n\n{LEAD}\0"))


@given(st.text("aé .\n-", max_size=200))
def test_no_letter_is_lost(text: str) -> None:
    article = to_article(text_record(text), "")
    kept = [sign for sign in article.title + article.body if sign.isalpha()]
    assert kept == [sign for sign in text if sign.isalpha()]


@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    (record,) = plain_text.read(opened(data))
    assert isinstance(record, Record) and "\n" not in to_article(record, "").title
