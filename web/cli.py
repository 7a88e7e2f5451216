"""The one console script: every command, and what they all do about errors."""

import gettext
import os
from importlib import import_module
from pathlib import Path

import click

from corpus.parallel import WorkerLost
from corpus.version import VERSION
from index.engine import EngineError
from search.request import BadRequest

# Where each command is. It is imported when it is called: each process that helps to read
# articles runs this module too, and would import the site.
_MODULES = {
    "copy": "index.copying",
    "entites": "index.ledger_commands",
    "evaluate": "search.evaluation_command",
    "formats": "corpus.commands",
    "inspect": "corpus.commands",
    "reindex": "index.commands",
    "search": "search.commands",
    "serve": "web.commands",
    "status": "index.commands",
}
_LOCALE = Path(__file__).parent / "locale"


class Commands(click.Group):
    """A group whose commands end on a readable sentence in French, never on a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return list(_MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by its name, None for one that is unknown."""
        if cmd_name not in _MODULES:
            return None
        command: click.Command = getattr(import_module(_MODULES[cmd_name]), cmd_name)
        return command

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
