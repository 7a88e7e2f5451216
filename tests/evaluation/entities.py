"""How well entities are found: `python -m tests.evaluation.entities DATA [PART]`.

DATA holds winer/ (strict spans of the tagger, on articles later than those it learnt
from) and orange/articles.jsonl.gz (document level, on the articles of entity_labels.tsv).
PART is "dev" while rules are being made, "test" or nothing ("all") to judge them.
One figure a line.
"""

import gzip
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from corpus.analysis import fold
from corpus.article import Article, EntityKind
from corpus.entities.acronyms import as_given
from corpus.entities.gazetteers import recognise
from corpus.entities.lexicon import cut, extents
from corpus.entities.named import Named
from corpus.entities.tagger_training import annotated
from corpus.entities.tagging import tagged
from corpus.preparation import with_entities

LABELS = Path(__file__).with_name("entity_labels.tsv")
KINDS = {
    "countries": EntityKind.COUNTRY,
    "persons": EntityKind.PERSON,
    "organisations": EntityKind.ORGANISATION,
}


class Tally(NamedTuple):
    """Counts of answers that are right, answers that are wrong, and what is missing."""

    right: int = 0
    wrong: int = 0
    missing: int = 0

    def plus(self, other: "Tally") -> "Tally":
        return Tally(*(mine + its for mine, its in zip(self, other, strict=True)))

    def figures(self) -> dict[str, float]:
        precision = self.right / max(1, self.right + self.wrong)
        recall = self.right / max(1, self.right + self.missing)
        return {
            "precision": precision,
            "recall": recall,
            "f1": 2 * precision * recall / max(1e-9, precision + recall),
        }


def compared(found: Iterable[str], expected: Iterable[str]) -> tuple[Tally, set[str], set[str]]:
    """Compare values with labels: "?X" may be found or not, "X/Y" is found by either name.

    Returns the tally, the wrong ones and the missing ones. Accents, capitals, hyphens and
    a leading article make no difference.
    """
    answers = {_plain(value): value for value in found}
    optional: set[str] = set()
    missing: set[str] = set()
    right: set[str] = set()
    for label in expected:
        names = {_plain(name) for name in label.lstrip("?").split("/")}
        hits = names & answers.keys()
        (optional if label[0] == "?" else right).update(hits)
        if not hits and label[0] != "?":
            missing.add(label)
    wrong = {answers[key] for key in answers.keys() - right - optional}
    return Tally(len(right), len(wrong), len(missing)), wrong, missing


def _plain(name: str) -> str:
    for mark in ("'", "\u2019", "-"):
        name = name.replace(mark, " ")
    words = [fold(word) for word in name.split()]
    return " ".join(words[1:] if len(words) > 1 and words[0] in {"l", "le", "la", "les"} else words)


def labelled(part: str) -> Iterator[dict[str, str]]:
    """Yield the labels of a part ("dev", "test" or "all")."""
    rows = [
        line.split("\t")
        for line in LABELS.read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    ]
    for row in rows[1:]:
        labels = dict(zip(rows[0], row, strict=True))
        if part in {"all", labels["part"]}:
            yield labels


def cells(cell: str) -> list[str]:
    return cell.split("; ") if cell else []


def values(article: Article, column: str) -> list[str]:
    """Return the values that an article has for a column of the labels."""
    if column == "about":
        return list(article.about)
    if column == "organisations":
        return [as_given(article, one) for one in article.named(KINDS[column])]
    return [entity.key for entity in article.named(KINDS[column])]


def articles(data: Path) -> Iterator[Article]:
    """Yield the articles of the set Orange."""
    with gzip.open(data / "orange" / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            found = json.loads(line)
            yield Article(found["id"], found["title"], found["text"], language="fr")


def documents(data: Path, part: str, errors: bool = False) -> Iterator[tuple[str, float]]:
    """Yield figures at the level of documents."""
    labels = {row["id"]: row for row in labelled(part)}
    totals = dict.fromkeys((*KINDS, "about"), Tally())
    main = 0
    for article in articles(data):
        if article.id in labels:
            article, row = with_entities(article), labels[article.id]
            for column in totals:
                tally, *mistakes = compared(values(article, column), cells(row[column]))
                totals[column] = totals[column].plus(tally)
                if errors and any(mistakes):
                    print(article.id, column, "wrong", mistakes[0], "missing", mistakes[1])
            about = [label.lstrip("?") for label in cells(row["about"])]
            main += (list(article.about[:1]) or [""])[0] in (about or [""])
    yield "articles", float(len(labels))
    for column, tally in totals.items():
        yield from ((f"{column}_{name}", figure) for name, figure in tally.figures().items())
    yield "main_country", main / max(1, len(labels))


def strict_spans(data: Path) -> Iterator[tuple[str, float]]:
    """Yield figures of the tagger on the later part of WiNER: exact characters and kind."""
    kinds = {"persons": Named.PERSON, "organisations": Named.ORGANISATION, "places": Named.PLACE}
    totals = dict.fromkeys(kinds, Tally())
    for text, names in annotated(data / "winer", "dev"):
        words = cut(text)
        at = extents(text, words)
        spans = tagged(words, recognise(words).marks)
        found = {(at[start][0], at[end - 1][1], kind.value) for start, end, kind in spans}
        for name, kind in kinds.items():
            mine = {span for span in found if span[2] == kind}
            gold = {span for span in names if span[2] == kind}
            tally = Tally(len(mine & gold), len(mine - gold), len(gold - mine))
            totals[name] = totals[name].plus(tally)
    for name, tally in totals.items():
        yield from ((f"{name}_{figure}", value) for figure, value in tally.figures().items())


def main(data: Path, part: str = "all", *options: str) -> None:
    """Print all figures, one a line."""
    for name, figure in strict_spans(data):
        print(f"winer_{name} {figure:.3f}")
    for name, figure in documents(data, part, "--errors" in options):
        print(f"orange_{name} {figure:.3f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
