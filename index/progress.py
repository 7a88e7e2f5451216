"""How far a rebuild is: a bar on a terminal, plain lines elsewhere."""

import sys
from time import monotonic
from types import TracebackType

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as Bar

from corpus.reading import Reading
from corpus.records import SetAside
from corpus.wording import count

# Seconds between two plain lines.
LINES_EVERY = 10.0
# Seconds between two looks at how many bytes were read, which cost more than an article.
_LOOK_EVERY = 0.1


class Progress:
    """Shows on standard error how much of a reading is done, its rate and the time left."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._started = self._looked = self._said = monotonic()
        self._bar: Bar | None = None
        console = Console(stderr=True)
        if console.is_terminal and sys.stderr.isatty():
            self._bar = Bar(
                TextColumn("Indexation"),
                BarColumn(),
                TaskProgressColumn(),
                TextColumn("{task.fields[articles]}, {task.fields[rate]}/s"),
                TimeElapsedColumn(),
                TimeRemainingColumn(),
                console=console,
                transient=True,
            )

    def __enter__(self) -> "Progress":
        if self._bar:
            self._bar.start()
            self._task = self._bar.add_task("", total=None, articles=count(0, "article"), rate=0)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        if self._bar:
            self._bar.stop()

    def advance(self, articles: int) -> None:
        """Show that so many articles are done."""
        now = monotonic()
        if now - self._looked < _LOOK_EVERY:
            return
        self._looked = now
        rate = round(articles / (now - self._started))
        if self._bar:
            self._bar.update(
                self._task,
                total=self._reading.total_bytes,
                completed=self._reading.read_bytes,
                articles=count(articles, "article"),
                rate=rate,
            )
        elif now - self._said >= LINES_EVERY:
            self._said = now
            done = self._reading.read_bytes / max(self._reading.total_bytes, 1)
            left = round((now - self._started) * (1 / max(done, 0.001) - 1))
            told = count(articles, "article")
            click.echo(f"{told}, {rate}/s, {done:.0%}, reste {left} s", err=True)

    def tell(self, item: SetAside) -> None:
        """Say what was not read as it stands, above the bar."""
        if self._bar:
            self._bar.console.print(str(item), markup=False, highlight=False, soft_wrap=True)
        else:
            click.echo(str(item), err=True)
