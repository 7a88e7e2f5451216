"""From files to articles: order, duplicates, clashes, notices, progress, and bad input."""

import gzip
import json
import os
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import files
from corpus.article import Article
from corpus.readers import registry
from corpus.readers.format import Format
from corpus.reading import Fate, Reading, SetAside
from corpus.records import Record, Unreadable
from tests.corpus.opened import opened

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"
TEXT = "Un pont neuf\n\nLa mairie inaugure le pont, et la foule suit."


def line(**fields: object) -> str:
    return json.dumps(fields) + "\n"


def read(*paths: Path, **mapping: str) -> tuple[list[Article], list[SetAside]]:
    items = list(Reading(paths, mapping))
    articles = [item for item in items if isinstance(item, Article)]
    return articles, [item for item in items if isinstance(item, SetAside)]


def test_the_samples_are_read_whole() -> None:
    articles, aside = read(SAMPLES)
    assert len(articles) == 80 and len({article.id for article in articles}) == 80
    assert [item.fate for item in aside] == [Fate.SKIPPED, Fate.SKIPPED]  # README, the copy
    assert all(article.title and len(article.body) > 1000 for article in articles)
    assert all("\n" not in article.title and "\n\n\n" not in article.body for article in articles)
    undated = [article for article in articles if article.published is None]
    assert len(undated) == 10  # dispatches without a dateline, and one row of the table
    for article in articles:
        if not article.file.endswith(".txt"):
            assert article.source and article.url and (article.published or "csv" in article.file)
        assert not any(debris in article.body for debris in ("<p>", "&nbsp;", "Ã©", "\u00ad"))


def test_the_samples_of_dispatches() -> None:
    by_name = {Path(a.file).stem: a for a in read(SAMPLES / "depeches")[0]}
    assert by_name["egypte-moubarak"].body.startswith("Hosni Moubarak a renoncé")
    assert by_name["egypte-moubarak"].body.count("\n\n") < 8  # its lines are joined
    assert by_name["espace-spacex"].body.startswith("SpaceX")
    assert by_name["france-stopcovid"].body.startswith("StopCovid")
    assert by_name["medias-bfmtv"].body.startswith("BFMTV")
    assert by_name["sante-astrazeneca"].body.startswith("AstraZeneca")
    assert "œ" in by_name["tunisie-ben-ali"].body
    assert by_name["france-castex"].source == "Agence Passerelle"
    assert str(by_name["coree-du-nord-kim-jong-il"].published) == "2011-12-19"


