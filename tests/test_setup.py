"""The set-up: exact versions, the two commands, and a tree that installs anywhere."""

import os
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HOUSE = Path(__file__).parents[1]
LINUX = {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"}
REGISTRY = re.compile(
    r"py[p]i\.|python[h]osted|index[-]url|find[-]links|trusted[-]host", re.IGNORECASE
)
WRITTEN = {".py", ".toml", ".txt", ".md", ".yaml", ".cfg", ".ini", ""}


def project() -> dict[str, list[Requirement]]:
    """What the program needs, under `""`, and what each extra adds."""
    settings = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    groups = {"": settings["dependencies"], **settings["optional-dependencies"]}
    return {extra: [Requirement(line) for line in lines] for extra, lines in groups.items()}


def constraints() -> dict[str, str]:
    lines = (HOUSE / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return {canonicalize_name(name): version for name, _, version in map(_parted, lines)}


def _parted(line: str) -> tuple[str, str, str]:
    return line.partition("==")


def reached(wanted: list[Requirement]) -> Iterator[str]:
    """The names of these requirements and of all they bring with them on Linux."""
    seen: set[tuple[str, str]] = set()
    waiting = [(need.name, extra) for need in wanted for extra in ("", *need.extras)]
    while waiting:
        name, extra = waiting.pop()
        if (name, extra) in seen:
            continue
        seen.add((name, extra))
        yield canonicalize_name(name)
        for need in map(Requirement, requires(name) or []):
            if need.marker is None or need.marker.evaluate({**LINUX, "extra": extra}):
                waiting += [(need.name, part) for part in ("", *need.extras)]


def test_versions_are_exact() -> None:
    lines = (HOUSE / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []


def test_versions_stand_in_one_place() -> None:
    named = [need for needs in project().values() for need in needs]
    assert [str(need) for need in named if need.specifier or need.url] == []


@pytest.mark.parametrize("extra", project())
def test_every_dependency_has_its_version(extra: str) -> None:
    names = {canonicalize_name(need.name) for need in project()[extra]}
    assert names <= constraints().keys()


@pytest.mark.parametrize("extra", ["", "test"])
def test_nothing_that_comes_along_is_left_to_chance(extra: str) -> None:
    assert set(reached(project()[extra])) <= constraints().keys()


def written_files() -> Iterator[Path]:
    for path in HOUSE.iterdir():
        if path.is_file() and path.suffix in WRITTEN:
            yield path
    for room in ("models", "reports", "ui", "tests", "docs", ".ci"):
        for path in (HOUSE / room).rglob("*"):
            if path.is_file() and path.suffix in WRITTEN:
                yield path


def test_no_file_names_where_packages_come_from() -> None:
    naming = [
        path.relative_to(HOUSE).as_posix()
        for path in written_files()
        if REGISTRY.search(path.read_text(encoding="utf-8"))
    ]
    assert naming == []


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_every_link_leads_somewhere(page: str) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", (HOUSE / page).read_text(encoding="utf-8"))
    assert [link for link in links if not (HOUSE / link).exists()] == []


@pytest.mark.skipif(shutil.which("make") is None, reason="without make the README names the steps")
def test_make_alone_says_what_can_be_done() -> None:
    said = subprocess.run(["make"], cwd=HOUSE, capture_output=True, check=True)
    listed = re.findall(r"^make (\w+)", said.stdout.decode(), re.MULTILINE)
    assert {"demo", "test", "check", "run", "bench", "clean"} <= set(listed)


@pytest.mark.skipif(os.name != "posix", reason="permissions as clones on Linux and macOS have them")
def test_what_integration_runs_can_be_run() -> None:
    assert os.access(HOUSE / ".ci" / "run", os.X_OK)
