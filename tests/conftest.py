"""What every test needs."""

import tempfile
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.cluster.nodes import HOW, runs

# The same examples in every run, so that a failure is of the change that shows it;
# `make explore` draws new ones. A busy machine is no fault: no example has to be fast.
settings.register_profile("repeatable", derandomize=True, database=None, deadline=None)
settings.register_profile("explore", derandomize=False, print_blob=True, deadline=None)
settings.load_profile("repeatable")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how to start the cluster where it does not run."""
    if not runs():
        terminalreporter.write_line(HOW)


@pytest.fixture(scope="session", autouse=True)
def own_scratch_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Give this run its own folder for scratch files.

    Whoosh's storage in memory names one by the index alone, which two runs on one machine
    would take from each other.
    """
    before = tempfile.tempdir
    tempfile.tempdir = str(tmp_path_factory.mktemp("scratch"))
    yield
    tempfile.tempdir = before
