"""The command that moves an index from one place to another, without the files."""

from collections.abc import Iterable, Iterator
from contextlib import closing
from time import monotonic

import click

from corpus.article import Article
from corpus.wording import count as counted
from index.engine import Closing, EngineError
from index.fields import Sort
from index.index_option import refuse_password
from index.ledger_file import LedgerFile
from index.opening import open_engine
from index.opensearch.address import without_password
from index.progress import LINES_EVERY
from index.query import Query


@click.command(
    help="Copie un index dans un autre, qu'il remplace : d'un dossier vers un cluster OpenSearch, "
    "ou l'inverse. Les fichiers des articles ne sont pas lus."
)
@click.option(
    "--from",
    "source",
    metavar="URL",
    required=True,
    callback=refuse_password,
    help="Adresse de l'index à copier.",
)
@click.option(
    "--to",
    "target",
    metavar="URL",
    required=True,
    callback=refuse_password,
    help="Adresse de l'index à remplir ; son contenu est remplacé quand la copie est entière.",
)
def copy(source: str, target: str) -> None:
    """Replace the content of an index by that of another, journal included."""
    if without_password(source) == without_password(target):
        raise click.UsageError("Les deux adresses sont celles du même index.")
    click.echo(f"De : {without_password(source)}\nVers : {without_password(target)}", err=True)
    started = monotonic()
    # Articles go as they were read: the names that entities are shown under are no part of them.
    as_read = LedgerFile.as_read()
    with (
        closing(open_engine(source, as_read)) as old,
        closing(open_engine(target, as_read)) as new,
    ):
        expected = old.status().articles

        def finished() -> Closing:
            if (found := progress.articles) != expected:
                raise EngineError(
                    f"L'index copié a donné {found} articles au lieu de {expected}, car il a "
                    "changé pendant la copie : l'autre reste tel quel. Relancez."
                )
            return Closing(journal=old.journal())

        progress = _Progress(expected)
        everything = old.scan(Query(sort=Sort.OLDEST, copies=True))
        count = new.rebuild(progress.of(everything), finished)
    seconds = max(monotonic() - started, 0.001)
    rate = counted(round(count / seconds), "article")
    plural = "s" if count > 1 else ""
    click.echo(f"{counted(count, 'article')} copié{plural} ({rate}/s).", err=True)


class _Progress:
    """Counts articles as they pass, and tells of it now and then."""

    def __init__(self, expected: int) -> None:
        self.articles = 0
        self._expected = expected

    def of(self, articles: Iterable[Article]) -> Iterator[Article]:
        """Yield the articles."""
        said = monotonic()
        for article in articles:
            self.articles += 1
            if monotonic() - said > LINES_EVERY:
                said = monotonic()
                click.echo(f"{self.articles} / {self._expected} articles", err=True)
            yield article
