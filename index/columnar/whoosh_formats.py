"""Whoosh's posting formats, as numbers rather than pickles.

Whoosh hands a codec the value of each posting encoded by the field's format (which pickles
lists of positions), and wants it back so. What is kept are arrays: of positions and, for
the richer formats, of where each occurrence starts and ends in the text and its boost.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from whoosh import formats
from whoosh.system import pack_uint, unpack_uint

# From the most to the least specific, as some formats derive from others: the method that
# decodes a value, and what it tells of each occurrence.
_PARTS: Sequence[tuple[type, str, tuple[str, ...]]] = (
    (formats.CharacterBoosts, "character_boosts", ("positions", "starts", "ends", "boosts")),
    (formats.Characters, "characters", ("positions", "starts", "ends")),
    (formats.PositionBoosts, "position_boosts", ("positions", "boosts")),
    (formats.Positions, "positions", ("positions",)),
    (formats.Frequency, "", ()),
    (formats.Existence, "", ()),
)

Occurrences = Mapping[str, Sequence[float]]


class UnsupportedField(Exception):
    """A schema asks for what columnar segments do not keep; the text says what to use."""


def parts(format_: formats.Format) -> tuple[str, ...]:
    """Return the names of what a format keeps of each occurrence."""
    return _kind(format_)[1]


def unpack(format_: formats.Format, value: bytes) -> tuple[int, Occurrences]:
    """Return a posting's frequency, and each part of its occurrences."""
    if isinstance(format_, formats.Existence):
        return 1, {}
    decoder, names = _kind(format_)
    if not names:
        return unpack_uint(value[:4])[0], {}
    decoded: Sequence[Any] = format_.decode_as(decoder, value)
    if len(names) == 1:
        return len(decoded), {names[0]: decoded}
    return len(decoded), dict(zip(names, zip(*decoded, strict=True), strict=True))


def pack(format_: formats.Format, frequency: int, occurrences: Occurrences) -> bytes:
    """Return the value of a posting as the format encodes it."""
    names = _kind(format_)[1]
    if isinstance(format_, formats.Existence):
        return b""
    if not names:
        packed: bytes = pack_uint(frequency)
        return packed
    rows = [occurrences[name] for name in names]
    encoded = format_.encode(list(rows[0] if len(rows) == 1 else zip(*rows, strict=True)))
    # CharacterBoosts.encode also returns the sum of the boosts.
    value: bytes = encoded[0] if isinstance(encoded, tuple) else encoded
    return value


def _kind(format_: formats.Format) -> tuple[str, tuple[str, ...]]:
    for kind, decoder, names in _PARTS:
        if isinstance(format_, kind):
            return decoder, names
    raise UnsupportedField(
        f"columnar segments cannot keep the format {type(format_).__name__}; "
        "use one of whoosh.formats"
    )
