"""How much room the program takes with what it depends on; Python itself is not counted.

Each distribution as its installer recorded it, of those alone that the program needs: what tests,
checks and this measurement need besides is left out. Megabytes of 10^6 bytes.
"""

import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, distribution
from importlib.util import source_from_cache
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.bench.figures import Figure

HERE = Path(__file__).parents[2]
ROOMS = ("models", "reports", "ui")
BYTECODE = ".pyc"
LARGEST = 10
MB = 1e6


def figures(quick: bool) -> Iterator[Figure]:
    """All of it, what of that is bytecode, then the largest parts."""
    parts = {each.name: files_of(each) for each in closure()}
    parts["the program itself"] = own_files()
    every = set().union(*parts.values())
    whole = _size(every)
    yield _figure("installed size", f"{len(parts) - 1} distributions", whole, at_most=600)
    sizes = {"bytecode": _size(file for file in every if file.suffix == BYTECODE)}
    found = {name: _size(files) for name, files in parts.items()}
    sizes |= {name: found[name] for name in sorted(found, key=lambda name: -found[name])[:LARGEST]}
    for name, size in sizes.items():
        yield _figure(f"of that: {name}", f"{100 * size / whole:.0f} % of it", size)


def closure() -> list[Distribution]:
    """What the program depends on, and what that depends on, on this machine."""
    project = tomllib.loads((HERE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [Requirement(each) for each in project["dependencies"]]
    found: dict[tuple[str, str], Distribution] = {}
    while asked:
        needed = asked.pop()
        for extra in ("", *needed.extras):
            key = (canonicalize_name(needed.name), extra)
            if key in found:
                continue
            found[key] = distribution(needed.name)
            told = map(Requirement, found[key].requires or [])
            asked += [x for x in told if not x.marker or x.marker.evaluate({"extra": extra})]
    return [*{name: each for (name, _extra), each in found.items()}.values()]


def files_of(each: Distribution) -> set[Path]:
    """With the bytecode that was made when it was installed."""
    places = (Path(str(each.locate_file(file))) for file in each.files or [])
    return {place for place in places if place.is_file()}


def own_files() -> set[Path]:
    """Without the bytecode of modules that are no more."""
    files = {HERE / "main.py"}.union(*((HERE / room).rglob("*") for room in ROOMS))
    return {file for file in files if file.is_file() and not _is_left_over(file)}


def _is_left_over(file: Path) -> bool:
    return file.suffix == BYTECODE and not Path(source_from_cache(file)).exists()


def _size(files: Iterable[Path]) -> int:
    return sum(file.stat().st_size for file in files)


def _figure(what: str, at: str, size: int, at_most: float | None = None) -> Figure:
    value = size / MB
    return Figure(what, at, value, value, value, unit="MB", at_most=at_most)
