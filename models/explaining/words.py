"""How a rule is named beside what it made."""

from collections.abc import Callable, Mapping
from typing import Any

from models.history import History
from models.rules import rule_of
from models.words import _

Values = Mapping[str, Any]


def by(rule: Callable[..., Any], history: History) -> str:
    """`(Olsen, Blood 2007)`, and that it awaits confirmation where it does."""
    found = rule_of(rule)
    if not found.awaits(history.confirmed):
        return f"({found.source})"
    return _("({source}; awaits confirmation by a clinician)").format(source=found.source)
