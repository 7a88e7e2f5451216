"""A door between a client and a node, which a test can shut."""

import socket
from threading import Thread

from tests.cluster.nodes import http_port


class Gate:
    """Passes bytes on to the first node while it is open; refuses and cuts off when shut."""

    def __init__(self) -> None:
        self._listener: socket.socket | None = None
        self._passing: list[socket.socket] = []
        self.port = 0
        self.open()

    def open(self) -> None:
        """Let connections through, on the same port as before."""
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self._listener.getsockname()[1]
        Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def shut(self) -> None:
        """Refuse connections, and cut those there are."""
        if self._listener:
            self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._listener = None
        for one in self._passing:
            one.close()
        self._passing.clear()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            node = socket.create_connection(("127.0.0.1", http_port(1)))
            self._passing += [client, node]
            for source, target in ((client, node), (node, client)):
                Thread(target=_pass_on, args=(source, target), daemon=True).start()


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    try:
        while data := source.recv(1 << 16):
            target.sendall(data)
    except OSError:
        pass
    for one in (source, target):
        try:
            one.shutdown(socket.SHUT_RDWR)
        except OSError:
            continue
