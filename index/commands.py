"""The commands that build an index and tell what it holds."""

import json
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from time import monotonic
from typing import IO

import click

from corpus.article import Article
from corpus.commands import lang_option, map_option
from corpus.ledger import Ledger
from corpus.preparation import with_entities
from corpus.reading import Reading
from corpus.records import Fate, SetAside
from corpus.wording import count as counted
from corpus.wording import day, moment, number, size
from index.fields import Facet
from index.index_option import index_option, name_index
from index.opening import open_engine
from index.progress import Progress
from index.reindexing import Outcome, known_files, remake, update

_FATES = {
    Fate.SKIPPED: ("ignoré", "ignorés"),
    Fate.SET_ASIDE: ("mis de côté", "mis de côté"),
    Fate.KEPT: ("gardé avec une remarque", "gardés avec une remarque"),
}


class NothingRead(click.ClickException):
    """No article was found; the index is left as it was."""


@click.command(
    help="Lit des fichiers et dossiers, et met l'index à jour : ce qui n'a pas changé depuis la "
    "dernière fois n'est pas relu."
)
@click.argument(
    "paths", metavar="CHEMIN...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@map_option
@lang_option
@click.option(
    "--full", is_flag=True, help="Relit tout, et refait l'index à côté de l'ancien, qu'il remplace."
)
@click.option(
    "--prune", is_flag=True, help="Retire les articles des fichiers qui ont disparu des dossiers."
)
@click.option(
    "--report",
    metavar="FICHIER",
    type=click.File("w", encoding="utf-8", atomic=True),
    help="Y écrit ce qui n'est pas dans l'index tel quel, un objet JSON par ligne ; - : à l'écran.",
)
@index_option
def reindex(
    paths: tuple[Path, ...],
    mapping: Mapping[str, str],
    languages: frozenset[str],
    full: bool,
    prune: bool,
    report: IO[str] | None,
    url: str,
) -> None:
    """Bring the index up to date with the files at the paths."""
    name_index(url)
    started = monotonic()
    with closing(open_engine(url)) as engine:
        ledger = None if full else known_files(engine)
        reading = Reading(paths, mapping, with_entities, ledger, prune, languages=languages)
        with Progress(reading) as progress:
            tally = _Tally(reading, progress)
            if ledger is None:
                outcome = remake(engine, reading, tally.tell, tally.check)
            else:
                outcome = update(engine, reading, tally.tell)
                if not tally.known:
                    tally.check()
    click.echo(_summary(outcome, tally.fates, reading, monotonic() - started), err=True)
    if reading.vanished and not prune:
        gone = counted(len(reading.vanished), "fichier")
        several = "s" if len(reading.vanished) > 1 else ""
        told = f"{gone} introuvable{several}, dont les articles restent ; --prune les retire."
        click.echo(told, err=True)
    if report:
        write_report(reading.ledger, report)


class _Tally:
    """Counts and shows what is read, as it is read."""

    def __init__(self, reading: Reading, progress: Progress) -> None:
        self._reading = reading
        self._progress = progress
        self._articles = 0
        self.known = False  # whether something was read that the index has, or that takes back
        self.fates: dict[Fate, int] = {}

    def tell(self, item: Article | SetAside) -> None:
        """Show an article as one more, anything else with its reason."""
        if isinstance(item, Article):
            self._articles += 1
            self._progress.advance(self._articles)
        else:
            self.fates[item.fate] = self.fates.get(item.fate, 0) + 1
            self.known = self.known or (item.fate is Fate.SKIPPED and item.format != "")
            self._progress.tell(item)

    def check(self) -> None:
        """Raise NothingRead where not one file had an article."""
        known = self._reading.unchanged or self._reading.vanished
        if not self._articles and not known:
            raise NothingRead(
                "Aucun article n'a pu être lu : l'index n'a pas changé. Vérifiez les chemins, ou "
                "essayez « kiosque inspect » sur un fichier."
            )


def write_report(ledger: Ledger, file: IO[str]) -> None:
    """Write what is not in the index as it stands in a file, one JSON object a line."""
    for item in ledger.report():
        fields = {"file": item.file, "format": item.format, "position": item.position}
        line = fields | {"reason": item.reason, "fate": item.fate.value}
        file.write(json.dumps(line, ensure_ascii=False) + "\n")


def _summary(outcome: Outcome, fates: Mapping[Fate, int], reading: Reading, seconds: float) -> str:
    count = outcome.written
    parts = [f"{counted(count, 'article')} indexé{'s' if count > 1 else ''}"]
    if outcome.removed:
        removed = outcome.removed
        parts.append(f"{counted(removed, 'article')} retiré{'s' if removed > 1 else ''}")
    if reading.unchanged:
        same = reading.unchanged
        parts.append(f"{counted(same, 'fichier')} inchangé{'s' if same > 1 else ''}")
    for fate, (one, several) in _FATES.items():
        if fates.get(fate):
            parts.append(f"{number(fates[fate])} {one if fates[fate] == 1 else several}")
    rate = counted(round(count / max(seconds, 0.001)), "article")
    took = number(round(seconds, 1))
    return f"{', '.join(parts)}, en {took} s ({rate}/s)."


@click.command(help="Dit ce que l'index contient, et quand il a été fait.")
@click.option(
    "--report",
    metavar="FICHIER",
    type=click.File("w", encoding="utf-8", atomic=True),
    help="Y écrit ce que la dernière lecture n'a pas pris tel quel ; - : à l'écran.",
)
@index_option
def status(report: IO[str] | None, url: str) -> None:
    """Print what the index holds, and what became of the rest."""
    with closing(open_engine(url)) as engine:
        found = engine.status()
        ledger = known_files(engine)
    if report and ledger:
        write_report(ledger, report)
    if report and report.name in ("-", "<stdout>"):
        return
    click.echo(f"Index : {found.url}")
    copies = f", dont {counted(found.copies, 'reprise')}" if found.copies else ""
    click.echo(f"Articles : {number(found.articles)}{copies}")
    if found.first and found.last:
        click.echo(f"Dates : du {day(found.first)} au {day(found.last)}")
    names = {Facet.COUNTRY: "Pays", Facet.ACTOR: "Acteurs", Facet.SOURCE: "Sources"}
    for facet, name in names.items():
        click.echo(f"{name} : {number(found.counts[facet])}")
    click.echo(f"Taille : {size(found.size_bytes)}")
    click.echo(f"Fait : le {moment(found.built)}, par Kiosque {found.version}")
    for remark in found.remarks:
        click.echo(f"État : {remark}")
    if ledger:
        click.echo(f"Lecture : {_last_reading(ledger)}")


def _last_reading(ledger: Ledger) -> str:
    fates = Counter(item.fate for item in ledger.report())
    parts = [counted(len(ledger.entries), "fichier")]
    parts += [
        f"{number(fates[fate])} {one if fates[fate] == 1 else several}"
        for fate, (one, several) in _FATES.items()
        if fates[fate]
    ]
    when = f", finie le {moment(ledger.finished)}" if ledger.finished else ", interrompue"
    return ", ".join(parts) + when
