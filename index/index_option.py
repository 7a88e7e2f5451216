"""The option that says which index a command uses."""

from collections.abc import Callable
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from index.opening import ENVIRONMENT, default_url
from index.opensearch.address import PASSWORD, has_password, without_password

Command = TypeVar("Command", bound=Callable[..., Any])


def refuse_password(context: click.Context, option: click.Parameter, url: str) -> str:
    """Return the address of an index, unless the command line shows a password to everyone."""
    shown = context.get_parameter_source(option.name or "") is ParameterSource.COMMANDLINE
    if shown and has_password(url):
        raise click.UsageError(
            "Un mot de passe sur la ligne de commande se voit dans la liste des processus : "
            f"donnez-le par la variable {PASSWORD}, ou l'adresse entière par {ENVIRONMENT}."
        )
    return url


def index_option(command: Command) -> Command:
    """Give a command the option that says which index it uses."""
    return click.option(
        "--index",
        "url",
        metavar="URL",
        default=default_url,
        show_default=f"{ENVIRONMENT}, sinon le dossier de l'utilisateur",
        callback=refuse_password,
        help="Adresse de l'index, par exemple whoosh:///chemin/du/dossier.",
    )(command)


def name_index(url: str) -> None:
    """Say which index a command uses, beside what it prints."""
    click.echo(f"Index : {without_password(url)}", err=True)
