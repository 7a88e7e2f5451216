"""Which articles tell one story, and which of them leads: each compared with each."""

from math import inf

from corpus.analysis import words
from corpus.article import Article
from corpus.families import same_story
from index.fingerprints import fingerprint


def leads(articles: list[Article]) -> dict[str, str]:
    """Return the id of the lead for the id of each article that is in a family of several.

    The first article, by day, fullness and id, takes those that tell its story; the first
    that is left takes its own, and so on. Articles of one text stay together.
    """
    prints = {a.id: fingerprint(words(a.title), words(a.body), a.published) for a in articles}
    texts: dict[int, list[Article]] = {}
    for place, article in enumerate(sorted(articles, key=_rank), 1):
        texts.setdefault(prints[article.id].text or -place, []).append(article)
    left = list(texts.values())
    led: dict[str, str] = {}
    while left:
        first = left[0][0]
        told = [g for g in left if g[0] is first or same_story(prints[first.id], prints[g[0].id])]
        left = [group for group in left if group not in told]
        family = [article.id for group in told for article in group]
        if len(family) > 1:
            led |= dict.fromkeys(family, first.id)
    return led


def _rank(article: Article) -> tuple[float, int, str]:
    day = article.published.day.toordinal() if article.published else inf
    return day, -len(words(article.body)), article.id
