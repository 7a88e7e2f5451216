"""Products of sparse matrices, against those of the same matrices in full."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.weights import Weights, parts


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 300), st.integers(1, 80), st.floats(0, 0.5))
def test_products_are_those_of_the_full_matrix(seed, rows, columns, filled):
    random = np.random.default_rng(seed)
    # Some columns are frequent, most are not.
    share = filled * random.random(columns) ** 4
    full = random.standard_normal((rows, columns)) * (random.random((rows, columns)) < share)
    at = np.nonzero(full)
    held = Weights(*at, full[at], full.shape)
    right, left = random.standard_normal((columns, 5)), random.standard_normal((rows, 5))
    np.testing.assert_allclose(held.onto_rows(right), full @ right, atol=1e-12)
    np.testing.assert_allclose(held.onto_columns(left), full.T @ left, atol=1e-12)


@pytest.mark.parametrize("size", [0, 1, 1024, 2500])
def test_parts_hold_all_rows_once(size):
    rows = np.repeat(np.arange(size), 2)
    found = [*parts(rows, size)]
    assert [first for first, _, _ in found] == [*range(0, size, 1024)]
    assert [*map(int, np.concatenate([[0], *(rows[held] for *_, held in found)]))] == [0, *rows]
