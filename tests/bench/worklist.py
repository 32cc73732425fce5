"""How long the worklist takes: of whom, reading and working out, beside everybody and bare rows.

It follows the active patients: of 100,000 these are a hundred times as many as of 1,000, and the
other 94,998 have died.
"""

from collections.abc import Iterator
from functools import partial
from statistics import median as middle

from models.garbage import seldom_sought
from models.records import OF_A_PATIENT
from models.store import active
from models.store.clinic import Clinic
from models.store.drawing_up import DrawnUp
from models.worklist import draw_up
from tests.bench.clinics import AS_OF, copied, mrn_of, opened
from tests.bench.figures import Figure, Work, in_turns, median
from tests.models import builders as a
from ui.look_ahead import FURTHEST, USUAL

AIMS = {1_000: 300, 100_000: 1_000}
RUNS, RUNS_OF_MANY = 7, 3
FEW = 1_000
WHOLE = f"worklist, {FURTHEST} days ahead"
EVERYBODY, BARE, READING = "everybody's histories", "bare rows of these", "of that, reading"
WHO, CHANGED = "of that, who may have something due", "again, after a change of one patient"


def figures(quick: bool) -> Iterator[Figure]:
    """From an open clinic to what is due."""
    small: float | None = None
    for size, aim in AIMS.items():
        if size == FEW or not quick:
            with copied(size) as folder, opened(folder) as clinic:
                found = [*_of(clinic, size, aim, 3 if quick else RUNS)]
            yield from found
            if small:
                yield _growth(found[0], small)
            small = found[0].value


def _of(clinic: Clinic, size: int, aim: int, times: int) -> Iterator[Figure]:
    at = f"{size:,} patients"
    work: dict[str, Work] = {
        WHOLE: partial(clinic.worklist, AS_OF, FURTHEST),
        f"worklist, {USUAL} days ahead": partial(clinic.worklist, AS_OF, USUAL),
        WHO: partial(_who, clinic),
        READING: partial(_read, clinic),
        BARE: partial(_bare, clinic),
        CHANGED: partial(clinic.worklist, AS_OF, FURTHEST, _before_a_change(clinic)),
    }
    if size == FEW:
        work[EVERYBODY] = lambda: draw_up(clinic.histories(), AS_OF, FURTHEST)
    taken = in_turns(work, times if size == FEW else RUNS_OF_MANY)
    everybody, bare = taken.pop(EVERYBODY, None), middle(taken.pop(BARE))
    for what, each in taken.items():
        if what == WHOLE and everybody:
            compared = {"beside": EVERYBODY, "reference": middle(everybody)}
        elif what == READING:
            compared = {"beside": BARE, "reference": bare}
        else:
            compared = {}
        aimed = aim if what.startswith("worklist") else None
        yield median(what, at, each, at_most=aimed, **compared)
    yield median(
        "of that, working out",
        at,
        [max(each - read, 0) for each, read in zip(taken[WHOLE], taken[READING], strict=True)],
    )


def _growth(many: Figure, few: float) -> Figure:
    """Beside a hundred times the smaller clinic, which has as many active patients to each."""
    return median(
        "a hundred times the active patients",
        many.at,
        [many.value],
        beside=f"100 × {FEW:,} patients",
        reference=100 * few,
    )


def _who(clinic: Clinic) -> None:
    with clinic._store.surveying() as session:
        active.alive(session, AS_OF)


def _read(clinic: Clinic) -> None:
    with clinic._store.surveying() as session, seldom_sought():
        for _history in active.histories(session, AS_OF):
            pass


def _bare(clinic: Clinic) -> None:
    """The same kinds of the same patients through a bare cursor, whole rows."""
    alive = "SELECT id FROM patient WHERE removed_at IS NULL AND death_date IS NULL"
    with clinic._store.surveying() as session:
        raw = session.connection().connection.cursor()
        for kind in OF_A_PATIENT:
            named = kind.table_name()
            raw.execute(
                f"SELECT * FROM {named} WHERE removed_at IS NULL AND patient IN ({alive})"  # noqa: S608
            )
            while raw.fetchmany(5_000):
                pass


def _before_a_change(clinic: Clinic) -> DrawnUp:
    """As it was drawn up before a patient with a long course was seen once more."""
    before = clinic.worklist(AS_OF, FURTHEST)
    whose = clinic.patient(mrn_of("of 600 records")).id
    clinic.save(a.visit(AS_OF, patient=whose))
    return before
