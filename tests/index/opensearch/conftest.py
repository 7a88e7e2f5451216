"""An index on the cluster, for tests of what only a cluster can do."""

from collections.abc import Iterator

import pytest

from tests.cluster.indices import fresh_url
from tests.cluster.nodes import runs

ON_CLUSTER = "on_cluster"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what needs the cluster where it does not run; the last line says so."""
    if not runs():
        items[:] = [item for item in items if not item.get_closest_marker(ON_CLUSTER)]


@pytest.fixture
def url() -> Iterator[str]:
    with fresh_url() as address:
        yield address
