"""RSS and Atom feeds, also broken ones, and those that give but summaries."""

import socket
from contextlib import suppress
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import Article
from corpus.readers import feeds
from corpus.records import Fate, Record, SetAside, Unreadable, to_article
from tests.corpus.mutations import articles_or_reasons, damaged
from tests.corpus.opened import opened

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Le Cap</title>
<link>https://lecap.example</link>
<item><title>Le phare &amp; la panne</title><link>https://lecap.example/phare</link>
<guid isPermaLink="false">cap-2020-17</guid><dc:creator>Yann Kerleau</dc:creator>
<category>Mer</category><category>Bretagne</category>
<pubDate>Fri, 03 Jul 2020 10:00:00 +0200</pubDate>
<description>Un r&eacute;sum&eacute;.</description>
<content:encoded><![CDATA[<p>Le phare guide &agrave; nouveau les <b>pêcheurs</b>.</p>
<p>La panne venait du sel.</p><script>alert(1)</script>]]></content:encoded></item>
<item><title>La digue a tenu</title><link>https://lecap.example/digue</link>
<pubDate>Sat, 04 Jul 2020 10:00:00 +0200</pubDate>
<description>&lt;p&gt;Le môle a souffert.&lt;/p&gt;&lt;p&gt;Il sera réparé.&lt;/p&gt;</description>
</item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Le Cap</title>
<entry><id>tag:lecap.example,2020:17</id>
<title type="html">Le &lt;i&gt;Goéland&lt;/i&gt; coule</title>
<link href="https://lecap.example/goeland"/><updated>2020-07-03T10:00:00Z</updated>
<author><name>Anne Morvan</name></author><author><name>Yann Kerleau</name></author>
<category term="Mer"/><source><title>L'Écho du large</title></source>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Un.</p><p>Deux.</p></div></content>
</entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Le Cap</title></channel><item><title>La criée renaît</title>
<link>https://lecap.example/criee</link><dc:date>2020-07-05</dc:date>
<description>Les ventes doublent.</description></item></rdf:RDF>"""


def read(data: str | bytes) -> tuple[list[Article], list[SetAside]]:
    results = list(feeds.read(opened(data)))
    articles = [to_article(result, "") for result in results if isinstance(result, Record)]
    return articles, [result for result in results if isinstance(result, SetAside)]


def test_an_address_without_a_host_is_of_the_site_of_the_feed() -> None:
    found, _ = read(RSS.replace(">https://lecap.example/phare<", ">/phare?a=1<"))
    assert found[0].url == "https://lecap.example/phare?a=1"
    assert found[1].url == "https://lecap.example/digue"


def test_rss() -> None:
    (first, second), (notice,) = read(RSS)
    assert (first.title, first.source) == ("Le phare & la panne", "Le Cap")
    assert (first.author, first.section) == ("Yann Kerleau", "Mer")
    assert (first.id, first.url) == ("cap-2020-17", "https://lecap.example/phare")
    assert str(first.published) == "2020-07-03"
    assert first.body == "Le phare guide à nouveau les pêcheurs.\n\nLa panne venait du sel."
    assert second.body == "Le môle a souffert.\n\nIl sera réparé."
    assert (first.excerpt, second.excerpt) == (False, True)
    assert notice.fate is Fate.KEPT and "extraits (1 sur 2)" in notice.reason


def test_atom() -> None:
    (found,), aside = read(ATOM)
    assert (found.title, found.source) == ("Le Goéland coule", "L'Écho du large")
    assert found.author == "Anne Morvan, Yann Kerleau"
    assert (found.id, found.url) == ("tag:lecap.example,2020:17", "https://lecap.example/goeland")
    assert (str(found.published), found.section) == ("2020-07-03", "Mer")
    assert found.body == "Un.\n\nDeux." and not aside


def test_rss_1() -> None:
    (found,), _ = read(RDF)
    assert (found.title, str(found.published)) == ("La criée renaît", "2020-07-05")
    assert found.body == "Les ventes doublent."


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_encodings_declared_wrongly(encoding: str) -> None:
    (first, _), _ = read(RSS.replace("’", "'").encode(encoding))
    assert first.body.startswith("Le phare guide à nouveau les pêcheurs.")


@pytest.mark.parametrize(
    "broken",
    [
        RSS.replace("</channel></rss>", ""),
        RSS.replace("Le phare &amp; la panne", "Le phare & la panne"),
        RSS.replace("<category>Mer</category>", "<category>Mer</categorie>"),
    ],
)
def test_feeds_that_are_not_well_formed(broken: str) -> None:
    found, aside = read(broken)
    assert [article.title for article in found] == ["Le phare & la panne", "La digue a tenu"]
    assert "La panne venait du sel." in found[0].body
    assert any("mal formé" in notice.reason for notice in aside)


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the network is touched")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    named = RSS.replace("<rss", '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/rss.dtd"><rss')
    assert len(read(named)[0]) == 2
    for data in ("http://127.0.0.1:9/rss", "/etc/hostname"):
        with pytest.raises(Unreadable, match="sans article"):
            read(data)


def test_entities_are_refused() -> None:
    bomb = RSS.replace("<rss", '<!DOCTYPE rss [<!ENTITY a "rire"><!ENTITY b "&a;&a;">]><rss')
    with pytest.raises(Unreadable, match="entités"):
        read(bomb)


@pytest.mark.parametrize("broken", ["&#1114112 ", "<a b:xmlns='1' c d='", "<x x:y:z='1'/>"])
def test_what_feedparser_stumbles_over(broken: str) -> None:
    assert articles_or_reasons(feeds, RSS.replace("Un r", broken).encode())
    assert articles_or_reasons(feeds, RSS.replace("<channel>", broken).encode())


def test_recognises() -> None:
    for feed in (RSS, ATOM, RDF):
        assert feeds.recognises(opened(feed))
    for other in ("<feed/>", "<html><rss></html>", "rss", "<RDF/>", "<rssa>"):
        assert not feeds.recognises(opened(other))


def test_the_time_is_linear() -> None:
    """Broken feeds are read by regular expressions; twice the length may cost twice the time."""

    def once(text: str) -> float:
        start = process_time()
        with suppress(Unreadable):
            read(text)
        return process_time() - start

    def cost(piece: str, times: int) -> float:
        text = f"<rss><channel><item><title>a</title><description>{piece * times}"
        return min(once(text) for _ in range(3))  # the others met whatever else ran

    for piece in ("<b", "&", "<![CDATA[", "<!--", "]]>", "<p a='", "&lt;p ", "<item>"):
        cost(piece, 100)
        assert cost(piece, 4_000) < 12 * max(cost(piece, 1_000), 0.02), piece


@settings(max_examples=60)
@given(st.data(), st.sampled_from([RSS, ATOM, RDF]))
def test_damage(data: st.DataObject, golden: str) -> None:
    assert articles_or_reasons(feeds, data.draw(damaged(golden.encode())))
