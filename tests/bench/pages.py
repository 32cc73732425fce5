"""`make bench`: the timeline report beside a bare ReportLab canvas and three other programs.

Every program makes the same content: a page with the chart, then a table of every event. Warm is
one page after another in one process, cold a fresh process for one page. Ratios are of the least
times, which others on the machine disturb least.
"""

import json
import pickle
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import count, cycle
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from models import words
from models.chronicle import chronicle
from models.summary import as_of
from reports.asked import Asked
from reports.batch import build_each
from reports.catalogue import TIMELINE
from reports.kit import MARGIN
from reports.timeline import build_timeline
from tests.bench import others
from tests.bench.as_svg import first_page_as_svg
from tests.bench.case import AS_OF, PRINTING, the_case
from tests.bench.floor import recorded
from tests.bench.long_course import fifteen_years

HERE = Path(__file__).parents[2]
RESULTS = HERE / "build" / "bench-pages.json"
HEADINGS = ["Date", "Day", "Cycle", "Event", "Particulars"]
WARM, COLD, BATCH = 7, 3, 200
WHOLE, ALONE, FLOOR = "our report", "our pages alone", "bare canvas (the floor)"
FLOOR_COLD = """
import pickle, sys
with open(sys.argv[1], "rb") as file:
    recording = pickle.load(file)
with open(sys.argv[2], "wb") as file:
    file.write(recording.drawn_again())
"""

Times = dict[str, list[float]]


def main() -> None:
    patients = {"the case": Asked(the_case(), AS_OF), "600 events": six_hundred_events()}
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, asked in patients.items():
            found[name] = {"warm": warm(asked), "cold": cold(name, asked, Path(folder))}
    say_missing()
    for name, kinds in found.items():
        say(name, kinds)
    say_batch()
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(found, indent=1), encoding="utf-8")


def six_hundred_events() -> Asked:
    """As long a course as makes 600 rows."""
    course = fifteen_years()
    last = chronicle(course)[599].when.last
    return Asked(course.until(last), last)


def warm(asked: Asked) -> Times:
    """Milliseconds of each program's pages, one after another."""
    ours = partial(build_timeline, asked, PRINTING)
    given, runs = given_to_others(asked), count()
    floor = recorded(ours)
    work: dict[str, Callable[[], object]] = {WHOLE: ours, ALONE: paper_alone(ours)}
    work[FLOOR] = floor.drawn_again
    for name, make in others.PROGRAMS.items():
        if not others.why_not(name):
            work[name] = lambda make=make: make(others.on_run(given, next(runs)))
    return in_turns(work, WARM)


def cold(name: str, asked: Asked, folder: Path) -> Times:
    """Milliseconds of whole processes."""
    read, recording, made = folder / "given.json", folder / "floor.pickle", str(folder / "made.pdf")
    given = others.on_run(given_to_others(asked), 0)
    read.write_text(json.dumps(given), encoding="utf-8")
    recording.write_bytes(pickle.dumps(recorded(partial(build_timeline, asked, PRINTING))))
    python = sys.executable
    commands = {
        WHOLE: [python, "-m", "tests.bench.pages", name, made],
        FLOOR: [python, "-c", FLOOR_COLD, str(recording), made],
    }
    for each in others.PROGRAMS:
        if not others.why_not(each):
            commands[each] = [python, "-m", "tests.bench.others", each, str(read), made]
    return in_turns({each: partial(run, command) for each, command in commands.items()}, COLD)


def given_to_others(asked: Asked) -> dict[str, str]:
    summary = as_of(asked.history, asked.today)
    rows = [[e.date, e.study_day, e.cycle, e.what, e.words] for e in chronicle(summary.history)]
    floor = recorded(partial(build_timeline, asked, PRINTING))
    return others.source(first_page_as_svg(floor, MARGIN), [HEADINGS, *rows])


def run(words: list[str]) -> None:
    subprocess.run(words, cwd=HERE, check=True, capture_output=True)


def in_turns(work: dict[str, Callable[[], object]], times: int) -> Times:
    """Milliseconds of each run, after one that does not count; in turns, so that whatever else
    the machine does meets all of them.
    """
    for each in work.values():
        each()
    taken: Times = {name: [] for name in work}
    for _round in range(times):
        for name, each in work.items():
            began = time.perf_counter()
            each()
            taken[name].append(1000 * (time.perf_counter() - began))
    return taken


def paper_alone(build: Callable[[], object]) -> Callable[[], object]:
    """The same report; what it asks of models/ is told again as it was the first time."""
    tapes = [Tape(*each) for each in asked_of_models()]

    def again() -> object:
        for tape in tapes:
            setattr(tape.module, tape.name, tape)
        try:
            return build()
        finally:
            for tape in tapes:
                setattr(tape.module, tape.name, tape.work)
                tape.again = tape.again or cycle(tape.results)

    return again


@dataclass(slots=True)
class Tape:
    """A function whose results are told again in the same order."""

    module: ModuleType
    name: str
    work: FunctionType
    results: list[object] = field(default_factory=list)
    again: Iterator[object] | None = None

    def __call__(self, *given: Any, **named: Any) -> object:
        if self.again:
            return next(self.again)
        self.results.append(self.work(*given, **named))
        return self.results[-1]


def asked_of_models() -> Iterator[tuple[ModuleType, str, FunctionType]]:
    """The functions of models/ that the timeline report calls, but for those that word dates."""
    for module in [each for name, each in sys.modules.items() if name.startswith("reports.time")]:
        for name, work in vars(module).items():
            home = work.__module__ if isinstance(work, FunctionType) else ""
            if home.startswith("models.") and home != words.__name__:
                yield module, name, work


def say(patient: str, kinds: dict[str, Times]) -> None:
    print(
        f"\ntimeline report of {patient:28} {'warm':>10} {'floors':>7} {'cold':>12} {'floors':>7}"
    )
    for name in kinds["warm"]:
        columns = "".join(f"{column(kind, name):>20}" for kind in kinds.values())
        print(f"  {name:46}{columns}")


def column(kind: Times, name: str) -> str:
    if name not in kind:
        return ""
    least = min(kind[name])
    return f"{statistics.median(kind[name]):.0f} ms {least / min(kind[FLOOR]):6.1f}"


def say_missing() -> None:
    for name in others.PROGRAMS:
        if reason := others.why_not(name):
            print(f"{name} cannot be measured here: {reason}")


def say_batch() -> None:
    asked = Asked(the_case(), AS_OF)
    for workers in (1, 2):
        began = time.perf_counter()
        made = [*build_each(TIMELINE, [asked] * BATCH, PRINTING, workers)]
        taken = time.perf_counter() - began
        assert all(isinstance(each, bytes) for each in made)
        print(f"{BATCH} timeline reports in {workers} process(es): {taken:.1f} s")


def one(patient: str, written: str) -> None:
    """One report, for a process of its own."""
    asked = Asked(the_case(), AS_OF) if patient == "the case" else six_hundred_events()
    Path(written).write_bytes(build_timeline(asked, PRINTING))


if __name__ == "__main__":
    one(*sys.argv[1:]) if sys.argv[1:] else main()
