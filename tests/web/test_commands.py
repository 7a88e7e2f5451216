"""`serve`, as its user meets it: in a process of its own."""

import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

from index.opening import open_engine
from tests.web.newsroom import ARTICLES
from web.commands import serve

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
        arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
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


def test_a_port_that_is_taken() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        result = CliRunner().invoke(serve, ["--port", str(port), "--index", "memory:"])
    assert result.exit_code == 1
    assert result.output == (
        f"Error: Le port {port} est déjà pris : prenez-en un autre, "
        f"par exemple --port {port + 1}.\n"
    )


@pytest.mark.parametrize("host", ["192.0.2.1", "pas-une-machine.invalid"])
def test_an_address_that_is_not_this_machine(host: str) -> None:
    result = CliRunner().invoke(serve, ["--host", host, "--port", "0", "--index", "memory:"])
    assert result.exit_code == 1
    assert f"« {host} » n'est pas une adresse de cette machine" in result.output
