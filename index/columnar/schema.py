"""What a segment's fields are."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class TextField:
    """Words, searched with their places.

    keys: equivalences over the words, by name: each maps a word to its key, and
        `SegmentReader.terms_with_key` finds all words of a key.
    """

    name: str
    keys: Mapping[str, Callable[[str], str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KeywordField:
    """Any number of whole values for each document: found by value, read by document."""

    name: str


@dataclass(frozen=True, slots=True)
class NumberField:
    """A number or none for each document."""

    name: str
    dtype: Literal["int64", "float64"] = "int64"


Field = TextField | KeywordField | NumberField
