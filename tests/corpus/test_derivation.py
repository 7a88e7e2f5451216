"""Roots: what the words of one make share, and what they do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unidecode import unidecode

from corpus.analysis import fold, root
from corpus.derivation import LEAST_ROOT, root_folded


@pytest.mark.parametrize(
    "words",
    [
        "réclamer réclame réclamait réclamèrent réclamation réclamations réclamées",
        "manifester manifestation manifestants manifestent",
        "Russie russe russes",
        "Italie italien italiennes",
        "France français françaises",
        "témoin témoins",
        "financer financement finances",
        "réformer réforme réformiste réformes",
        "contester contestation contestable",
    ],
)
def test_words_of_one_make_share_a_root(words):
    assert len({root(word) for word in words.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("grève", "grave"), ("maire", "mer"), ("école", "écologie"), ("armée", "armoire")],
)
def test_other_words_do_not(one, other):
    assert root(one) != root(other)


@pytest.mark.parametrize("word", ["ei", "une", "mers", "2015", "covid-19", "g7", ""])
def test_what_is_short_or_no_plain_word_is_its_own_root(word):
    assert root_folded(word) == word


@given(st.text(max_size=30))
def test_a_root_begins_its_word_whatever_its_accents(text):
    word = fold(text)
    assert word.startswith(root_folded(word))
    assert root_folded(word) == word or len(root_folded(word)) >= LEAST_ROOT
    assert root(text) == root(word)


@given(st.text("aeéèiouçnrstlmpdx", min_size=1, max_size=15))
def test_accents_never_change_a_root(word):
    assert root(word) == root(unidecode(word))
