"""NewsML 1.2, NewsML-G2 and NITF: dispatches, their versions and their withdrawals."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article
from corpus.readers import newsml1, newsml_g2, nitf
from corpus.reading import Reading
from corpus.records import Fate, Record, SetAside, Unreadable, to_article
from tests.corpus.mutations import Readable, articles_or_reasons, damaged
from tests.corpus.opened import opened

NITF_BODY = """<body.content><block><p>Le <em>procès</em> s'est ouvert &agrave; Brest.</p>
<hl2>Une mer calme</hl2><p>Le verdict est attendu
jeudi.</p><media><media-caption><p>Le palais.</p></media-caption></media></block></body.content>"""


def item1(content: str, revision: str = "1", status: str = "Usable", number: str = "TX-1") -> str:
    return f"""<NewsItem xml:lang="fr"><Identification><NewsIdentifier>
<ProviderId>passerelle.example</ProviderId><DateId>20190121T104233Z</DateId>
<NewsItemId>{number}</NewsItemId><RevisionId PreviousRevision="0" Update="N">{revision}</RevisionId>
<PublicIdentifier>urn:newsml:passerelle.example:20190121T104233Z:{number}:{revision}
</PublicIdentifier></NewsIdentifier></Identification><NewsManagement>
<FirstCreated>20190121T104233+0000</FirstCreated><Status FormalName="{status}"/></NewsManagement>
<NewsComponent><NewsLines><DateLine>Brest, 21 jan 2019 -</DateLine>
<HeadLine>Naufrage du <b>Goéland</b> : un procès</HeadLine><ByLine>Yann Kerleau</ByLine></NewsLines>
<AdministrativeMetadata><Provider><Party FormalName="Passerelle"/></Provider>
</AdministrativeMetadata>{content}</NewsComponent></NewsItem>"""


def content1(body: str, media: str = "Text", role: str = "Main") -> str:
    return f"""<NewsComponent><Role FormalName="{role}"/><ContentItem>
<MediaType FormalName="{media}"/><DataContent>{body}</DataContent></ContentItem></NewsComponent>"""


def newsml1_file(*items: str) -> str:
    return f'<?xml version="1.0"?><NewsML Version="1.2"><!-- x -->{"".join(items)}</NewsML>'


MAIN = content1(f"<nitf><body>{NITF_BODY}</body></nitf>")
ONE = newsml1_file(item1(MAIN + content1("Le palais.", "Photo")))

XHTML = """<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Le phare</title></head><body>
<header><h1>Le phare rallumé</h1><ul><li>Mer</li></ul></header><section>
<p><span>Brest (Passerelle) - </span>Le phare guide à nouveau les pêcheurs.</p>
<p>La panne venait du sel.</p></section></body></html>"""


def item2(
    version: int = 1, status: str = "usable", guid: str = "urn:x:1", body: str = XHTML
) -> str:
    return f"""<newsItem guid="{guid}" version="{version}" standard="NewsML-G2" xml:lang="fr">
<itemMeta><itemClass qcode="ninat:text"/><provider qcode="nprov:PAS"><name>Passerelle</name>
</provider><versionCreated>2024-06-26T16:02:03+02:00</versionCreated>
<pubStatus qcode="stat:{status}"/></itemMeta><contentMeta><by>Soizic Le Bris</by>
<subject qcode="geo:1" type="cpnat:geoArea"><name>Bretagne</name></subject>
<subject qcode="medtop:1" type="cpnat:abstract"><name xml:lang="en">Sea</name>
<name xml:lang="fr">Mer</name></subject><headline>Le phare rallumé, v{version}</headline>
</contentMeta><contentSet>{f"<inlineXML>{body}</inlineXML>" if body else ""}</contentSet>
</newsItem>"""


def message(*items: str) -> str:
    return f"""<?xml version="1.0"?><newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/">
