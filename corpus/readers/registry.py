"""The formats that are read. A new one is a module here, and one name in `READERS`."""

from collections.abc import Iterator
from typing import Protocol

from corpus.files import OpenFile
from corpus.readers import (
    europresse,
    factiva_html,
    factiva_rtf,
    factiva_xml,
    feeds,
    json_records,
    lexisnexis,
    newsml1,
    newsml_g2,
    nexis_docx,
    nitf,
    plain_text,
    tables,
    web_page,
    wire_text,
)
from corpus.readers.foreign import refuse_foreign, unknown
from corpus.readers.format import Format
from corpus.records import Record, SetAside


class Reader(Protocol):
    """What the module of a format offers: its description, and two functions."""

    @property
    def FORMAT(self) -> Format:
        """What it is called, how it is told, what it gives, what it needs."""
        ...

    def recognises(self, file: OpenFile) -> bool:
        """Tell from `file.head` or `file.start` whether the file is of the format."""
        ...

    def read(self, file: OpenFile) -> Iterator[Record | SetAside]:
        """Yield its articles, and what had to be set aside among them.

        Raises Unreadable, at once or in between, when the rest cannot be read.
        """
        ...


# The first that recognises a file reads it: the particular before the general.
READERS: tuple[Reader, ...] = (
    *(europresse, factiva_html, lexisnexis),  # pages with many articles
    *(factiva_xml, newsml1, newsml_g2, nitf, feeds, nexis_docx, factiva_rtf, wire_text),
    *(web_page, json_records, tables, plain_text),
)


def reader_of(file: OpenFile) -> Reader:
    """Return the reader of a file; raises Unreadable where there is none."""
    refuse_foreign(file)
    for reader in READERS:
        if reader.recognises(file):
            return reader
    raise unknown(file)
