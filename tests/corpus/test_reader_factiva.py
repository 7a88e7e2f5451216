"""Factiva exports: HTML with and without indexing, and XML."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article
from corpus.files import HEAD
from corpus.readers import factiva_html, factiva_xml
from corpus.records import Record, Unreadable, to_article
from tests.corpus.mutations import Readable, articles_or_reasons, damaged
from tests.corpus.opened import opened

CELL = '<tr><td class="index"><b>{}</b>&nbsp;</td><td>{}</td></tr>'
P = '<p class="articleParagraph frarticleParagraph">{}</p>'
ROWS = {
    "SE": "Mer",
    "HD": "<b class='frHeadline'>La criée d’Audierne renaît\n</b>",
    "BY": "Par Soizic Le Bris",
    "WC": "295 mots",
    "PD": "29 décembre 2011",
    "ET": "15:32",
    "SN": "Le Cap",
    "LP": P.format("Les ventes doublent.") + P.format("Les mareyeurs <b>respirent</b>."),
    "TD": P.format("La halle date de 1952.<br/><br/>Elle rouvre lundi."),
    "RE": "<br/>fra : France | weurz : Western Europe",
    "AN": "<br/>Document LECAP00020111229e7ct0001r",
}
HEADER = "<!DOCTYPE html><html><head><title>Factiva</title></head><body><h1>Factiva</h1>"
INDEXED = (
    HEADER
    + '<div class="article frArticle"><table>'
    + "".join(CELL.format(code, text) for code, text in ROWS.items())
    + "</table><br/></div><br/><span></span>"
)
BARE = f"""<div class="article frArticle"><div>Région</div><div id="hd"><span
class="frHeadline">La digue
a tenu</span></div><div class="author">Anne Morvan</div><div>312 mots</div><div>3 mars 2014</div>
<div>08:15</div><div>L'Écho du large</div><div>ECHOL</div><div>Français</div>
<div>(c) 2014 Écho</div>
{P.format("Le môle a souffert, dit le maire.")}{P.format("Les travaux attendront l’été.")}
<p>Document ECHOL00020140303ea330002x</p></div>"""
HTML = f"{INDEXED}{BARE}<div id='pageFooter'>© 2014 Factiva, Inc.</div></body></html>"
XML = """\ufeff<?xml version="1.0" encoding="utf-8"?>
<PPSResponse><ppsArticleResponse xmlns="http://global.factiva.com/pps/2.0"><ppsarticleResultSet>
<ppsarticle><article><accessionNo>LECAP00020111229e7ct0001r</accessionNo>
<headline><paragraph display="Proportional"><hlt>Audierne</hlt> : la criée
 renaît</paragraph></headline><byline>Par Soizic Le Bris</byline><columnName>Mer</columnName>
<leadParagraph><paragraph>Les ventes &amp; les prix doublent.</paragraph></leadParagraph>
<publicationDate><dateTime>2011-12-29T15:32:00Z</dateTime></publicationDate>
<publisherName>Groupe du Cap</publisherName><sourceName>Le Cap</sourceName>
<tailParagraphs><paragraph>La <hlt>halle</hlt> date de 1952.</paragraph>
<paragraph>Elle rouvre lundi.</paragraph></tailParagraphs></article></ppsarticle>
<ppsarticle><article><accessionNo>ECHOL00020140303ea330002x</accessionNo>
<headline><paragraph>La digue a tenu</paragraph></headline><sourceName>L'Écho du large</sourceName>
<publicationDate><date>2014-03-03</date></publicationDate>
<tailParagraphs><paragraph>Le môle a souffert.</paragraph></tailParagraphs></article></ppsarticle>
</ppsarticleResultSet></ppsArticleResponse></PPSResponse>"""


def articles(reader: Readable, data: str) -> list[Article]:
    results = reader.read(opened(data))
    return [to_article(record, "") for record in results if isinstance(record, Record)]


def test_html_with_indexing() -> None:
    found = articles(factiva_html, HTML)[0]
    assert (found.title, found.source) == ("La criée d’Audierne renaît", "Le Cap")
    assert (found.author, found.section) == ("Soizic Le Bris", "Mer")
    assert (str(found.published), found.id) == ("2011-12-29", "LECAP00020111229e7ct0001r")
    assert found.body.split("\n\n") == [
        "Les ventes doublent.",
        "Les mareyeurs respirent.",
        "La halle date de 1952.",
        "Elle rouvre lundi.",
    ]


def test_html_without_indexing() -> None:
    found = articles(factiva_html, HTML)[1]
    assert (found.title, found.source) == ("La digue a tenu", "L'Écho du large")
    assert (found.author, found.section) == ("Anne Morvan", "Région")
    assert (str(found.published), found.id) == ("2014-03-03", "ECHOL00020140303ea330002x")
    assert found.body == "Le môle a souffert, dit le maire.\n\nLes travaux attendront l’été."


def test_a_body_that_holds_no_marked_paragraph() -> None:
    page = HTML.replace(ROWS["TD"], "Une seule ligne.")
    assert articles(factiva_html, page)[0].body.endswith("respirent.\n\nUne seule ligne.")


def test_xml() -> None:
    first, second = articles(factiva_xml, XML)
    assert (first.title, first.source) == ("Audierne : la criée renaît", "Le Cap")
    assert (first.author, first.section) == ("Soizic Le Bris", "Mer")
    assert (str(first.published), first.id) == ("2011-12-29", "LECAP00020111229e7ct0001r")
    assert first.body == (
        "Les ventes & les prix doublent.\n\nLa halle date de 1952.\n\nElle rouvre lundi."
    )
    assert (second.title, str(second.published)) == ("La digue a tenu", "2014-03-03")


def test_xml_cut_short_gives_the_articles_before_the_cut() -> None:
    results = factiva_xml.read(opened(XML[: XML.index("La digue")]))
    assert next(results)
    with pytest.raises(Unreadable, match="mal formé") as refusal:
        next(results)
    assert refusal.value.position.startswith("ligne ")


def test_recognises() -> None:
    style = f"<style>{'p { margin: 0 } ' * (HEAD // 10)}</style></head>"
    for page in (HTML, HTML.replace("</head>", style), f"<html>{BARE}"):
        assert factiva_html.recognises(opened(page))
    assert factiva_xml.recognises(opened(XML))
    for other in ("<html><title>Facteur</title>", "Factiva\n\nUn texte.", "<rss/>"):
        assert not factiva_html.recognises(opened(other))
        assert not factiva_xml.recognises(opened(other))


def test_exports_without_articles() -> None:
    for reader, data in ((factiva_html, HEADER), (factiva_xml, "<PPSResponse></PPSResponse>")):
        with pytest.raises(Unreadable, match="sans article"):
            list(reader.read(opened(data)))


@given(st.data(), st.sampled_from([(factiva_html, HTML), (factiva_xml, XML)]))
def test_damage(data: st.DataObject, export: tuple[Readable, str]) -> None:
    reader, golden = export
    assert articles_or_reasons(reader, data.draw(damaged(golden.encode())))
