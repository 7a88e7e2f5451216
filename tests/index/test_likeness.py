"""Similar articles: by strong words and by the actors they share."""

from corpus.article import Article
from index.engine import Engine
from tests.articles import organisation, person


def test_those_with_the_same_actors_come_before_those_with_the_same_grammar(engine: Engine):
    actors = (person("Ana Li"), organisation("ONU"))
    body = "Dans cette ville, Ana Li parle pour ONU devant la presse."
    engine.rebuild(
        [
            Article("one", "Un discours", body, entities=actors),
            Article(
                "other", "Vu hier", "Le voyage de Ana Li, une fois encore.", entities=actors[:1]
            ),
            Article("far", "Vu hier", "Le voyage de Li Ana, une fois encore, fut long."),
            *(Article(f"x{n}", "Vu hier", f"Le match numéro {n} fut gagné.") for n in range(9)),
        ]
    )
    assert engine.similar("one")[0].article.id == "other"


def test_the_own_family_is_no_company(engine: Engine):
    told = "grève du port, grève des dockers. " * 3 + " ".join(f"fait{n}" for n in range(60))
    engine.rebuild(
        [
            Article("one", "Le récit", told),
            Article("copy", "Le récit repris", told),
            Article("near", "Un écho", "la grève des dockers"),
            Article("far", "Autre chose", "rien de cela"),
        ]
    )
    assert {one.id for one in engine.family("one")} == {"one", "copy"}
    for asked in ("one", "copy"):
        assert [hit.article.id for hit in engine.similar(asked)] == ["near"]
