"""docs/rules.md: written from the rules as they are, and each rule is held by a test."""

import pytest

from models.rule_book import rule_book
from models.rules import Rule
from tests import rules_document

RULES = [rule for section in rule_book() for rule in section.rules]


def test_the_document_is_the_rules_as_they_are() -> None:
    assert rules_document.DOCUMENT.read_text(encoding="utf-8") == rules_document.document(), (
        "run `make rules`"
    )


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_each_rule_says_what_it_is_and_is_held_by_a_test(rule: Rule) -> None:
    assert rule.title
    assert len(rule.statement) > 40
    assert any(letter.isdigit() for letter in rule.source) or "label" in rule.source
    assert rules_document.tests_of(rule)
