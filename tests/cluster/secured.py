"""A door to the cluster such as the official distribution has: encrypted, and with a password."""

import ssl
import subprocess
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from tests.cluster.nodes import http_port

_AUTHORITY = (
    "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj "
    "/CN=Autorité -utf8 -addext basicConstraints=critical,CA:TRUE -addext "
    "keyUsage=critical,keyCertSign -keyout authority.key -out authority.pem"
)
_REQUEST = (
    "openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=node "
    "-keyout node.key -out node.csr"
)
_SIGNED = (
    "openssl x509 -req -in node.csr -CA authority.pem -CAkey authority.key -CAcreateserial "
    "-days 2 -extfile extensions -out node.pem"
)
_EXTENSIONS = """\
subjectAltName = IP:127.0.0.1
authorityKeyIdentifier = keyid
basicConstraints = CA:FALSE
keyUsage = digitalSignature
extendedKeyUsage = serverAuth
"""


def certify(folder: Path) -> Path:
    """Make an authority, and a certificate of it for this machine; return the authority's."""
    (folder / "extensions").write_text(_EXTENSIONS)
    for command in (_AUTHORITY, _REQUEST, _SIGNED):
        subprocess.run(command.split(), cwd=folder, check=True, capture_output=True)
    return folder / "authority.pem"


@contextmanager
def secured(folder: Path, user: str, password: str) -> Iterator[int]:
    """Pass on to the first node what comes encrypted and with a password; give the port.

    folder: where `certify` was.
    """
    right = f"Basic {b64encode(f'{user}:{password}'.encode()).decode()}"

    class Door(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if self.headers.get("Authorization") != right:
                self._answer(401, b"Unauthorized", "text/plain")
                return
            node = HTTPConnection("127.0.0.1", http_port(1), timeout=30)
            kind = {"Content-Type": self.headers.get("Content-Type", "application/json")}
            node.request(self.command, self.path, body, kind)
            answer = node.getresponse()
            self._answer(answer.status, answer.read(), answer.headers["Content-Type"])
            node.close()

        do_GET = do_POST = do_PUT = do_DELETE = _pass_on

        def _answer(self, status: int, body: bytes, kind: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *told: object) -> None:
            """Say nothing."""

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "node.pem", folder / "node.key")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *told: None  # type: ignore[method-assign]
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
