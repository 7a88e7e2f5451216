"""Punctuation as French print sets it."""

import pytest

from web import typography


@pytest.mark.parametrize(
    ("plain", "set_"),
    [
        ("Vraiment ? Oui !", "Vraiment\u202f? Oui\u202f!"),
        ("un ; deux", "un\u202f; deux"),
        ("« depuis » : date", "«\u00a0depuis\u00a0»\u00a0: date"),
        ("l'index d'« hier »", "l’index d’«\u00a0hier\u00a0»"),
        (
            "à 6 h 30, 7\u00a0h 15, à 18 h : 4 hommes",
            "à 6\u00a0h\u00a030, 7\u00a0h\u00a015, à 18\u00a0h\u00a0: 4 hommes",
        ),
        ("titre:budget http://a.fr/?b 'x'", "titre:budget http://a.fr/?b 'x'"),
    ],
)
def test_typeset(plain: str, set_: str) -> None:
    assert typography.typeset(plain) == set_
    assert typography.typeset(set_) == set_
