"""Rebuilding on the cluster: without a gap, by one writer, cleaned up after."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from threading import Event, Thread
from time import monotonic, sleep

import pytest

from corpus.article import Article
from index.engine import Closing, EngineError, StaleIndex
from index.opening import open_engine
from index.opensearch import lease
from index.query import Query
from tests.articles import DISPATCHES
from tests.cluster import nodes

pytestmark = pytest.mark.on_cluster


def indices(url: str) -> set[str]:
    name = url.rpartition("/")[2]
    return {one["index"] for one in nodes.call(f"/_cat/indices/{name}-*?format=json")}


def test_searches_go_on_throughout(url):
    with (
        closing(open_engine(f"{url}?replicas=0")) as engine,
        closing(open_engine(f"{url}?replicas=0")) as reader,
    ):
        engine.rebuild(DISPATCHES)
        ended, totals = Event(), []

        def searching() -> None:
            while not ended.is_set():
                totals.append(reader.search(Query()).total)

        searcher = Thread(target=searching)
        searcher.start()
        for _ in range(2):
            engine.rebuild(DISPATCHES[:2])
            engine.rebuild(DISPATCHES)
        ended.set()
        searcher.join()
        assert set(totals) <= {2, len(DISPATCHES)}
        assert len(totals) > 20


def test_the_old_index_goes_and_the_numbers_go_on(url):
    name = url.rpartition("/")[2]
    with closing(open_engine(f"{url}?replicas=0")) as engine:
        for number in (1, 2):
            engine.rebuild(DISPATCHES)
            now = f"{name}-{number:06d}"
            assert indices(url) == {now, f"{now}-words", f"{name}-notes"}


def test_a_second_writer_is_told_who_writes_and_since_when(url):
    with (
        closing(open_engine(f"{url}?replicas=0")) as engine,
        closing(open_engine(f"{url}?replicas=0")) as other,
    ):

        def meanwhile() -> Iterator[Article]:
            yield DISPATCHES[0]
            with pytest.raises(EngineError, match=rf"processus {os.getpid()} .* depuis \d\d:\d\d"):
                other.rebuild(DISPATCHES)
            with pytest.raises(EngineError, match="écrit dans cet index"):
                other.remove(["armee"])

        assert engine.rebuild(meanwhile()) == 1
        assert other.rebuild(DISPATCHES) == len(DISPATCHES)


def test_a_writer_that_was_killed_is_followed_and_cleaned_up_after(url, monkeypatch):
    with closing(open_engine(f"{url}?replicas=0")) as engine:
        engine.rebuild(DISPATCHES)
        before = indices(url)
        code = (
            "import sys, time\n"
            "from corpus.article import Article\n"
            "from index.opensearch import lease\n"
            "from index.opening import open_engine\n"
            "lease.LEASE_SECONDS = 3\n"
            "def endless():\n"
            "    for number in range(10**9):\n"
            "        yield Article(str(number), 'titre', 'corps')\n"
            "        if number == 100: print('writing', flush=True)\n"
            "        time.sleep(0.01)\n"
            f"open_engine({url!r}).rebuild(endless())\n"
        )
        writer = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
        writer.stdout.readline()
        assert len(indices(url)) == len(before) + 2
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        assert engine.search(Query()).total == len(DISPATCHES)
        deadline = monotonic() + 30
        while True:
            try:
                engine.rebuild(DISPATCHES[:3])
                break
            except EngineError as error:
                assert "sa place est libre" in str(error) and monotonic() < deadline
                sleep(0.5)
        assert len(indices(url)) == len(before)
        assert engine.search(Query()).total == 3


def test_a_writer_that_was_given_up_changes_nothing(url, monkeypatch):
    monkeypatch.setattr(lease, "LEASE_SECONDS", 0.0)
    with (
        closing(open_engine(f"{url}?replicas=0")) as engine,
        closing(open_engine(f"{url}?replicas=0")) as other,
    ):

        def overtaken() -> Iterator[Article]:
            yield DISPATCHES[0]
            other.rebuild(DISPATCHES)

        monkeypatch.setattr(lease.Lease, "_keep", lambda self: None)
        with pytest.raises(EngineError, match="a pris la place"):
            engine.rebuild(overtaken())
        assert other.search(Query()).total == len(DISPATCHES)


def test_an_index_of_another_version_names_the_remedy(url):
    with closing(open_engine(f"{url}?replicas=0")) as engine:
        engine.rebuild(DISPATCHES)
        (name,) = nodes.call(f"/_alias/{url.rpartition('/')[2]}")
        stamp = {"_meta": {"schema": 0, "analysis": 0, "version": "0.0.1"}}
        nodes.put(f"/{name}/_mapping", stamp)
    with closing(open_engine(f"{url}?replicas=0")) as engine:
        for ask in (engine.status, engine.journal, lambda: engine.search(Query())):
            with pytest.raises(StaleIndex, match=r"Kiosque 0\.0\.1.*kiosque reindex"):
                ask()
        engine.rebuild(DISPATCHES)
        assert engine.search(Query()).total == len(DISPATCHES)


def test_the_journal_goes_with_the_index(url):
    with closing(open_engine(f"{url}?replicas=0")) as engine:
        assert engine.journal() == b""
        engine.rebuild(DISPATCHES, lambda: Closing(journal=b"un" * 5_000_000))
        assert engine.journal() == b"un" * 5_000_000
        engine.add([DISPATCHES[0]], lambda: Closing(frozenset(["onu"]), b"deux"))
        assert engine.journal() == b"deux"
        assert engine.get("onu") is None
        engine.rebuild(DISPATCHES)
        assert engine.journal() == b""
