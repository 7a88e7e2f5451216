"""A change whose writer is killed: undone by the next writer, as if it had never begun."""

import signal
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from time import monotonic, sleep

import pytest

from index.engine import Closing, Engine, EngineError
from index.fields import Facet
from index.opening import open_engine
from index.query import Query
from tests.articles import DISPATCHES
from tests.cluster.nodes import call
from tests.index.test_families import FOUR

pytestmark = pytest.mark.on_cluster

# One is new, one joins a family, one is replaced.
COMING = (
    replace(DISPATCHES[2], id="neuve", title="Une marée noire"),
    replace(FOUR[0], id="encore"),
    replace(DISPATCHES[0], title="Une armée belge", entities=DISPATCHES[1].entities),
)
KILLED = """
import os, signal
from tests.index.opensearch.test_committing import change
from index.opening import open_engine
from index.opensearch import lease
from index.opensearch.{module} import {owner}
lease.LEASE_SECONDS = 1.0
setattr({owner}, {method!r}, lambda *given: os.kill(os.getpid(), signal.SIGKILL))
change(open_engine({url!r}))
"""


def change(engine: Engine) -> None:
    engine.add(COMING, lambda: Closing(frozenset(["onu"]), b"deux"))


def content(engine: Engine) -> tuple[object, ...]:
    """Return what the engine tells of its index, in every way it has."""
    articles = {article.id: article for article in engine.scan(Query(copies=True))}
    facets = tuple((facet, 50) for facet in Facet)
    status = engine.status()
    return (
        articles,
        [[one.id for one in engine.family(id_)] for id_ in sorted(articles)],
        engine.search(Query(facets=facets)).facets,
        [engine.suggest(begun) for begun in ("a", "b", "m", "pou", "merk")],
        [engine.neighbours(word) for word in ("armée", "belge", "marée")],
        (status.articles, status.copies, status.counts),
        engine.journal(),
    )


def mended(engine: Engine) -> None:
    """Change nothing, as soon as the place of the killed writer is free."""
    deadline = monotonic() + 30
    while True:
        try:
            engine.remove([])
            return
        except EngineError as error:
            assert "sa place est libre" in str(error) and monotonic() < deadline
            sleep(0.2)


@pytest.mark.parametrize(
    ("module", "owner", "method", "happens"),
    [
        ("bulk", "BulkWriter", "flush", False),
        ("vocabulary", "Vocabulary", "put", False),
        ("committing", "Commits", "complete", False),
        ("notes", "Notes", "forget", True),
    ],
)
def test_a_change_happens_wholly_or_not_at_all(url, module, owner, method, happens):
    with closing(open_engine(f"{url}?replicas=0")) as engine:
        engine.rebuild([*DISPATCHES, *FOUR], lambda: Closing(journal=b"un"))
        before = content(engine)
        code = KILLED.format(module=module, owner=owner, method=method, url=url)
        assert subprocess.run([sys.executable, "-c", code]).returncode == -signal.SIGKILL
        mended(engine)
        if not happens:
            assert content(engine) == before
            change(engine)
        changed = content(engine)
        assert changed != before and changed[-1] == b"deux"
        engine.rebuild(changed[0].values(), lambda: Closing(journal=b"deux"))
        assert content(engine) == changed
        name = url.rpartition("/")[2]
        call(f"/{name}-notes/_refresh", {})
        kept = call(f"/{name}-notes/_search")["hits"]["hits"]
        assert len(kept) == 1
