"""The category of a treatment, proposed by what its drugs are."""

from collections.abc import Mapping
from typing import Any

from models.therapies import Category, category_of
from models.words import _
from ui.choice_editor import ChoiceEditor


class CategoryEditor(ChoiceEditor):
    """Filled in when the regimen is left and tells it, unless a person chose one."""

    follows = ("regimen",)
    _regimen: tuple[str, ...] = ()
    _proposal: Category | None = None

    def set_value(self, value: Any) -> None:
        self._proposal = None
        super().set_value(value)

    def follow(self, values: Mapping[str, Any]) -> None:
        self._regimen = tuple(values.get("regimen") or ())

    def followed_left(self, name: str) -> None:
        found = category_of(self._regimen)
        if found == self.value() or self.value() not in {None, self._proposal}:
            return
        self.set_value(found)
        self._proposal = found
        self.changed.emit()
        self.set_problem("")

    def note(self) -> str:
        proposed = self._proposal is not None and self.value() == self._proposal
        return _("Proposed from the regimen.") if proposed else super().note()
