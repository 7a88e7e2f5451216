"""What happens when nodes die, hang or cannot be reached: on the real cluster."""

import signal
from collections.abc import Iterator
from contextlib import closing
from threading import Event, Thread, Timer
from time import monotonic

import pytest

from corpus.article import Article
from index.engine import Closing, Engine, EngineError, EngineUnavailable
from index.opening import open_engine
from index.opensearch import bulk, patience
from index.opensearch.cluster import Busy
from index.opensearch.notes import Notes
from index.query import Query, Term
from tests.articles import DISPATCHES
from tests.cluster import nodes
from tests.cluster.gate import Gate
from tests.cluster.indices import fresh_url

pytestmark = pytest.mark.on_cluster

COUNT = 600


def many(count: int = COUNT) -> Iterator[Article]:
    words = ["armée", "pêche", "syrie", "trêve", "barrage"]
    for number in range(count):
        yield Article(f"n{number}", f"Dépêche {number}", f"{words[number % 5]} mot{number} " * 40)


@pytest.fixture
def mended() -> Iterator[None]:
    """Have every node up before the test, and after it, however it ended."""
    mend()
    yield
    mend()


@pytest.fixture
def alone() -> Iterator[str]:
    """Give the address of an index on every node, without copies."""
    with fresh_url() as address:
        yield f"{address}?shards=3&replicas=0"


def mend() -> None:
    for node in nodes.NODES:
        nodes.signal_node(node, signal.SIGCONT)
        if not nodes.answers(node):
            nodes.start_node(node)
    nodes.await_nodes(len(nodes.NODES))
    nodes.call("/_cluster/health?wait_for_status=green&timeout=60s", seconds=70)


def test_a_node_killed_while_indexing_loses_nothing(url, mended):
    def killing() -> Iterator[Article]:
        for number, article in enumerate(many()):
            if number == COUNT // 2:
                nodes.signal_node(3, signal.SIGKILL)
            yield article

    with closing(open_engine(f"{url}?shards=3&replicas=1")) as engine:
        assert engine.rebuild(killing()) == COUNT
        assert engine.search(Query(copies=True)).total == COUNT
        assert engine.search(Query(Term("pêche"), copies=True)).total == COUNT // 5


