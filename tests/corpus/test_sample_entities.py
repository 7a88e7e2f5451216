"""A floor under what is found in the samples; `make eval-entities` measures real articles."""

from pathlib import Path

import pytest

import corpus
from corpus.article import EntityKind
from corpus.preparation import with_entities
from corpus.reading import Reading
from tests.evaluation.entities import Tally, cells, compared

DISPATCHES = Path(corpus.__path__[0]) / "samples" / "depeches"
FLOORS = {"persons": (EntityKind.PERSON, 0.97), "organisations": (EntityKind.ORGANISATION, 0.93)}
ROWS = [
    line.split("\t")
    for line in Path(__file__).with_name("sample_entities.tsv").read_text("utf-8").splitlines()
    if line[0] != "#"
][1:]


@pytest.mark.parametrize("column", FLOORS)
def test_the_samples_name_whom_they_name(column: str):
    kind, floor = FLOORS[column]
    total, mistakes = Tally(), []
    for name, persons, organisations in ROWS:
        (article,) = Reading([DISPATCHES / name])
        found = [entity.key for entity in with_entities(article).named(kind)]
        expected = persons if column == "persons" else organisations
        tally, wrong, missing = compared(found, cells(expected))
        total = total.plus(tally)
        mistakes.append((name, wrong, missing))
    assert total.figures()["f1"] >= floor, mistakes
