"""How much room the program takes with what it depends on; Python itself is not counted.

Each distribution as its installer recorded it, of those alone that the program needs: what tests,
checks and this measurement need besides is left out. Megabytes of 10^6 bytes.
"""

import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.bench.figures import Figure

HERE = Path(__file__).parents[2]
OWN = ("main.py", "models", "reports", "ui")
LARGEST = 10
MB = 1e6


def figures(quick: bool) -> Iterator[Figure]:
    """All of it, then the largest parts."""
    sizes = {each.name: size_of(each) for each in closure()}
    sizes["the program itself"] = sum(_size(HERE / name) for name in OWN)
    whole = sum(sizes.values())
    yield _figure("installed size", f"{len(sizes) - 1} distributions", whole, at_most=600)
    for name in sorted(sizes, key=lambda name: -sizes[name])[:LARGEST]:
        share = f"{100 * sizes[name] / whole:.0f} % of it"
        yield _figure(f"of that: {name}", share, sizes[name])


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


def size_of(each: Distribution) -> int:
    places = (Path(str(each.locate_file(file))) for file in each.files or [])
    return sum(place.stat().st_size for place in places if place.is_file())


def _size(place: Path) -> int:
    files = [place] if place.is_file() else place.rglob("*")
    return sum(file.stat().st_size for file in files if file.is_file())


def _figure(what: str, at: str, size: int, at_most: float | None = None) -> Figure:
    value = size / MB
    return Figure(what, at, value, value, value, unit="MB", at_most=at_most)
