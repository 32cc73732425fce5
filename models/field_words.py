"""What is said of one field, in a form, a table or on a page."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class FieldWords:
    """What a form, a table or a page says about one field."""

    name: str
    title: str
    help: str
    unit: str
    group: str
    multiline: bool
    suggestions: tuple[str, ...]
    required: bool
    annotation: Any

    @property
    def heading(self) -> str:
        return f"{self.title} ({self.unit})" if self.unit else self.title