<header><sent>2024-06-26T16:02:13+02:00</sent></header><itemSet>{"".join(items)}</itemSet>
</newsMessage>"""


NITF = f"""<?xml version="1.0" encoding="iso-8859-1"?>
<!DOCTYPE nitf SYSTEM "nitf-3-2.dtd"><nitf><head><title>Autre titre</title><docdata>
<doc-id id-string="CAP-2019-44"/><date.issue norm="20190121T103600+0000"/></docdata>
<pubdata name="Le Cap" position.section="Justice" ex-ref="https://lecap.example/44"/></head>
<body><body.head><hedline><hl1>Naufrage du Goéland</hl1><hl2>Le patron à la barre</hl2></hedline>
<byline>Par <person>Yann Kerleau</person>, à Brest</byline><dateline>Brest</dateline>
<abstract><p>Un résumé.</p></abstract></body.head>{NITF_BODY}</body></nitf>"""


def read(reader: Readable, data: str | bytes) -> tuple[list[Article], list[SetAside]]:
    results = list(reader.read(opened(data)))
    articles = [to_article(result, "") for result in results if isinstance(result, Record)]
    return articles, [result for result in results if isinstance(result, SetAside)]


def test_newsml1() -> None:
    (found,), aside = read(newsml1, ONE)
    assert found.title == "Naufrage du Goéland : un procès"
    assert (found.source, found.author) == ("Passerelle", "Yann Kerleau")
    assert str(found.published) == "2019-01-21"
    assert found.id == "urn:newsml:passerelle.example:20190121T104233Z:TX-1"
    assert found.body.split("\n\n") == [
        "Le procès s'est ouvert à Brest.",
        "Une mer calme",
        "Le verdict est attendu jeudi.",
    ]
    assert not aside


def test_newsml1_text_in_parts() -> None:
    parts = content1("Titre", role="Title") + content1("Un chapeau.", role="Lead")
    (found,), _ = read(newsml1, newsml1_file(item1(parts + content1("Un.\nDeux.", role="Body"))))
    assert found.body == "Un chapeau.\n\nUn.\n\nDeux."


def test_newsml1_in_two_languages() -> None:
    lines = "<NewsLines><HeadLine>{}</HeadLine></NewsLines>"
    both = "".join(
        f'<NewsComponent Duid="{duid}">{lines.format(title)}{content1(title)}</NewsComponent>'
        for duid, title in (("d1", "Le phare"), ("d2", "De vuurtoren"))
    )
    found, _ = read(newsml1, newsml1_file(item1(both)))
    assert [article.title for article in found] == ["Le phare", "De vuurtoren"]
    assert [article.id.split(":", 4)[-1] for article in found] == ["TX-1#d1", "TX-1#d2"]


def test_newsml1_versions() -> None:
    first, second = item1(MAIN, "1"), item1(MAIN, "2")
    found, aside = read(newsml1, newsml1_file(second, first, item1(MAIN, "1", number="TX-2")))
    assert [article.id[-4:] for article in found] == ["TX-1", "TX-2"]
    assert [notice.fate for notice in aside] == [Fate.SKIPPED]
    assert "remplacée par la version 2" in aside[0].reason
    found, aside = read(newsml1, newsml1_file(first, item1(MAIN, "2", "Canceled")))
    assert not found and len(aside) == 2


def test_newsml1_identifier_that_is_the_same_for_all() -> None:
    same = ONE.replace("urn:newsml:passerelle.example:20190121T104233Z:TX-1:1", "urn:newsml:x")
    assert read(newsml1, same)[0][0].id == "TX-1"


def test_a_picture_is_no_article() -> None:
    for reader, data in (
        (newsml1, newsml1_file(item1(content1("Le palais.", "Photo")))),
        (newsml_g2, message(item2(body=""))),
    ):
        found, (notice,) = read(reader, data)
        assert not found and notice.fate is Fate.SKIPPED and "sans texte" in notice.reason


def test_g2() -> None:
    (found,), aside = read(newsml_g2, message(item2()))
    assert (found.title, found.id) == ("Le phare rallumé, v1", "urn:x:1")
    assert (found.source, found.section, found.author) == ("Passerelle", "Mer", "Soizic Le Bris")
    assert str(found.published) == "2024-06-26" and not aside
    assert found.body == (
        "Brest (Passerelle) - Le phare guide à nouveau les pêcheurs.\n\nLa panne venait du sel."
    )


def test_g2_alone_and_with_nitf() -> None:
    nitf_in_g2 = item2(
        body=f'<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><head><title>x'
        f"</title></head><body>{NITF_BODY}</body></nitf>"
    )
    alone = nitf_in_g2.replace("<newsItem", '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"')
    assert newsml_g2.recognises(opened(alone))
    (found,), _ = read(newsml_g2, alone)
    assert found.body.startswith("Le procès s'est ouvert à Brest.\n\nUne mer calme")


def test_g2_plain_text() -> None:
    text = message(item2(body="")).replace(
        "<contentSet>", "<contentSet><inlineData contenttype='text/plain'>Un.\n\nDeux.</inlineData>"
    )
    assert read(newsml_g2, text)[0][0].body == "Un.\n\nDeux."


@pytest.mark.parametrize("order", [(1, 3, 2), (3, 2, 1), (2, 10, 9)])
def test_g2_the_highest_version_stands(order: tuple[int, ...]) -> None:
    items = [item2(version) for version in order]
    found, aside = read(newsml_g2, message(*items, item2(guid="urn:x:2")))
    assert [article.title for article in found] == [
        f"Le phare rallumé, v{max(order)}",
        "Le phare rallumé, v1",
    ]
    assert len(aside) == 2 and all(notice.fate is Fate.SKIPPED for notice in aside)


@pytest.mark.parametrize("status", ["canceled", "withheld"])
def test_g2_withdrawals(status: str) -> None:
    found, aside = read(newsml_g2, message(item2(1), item2(2, status, body="")))
    assert not found and len(aside) == 2
    assert "par l'agence" in aside[1].reason
    found, _ = read(newsml_g2, message(item2(1, status), item2(2)))
    assert len(found) == 1


def test_a_break_keeps_what_came_before() -> None:
    whole = message(item2(), item2(guid="urn:x:2"))
    results = newsml_g2.read(opened(whole[:-200]))
    assert isinstance(next(results), Record)
    with pytest.raises(Unreadable, match="mal formé"):
        next(results)


@pytest.mark.parametrize("encoding", ["latin-1", "utf-8"])
def test_nitf(encoding: str) -> None:
    (found,), _ = read(nitf, NITF.encode(encoding))
    assert (found.title, found.source) == ("Naufrage du Goéland", "Le Cap")
    assert (found.section, found.author) == ("Justice", "Yann Kerleau")
    assert (found.id, found.url) == ("CAP-2019-44", "https://lecap.example/44")
    assert str(found.published) == "2019-01-21"
    assert found.body.split("\n\n") == [
        "Le patron à la barre",
        "Le procès s'est ouvert à Brest.",
        "Une mer calme",
        "Le verdict est attendu jeudi.",
    ]


def test_nitf_with_an_abstract_alone() -> None:
    (found,), _ = read(nitf, NITF.replace(NITF_BODY, ""))
    assert found.body == "Le patron à la barre\n\nUn résumé."


def test_recognises() -> None:
    goldens: tuple[tuple[Readable, str], ...] = (
        (newsml1, ONE),
        (newsml_g2, message(item2())),
        (nitf, NITF),
    )
    for reader, _ in goldens:
        for other, data in goldens:
            assert reader.recognises(opened(data)) is (reader is other)
        assert not reader.recognises(opened("<newsItem/>"))


def test_files_without_dispatches() -> None:
    for reader, data in ((newsml1, newsml1_file()), (newsml_g2, message()), (nitf, "<a/>")):
        with pytest.raises(Unreadable, match=r"aucune dépêche|sans article"):
            read(reader, data)


@given(st.data(), st.sampled_from([0, 1, 2]))
def test_damage(data: st.DataObject, which: int) -> None:
    reader, golden = (
        (newsml1, ONE),
        (newsml_g2, message(item2(1), item2(2, body=NITF_BODY))),
        (nitf, NITF),
    )[which]
    assert articles_or_reasons(reader, data.draw(damaged(golden.encode())))


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 1, 2), (2, 3, 1)])
def test_the_last_version_stands_across_files(tmp_path: Path, order: tuple[int, ...]) -> None:
    for place, version in enumerate(order):
        (tmp_path / f"{place}.xml").write_text(message(item2(version=version)))
    items = list(Reading([tmp_path]))
    articles = [item for item in items if isinstance(item, Article)]
    assert len({one.id for one in articles}) == 1  # each replaces the one before in an index
    titles = [one.title for one in articles]
    assert titles[-1].endswith("v3") and titles == sorted(titles)
    older = [str(item) for item in items if "version antérieure d'une" in str(item)]
    assert len(older) + len(articles) == 3
