"""The formats of the press on the way from files to articles: each finds its own reader."""

from pathlib import Path

import pytest

from corpus.article import Article
from corpus.readers import (
    europresse,
    factiva_html,
    factiva_rtf,
    factiva_xml,
    feeds,
    lexisnexis,
    newsml1,
    newsml_g2,
    nexis_docx,
    nitf,
    wire_text,
)
from corpus.readers.registry import READERS, reader_of
from corpus.reading import Reading, SetAside
from tests.corpus import (
    test_reader_europresse,
    test_reader_factiva,
    test_reader_feeds,
    test_reader_lexisnexis,
    test_reader_newsml,
    test_reader_nexis_docx,
    test_reader_rtf,
    test_reader_wire,
)
from tests.corpus.mutations import Readable
from tests.corpus.opened import opened

GOLDENS: tuple[tuple[Readable, str | bytes, int], ...] = (
    (europresse, test_reader_europresse.NEW, 2),
    (europresse, test_reader_europresse.OLD, 1),
    (factiva_html, test_reader_factiva.HTML, 2),
    (factiva_xml, test_reader_factiva.XML, 2),
    (lexisnexis, test_reader_lexisnexis.export(), 2),
    (newsml1, test_reader_newsml.ONE, 1),
    (newsml_g2, test_reader_newsml.message(test_reader_newsml.item2()), 1),
    (nitf, test_reader_newsml.NITF, 1),
    (feeds, test_reader_feeds.RSS, 2),
    (feeds, test_reader_feeds.ATOM, 1),
    (feeds, test_reader_feeds.RDF, 1),
    (nexis_docx, test_reader_nexis_docx.GOLDEN, 2),
    (factiva_rtf, test_reader_rtf.INDEXED, 1),
    (factiva_rtf, test_reader_rtf.BARE, 2),
    (wire_text, test_reader_wire.IPTC, 2),
    (wire_text, test_reader_wire.ANPA, 1),
)


@pytest.mark.parametrize(("reader", "golden", "count"), GOLDENS)
def test_one_reader_and_whatever_the_name(
    reader: Readable, golden: str | bytes, count: int
) -> None:
    for name in ("export", "export.txt", "page.html", "liste.xml"):
        assert reader_of(opened(golden, name)) is reader
    recognising = [other for other in READERS if other.recognises(opened(golden))]
    assert recognising[0] is reader


@pytest.mark.parametrize(
    ("reader", "golden", "count"), [golden for golden in GOLDENS if golden[0] is not nexis_docx]
)
def test_from_files_to_articles(
    tmp_path: Path, reader: Readable, golden: str | bytes, count: int
) -> None:
    data = golden.encode() if isinstance(golden, str) else golden
    (tmp_path / "a.xml").write_bytes(data)
    (tmp_path / "b.html").write_bytes(data)
    items = list(Reading([tmp_path]))
    articles = [item for item in items if isinstance(item, Article)]
    assert len(articles) == count and all(article.title and article.body for article in articles)
    twice = [item for item in items if isinstance(item, SetAside) and "a déjà été lu" in str(item)]
    assert len(twice) == count
