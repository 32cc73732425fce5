"""Files for the import made bad: each is read or refused in words, and none comes in by half."""

import random
import resource
import shutil
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from models.base import ClinicError
from models.exchange.arrivals import Arrival, Fate, Outlook
from models.exchange.formats import FORMATS
from models.exchange.reading import read
from models.history import History
from models.imaging import Node
from models.progress import unseen
from models.store.clinic import Clinic
from tests.conftest import PASSWORD, USER
from tests.models import builders as a
from tests.torture.figures import Figures
from tests.torture.malformed import BY_ENDING, HUGE, Files

NOT_READ, PROBLEMS, NOT_IN, COULD, CAME_IN = (
    *("refused as files", "with cells that cannot be read", "with rows that are refused"),
    *("could come in", "came in"),
)
MOST_MB = 500
TAKEN_IN = 0.05
HUGE_ONES = 0.002
PDF = b"%PDF-1.7 made up"


@dataclass(frozen=True)
class Good:
    """`chosen`: what a person chooses of the files; empty: their folder."""

    files: Files
    chosen: str


def malformed(folder: Path, n: int, rng: random.Random) -> Figures:
    """`n` bad files offered to the clinic, which stays as it was unless one of them is good."""
    figures = Figures()
    for outcome in (NOT_READ, PROBLEMS, NOT_IN, COULD, CAME_IN):
        figures.count(outcome, 0)
    before = _megabytes()
    goods = [*_goods()]
    with Clinic.open(folder, USER, PASSWORD) as clinic:
        for _time in range(n):
            good = rng.choice(goods)
            place = folder.parent / "offered"
            harm = _write(good, rng, place)
            outcome = _outcome(clinic, place / good.chosen, rng)
            if outcome in figures.counts:
                figures.count(outcome)
            else:
                figures.faults.append(f"{good.chosen or 'folder'}, {harm}: {outcome}")
    peak = _megabytes()
    figures.count(f"jobs within {-(-peak // 100) * 100} MB")
    if peak > max(MOST_MB, before):
        figures.faults.append(f"{peak} MB of memory")
    return figures


def _outcome(clinic: Clinic, path: Path, rng: random.Random) -> str:
    before = _state(clinic.folder)
    try:
        outcome = _offered(clinic, path, comes_in=rng.random() < TAKEN_IN)
    except ClinicError as error:
        outcome = NOT_READ if str(error).strip() else "refused without a word"
    except Exception as error:  # what must not be
        where = traceback.extract_tb(error.__traceback__)[-1]
        outcome = f"{error!r:.200} at {Path(where.filename).name}:{where.lineno}"
    if outcome != CAME_IN and _state(clinic.folder) != before:
        return f"{outcome}, and the store is another one"
    return outcome


def _offered(clinic: Clinic, path: Path, *, comes_in: bool) -> str:
    reading = read(path, unseen)
    if reading.problems:
        assert all(each.sentence and each.words for each in reading.problems)
        return PROBLEMS
    looked_at = clinic.look_through(reading.arrivals)
    if any(each.fate is Fate.REFUSED for each in looked_at):
        return _refused(clinic, reading.arrivals, looked_at)
    if comes_in:
        clinic.take_in(reading.arrivals, looked_at)
        return CAME_IN
    return COULD


def _refused(clinic: Clinic, arrivals: Sequence[Arrival], looked_at: Sequence[Outlook]) -> str:
    try:
        clinic.take_in(arrivals, looked_at)
    except ClinicError:
        return NOT_IN
    return "came in, though a row is refused"


def _goods() -> Iterator[Good]:
    """One patient in every format; each table of the CSV files by itself as well."""
    history = _history()
    for name, chosen in (("csv", ""), ("xlsx", "tables.xlsx"), ("fhir", ""), ("redcap", "")):
        made = FORMATS[name].files([history], lambda _attachment: PDF)
        files = {each.name: each.content for each in made}
        yield Good(files, chosen)
        if name == "csv":
            yield from (Good(files, each) for each in files if each.endswith(".csv"))


def _history() -> History:
    line = a.moga()
    cycle = a.cycle(line)
    event = a.event(treatment_line=line.id)
    return a.history(
        *(
            a.attachment(sha256=sha256(PDF).hexdigest()),
            a.consent("2020-01-06"),
            a.diagnosis(),
            a.staging(),
            line,
            cycle,
        ),
        *(a.infusion(cycle), a.skin_score(a.START, head={"patch": 3, "tumour": 0.5})),
        *(a.blood_count(a.START, 300), a.ldh(a.START, 210.5), a.molecular(), event),
        *(
            a.imaging(nodes=[Node.parse("left axilla 22x14")]),
            a.assessment(a.START, "PR"),
            a.biopsy(),
        ),
        *(a.visit(a.START), a.visit("2020-02-03", notes="=1+1; “quoted”\nand more"), a.snooze()),
    )


def _write(good: Good, rng: random.Random, place: Path) -> str:
    """The files with one of them made bad; how."""
    shutil.rmtree(place, ignore_errors=True)
    names = [name for name in good.files if Path(name).suffix in BY_ENDING]
    bad = good.chosen or rng.choice(names)
    ending = Path(bad).suffix
    harm = rng.choice(BY_ENDING[ending])
    if rng.random() < HUGE_ONES and ending in HUGE:
        harm = HUGE[ending]
    for name, content in good.files.items():
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(harm(content, rng) if name == bad else content)
    return f"{bad} {harm.__name__}"


def _state(folder: Path) -> dict[str, tuple[int, int]]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in files}


def _megabytes() -> int:
    """The most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
