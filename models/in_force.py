"""What a clinic that is open put in the place of what the program brings along."""

from typing import Generic, TypeVar

T = TypeVar("T")


class InForce(Generic[T]):
    """`usual` holds until somebody's own is held, for every thread alike.

    Of several that are held, that of whoever came last holds, and once it is let go the one
    before it.
    """

    def __init__(self, usual: T) -> None:
        self._usual = usual
        self._held: dict[object, T] = {}

    @property
    def now(self) -> T:
        return next(reversed(self._held.values()), self._usual)

    def hold(self, owner: object, own: T) -> None:
        """Whoever holds something already keeps the place among the others."""
        self._held = {**self._held, owner: own}

    def let_go(self, owner: object) -> None:
        self._held = {each: own for each, own in self._held.items() if each is not owner}
