"""Articles as documents of the cluster, and back."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from corpus.analysis import fold, stem, words
from corpus.article import Article
from corpus.families import Fingerprint
from index.fields import Facet, TextField
from index.fingerprints import fingerprint
from index.opensearch.mapping import EXACT, FOLDED, LONGEST_WORD, STEMMED
from index.stored_articles import as_record, facet_values, from_record

Body = dict[str, Any]

_KEYS: Mapping[str, Callable[[str], str]] = {EXACT: str, FOLDED: fold, STEMMED: stem}


@dataclass(frozen=True, slots=True)
class Family:
    """The place of an article in its family: the id of the lead, and how many others it holds."""

    lead: str = ""
    copies: int = 0


ALONE = Family()


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article with everything that is looked up of it."""

    article: Article
    words: Mapping[TextField, list[str]]
    values: Mapping[Facet, list[str]]
    fingerprint: Fingerprint

    @classmethod
    def of(cls, article: Article) -> "Prepared":
        """Return an article, analysed."""
        cut = {TextField.TITLE: words(article.title), TextField.BODY: words(article.body)}
        return cls(
            article,
            cut,
            values_of(article),
            fingerprint(cut[TextField.TITLE], cut[TextField.BODY], article.published),
        )

    def document(self, family: Family = ALONE) -> Body:
        """Return the document of the article."""
        found: Body = {"id": self.article.id, "article": as_record(self.article)}
        for field, held in self.words.items():
            found[f"{field}_length"] = len(held)
            for spelling, key in _KEYS.items():
                found[f"{field}{spelling}"] = " ".join(_tokens(held, key))
        found |= {facet.value: values for facet, values in self.values.items() if values}
        if self.article.published:
            found["date"] = self.article.published.day.isoformat()
        if self.fingerprint.text:
            found["fingerprint"] = str(self.fingerprint.text)
        if signature := signature_terms(self.fingerprint):
            found["signature"] = signature
        if family != ALONE:
            found |= {"family": family.lead, "copies": family.copies}
            found["copy"] = family.lead != self.article.id
        return found


def texts_of(article: Article) -> dict[TextField, list[str]]:
    """Return the words of each field of an article."""
    return {TextField.TITLE: words(article.title), TextField.BODY: words(article.body)}


def values_of(article: Article) -> dict[Facet, list[str]]:
    """Return the values that an article has of each facet, each once."""
    year = [f"{article.published.day.year:04d}"] if article.published else []
    return {**facet_values(article), Facet.YEAR: year}


def document_id(article_id: str) -> str:
    """Return the name of an article's document: any text may be an id, not any a name."""
    return blake2b(article_id.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def article_of(source: Mapping[str, Any]) -> Article:
    """Return the article of a document."""
    return from_record(source["article"])


def family_of(source: Mapping[str, Any]) -> Family:
    """Return the family of a document's article."""
    return Family(source.get("family", ""), source.get("copies", 0))


def token(word: str) -> str:
    """Return a word as it is indexed and looked up."""
    return word[:LONGEST_WORD]


def _tokens(held: list[str], key: Callable[[str], str]) -> Iterable[str]:
    # Letters that Unidecode writes by several do not make a word of common length too long.
    if len(max(held, key=len, default="")) < LONGEST_WORD // 20:
        return map(key, held)
    return (token(key(word)) for word in held)


def signature_terms(one: Fingerprint) -> list[str]:
    """Return the numbers of a signature, each with its place; none for an empty one."""
    if not any(one.signature):
        return []
    return [f"{place}:{number}" for place, number in enumerate(one.signature)]
