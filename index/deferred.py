"""Sequences that are worked out when they are first looked at."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar, overload

Item = TypeVar("Item")


class Deferred(Sequence[Item]):
    """A tuple that a function returns, called when the tuple is first needed.

    Most pages of results never look at the entities of their articles; reading them took
    half the time of making an article. Equal to the tuple, and pickled as it.
    """

    __slots__ = ("_items", "_read")

    def __init__(self, read: Callable[[], tuple[Item, ...]]) -> None:
        self._read = read
        self._items: tuple[Item, ...] | None = None

    def _held(self) -> tuple[Item, ...]:
        if self._items is None:
            self._items = self._read()
        return self._items

    def __len__(self) -> int:
        return len(self._held())

    def __iter__(self) -> Iterator[Item]:
        return iter(self._held())

    @overload
    def __getitem__(self, place: int) -> Item: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Item, ...]: ...
    def __getitem__(self, place: int | slice) -> Item | tuple[Item, ...]:
        return self._held()[place]

    def __eq__(self, other: object) -> bool:
        return self._held() == (other._held() if isinstance(other, Deferred) else other)

    def __hash__(self) -> int:
        return hash(self._held())

    def __repr__(self) -> str:
        return repr(self._held())

    def __reduce__(self) -> tuple[type[tuple[Item, ...]], tuple[tuple[Item, ...]]]:
        return tuple, (self._held(),)
