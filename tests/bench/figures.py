"""A measured figure beside its reference and its aim; all of them as a table and as JSON."""

import importlib.metadata
import json
import os
import platform
import statistics
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

Work = Callable[[], object]
VERSIONS = ("PySide6-Essentials", "sqlalchemy", "sqlmodel", "sqlcipher3", "reportlab", "numpy")


@dataclass(frozen=True)
class Figure:
    """What was measured, of how large a clinic or course; `least` and `most`: of the runs.

    `reference`: the value of what is measured beside it in the same run, `beside` its name.
    `at_most`: the aim in the unit; `times`: the aim as a multiple of the reference.
    """

    what: str
    at: str
    value: float
    least: float
    most: float
    unit: str = "ms"
    beside: str = ""
    reference: float | None = None
    at_most: float | None = None
    times: float | None = None

    @property
    def ratio(self) -> float | None:
        return self.value / self.reference if self.reference else None

    @property
    def met(self) -> bool | None:
        """Whether the aim is met; None where there is none."""
        asked = []
        if self.at_most is not None:
            asked.append(self.value <= self.at_most)
        if self.times is not None and self.ratio is not None:
            asked.append(self.ratio <= self.times)
        return all(asked) if asked else None

    @property
    def aim(self) -> str:
        limits = [f"{number(self.at_most)} {self.unit}"] if self.at_most is not None else []
        limits += [f"{number(self.times)} ×"] if self.times is not None else []
        return " and ".join(limits)


def median(what: str, at: str, taken: Sequence[float], **about: object) -> Figure:
    """The median of repeated runs."""
    return Figure(what, at, statistics.median(taken), min(taken), max(taken), **about)  # type: ignore[arg-type]


def percentile(what: str, at: str, taken: Sequence[float], **about: object) -> Figure:
    """Within which 95 of 100 runs are."""
    value = statistics.quantiles(taken, n=100)[94]
    return Figure(f"{what} (95 of 100)", at, value, min(taken), max(taken), **about)  # type: ignore[arg-type]


def in_turns(work: Mapping[str, Work], times: int, *, before: int = 1) -> dict[str, list[float]]:
    """Milliseconds of each run, after some that do not count; in turns, so that whatever else the
    machine does meets all of them.
    """
    taken: dict[str, list[float]] = {name: [] for name in work}
    for turn in range(-before, times):
        for name, each in work.items():
            began = time.perf_counter()
            each()
            if turn >= 0:
                taken[name].append(1000 * (time.perf_counter() - began))
    return taken


def machine() -> dict[str, str]:
    """On what it was measured, without a name of it."""
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        lines = cpuinfo.read_text(encoding="utf-8").splitlines()
        model = next((x.split(":")[1].strip() for x in lines if x.startswith("model name")), model)
    versions = {name: importlib.metadata.version(name) for name in VERSIONS}
    return {
        "processor": model,
        "cores": str(os.cpu_count()),
        "memory": f"{psutil.virtual_memory().total / 2**30:.0f} GB",
        "system": f"{platform.system()} {platform.release().split('-')[0]}",
        "Python": platform.python_version(),
        **versions,
    }


def number(value: float) -> str:
    """Three digits are enough."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def table(figures: Iterable[Figure]) -> str:
    """In lines for a terminal."""
    return "\n".join(_line(each) for each in figures)


def _line(each: Figure) -> str:
    value = f"{number(each.value)} {each.unit}"
    spread = f"({number(each.least)} to {number(each.most)})"
    beside = f"{each.ratio:.2f} × {each.beside}" if each.ratio is not None else ""
    told = {True: "  met", False: "  NOT MET", None: ""}[each.met]
    aim = f"aim {each.aim}{told}" if each.aim else ""
    return f"{each.what:46} {each.at:26} {value:>12} {spread:20} {beside:44} {aim}".rstrip()


def written(path: Path, topics: Mapping[str, Sequence[Figure]]) -> None:
    """All of it as JSON; what the file tells of other topics, on the same machine, stays."""
    here, former = machine(), []
    if path.exists():
        before = json.loads(path.read_text(encoding="utf-8"))
        if before["machine"] == here:
            former = [each for each in before["figures"] if each["topic"] not in topics]
    new = [
        {"topic": topic, **asdict(each), "ratio": each.ratio, "met": each.met}
        for topic, found in topics.items()
        for each in found
    ]
    said = {"machine": here, "figures": [*former, *new]}
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(said, indent=1, ensure_ascii=False), encoding="utf-8")
