"""The backup that docs/scaling.md tells of: a snapshot brings an index back whole."""

import json
from contextlib import closing
from urllib.request import Request, urlopen

import pytest

from index.engine import Closing, EngineUnavailable
from index.opening import open_engine
from index.query import Query
from tests.articles import DISPATCHES
from tests.cluster.indices import remove
from tests.cluster.nodes import call, http_port
from tests.index.opensearch.test_committing import content
from tests.index.test_families import FOUR

pytestmark = pytest.mark.on_cluster


def ask(method: str, path: str, body: object = None) -> None:
    request = Request(
        f"http://127.0.0.1:{http_port(1)}{path}",
        None if body is None else json.dumps(body).encode(),
        {"Content-Type": "application/json"},
        method=method,
    )
    urlopen(request, timeout=60).close()


def backup_folder() -> str:
    """Return where the nodes may write snapshots: whoever started them chose it."""
    (first, *_) = call("/_nodes/settings")["nodes"].values()
    folder = first["settings"]["path"]["repo"]
    return folder if isinstance(folder, str) else folder[0]


def test_an_index_that_is_lost_comes_back_from_its_snapshot(url):
    name = url.rpartition("/")[2]
    repository, indices = f"/_snapshot/{name}", f"{name}-*"
    with closing(open_engine(url)) as engine:
        engine.rebuild([*DISPATCHES, *FOUR], lambda: Closing(journal=b"un"))
        before = content(engine)
        folder = {"location": f"{backup_folder()}/{name}"}
        ask("PUT", repository, {"type": "fs", "settings": folder})
        taken = {"indices": indices, "include_global_state": False}
        ask("PUT", f"{repository}/premier?wait_for_completion=true", taken)
        engine.remove(["onu"])
        remove(url)
        with pytest.raises(EngineUnavailable):
            engine.search(Query())
    restored = {"indices": indices, "include_aliases": True}
    ask("POST", f"{repository}/premier/_restore?wait_for_completion=true", restored)
    with closing(open_engine(url)) as engine:
        assert content(engine) == before
        engine.remove(["onu"])
        assert engine.get("onu") is None
    ask("DELETE", f"{repository}/premier")
    ask("DELETE", repository)
