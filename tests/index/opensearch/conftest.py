"""An index on the cluster, for tests of what only a cluster can do."""

from collections.abc import Generator, Iterator

import pytest

from tests.cluster.indices import fresh_url
from tests.cluster.nodes import runs, told

ON_CLUSTER = "on_cluster"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what needs the cluster where it does not run; the last line says so."""
    if not runs():
        items[:] = [item for item in items if not item.get_closest_marker(ON_CLUSTER)]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add to a failure what the nodes say of themselves."""
    report = yield
    if report.failed and item.get_closest_marker(ON_CLUSTER):
        report.sections.append(("cluster", told()))
    return report


@pytest.fixture
def url() -> Iterator[str]:
    with fresh_url() as address:
        yield address
