"""Topics: words that keep company, and texts by theirs."""

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from threadpoolctl import threadpool_limits

from index.topics import (
    LEAST,
    NO_TOPICS,
    SAMPLE,
    Bags,
    Topics,
    bags_of,
    due,
    learn,
    nearness,
    order,
)

# Thirty words each, no two of one stem; a text is of one subject, or nearly.
SUBJECTS = [
    [f"{first}{second}ok" for first in "bdfgkp" for second in one]
    for one in (
        ("aba", "ebe", "ibi", "obo", "ubu"),
        ("ala", "ele", "ili", "olo", "ulu"),
        ("ara", "ere", "iri", "oro", "uru"),
        ("ata", "ete", "iti", "oto", "utu"),
        ("ana", "ene", "ini", "ono", "unu"),
    )
]


def texts(number: int) -> list[list[str]]:
    random = Random(1)
    return [
        random.sample(SUBJECTS[place % len(SUBJECTS)], 12) + random.sample(SUBJECTS[0], 1)
        for place in range(number)
    ]


@pytest.fixture(scope="module")
def topics() -> Topics:
    return learn(*bags_of(texts(300)))


def near(topics: Topics, asked: list[str], text: list[str]) -> float:
    return float(nearness(topics.asked(asked)[0], topics.of_words(text)))


def test_texts_are_alike_without_a_word_in_common(topics):
    sport, budget = SUBJECTS[1], SUBJECTS[2]
    for asked in (sport[at : at + 3] for at in range(0, 9, 3)):
        assert near(topics, asked, sport[10:20]) > 4 * near(topics, asked, budget[10:20])


def test_the_closest_words_of_a_text_are_those_of_the_subject(topics):
    asked, rarity = topics.asked(SUBJECTS[1][:3])
    assert rarity > 0
    closest = topics.closest(asked, SUBJECTS[2] + SUBJECTS[1])
    assert set(closest[:10]) <= set(SUBJECTS[1])
    assert len(set(closest[:30]) & set(SUBJECTS[1])) > 20


def test_unknown_words_are_about_nothing(topics):
    asked, rarity = topics.asked(["inconnu"])
    assert rarity == 0
    assert not asked.any()
    assert not topics.of_words(["inconnu"]).any()
    assert not topics.of_words([]).any()


def test_a_vector_is_kept_in_bytes_and_is_the_same_after(topics):
    again = Topics.from_bytes(topics.to_bytes())
    assert again.stems == topics.stems
    assert again.learnt == topics.learnt == 300
    np.testing.assert_array_equal(again.vectors, topics.vectors)
    np.testing.assert_array_equal(again.rarity, topics.rarity)
    assert Topics.from_bytes(b"") is NO_TOPICS


held = st.sampled_from([*SUBJECTS[1], *SUBJECTS[2], "le", "inconnu"])


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from([*SUBJECTS[1], *SUBJECTS[2], "le", "inconnu"])), max_size=5)
)
def test_texts_together_and_one_by_one(topics, some):
    stems, bags = bags_of(some)
    rows = np.array([topics.rows.get(one, -1) for one in stems], np.int64)[bags.words]
    known = rows >= 0
    together = topics.of_bags(Bags(bags.texts[known], rows[known], bags.times[known], len(some)))
    alone = [topics.of_words(text) for text in some]
    assert together.tolist() == [one.tolist() for one in alone]


@pytest.mark.parametrize("threads", [2, 4])
def test_the_number_of_threads_makes_no_difference(threads):
    """Where sums differ in their last bit, some vectors, kept short, differ in theirs."""
    random = np.random.default_rng(3)
    words = [
        f"{first}{second}{third}k" for first in "bdfgkp" for second in "aeiou" for third in "lmrst"
    ]
    share = 1 / np.arange(2, len(words) + 2)
    bags = bags_of([random.choice(words, 60, p=share / share.sum()).tolist() for _ in range(LEAST)])
    with threadpool_limits(1, "blas"):
        alone = learn(*bags)
    with threadpool_limits(threads, "blas"):
        assert np.array_equal(learn(*bags).vectors, alone.vectors)


def test_few_words_make_no_topics():
    assert learn(*bags_of([["un", "mot"]] * 50)) is NO_TOPICS
    assert learn(*bags_of([])) is NO_TOPICS


@pytest.mark.parametrize(
    ("number", "learnt", "expected"),
    [
        (LEAST - 1, 0, False),
        (LEAST, 0, True),
        (2 * LEAST - 1, LEAST, False),
        (2 * LEAST, LEAST, True),
        (100 * SAMPLE, SAMPLE, False),
    ],
)
def test_topics_are_learnt_anew_as_a_corpus_grows(number, learnt, expected):
    assert due(number, learnt) is expected


def test_the_order_is_that_of_the_hash_of_java():
    assert order("abc") == (96354 * 2654435761 % 2**32, "abc")
    assert order("déjà vu 🎈") == (3910419688 * 2654435761 % 2**32, "déjà vu 🎈")
