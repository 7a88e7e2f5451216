"""The command that checks the entity ledger, and suggests what it could say."""

from contextlib import closing
from pathlib import Path

import click

from corpus.entities.entity_ledger import Fault
from corpus.wording import count, number
from index.index_option import index_option, name_index
from index.ledger_file import ENVIRONMENT, LedgerFile
from index.ledger_review import Suggested, suggestions, summary, unknown_names
from index.opening import open_engine


@click.command(
    help="Dit ce que fait le registre des entités (pays et acteurs réunis, renommés, scindés, "
    "masqués) ; --check le vérifie, --suggest propose des fusions."
)
@click.option("--check", is_flag=True, help="Signale contradictions et noms inconnus de l'index.")
@click.option("--suggest", is_flag=True, help="Propose des fusions, en lignes à décommenter.")
@click.option(
    "--entites",
    "path",
    metavar="FICHIER",
    type=click.Path(path_type=Path),
    help=f"Le registre à lire, au lieu de {ENVIRONMENT} ou de celui qui est à côté de l'index.",
)
@index_option
def entites(check: bool, suggest: bool, path: Path | None, url: str) -> None:
    """Tell what the ledger does, what is wrong with it, and what it could do."""
    name_index(url)
    with closing(open_engine(url, LedgerFile(path) if path else None)) as engine:
        ledger = engine.renaming().ledger
        if suggest:
            for one in suggestions(engine):
                click.echo(suggested_line(one))
    if not suggest:
        click.echo(summary(ledger))
    faults = list(ledger.faults)
    if check:
        with closing(open_engine(url, LedgerFile.as_read())) as stated:
            faults += unknown_names(stated, ledger)
    for fault in sorted(faults, key=lambda one: one.line):
        click.echo(fault_line(fault), err=True)
    if check and faults:
        raise click.exceptions.Exit(1)


def fault_line(fault: Fault) -> str:
    """Return a fault in words, with its line."""
    return f"Ligne {fault.line} : {fault.text}"


def suggested_line(suggested: Suggested) -> str:
    """Return a merge as a line of the ledger, commented out."""
    likely = suggested.likely
    together = f"{number(suggested.together)} avec les deux noms" if suggested.together else ""
    facts = [likely.reason.value, count(suggested.articles, "article"), together]
    told = ", ".join(filter(None, facts))
    return f"# fusionner: {_quoted(likely.kept)} = {_quoted(likely.other)}  # {told}"


def _quoted(name: str) -> str:
    plain = not any(sign in name for sign in (",", "=", "->", "→", " #", "«", ":"))
    return name if plain else f'"{name}"'
