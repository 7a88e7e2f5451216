"""CSV and TSV: one article per row, under a header that names the columns."""

import csv
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from corpus.files import MAX_PIECE, OpenFile
from corpus.readers.field_names import FIELDS
from corpus.readers.format import Format
from corpus.records import Record, SetAside, Unreadable

FORMAT = Format("CSV, TSV", "une première ligne qui nomme les colonnes", FIELDS[2:])
_DELIMITERS = ";,\t|"
_SUFFIXES = (".csv", ".tsv", ".tab")
_LONGEST_NAME = 60  # characters of the name of a column
_DIRECTIVE = re.compile(r"sep=.\s*[\r\n]", re.IGNORECASE)  # first line of a table for Excel
_LINE_END = re.compile(r"[\r\n]")
_DOUBLED = re.compile(r'\w""|""\w')


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a table is written, as far as its beginning tells."""

    header: list[str]
    delimiter: str
    escape: str | None


def recognises(file: OpenFile) -> bool:
    """Tell a table by its name, or by a header with a title or a text and another field."""
    if file.suffix in _SUFFIXES:
        return True
    header = _shape(file).header
    short = max(map(len, header)) <= _LONGEST_NAME
    return short and file.fields.suffice(header) and len(file.fields.known(header)) > 1


def read(file: OpenFile) -> Iterator[Record | SetAside]:
    """Yield the articles of the rows; raises Unreadable where no column is known."""
    shape = _shape(file)
    if not file.fields.suffice(shape.header):
        raise Unreadable(file.fields.missing(shape.header))
    return _read_rows(file, shape)


def _shape(file: OpenFile) -> _Shape:
    """Choose the delimiter that parts the header into the most fields that we know."""
    start = _DIRECTIVE.sub("", file.start, count=1)
    first = _LINE_END.split(start, maxsplit=1)[0]
    headers = {sign: next(csv.reader([first], delimiter=sign)) or [""] for sign in _DELIMITERS}
    fields = file.fields
    best = max(_DELIMITERS, key=lambda s: (len(fields.known(headers[s])), len(headers[s])))
    escape = "\\" if '\\"' in start and not _DOUBLED.search(start) else None
    return _Shape([name.strip() for name in headers[best]], best, escape)


def _read_rows(file: OpenFile, shape: _Shape) -> Iterator[Record | SetAside]:
    width = len(shape.header)
    rows = (row for row in _rows(file, shape) if isinstance(row, SetAside) or any(row.cells))
    next(rows, None)  # the header
    for row in rows:
        if isinstance(row, SetAside):
            yield row
        elif row.broken and len(row.cells) != width:
            yield SetAside(file.name, "guillemets mal fermés ; corrigez la ligne", row.position)
        elif any(row.cells[width:]):
            reason = f"{len(row.cells)} colonnes au lieu de {width} ; guillemets manquants ?"
            yield SetAside(file.name, reason, row.position)
        else:
            raw = dict(zip(shape.header, row.cells, strict=False))
            record = file.fields.record(raw, row.position)
            yield record or SetAside(file.name, "ni titre ni texte", row.position)


@dataclass(frozen=True, slots=True)
class _Row:
    cells: list[str]
    position: str
    broken: bool = False


class _TooLong(Exception):
    """A line is too long to hold."""


class _Lines:
    """The lines of a file; those that a broken row took by mistake can be read again."""

    def __init__(self, lines: Iterator[str | None]) -> None:
        self._lines = lines
        self._again: deque[str] = deque()
        self._taken: list[str] = []
        self.number = 1

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._lines)
        self._taken.append(line or "")
        if line is None:
            raise _TooLong
        return line

    def begin_row(self) -> None:
        self.number += len(self._taken)
        self._taken.clear()

    def give_back(self) -> str:
        """Keep the first line of the row, and have the others read again."""
        first, *others = self._taken
        self._again.extendleft(reversed(others))
        self._taken = [first]
        return first


def _rows(file: OpenFile, shape: _Shape) -> Iterator[_Row | SetAside]:
    csv.field_size_limit(MAX_PIECE)
    parse = partial(csv.reader, delimiter=shape.delimiter, escapechar=shape.escape)
    lines = _Lines(file.lines())
    if _DIRECTIVE.match(file.start):
        next(lines, None)
    while True:
        lines.begin_row()
        position = f"ligne {lines.number}"
        try:
            yield _Row(next(parse(lines, strict=True)), position)
        except StopIteration:
            return
        except _TooLong:
            yield SetAside(
                file.name, f"ligne de plus de {MAX_PIECE // 2**20} Mo ; découpez-la", position
            )
        except csv.Error:  # a quote too many: by the line alone, and go on after it
            yield _Row(next(parse([lines.give_back()])), position, broken=True)
