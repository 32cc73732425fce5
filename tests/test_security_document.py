"""docs/security.md: every test that it names exists."""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs" / "security.md"
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
CLAIM = re.compile(r"^\*\*.+\*\*", re.MULTILINE)


def test_every_test_that_the_document_names_exists() -> None:
    named = NAMED.findall(DOCUMENT.read_text(encoding="utf-8"))
    assert len(named) > 30
    assert [f"{file}::{test}" for file, test in named if test not in _tests_in(ROOT / file)] == []


def test_whatever_is_named_as_a_test_is_written_so_that_it_is_looked_for() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert len(NAMED.findall(text)) == len(re.findall(r"\w::\w", text))


def test_each_attacker_is_met_by_a_test_or_by_a_sentence_about_what_does_not_protect() -> None:
    text = DOCUMENT.read_text(encoding="utf-8").partition("## Who might attack")[2]
    for paragraph in text.partition("\n## ")[0].split("\n\n"):
        if CLAIM.match(paragraph):
            assert "Does not:" in paragraph, paragraph


@cache
def _tests_in(file: Path) -> set[str]:
    if not file.exists():
        return set()
    found = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    return {each.name for each in found if isinstance(each, ast.FunctionDef)}
