"""Pieces of reading that any process can do: from bytes or records to cleaned articles."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import IO, cast

from corpus.article import Article
from corpus.cleaning import clean_line
from corpus.files import OpenFile
from corpus.identity import derived_id, versioned
from corpus.readers import archives
from corpus.readers.field_names import FieldNames
from corpus.readers.markup import TooManyTags
from corpus.readers.registry import reader_of
from corpus.records import Fate, Record, SetAside, Unreadable, to_article

# Files and members up to this size are read by any process, whole; of larger ones, the
# records are, so many at a time.
SMALL = 2**20
_RECORDS = 32


@dataclass(frozen=True, slots=True)
class Whole:
    """A small file, or a small member of an archive, with all its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Records:
    """Some records of a larger file, and what was set aside among them."""

    name: str
    format: str
    records: tuple[Record | SetAside, ...]


Unit = Whole | Records | SetAside


@dataclass(frozen=True, slots=True)
class Cleaned:
    """An article, the hash of its content, where it stood, and what to say of it."""

    article: Article
    content: str
    position: str
    format: str
    remark: str


Outcome = Cleaned | SetAside


def weight(unit: object) -> int:
    """Return about how many bytes are to be read in a unit."""
    match unit:
        case Whole(_, data):
            return len(data)
        case Records(_, _, records):
            return sum(len(one.body) for one in records if isinstance(one, Record))
    return 200


def units_of(file: OpenFile, depth: int = 0) -> Iterator[Unit]:
    """Cut a file, or those in an archive, into units; whatever goes wrong concerns it alone."""
    name = ""
    try:
        if archives.recognises(file):
            name = archives.FORMATS[-1].name
            for member in archives.unpack(file, depth):
                yield from [member] if isinstance(member, SetAside) else units_of(member, depth + 1)
        elif (data := file.within(SMALL)) is not None:
            yield Whole(file.name, data)
        else:
            reader = reader_of(file)
            name = reader.FORMAT.name
            yield from _records(reader.read(file), file.name, name)
    except Exception as error:
        yield _refusal(file.name, name, error)


def _records(
    results: Iterator[Record | SetAside], name: str, format_name: str
) -> Iterator[Records]:
    """Gather what a reader gives; what was given before it failed is not lost."""
    held: list[Record | SetAside] = []
    try:
        for result in results:
            held.append(result)
            if len(held) == _RECORDS:
                yield Records(name, format_name, tuple(held))
                held = []
    except Exception as error:
        held.append(_refusal(name, format_name, error))
    if held:
        yield Records(name, format_name, tuple(held))


def outcomes(
    unit: Unit, fields: FieldNames, prepare: Callable[[Article], Article] | None
) -> list[Outcome]:
    """Return the cleaned articles of a unit, prepared, and what was set aside."""
    match unit:
        case SetAside():
            return [unit]
        case Whole(name, data):
            return list(_read_whole(name, data, fields, prepare))
        case Records(name, format_name, records):
            return [_cleaned(one, name, format_name, prepare) for one in records]


def _read_whole(
    name: str, data: bytes, fields: FieldNames, prepare: Callable[[Article], Article] | None
) -> Iterator[Outcome]:
    format_name = ""
    try:
        stream = cast(IO[bytes], io.BytesIO(data))
        file = OpenFile(name, stream, fields, seekable=io.BytesIO(data))
        reader = reader_of(file)
        format_name = reader.FORMAT.name
        for result in reader.read(file):
            yield _cleaned(result, name, format_name, prepare)
    except Exception as error:
        yield _refusal(name, format_name, error)


def _cleaned(
    result: Record | SetAside,
    name: str,
    format_name: str,
    prepare: Callable[[Article], Article] | None,
) -> Outcome:
    if isinstance(result, SetAside):
        return result if result.format else replace(result, format=format_name)
    try:
        article = to_article(result, name)
    except Exception as error:  # it concerns this one alone
        return replace(_refusal(name, format_name, error), position=result.position)
    if not article.title and not article.body:
        return SetAside(name, "ni titre ni texte", result.position, format=format_name)
    content = derived_id(article.title, article.body, article.source, article.published)
    content = versioned(content, result.dispatch, int(result.version or 0))
    remark = ""
    if article.published is None and result.date.strip():
        stated = clean_line(result.date)[:40]
        remark = f"date illisible ou impossible : « {stated} » ; article gardé sans date"
    try:
        article = prepare(article) if prepare else article
    except Unreadable as refusal:  # it is not wanted
        return SetAside(name, refusal.reason, result.position, refusal.fate, format_name)
    return Cleaned(article, content, result.position, format_name, remark)


def _refusal(name: str, format_name: str, error: Exception) -> SetAside:
    """Return why a file is not read further. A fault of ours must not stop a million others."""
    if isinstance(error, Unreadable):
        return SetAside(name, error.reason, error.position, error.fate, format_name)
    if isinstance(error, RecursionError):
        reason = "balises ou objets trop imbriqués pour un article ; convertissez-le en texte"
    elif isinstance(error, TooManyTags):
        reason = "trop de balises pour un article ; convertissez-le en texte"
    elif isinstance(error, archives.DAMAGED):
        reason = archives.DAMAGE
    else:
        reason = f"lecture impossible ({type(error).__name__}) ; convertissez-le en texte"
    return SetAside(name, reason, format=format_name)


def kept(cleaned: Cleaned, reason: str) -> SetAside:
    """Return the notice of an article that is in the corpus, but changed."""
    return SetAside(cleaned.article.file, reason, cleaned.position, Fate.KEPT, cleaned.format)
