"""Every engine behind the port, for the contract suite."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.engine import Engine
from index.opening import open_engine

ENGINES: dict[str, Callable[[Path], str]] = {
    "memory": lambda folder: "memory:",
    "whoosh": lambda folder: f"whoosh://{folder / 'index'}",
}


@pytest.fixture(params=sorted(ENGINES))
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    opened = open_engine(ENGINES[request.param](tmp_path))
    yield opened
    opened.close()
