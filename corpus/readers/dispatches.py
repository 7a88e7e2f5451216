"""What agencies send again: the last version of a dispatch stands, a cancelled one goes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from corpus.records import Fate, Record, SetAside, Unreadable, Withdrawal

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
    last: dict[str, tuple[int, bool]] = {}
    for dispatch in filter(_says_something, read):
        last[dispatch.key] = max(_rank(dispatch), last.get(dispatch.key, (0, False)))
    for dispatch in read:
        yield from _standing(dispatch, last.get(dispatch.key, (0, False)), file)
    if refusal is not None:
        raise refusal
    if not read:
        raise Unreadable("aucune dépêche dans ce fichier", fate=Fate.SKIPPED)


def _rank(dispatch: Dispatch) -> tuple[int, bool]:
    """Return what is greater for what stands: the last version, or its withdrawal."""
    return dispatch.version, dispatch.status in _WITHDRAWN


def _says_something(dispatch: Dispatch) -> bool:
    return bool(dispatch.key and (dispatch.records or dispatch.status in _WITHDRAWN))


def _standing(dispatch: Dispatch, last: tuple[int, bool], file: str) -> Iterator[Record | SetAside]:
    """Yield the articles of a dispatch, or a notice that it does not stand."""
    key, version, position = dispatch.key, dispatch.version, dispatch.position
    if key and _rank(dispatch) < last:
        reason = f"version {version} remplacée par la version {last[0]} ({key})"
        if last[1]:
            reason = f"version {version} d'une dépêche que l'agence a retirée ({key})"
        yield SetAside(file, reason, position, Fate.SKIPPED)
    elif withdrawn := _WITHDRAWN.get(dispatch.status):
        reason = f"dépêche {withdrawn} ({key})"
        yield Withdrawal(file, reason, position, Fate.SKIPPED, "", key, version)
    elif not dispatch.records:
        reason = "dépêche sans texte : photo, vidéo ou annonce"
        yield SetAside(file, reason, position, Fate.SKIPPED)
    else:
        yield from (replace(one, dispatch=key, version=str(version)) for one in dispatch.records)


def version_number(stated: str) -> int:
    """Return a version as a number; 1 for what is none."""
    return int(stated) if stated.isascii() and stated.isdigit() and len(stated) < 10 else 1
