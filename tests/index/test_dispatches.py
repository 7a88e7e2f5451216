"""Of a dispatch one version stands, in whatever order and run its files come."""

from contextlib import closing
from itertools import permutations
from pathlib import Path

import pytest

from corpus.ledger import Ledger
from corpus.reading import Reading
from index.opening import open_engine
from index.reindexing import remake
from tests.corpus.test_reader_newsml import content1, item1, newsml1_file
from tests.index.test_reindexing import run, titles


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"whoosh://{tmp_path / 'index'}"


def dispatch(version: int, status: str = "usable", guid: str = "urn:x:1") -> str:
    """Return a NewsML-G2 message with one version of a dispatch."""
    text = f"<p>Le pont de Lanvéoc est fermé depuis {version} jours.</p>"
    content = f"<contentSet><inlineXML><html><body>{text}</body></html></inlineXML></contentSet>"
    return f"""<?xml version="1.0"?><newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>
<newsItem guid="{guid}" version="{version}" xml:lang="fr"><itemMeta><pubStatus
qcode="stat:{status}"/></itemMeta><contentMeta><headline>Le pont fermé, v{version}</headline>
</contentMeta>{content if status == "usable" else ""}</newsItem></itemSet></newsMessage>"""


@pytest.mark.parametrize("order", list(permutations("1234")))
def test_the_last_version_stands_in_whatever_order_files_come(tmp_path, url, order):
    """One run over all files, or a run for each: version 4 takes back what 1 to 3 said."""
    versions = {"1": dispatch(1), "2": dispatch(2), "3": dispatch(3), "4": dispatch(4, "canceled")}
    at_once, one_by_one = tmp_path / "ensemble", tmp_path / "tour à tour"
    other = dispatch(1, guid="urn:x:2")
    for folder in (at_once, one_by_one):
        folder.mkdir()
        (folder / "z.xml").write_text(other.replace("v1", "autre"))
    run(url, one_by_one)
    for place, version in enumerate(order):
        (at_once / f"{place}.xml").write_text(versions[version])
        (one_by_one / f"{place}.xml").write_text(versions[version])
        run(url, one_by_one)
        seen = order[: place + 1]
        told = [] if "4" in seen else [f"Le pont fermé, v{max(seen)}"]
        assert titles(url) == ["Le pont fermé, autre", *told]
    for name, every in (("un", 60.0), ("plusieurs", 0.0)):
        fresh = f"whoosh://{tmp_path / name}"
        run(fresh, at_once, every=every)
        assert titles(fresh) == ["Le pont fermé, autre"]
        with closing(open_engine(fresh)) as engine:
            remake(engine, Reading([at_once], ledger=Ledger()), lambda item: None, lambda: None)
        assert titles(fresh) == ["Le pont fermé, autre"]


def test_an_earlier_version_comes_back_when_the_later_one_goes(tmp_path, url):
    folder = tmp_path / "dépêches"
    folder.mkdir()
    for name, text in (
        ("a", dispatch(2)),
        ("b", dispatch(1)),
        ("c", dispatch(3, "canceled")),
        ("d", dispatch(9, guid="urn:x:2").replace("v9", "autre")),
    ):
        (folder / f"{name}.xml").write_text(text)
    for gone, left in (("", []), ("c", ["v2"]), ("a", ["v1"]), ("b", [])):
        (folder / f"{gone}.xml").unlink(missing_ok=True)
        run(url, folder, prune=True)
        assert titles(url) == ["Le pont fermé, autre", *(f"Le pont fermé, {one}" for one in left)]
    (folder / "e.xml").write_text(dispatch(5))
    run(url, folder)
    (folder / "e.xml").write_text(dispatch(6, "canceled"))
    run(url, folder)
    assert titles(url) == ["Le pont fermé, autre"]


def test_all_languages_of_a_dispatch_are_replaced_and_taken_back(tmp_path, url):
    lines = "<NewsLines><HeadLine>{}</HeadLine></NewsLines>"
    french, dutch = (
        f'<NewsComponent Duid="{duid}">{lines.format(title)}{content1(title)}</NewsComponent>'
        for duid, title in (("d1", "Le phare"), ("d2", "De vuurtoren"))
    )
    (tmp_path / "2.xml").write_text(newsml1_file(item1(french + dutch)))
    run(url, tmp_path)
    assert titles(url) == ["De vuurtoren", "Le phare"]
    (tmp_path / "1.xml").write_text(newsml1_file(item1(french, "2")))
    run(url, tmp_path)
    assert titles(url) == ["Le phare"]
    (tmp_path / "3.xml").write_text(newsml1_file(item1("", "3", "Canceled")))
    run(url, tmp_path)
    assert titles(url) == []


def test_what_a_version_replaces_is_told(tmp_path):
    for version in (1, 2):
        (tmp_path / f"{version}.xml").write_text(dispatch(version))
    (tmp_path / "3.xml").write_text(dispatch(3, "canceled"))
    (tmp_path / "4.xml").write_text(dispatch(1))
    reading = Reading([tmp_path])
    list(reading)
    assert [item.reason for item in reading.ledger.report()] == [
        "remplace une version antérieure de la dépêche, déjà lue (urn:x:1)",
        "dépêche annulée par l'agence (urn:x:1)",
        "version antérieure d'une dépêche déjà lue ou retirée (urn:x:1)",
    ]
