"""How well countries are found: `python -m tests.evaluation.countries DATA [PART]`.

DATA is a file of articles, gzipped JSON lines, that holds those of countries.tsv. PART is
"dev" while rules are made, "test" to judge them, or nothing for both. One figure a line;
articles judged otherwise go to standard error, with what is extra and what is missing.
"""

import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from corpus.article import Article, EntityKind
from corpus.entities.about import countries_about
from corpus.preparation import with_entities
from corpus.readers.field_names import FieldNames
from corpus.records import to_article

LABELS = Path(__file__).with_name("countries.tsv")


class Label(NamedTuple):
    """What someone who read an article says of it."""

    half: str
    named: list[str]
    about: list[str]


def labels() -> dict[str, Label]:
    """Return the label of each article, by its id."""
    lines = [line for line in LABELS.read_text("utf-8").splitlines() if not line.startswith("#")]
    rows = (line.split("\t") for line in lines[1:])
    return {id_: Label(half, named.split(), about.split()) for id_, half, named, about in rows}


def articles(path: Path, wanted: set[str]) -> Iterator[Article]:
    """Yield the articles of some ids as the product reads and prepares them."""
    names = FieldNames()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            raw = json.loads(line)
            if str(raw["id"]) in wanted and (record := names.record(raw)):
                yield with_entities(to_article(record, path.name))


def main(path: Path, part: str) -> None:
    """Print F1 of the countries named, and how often the main country is right."""
    judged = {id_: label for id_, label in labels().items() if part in (label.half, "all")}
    read = list(articles(path, set(judged)))
    right = extra = missing = first = among = 0
    about_right = about_extra = about_missing = 0
    for article in read:
        label = judged[article.id]
        named = {entity.key for entity in article.named(EntityKind.COUNTRY)}
        right += len(named & set(label.named))
        extra += len(named - set(label.named))
        missing += len(set(label.named) - named)
        first += article.about[:1] == tuple(label.about[:1])
        among += bool(set(article.about[:1]) & set(label.about))
        about_right += len(set(article.about) & set(label.about))
        about_extra += len(set(article.about) - set(label.about))
        about_missing += len(set(label.about) - set(article.about))
        if named != set(label.named) or article.about[:1] != tuple(label.about[:1]):
            print(article.id, article.title, sorted(named), label, article.about, file=sys.stderr)
    started = perf_counter()
    for article in read:
        countries_about(article)
    print(f"articles {len(read)}")
    print(f"named_f1 {_f1(right, extra, missing):.3f}")
    print(f"main_country_right {first / len(read):.3f}")
    print(f"main_country_among_labelled {among / len(read):.3f}")
    print(f"about_f1 {_f1(about_right, about_extra, about_missing):.3f}")
    print(f"about_ms_an_article {1000 * (perf_counter() - started) / len(read):.3f}")


def _f1(right: int, extra: int, missing: int) -> float:
    return 2 * right / max(1, 2 * right + extra + missing)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "all")
