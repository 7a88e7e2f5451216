"""Which articles are wanted: those in a language, and those of which none can be told."""

from collections.abc import Callable
from functools import partial

from corpus.article import Article
from corpus.records import Fate, Unreadable
from corpus.wording import language as name_of

Prepare = Callable[[Article], Article]


def only_in(languages: frozenset[str], prepare: Prepare | None = None) -> Prepare | None:
    """Return what leaves out articles in other languages and prepares the rest; can be pickled.

    languages: codes as "fr"; none for all.
    """
    return partial(_selected, languages=languages, prepare=prepare) if languages else prepare


def _selected(article: Article, languages: frozenset[str], prepare: Prepare | None) -> Article:
    """Raise Unreadable for an article that is not wanted."""
    if article.language and article.language not in languages:
        stated = article.title[:60]
        reason = f"article en {name_of(article.language)}, ignoré par --lang : « {stated} »"
        raise Unreadable(reason, fate=Fate.SKIPPED)
    return prepare(article) if prepare else article
