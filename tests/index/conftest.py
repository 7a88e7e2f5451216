"""Every engine behind the port, for the contract suite."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest

from index.engine import Engine
from index.opening import open_engine
from tests.cluster.indices import fresh_url
from tests.cluster.nodes import runs

Place = Callable[[Path], AbstractContextManager[str]]
ENGINES: dict[str, Place] = {
    "memory": lambda folder: nullcontext("memory:"),
    "whoosh": lambda folder: nullcontext(f"whoosh://{folder / 'index'}"),
}
OPENSEARCH: dict[str, Place] = {"opensearch": lambda folder: fresh_url()}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Test every engine there is; that of the cluster while the cluster runs."""
    if "engine" in metafunc.fixturenames:
        engines = ENGINES | (OPENSEARCH if runs() else {})
        metafunc.parametrize("engine", sorted(engines), indirect=True)


@pytest.fixture
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    with (ENGINES | OPENSEARCH)[request.param](tmp_path) as url:
        opened = open_engine(url)
        yield opened
        opened.close()
