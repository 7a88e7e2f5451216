"""The one console script: every command, and what they all do about errors."""

import gettext
import os
from pathlib import Path

import click

from corpus.commands import formats, inspect
from corpus.parallel import WorkerLost
from corpus.version import VERSION
from index.commands import reindex, status
from index.copying import copy
from index.engine import EngineError
from index.ledger_commands import entites
from search.commands import search
from search.evaluation_command import evaluate
from search.request import BadRequest
from web.commands import serve

_LOCALE = Path(__file__).parent / "locale"


class Commands(click.Group):
    """A group whose commands end on a readable sentence in French, never on a traceback."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments, in French whatever the language of the system.

        gettext asks the environment alone, and click knows no other domain than gettext's own.
        """
        gettext.bindtextdomain("messages", _LOCALE)
        os.environ["LANGUAGE"] = "fr"
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; exit with status 1 and the error's text where it fails."""
        try:
            return super().invoke(ctx)
        except (EngineError, BadRequest, WorkerLost) as error:
            raise click.ClickException(str(error)) from error


@click.group(
    cls=Commands,
    help="Kiosque, moteur de recherche pour un corpus d'articles de presse en français.",
    context_settings={"help_option_names": ["-h", "--help"]},
    options_metavar="[OPTIONS]",
    subcommand_metavar="COMMANDE [ARGUMENT]...",
)
@click.version_option(
    VERSION, prog_name="kiosque", message="%(prog)s %(version)s", help="Affiche la version."
)
def main() -> None:
    """Gather the commands."""


for command in (entites, copy, evaluate, formats, reindex, inspect, search, serve, status):
    main.add_command(command)
