"""docs/rules.md, written from the rules' own docstrings, with the tests that hold each of them."""

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from models.rule_book import Section, rule_book
from models.rules import RULES, Rule

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs" / "rules.md"
OPENING = """# The clinical rules

Every rule by which the program works out a figure: what it says, where it comes from, how well its
text is known, and the tests that hold it. Written by `make rules` from the docstrings in `models/`;
do not edit it by hand.

A rule marked **memory, unverified** was built without its source at hand. The program says so
beside every figure it makes, until a clinician confirms the rule by name under Clinic ▸ Rules.
"""


def document() -> str:
    """The whole document as Markdown."""
    sections = rule_book()
    return "\n".join([OPENING, _count(sections), *map(_section, sections)])


def tests_of(rule: Rule) -> list[str]:
    """The tests that use a rule, themselves or through helpers: `tests/a.py::test_b`."""
    return _held()[rule.name]


@cache
def _held() -> dict[str, list[str]]:
    """By the rule's name; a method's by its class and name."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        place = path.relative_to(ROOT).as_posix()
        module = ast.parse(path.read_text(encoding="utf-8"))
        imported = _imported(module)
        for test, used in _used_by_tests(module):
            for name in sorted(_rules_among(used, imported)):
                found[name].append(f"{place}::{test}")
    return found


def _imported(module: ast.Module) -> dict[str, str]:
    """What a test module calls what it imports: `{"dose": "treatment.dose"}`."""
    return {
        name.asname or name.name: f"{node.module.removeprefix('models.')}.{name.name}"
        for node in ast.walk(module)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("models.")
        for name in node.names
    }


def _rules_among(used: set[str], imported: Mapping[str, str]) -> set[str]:
    """What is imported and used, or asked of what comes from a module that is imported from."""
    modules = {name.rpartition(".")[0] for name in imported.values()}
    functions = {imported[name] for name in used & imported.keys()}
    asked = {
        name for name in RULES if f".{name.rpartition('.')[2]}" in used and _module(name) in modules
    }
    return asked | (functions & RULES.keys())


def _module(name: str) -> str:
    """`adverse_event` of `adverse_event.AdverseEvent.worst_grade`."""
    return ".".join(part for part in name.split(".")[:-1] if part.islower())


def _used_by_tests(module: ast.Module) -> Iterator[tuple[str, set[str]]]:
    defined: dict[str, ast.AST] = {
        node.name: node for node in module.body if isinstance(node, ast.FunctionDef | ast.ClassDef)
    }
    defined |= {
        target.id: node
        for node in module.body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }
    for name, node in defined.items():
        if name.startswith("test_"):
            yield name, _names(node, defined, set())


def _names(node: ast.AST, defined: Mapping[str, ast.AST], seen: set[str]) -> set[str]:
    """Every name in a function and in what it uses of the same module; attributes with a dot."""
    here = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
    here |= {f".{each.attr}" for each in ast.walk(node) if isinstance(each, ast.Attribute)}
    asked = {each.arg for each in ast.walk(node) if isinstance(each, ast.arg)}
    for helper in sorted(((here | asked) & defined.keys()) - seen):
        seen.add(helper)
        here |= _names(defined[helper], defined, seen)
    return here


def _count(sections: list[Section]) -> str:
    rules = [rule for section in sections for rule in section.rules]
    counted: dict[str, int] = {}
    for rule in rules:
        counted[rule.standing.value] = counted.get(rule.standing.value, 0) + 1
    parts = ", ".join(f"{number} {standing}" for standing, number in counted.items())
    return f"{len(rules)} rules: {parts}.\n"


def _section(section: Section) -> str:
    return f"## {section.title}\n\n" + "\n".join(map(_rule, section.rules))


def _rule(rule: Rule) -> str:
    lines = [
        f"### {rule.title}",
        "",
        *(paragraph + "\n" for paragraph in rule.statement.splitlines()),
        f"- Source: {rule.source}",
        f"- Status: **{rule.standing.value}**",
        f"- In code: `models.{rule.name}`",
        "- Tests: " + (", ".join(f"`{test}`" for test in tests_of(rule)) or "none"),
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
