"""The index folder survives crashes, rivals, strangers and full disks."""

import errno
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread

import pytest

from corpus.article import Article
from index.embedded import generations
from index.embedded.manifest import SCHEMA_VERSION
from index.engine import EngineError, EngineUnavailable, StaleIndex
from index.opening import default_url, open_engine
from index.query import Query, Term
from tests.articles import DISPATCHES

# Rebuilds for ever: every article of a generation carries the generation's number.
WRITER = """
import sys
from corpus.article import Article
from index.opening import open_engine
engine = open_engine("whoosh://" + sys.argv[1])
number = int(sys.argv[2])
while True:
    number += 1
    articles = [Article(str(n), f"titre {number}", "corps " * 50) for n in range(40)]
    (engine.rebuild if number % 2 else engine.add)(articles)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


def opened(folder: Path):
    return open_engine(f"whoosh://{folder}")


def segments(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.suffix in (".segment", ".partial")}


def test_killed_at_any_instant_the_last_generation_answers(folder):
    engine = opened(folder)
    engine.rebuild([Article(str(n), "titre 0", "corps") for n in range(40)])
    chance = random.Random(2011)
    for attempt in range(8):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(folder), str(attempt * 1000)])
        time.sleep(0.5 + chance.random() * 0.5)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        reader = opened(folder)
        titles = {hit.article.title for hit in reader.search(Query(limit=100)).hits}
        assert len(titles) == 1
        assert reader.status().articles == 40
        reader.close()
    engine.add([Article("neuf", "après", "la panne")])
    named = json.loads((folder / (folder / "CURRENT").read_text()).read_text())["segments"]
    assert segments(folder) == {one["segment"] for one in named}
    assert engine.status().articles == 41


def test_a_reader_follows_a_rebuild_without_a_gap(folder):
    engine = opened(folder)
    engine.rebuild(DISPATCHES)
    wrong: list[object] = []
    done = False

    def read():
        reader = opened(folder)
        while not done:
            try:
                total = reader.search(Query()).total
            except EngineError as error:
                wrong.append(error)
            else:
                if total not in (len(DISPATCHES), 1):
                    wrong.append(total)

    threads = [Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for turn in range(30):
        engine.rebuild(DISPATCHES if turn % 2 else DISPATCHES[:1])
    done = True
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_second_writer_is_told_who_writes(folder):
    first, second = opened(folder), opened(folder)
    first.rebuild(DISPATCHES)

    def articles():
        with pytest.raises(EngineError, match=f"processus {os.getpid()}, depuis 20"):
            second.add(DISPATCHES)
        yield DISPATCHES[0]

    assert first.rebuild(articles()) == 1
    assert second.add(DISPATCHES) == len(DISPATCHES)


def test_without_an_index_the_remedy_is_named(folder):
    with pytest.raises(EngineUnavailable, match="kiosque reindex DOSSIER"):
        opened(folder).search(Query())
    assert not folder.exists()


def test_a_stranger_s_folder_is_left_alone(tmp_path):
    (tmp_path / "these.odt").write_text("trois ans de travail")
    engine = opened(tmp_path)
    for attempt in (lambda: engine.rebuild(DISPATCHES), lambda: engine.search(Query())):
        with pytest.raises(EngineError, match="n'est pas un index de Kiosque"):
            attempt()
    assert [path.name for path in tmp_path.iterdir()] == ["these.odt"]


def test_an_index_of_another_version_is_refused_not_wiped(folder, monkeypatch):
    opened(folder).rebuild(DISPATCHES)
    monkeypatch.setattr(generations, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
    with pytest.raises(StaleIndex, match="kiosque reindex DOSSIER"):
        opened(folder).search(Query())
    monkeypatch.undo()
    assert opened(folder).search(Query()).total == len(DISPATCHES)


def test_a_stale_index_can_be_rebuilt_and_the_old_numbers_do_not_return(folder, monkeypatch):
    engine = opened(folder)
    engine.rebuild(DISPATCHES)
    monkeypatch.setattr(generations, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
    opened(folder).rebuild(DISPATCHES[:2])
    assert opened(folder).search(Query()).total == 2


@pytest.mark.parametrize("damage", ["segment", "manifest", "missing", "pointer"])
def test_a_damaged_index_says_so(folder, damage):
    opened(folder).rebuild(DISPATCHES)
    segment = next(folder.glob("*.segment"))
    manifest = next(folder.glob("generation-*.json"))
    if damage == "segment":
        segment.write_bytes(segment.read_bytes()[:-100])
    elif damage == "manifest":
        manifest.write_text("{")
    elif damage == "missing":
        segment.unlink()
    else:
        (folder / "CURRENT").write_text("generation-99.json")
    with pytest.raises(EngineError, match="kiosque reindex"):
        opened(folder).search(Query())
    assert opened(folder).rebuild(DISPATCHES) == len(DISPATCHES)


def test_a_full_disk_leaves_the_old_index(folder, monkeypatch):
    engine = opened(folder)
    engine.rebuild(DISPATCHES)

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(EngineError, match="libérez de la place"):
        engine.rebuild(DISPATCHES[:1])
    monkeypatch.undo()
    assert engine.search(Query()).total == len(DISPATCHES)
    assert len(segments(folder)) == 1


def test_the_default_index_is_the_environment_s_else_the_user_s(monkeypatch, tmp_path):
    monkeypatch.setenv("KIOSQUE_INDEX", "whoosh:///ailleurs")
    assert default_url() == "whoosh:///ailleurs"
    monkeypatch.delenv("KIOSQUE_INDEX")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_url() == f"whoosh://{tmp_path}/kiosque"


@pytest.mark.parametrize("url", ["", "whoosh", "http://x/y", "whoosh://", "opensearch:"])
def test_an_address_of_another_form_is_refused(url):
    with pytest.raises(EngineError, match="whoosh:///"):
        open_engine(url)


def test_many_additions_stay_searchable(folder):
    engine = opened(folder)
    for number in range(30):
        engine.add([Article(f"a{number}", "titre", f"corps commun {number}")])
    assert engine.search(Query(Term("commun"))).total == 30
    assert len(segments(folder)) < 15
