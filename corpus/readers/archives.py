"""Archives, of the web too, and compressed files: streams, of which nothing goes to the disk."""

import bz2
import gzip
import io
import lzma
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import IO, cast

from zstandard import ZstdDecompressor, ZstdError

from corpus.files import MAX_PIECE, OpenFile, shown
from corpus.readers import nexis_docx, warc
from corpus.readers.field_names import FieldNames
from corpus.readers.format import Format
from corpus.records import Fate, SetAside, Unreadable

# What reading a damaged stream raises, and what is said of it.
DAMAGED = (
    *(EOFError, OSError, RuntimeError, ValueError, zlib.error, lzma.LZMAError),
    *(tarfile.TarError, zipfile.BadZipFile, ZstdError),
)
DAMAGE = "fichier abîmé ou tronqué, la suite n'est pas lue ; copiez-le de nouveau"
MAX_RATIO = 500  # bytes out of a compressed one; pages of one site come to 40, bombs to 1,000
MAX_NESTING = 2  # an archive in an archive

FORMATS = (
    warc.FORMAT,
    Format("Fichiers compressés (gzip, bzip2, xz, zstandard)", "leurs premiers octets"),
    Format("Archives (zip, tar)", "leurs premiers octets"),
)

_COMPRESSIONS: Mapping[bytes, Callable[[IO[bytes]], IO[bytes]]] = {
    b"\x1f\x8b\x08": lambda stream: cast(IO[bytes], gzip.GzipFile(fileobj=stream)),
    b"BZh": bz2.BZ2File,
    b"\xfd7zXZ\x00": lzma.LZMAFile,
    b"\x28\xb5\x2f\xfd": lambda stream: ZstdDecompressor().stream_reader(stream),
}
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_WEB_ARCHIVE = re.compile(r"archive/[^/]+\.warc(?:\.gz)?$")
_OFFICE = ("[Content_Types].xml", "mimetype")  # in DOCX and its kin; in ODT and EPUB


def recognises(file: OpenFile) -> bool:
    """Tell a compressed file or an archive by its first bytes; a Word document is none."""
    if file.head.startswith(_ZIP):
        return not nexis_docx.recognises(file)
    return _compression(file) is not None or _is_tar(file) or warc.recognises(file)


def unpack(file: OpenFile, depth: int) -> Iterator[OpenFile | SetAside]:
    """Yield the files within, in their order; each must be read before the next is asked for.

    depth: how many archives the file is in already. Raises Unreadable, or one of
    `DAMAGED`, where the rest cannot be read. Of a compressed file that is damaged or cut,
    what comes before the damage is read as if it were all, and the damage told after it.
    """
    if open_compressed := _compression(file):
        stream = _Rationed(open_compressed(file.stream), file)
        inner = OpenFile(file.name, cast(IO[bytes], stream), file.fields)
        if _compression(inner):
            raise Unreadable("compressé deux fois ; décompressez-le d'abord")
        yield from _members(inner, depth) if recognises(inner) else [inner]
        if stream.damaged:
            yield SetAside(file.name, DAMAGE)
    else:
        yield from _members(file, depth)


def _members(file: OpenFile, depth: int) -> Iterator[OpenFile | SetAside]:
    if depth >= MAX_NESTING:
        raise Unreadable("archives emboîtées trop profondément ; extrayez-les d'abord")
    if warc.recognises(file):
        yield from warc.pages(file)
    else:
        yield from _zip_members(file) if file.head.startswith(_ZIP) else _tar_members(file)


def _compression(file: OpenFile) -> Callable[[IO[bytes]], IO[bytes]] | None:
    found = (opener for magic, opener in _COMPRESSIONS.items() if file.head.startswith(magic))
    return next(found, None)


def _is_tar(file: OpenFile) -> bool:
    return file.head[257:262] == b"ustar" or (file.suffix == ".tar" and len(file.head) >= 512)


def _tar_members(file: OpenFile) -> Iterator[OpenFile | SetAside]:
    with tarfile.open(fileobj=file.stream, mode="r|") as archive:
        while (member := archive.next()) is not None:
            archive.members.clear()  # type: ignore[attr-defined]  # it keeps them all, 1 kB each
            name = _inner_name(file, member.name)
            if not name or member.isdir():
                continue
            if not member.isreg():
                yield SetAside(name, _NO_FILE, fate=Fate.SKIPPED)
            elif stream := archive.extractfile(member):
                yield OpenFile(name, stream, file.fields)


def _zip_members(file: OpenFile) -> Iterator[OpenFile | SetAside]:
    with zipfile.ZipFile(file.seekable or io.BytesIO(file.whole())) as archive:
        members = archive.infolist()
        if kept := [member for member in members if _WEB_ARCHIVE.match(member.filename)]:
            members = kept  # of a WACZ; beside them lie an index and lists of its pages
        if any(member.filename in _OFFICE for member in members):
            raise Unreadable("document bureautique ; enregistrez-le en texte brut ou en HTML")
        for member in members:
            name = _inner_name(file, member.filename)
            if name and not member.is_dir():
                yield _zip_member(archive, member, name, file.fields)


def _zip_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, fields: FieldNames
) -> OpenFile | SetAside:
    if member.flag_bits & 1:
        return SetAside(name, "protégé par un mot de passe ; extrayez-le d'abord")
    if member.file_size > max(MAX_PIECE, MAX_RATIO * member.compress_size):
        return SetAside(name, _BOMB)
    try:
        return OpenFile(name, archive.open(member), fields)
    except DAMAGED:
        return SetAside(name, "membre d'archive abîmé ; refaites l'archive")


def _inner_name(file: OpenFile, inner: str) -> str:
    """Return what to call a member; empty for one to pass over, as hidden files are."""
    parts = [part for part in inner.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    if not parts or "__MACOSX" in parts or any(part.startswith(".") for part in parts):
        return ""
    return "/".join([file.name, *map(shown, parts)])


_NO_FILE = "lien ou périphérique dans une archive : jamais suivi"
_BOMB = f"se décompresse plus de {MAX_RATIO} fois : archive piégée ? décompressez-la vous-même"


class _Rationed(io.RawIOBase):
    """A decompressed stream that stops at damage, or when too much comes out of too little."""

    def __init__(self, stream: IO[bytes], packed: OpenFile) -> None:
        self._stream, self._packed, self._size = stream, packed, 0
        self.damaged = False

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        try:
            data: bytes = self._stream.read1(size)  # type: ignore[attr-defined]
        except DAMAGED:
            self.damaged = True
            return b""
        self._size += len(data)
        if self._size > max(MAX_PIECE, MAX_RATIO * self._packed.consumed):
            raise Unreadable(_BOMB)
        return data
