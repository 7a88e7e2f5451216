"""A tree printed and parsed again is the same tree."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.query import Dated
from search.query_language.parsing import parse
from search.query_language.periods import period_text, read_period
from search.query_language.printing import to_text

OPERATORS = st.sampled_from(
    ["(", ")", '"', "-", "~", "=", "*", "?", " OU ", " ET ", " SAUF ", "aube", "l'état-major",
     "titre:", "auteur:", "pays:", "source:=", "date:2015", "..", "2016-02 ", " ", "~3", "«", "|",
     " PRES/2 ", " ADJ/3 ", "AU MOINS 2 ", "and", " near5 ", "atleast3", "5 000", "12,5", "É", "œ",
     "~2015", "000", "5", " 100", ",", ";", "pres/2", "−", "annee:2015",
     "hd=", "TIT_HEAD=", "&", "!", "date", "same", " not "]
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("", ""),
        ("Élection", "élection"),
        ("aube ET brume", "aube brume"),
        ("aube brume OU crue", "aube brume OU crue"),
        ("aube (brume OR crue)", "aube (brume OU crue)"),
        ("NOT (aube OU brume)", "-(aube OU brume)"),
        ("titre:(aube OU =brume)", "titre:aube OU titre:=brume"),
        ("l'état-major", "état-major"),
        ("«coupe du monde»~2", '"coupe du monde"~2'),
        ("«coupe du monde» ~2", '"coupe du monde"~2'),
        ('"coupe du monde" ET ~2', '"coupe du monde" ET ~2'),
        ("aube PRÈS/4 (brume OU crue)", "aube PRES/4 (brume OU crue)"),
        ("5 ET 000", "5 ET 000"),
        ("5 000", "5000"),
        ("date:2015-11-01", "date:2015-11-01"),
        ("date:2015-11-01..2016-02-29", "date:2015-11..2016-02"),
        ('source:="le monde"', 'source:="le monde"'),
        ("(and)", "(and)"),
    ],
)
def test_the_printed_form(text, printed):
    assert to_text(parse(text).tree) == printed


def assert_round_trip(text: str) -> None:
    tree = parse(text).tree
    printed = to_text(tree)
    assert parse(printed).tree == tree, printed


@given(st.text(max_size=300))
@example('"5, 000"')
@example("-(and)")
@example("atleast3{")
@example("near5 a")
@example("\ufb2a")
@example('pays:"\u00a0=a"')
@example("x SAUF (near5) PRES/3 (same)")
def test_any_text_comes_back(text):
    assert_round_trip(text)


@given(st.lists(OPERATORS | st.text(max_size=4), max_size=25).map("".join))
def test_any_mixture_of_operators_comes_back(text):
    assert_round_trip(text)


DAYS = st.dates(date(1700, 1, 1), date(2026, 1, 1))


@given(st.none() | DAYS, st.none() | DAYS)
def test_a_period_comes_back(since, until):
    period = Dated(since, until)
    assert read_period(period_text(period)) == (period if since or until else None)
