"""The numbers under a list of results."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.pagination import GAP, page_numbers


@pytest.mark.parametrize(
    ("current", "last", "numbers"),
    [
        (1, 1, (1,)),
        (1, 3, (1, 2, 3)),
        (1, 9, (1, 2, 3, GAP, 9)),
        (4, 9, (1, 2, 3, 4, 5, 6, GAP, 9)),
        (5, 9, (1, 2, 3, 4, 5, 6, 7, 8, 9)),
        (6, 12, (1, GAP, 4, 5, 6, 7, 8, GAP, 12)),
        (12, 12, (1, GAP, 10, 11, 12)),
    ],
)
def test_page_numbers(current: int, last: int, numbers: tuple[int, ...]) -> None:
    assert page_numbers(current, last) == numbers


@given(pages=st.tuples(st.integers(1, 10**6), st.integers(1, 10**6)))
def test_first_last_and_current_are_there_and_a_gap_hides_two_pages(pages: tuple[int, int]) -> None:
    current, last = sorted(pages)
    numbers = page_numbers(current, last)
    assert numbers[0] == 1 and numbers[-1] == last and current in numbers
    assert len(numbers) <= 9
    for before, here, after in zip(numbers, numbers[1:], numbers[2:], strict=False):
        if here == GAP:
            assert after - before > 2
    real = [number for number in numbers if number != GAP]
    assert all(a < b for a, b in itertools.pairwise(real))
