"""Bytes as the readers get them."""

import io
from collections.abc import Mapping

from corpus.files import OpenFile
from corpus.readers.field_names import FieldNames


def opened(
    data: bytes | str, name: str = "fichier", mapping: Mapping[str, str] | None = None
) -> OpenFile:
    """Return a file with this content, as `Reading` opens it."""
    content = data.encode() if isinstance(data, str) else data
    return OpenFile(name, io.BytesIO(content), FieldNames(mapping))
