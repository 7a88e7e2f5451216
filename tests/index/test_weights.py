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


@pytest.mark.parametrize(("size", "filled"), [(1, 0), (3, 1), (3, 70_000), (50_000, 5)])
def test_parts_hold_all_rows_once(size, filled):
    rows = np.repeat(np.arange(size), filled)
    found = [*parts(rows, size)]
    assert [at for first, last, _ in found for at in range(first, last)] == [*range(size)]
    assert all((rows[held] >= first).all() for first, _, held in found)
    assert all((rows[held] < last).all() for _, last, held in found)
    assert sum(held.stop - held.start for *_, held in found) == len(rows)
    assert all(held.stop - held.start <= max(1 << 16, filled) for *_, held in found)
