"""LexisNexis exports in the classic HTML, with the labels of three languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article
from corpus.readers import lexisnexis
from corpus.records import Record, Unreadable, to_article
from tests.corpus.mutations import articles_or_reasons, damaged
from tests.corpus.opened import opened

LABELS = {
    "fr": ("AUTEUR", "RUBRIQUE", "LONGUEUR", "ENCART", "SUJET", "DATE-CHARGEMENT"),
    "en": ("BYLINE", "SECTION", "LENGTH", "HIGHLIGHT", "SUBJECT", "LOAD-DATE"),
    "de": ("AUTOR", "RUBRIK", "LÄNGE", "HIGHLIGHT", "THEMA", "UPDATE"),
}


def line(text: str, style: str = "c5") -> str:
    return f'<BR><DIV CLASS="{style}"><P CLASS="c6">{text}</P>\n</DIV>\n'


def field(label: str, text: str) -> str:
    return line(f'<SPAN CLASS="c8">{label}: </SPAN><SPAN CLASS="c2">{text}</SPAN>')


def export(language: str = "fr") -> str:
    author, section, length, highlight, subject, loaded = LABELS[language]
    first = (
        line("1 of 2 DOCUMENTS", "c0")
        + line('<IMG SRC="logo.gif"><BR><SPAN CLASS="c2">Le Cap</SPAN>', "c0")
        + line('<SPAN CLASS="c4">12</SPAN><SPAN CLASS="c2"> avril 2013 vendredi</SPAN>', "c3")
        + line('<SPAN CLASS="c7">La criée d’Audierne<BR>renaît</SPAN>')
        + field(author, "Soizic Le Bris")
        + field(section, "MER ET LITTORAL; Pg. 35")
        + field(length, "143 mots")
        + field(highlight, "&nbsp;Deux ans de travaux.<BR>")
        + '<BR><DIV CLASS="c5"><P CLASS="c9">Les ventes doublent.</P>\n<P CLASS="c9">NOTE : les '
        + "mareyeurs\nrespirent, dit la <SPAN CLASS='c4'>préfecture</SPAN>.</P></DIV>"
        + field(subject, "PÊCHE (90%); ÉCONOMIE (80%)")
        + field(loaded, "13 mars 2013")
        + line("Copyright 2013 Groupe du Cap<BR>Tous droits réservés", "c0")
    )
    second = (
        line("2 of 2 DOCUMENTS", "c0")
        + line("L'Écho du large", "c3")
        + line("3 mars 2014", "c3")
        + line("La digue a tenu")
        + field(length, "12 mots")
        + line("Le môle a souffert.")
        + line("Copyright 2014 Écho", "c0")
    )
    wrap = '<A NAME="DOC_ID_0_{}"></A><!-- Hide XML section from browser\n<DOC><DOCFULL> -->\n{}'
    body = '<DIV CLASS="c10"/>'.join(wrap.format(n, text) for n, text in enumerate((first, second)))
    return f"<HTML><HEAD><!-- LXNComment 2827:501 --></HEAD><BODY>{body}</BODY></HTML>"


def articles(data: str) -> list[Article]:
    results = lexisnexis.read(opened(data))
    return [to_article(record, "") for record in results if isinstance(record, Record)]


@pytest.mark.parametrize("language", LABELS)
def test_labels_in_the_language_of_the_interface(language: str) -> None:
    first, second = articles(export(language))
    assert (first.title, first.source) == ("La criée d’Audierne renaît", "Le Cap")
    assert (first.author, first.section) == ("Soizic Le Bris", "MER ET LITTORAL")
    assert str(first.published) == "2013-04-12"
    assert first.body.split("\n\n") == [
        "Deux ans de travaux.",
        "Les ventes doublent.",
        "NOTE : les mareyeurs respirent, dit la préfecture.",
    ]
    assert (second.title, second.source) == ("La digue a tenu", "L'Écho du large")
    assert (str(second.published), second.body) == ("2014-03-03", "Le môle a souffert.")


def test_english_bylines_and_sections() -> None:
    page = export("en").replace("Soizic Le Bris", "By Soizic Le Bris")
    page = page.replace("MER ET LITTORAL; Pg. 35", "Section 5; Part 2; Page 16, Column 2; La mer")
    assert (articles(page)[0].author, articles(page)[0].section) == ("Soizic Le Bris", "La mer")


def test_an_article_without_date_keeps_its_text() -> None:
    found = articles(export().replace("3 mars 2014", "", 1))[1]
    assert (found.title, found.published, found.body) == (
        "La digue a tenu",
        None,
        "Le môle a souffert.",
    )


@pytest.mark.parametrize("lost", ["", "</DIV>"])
def test_three_hundred_articles_that_nothing_closes(lost: str) -> None:
    first, second = export().replace(lost or "\0", "").split('<A NAME="DOC_ID_0_1">')
    found = articles(first + ('<A NAME="DOC_ID_0_1">' + second) * 300)
    assert len(found) == 301
    assert {article.body for article in found[1:]} == {"Le môle a souffert."}


@pytest.mark.parametrize("label", ["GRAPHIC", "CORRECTION"])
def test_all_paragraphs_of_a_field_belong_to_it(label: str) -> None:
    more = f'<DIV><P><SPAN CLASS="c8"> {label}:<BR></SPAN></P><P>Le môle date de 1872.</P></DIV>'
    found = articles(export().replace(line("Copyright 2014 Écho", "c0"), more))[1]
    kept = "\n\nLe môle date de 1872." if label == "CORRECTION" else ""
    assert found.body == "Le môle a souffert." + kept


def test_recognises() -> None:
    assert lexisnexis.recognises(opened(export()))
    for other in ('<html><a name="DOC_1"></a>', "<html><!-- LXNComment -->", "DOC", "<rss/>"):
        assert not lexisnexis.recognises(opened(other))


def test_an_export_without_articles() -> None:
    with pytest.raises(Unreadable, match="sans article"):
        list(lexisnexis.read(opened("<html><!-- LXNComment 1 --></html>")))


@given(st.data())
def test_damage(data: st.DataObject) -> None:
    assert articles_or_reasons(lexisnexis, data.draw(damaged(export().encode())))
