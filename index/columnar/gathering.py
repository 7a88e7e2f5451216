"""The batches of one segment, field by field, and how they become its sections."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from index.columnar.columns import write_codes, write_lengths
from index.columnar.container import Array, ContainerWriter
from index.columnar.dictionary import encoded, write_dictionary, write_keys
from index.columnar.documents import Coded
from index.columnar.inversion import Interner, Inverted, invert
from index.columnar.postings import PostingsWriter, place_type
from index.columnar.runs import HeldPostings, Run
from index.columnar.schema import KeywordField, TextField
from index.columnar.union import Share, join_postings

# The bytes that a distinct word takes in memory: itself, its number, its place in a table.
WORD_BYTES = 150


class _Vocabulary:
    """The distinct words of several batches."""

    def __init__(self) -> None:
        self._numbers = Interner()

    def numbers(self, words: Sequence[str]) -> tuple[Array, int]:
        """Return the number of each word, and how many bytes the new ones take."""
        before = len(self._numbers)
        numbers = self._numbers.numbers(words)
        return numbers, (len(self._numbers) - before) * WORD_BYTES + numbers.nbytes

    def ranked(self) -> tuple[list[str], Array]:
        """Return the words in the order of their UTF-8 bytes, and the rank of each number."""
        words = sorted(self._numbers)
        ranks = np.empty(len(words), np.uint32)
        ranks[self._numbers.numbers(words)] = np.arange(len(words), dtype=np.uint32)
        return words, ranks


class HeldTexts:
    """A text field."""

    def __init__(self) -> None:
        self._vocabulary = _Vocabulary()
        self._parts: list[tuple[Array, Run, Array]] = []

    def extend(self, batch: Inverted) -> int:
        """Add the next documents; return how many bytes they take."""
        numbers, size = self._vocabulary.numbers(batch.vocabulary)
        self._parts.append((numbers, batch.run, batch.lengths))
        return size + batch.nbytes

    def write(self, container: ContainerWriter, field: TextField) -> None:
        """Write the field's sections."""
        words, ranks = self._vocabulary.ranked()
        lengths = np.concatenate([lengths for _, _, lengths in self._parts])
        places = place_type(int(lengths.max(initial=0)))
        postings = PostingsWriter(container, field.name, positions=places)
        # Postings are arrays joined, terms and keys loops: together they take two cores.
        with ThreadPoolExecutor(1) as pool:
            joining = pool.submit(join_postings, postings, len(words), self._shares(ranks))
            terms = [encoded(word) for word in words]
            write_dictionary(container, field.name, terms)
            for key, function in field.keys.items():
                keys = [encoded(function(word)) for word in words]
                write_keys(container, f"{field.name}/{key}", keys)
            joining.result()
        postings.close()
        write_lengths(container, field.name, lengths)

    def _shares(self, ranks: Array) -> list[Share]:
        shares, first = [], 0
        for numbers, run, lengths in self._parts:
            documents = np.arange(first, first + len(lengths))
            shares.append(Share(HeldPostings(run), ranks[numbers], documents))
            first += len(lengths)
        return shares


class HeldKeywords:
    """A keyword field."""

    def __init__(self) -> None:
        self._vocabulary = _Vocabulary()
        self._codes: list[Array] = []
        self._counts: list[Array] = []

    def extend(self, batch: Coded) -> int:
        """Add the next documents; return how many bytes they take."""
        numbers, size = self._vocabulary.numbers(batch.values)
        self._codes.append(numbers[batch.codes])
        self._counts.append(batch.counts)
        return size + batch.codes.nbytes + batch.counts.nbytes

    def write(self, container: ContainerWriter, field: KeywordField) -> None:
        """Write the field's sections."""
        name = field.name
        words, ranks = self._vocabulary.ranked()
        write_dictionary(container, name, [encoded(word) for word in words])
        codes, counts = ranks[np.concatenate(self._codes)], np.concatenate(self._counts)
        if field.found:
            postings = PostingsWriter(container, name, frequencies=False, positions=None)
            postings.append(invert(codes, counts, len(words)))
            postings.close()
        write_codes(container, name, counts, codes, len(words))
