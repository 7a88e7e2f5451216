"""JSON: one article per line, an array of articles, one article, or an object that holds them."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import IO

from corpus.files import MAX_PIECE, OpenFile
from corpus.readers.field_names import FIELDS, FieldNames
from corpus.readers.format import Format
from corpus.records import Record, SetAside, Unreadable

FORMAT = Format("JSON, JSONL", "des objets, un par ligne ou dans un tableau", FIELDS[2:])
_BEGINS = re.compile(r"\[\s*(?:[\[{\]]|\Z) | \{\s*(?:[\"}]|\Z)", re.VERBOSE)
_BETWEEN = re.compile(r"[\s,]*")
_LINES_SUFFIXES = (".jsonl", ".ndjson")
_TOO_LONG = f"de plus de {MAX_PIECE // 2**20} Mo d'un seul tenant ; découpez-le"
_CHUNK = 2**18  # characters read at a time
_DEEPEST = 4  # objects around the articles, as in {"response": {"docs": [...]}}
_DECODER = json.JSONDecoder(strict=False)  # line ends within strings are common


def recognises(file: OpenFile) -> bool:
    """Tell a file that begins as a JSON object, or an array of them, does."""
    return _BEGINS.match(file.start) is not None


def read(file: OpenFile) -> Iterator[Record | SetAside]:
    """Yield the articles; raises Unreadable, with the place, where the JSON breaks off."""
    return _read_lines(file) if _has_lines(file) else _read_values(file)


def _has_lines(file: OpenFile) -> bool:
    """Tell JSON Lines by the first line, whole by itself, or by two that begin alike."""
    if file.suffix in _LINES_SUFFIXES:
        return True
    first, _, rest = file.start.partition("\n")
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return first.startswith('{"') and rest.startswith('{"')


def _read_lines(file: OpenFile) -> Iterator[Record | SetAside]:
    for number, line in enumerate(file.lines(), 1):
        position = f"ligne {number}"
        if line is None:
            yield SetAside(file.name, f"ligne {_TOO_LONG}", position)
        elif not line.isspace():
            try:
                value = _DECODER.decode(line)
            except (ValueError, RecursionError) as error:
                yield SetAside(file.name, _broken(error), position)
            else:
                yield from _records(value, file, position)


def _read_values(file: OpenFile) -> Iterator[Record | SetAside]:
    for number, value in enumerate(_values(_Window(file.text())), 1):
        yield from _records(value, file, f"article {number}")


class _Window:
    """A stretch of a long JSON text, moved along as its values are read."""

    def __init__(self, text: IO[str]) -> None:
        self._text = text
        self._line = 1
        self.buffer, self.at = "", 0

    def grow(self) -> bool:
        """Read on, twice as far each time, so that a long value costs linear time."""
        length = len(self.buffer) - self.at
        more = "" if self.is_full else self._text.read(max(_CHUNK, length))
        if more:
            self._line += self.buffer.count("\n", 0, self.at)
            self.buffer, self.at = self.buffer[self.at :] + more, 0
        return bool(more)

    @property
    def is_full(self) -> bool:
        """Whether as much is held as may be."""
        return len(self.buffer) - self.at >= MAX_PIECE

    def skip(self, between: re.Pattern[str]) -> str:
        """Go past what a pattern matches; return the next character, empty at the end."""
        while True:
            if match := between.match(self.buffer, self.at):
                self.at = match.end()
            if self.at < len(self.buffer) or not self.grow():
                return self.buffer[self.at : self.at + 1]

    def line(self, position: int) -> int:
        """Return the number of the line that a position of the buffer is in."""
        return self._line + self.buffer.count("\n", 0, position)


def _values(window: _Window) -> Iterator[object]:
    """Yield the elements of an array, or values one after the other."""
    in_array = window.skip(_BETWEEN) == "["
    window.at += in_array
    while (following := window.skip(_BETWEEN)) not in ("", "]"):
        try:
            value, window.at = _DECODER.raw_decode(window.buffer, window.at)
        except RecursionError as error:
            raise Unreadable(_broken(error), f"ligne {window.line(window.at)}") from error
        except ValueError as error:
            place = error.pos if isinstance(error, json.JSONDecodeError) else window.at
            position = f"ligne {window.line(place)}"
            if not window.grow():
                reason = f"article {_TOO_LONG}" if window.is_full else _broken(error)
                raise Unreadable(f"la suite n'est pas lue : {reason}", position) from error
        else:
            yield value
    if in_array and not following:
        raise Unreadable("JSON inachevé : il manque la fin du fichier ; copiez-le de nouveau")


def _broken(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "JSON trop imbriqué pour un article ; corrigez ou exportez de nouveau"
    place = f", colonne {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
    return f"JSON invalide{place} ; corrigez ou exportez de nouveau"


def _records(value: object, file: OpenFile, position: str) -> Iterator[Record | SetAside]:
    """Yield the article that a value is, or those that it holds."""
    if isinstance(value, list):
        for number, inner in enumerate(value, 1):
            if not isinstance(inner, list):
                yield from _records(inner, file, f"{position}, élément {number}")
        return
    if not isinstance(value, dict):
        yield SetAside(file.name, "ce n'est pas un objet JSON avec des champs", position)
        return
    record = file.fields.record(value, position)
    if record is None or not record.body.strip():
        within = _articles_within(value, file.fields, _DEEPEST, record is not None)
        if within:
            yield from _records(within, file, position)
            return
    yield record or SetAside(file.name, file.fields.missing(value), position)


def _articles_within(
    value: Mapping[str, object], fields: FieldNames, depth: int, whole: bool
) -> list[object]:
    """Return the list of articles somewhere in an object, or an article under one name.

    whole: take only articles that have a text, since the object itself has a title.
    """
    for inner in value.values():
        items = inner if isinstance(inner, list) else [inner]
        first = next((item for item in items if isinstance(item, dict)), None)
        if first is None:
            continue
        record = fields.record(first)
        if record is not None and (record.body.strip() or not whole):
            return items
        if depth and (found := _articles_within(first, fields, depth - 1, whole)):
            return items if isinstance(inner, list) else found
    return []
