"""The rule book holds every rule once, and knows which of them are confirmed as they are worded."""

from importlib import import_module
from pkgutil import walk_packages

import pytest

import models
from models.base import revised
from models.rule_book import as_worded_now, confirmed, rule_book
from models.rules import RULES, Rule, Standing
from tests.models import builders as a

BOOK = [rule for section in rule_book() for rule in section.rules]
every_rule = pytest.mark.parametrize("rule", BOOK, ids=lambda rule: rule.name)


def test_every_module_with_rules_has_a_section_and_each_rule_stands_in_one() -> None:
    for module in walk_packages(models.__path__, "models."):
        if not module.name.startswith(("models.demo", "models.store.migrations")):
            import_module(module.name)
    assert sorted(rule.name for rule in BOOK) == sorted(RULES)


def test_sections_have_titles_of_their_own_and_are_not_empty() -> None:
    titles = [section.words for section in rule_book()]
    assert all(titles)
    assert len(set(titles)) == len(titles)
    assert all(section.rules for section in rule_book())


@every_rule
def test_a_rule_is_told_from_others_and_can_be_confirmed(rule: Rule) -> None:
    assert [other.name for other in BOOK if other.words == rule.words] == [rule.name]
    confirmation = a.confirmation(rule)
    assert (confirmation.rule, confirmation.statement) == (rule.name, rule.statement)
    assert as_worded_now(confirmation)


@every_rule
def test_only_a_rule_from_memory_awaits_confirmation(rule: Rule) -> None:
    assert rule.awaits(()) == (rule.standing is Standing.UNVERIFIED)
    assert not rule.awaits(confirmed([a.confirmation(rule)]))


def test_another_wording_has_to_be_confirmed_anew() -> None:
    one, other = BOOK[:2]
    former = a.confirmation(one, statement=f"{one.statement} Or not.")
    assert confirmed([former, a.confirmation(other)]) == {other.name}
    assert confirmed([former, a.confirmation(one)]) == {one.name}


def test_a_rule_that_is_gone_is_not_confirmed() -> None:
    gone = revised(a.confirmation(BOOK[0]), rule="skin.forgotten")
    assert not as_worded_now(gone)
    assert confirmed([gone]) == confirmed([]) == frozenset()
