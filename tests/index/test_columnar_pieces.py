"""Texts cut all at once give the pieces, and the words, of texts cut one by one."""

import sys

from hypothesis import given
from hypothesis import strategies as st

from corpus.analysis import cut_piece, pieces, words
from index.columnar.numbering import Numbering
from index.columnar.pieces import _FIRST_OF_DIGIT, pieces_of

_DOTTED = str.maketrans(dict.fromkeys(" \u00a0\u202f", "."))
_SPACES = [chr(point) for point in range(sys.maxunicode) if chr(point).isspace()]
_PARTS = st.one_of(
    st.sampled_from(
        [*_SPACES, " ", ".", ",", "'", "«", "1", "12", "000", "345", "٣٤٥", "é", "\ud800"]
    ),
    st.text(max_size=30),
)
_TEXTS = st.lists(st.lists(_PARTS, max_size=12).map("".join), max_size=6)


@given(_TEXTS)
def test_pieces_are_those_of_each_text(texts):
    cut = pieces_of(texts)
    every = cut.texts(range(len(cut.starts)))
    assert [one.translate(_DOTTED) for one in every] == [one for t in texts for one in pieces(t)]
    assert cut.counts.tolist() == [len(pieces(text)) for text in texts]


@given(_TEXTS)
def test_words_are_those_of_each_text(texts):
    cut = pieces_of(texts)
    found = [word for one in cut.texts(range(len(cut.starts))) for word in cut_piece(one)]
    assert found == [word for text in texts for word in words(text)]


def test_numbers_keep_the_spaces_inside():
    cut = pieces_of(["soit 12 345\u00a0678 €", "3 mai 2024 à 10 000"])
    every = cut.texts(range(len(cut.starts)))
    assert every == ["soit", "12 345\u00a0678", "€", "3", "mai", "2024", "à", "10 000"]


def test_every_digit_begins_as_digits_may():
    digits = [chr(point) for point in range(sys.maxunicode) if chr(point).isdecimal()]
    assert all(_FIRST_OF_DIGIT[digit.encode()[0]] for digit in digits)


@given(st.lists(_TEXTS, max_size=4))
def test_a_piece_has_one_number_in_every_batch(batches):
    numbering, known = Numbering(), {}
    for texts in batches:
        cut = pieces_of(texts)
        for number, piece in zip(
            numbering.numbers(cut).tolist(), cut.texts(range(len(cut.starts))), strict=True
        ):
            assert numbering.texts[number] == piece
            assert known.setdefault(piece, number) == number
    assert len(set(numbering.texts)) == len(numbering.texts) == len(known)


def test_pieces_that_are_nearly_the_same_are_told_apart():
    lengths = (1, 7, 8, 9, 15, 16, 17, 23, 24, 25, 26, 60)
    texts = [
        f"{'a' * length}{end}" for length in lengths for end in ("", "\0", "\0\0", "b", "é", "\x7f")
    ]
    numbering = Numbering()
    first = numbering.numbers(pieces_of([" ".join(texts)]))
    again = numbering.numbers(pieces_of(texts[::-1]))
    assert len(set(first.tolist())) == len(set(texts))
    assert again.tolist() == first[::-1].tolist()


def test_more_pieces_than_there_was_room_for():
    texts = [" ".join(f"mot{n}" for n in range(low, low + 30_000)) for low in (0, 20_000)]
    numbering = Numbering()
    for text in texts:
        numbers = numbering.numbers(pieces_of([text]))
        assert [numbering.texts[number] for number in numbers.tolist()] == text.split()
    assert len(numbering.texts) == 50_000
