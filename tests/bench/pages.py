"""How long our timeline report takes, beside the same content made by other programs.

The whole report is worked out from the records each time; "pages alone" is the same report where
what the records say was worked out before, as the other programs are given it. The floor is a bare
ReportLab canvas that repeats the very same strings, lines and shapes.
"""

import pickle
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import count, cycle
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from models import words
from models.chronicle import chronicle
from models.garbage import seldom_sought
from models.summary import as_of
from reports.asked import Asked
from reports.catalogue import TIMELINE
from reports.kit import MARGIN
from tests.bench import others
from tests.bench.as_svg import first_page_as_svg
from tests.bench.case import AS_OF, PRINTING, the_case
from tests.bench.figures import Figure, Work, in_turns, median
from tests.bench.floor import Recording, recorded
from tests.models.long_course import fifteen_years

HERE = Path(__file__).parents[2]
HEADINGS = ["Date", "Day", "Cycle", "Event", "Particulars"]
EVENTS = 600
WARM, COLD, QUICK = 15, 3, 5
WHOLE, ALONE, COLD_WHOLE = "timeline PDF", "its pages alone", "timeline PDF, by a new process"
FLOOR = "bare canvas"
AIMS = {FLOOR: 2, "WeasyPrint": 1 / 15, "Typst": 1, "PlutoPrint": None}
FLOOR_COLD = """
import pickle, sys
with open(sys.argv[1], "rb") as file:
    recording = pickle.load(file)
with open(sys.argv[2], "wb") as file:
    file.write(recording.drawn_again())
"""


def figures(quick: bool) -> Iterator[Figure]:
    """Our report beside the bare canvas and, unless it is to be quick, beside other programs."""
    patients = {"the case": Asked(the_case(), AS_OF)}
    if not quick:
        say_missing()
        patients[f"{EVENTS} events"] = so_many_events()
    for name, asked in patients.items():
        yield from warm(name, asked, quick=quick)
    if not quick:
        yield cold(Asked(the_case(), AS_OF))


def so_many_events() -> Asked:
    """As long a course as makes so many rows."""
    course = fifteen_years()
    last = chronicle(course)[EVENTS - 1].when.last
    return Asked(course.until(last), last)


def warm(name: str, asked: Asked, *, quick: bool) -> Iterator[Figure]:
    """One report after another in this process."""
    ours = partial(from_its_records, asked)
    floor = recorded(ours)
    again = seldom_sought()(floor.drawn_again)  # as ours is
    work: dict[str, Work] = {WHOLE: ours, ALONE: paper_alone(ours), FLOOR: again}
    if not quick:
        given, runs = given_to_others(asked, floor), count()
        for program, make in others.PROGRAMS.items():
            if not others.why_not(program):
                work[program] = lambda make=make: make(others.on_run(given, next(runs)))
    taken = in_turns(work, QUICK if quick else WARM)
    for beside, times in AIMS.items():
        if beside in taken:
            reference = median(beside, name, taken[beside]).value
            told = {"beside": beside, "reference": reference}
            yield median(WHOLE, name, taken[WHOLE], **told, times=times)
            if beside == FLOOR:
                yield median(ALONE, name, taken[ALONE], **told, times=times)


def from_its_records(asked: Asked) -> bytes:
    """The report of a patient of whom nothing has been worked out yet."""
    return TIMELINE.build(replace(asked, history=replace(asked.history)), PRINTING)


def cold(asked: Asked) -> Figure:
    """Whole processes for one page each: what is imported counts, too."""
    with tempfile.TemporaryDirectory() as folder:
        recording, made = Path(folder) / "floor.pickle", str(Path(folder) / "made.pdf")
        recording.write_bytes(pickle.dumps(recorded(partial(from_its_records, asked))))
        work: dict[str, Work] = {
            WHOLE: partial(run, [sys.executable, "-m", __name__, made]),
            FLOOR: partial(run, [sys.executable, "-c", FLOOR_COLD, str(recording), made]),
        }
        taken = in_turns(work, COLD)
    reference = median(FLOOR, "the case", taken[FLOOR]).value
    return median(COLD_WHOLE, "the case", taken[WHOLE], beside=FLOOR, reference=reference)


def given_to_others(asked: Asked, floor: Recording) -> dict[str, str]:
    summary = as_of(asked.history, asked.today)
    rows = [[e.date, e.study_day, e.cycle, e.what, e.words] for e in chronicle(summary.history)]
    return others.source(first_page_as_svg(floor, MARGIN), [HEADINGS, *rows])


def run(command: list[str]) -> None:
    subprocess.run(command, cwd=HERE, check=True, capture_output=True)


def say_missing() -> None:
    for name in others.PROGRAMS:
        if reason := others.why_not(name):
            print(f"{name} is left out, it cannot be loaded here: {reason}")


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


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(TIMELINE.build(Asked(the_case(), AS_OF), PRINTING))
