"""Files that hold no article, or none that can be read: told by their first bytes."""

import re

from corpus.files import OpenFile
from corpus.records import Fate, Unreadable

_MEDIA = "image, son, vidéo ou police de caractères : aucun article à lire"
_PROGRAM = "programme ou réglages : aucun article à lire"
_CONVERT = "enregistrez-le en texte brut ou en HTML"

# https://www.garykessler.net/library/file_sigs.html
_MEDIA_SIGNATURES = (
    *(b"\x89PNG", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*", b"8BPS"),
    *(b"\x00\x00\x01\x00", b"ID3\x02", b"ID3\x03", b"ID3\x04", b"OggS\x00", b"fLaC\x00"),
    *(b"\x1aE\xdf\xa3", b"wOFF", b"wOF2", b"\x00\x01\x00\x00"),
)
_READABLE_ELSEWHERE = {
    b"%PDF": "document PDF ; convertissez-le en texte, par exemple avec pdftotext",
    b"\xd0\xcf\x11\xe0": f"document bureautique ancien ; {_CONVERT}",
    b"SQLite format 3": "base de données ; exportez-la en CSV ou en JSONL",
    b"PAR1": "fichier Parquet ; convertissez-le en CSV ou en JSONL",
    b"7z\xbc\xaf": "archive 7z ; décompressez-la, ou faites-en un zip",
    b"Rar!": "archive rar ; décompressez-la, ou faites-en un zip",
}
_MEDIA_SUFFIXES = frozenset(
    (
        *(".avi", ".bmp", ".gif", ".ico", ".jpeg", ".jpg", ".m4a", ".mov", ".mp3"),
        *(".mp4", ".ogg", ".otf", ".png", ".svg", ".tif", ".tiff", ".ttf", ".wav"),
        *(".webm", ".webp", ".woff", ".woff2"),
    )
)
_PROGRAM_SUFFIXES = frozenset(
    (
        *(".c", ".cfg", ".css", ".db", ".dll", ".exe", ".h", ".ini", ".java", ".js"),
        *(".lock", ".log", ".map", ".mjs", ".php", ".py", ".pyc", ".sh", ".so", ".toml"),
        *(".ts", ".xsd", ".xsl", ".yaml", ".yml"),
    )
)


# What a folder says of itself, as opposed to an article about it.
_ABOUT = re.compile(r"(?:readme|lisez-?moi|licen[cs]e|notice|copying|changelog)(?:\.\w{1,4})?")


def refuse_foreign(file: OpenFile) -> None:
    """Raise Unreadable for a file without articles, or of a kind to convert first."""
    head = file.head
    if not head.strip():
        raise Unreadable("fichier vide ; copiez-le de nouveau")
    if head.startswith(_MEDIA_SIGNATURES) or head[4:8] == b"ftyp" or head[:4] == b"RIFF":
        raise Unreadable(_MEDIA, fate=Fate.SKIPPED)
    for signature, reason in _READABLE_ELSEWHERE.items():
        if head.startswith(signature):
            raise Unreadable(reason)
    if b"MIME-Version:" in head[:1000] and b"multipart/related" in head[:2000]:
        raise Unreadable("page enregistrée en .mht ; enregistrez-la en HTML")
    if file.suffix in _MEDIA_SUFFIXES:
        raise Unreadable(_MEDIA, fate=Fate.SKIPPED)
    if _ABOUT.fullmatch(file.name.rsplit("/", 1)[-1].lower()):
        raise Unreadable("présentation ou licence du dossier : pas un article", fate=Fate.SKIPPED)
    if file.suffix in _PROGRAM_SUFFIXES or head.startswith((b"\x7fELF", b"MZ\x90")):
        raise Unreadable(_PROGRAM, fate=Fate.SKIPPED)


def unknown(file: OpenFile) -> Unreadable:
    """Return the refusal of a file that no reader recognises."""
    if file.start.startswith("<"):
        return Unreadable("XML d'un format inconnu ; convertissez-le en HTML, CSV ou JSONL")
    return Unreadable("fichier binaire d'un format inconnu ; convertissez-le en texte")
