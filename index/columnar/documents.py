"""Batches of documents, inverted but not yet in a segment: what one process hands to another."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.columnar.container import Array
from index.columnar.inversion import Interner, Inverted, Inverter, integers
from index.columnar.schema import Field, KeywordField, NumberField, TextField


@dataclass(frozen=True, slots=True)
class Coded:
    """A keyword field of a batch of documents.

    values: the distinct keywords. codes: those of each document, as indexes into `values`.
    counts: how many each document has.
    """

    values: Sequence[str]
    codes: Array
    counts: Array


@dataclass(frozen=True, slots=True)
class Batch:
    """Documents inverted, field by field; pickles as flat arrays and lists of words.

    numbers: of each number field the numbers, and which of them are missing.
    stored: the stored fields of each, as `index.columnar.dumping.dump` gives them; or, if
    compressed, with the dictionary of the writer that takes the batch.
    """

    texts: Mapping[str, Inverted]
    keywords: Mapping[str, Coded]
    numbers: Mapping[str, tuple[Array, Array]]
    stored: Sequence[bytes]
    compressed: bool = False


class Documents:
    """Gathers documents, batch after batch; what it learns of one serves the next.

    words: about how many words and keywords the documents of this batch have.
    """

    def __init__(self, fields: Sequence[Field]) -> None:
        self._texts = {one.name: Inverter(one.cut) for one in fields if isinstance(one, TextField)}
        self._keyword_fields = [one.name for one in fields if isinstance(one, KeywordField)]
        self._kinds = {one.name: one.dtype for one in fields if isinstance(one, NumberField)}
        self._begin()

    def __len__(self) -> int:
        return len(self._stored)

    def _begin(self) -> None:
        self._keywords = {name: Keywords() for name in self._keyword_fields}
        self._numbers = {name: Numbers(dtype) for name, dtype in self._kinds.items()}
        self._stored: list[bytes] = []
        self.words = 0

    def add(
        self,
        texts: Mapping[str, str | Sequence[str]],
        keywords: Mapping[str, Sequence[str]],
        numbers: Mapping[str, float | None],
        stored: bytes,
    ) -> None:
        """Add a document; a field that is not named has no value.

        texts: the words of each text field, or the text where the field cuts it; a word's
            index is its position.
        keywords: the values of each keyword field; repetitions do not count.
        stored: what `index.columnar.dumping.dump` gives for the stored fields, or that compressed.
        Raises KeyError for a field that the schema does not have.
        """
        unknown = {*texts, *keywords, *numbers} - {*self._texts, *self._keywords, *self._numbers}
        if unknown:
            raise KeyError(f"no such field in the schema: {', '.join(sorted(unknown))}")
        self._stored.append(stored)
        for name, inverter in self._texts.items():
            self.words += inverter.add(texts.get(name, ""))
        for name, codes in self._keywords.items():
            self.words += codes.add(keywords.get(name, ()))
        for name, column in self._numbers.items():
            column.add(numbers.get(name))

    def inverted(self, compressed: bool = False) -> Batch:
        """Return the documents added since the last call, inverted.

        compressed: whether their stored fields are.
        """
        batch = Batch(
            {name: inverter.inverted() for name, inverter in self._texts.items()},
            {name: codes.coded() for name, codes in self._keywords.items()},
            {name: column.arrays() for name, column in self._numbers.items()},
            self._stored,
            compressed,
        )
        self._begin()
        return batch


class Keywords:
    """Gather the keywords of each document."""

    def __init__(self) -> None:
        self._known = Interner()
        self._codes, self._counts = array("I"), array("I")

    def add(self, values: Sequence[str]) -> int:
        """Add the next document; return how many keywords it has."""
        if len(values) > 1:
            values = list(dict.fromkeys(values))
        self._codes.extend(map(self._known.__getitem__, values))
        self._counts.append(len(values))
        return len(values)

    def coded(self) -> Coded:
        """Return the keywords of all documents."""
        return Coded(self._known.words, integers(self._codes), integers(self._counts))


class Numbers:
    """Gather a number or none for each document."""

    def __init__(self, dtype: str) -> None:
        self._dtype = np.dtype(dtype)
        self._values = array("q" if self._dtype.kind == "i" else "d")
        self._missing = array("B")

    def add(self, value: float | None) -> None:
        """Add the next document's number."""
        self._values.append(0 if value is None else value)  # type: ignore[arg-type]
        self._missing.append(value is None)

    def arrays(self) -> tuple[Array, Array]:
        """Return the numbers, and which of them are missing."""
        return (
            np.frombuffer(self._values, self._dtype),
            np.frombuffer(self._missing, np.bool_),
        )
