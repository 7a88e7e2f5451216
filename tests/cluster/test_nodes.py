"""Whose nodes answer: those of another folder are neither tested on nor taken for ours."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tests.cluster import nodes
from tests.cluster.parts import ClusterError


class _Stranger(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def stranger(monkeypatch, tmp_path) -> Iterator[int]:
    """Let something that is not ours answer at the ports of the nodes; give the port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Stranger)
    Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr(nodes, "HOME", tmp_path)
    monkeypatch.setattr(nodes, "http_port", lambda node: server.server_port)
    yield server.server_port
    server.shutdown()
    server.server_close()


def test_nodes_of_another_folder_are_not_tested_on(stranger):
    assert nodes.answers(1)
    assert not nodes.running()


def test_nodes_of_another_folder_are_told_at_start(stranger):
    with pytest.raises(ClusterError, match=f"Port {stranger} is taken.*cluster-stop"):
        nodes.start()
