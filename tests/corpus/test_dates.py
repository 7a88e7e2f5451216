"""Dates as newspapers, databases and pages write them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dates import Precision, Published, parse_date

STATED = {
    "mercredi 11 septembre 2024 134 mots, p. 11": "2024-09-11",
    "Seine-Saint-Denis, lundi 28 janvier 2013, p. 93_T_17": "2013-01-28",
    "1er août 1998": "1998-08-01",
    "1ᵉʳ août 1998": "1998-08-01",
    "sam. 3 févr. 2001": "2001-02-03",
    "5 AOUT 1944": "1944-08-05",
    "décembre 10 2019": "2019-12-10",
    "publié le jeudi 30 août 2018 à 10h25": "2018-08-30",
    "samedi 3 et dimanche 4 juillet 2020": "2020-07-04",
    "3 juil 2020": "2020-07-03",
    "12 sept. 2011": "2011-09-12",
    "mars 2014": "2014-03",
    "janv. 1871": "1871-01",
    "05/2019": "2019-05",
    "2014-03": "2014-03",
    "2014": "2014",
    "17/05/2014": "2014-05-17",
    "3.7.2020": "2020-07-03",
    "2020/07/03": "2020-07-03",
    "2015-09-24T08:00:00+02:00": "2015-09-24",
    "2023-10-09T04:05:00Z": "2023-10-09",
    "2020-07-03 10:30 UTC +02:00": "2020-07-03",
    " 2020-07-03": "2020-07-03",
    "20130128": "2013-01-28",
    "20200703T101500+0200": "2020-07-03",
    "Thu, 03 Jul 2020 10:00:00 GMT": "2020-07-03",
    "January 28, 2013": "2013-01-28",
    "1593776887": "2020-07-03",
    "1593776887000": "2020-07-03",
    "aou\u0302t 2012": "2012-08",
}
REFUSED = (
    *("", "10h30", "10:30 UTC +02:00", "hier", "31/02/2020", "30 février 2019", "9999-01-01"),
    *("1599-12-31", "1er janvier 1599", "n° 43018", "07/23/2020", "99999999", "0000-00-00"),
    *("134 mots, p. 11", "12345678901234567890", "٣ juillet"),
)


@pytest.mark.parametrize(("text", "expected"), STATED.items())
def test_forms(text: str, expected: str) -> None:
    assert str(parse_date(text)) == expected


@pytest.mark.parametrize("text", REFUSED)
def test_refused(text: str) -> None:
    assert parse_date(text) is None


def test_tomorrow_is_the_last_day() -> None:
    tomorrow = date.today() + timedelta(days=1)
    assert parse_date(tomorrow.isoformat()) == Published(tomorrow)
    assert parse_date((tomorrow + timedelta(days=1)).isoformat()) is None
    assert parse_date(f"décembre {tomorrow.year + 1}") is None


def test_precision_is_kept() -> None:
    assert parse_date("3 mai 1968") == Published(date(1968, 5, 3), Precision.DAY)
    assert parse_date("mai 1968") == Published(date(1968, 5, 1), Precision.MONTH)
    assert parse_date("1968") == Published(date(1968, 1, 1), Precision.YEAR)


@given(st.dates(date(1600, 1, 1), date.today()))
def test_every_day_is_read_as_it_is_written(day: date) -> None:
    months = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
    month = months.split()[day.month - 1]
    for text in (
        f"{day:%Y-%m-%d}",
        f"{day:%d/%m}/{day.year:04}",
        f"{day.day} {month} {day.year}",
        f"La Gazette, {day.day} {month.upper()} {day.year}, page 3",
    ):
        assert parse_date(text) == Published(day)


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    published = parse_date(text)
    assert published is None or published.day.year >= 1600


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2015-09-24T08:05:00+02:00", "2015-09-24T08:05+02:00"),
        ("2023-10-09T04:05:07.123Z", "2023-10-09T04:05:07+00:00"),
        ("2020-07-03 10:30 UTC +02:00", "2020-07-03T10:30+02:00"),
        ("2020-07-03 10:30", "2020-07-03T10:30"),
        ("20200703T101500+0200", "2020-07-03T10:15+02:00"),
        ("Thu, 03 Jul 2020 10:00:00 GMT", "2020-07-03T10:00+00:00"),
        ("Fri, 03 Jul 2020 10:00:00 -0400", "2020-07-03T10:00-04:00"),
        ("publié le jeudi 30 août 2018 à 10h25", "2018-08-30T10:25"),
        ("Mis en ligne le 30/08/2018, à 8 h 05", "2018-08-30T08:05"),
        ("3 juillet 2020 à 14h", "2020-07-03T14:00"),
        ("3 juillet 2020 | 14:05", "2020-07-03T14:05"),
        ("July 3, 2020 2:05 PM EDT", "2020-07-03T14:05-04:00"),
        ("1593776887", "2020-07-03T11:48:07+00:00"),
        ("2020-07-03T00:00:00Z", "2020-07-03"),
        ("2020-07-03T25:00:00Z", "2020-07-03"),
        ("2020-07-03T10:00:00+99:00", "2020-07-03"),
        ("mercredi 11 septembre 2024 134 mots, p. 11", "2024-09-11"),
        ("mars 2014 à 10h25", "2014-03"),
        ("17 mai 2014, 12 morts", "2014-05-17"),
    ],
)
def test_time_and_zone_as_they_are_stated(text: str, expected: str) -> None:
    published = parse_date(text)
    assert published is not None and published.isoformat() == expected
    assert str(published) == expected.partition("T")[0]
