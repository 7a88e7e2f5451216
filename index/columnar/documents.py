"""Documents analysed and interned, not yet in a segment: what one process hands to another."""

from array import array
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from index.columnar.container import Array
from index.columnar.inversion import Inverter
from index.columnar.schema import Field, KeywordField, NumberField, TextField
from index.columnar.stored import dump


class Documents:
    """The documents of a batch, field by field; pickles as a few flat arrays.

    stored: the stored fields of each, as `index.columnar.stored.dump` gives them.
    words: how many words and keywords they have, all told.
    """

    def __init__(self, fields: Sequence[Field]) -> None:
        self.texts = {one.name: Inverter() for one in fields if isinstance(one, TextField)}
        self.keywords = {one.name: Inverter() for one in fields if isinstance(one, KeywordField)}
        self.numbers = {
            one.name: Numbers(one.dtype) for one in fields if isinstance(one, NumberField)
        }
        self.stored: list[bytes] = []
        self.words = 0

    def add(
        self,
        texts: Mapping[str, Sequence[str]],
        keywords: Mapping[str, Sequence[str]],
        numbers: Mapping[str, float | None],
        stored: Mapping[str, Any],
    ) -> None:
        """Add a document; a field that is not named has no value.

        texts: the words of each text field; a word's index is its position.
        keywords: the values of each keyword field; repetitions do not count.
        Raises KeyError for a field that the schema does not have.
        """
        unknown = {*texts, *keywords, *numbers} - {*self.texts, *self.keywords, *self.numbers}
        if unknown:
            raise KeyError(f"no such field in the schema: {', '.join(sorted(unknown))}")
        self.stored.append(dump(stored))
        for name, inverter in self.texts.items():
            inverter.add(texts.get(name, ()))
        for name, inverter in self.keywords.items():
            inverter.add(list(dict.fromkeys(keywords.get(name, ()))))
        for name, column in self.numbers.items():
            column.add(numbers.get(name))
        self.words += sum(map(len, texts.values())) + sum(map(len, keywords.values()))

    def extend(self, others: "Documents") -> None:
        """Add the documents of another batch of the same fields, their stored fields apart."""
        for name, inverter in self.texts.items():
            inverter.extend(others.texts[name])
        for name, inverter in self.keywords.items():
            inverter.extend(others.keywords[name])
        for name, column in self.numbers.items():
            column.extend(others.numbers[name])
        self.words += others.words


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

    def extend(self, others: "Numbers") -> None:
        """Add the numbers of further documents."""
        self._values.extend(others._values)
        self._missing.extend(others._missing)

    def arrays(self) -> tuple[Array, Array]:
        """Return the numbers, and which of them are missing."""
        return (
            np.frombuffer(self._values, self._dtype),
            np.frombuffer(self._missing, np.bool_),
        )
