"""How well a collection of judged queries is answered, by the field's usual measures.

Queries and judgements are in the formats of TREC: a line of queries is an identifier, a
tab and the text; a line of judgements is the query's identifier, a word that means nothing
(0), the article's identifier and how relevant it is (0 is not).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice

from index.engine import Engine
from index.query import Query
from search.query_language.parsing import parse
from search.wishes import any_word, preferring

# As many articles are ranked for a query as the deepest measure looks at.
DEPTH = 100
MEASURES = ("nDCG@10", "MRR@10", "R@100")
# What ir-measures calls them, where it has another name.
_NAMES = {"MRR@10": "RR@10"}
_HEADERS = frozenset({"qid", "query_id", "query-id", "id"})

Judgements = Mapping[str, Mapping[str, int]]
Run = Mapping[str, Mapping[str, float]]


class BadLine(ValueError):
    """A line that is not of the format; the text says which, and what was expected."""


class NoMeasures(Exception):
    """ir-measures is not installed; the text says how to install it."""


def read_queries(lines: Iterable[str]) -> dict[str, str]:
    """Return the text of each query by its identifier; further columns are not read.

    Raises BadLine.
    """
    queries = {}
    for number, line in _filled(lines):
        id_, *columns = line.split("\t")
        if number == 1 and id_.strip().lower() in _HEADERS:
            continue
        if not id_.strip() or not columns or not columns[0].strip():
            raise BadLine(f"ligne {number} : « identifiant, tabulation, requête » attendu")
        queries[id_.strip()] = columns[0].strip()
    return queries


def read_judgements(lines: Iterable[str]) -> dict[str, dict[str, int]]:
    """Return how relevant articles are, by query and article. Raises BadLine."""
    judgements: dict[str, dict[str, int]] = {}
    for number, line in _filled(lines):
        columns = [one.strip() for one in (line.split("\t") if "\t" in line else line.split())]
        if len(columns) != 4 or not columns[3].lstrip("-").isdigit():
            raise BadLine(f"ligne {number} : « requête 0 article pertinence » attendu")
        judgements.setdefault(columns[0], {})[columns[2]] = int(columns[3])
    return judgements


def _filled(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield the lines that hold something, with their numbers."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield number, line.rstrip("\r\n")


def run(
    queries: Mapping[str, str], rank: Callable[[str], Iterable[str]]
) -> dict[str, dict[str, float]]:
    """Return the articles that `rank` gives for each query, the best with the highest number."""
    return {
        id_: {
            article: float(DEPTH - place)
            for place, article in enumerate(islice(dict.fromkeys(rank(text)), DEPTH))
        }
        for id_, text in queries.items()
    }


def ranked(engine: Engine, text: str) -> list[str]:
    """Return the identifiers of the most relevant articles for a query, the best first.

    Of a list of words, articles with any of them are ranked, as the page does below those that
    hold all. Copies are shown: those who judged did not know which article leads its family.
    """
    tree = parse(text).tree
    asked = any_word(tree) or preferring(tree)
    hits = engine.search(Query(asked, limit=DEPTH, copies=True)).hits
    return [hit.article.id for hit in hits]


def measured(judgements: Judgements, found: Run) -> dict[str, float]:
    """Return the mean of each measure over the queries that are in both.

    Raises NoMeasures where ir-measures is not installed.
    """
    try:
        import ir_measures
    except ImportError:
        raise NoMeasures(
            "Les mesures demandent ir-measures : installez-le par "
            "« pip install 'kiosque[evaluate]' »."
        ) from None
    wanted = {name: ir_measures.parse_measure(_NAMES.get(name, name)) for name in MEASURES}
    judged = {id_: dict(judgements[id_]) for id_ in found if id_ in judgements}
    values = ir_measures.calc_aggregate(wanted.values(), judged, dict(found))
    return {name: float(values[measure]) for name, measure in wanted.items()}


def run_lines(found: Run, tag: str = "kiosque") -> Iterator[str]:
    """Yield the lines of a run file of TREC: query, Q0, article, rank, score, name of the run."""
    for id_, articles in found.items():
        for rank, (article, score) in enumerate(articles.items(), 1):
            yield f"{id_} Q0 {article} {rank} {score:g} {tag}"
