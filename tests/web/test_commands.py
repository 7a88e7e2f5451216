"""`serve`, as its user meets it: in a process of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from pathlib import Path
from time import monotonic, sleep
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

from index.opening import open_engine
from tests.web.newsroom import ARTICLES
from web.cli import main
from web.commands import serve
from web.serving import ServersLost, serve_by, stop


def serving_ends(*_: object) -> None:
    """Stand for a server that ends at once."""


def deaf(ready: Event) -> None:
    """Stand for a server in which the signal that asks it to end is lost."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    ready.set()
    sleep(60)


RUN = "from web.commands import serve; serve()"


@pytest.fixture
def index_url(tmp_path: Path) -> str:
    url = f"whoosh://{tmp_path / 'index'}"
    engine = open_engine(url)
    engine.rebuild(ARTICLES)
    engine.close()
    return url


@pytest.fixture
def server(index_url: str) -> Iterator[subprocess.Popen[str]]:
    arguments = [sys.executable, "-u", "-c", RUN, "--port", "0", "--index", index_url]
    process = subprocess.Popen(
        arguments,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        # Tests that a shell runs in the background ignore it, and so would the server.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    yield process
    process.kill()
    process.communicate()


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_it_says_what_and_where_it_serves_and_stops_cleanly(
    server: subprocess.Popen[str], index_url: str, end: signal.Signals
) -> None:
    assert server.stdout
    assert server.stdout.readline() == f"Index : {index_url} (24\u00a0articles)\n"
    address = re.fullmatch(r"Adresse : (http://127\.0\.0\.1:\d+/)\n", server.stdout.readline())
    assert address
    with urlopen(address[1] + "recherche?q=port") as response:
        assert "22\u00a0articles" in response.read().decode()
        assert "Server" not in response.headers
    server.send_signal(end)
    _, errors = server.communicate(timeout=10)
    assert (server.returncode, errors) == (0, "")


def eventually(happens: Callable[[], bool]) -> bool:
    """Wait until something happens, ten seconds at most."""
    until = monotonic() + 10
    while not happens() and monotonic() < until:
        sleep(0.05)
    return happens()


def children(process: int) -> list[int]:
    listed = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    # Python's resource tracker is one too.
    return [
        int(one) for one in listed if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes()
    ]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="the system has no /proc")
def test_a_process_that_is_lost_is_replaced_and_none_outlives_the_first(index_url: str) -> None:
    arguments = [sys.executable, "-u", "-c", RUN, "--port", "0", "--index", index_url]
    with subprocess.Popen(
        [*arguments, "--processus", "2"], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        process.stdout.readline()
        address = process.stdout.readline().split()[-1]
        with urlopen(address + "recherche?q=port") as response:
            assert response.status == 200
        lost, other = (found := children(process.pid))
        os.kill(lost, signal.SIGKILL)
        assert eventually(lambda: len(now := children(process.pid)) == 2 and lost not in now)
        with urlopen(address + "recherche?q=port") as response:
            assert response.status == 200
        process.kill()
        assert eventually(lambda: not any(Path(f"/proc/{one}").exists() for one in (other, *found)))


def test_a_process_that_does_not_end_when_asked_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.serving._PATIENCE", 0.2)
    spawning = get_context("spawn")
    process = spawning.Process(target=deaf, args=(ready := spawning.Event(),))
    process.start()
    assert ready.wait(10)
    stop([process])
    assert process.exitcode == -signal.SIGKILL


def test_processes_that_cannot_be_kept_running(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.serving._serve", serving_ends)
    with socket.create_server(("127.0.0.1", 0)) as listener, pytest.raises(ServersLost):
        serve_by(2, listener, "memory:")


def test_a_port_that_is_taken() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        result = CliRunner().invoke(main, ["serve", "--port", str(port), "--index", "memory:"])
    assert result.exit_code == 1
    assert result.output == (
        f"Erreur : Le port {port} est déjà pris : prenez-en un autre, "
        f"par exemple --port {port + 1}.\n"
    )


@pytest.mark.parametrize("host", ["192.0.2.1", "pas-une-machine.invalid"])
def test_an_address_that_is_not_this_machine(host: str) -> None:
    result = CliRunner().invoke(serve, ["--host", host, "--port", "0", "--index", "memory:"])
    assert result.exit_code == 1
    assert f"« {host} » n'est pas une adresse de cette machine" in result.output
