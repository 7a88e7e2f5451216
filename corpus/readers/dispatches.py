"""What agencies send again: the last version of a dispatch stands, a cancelled one goes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from corpus.records import Fate, Record, SetAside, Unreadable

_WITHDRAWN = {
    "canceled": "annulée par l'agence",
    "cancelled": "annulée par l'agence",
    "withheld": "retenue par l'agence",
}


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One item of an agency.

    key: what its versions have in common; empty for one without a name.
    status: its publication status, in lower case.
    records: its articles, none for a picture; several where it is in several languages.
    """

    key: str
    version: int
    status: str
    position: str
    records: tuple[Record, ...]


def latest(dispatches: Iterable[Dispatch], file: str) -> Iterator[Record | SetAside]:
    """Yield the articles that stand, and a notice for each dispatch that does not.

    Raises Unreadable at the end where the dispatches do.
    """
    read: list[Dispatch] = []
    refusal: Unreadable | None = None
    try:
        for dispatch in dispatches:
            read.append(dispatch)
    except Unreadable as error:
        refusal = error
    last: dict[str, int] = {}
    for dispatch in read:
        last[dispatch.key] = max(dispatch.version, last.get(dispatch.key, 0))
    for dispatch in read:
        reason = _not_standing(dispatch, last[dispatch.key])
        if reason:
            yield SetAside(file, reason, dispatch.position, Fate.SKIPPED)
        else:
            yield from (replace(one, version=str(dispatch.version)) for one in dispatch.records)
    if refusal is not None:
        raise refusal
    if not read:
        raise Unreadable("aucune dépêche dans ce fichier", fate=Fate.SKIPPED)


def _not_standing(dispatch: Dispatch, last: int) -> str:
    if dispatch.key and dispatch.version < last:
        return f"version {dispatch.version} remplacée par la version {last} ({dispatch.key})"
    if withdrawn := _WITHDRAWN.get(dispatch.status):
        return f"dépêche {withdrawn} ({dispatch.key})"
    if not dispatch.records:
        return "dépêche sans texte : photo, vidéo ou annonce"
    return ""


def version_number(stated: str) -> int:
    """Return a version as a number; 1 for what is none."""
    return int(stated) if stated.isascii() and stated.isdigit() and len(stated) < 10 else 1
