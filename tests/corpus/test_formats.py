"""`kiosque formats` tells the truth: what each format is said to give, its files give."""

import sys

import pytest
from click.testing import CliRunner

from corpus.commands import formats
from corpus.readers import (
    europresse,
    factiva_html,
    factiva_rtf,
    factiva_xml,
    feeds,
    json_records,
    lexisnexis,
    newsml1,
    newsml_g2,
    nitf,
    plain_text,
    tables,
    web_page,
)
from corpus.readers.format import LABELS, Format
from corpus.readers.registry import READERS, Reader
from corpus.records import Record, Unreadable, to_article
from tests.corpus.opened import opened
from tests.corpus.test_press_formats import GOLDENS

# Of the formats whose other samples state little: all that one article can state.
RICH: tuple[tuple[Reader, str], ...] = (
    (
        europresse,
        """<html><body><article><header><span class="DocPublicationName">Le Fanal, no. 43018</span>
        <span class="DocHeader">Régions, samedi 18 mars 2023, 312 mots, p. 93_T_17, Édition de Lyon
        </span></header><div class="titreArticle"><p class="titreArticleVisu">La halle</p></div>
        <div class="docAuthors">Inès Daumal</div><section><div class="docOcurrContainer"><p>Elle a
        rouvert.</p></div></section><footer><small>© 2023 Le Fanal.</small>
        <p>news·20230318·FA·1</p></footer></article></body></html>""",
    ),
    (
        factiva_html,
        "<title>Factiva</title><div class='article frArticle'><table>"
        + "".join(
            f"<tr><td><b>{code}</b></td><td>{value}</td></tr>"
            for code, value in {
                **{"SE": "Régions", "HD": "La halle", "BY": "Inès Daumal", "WC": "312 mots"},
                **{"PD": "18 mars 2023", "ET": "18:42", "SN": "Le Fanal", "ED": "Lyon"},
                **{
                    "PG": "17",
                    "LA": "Français",
                    "CY": "© Le Fanal",
                    "CR": "AFP",
                    "TD": "Rouverte.",
                },
                "AN": "Document FANAL0020230318e7ct0001r",
            }.items()
        )
        + "</table></div>",
    ),
    (
        factiva_xml,
        """<PPSResponse><ppsArticleResponse><article><accessionNo>FANAL1</accessionNo>
        <baseLanguage>FR</baseLanguage><byline>Inès Daumal</byline><copyright>© Le Fanal</copyright>
        <credit>AFP</credit><edition>Lyon</edition><headline>La halle</headline><leadParagraph>
        <paragraph>Rouverte.</paragraph></leadParagraph><pages>17</pages><publicationDate>
        <dateTime>2023-03-18T18:42:00Z</dateTime></publicationDate><sectionName>Régions</sectionName>
        <sourceName>Le Fanal</sourceName><wordCount>312</wordCount></article></ppsArticleResponse>
        </PPSResponse>""",
    ),
    (
        factiva_rtf,
        "{\\rtf1 "
        + "".join(
            f"{code}\\cell {value}\\cell\\row "
            for code, value in {
                **{"SE": "Regions", "HD": "La halle", "BY": "Jean", "WC": "312 mots", "CR": "AFP"},
                **{"PD": "18 mars 2023", "SN": "Le Fanal", "ED": "Lyon", "PG": "17"},
                **{"LA": "French", "CY": "(c) Le Fanal", "TD": "Rouverte."},
                "AN": "Document FANAL0020230318e7ct0001r",
            }.items()
        )
        + "}",
    ),
    (
        lexisnexis,
        """<html><a name="DOC_ID_0_0"></a><DOCFULL><div><p>1 of 1 DOCUMENTS</p></div><div>
        <p>Le Fanal</p></div><div><p>18 mars 2023 samedi, Édition de Lyon</p></div>
        <div><p>La halle</p></div><div><p><span>AUTEUR: </span><span>Inès Daumal</span></p></div>
        <div><p><span>RUBRIQUE: </span><span>REGIONS; Pg. 17</span></p></div>
        <div><p><span>LONGUEUR: </span><span>312 mots</span></p></div><div><p>Elle a rouvert.</p>
        </div><div><p><span>LANGUE: </span><span>FRENCH</span></p></div>
        <div><p>Copyright 2023 Le Fanal</p></div></html>""",
    ),
    (
        newsml1,
        """<NewsML><NewsItem xml:lang="fr"><Identification><NewsIdentifier>
        <NewsItemId>N1</NewsItemId><RevisionId>1</RevisionId></NewsIdentifier></Identification><NewsManagement><FirstCreated>
        20230318T184200+0100</FirstCreated></NewsManagement><NewsComponent><NewsLines><HeadLine>La
        halle</HeadLine><ByLine>Inès Daumal</ByLine><DateLine>Lyon, 18 mars 2023 (AFP) -</DateLine>
        <CreditLine>AFP</CreditLine><CopyrightLine>© AFP</CopyrightLine><SlugLine>France-halle
        </SlugLine></NewsLines><AdministrativeMetadata><Provider><Party FormalName="AFP"/>
        </Provider></AdministrativeMetadata><ContentItem><Characteristics>
        <Property FormalName="Words"
        Value="312"/></Characteristics><DataContent><nitf><head><tobject><tobject.subject
        tobject.subject.type="Economie"/></tobject></head><body><body.content><p>Elle a rouvert.</p>
        </body.content></body></nitf></DataContent></ContentItem></NewsComponent></NewsItem></NewsML>""",
    ),
    (
        newsml_g2,
        """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="g1" version="1"
        xml:lang="fr">
        <rightsInfo><copyrightNotice>© AFP</copyrightNotice></rightsInfo><itemMeta><provider
        literal="AFP"/><versionCreated>2023-03-18T18:42:00+01:00</versionCreated></itemMeta>
        <contentMeta><headline>La halle</headline><by>Inès Daumal</by><creditline>AFP</creditline>
        <dateline>Lyon</dateline><slugline>France-halle</slugline><edition>Matin</edition>
        <page>17</page><language tag="fr"/><subject type="cpnat:abstract"><name>Economie</name>
        </subject></contentMeta><contentSet><inlineXML wordcount="312"><html
        xmlns="http://www.w3.org/1999/xhtml"><body><p>Elle a rouvert.</p></body></html></inlineXML>
        </contentSet></newsItem>""",
    ),
    (
        nitf,
        """<nitf xml:lang="fr"><head><title>La halle</title><docdata><doc-id id-string="n1"/>
        <doc.copyright year="2023" holder="Le Fanal"/><du-key key="halle"/></docdata><pubdata
        name="Le Fanal" date.publication="20230318T184200" position.section="Régions"
        position.sequence="17" edition.name="Lyon" item-length="312" unit-of-measure="word"
        ex-ref="https://lefanal.example/1"/></head><body><body.head><hedline><hl1>La halle</hl1>
        </hedline><byline>Inès Daumal</byline><distributor>AFP</distributor><dateline><location>Lyon
        </location></dateline></body.head><body.content><p>Elle a rouvert.</p></body.content></body>
        </nitf>""",
    ),
    (
        feeds,
        """<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Le Fanal
        </title><language>fr</language><copyright>© Le Fanal</copyright><item>
        <title>La halle</title>
        <link>https://lefanal.example/1</link><guid>1</guid><dc:creator>Inès Daumal</dc:creator>
        <category>Régions</category><pubDate>Sat, 18 Mar 2023 18:42:00 +0100</pubDate>
        <description>Elle a rouvert.</description></item></channel></rss>""",
    ),
    (
        web_page,
        """<html lang="fr"><head><link rel="canonical" href="https://lefanal.example/1"><script
        type="application/ld+json">{"@type": "NewsArticle", "headline": "La halle", "datePublished":
        "2023-03-18T18:42:00+01:00", "author": {"name": "Inès Daumal"}, "publisher": {"name":
        "Le Fanal"}, "articleSection": "Régions", "printEdition": "Lyon", "pagination": "17",
        "creditText": "AFP", "dateline": "Lyon", "wordCount": 312, "copyrightNotice": "© Le Fanal"}
        </script></head><body><h1>La halle</h1><p>Elle a rouvert.</p></body></html>""",
    ),
    (
        json_records,
        """[{"titre": "La halle", "texte": "Elle a rouvert.", "date": "2023-03-18T18:42", "source":
        "Le Fanal", "rubrique": "Régions", "auteur": "Inès Daumal", "url": "https://lefanal.example",
        "id": 1, "edition": "Lyon", "page": 17, "agence": "AFP", "dateline": "Lyon", "slugline":
        "halle", "nombre_de_mots": 312, "droits": "© Le Fanal", "langue": "fr"}]""",
    ),
    (
        tables,
        "titre;texte;date;source;rubrique;auteur;url;id;edition;page;agence;dateline;slugline;"
        "nombre de mots;droits;langue\nLa halle;Rouverte;2023-03-18 18:42;Le Fanal;Régions;Inès "
        "Daumal;https://lefanal.example;1;Lyon;17;AFP;Lyon;halle;312;© Le Fanal;fr\n",
    ),
    (plain_text, "La halle\n\nPublié le 18 mars 2023\nPar Inès Daumal\n\nElle a rouvert."),
)


