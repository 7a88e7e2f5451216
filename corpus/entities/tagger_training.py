"""Train the tagger: `python -m corpus.entities.tagger_training DATA`.

DATA is the WiNER folder.
WiNER (Wikinews with named entities) is cut by date; only its `winer_train` is used.
Nothing is drawn at random: CRFsuite's L-BFGS starts at nought and takes the articles in
their order, so that a run gives the same bytes.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from textwrap import fill
from typing import NamedTuple

import pycrfsuite

from corpus.entities import tagging
from corpus.entities.gazetteers import recognise
from corpus.entities.lexicon import Words, cut, extents
from corpus.entities.named import Named
from corpus.entities.tagger_features import Features, features, paragraphs

HERE = Path(__file__).parent
# Chosen by cross-validation on the training set; see docs/entities.md.
PARAMETERS = {"c1": 0.1, "c2": 0.05, "max_iterations": 200, "feature.possible_transitions": False}
_LOWER_ENOUGH = 2  # times in lower case that make a word a common one


class Annotated(NamedTuple):
    """An article with the names that people marked in it: (start, end, kind), characters."""

    text: str
    names: list[tuple[int, int, str]]


class Example(NamedTuple):
    """An article as models learn from it."""

    words: Words
    seen: list[Features]
    tags: list[str]


def annotated(folder: Path, part: str) -> Iterator[Annotated]:
    """Yield the articles of a part of WiNER: "train" or "dev".

    The tags are those of winer_PART.bio, the texts those of docs.jsonl.
    """
    with (folder / "docs.jsonl").open(encoding="utf-8") as lines:
        texts = {found["id"]: found["text"] for found in map(json.loads, lines)}
    rows = (folder / f"winer_{part}.bio").read_text(encoding="utf-8").splitlines()
    heads = [at for at, row in enumerate(rows) if row.startswith("-DOCSTART-")]
    for head, end in zip(heads, [*heads[1:], len(rows)], strict=True):
        text = texts[rows[head].split()[1]]
        yield Annotated(text, _names(text, filter(None, rows[head + 1 : end])))


def _names(text: str, rows: Iterable[str]) -> list[tuple[int, int, str]]:
    """Return the names that rows of "token tag" mark in the text that they were cut from."""
    names: list[tuple[int, int, str]] = []
    kinds = {kind.value for kind in Named}
    at, open_kind = 0, ""
    for row in rows:
        token, tag = row.rsplit(" ", 1)
        start = text.index(token, at)
        at, kind = start + len(token), tag[2:]
        if tag[0] == "I" and kind == open_kind:
            names[-1:] = [(names[-1][0], at, kind)] if kind in kinds else names[-1:]
        elif kind in kinds:
            names.append((start, at, kind))
        open_kind = kind
    return names


def example(article: Annotated) -> Example:
    words = cut(article.text)
    return Example(words, features(words, recognise(words).marks), _tags(article, words))


def _tags(article: Annotated, words: Words) -> list[str]:
    """Return the tag of each word; one belongs to a name if most of it does."""
    places = extents(article.text, words)
    tags = ["O"] * len(places)
    for start, end, kind in article.names:
        letter = "B"
        for at, (first, last) in enumerate(places):
            shared = min(last, end) - max(first, start)
            if 2 * shared >= last - first and tags[at] == "O":
                tags[at], letter = f"{letter}-{kind}", "I"
    return tags


def fit(examples: Sequence[Example], path: Path) -> None:
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(PARAMETERS)
    for words, seen, tags in examples:
        for start, end in paragraphs(words):
            trainer.append(seen[start:end], tags[start:end])
    trainer.train(str(path))


def write_lower_words(texts: Iterable[str], path: Path) -> None:
    """Write the words that stand in lower case in texts, more than once."""
    counts = Counter(form for text in texts for form in cut(text).forms if form.islower())
    words = sorted(word for word, count in counts.items() if count >= _LOWER_ENOUGH)
    head = "# Words in lower case in the articles that the tagger learnt from; see NOTICE.\n"
    path.write_text(head + fill(" ".join(words), 100, break_on_hyphens=False) + "\n", "utf-8")


def train(folder: Path, target: Path = HERE) -> None:
    """Train the model and write it to a folder, and beside this module the words it needs."""
    articles = list(annotated(folder, "train"))
    write_lower_words((article.text for article in articles), HERE / "tagger_words.txt")
    fit([example(article) for article in articles], target / tagging.MODEL)


if __name__ == "__main__":
    train(Path(sys.argv[1]))
