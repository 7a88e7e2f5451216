"""A floor under the reading of web pages, on pages of several layouts written for this.

The measures of tests/evaluation/clean.py; the floors are the targets for real pages.
"""

import json
from pathlib import Path

import pytest

from corpus.article import Article
from tests.evaluation.clean import mean, read_page, token_f1, worst_hundredth

PAGES = Path(__file__).parent / "data/pages"
GOLD = json.loads((PAGES / "gold.json").read_text(encoding="utf-8"))


def read(name: str) -> Article:
    article = read_page((PAGES / name).read_bytes())
    assert article is not None, name
    return article


def test_body() -> None:
    scores = {n: token_f1("\n".join(gold["body"]), read(n).body) for n, gold in GOLD.items()}
    assert mean(scores.values()) >= 0.98 and worst_hundredth(scores.values()) >= 0.90, scores


def test_snippets() -> None:
    wanted = [one in read(name).body for name, gold in GOLD.items() for one in gold["body"]]
    absent = [one not in read(name).body for name, gold in GOLD.items() for one in gold["unwanted"]]
    assert mean(wanted) >= 0.97 and mean(absent) >= 0.90


@pytest.mark.parametrize("name", GOLD)
def test_facts(name: str) -> None:
    article, gold = read(name), GOLD[name]
    assert article.title == gold["title"] and str(article.published) == gold["date"]
    assert article.source == gold["source"] and article.language == "fr"
    assert not gold["author"] or article.author == gold["author"]


@pytest.mark.parametrize("name", GOLD)
def test_paragraphs_are_kept_apart(name: str) -> None:
    paragraphs = read(name).body.split("\n\n")
    assert [one for one in paragraphs if one in GOLD[name]["body"]] == GOLD[name]["body"]
