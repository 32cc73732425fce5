"""The populations that the clinic saved under a name."""

import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import cast

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from models.base import revised
from models.folding import folded
from models.population import SavedPopulation
from models.roles import May
from models.store import removal, saving
from models.store.sitting import Sitting, needs
from models.store.step import Step


@dataclass(frozen=True)
class Named:
    """`record`: None where a later version of the program wrote criteria unknown to this one."""

    name: str
    record: SavedPopulation | None


class Populations:
    """`step`: one that can be undone."""

    def __init__(
        self, sitting: Sitting, step: Callable[[str | None], AbstractContextManager[Step]]
    ) -> None:
        self.sitting, self._step = sitting, step

    @needs(May.READ)
    def all(self) -> list[Named]:
        """Those that stand, by name."""
        with self.sitting.store.reading() as session:
            names = select(col(SavedPopulation.id), col(SavedPopulation.name))
            standing = names.where(col(SavedPopulation.removed_at).is_(None))
            found = [
                Named(name, _readable(session, key)) for key, name in session.execute(standing)
            ]
        return sorted(found, key=lambda each: folded(each.name))

    @needs(May.RECORD)
    def save(self, population: SavedPopulation, *, reason: str | None = None) -> SavedPopulation:
        """Enter, rename or overwrite one; a new one takes the place of one removed by that name.

        Raises `InvalidRecord` where the name is taken.
        """
        with self._step(reason) as step:
            gone = None if population.version else _removed_namesake(step.session, population)
            if gone is not None:
                removal.restore(step, gone)
                entered = population.model_dump(include={"name", "criteria", "notes"})
                population = revised(gone, **entered)
            return cast(SavedPopulation, saving.save_all(step, [population])[0])


def _readable(session: Session, key: uuid.UUID) -> SavedPopulation | None:
    try:
        return session.get(SavedPopulation, key)
    except ValidationError:
        return None


def _removed_namesake(session: Session, population: SavedPopulation) -> SavedPopulation | None:
    names = select(col(SavedPopulation.id), col(SavedPopulation.name))
    removed = names.where(col(SavedPopulation.removed_at).is_not(None))
    same = [
        key
        for key, name in session.execute(removed)
        if name.casefold() == population.name.casefold()
    ]
    return _readable(session, same[0]) if same else None
