"""Numbers, days and punctuation as French print sets them."""

from datetime import date

import pytest

from corpus.dates import Precision, Published
from web import french


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0\u00a0article"), (1, "1\u00a0article"), (36152, "36\u202f152\u00a0articles")],
)
def test_count(value: int, text: str) -> None:
    assert french.count(value, "article") == text


@pytest.mark.parametrize(
    ("precision", "text"),
    [
        (Precision.DAY, "1er août 1998"),
        (Precision.MONTH, "août 1998"),
        (Precision.YEAR, "1998"),
    ],
)
def test_published(precision: Precision, text: str) -> None:
    assert french.published(Published(date(1998, 8, 1), precision)) == text


@pytest.mark.parametrize(
    ("plain", "set_"),
    [
        ("Vraiment ? Oui !", "Vraiment\u202f? Oui\u202f!"),
        ("un ; deux", "un\u202f; deux"),
        ("« depuis » : date", "«\u00a0depuis\u00a0»\u00a0: date"),
        ("l'index d'« hier »", "l’index d’«\u00a0hier\u00a0»"),
        ("titre:budget http://a.fr/?b 'x'", "titre:budget http://a.fr/?b 'x'"),
    ],
)
def test_typeset(plain: str, set_: str) -> None:
    assert french.typeset(plain) == set_
    assert french.typeset(set_) == set_
