"""Articles as an index keeps them."""

import json
from dataclasses import fields
from datetime import UTC, date, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import METADATA, Article, Entity, EntityKind, Mention
from corpus.dates import Precision, Published
from index.opening import open_engine
from index.stored_articles import as_record, from_record

PARIS = timezone(timedelta(hours=2))
FULL = Article(
    *("a1", "Un pont", "Le corps.", "Le Fanal"),
    Published(date(2020, 7, 3), at=time(8, 5, tzinfo=PARIS)),
    edition="Nord",
    page="12",
    agency="AFP",
    dateline="LILLE",
    slug="FRANCE-PONT",
    word_count=312,
    copyright="© Le Fanal",
    language="fr",
    excerpt=True,
)
BARE = Article("a2", "", "")


@pytest.mark.parametrize("article", [FULL, BARE])
def test_nothing_is_lost_on_the_way_to_a_record_and_back(article: Article) -> None:
    assert from_record(json.loads(json.dumps(as_record(article)))) == article


def test_what_an_article_does_not_have_takes_no_room() -> None:
    assert as_record(BARE) == {"id": "a2", "title": "", "body": ""}
    assert set(as_record(FULL)) == {f.name for f in fields(Article) if getattr(FULL, f.name)}
    assert set(METADATA) < set(as_record(FULL))


def test_metadata_survive_the_index() -> None:
    engine = open_engine("memory:")
    engine.rebuild([FULL, BARE])
    assert (engine.get("a1"), engine.get("a2")) == (FULL, BARE)


@pytest.mark.parametrize("at", [None, time(23, 59, 59), time(1, tzinfo=UTC)])
@pytest.mark.parametrize("precision", Precision)
def test_dates(at: time | None, precision: Precision) -> None:
    article = Article("a", "T", "B", published=Published(date(2020, 1, 1), precision, at))
    assert from_record(as_record(article)) == article


NAMES = st.text(max_size=8)
PLACES = st.builds(
    lambda start, length, in_title: Mention(start, start + length, in_title),
    st.one_of(st.integers(0, 5000), st.integers(0, 1 << 30)),
    st.one_of(st.integers(0, 10), st.integers(0, 1 << 13)),
    st.booleans(),
)
ENTITIES = st.builds(
    Entity, st.sampled_from(EntityKind), NAMES, NAMES, st.lists(PLACES, max_size=4).map(tuple)
)


@given(st.lists(ENTITIES, max_size=4))
def test_entities_come_back_with_their_places(entities: list[Entity]) -> None:
    article = Article("a", "T", "B", entities=tuple(entities))
    assert from_record(as_record(article)).entities == article.entities


def test_a_place_as_long_as_the_label_takes_two_characters() -> None:
    zola = Entity(
        EntityKind.PERSON, "Émile Zola", "Émile Zola", (Mention(70, 80), Mention(1, 5, True))
    )
    record = as_record(Article("a", "T", "B", entities=(zola,)))
    assert (record["entities"], record["mentions"]) == ("bÉmile Zola", "16!01+04")
