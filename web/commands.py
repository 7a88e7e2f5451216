"""The command that serves the site."""

import errno
import os
import socket
from contextlib import closing

import click

from corpus.wording import count
from index.engine import EngineError
from index.index_option import refuse_password
from index.opening import MEMORY, default_url, open_engine
from index.opensearch.address import without_password
from web.serving import ServersLost, serve_alone, serve_by

MOST_PROCESSES = 4
_REVIEW = "kiosque entites --check"


@click.command(help="Sert le site de recherche ; Ctrl-C l'arrête.")
@click.option(
    "--host",
    metavar="ADRESSE",
    default="127.0.0.1",
    show_default=True,
    help="Adresse d'écoute ; 0.0.0.0 ouvre le site à tout le réseau.",
)
@click.option(
    "--port",
    metavar="PORT",
    type=click.IntRange(0, 65535),
    default=8080,
    show_default=True,
    help="Port d'écoute ; 0 en prend un libre.",
)
@click.option(
    "--index",
    "url",
    metavar="URL",
    default=default_url,
    show_default="KIOSQUE_INDEX, sinon le dossier de l'utilisateur",
    callback=refuse_password,
    help="Adresse de l'index.",
)
@click.option(
    "--processus",
    "processes",
    metavar="NOMBRE",
    type=click.IntRange(1, 64),
    default=lambda: min(os.cpu_count() or 1, MOST_PROCESSES),
    show_default=f"un par cœur, {MOST_PROCESSES} au plus",
    help="Nombre de processus qui servent ensemble.",
)
def serve(host: str, port: int, url: str, processes: int) -> None:
    """Serve the site until interrupted."""
    listener = listen(host, port)
    click.echo(f"Index : {without_password(url)} ({_content(url)})")
    click.echo(f"Adresse : {site_address(listener)}")
    if processes == 1 or url == MEMORY:
        serve_alone(listener, url)
        return
    try:
        serve_by(processes, listener, url)
    except ServersLost as error:
        raise click.ClickException(str(error)) from error


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


def _content(url: str) -> str:
    try:
        with closing(open_engine(url)) as engine:
            faults = len(engine.renaming().ledger.faults)
            told = f" ; registre des entités à revoir : {_REVIEW}" if faults else ""
            return count(engine.status().articles, "article") + told
    except EngineError as error:
        return str(error)


def _remedy(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Le port {port} est déjà pris : prenez-en un autre, par exemple --port {port + 1}."
    if error.errno == errno.EACCES:
        return f"Le port {port} est réservé au système : prenez-en un autre, par exemple 8080."
    return f"« {host} » n'est pas une adresse de cette machine : essayez --host 127.0.0.1."
