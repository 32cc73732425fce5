"""Times of one group: when each came under observation, when it left, and whether by the event."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Times:
    """Three arrays of one length. Days: `entry` < `exit`, or both 0; `event`: seen at `exit`."""

    entry: Numbers
    exit: Numbers
    event: Flags

    @classmethod
    def of(cls, exit: ArrayLike, event: ArrayLike, entry: ArrayLike | None = None) -> Self:
        """Under observation from 0 on where no `entry` is given.

        Raises `ValueError` for a time that is no number, below 0, or an exit not after its entry.
        """
        left = np.asarray(exit, dtype=np.float64)
        came = np.zeros_like(left) if entry is None else np.asarray(entry, dtype=np.float64)
        seen = np.asarray(event, dtype=np.bool_)
        if not (left.shape == came.shape == seen.shape) or left.ndim != 1:
            raise ValueError("times, events and entries are not equally many")
        if not (np.isfinite(left).all() and np.isfinite(came).all() and (came >= 0).all()):
            raise ValueError("a time is below 0 or no number")
        if not ((left > came) | ((left == 0) & (came == 0))).all():
            raise ValueError("somebody left before coming")
        return cls(came, left, seen)

    def __len__(self) -> int:
        return len(self.exit)
