"""How well and how fast web pages are read: `make eval-clean DATA=/path`.

The folder holds orange/pages.tar.xz with orange/pages_gold.jsonl.gz (pages with title, date
and body), pages/trafilatura (pages with wanted and unwanted snippets) and pages/readability
(pages with the text they should give). Prints one name and one figure a line; of F1 the
"worst hundredth" is the mean of the worst pages, one in a hundred.
"""

import gzip
import json
import re
import sys
import tarfile
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time

from bs4 import BeautifulSoup, Tag

from corpus.article import Article
from corpus.encoding import decode
from corpus.readers.web_page import page_record
from corpus.records import Unreadable, to_article

_WORD = re.compile(r"\w+")
_COMPLETE = 0.98  # of the words that a page marks as its text, those that stand in paragraphs


@dataclass(frozen=True, slots=True)
class Gold:
    """What a page should give; complete: whether its body is all that the page marks as text."""

    page: bytes
    title: str
    date: str
    body: str
    complete: bool


def read_page(page: bytes) -> Article | None:
    """Return the article of a page, None where none is found."""
    try:
        return to_article(page_record(decode(page)), "")
    except Unreadable:
        return None


def token_f1(wanted: str, found: str) -> float:
    """Return the harmonic mean of precision and recall over words, each as often as it stands."""
    one, other = (Counter(_WORD.findall(text.lower())) for text in (wanted, found))
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0


def token_recall(wanted: str, found: str) -> float:
    """Return the share of the wanted words that are found, each as often as it stands."""
    one, other = (Counter(_WORD.findall(text.lower())) for text in (wanted, found))
    return (one & other).total() / one.total() if one else 1.0


