"""The stored fields of a document as bytes, before they are compressed: parted texts, or JSON."""

import base64
import json
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Any

# What parts texts, and their names before them; JSON never begins with it.
_PARTED, _NAMES_PARTED = "\x1f", "\x1e"
# Marks a value that JSON does not know; no field can have such a name.
_TAG = "\0"
_TAG_IN_JSON = b'{"\\u0000'

# The names of fields, and their values in the same order.
Record = tuple[tuple[str, ...], list[Any]]


def dump(fields: Mapping[str, Any]) -> bytes:
    """Return fields as bytes: parted texts where all are text, which are read in 4 us, else JSON.

    Besides JSON's types: datetime, date, time, Decimal, bytes. Tuples and sets come back
    as lists. Raises TypeError for anything else: nothing is ever pickled.
    """
    text = _parted(fields) or _ENCODER.encode(fields)
    return text.encode("utf-8", "surrogatepass")


def load(data: bytes) -> dict[str, Any]:
    """Return the fields that `dump` wrote."""
    return dict(zip(*record(data), strict=True))


def record(data: bytes) -> Record:
    """Return the names and the values of the fields that `dump` wrote."""
    text = data.decode("utf-8", "surrogatepass")
    if text[0] == _PARTED:
        _, names, *values = text.split(_PARTED)
        return _names(names), values
    fields = json.loads(text, object_hook=_untagged if _TAG_IN_JSON in data else None)
    return tuple(fields), list(fields.values())


def _parted(fields: Mapping[str, Any]) -> str:
    """Return fields as parted texts, or nothing where a value is no text or has the mark in it."""
    if not all(type(value) is str for value in fields.values()):
        return ""
    names = _NAMES_PARTED.join(fields)
    text = _PARTED.join(("", names, *fields.values()))
    sound = text.count(_PARTED) == len(fields) + 1 and len(_names(names)) == len(fields)
    return text if sound else ""


@lru_cache(maxsize=1 << 10)
def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split(_NAMES_PARTED))


def _tagged(value: object) -> object:
    match value:
        case datetime() | date() | time():
            return {_TAG + type(value).__name__: value.isoformat()}
        case Decimal():
            return {_TAG + "Decimal": str(value)}
        case bytes():
            return {_TAG + "bytes": base64.b64encode(value).decode()}
        case set() | frozenset():
            return sorted(value)
    raise TypeError(f"cannot store a {type(value).__name__}; store text, a number or a date")


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_tagged)

_READERS: Mapping[str, Callable[[str], object]] = {
    _TAG + "datetime": datetime.fromisoformat,
    _TAG + "date": date.fromisoformat,
    _TAG + "time": time.fromisoformat,
    _TAG + "Decimal": Decimal,
    _TAG + "bytes": base64.b64decode,
}


def _untagged(value: dict[str, Any]) -> object:
    if len(value) == 1:
        ((tag, text),) = value.items()
        if tag in _READERS:
            return _READERS[tag](text)
    return value
