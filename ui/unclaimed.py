"""What a worker opened, a clinic as a rule, between the worker and the page that hands it on."""

from threading import Lock
from typing import Generic, Protocol, TypeVar


class Closable(Protocol):
    def close(self) -> None: ...


C = TypeVar("C", bound=Closable)


class Unclaimed(Generic[C]):
    """Handed on once, or closed: whichever thread comes last leaves nothing open."""

    def __init__(self) -> None:
        self._turn = Lock()
        self._opened: C | None = None
        self._wanted = True

    def keep(self, opened: C) -> None:
        """Hold it until it is claimed; closed at once where nobody wants it any more."""
        with self._turn:
            if self._wanted:
                self._opened = opened
            else:
                opened.close()

    def waits(self) -> bool:
        return self._opened is not None

    def claim(self) -> C | None:
        """What was opened, which is the caller's from now on."""
        with self._turn:
            opened, self._opened = self._opened, None
            return opened

    def close(self) -> None:
        """Close what is held and what may still come."""
        with self._turn:
            self._wanted = False
            if self._opened is not None:
                self._opened.close()
                self._opened = None
