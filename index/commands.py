"""The commands that build an index and tell what it holds."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar

import click

from corpus.article import Article
from corpus.commands import map_option
from corpus.preparation import prepared
from corpus.reading import Reading
from corpus.records import Fate, SetAside
from corpus.wording import count as counted
from corpus.wording import day, number, size
from index.opening import ENVIRONMENT, default_url, open_engine
from index.progress import Progress
from index.query import Facet

Command = TypeVar("Command", bound=Callable[..., Any])

_FATES = {
    Fate.SKIPPED: ("ignoré", "ignorés"),
    Fate.SET_ASIDE: ("mis de côté", "mis de côté"),
    Fate.KEPT: ("gardé avec une remarque", "gardés avec une remarque"),
}


def index_option(command: Command) -> Command:
    """Give a command the option that says which index it uses."""
    return click.option(
        "--index",
        "url",
        metavar="URL",
        default=default_url,
        show_default=f"{ENVIRONMENT}, sinon le dossier de l'utilisateur",
        help="Adresse de l'index, par exemple whoosh:///chemin/du/dossier.",
    )(command)


class NothingRead(click.ClickException):
    """No article was found; the index is left as it was."""


@click.command(help="Lit des fichiers et dossiers, et refait l'index à côté de l'ancien.")
@click.argument(
    "paths", metavar="CHEMIN...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@map_option
@index_option
def reindex(paths: tuple[Path, ...], mapping: Mapping[str, str], url: str) -> None:
    """Replace the index by the articles found at the paths."""
    click.echo(f"Index : {url}", err=True)
    started = monotonic()
    fates: dict[Fate, int] = {}
    reading = Reading(paths, mapping)
    with closing(open_engine(url)) as engine, Progress(reading) as progress:
        kept = _articles(prepared(reading), progress, fates)
        count = engine.rebuild(kept)
    click.echo(_summary(count, fates, monotonic() - started), err=True)


def _articles(
    items: Iterable[Article | SetAside], progress: Progress, fates: dict[Fate, int]
) -> Iterator[Article]:
    """Yield the articles, and tell of whatever is not one. Raises NothingRead at the end."""
    count = 0
    for item in items:
        if isinstance(item, Article):
            count += 1
            progress.advance(count)
            yield item
        else:
            fates[item.fate] = fates.get(item.fate, 0) + 1
            progress.tell(item)
    if not count:
        raise NothingRead(
            "Aucun article n'a pu être lu : l'index n'a pas changé. Vérifiez les chemins, ou "
            "essayez « kiosque inspect » sur un fichier."
        )


def _summary(count: int, fates: Mapping[Fate, int], seconds: float) -> str:
    parts = [f"{counted(count, 'article')} indexé{'s' if count > 1 else ''}"]
    for fate, (one, several) in _FATES.items():
        if fates.get(fate):
            parts.append(f"{number(fates[fate])} {one if fates[fate] == 1 else several}")
    rate = number(round(count / max(seconds, 0.001)))
    took = number(round(seconds, 1))
    return f"{', '.join(parts)}, en {took} s ({rate} articles/s)."


@click.command(help="Dit ce que l'index contient, et quand il a été fait.")
@index_option
def status(url: str) -> None:
    """Print what the index holds."""
    with closing(open_engine(url)) as engine:
        found = engine.status()
    click.echo(f"Index : {url}")
    copies = f", dont {counted(found.copies, 'reprise')}" if found.copies else ""
    click.echo(f"Articles : {number(found.articles)}{copies}")
    if found.first and found.last:
        click.echo(f"Dates : du {day(found.first)} au {day(found.last)}")
    names = {Facet.COUNTRY: "Pays", Facet.ACTOR: "Acteurs", Facet.SOURCE: "Sources"}
    for facet, name in names.items():
        click.echo(f"{name} : {number(found.counts[facet])}")
    click.echo(f"Taille : {size(found.size_bytes)}")
    click.echo(f"Fait : {found.built}, par Kiosque {found.version}")
