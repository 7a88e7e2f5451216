"""Europresse exports, in the layout of today and in the older one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article
from corpus.readers import europresse
from corpus.records import Record, SetAside, Unreadable, to_article
from tests.corpus.mutations import articles_or_reasons, damaged
from tests.corpus.opened import opened

NEW = """<!DOCTYPE html><html><head><meta charset="utf-8"><title></title></head><body>
<article><header>
<div><span class="DocPublicationName">Le Cap, no. 43018</span></div>
<span class="DocHeader">Mer et littoral, lundi 3 mars 2014 - 08:12 +0100 582 mots, p. 12</span>
<div class="titreArticle"><p class="sm-margin-bottom">REPORTAGE</p>
<p class="titreArticleVisu rdp__articletitle">Le phare de la <mark>Vieille</mark> rallumé</p>
<p class="rdp__subtitle">Éteint depuis l’automne, il guide à nouveau les pêcheurs.</p></div>
<div class="sm-margin-bottomNews">Par Yann Kerleau</div></header>
<section><div class="DocText clearfix"><div class="docOcurrContainer">
<p>Les techniciens ont attendu trois semaines une mer <span class="occurrence">calme</span>.</p>
<p><b>Un câble rongé</b>La panne venait du sel (lien : https://lecap.example/sel).</p>
<p>Espoir douchéVendredi, la houle a repris.</p>
<p>Lire aussi notre dossier sur les gardiens d’Ar-Men</p>
<aside><p>Le raz de Sein en chiffres.</p></aside><img src="phare.jpg" alt="Le phare">
<p>Le groupe AstraZeneca et BlackRock n’y sont pour rien.</p>
</div></div></section>
<aside><p><b>Illustration(s) :</b></p><p>Le phare en 2012.</p></aside>
<footer><small>© 2014 Le Cap. Tous droits réservés.</small>
<p>Numéro de document : news·20140304·CA·43018_17</p>
<div id="divPubliC"><span id="PubliC_lblNodoc">news·20140304·CA·43018_17</span></div></footer>
</article>
<article><header><span class="DocPublicationName">Le Cap (site web)</span>
<span class="DocTitreSousSection">Économie</span><span>4 mars 2014</span>
<div class="titreArticle"><div class="titreArticleVisu">La criée d’Audierne renaît</div></div>
<div class="docAuthors">Soizic Le Bris</div></header>
<section><div class="DocText"><p>Les ventes doublent.</p>
<p>Les mareyeurs respirent.</p></div></section>
</article></body></html>"""
OLD = """<html><head><meta charset="iso-8859-1"></head><body>
<article><header><span class="DocPublicationName">L'Écho du large</span>
<span class="DocHeader">p. 4, Région</span>
<div class="TitreArticle"><p class="TitreArticleVisu">Tempête sur le môle</p></div>
<div>Anne Morvan</div>
</header><section></div><p>La digue a tenu, dit le maire.</p></div></section>
<footer><p>Numéro de document : news·20060315·EL·0q1503_1256056</p></footer></article>"""


def articles(data: bytes | str) -> list[Article]:
    return [to_article(record, "") for record in records(data)]


def records(data: bytes | str) -> list[Record]:
    return [result for result in europresse.read(opened(data)) if isinstance(result, Record)]


def test_layout_of_today() -> None:
    first, second = articles(NEW)
    assert first.title == "Le phare de la Vieille rallumé"
    assert (first.source, first.section, first.author) == (
        "Le Cap",
        "Mer et littoral",
        "Yann Kerleau",
    )
    assert (str(first.published), first.id) == ("2014-03-03", "news·20140304·CA·43018_17")
    assert first.body.split("\n\n") == [
        "Éteint depuis l’automne, il guide à nouveau les pêcheurs.",
        "Les techniciens ont attendu trois semaines une mer calme.",
        "Un câble rongé",
        "La panne venait du sel.",
        "Espoir douché",
        "Vendredi, la houle a repris.",
        "Le groupe AstraZeneca et BlackRock n’y sont pour rien.",
    ]
    assert (second.source, second.section) == ("Le Cap (site web)", "Économie")
    assert (second.author, str(second.published)) == ("Soizic Le Bris", "2014-03-04")
    assert second.body == "Les ventes doublent.\n\nLes mareyeurs respirent."


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_older_layout_whatever_its_encoding(encoding: str) -> None:
    (found,) = articles(OLD.encode(encoding))
    assert (found.title, found.source) == ("Tempête sur le môle", "L'Écho du large")
    assert (found.author, found.body) == ("Anne Morvan", "La digue a tenu, dit le maire.")
    assert str(found.published) == "2006-03-15"


@pytest.mark.parametrize(
    ("header", "section", "day"),
    [
        ("Communication, mardi 14 mars 2006, p. 16", "Communication", "2006-03-14"),
        ("mardi 14 mars 2006 - 850 mots, p. 16", "", "2006-03-14"),
        ("p. 3, 850 mots, Monde, Afrique, 1er mars 2006", "Monde, Afrique", "2006-03-01"),
        ("Une, no. 1204, samedi 2 août 2014 1 250 mots", "Une", "2014-08-02"),
        ("December 24, 2000", "", "2000-12-24"),
        ("1er août 1998, Événement, p. 2", "Événement", "1998-08-01"),
    ],
)
def test_headers_in_any_order(header: str, section: str, day: str) -> None:
    found = headed(header)
    assert (found.section, str(found.published)) == (section, day)


@pytest.mark.parametrize(
    ("header", "published", "words", "page"),
    [
        ("Sport, mercredi 3 mars 2010 134 mots, p. 11", "2010-03-03", 134, "11"),
        ("Sport, ven. 3 juill. 2020 1 612 mots, p. 14,15", "2020-07-03", 1612, "14,15"),
        ("Web, 4 juillet 2020 - 08:30:00 UTC +02:00 312 mots", "2020-07-04T08:30+02:00", 312, ""),
        ("Sport, Friday, July 3, 2020 612 words, p. 93_T_17", "2020-07-03", 612, "93_T_17"),
        ("Dossier, 2 juillet 2020, p. 10, 11, 12 1540 mots", "2020-07-02", 1540, "10, 11, 12"),
        ("612 mots, 3 juillet 2020 - 10h30, p. A3, Lot", "2020-07-03T10:30", 612, "A3"),
    ],
)
def test_figures_of_a_header(header: str, published: str, words: int, page: str) -> None:
    found = headed(header)
    assert found.published and found.published.isoformat() == published
    assert (found.word_count, found.page) == (words, page)


def test_editions() -> None:
    assert headed("Lodève ; Toutes éditions, 3 juillet 2020").edition == "Toutes éditions"
    assert headed("Edition de Quimper, Sport, 3 juillet 2020").section == "Sport"


def headed(header: str) -> Article:
    whole = "Mer et littoral, lundi 3 mars 2014 - 08:12 +0100 582 mots, p. 12"
    return articles(NEW.replace(whole, header))[0]


@pytest.mark.parametrize(
    ("stated", "source"),
    [
        ("La Croix, no. 43018", "La Croix"),
        ("Ouest-France, n° 12 - Finistère", "Ouest-France"),
        ("20 Minutes", "20 Minutes"),
        ("Le Monde, l'économie", "Le Monde, l'économie"),
    ],
)
def test_issues_are_no_part_of_a_source(stated: str, source: str) -> None:
    assert articles(NEW.replace("Le Cap, no. 43018", stated))[0].source == source


def test_three_hundred_articles_that_nothing_closes() -> None:
    pieces = NEW.replace("</div>", "").split("<article>")
    found = articles(pieces[0] + ("<article>" + pieces[1]) * 300)
    assert len(found) == 300
    assert {article.body for article in found} == {articles(NEW)[0].body}


def test_an_article_nested_without_end_is_set_aside_alone() -> None:
    results = list(europresse.read(opened("<article>" + "<section>" * 2_000 + NEW)))
    assert isinstance(results[0], SetAside) and "imbriquées" in results[0].reason
    assert len(results) == 3 and isinstance(results[1], Record)


def test_containers_in_containers_are_read_once() -> None:
    nested = NEW.replace(
        "Les ventes doublent.", "<span class='DocText'>Les ventes doublent.</span>"
    )
    assert articles(nested)[1].body == "Les ventes doublent.\n\nLes mareyeurs respirent."


def test_recognises() -> None:
    assert europresse.recognises(opened(NEW)) and europresse.recognises(opened(OLD))
    assert not europresse.recognises(opened("<html><article><h1>Un phare</h1></article></html>"))
    assert not europresse.recognises(opened("DocPublicationName, le mot du jour"))


def test_an_export_without_articles() -> None:
    with pytest.raises(Unreadable, match="sans article"):
        list(europresse.read(opened("<html><span class='DocPublicationName'></span></html>")))


@given(st.data())
def test_damage(data: st.DataObject) -> None:
    golden = data.draw(st.sampled_from([NEW.encode(), OLD.encode("cp1252")]))
    assert articles_or_reasons(europresse, data.draw(damaged(golden)))


def test_nothing_is_set_aside() -> None:
    assert not [result for result in europresse.read(opened(NEW)) if isinstance(result, SetAside)]
