"""Numbers and days in French words."""

from datetime import date
from time import tzset

import pytest

from corpus import wording
from corpus.dates import Precision, Published, parse_date


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0\u00a0article"), (1, "1\u00a0article"), (36152, "36\u202f152\u00a0articles")],
)
def test_count(value: int, text: str) -> None:
    assert wording.count(value, "article") == text


@pytest.mark.parametrize(
    ("precision", "text"),
    [
        (Precision.DAY, "1er août 1998"),
        (Precision.MONTH, "août 1998"),
        (Precision.YEAR, "1998"),
    ],
)
def test_published(precision: Precision, text: str) -> None:
    assert wording.published(Published(date(1998, 8, 1), precision)) == text


@pytest.mark.parametrize(
    ("stated", "text"),
    [
        ("2020-07-03T08:05", "8 h 05"),
        ("2020-07-03T20:00+02:00", "20 h (UTC+2)"),
        ("2020-07-03T20:00:07-10:30", "20 h (UTC-10:30)"),
        ("2020-07-03T20:00Z", "20 h (UTC)"),
        ("2020-07-03", ""),
    ],
)
def test_hours(stated: str, text: str) -> None:
    published = parse_date(stated)
    assert published and wording.hour(published).replace("\u00a0", " ") == text


@pytest.mark.parametrize(
    ("stamp", "text"),
    [
        ("2026-11-01T23:30:59+00:00", "2 novembre 2026 à 0 h 30"),
        ("2026-07-31T23:05:00-03:00", "1er août 2026 à 4 h 05"),
    ],
)
def test_a_moment_is_told_by_the_clock_of_the_machine(
    monkeypatch: pytest.MonkeyPatch, stamp: str, text: str
) -> None:
    monkeypatch.setenv("TZ", "Europe/Paris")
    tzset()
    try:
        assert wording.moment(stamp).replace("\u00a0", " ") == text
    finally:
        monkeypatch.undo()
        tzset()


def test_languages() -> None:
    assert [wording.language(code) for code in ("en", "ca", "xx")] == ["anglais", "catalan", "xx"]


@pytest.mark.parametrize(
    ("value", "text"), [(12, "12 o"), (13_100, "13,1 ko"), (65_240_000, "65,2 Mo"), (2e9, "2 Go")]
)
def test_size(value: int, text: str) -> None:
    assert wording.size(value).replace("\u202f", " ") == text
