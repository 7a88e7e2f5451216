"""Every engine behind the port, for the contract suite."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from pathlib import Path
from typing import Literal

import pytest

from index.engine import Engine
from index.opening import open_engine
from tests.articles import DISPATCHES
from tests.cluster.indices import fresh_url
from tests.cluster.nodes import runs

Scope = Literal["function", "module"]
Place = Callable[[Path], AbstractContextManager[str]]
ENGINES: dict[str, Place] = {
    "memory": lambda folder: nullcontext("memory:"),
    "whoosh": lambda folder: nullcontext(f"whoosh://{folder / 'index'}"),
}


@contextmanager
def _on_cluster(folder: Path) -> Iterator[str]:
    # An index is made four times as fast without a replica.
    with fresh_url() as url:
        yield f"{url}?replicas=0"


OPENSEARCH: dict[str, Place] = {"opensearch": _on_cluster}
SCOPES: dict[str, Scope] = {"engine": "function", "held_at": "module"}
KEPT = {"whoosh": ENGINES["whoosh"]}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Test every engine there is; that of the cluster while the cluster runs."""
    for fixture, engines in (("engine", ENGINES), ("held_at", KEPT)):
        if fixture in metafunc.fixturenames:
            every = engines | (OPENSEARCH if runs() else {})
            metafunc.parametrize(fixture, sorted(every), indirect=True, scope=SCOPES[fixture])


@pytest.fixture
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    with (ENGINES | OPENSEARCH)[request.param](tmp_path) as url:
        opened = open_engine(url)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def held_at(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Give the address of an index of `DISPATCHES`, for tests that change nothing."""
    with (KEPT | OPENSEARCH)[request.param](tmp_path_factory.mktemp("held")) as url:
        with closing(open_engine(url)) as filling:
            filling.rebuild(DISPATCHES)
        yield url


@pytest.fixture
def filled(engine: Engine) -> Engine:
    assert engine.rebuild(DISPATCHES) == len(DISPATCHES)
    return engine


@pytest.fixture
def held(held_at: str) -> Iterator[Engine]:
    """Give an engine on an index that other tests share."""
    with closing(open_engine(held_at)) as opened:
        yield opened
