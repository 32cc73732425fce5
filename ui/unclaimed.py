"""A clinic between the worker that opened it and the page that hands it on."""

from threading import Lock

from models.store.clinic import Clinic


class Unclaimed:
    """Handed on once, or closed: whichever thread comes last leaves no clinic open."""

    def __init__(self) -> None:
        self._turn = Lock()
        self._clinic: Clinic | None = None
        self._wanted = True

    def keep(self, clinic: Clinic) -> None:
        """Hold it until it is claimed; closed at once where nobody wants it any more."""
        with self._turn:
            if self._wanted:
                self._clinic = clinic
            else:
                clinic.close()

    def waits(self) -> bool:
        return self._clinic is not None

    def claim(self) -> Clinic | None:
        """The clinic, which is the caller's from now on."""
        with self._turn:
            clinic, self._clinic = self._clinic, None
            return clinic

    def close(self) -> None:
        """Close what is held and what may still come."""
        with self._turn:
            self._wanted = False
            if self._clinic is not None:
                self._clinic.close()
                self._clinic = None
