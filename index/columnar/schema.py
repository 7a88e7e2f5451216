"""What a segment's fields are."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class TextField:
    """Words, searched with their places.

    keys: equivalences over the words, by name: each maps a word to its key, and
        `SegmentReader.terms_with_key` finds all words of a key.
    cut: cuts a piece of a text, as `index.columnar.pieces` parts it, into words; texts are
        then added whole, and each distinct piece is cut once. None where they are added word
        by word.
    """

    name: str
    keys: Mapping[str, Callable[[str], str]] = field(default_factory=dict)
    cut: Callable[[str], Sequence[str]] | None = None


@dataclass(frozen=True, slots=True)
class KeywordField:
    """Any number of whole values for each document: found by value, read by document.

    found: whether documents are found by a value at all.
    """

    name: str
    found: bool = True


@dataclass(frozen=True, slots=True)
class NumberField:
    """A number or none for each document."""

    name: str
    dtype: Literal["int64", "float64"] = "int64"


Field = TextField | KeywordField | NumberField
