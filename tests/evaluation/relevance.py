"""How relevant the first articles are: `python -m tests.evaluation.relevance DATA`.

DATA is a folder with orange/articles.jsonl.gz, and in relevance/ known_item.tsv (headlines
told otherwise, each with the article meant; one of the same title will do) and fquad_* (questions
over passages). Rankings in one run: plain BM25 over folded words, the product's defaults,
these with freshness, and these for queries with a letter wrong, the correction followed. One
figure a line. Parameters were chosen on the queries of even number of each collection, so the
others are told apart.
OPTIONS: names of collections, all by default; --ablation for the ranking without each of its
parts instead. Indexes are kept in $KIOSQUE_SCRATCH, if set.
"""

import csv
import gzip
import json
import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from unittest.mock import patch

from corpus.analysis import words
from corpus.article import Article
from corpus.readers.field_names import FieldNames
from corpus.records import to_article
from index.engine import Engine, EngineError
from index.fields import Match, TextField
from index.opening import open_engine
from index.query import Or, Query, Term
from search.evaluating import DEPTH, Judgements, measured, ranked, run
from search.freshness import fresh_first
from search.query_language.parsing import parse
from search.request import SearchRequest
from search.spelling import corrected
from search.wishes import any_word, first_by_words, preferring

SEED = 20151113
EVERY = 14  # of the first 20,000 questions
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
# The parameters of plain BM25, where the engine reads them.
PLAIN = {
    "index.evaluation.matchers.K1": 1.2,
    "index.evaluation.wishes.K1": 1.2,
    "index.evaluation.view.B": 0.75,
    "index.evaluation.view.FIELD_WEIGHTS": {TextField.TITLE: 2.0, TextField.BODY: 1.0},
    "index.evaluation.reach.SAME_LETTERS": 1.0,
}
# What the ranking is without each of its parts, for `--ablation`.
ABLATIONS: Mapping[str, Mapping[str, object]] = {
    "all parts": {},
    "words side by side": {"search.wishes.SIDE_BY_SIDE": 0.0},
    "words in one passage": {"search.wishes.TOGETHER": 0.0},
    "words in the lead": {"search.wishes.EARLY": 0.0},
    "topics": {"search.wishes.TOPIC": 0.0},
    "words of grammar": {"search.wishes.FUNCTION_WORD": 0.0},
    "words of the same root": {"search.wishes._widened": lambda word: word},
    "forms of the same verb": {"index.evaluation.reach.forms": lambda infinitive: ()},
    "less for words of the same root": {"index.evaluation.reach.SAME_ROOT": 1.0},
    "less for inflections": {"index.evaluation.reach.SAME_STEM": 1.0},
    "less for other accents": {"index.evaluation.reach.SAME_LETTERS": 1.0},
    "more for the title": {
        "index.evaluation.view.FIELD_WEIGHTS": {TextField.TITLE: 1.0, TextField.BODY: 1.0}
    },
    "early saturation": {"index.evaluation.matchers.K1": 1.2, "index.evaluation.wishes.K1": 1.2},
    "the order of relevance: all the words first": {},
}


@dataclass(frozen=True, slots=True)
class Collection:
    """Articles, queries by their identifiers in a fixed order, and what is relevant to each."""

    articles: Callable[[], Iterator[Article]]
    queries: Mapping[str, str]
    judgements: Judgements


