"""Requests and URL parameters say the same thing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fields import COUNTRY_FACETS, Facet
from index.query import Filters
from search.request import MAX_PAGE_SIZE, BadRequest, Order, SearchRequest

values = st.text(min_size=1).map(str.strip).filter(lambda value: len(value) > 3)
pairs = st.tuples(st.sampled_from([f for f in Facet if f not in COUNTRY_FACETS]), values)
requests = st.builds(
    SearchRequest,
    text=st.text().map(str.strip),
    filters=st.builds(
        Filters,
        st.frozensets(pairs, max_size=3),
        st.frozensets(pairs, max_size=2),
        st.none() | st.dates(date(1700, 1, 1), date(2019, 1, 1)),
        st.none() | st.dates(date(2019, 1, 1), date(2026, 1, 1)),
    ),
    order=st.sampled_from(Order),
    page=st.integers(1, 10**9),
    size=st.integers(1, MAX_PAGE_SIZE),
)


@given(requests)
def test_a_request_comes_back_from_its_parameters(request):
    assert SearchRequest.from_params(request.to_params()) == request


def test_each_reading_of_country_has_a_parameter():
    params = [("pays", "russie"), ("pays_concerne", "fr"), ("pays_titre", "Syrie")]
    request = SearchRequest.from_params(params)
    assert request.filters.values == {
        (Facet.COUNTRY, "RU"),
        (Facet.COUNTRY_ABOUT, "FR"),
        (Facet.COUNTRY_TITLE, "SY"),
    }
    assert SearchRequest.from_params(request.to_params()) == request


def test_countries_may_be_named():
    for text in ("RU", "ru", "Russie", "russie"):
        request = SearchRequest.from_params([("pays", text)])
        assert request.filters.values == {(Facet.COUNTRY, "RU")}


def test_a_month_or_a_year_is_taken_whole():
    request = SearchRequest.from_params([("depuis", "2015-11"), ("jusqua", "2016-02")])
    assert (request.filters.since, request.filters.until) == (date(2015, 11, 1), date(2016, 2, 29))


def test_empty_and_unknown_parameters_are_ignored():
    params = [("q", ""), ("depuis", " "), ("utm_source", "x"), ("pays", "")]
    assert SearchRequest.from_params(params) == SearchRequest()


@pytest.mark.parametrize(
    ("params", "told"),
    [
        ([("depuis", "hier")], "n'est pas une date"),
        ([("depuis", "9999-99-99")], "n'est pas une date"),
        ([("tri", "hasard")], "choisissez parmi pertinence, actualite, recent, ancien"),
        ([("page", "0")], "entre 1 et"),
        ([("page", "-3")], "entre 1 et"),
        ([("page", "9" * 5000)], "entre 1 et"),
        ([("page", "²")], "entre 1 et"),
        ([("par_page", "1000")], "entre 1 et 100"),
        ([("depuis", "2016-01-02"), ("jusqua", "2016-01-01")], "échangez les deux dates"),
    ],
)
def test_what_cannot_be_understood_is_told(params, told):
    with pytest.raises(BadRequest) as caught:
        SearchRequest.from_params(params)
    assert told in str(caught.value)
