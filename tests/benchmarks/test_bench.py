"""The benchmark compares the same work: every engine gives the same counts."""

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from corpus.article import Article, Entity, EntityKind
from corpus.dates import Published
from index.fields import Facet
from tests.benchmarks import collection, completion, measuring
from tests.benchmarks.workload import Answer, Kind, Request, draw

TEXT = (
    "le maire de la ville a inauguré une école neuve près du marché où les élèves "
    "étudient déjà depuis septembre malgré la grève des enseignants et la pluie"
)
WORDS = TEXT.split()
COUNTRIES = ("FR", "DE", "TN", "CI")
ACTORS = ("Claire Fontaine", "Moussa Diarra", "Syndicat des pêcheurs", "Banque du Littoral")
FIRST_DAY = date(2014, 11, 3)


def invented(random: Random, number: int) -> Article:
    named = [
        Entity(kind, key, key)
        for kind, keys in ((EntityKind.COUNTRY, COUNTRIES), (EntityKind.PERSON, ACTORS))
        for key in random.sample(keys, random.randrange(len(keys)))
    ]
    day = FIRST_DAY + timedelta(days=random.randrange(500))
    return Article(
        id=f"a{number}",
        title=" ".join(random.choices(WORDS, k=5)).capitalize(),
        body=" ".join(random.choices(WORDS, k=random.randrange(30, 60))) + ".",
        published=Published(day) if number % 7 else None,
        entities=tuple(named),
    )


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    random = Random(7)
    return [invented(random, number) for number in range(60)]


def answers(name: str, folder: Path, articles: list[Article]) -> list[Answer]:
    engine = measuring.engine(name)
    engine.build(folder / name, articles[:50])
    engine.add(folder / name, articles[50:])
    searcher = engine.Searcher(folder / name)
    return [searcher.page(request) for request in draw(articles)]


def comparable(answer: Answer) -> tuple[object, ...]:
    """Without the order of equal scores and of equal counts."""
    return (
        answer.total,
        len(answer.hits),
        {facet: sorted(counts) for facet, counts in answer.facets.items()},
        answer.months,
    )


@pytest.mark.parametrize("name", [name for name in measuring.available() if name != "kiosque"])
def test_engines_agree(name, tmp_path, articles):
    ours = answers("kiosque", tmp_path, articles)
    theirs = answers(name, tmp_path, articles)
    assert list(map(comparable, theirs)) == list(map(comparable, ours))
    assert sum(answer.total for answer in ours) > 500


def test_the_work_is_what_the_documentation_says(articles):
    requests = draw(articles)
    assert draw(articles) == requests
    kinds = [request.kind for request in requests]
    assert [kinds.count(kind) for kind in Kind] == [30, 10, 10, 5]
    sizes = [len(request.words) for request in requests if request.kind is Kind.WORDS]
    assert [sizes.count(size) for size in (1, 2, 3)] == [10, 10, 10]


def test_queries_go_from_frequent_to_rare(tmp_path, articles):
    words = [request for request in draw(articles) if request.kind is Kind.WORDS][:10]
    engine = measuring.engine("kiosque")
    engine.build(tmp_path / "index", articles)
    totals = [engine.Searcher(tmp_path / "index").page(request).total for request in words]
    assert totals[0] > 40
    assert totals[-1] < totals[0]
    assert all(later <= earlier * 2 for earlier, later in pairwise(totals))


def test_a_filter_leaves_its_own_facet_whole(tmp_path, articles):
    engine = measuring.engine("kiosque")
    engine.build(tmp_path / "index", articles)
    request = Request(Kind.VALUE, (), (Facet.COUNTRY, "FR"))
    answer = engine.Searcher(tmp_path / "index").page(request)
    assert {value for value, _ in answer.facets[Facet.COUNTRY]} == set(COUNTRIES)


def test_repeated_articles_have_their_own_ids(articles):
    repeated = list(collection.repeated(articles, 150))
    assert len({article.id for article in repeated}) == 150
    assert repeated[:60] == articles
    assert {article.body for article in repeated} == {article.body for article in articles}


def test_varied_articles_have_names_titles_and_texts_of_their_own(articles):
    varied = list(collection.varied(articles, 180))
    assert varied[:60] == articles
    assert list(collection.varied(articles, 180, first=150)) == varied[150:]
    for seen in ({a.id for a in varied}, {a.body for a in varied}):
        assert len(seen) == 180
    actors = {one.key for a in varied for one in a.entities if one.kind is EntityKind.PERSON}
    assert len(actors) > len(ACTORS)
    assert {one.key for a in varied for one in a.entities} - actors == set(COUNTRIES)


def test_completions_are_timed_for_every_kind_of_beginning(tmp_path, articles):
    engine = measuring.engine("kiosque")
    engine.build(tmp_path / "index", collection.varied(articles, 100))
    collection.save(articles, tmp_path / "articles")
    told = completion.completed(str(tmp_path / "index"), str(tmp_path / "articles"), "100")
    assert told["typed"].keys() == completion.draw(articles).keys()
    assert all(times and min(times) > 0 for times in told["typed"].values())
    assert told["actors"] > len(ACTORS)
    assert "all of these" in completion.table(told)