def known_item(data: Path) -> Collection:
    """Return the headlines told otherwise."""
    with open(data / "relevance" / "known_item.tsv", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    read = partial(_news, data / "orange" / "articles.jsonl.gz")
    titles = {article.id: article.title.strip().lower() for article in read()}
    alike = defaultdict(list)
    for id_, title in titles.items():
        alike[title].append(id_)
    meant = {row["qid"]: alike[titles[row["article_id"]]] for row in rows}
    judgements = {qid: dict.fromkeys(ids, 1) for qid, ids in meant.items()}
    return Collection(read, {row["qid"]: row["query"] for row in rows}, judgements)


def passages(data: Path) -> Collection:
    """Return the questions over passages."""
    folder = data / "relevance"
    judgements: dict[str, dict[str, int]] = defaultdict(dict)
    for line in (folder / "fquad_qrels.tsv").read_text("utf-8").splitlines():
        qid, _, article, relevance = line.split("\t")
        judgements[qid][article] = int(relevance)
    lines = (folder / "fquad_queries.tsv").read_text("utf-8").splitlines()
    queries = dict(line.split("\t")[:2] for line in lines[:20_000:EVERY])
    return Collection(partial(_passages, folder / "fquad_corpus.jsonl"), queries, judgements)


COLLECTIONS = {"known_item": known_item, "passages": passages}


def _news(path: Path) -> Iterator[Article]:
    names = FieldNames()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if record := names.record(json.loads(line)):
                yield to_article(record, path.name)


def _passages(path: Path) -> Iterator[Article]:
    with open(path, encoding="utf-8") as lines:
        for raw in map(json.loads, lines):
            yield Article(raw["id"], raw["title"], raw["text"])


def plain(engine: Engine, text: str) -> list[str]:
    """Rank by BM25 alone: any of the words, accents ignored, all spellings alike."""
    tree = Or(tuple(Term(word, Match.FOLDED) for word in dict.fromkeys(words(text))))
    return [hit.article.id for hit in engine.search(Query(tree, limit=DEPTH, copies=True)).hits]


def misspelt(text: str, random: Random) -> str:
    """Return a query with one letter of one of its longer words left out, doubled or changed."""
    chosen = random.choice(
        [word for word in words(text) if len(word) > 4 and word.isalpha()] or [""]
    )
    at = text.lower().find(chosen)
    if not chosen or at < 0:
        return text
    place = at + random.randrange(1, len(chosen))
    letter = random.choice(["", text[place] * 2, random.choice(_LETTERS)])
    return text[:place] + letter + text[place + 1 :]


def fresh(engine: Engine, text: str) -> list[str]:
    """Rank as `ranked` does, the newer of the best articles first."""
    tree = parse(text).tree
    query = Query(any_word(tree) or preferring(tree), limit=DEPTH, copies=True)
    return [hit.article.id for hit in fresh_first(engine, query).hits]


def following(engine: Engine, text: str) -> list[str]:
    """Rank as the page does once its correction is followed, if it offers one."""
    return ranked(engine, corrected(engine, text) or text)


def main(data: Path, names: list[str], ablation: bool) -> None:
    """Print the measures of each collection."""
    with tempfile.TemporaryDirectory() as temporary:
        scratch = Path(os.environ.get("KIOSQUE_SCRATCH", temporary))
        for name in names or COLLECTIONS:
            collection = COLLECTIONS[name](data)
            engine = open_engine(f"whoosh://{scratch / name}")
            try:
                engine.status()
            except EngineError:
                engine.rebuild(collection.articles())
            if ablation:
                _ablate(name, engine, collection)
            else:
                _judge(name, engine, collection)
            engine.close()


def all_words_first(engine: Engine, text: str) -> list[str]:
    """Rank as the page shows: what holds all the words, then what holds most of them."""
    request = SearchRequest(text, size=DEPTH, copies=True)
    tree = parse(text).tree
    results = engine.search(Query(preferring(tree), limit=DEPTH, copies=True))
    nearby = first_by_words(engine, request, tree, results)
    return [hit.article.id for hit in (*results.hits, *nearby)]


def _ablate(name: str, engine: Engine, collection: Collection) -> None:
    """Print MRR@10 over all queries and over those of odd number, without each part."""
    for part, patches in ABLATIONS.items():
        with _patched(patches), closing(open_engine(engine.status().url)) as bare:
            rank = all_words_first if part.startswith("the order") else ranked
            found = run(collection.queries, partial(rank, bare))
        rest = dict(list(found.items())[1::2])
        whole, odd = (measured(collection.judgements, one)["MRR@10"] for one in (found, rest))
        print(f"{name} without {part} {whole:.4f} {odd:.4f}", flush=True)


@contextmanager
def _patched(patches: Mapping[str, object]) -> Iterator[None]:
    with ExitStack() as patched:
        for target, value in patches.items():
            patched.enter_context(patch(target, value))
        yield


def _judge(name: str, engine: Engine, collection: Collection) -> None:
    queries, random = collection.queries, Random(SEED)
    with _patched(PLAIN), closing(open_engine(engine.status().url)) as bare:
        _print(f"{name} plain BM25", collection, run(queries, partial(plain, bare)))
    _print(f"{name}", collection, run(queries, partial(ranked, engine)))
    _print(f"{name} fresh", collection, run(queries, partial(fresh, engine)))
    wrong = {qid: misspelt(text, random) for qid, text in queries.items()}
    _print(f"{name} misspelt", collection, run(wrong, partial(ranked, engine)))
    _print(f"{name} corrected", collection, run(wrong, partial(following, engine)))


def _print(name: str, collection: Collection, found: Mapping[str, Mapping[str, float]]) -> None:
    for measure, figure in measured(collection.judgements, found).items():
        print(f"{name} {measure} {figure:.4f}", flush=True)
    rest = dict(list(found.items())[1::2])
    print(f"{name} MRR@10 on the rest {measured(collection.judgements, rest)['MRR@10']:.4f}")


if __name__ == "__main__":
    options = sys.argv[2:]
    main(Path(sys.argv[1]), [one for one in options if one in COLLECTIONS], "--ablation" in options)
