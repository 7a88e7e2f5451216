"""Term dictionaries against plain sorted lists."""

import io
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.columnar.container import Container, ContainerWriter
from index.columnar.dictionary import Dictionary, Keys, Strings, write_dictionary, write_keys

WORD = st.text(st.sampled_from("aabcdeéèœ'-日\U0001f600"), max_size=8)
WORDS = st.sets(WORD, max_size=40)


def dictionary(words: Iterable[str]) -> Dictionary:
    sink = io.BytesIO()
    writer = ContainerWriter(sink)
    write_dictionary(writer, "corps", sorted(word.encode() for word in words))
    writer.finish({})
    return Dictionary(Container(sink.getvalue()), "corps")


def distance(one: str, other: str, transpositions: bool) -> int:
    """Return the edit distance, computed cell by cell."""
    rows = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, second in enumerate(other, 1):
            best = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (letter != second))
            swapped = i > 1 and j > 1 and (letter, one[i - 2]) == (other[j - 2], second)
            if transpositions and swapped:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


@given(st.sets(st.binary(max_size=4), max_size=40), st.binary(max_size=4))
def test_bytes_are_found_where_they_sort(terms: set[bytes], wanted: bytes) -> None:
    sink = io.BytesIO()
    writer = ContainerWriter(sink)
    ordered = sorted(terms)
    write_dictionary(writer, "n", ordered)
    writer.finish({})
    read = Dictionary(Container(sink.getvalue()), "n")
    assert list(read) == read.terms() == read[:] == ordered
    assert read.rank(wanted) == (ordered.index(wanted) if wanted in terms else -1)
    assert read.lower_bound(wanted) == sum(term < wanted for term in ordered)
    first, last = read.prefix_range(wanted)
    assert ordered[first:last] == [term for term in ordered if term.startswith(wanted)]


@given(WORDS, WORD, st.integers(0, 3), st.booleans(), st.integers(0, 2))
def test_fuzzy_finds_exactly_the_near_words(
    words: set[str], wanted: str, edits: int, transpositions: bool, prefix: int
) -> None:
    read = dictionary(words)
    text = Strings(read)
    found = {text[int(rank)] for rank in read.fuzzy(wanted, edits, prefix, transpositions)}
    assert found == {
        word
        for word in words
        if word.startswith(wanted[:prefix]) and distance(wanted, word, transpositions) <= edits
    }


def test_fuzzy_on_french_words() -> None:
    words = Strings(read := dictionary(["député", "députée", "députés", "dispute", "réputé"]))
    near = [words[rank] for rank in read.fuzzy("député", 1)]
    assert near == ["député", "députée", "députés", "réputé"]
    assert [words[rank] for rank in read.fuzzy("député", 1, prefix=1)] == near[:3]
    assert [words[rank] for rank in read.fuzzy("édputé", 1, transpositions=True)] == ["député"]


def test_words_longer_than_a_byte_can_count_are_still_compared() -> None:
    long = "e" * 400
    read = dictionary([long, long + "s", "e" * 300])
    words = Strings(read)
    assert [words[rank] for rank in read.fuzzy(long, 1)] == [long, long + "s"]


def test_ranks_outside_are_refused() -> None:
    read = dictionary(["un"])
    for rank in (-1, 1):
        with pytest.raises(IndexError):
            read[rank]


@given(WORDS)
def test_keys_lead_to_all_their_terms(words: set[str]) -> None:
    ordered = sorted(words, key=str.encode)
    groups: dict[str, list[int]] = {}
    for rank, word in enumerate(ordered):
        groups.setdefault(word[:1], []).append(rank)
    sink = io.BytesIO()
    writer = ContainerWriter(sink)
    write_keys(writer, "corps/initiale", [word[:1].encode() for word in ordered])
    writer.finish({})
    keys = Keys(Container(sink.getvalue()), "corps/initiale")
    for initial, ranks in groups.items():
        assert keys.terms(initial.encode()).tolist() == ranks
    assert keys.terms(b"zz").tolist() == []
    assert [keys.keys[key].decode() for key in keys.of_terms()] == [word[:1] for word in ordered]
    assert sorted(keys.terms_with_prefix(b"").tolist()) == list(range(len(ordered)))
    near = keys.terms_near("é", 1).tolist()
    assert sorted(near) == list(range(len(ordered)))
    assert keys.terms_near("zzzz", 1).tolist() == []


def test_a_term_may_have_no_key() -> None:
    sink = io.BytesIO()
    writer = ContainerWriter(sink)
    write_keys(writer, "corps/initiale", [None, b"m", None, b"a", b"m"])
    writer.finish({})
    keys = Keys(Container(sink.getvalue()), "corps/initiale")
    assert keys.terms(b"m").tolist() == [1, 4]
    assert keys.terms(b"a").tolist() == [3]


def test_the_oracle_of_distance_is_right() -> None:
    assert distance("maire", "mairie", False) == 1
    assert distance("paris", "pairs", False) == 2
    assert distance("paris", "pairs", True) == 1
