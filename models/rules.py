"""Clinical rules by name: what each says, its source, and whether a clinician must confirm it.

A rule is a pure function; its docstring is what it says, on screen and in `docs/rules.md` alike.
"""

import inspect
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from models.values import Choice
from models.words import N_, _


class Standing(Choice):
    """How well the text of a rule is known."""

    PUBLISHED = N_("published")
    IN_PART = N_("published, read in part")
    DERIVED = N_("derived from published rules")
    UNVERIFIED = N_("memory, unverified")


@dataclass(frozen=True, slots=True)
class Rule:
    """`name`: its function, as `response.global_response`; `statement`: what it says."""

    name: str
    title: str
    source: str
    standing: Standing
    statement: str

    def awaits(self, confirmed: Collection[str]) -> bool:
        """Whether a clinician has yet to confirm it; `confirmed`: names of rules that are."""
        return self.standing is Standing.UNVERIFIED and self.name not in confirmed

    @property
    def words(self) -> str:
        return _(self.title)


RULES: dict[str, Rule] = {}
F = TypeVar("F", bound=Callable[..., Any])


def rule(title: str, source: str, standing: Standing = Standing.PUBLISHED) -> Callable[[F], F]:
    """Enter a function among the rules; its docstring, without what it raises, is the statement."""

    def enter(function: F) -> F:
        name = _name(function)
        RULES[name] = Rule(name, title, source, standing, _statement(function))
        return function

    return enter


def awaiting_words(rules: Iterable[Rule], confirmed: Collection[str]) -> str:
    """The rules that a clinician has yet to confirm, each once, in a sentence; empty for none."""
    titles = dict.fromkeys(rule.words for rule in rules if rule.awaits(confirmed))
    if not titles:
        return ""
    words = _("Rules that await confirmation by a clinician: {rules}.")
    return words.format(rules="; ".join(titles))


def rule_of(function: Callable[..., Any]) -> Rule:
    return RULES[_name(function)]


def _name(function: Callable[..., Any]) -> str:
    return f"{function.__module__.removeprefix('models.')}.{function.__qualname__}"


def _statement(function: Callable[..., Any]) -> str:
    paragraphs = re.split(r"\n\s*\n", inspect.getdoc(function) or "")
    said = [re.sub(r"\s+", " ", text) for text in paragraphs if not text.startswith("Raises ")]
    return "\n".join(said)