def test_a_node_killed_while_searching_is_not_noticed_but_by_the_status(url, alone, mended):
    """But for an index without copies: its status says why no search is answered."""
    with closing(open_engine(alone)) as bare:
        bare.rebuild(DISPATCHES)
    with closing(open_engine(f"{url}?shards=3&replicas=1")) as engine:
        engine.rebuild(many())
        nodes.call("/_cluster/health?wait_for_status=green&timeout=60s", seconds=70)
        assert engine.status().remarks == ("Cluster vert, 3\u00a0nœuds de données.",)
        ended, totals = Event(), []

        def searching() -> None:
            while not ended.is_set():
                totals.append(engine.search(Query(Term("barrage"), copies=True)).total)

        searchers = [Thread(target=searching) for _ in range(2)]
        for one in searchers:
            one.start()
        nodes.signal_node(2, signal.SIGKILL)
        nodes.await_nodes(2)
        (remark,) = engine.status().remarks
        with closing(open_engine(alone)) as bare, pytest.raises(EngineUnavailable) as lost:
            bare.status()
        ended.set()
        for one in searchers:
            one.join()
        assert set(totals) == {COUNT // 5}
        assert "Cluster rouge" in str(lost.value) and "avant leur retour" in str(lost.value)
        assert remark.startswith("Cluster jaune, 2\u00a0nœuds de données : ")
        assert "un nœud a quitté le cluster" in remark and "rien n'est perdu" in remark


def test_a_copy_for_which_there_is_no_node_is_told(url):
    with closing(open_engine(url)) as engine:
        engine.rebuild(DISPATCHES)
        more = {"auto_expand_replicas": False, "number_of_replicas": 3}
        nodes.put(f"/{url.rpartition('/')[2]}-000001/_settings", more)
        deadline = monotonic() + 30
        while "ajoutez un nœud" not in (remark := status_of(engine)):
            assert monotonic() < deadline, remark
        assert "jaune" in remark


def test_a_node_that_hangs_ends_in_a_clear_message(url, mended):
    with closing(open_engine(url)) as engine:
        engine.rebuild(DISPATCHES)
    alone = f"opensearch://127.0.0.1:{nodes.http_port(3)}/{url.rpartition('/')[2]}?timeout=1"
    with closing(open_engine(alone)) as engine:
        assert engine.search(Query()).total == len(DISPATCHES)
        nodes.signal_node(3, signal.SIGSTOP)
        started = monotonic()
        with pytest.raises(EngineUnavailable, match="pas répondu en 1 s"):
            engine.search(Query(Term("armée")))
        assert monotonic() - started < 15


def test_other_nodes_answer_for_one_that_hangs(url, mended):
    with closing(open_engine(f"{url}?shards=3&replicas=1")) as engine:
        engine.rebuild(DISPATCHES)
    # Each attempt takes four of these seconds while the node is not missed.
    with closing(open_engine(f"{url}?timeout=1")) as engine:
        nodes.signal_node(3, signal.SIGSTOP)
        deadline = monotonic() + 60
        while True:
            try:
                assert engine.search(Query()).total == len(DISPATCHES)
                break
            except EngineUnavailable as error:
                assert "répond" in str(error)
                assert monotonic() < deadline


def test_a_node_left_alone_says_that_there_is_no_manager(url, mended):
    with closing(open_engine(url)) as engine:
        engine.rebuild(DISPATCHES)
    alone = f"opensearch://127.0.0.1:{nodes.http_port(1)}/{url.rpartition('/')[2]}?timeout=1"
    for node in (2, 3):
        nodes.signal_node(node, signal.SIGSTOP)
    deadline = monotonic() + 60
    with closing(open_engine(alone)) as engine:
        while "sans direction" not in (told := status_of(engine)):
            assert monotonic() < deadline, told


def test_a_status_says_how_the_cluster_is_where_only_the_notes_do_not_answer(url, monkeypatch):
    """They are read first: with them on nodes that hang, nothing was told of the cluster."""
    with closing(open_engine(url)) as engine:
        engine.rebuild(DISPATCHES)

    def hung(*_: object) -> bytes:
        raise Busy("Le cluster n'a pas répondu.")

    monkeypatch.setattr(Notes, "read", hung)
    with closing(open_engine(url)) as engine:
        assert "Cluster vert, 3\u00a0nœuds" in status_of(engine)


def status_of(engine: Engine) -> str:
    try:
        return " ".join(engine.status().remarks)
    except EngineUnavailable as error:
        return str(error)


def test_a_cluster_out_of_reach_is_told_and_found_again(url):
    with closing(open_engine(url)) as engine:
        engine.rebuild(DISPATCHES)
    gate = Gate()
    name = url.rpartition("/")[2]
    with closing(open_engine(f"opensearch://127.0.0.1:{gate.port}/{name}")) as engine:
        assert engine.search(Query()).total == len(DISPATCHES)
        gate.shut()
        with pytest.raises(EngineUnavailable, match="ne répond pas"):
            engine.search(Query(Term("armée")))
        with pytest.raises(EngineUnavailable):
            engine.status()
        gate.open()
        assert engine.search(Query(Term("armée"))).total == 2
        gate.shut()


def test_a_cluster_lost_midway_leaves_the_old_index(url, monkeypatch):
    monkeypatch.setattr(patience, "PATIENCE", 1.0)
    with closing(open_engine(url)) as engine:
        engine.rebuild(DISPATCHES)
    gate = Gate()

    def lost() -> Iterator[Article]:
        yield from many(10)
        gate.shut()

    with (
        closing(open_engine(f"opensearch://127.0.0.1:{gate.port}/{url.rpartition('/')[2]}")) as far,
        pytest.raises(EngineUnavailable),
    ):
        far.rebuild(lost())
    with closing(open_engine(url)) as engine:
        assert engine.search(Query()).total == len(DISPATCHES)


@pytest.mark.parametrize("how", ["rebuild", "add"])
def test_a_writer_waits_for_a_cluster_that_comes_back(url, how):
    with closing(open_engine(url)) as engine:
        engine.rebuild(DISPATCHES)
    gate = Gate()

    def away() -> Closing:
        gate.shut()
        Timer(1.5, gate.open).start()
        return Closing(journal=b"lu")

    name = url.rpartition("/")[2]
    with closing(open_engine(f"opensearch://127.0.0.1:{gate.port}/{name}")) as engine:
        assert getattr(engine, how)(many(10), away) == 10
    gate.shut()
    with closing(open_engine(url)) as engine:
        assert all(engine.get(one.id) for one in many(10))
        assert engine.journal() == b"lu"


def test_what_the_cluster_is_too_busy_for_is_sent_again(url, monkeypatch):
    """The tests' nodes let eight requests wait: forty shards at once are refused in part."""
    monkeypatch.setattr(bulk, "_BODY_ACTIONS", 150)
    before = rejected()
    with closing(open_engine(f"{url}?shards=40&replicas=0")) as engine:
        assert engine.rebuild(many(3000)) == 3000
        assert engine.search(Query(copies=True)).total == 3000
    assert rejected() > before


def rejected() -> int:
    stats = nodes.call("/_nodes/stats/thread_pool")["nodes"].values()
    return sum(one["thread_pool"]["write"]["rejected"] for one in stats)


def test_a_document_that_can_never_be_taken_ends_the_rebuild(url):
    with closing(open_engine(url)) as engine:
        engine.rebuild(DISPATCHES)
        with pytest.raises(EngineError, match="refuse un document"):
            engine.rebuild([Article("x" * 40_000, "titre", "corps")])
        assert engine.search(Query()).total == len(DISPATCHES)