def stated(reader: Reader, data: str | bytes) -> set[str]:
    records = [one for one in reader.read(opened(data)) if isinstance(one, Record)]
    return {name for name in LABELS for record in records if getattr(record, name)}


def test_every_reader_is_listed_with_all_that_is_known_of_it() -> None:
    output = CliRunner().invoke(formats).output
    for reader in READERS:
        one = reader.FORMAT
        assert one.name in output and one.told_by in output
        assert set(one.gives) <= set(LABELS) and len(one.labels) == len(one.gives)
    assert set(LABELS) <= set(Record.__dataclass_fields__)
    assert "kiosque[warc]" in output and "gzip" in output


@pytest.mark.parametrize(("reader", "golden", "count"), GOLDENS)
def test_a_format_gives_no_more_than_it_says(
    reader: Reader, golden: str | bytes, count: int
) -> None:
    assert stated(reader, golden) <= {"title", "body", *reader.FORMAT.gives}


def test_a_format_gives_all_that_it_says() -> None:
    missing = {}
    for reader in READERS:
        samples: list[str | bytes] = [golden for one, golden, _ in GOLDENS if one is reader]
        samples += [sample for one, sample in RICH if one is reader]
        given = set().union(*(stated(reader, sample) for sample in samples))
        if lacking := set(reader.FORMAT.gives) - given:
            missing[reader.FORMAT.name] = lacking
    assert not missing


@pytest.mark.parametrize(("reader", "sample"), RICH)
def test_metadata_of_every_format_mean_the_same(reader: Reader, sample: str) -> None:
    (record,) = (one for one in reader.read(opened(sample)) if isinstance(one, Record))
    article = to_article(record, "x")
    expected = {"page": ("17", "93_T_17"), "word_count": (312,), "agency": ("AFP",)}
    expected |= {"language": ("fr",), "dateline": ("Lyon",)}
    for name in set(expected) & set(reader.FORMAT.gives):
        assert getattr(article, name) in expected[name], name
    assert article.title == "La halle" and "ouver" in article.body
    assert article.published and str(article.published) == "2023-03-18"


def test_a_missing_extra_is_told_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    needy = Format("Essai", "rien", package="paquet_absent", extra="essai")
    assert not needy.is_ready and needy.command == "pip install 'kiosque[essai]'"
    with pytest.raises(Unreadable, match="kiosque"):
        needy.require()
    Format("Essai", "rien").require()
    monkeypatch.setitem(sys.modules, "warcio", None)
    assert "(à installer)" in CliRunner().invoke(formats).output
