"""The command that serves the site."""

import errno
import signal
import socket
import sys

import click
from waitress.server import create_server

from corpus.wording import count
from index.engine import EngineError
from index.opening import default_url
from web.app import create_app
from web.lazy import EXTENSION, LazyEngine


@click.command(help="Sert le site de recherche ; Ctrl-C l'arrête.")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Adresse d'écoute ; 0.0.0.0 ouvre le site à tout le réseau.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8080,
    show_default=True,
    help="Port d'écoute ; 0 en prend un libre.",
)
@click.option(
    "--index",
    "url",
    default=default_url,
    show_default="KIOSQUE_INDEX, sinon le dossier de l'utilisateur",
    help="Adresse de l'index.",
)
def serve(host: str, port: int, url: str) -> None:
    """Serve the site until interrupted."""
    app = create_app(url)
    engine: LazyEngine = app.extensions[EXTENSION]
    listener = listen(host, port)
    server = create_server(app, sockets=[listener], ident=None)
    click.echo(f"Index : {url} ({_content(engine)})")
    click.echo(f"Adresse : {site_address(listener)}")
    # As the first process of a container, Python would ignore SIGTERM.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        server.run()
    finally:
        server.close()
        engine.close()


def listen(host: str, port: int) -> socket.socket:
    """Open the port; raise click.ClickException with the remedy where that fails."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise click.ClickException(_remedy(error, host, port)) from error


def site_address(listener: socket.socket) -> str:
    """Return the address to type into a browser."""
    host, port = listener.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def _content(engine: LazyEngine) -> str:
    try:
        return count(engine.get().status().articles, "article")
    except EngineError as error:
        return str(error)


def _remedy(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Le port {port} est déjà pris : prenez-en un autre, par exemple --port {port + 1}."
    if error.errno == errno.EACCES:
        return f"Le port {port} est réservé au système : prenez-en un autre, par exemple 8080."
    return f"« {host} » n'est pas une adresse de cette machine : essayez --host 127.0.0.1."
