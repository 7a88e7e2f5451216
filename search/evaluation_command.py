"""The command that measures how well judged queries are answered."""

from collections.abc import Callable, Iterable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TypeVar

import click

from index.index_option import index_option, name_index
from index.opening import open_engine
from search.evaluating import (
    BadLine,
    NoMeasures,
    measured,
    ranked,
    read_judgements,
    read_queries,
    run,
    run_lines,
)

Read = TypeVar("Read")
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(
    help="Mesure la pertinence sur des requêtes jugées : nDCG@10, MRR@10 et R@100, un nom et un "
    "chiffre par ligne."
)
@click.option(
    "--queries",
    metavar="FICHIER",
    required=True,
    type=_FILE,
    help="Les requêtes : identifiant, tabulation, texte.",
)
@click.option(
    "--qrels",
    metavar="FICHIER",
    required=True,
    type=_FILE,
    help="Les jugements, au format TREC : requête, 0, article, pertinence.",
)
@click.option(
    "--run",
    "out",
    metavar="FICHIER",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Où écrire les classements, au format TREC.",
)
@index_option
def evaluate(queries: Path, qrels: Path, out: Path | None, url: str) -> None:
    """Print the measures over the queries that are judged."""
    name_index(url)
    asked = _read(queries, read_queries)
    judgements = _read(qrels, read_judgements)
    judged = {id_: text for id_, text in asked.items() if id_ in judgements}
    if not judged:
        raise click.ClickException(
            f"Aucune requête de « {queries} » n'est jugée dans « {qrels} » : "
            "leurs identifiants doivent être les mêmes."
        )
    for left, what in ((len(asked), "requêtes sans jugement"), (len(judgements), "sans requête")):
        if left > len(judged):
            click.echo(f"Laissées de côté, {what} : {left - len(judged)}", err=True)
    with closing(open_engine(url)) as engine:
        found = run(judged, partial(ranked, engine))
    if out:
        out.write_text("".join(f"{line}\n" for line in run_lines(found)), encoding="utf-8")
    try:
        figures = measured(judgements, found)
    except NoMeasures as error:
        raise click.ClickException(str(error)) from None
    for name, figure in figures.items():
        click.echo(f"{name} {figure:.4f}")


def _read(path: Path, read: Callable[[Iterable[str]], Read]) -> Read:
    try:
        return read(path.read_text(encoding="utf-8-sig").splitlines())
    except BadLine as error:
        raise click.ClickException(f"« {path} », {error}.") from None
    except UnicodeDecodeError:
        raise click.ClickException(f"« {path} » n'est pas en UTF-8.") from None
