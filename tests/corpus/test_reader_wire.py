"""Agency wire text: ANPA 1312 and IPTC 7901."""

from hypothesis import given

from corpus.readers import wire_text
from corpus.records import Fate, Record, SetAside, to_article
from tests.corpus.mutations import articles_or_reasons, damaged
from tests.corpus.opened import opened

IPTC = (
    "ZCZC\r\n\x01ATS0123 4 INT 0245 France-météo\r\n\x02France-météo-tempête\r\n"
    "La digue de Saint-Malo a tenu face à la tempête\r\n\r\n"
    "   Saint-Malo, 3 fév 2014 (ATS) - La tempête qui a balayé la côte dans la\r\n"
    "nuit de mardi à mercredi n’a pas eu raison de la digue du Sillon.\r\n"
    "   Le préfet a salué le travail des équipes, mobilisées depuis deux\r\njours.\r\n"
    "   dar/tm/jag\r\n\x03031205 GMT FEB 14\r\n\x04\r\nNNNN\r\n"
    "\x01ATS0124 4 INT 0010\r\n\x02Un pont neuf\r\n\r\n   Il ouvre demain, sans fanfare.\r\n\x03"
    "031210 FEB 14\x04"
).encode("cp1252")
ANPA = (
    "\x16\x16\x01f0042\x1fbc-fra-digue\r\nr i\x13\x11 bc-Digue-Saint-Malo 02-03 0245\r\n"
    "\x02^BC-FR--Digue, 1er Ld\x1f<\r\n^La digue de Saint-Malo a tenu<\r\n^Par JEANNE DUPRÉ<\r\n"
    "\tSAINT-MALO (AP) - La tempête n'a pas eu raison de la digue.\r\n"
    "\tLe préfet a salué le travail des équipes.\r\n"
    "\x03AP-NY-02-03-14 1205GMT\r\n\x04"
).encode("latin-1")


def records(data: bytes) -> list[Record]:
    return [one for one in wire_text.read(opened(data)) if isinstance(one, Record)]


def test_iptc_7901() -> None:
    first, second = (to_article(record, "x") for record in records(IPTC))
    assert first.title == "La digue de Saint-Malo a tenu face à la tempête"
    assert first.body == (
        "La tempête qui a balayé la côte dans la nuit de mardi à mercredi n’a pas eu raison de la "
        "digue du Sillon.\n\nLe préfet a salué le travail des équipes, mobilisées depuis deux "
        "jours."
    )
    assert (first.source, first.agency, first.dateline) == ("ATS", "ATS", "Saint-Malo")
    assert (first.slug, first.section, first.word_count) == ("France-météo-tempête", "INT", 245)
    assert (first.author, first.language, first.id) == ("dar/tm/jag", "fr", "ATS0123:2014-02-03")
    assert first.published and first.published.isoformat() == "2014-02-03T12:05+00:00"
    assert (second.title, second.body) == ("Un pont neuf", "Il ouvre demain, sans fanfare.")
    assert second.published and second.published.isoformat() == "2014-02-03T12:10"


def test_anpa_1312() -> None:
    (record,) = records(ANPA)
    article = to_article(record, "x")
    assert article.title == "La digue de Saint-Malo a tenu"
    assert article.body == (
        "La tempête n'a pas eu raison de la digue.\n\nLe préfet a salué le travail des équipes."
    )
    assert (article.agency, article.dateline, article.author) == (
        "AP",
        "SAINT-MALO",
        "JEANNE DUPRÉ",
    )
    assert (article.section, article.word_count) == ("I", 245)
    assert article.slug.startswith("BC-FR--Digue")
    assert article.published and article.published.isoformat() == "2014-02-03T12:05+00:00"


def test_dispatches_that_are_empty_or_cut_are_told() -> None:
    text = b"\x01ATS0123 4 INT 0000\r\n\x02 \r\n\x03\x04\x01ATS0124 4 INT 0010\r\n"
    text += b"\x02Titre\r\n\r\n  Co"
    empty, record, cut = wire_text.read(opened(text))
    assert isinstance(empty, SetAside) and empty.fate is Fate.SKIPPED
    assert isinstance(record, Record) and (record.title, record.body) == ("Titre", "Co")
    assert isinstance(cut, SetAside) and cut.fate is Fate.KEPT and "coupée" in cut.reason


def test_other_texts_are_not_taken() -> None:
    for data in (b"Un titre\n\nUn corps \x01 et \x02 rien", b"\x01\x02", b"", b"PK\x03\x04"):
        assert not wire_text.recognises(opened(data))
    assert wire_text.recognises(opened(IPTC)) and wire_text.recognises(opened(ANPA))


@given(damaged(IPTC))
def test_damage(data: bytes) -> None:
    articles_or_reasons(wire_text, data)


@given(damaged(ANPA))
def test_damage_anpa(data: bytes) -> None:
    articles_or_reasons(wire_text, data)