def test_the_same_twice(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.txt").write_text(TEXT.replace(" ", "  ") + "\n\n")
    (article,), (aside,) = read(tmp_path)
    assert article.file.endswith("a.txt") and aside.file.endswith("b.txt")
    assert aside.fate is Fate.SKIPPED and article.id in aside.reason


def test_one_id_for_two_articles(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(
        line(id=1, title="A", text="x")
        + line(id="1", title="B", text="y")
        + line(id=1, title="A", text="x ", section="autre")
        + line(id=1, title="B", text="y")
    )
    articles, aside = read(path)
    assert [(article.id.split("-")[0], article.title) for article in articles] == [
        ("1", "A"),
        ("1", "B"),
    ]
    assert articles[0].id == "1" and len(articles[1].id) == 2 + 8
    assert [(item.fate, item.position) for item in aside] == [
        (Fate.KEPT, "ligne 2"),
        (Fate.SKIPPED, "ligne 3"),
        (Fate.SKIPPED, "ligne 4"),
    ]
    assert articles[1].id in aside[0].reason
    assert read(path)[0] == articles  # and so on every run


@pytest.mark.parametrize("date", ["9999-12-31", "1515-09-13", "31/02/2019", "avant-hier"])
def test_a_refused_date_is_told_and_the_article_kept(tmp_path: Path, date: str) -> None:
    (tmp_path / "x.json").write_text(line(title="A", text="x", date=date))
    (article,), (aside,) = read(tmp_path)
    assert article.published is None
    assert aside.fate is Fate.KEPT and date in aside.reason


def test_mapping(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("intitule;corps\nUn pont;Le corps\n")
    (article,), _ = read(tmp_path, title="intitule")
    assert article.title == "Un pont"
    with pytest.raises(ValueError, match="champ inconnu"):
        Reading([tmp_path], {"titel": "x"})


BAD = {
    "vide.txt": b"",
    "blanc.txt": b" \n\n \t",
    "photo.txt": b"\x89PNG\r\n\x1a\n" + bytes(200),
    "photo.jpg": b"rien",
    "style.css": b"p { color: red }",
    "hasard.txt": bytes(range(256)) * 30,
    "doc.pdf": b"%PDF-1.4\n%",
    "page.html": b"<html><body><p>404</p></body></html>",
    "page.mht": b"From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related",
    "inconnu.xml": b"<?xml version='1.0'?><racine><a>b</a></racine>",
    "casse.json": b'{"title": "A" "text": "x"}',
    "rien.json": b'{"mots": 12}',
    "profond.json": b"[" * 50_000,
    "colonnes.csv": b"a;b\n1;2\n",
    "coupe.txt.gz": gzip.compress(os.urandom(5000))[:3000],
    "README.md": b"# Le dossier\n\nCe que contient ce dossier.",
}


def test_bad_files_are_told_and_the_rest_is_read(tmp_path: Path) -> None:
    for name, data in BAD.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "zut.txt").write_text(TEXT)
    articles, aside = read(tmp_path)
    assert [article.title for article in articles] == ["Un pont neuf"]
    told = {Path(item.file).name: item for item in aside}
    assert set(told) == set(BAD)
    skipped = {name for name, item in told.items() if item.fate is Fate.SKIPPED}
    assert skipped == {"photo.txt", "photo.jpg", "style.css", "README.md"}
    assert all(item.reason and "Error" not in item.reason for item in aside)


def test_a_fault_of_ours_costs_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Faulty:
        FORMAT = Format("Essai", "son nom")

        def recognises(self, file: files.OpenFile) -> bool:
            return file.name.endswith("a.txt")

        def read(self, file: files.OpenFile) -> Iterator[Record | SetAside]:
            yield Record(title="Avant", body="la faute.")
            raise KeyError("faute")

    monkeypatch.setattr(registry, "READERS", (Faulty(), *registry.READERS))
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.txt").write_text(TEXT)
    articles, (aside,) = read(tmp_path)
    assert [article.title for article in articles] == ["Avant", "Un pont neuf"]
    assert "lecture impossible (KeyError)" in aside.reason


def test_a_file_that_goes_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.txt").write_text(TEXT + " Et puis danse.")
    found = list(files.find_files([tmp_path]))
    (tmp_path / "b.txt").unlink()
    monkeypatch.setattr("corpus.reading.find_files", lambda paths: found)
    article, aside = Reading([tmp_path])
    assert isinstance(article, Article)
    assert isinstance(aside, SetAside) and "introuvable" in aside.reason


def test_progress(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(f"Titre {name}\n\n{TEXT}")
    (tmp_path / "d.jsonl.gz").write_bytes(
        gzip.compress("".join(line(id=n, title=f"T{n}") for n in range(5000)).encode())
    )
    reading = Reading([tmp_path])
    assert reading.read_bytes == 0
    seen = [reading.read_bytes for _ in reading]
    assert seen == sorted(seen) and seen[0] <= reading.total_bytes
    assert reading.read_bytes == reading.total_bytes
    assert len(list(reading)) == len(seen)  # it can be read again


def test_memory_does_not_grow_with_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpus.reading._BATCH", 2**15)
    monkeypatch.setattr("corpus.units.SMALL", 2**17)
    path = tmp_path / "x.jsonl"
    with path.open("w") as lines:
        for number in range(2000):
            lines.write(line(id=number, title=f"T{number}", text="Une phrase de plus. " * 200))
    tracemalloc.start()
    count = sum(isinstance(item, Article) for item in Reading([path]))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 2000 and path.stat().st_size > 8_000_000
    assert peak < 4_000_000


@given(st.binary(max_size=400), st.sampled_from(["x", "x.csv", "x.json", "x.jsonl", "x.html"]))
def test_any_bytes_under_any_name(data: bytes, name: str) -> None:
    for start in (b"", b"<html>", b"[", b'{"a":', b"titre;texte\n"):
        file = opened(start + data, name)
        try:
            for result in registry.reader_of(file).read(file):
                assert isinstance(result, Record | SetAside)
        except Unreadable as refusal:
            assert refusal.reason