def worst_hundredth(values: Iterable[float]) -> float:
    """Return the mean of the lowest values, one in a hundred and one at least."""
    ordered = sorted(values)
    return mean(ordered[: max(1, len(ordered) // 100)])


def mean(values: Iterable[float]) -> float:
    """Return the mean, nought of nothing."""
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0


def golds(folder: Path) -> Iterator[Gold]:
    """Yield the pages of a tar with their gold.

    Its body is the `<p>` of the element marked as articleBody; of many pages more text
    stands in that element beside any `<p>`, and the gold is not complete.
    """
    with gzip.open(folder / "pages_gold.jsonl.gz", "rt", encoding="utf-8") as lines:
        stated = {row["file"]: row for row in map(json.loads, lines)}
    with tarfile.open(folder / "pages.tar.xz") as archive:
        for member in archive:
            row = stated.get(Path(member.name).name)
            stream = archive.extractfile(member) if row else None
            if row and stream:
                page = stream.read()
                complete = _share_in_paragraphs(page) >= _COMPLETE
                yield Gold(page, row["title"], row["date"], row["body"], complete)


def _share_in_paragraphs(page: bytes) -> float:
    soup = BeautifulSoup(page, "lxml")
    marked = soup.select_one('[itemprop="articleBody"]')
    if marked is None:
        return 1.0
    for unwanted in marked.select("script, style, aside, figure, .ms-embed"):
        unwanted.decompose()
    whole = len(_WORD.findall(marked.get_text(" ")))
    inside = sum(
        len(_WORD.findall(one.get_text(" ")))
        for one in marked.select("p, h2, h3, h4")
        if one.find_parent("p") is None
    )
    return inside / whole if whole else 1.0


def against_gold(pages: list[Gold]) -> dict[str, float]:
    """Measure body, title and date; a title may have other spaces and soft hyphens."""
    articles = [read_page(gold.page) for gold in pages]
    pairs = list(zip(pages, articles, strict=True))
    scores = [token_f1(gold.body, one.body if one else "") for gold, one in pairs]
    found = [token_recall(gold.body, one.body if one else "") for gold, one in pairs]
    whole = [score for gold, score in zip(pages, scores, strict=True) if gold.complete]
    titles = [one is not None and _line(one.title) == _line(gold.title) for gold, one in pairs]
    dates = [one is not None and str(one.published or "") == gold.date for gold, one in pairs]
    return {
        "pages": len(pages),
        "body_f1": mean(scores),
        "body_f1_worst_hundredth": worst_hundredth(scores),
        "body_recall": mean(found),
        "body_recall_worst_hundredth": worst_hundredth(found),
        "pages_with_complete_gold": len(whole),
        "body_f1_complete": mean(whole),
        "body_f1_complete_worst_hundredth": worst_hundredth(whole),
        "title_exact": mean(titles),
        "date_exact": mean(dates),
    }


def snippets(folder: Path) -> dict[str, float]:
    """Measure which of the wanted snippets are found, and of the unwanted ones absent."""
    wanted: list[bool] = []
    absent: list[bool] = []
    for row in json.loads((folder / "gold.json").read_text(encoding="utf-8")).values():
        text = _flat(read_page((folder / row["file"]).read_bytes()))
        wanted += [_flat(snippet) in text for snippet in row["with"]]
        absent += [_flat(snippet) not in text for snippet in row["without"]]
    return {"snippets_wanted": mean(wanted), "snippets_unwanted_absent": mean(absent)}


def expected_text(folder: Path) -> dict[str, float]:
    """Measure which paragraphs of the expected text are found, and the F1 of the whole.

    Those that are mainly links ("Lire aussi : ...") are counted apart: they are left out.
    """
    wanted: list[bool] = []
    prose: list[bool] = []
    scores: list[float] = []
    for expected in sorted(folder.glob("*/expected.html")):
        article = read_page((expected.parent / "source.html").read_bytes())
        soup = BeautifulSoup(expected.read_bytes(), "lxml")
        text = _flat(article)
        paragraphs = [one for one in soup.select("p, h2, li") if len(_flat(one.get_text())) > 40]
        found = [_flat(one.get_text()) in text for one in paragraphs]
        wanted += found
        prose += [was for was, one in zip(found, paragraphs, strict=True) if not _is_linked(one)]
        scores.append(token_f1(soup.get_text(" "), article.body if article else ""))
    return {
        "paragraphs_wanted": mean(wanted),
        "paragraphs_of_prose_wanted": mean(prose),
        "text_f1": mean(scores),
    }


def _is_linked(paragraph: Tag) -> bool:
    linked = sum(len(one.get_text()) for one in paragraph.select("a"))
    return linked > 0.5 * len(paragraph.get_text())


def _line(text: str) -> str:
    return " ".join(text.replace("\xad", "").split())


def _flat(text: str | Article | None) -> str:
    """Return the letters and figures of a text, its spaces and signs apart."""
    if not isinstance(text, str):
        text = f"{text.title} {text.body}" if text else ""
    return " ".join(_WORD.findall(text.replace("\xad", "").lower()))


def processor_time(pages: list[bytes]) -> float:
    """Return the milliseconds of one core that a page takes, whatever else the machine does."""
    started = process_time()
    for page in pages:
        read_page(page)
    return 1000 * (process_time() - started) / len(pages)


def speed(pages: list[bytes], processes: int | None = None) -> float:
    """Return the pages a second from raw HTML to `Article`; None: as many processes as cores."""
    if processes == 1:
        started = perf_counter()
        for page in pages:
            read_page(page)
        return len(pages) / (perf_counter() - started)
    with ProcessPoolExecutor(processes) as pool:
        list(pool.map(read_page, pages[:50], chunksize=1))  # the processes start
        started = perf_counter()
        for _ in pool.map(read_page, pages, chunksize=20):
            pass
        return len(pages) / (perf_counter() - started)


def main(data: str) -> None:
    """Print every measure whose data lie in a folder."""
    folder = Path(data)
    figures: dict[str, float] = {}
    pages = list(golds(folder / "orange")) if (folder / "orange/pages.tar.xz").exists() else []
    if pages:
        figures |= {f"gold.{name}": value for name, value in against_gold(pages).items()}
    if (folder / "pages/trafilatura").exists():
        figures |= snippets(folder / "pages/trafilatura")
    if (folder / "pages/readability").exists():
        figures |= expected_text(folder / "pages/readability")
    if pages:
        some = [gold.page for gold in pages[:500]]
        figures["page_kilobytes"] = mean(map(len, some)) / 1000
        figures["page_processor_milliseconds"] = processor_time(some)
        figures["pages_per_second_one_core"] = speed(some, 1)
        figures["pages_per_second_all_cores"] = speed(some)
    for name, value in figures.items():
        print(f"{name} {value:.4g}")


if __name__ == "__main__":
    main(sys.argv[1])
