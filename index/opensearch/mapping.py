"""What an index on the cluster is made of: its fields, its settings, its stamp."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from corpus.analysis import ANALYSIS_VERSION
from corpus.version import VERSION
from index.embedded import manifest
from index.fields import Facet, TextField
from index.opensearch.address import Address

Body = dict[str, Any]

# Raise the first part whenever the fields below, or what they hold of an article, change. The
# second says the same of the record and the fingerprint of an article, which both engines keep.
SCHEMA_VERSION = f"2.{manifest.SCHEMA_VERSION}"

# Parts words that stand in one place; no word holds it, since it is no letter.
BETWEEN = "\u241f"
# A text of tokens that `corpus.analysis` made, and alternatives for one of them.
TOKENS, ALTERNATIVES = "tokens", "alternatives"
# Lucene refuses words of 32,766 bytes and more; none that is read is so long.
LONGEST_WORD = 5000

EXACT, FOLDED, STEMMED = "", "_folded", "_stemmed"
SPELLINGS = (EXACT, FOLDED, STEMMED)

_KEYWORD: Body = {"type": "keyword"}
# Looked up, never sorted nor counted.
_LOOKED_UP: Body = {"type": "keyword", "doc_values": False}


def words_index(index: str) -> str:
    """Return the name of the index of the words and values of an index."""
    return f"{index}-words"


def notes_index(alias: str) -> str:
    """Return the name of the index of what is kept beside an index: who writes, the journal."""
    return f"{alias}-notes"


def articles_body(address: Address) -> Body:
    """Return the settings and the mapping of a new index of articles."""
    return {
        "settings": {
            "number_of_shards": address.shards,
            **_replicas(address),
            # What was written shows when the writer says so, all at once.
            "refresh_interval": "-1",
            "max_terms_count": 65_536,
            "codec": "best_compression",
            "analysis": _analysis(),
            # A word counts as often as it occurs; the rest of BM25F is done around it.
            "similarity": {
                "times": {
                    "type": "scripted",
                    "script": {"source": "return query.boost * doc.freq;"},
                }
            },
        },
        "mappings": {
            "dynamic": "strict",
            "_meta": stamp(),
            "_source": {"includes": ["article", "family", "copies"]},
            "properties": _properties(),
        },
    }


def _analysis() -> Body:
    return {
        "tokenizer": {"tokens": {"type": "whitespace", "max_token_length": 1_000_000}},
        "filter": {
            "parted": {
                "type": "pattern_capture",
                "preserve_original": False,
                "patterns": [f"([^{BETWEEN}]+)"],
            }
        },
        "analyzer": {
            TOKENS: {"type": "custom", "tokenizer": "tokens"},
            ALTERNATIVES: {"type": "custom", "tokenizer": "tokens", "filter": ["parted"]},
        },
    }


def _properties() -> Body:
    text = {
        "type": "text",
        "analyzer": TOKENS,
        "search_analyzer": ALTERNATIVES,
        "similarity": "times",
        "norms": False,
    }
    fields: Body = {
        "id": _KEYWORD,
        "article": {"type": "object", "enabled": False},
        "date": {"type": "date", "format": "strict_date"},
        "family": _KEYWORD,
        "copies": {"type": "integer", "index": False},
        "copy": {"type": "boolean", "doc_values": False},
        "fingerprint": _LOOKED_UP,
        "signature": _LOOKED_UP,
    }
    for field in TextField:
        fields |= {f"{field}{spelling}": text for spelling in SPELLINGS}
        fields[f"{field}_length"] = {"type": "integer", "index": False}
    return fields | {facet.value: _KEYWORD for facet in Facet}


def words_body(address: Address) -> Body:
    """Return the settings and the mapping of a new index of words and values."""
    return {
        "settings": {
            "number_of_shards": 1,
            **_replicas(address),
            "refresh_interval": "-1",
            "analysis": {"analyzer": {TOKENS: {"type": "custom", "tokenizer": "whitespace"}}},
        },
        "mappings": {
            "dynamic": "strict",
            "properties": {
                "kind": _KEYWORD,
                "text": _KEYWORD,
                "folded": _KEYWORD,
                "stem": _LOOKED_UP,
                "names": {
                    "type": "text",
                    "analyzer": TOKENS,
                    "norms": False,
                    "fields": {"whole": _LOOKED_UP},
                },
                "articles": {"type": "integer"},
            },
        },
    }


def notes_body(address: Address) -> Body:
    """Return the settings and the mapping of the index of notes."""
    return {
        "settings": {"number_of_shards": 1, **_replicas(address)},
        "mappings": {"enabled": False},
    }


def stamp(links: str = "", journal: str = "", topics: str = "") -> Body:
    """Return which schema, analysis and version make an index, and when.

    links, journal, topics: the names of the notes that hold the links between names of actors,
    what the writer keeps beside the articles, and what words are about.
    """
    return {
        "schema": SCHEMA_VERSION,
        "analysis": ANALYSIS_VERSION,
        "version": VERSION,
        "built": datetime.now(UTC).astimezone().isoformat(timespec="seconds"),
        "commit": uuid4().hex,
        "links": links,
        "journal": journal,
        "topics": topics,
    }


def _replicas(address: Address) -> Body:
    if address.replicas is None:
        return {"auto_expand_replicas": "0-1"}
    return {"number_of_replicas": address.replicas}
