"""RTF: exports of Factiva, and any other document."""

import pytest
from hypothesis import given

from corpus.readers import factiva_rtf
from corpus.readers.rtf import Line, rtf_lines
from corpus.records import Record, SetAside, Unreadable, to_article
from tests.corpus.mutations import articles_or_reasons, damaged
from tests.corpus.opened import opened

HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}}{\stylesheet{\s0 Normal;}}"
    r"{\info{\title Factiva}}{\header Page 1}"
)


def cells(*values: str) -> str:
    return r"\trowd " + "".join(rf"\pard\intbl {value}\cell " for value in values) + r"\row" + "\n"


INDEXED = (
    HEAD
    + cells(r"{\b SE}", "R\\'e9gions")
    + cells(r"{\b HD}", r"{\b Le march\'e9 couvert rouvre}")
    + cells(r"{\b BY}", "In\\u232?s Daumal")
    + cells(r"{\b WC}", "312 mots")
    + cells(r"{\b PD}", "3 juillet 2020")
    + cells(r"{\b ET}", "08:05")
    + cells(r"{\b SN}", "Le Fanal")
    + cells(r"{\b ED}", "Nord")
    + cells(r"{\b PG}", "12")
    + cells(r"{\b LA}", "Fran\\'e7ais")
    + cells(r"{\b CY}", "(c) 2020 Le Fanal")
    + cells(r"{\b LP}", r"La halle a rouvert.\par La foule \'e9tait l\'e0.")
    + cells(r"{\b TD}", "Les travaux auront dur\\'e9 deux ans.")
    + cells(r"{\b AN}", "Document FANAL00020200703eg730001a")
    + "}"
).encode("ascii")

BARE = (
    HEAD
    + "".join(
        line + "\\par\n"
        for line in (
            *("R\\'e9gions", "{\\b La digue de Saint-Malo a tenu}", "Par Jeanne Dupr\\'e9", ""),
            *("65 mots", "29 d\\'e9cembre 2011", "15:32", "Le Fanal", "FANAL", "26"),
            *("Fran\\'e7ais", "\\'a9 2011 Le Fanal. Tous droits r\\'e9serv\\'e9s.", ""),
            *(
                "La temp\\'eate n\\rquote a pas eu raison de la digue.",
                "Le pr\\'e9fet a salu\\'e9.",
            ),
            *("", "Document FANAL00020111229e7ct00015", ""),
            *("{\\b Un pont neuf}", "31 mots", "30 d\\'e9cembre 2011", "Le Fanal", "FANAL"),
            *("Fran\\'e7ais", "(c) 2011", "Il ouvre demain.", "Document FANAL00020111230e7cu00016"),
            "Page 2 of 2 \\'a9 2011 Factiva, Inc. All rights reserved.",
        )
    )
    + "}"
).encode("ascii")


def records(data: bytes) -> list[Record]:
    found = list(factiva_rtf.read(opened(data)))
    assert all(isinstance(one, Record) for one in found)
    return [one for one in found if isinstance(one, Record)]


def test_indexed() -> None:
    (record,) = records(INDEXED)
    assert record == Record(
        title="Le marché couvert rouvre",
        body="La halle a rouvert.\n\nLa foule était là.\n\nLes travaux auront duré deux ans.",
        source="Le Fanal",
        date="3 juillet 2020 08:05",
        section="Régions",
        author="Inès Daumal",
        edition="Nord",
        page="12",
        word_count="312 mots",
        copyright="(c) 2020 Le Fanal",
        language="Français",
        id="FANAL00020200703eg730001a",
        position="article 1",
    )


def test_without_indexing() -> None:
    first, second = records(BARE)
    article = to_article(first, "x.rtf")
    assert article.title == "La digue de Saint-Malo a tenu"
    assert article.body == "La tempête n’a pas eu raison de la digue.\n\nLe préfet a salué."
    assert article.published and article.published.isoformat() == "2011-12-29T15:32"
    assert (article.source, article.section, article.author) == (
        "Le Fanal",
        "Régions",
        "Jeanne Dupré",
    )
    assert (article.page, article.word_count, article.language) == ("26", 65, "fr")
    assert article.copyright == "© 2011 Le Fanal. Tous droits réservés."
    assert article.id == "FANAL00020111229e7ct00015"
    assert (second.title, second.body) == ("Un pont neuf", "Il ouvre demain.")


def test_an_export_that_breaks_off_is_told() -> None:
    cut = BARE[: BARE.index(b"Il ouvre demain")] + b"}"
    found = list(factiva_rtf.read(opened(cut)))
    assert len(found) == 2 and isinstance(found[1], SetAside) and "coupé" in found[1].reason


def test_any_other_document_is_a_text() -> None:
    (record,) = records(HEAD.encode() + rb"Un pont neuf\par Il ouvre demain \endash  enfin.}")
    assert (record.title, record.body.strip()) == ("Un pont neuf", "Il ouvre demain – enfin.")


@pytest.mark.parametrize(
    ("rtf", "text"),
    [
        (r"{\rtf1\ansi \'c9t\'e9}", "Été"),
        (r"{\rtf1\mac \'83t\'8e}", "Été"),
        (r"{\rtf1\ansicpg1251 \'cc}", "М"),
        (r"{\rtf1\uc2 \u8217\'80\'99a}", "’a"),
        (r"{\rtf1\uc1\u233?t\u233 e}", "ét\u00e9"),
        (r"{\rtf1 a\{b\}\\c\~d\_e}", "a{b}\\c\u00a0d\u2011e"),
        (r"{\rtf1{\*\inconnu caché}vu{\pict 0123}}", "vu"),
        ("{\\rtf1 a\r\nb}", "ab"),
        (r"{\rtf1\ansicpg99999 a}", "a"),
        (r"{\rtf1 a}}}b", "ab"),
    ],
)
def test_characters(rtf: str, text: str) -> None:
    assert [line.text for line in rtf_lines(rtf)] == [text]


def test_bold_lines() -> None:
    lines = rtf_lines(r"{\rtf1{\b Titre}\par Un {\b mot}\par\b Deux\b0  mots\par\b\plain trois}")
    assert lines == [
        *(Line("Titre", True), Line("Un mot", False), Line("Deux mots", False)),
        Line("trois", False),
    ]


def test_traps_are_refused_or_read_in_linear_time() -> None:
    with pytest.raises(Unreadable, match="imbriqué"):
        rtf_lines("{" * 100_000)
    assert rtf_lines("{\\rtf1 " + "\\'e9" * 100_000 + "\\" * 9)
    assert rtf_lines("{\\rtf1 " + "\\u233" * 100_000)


@given(damaged(BARE))
def test_damage(data: bytes) -> None:
    assert articles_or_reasons(factiva_rtf, data) >= 0
    assert not data or records is not None


@given(damaged(INDEXED))
def test_damage_indexed(data: bytes) -> None:
    articles_or_reasons(factiva_rtf, data)
