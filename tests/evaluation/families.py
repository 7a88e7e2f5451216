"""How well near duplicates are told: python -m tests.evaluation.families DATA [ARTICLES]

DATA: articles as JSONL, perhaps compressed. Pairs that are the same story are made by editing
its articles: 10 to 40 % of the words changed, a paragraph added, and two editions (another
headline, the end cut, a tenth of the words changed). Pairs that are not are the most alike of
different articles: the same rare words, but days apart and with titles that share few words.
They are judged inside the whole corpus, as an index groups them. Prints JSON.
"""

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice, pairwise
from pathlib import Path
from random import Random

import numpy as np

from corpus.analysis import fold, words
from corpus.article import Article
from corpus.families import Fingerprint
from corpus.reading import Reading
from index.families import find_families
from index.fingerprints import Fingerprints, Rows, fingerprint

FLOOR = 0.95
_EDITED = 500
_DAYS_APART = 2
_COMMONEST = 12  # articles that hold a rare pair of words, at most
_SHARED = 6  # rare pairs of words that hard negatives share, at least


def main(data: Path, most: int) -> None:
    """Measure, and print the figures; exit with 1 below the floor."""
    read = (item for item in Reading([data]) if isinstance(item, Article))
    articles = [article for article in islice(read, most) if len(article.body) > 400]
    held = _grouped(articles)
    unlike = [pair for pair in _unlike(articles) if not _same_text(articles, *pair)]
    wrong = sum(held.get(one, one) == held.get(other, other) for one, other in unlike)
    random = Random(1)
    base = random.sample(range(len(articles)), min(_EDITED, len(articles)))
    figures: dict[str, object] = {"articles": len(articles), "hard negatives": len(unlike)}
    figures["hard negatives joined"] = wrong
    lowest = 1.0
    for name, edit in EDITS.items():
        made = [
            replace(articles[i], id=f"made{i}", body=edit(articles[i].body, random)) for i in base
        ]
        leads = _grouped([*articles, *made])
        found = sum(
            leads.get(i, i) == leads.get(len(articles) + place) for place, i in enumerate(base)
        )
        # As many negatives as positives, so that precision means something.
        false = wrong / max(len(unlike), 1) * len(base)
        recall, precision = found / len(base), found / max(found + false, 1)
        lowest = min(lowest, recall, precision)
        figures[name] = {"recall": round(recall, 3), "precision": round(precision, 3)}
    print(json.dumps(figures, ensure_ascii=False, indent=1))
    sys.exit(lowest < FLOOR)


def changed(share: float) -> Callable[[str, Random], str]:
    """Return what changes a share of the words of a text into others of the text's own."""

    def edit(text: str, random: Random) -> str:
        pool = text.split()
        lines = (line.split(" ") for line in text.split("\n"))
        return "\n".join(
            " ".join(
                _other(word, pool, random) if random.random() < share else word for word in one
            )
            for one in lines
        )

    return edit


def _other(word: str, pool: list[str], random: Random) -> str:
    """Return another word of the text, with its letters in another order: a word unheard of."""
    letters = list(random.choice(pool))
    random.shuffle(letters)
    return "".join(letters) or word


def paragraph_added(text: str, random: Random) -> str:
    """Return a text with a paragraph before it, of a quarter of its length."""
    pool = text.split()
    added = " ".join(_other(word, pool, random) for word in pool[: len(pool) // 4])
    return f"{added}\n\n{text}"


def edition(text: str, random: Random) -> str:
    """Return a text without its end and with a tenth of the words changed."""
    return changed(0.1)(text[: len(text) * 2 // 3], random)


EDITS: dict[str, Callable[[str, Random], str]] = {
    **{f"{share} % of the words changed": changed(share / 100) for share in (10, 20, 30, 40)},
    "a paragraph added": paragraph_added,
    "two editions": edition,
}


def _print(article: Article) -> Fingerprint:
    return fingerprint(words(article.title), words(article.body), article.published)


def _grouped(articles: list[Article]) -> dict[int, int]:
    """Return the lead of each article that is in a family, by place."""
    prints = Fingerprints.of([_print(article) for article in articles])

    def order(rows: Rows) -> Rows:
        days = [one.published.day.toordinal() if one.published else 1 << 30 for one in articles]
        lengths = [-len(one.body) for one in articles]
        return np.argsort(np.lexsort((rows, np.array(lengths)[rows], np.array(days)[rows])))

    leads = find_families([prints], np.arange(len(articles)), order).leads
    return dict(leads.T.tolist())


def _unlike(articles: list[Article]) -> Iterator[tuple[int, int]]:
    """Yield pairs of articles on one subject that are different articles."""
    pairs = [_word_pairs(article) for article in articles]
    holders: dict[tuple[str, str], list[int]] = {}
    for place, held in enumerate(pairs):
        for pair in held:
            holders.setdefault(pair, []).append(place)
    shared: Counter[tuple[int, int]] = Counter()
    for places in holders.values():
        if 1 < len(places) <= _COMMONEST:
            shared.update((a, b) for n, a in enumerate(places) for b in places[n + 1 :])
    for (one, other), count in shared.items():
        if count >= _SHARED and _differ(articles[one], articles[other]):
            yield one, other


def _word_pairs(article: Article) -> set[tuple[str, str]]:
    weighty = [fold(word) for word in words(article.body) if len(word) > 3]
    return set(pairwise(weighty))


def _differ(one: Article, other: Article) -> bool:
    """Tell articles of different days whose titles share less than half of their words."""
    if one.published is None or other.published is None:
        return False
    titles = [{fold(word) for word in words(each.title) if len(word) > 3} for each in (one, other)]
    apart = abs((one.published.day - other.published.day).days)
    alike = len(titles[0] & titles[1]) / max(min(map(len, titles)), 1)
    return apart >= _DAYS_APART and alike < 0.5


def _same_text(articles: list[Article], one: int, other: int) -> bool:
    return " ".join(articles[one].body.split()) == " ".join(articles[other].body.split())


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 6000)
