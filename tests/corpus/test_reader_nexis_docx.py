"""Nexis Uni exports in Word: the cover page, the articles, and documents that are traps."""

import io
import zipfile
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article
from corpus.readers import nexis_docx
from corpus.records import Fate, Record, SetAside, Unreadable, to_article
from tests.corpus.mutations import articles_or_reasons, damaged
from tests.corpus.opened import opened

NBSP = "\xa0"
COVER = [
    f"User Name:{NBSP}Y. Kerleau",
    f"Date and Time:{NBSP}Saturday, July 4, 2020 10:00:00 AM CEST",
    f"Job Number:{NBSP}120412",
    "Documents (3)",
    "1. La criée d’Audierne renaît",
    f"Client/Matter:{NBSP}-None-",
]
FIRST = [
    "La criée d’Audierne renaît",
    "Le Cap",
    "3 juillet 2020 vendredi",
    "Édition de Brest",
    "Copyright 2020 Groupe du Cap Tous droits réservés",
    f"Section:{NBSP}MER; Pg. 12",
    f"Length:{NBSP}143 words",
    f"Byline:{NBSP}Soizic Le Bris",
    f"Highlight:{NBSP}Deux ans de travaux.",
    "Body",
    "Les ventes doublent\tdepuis le 1er mai 2020.",
    "Note : les mareyeurs\nrespirent.",
    "Classification",
    f"Language:{NBSP}FRENCH; FRANÇAIS",
    "End of Document",
]
EMPTY = [
    "Un article retiré",
    "Le Cap",
    "4 juillet 2020 samedi",
    "We are sorry but there is no text for this document.",
    "End of Document",
]
LAST = [
    "La digue a tenu",
    "L'Écho du large",
    "July 5, 2020 Sunday",
    f"Longueur{NBSP}:{NBSP}12 mots",
    "Body",
    "Le môle a souffert.",
    f"Date de chargement:{NBSP}5 juillet 2020",
    "End of Document",
]


def word(lines: list[str]) -> bytes:
    def run(text: str) -> str:
        text = escape(text).replace("\t", "</w:t><w:tab/><w:t>").replace("\n", "</w:t><w:br/><w:t>")
        return f'<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'

    pieces = (run(line[:4]) + f"<w:hyperlink>{run(line[4:])}</w:hyperlink>" for line in lines)
    paragraphs = "".join(f"<w:p><w:pPr/>{piece}</w:p><w:p/>" for piece in pieces)
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    document = f'<w:document xmlns:w="{namespace}"><w:body>{paragraphs}</w:body></w:document>'
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": document})


def zipped(members: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            member = zipfile.ZipInfo(name)  # without the time of day, for Hypothesis
            archive.writestr(member, text, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


GOLDEN = word([*COVER, *FIRST, *EMPTY, *LAST])


def read(data: bytes) -> tuple[list[Article], list[SetAside]]:
    results = list(nexis_docx.read(opened(data)))
    articles = [to_article(result, "") for result in results if isinstance(result, Record)]
    return articles, [result for result in results if isinstance(result, SetAside)]


def test_articles_after_a_cover_page() -> None:
    (first, last), (empty,) = read(GOLDEN)
    assert (first.title, first.source) == ("La criée d’Audierne renaît", "Le Cap")
    assert (first.author, first.section) == ("Soizic Le Bris", "MER")
    assert first.edition == "Édition de Brest"
    assert str(first.published) == "2020-07-03"
    assert first.body.split("\n\n") == [
        "Deux ans de travaux.",
        "Les ventes doublent depuis le 1er mai 2020.",
        "Note : les mareyeurs respirent.",
    ]
    assert (last.title, last.source) == ("La digue a tenu", "L'Écho du large")
    assert (str(last.published), last.body) == ("2020-07-05", "Le môle a souffert.")
    assert (empty.fate, empty.position) == (Fate.SKIPPED, "article 2")


def test_a_title_that_holds_a_date() -> None:
    lines = ["Le 14 juillet 2019, récit d’une fête", *FIRST[1:]]
    (found,), _ = read(word([*COVER, *lines]))
    assert (found.title, str(found.published)) == (lines[0], "2020-07-03")


def test_a_date_that_cannot_be_read() -> None:
    (found,), _ = read(word([*FIRST[:2], "Ventôse an II", *FIRST[3:]]))
    assert (found.title, found.source, found.published) == (FIRST[0], "Le Cap", None)


def test_an_article_cut_short_is_named() -> None:
    articles, (notice,) = read(word([*FIRST, *LAST[:-1]]))
    assert len(articles) == 1 and "coupé" in notice.reason


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (word(["Une lettre", "Cher maire,"]), "export de Nexis"),
        (zipped({"word/autre.xml": "<a/>"}), "abîmé"),
        (zipped({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'}), "entités"),
        (b"PK\x03\x04word/", "abîmé"),
    ],
)
def test_refusals(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read(data)


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nexis_docx, "MAX_PIECE", 2**20)
    with pytest.raises(Unreadable, match="découpez"):
        read(zipped({"word/document.xml": "<a>" + " " * 2**21 + "</a>"}))


def test_recognises() -> None:
    assert nexis_docx.recognises(opened(GOLDEN))
    assert not nexis_docx.recognises(opened(zipped({"a.txt": "Un texte."})))
    assert not nexis_docx.recognises(opened("word/document.xml"))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("envoi/export.docx", GOLDEN)
    assert not nexis_docx.recognises(opened(packed.getvalue()))
    for other in ({"word/a.txt": "Un texte."}, {"[Content_Types].xml": "", "xl/workbook.xml": ""}):
        assert not nexis_docx.recognises(opened(zipped(other)))


@given(st.data())
def test_damage(data: st.DataObject) -> None:
    assert articles_or_reasons(nexis_docx, data.draw(damaged(GOLDEN)))
