"""The worklist of the active patients is that of everybody, and follows what changes."""

import datetime as dt
import shutil
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from models.base import Record, build, revised
from models.demo.fate import REFERENCE_DAY
from models.demo.made_up import made_up_patients
from models.history import History
from models.records import OF_A_PATIENT
from models.store import wrapping
from models.store.clinic import Clinic
from models.store.drawing_up import DrawnUp
from models.store.rules import references
from models.worklist import LONGEST, draw_up, put_off
from tests.conftest import CHEAP, PASSWORD, USER
from tests.models import builders as a
from tests.models.store.asked import asked_of, plan_of
from tests.thorough import times

TODAY = a.day("2020-02-10")
FIRST, DAY = dt.date(2019, 12, 1), dt.timedelta(days=1)


def someone(number: int, *records: Record, **about: Any) -> list[Record]:
    """A patient with records like these."""
    patient = a.patient(id=uuid.uuid4(), mrn=f"M-{number}", **about)
    new = {each.id: uuid.uuid4() for each in records}
    own: list[Record] = [patient]
    for each in records:
        values = each.model_dump()
        led = {name: new.get(values[name]) for name in references(type(each))}
        own.append(build(type(each), {**values, **led, "id": new[each.id], "patient": patient.id}))
    return own


def odd_ones() -> list[list[Record]]:
    """Without records, dead by a partial date, lost, put off, seen only by what was measured."""
    measured = [a.skin_score("2019-03-04", 10), a.lab("2019-03-04"), a.lab("2019-02-01")]
    later = [a.blood_count("2020-03-02", 900), a.imaging("2020-03-03"), a.imaging("2020-04-01")]
    twice = [a.lab("2019-05-06"), a.lab("2019-05-06", value=3.0), a.lab("2020-05-04")]
    course = [a.diagnosis("2019"), a.visit("2019-11-04"), a.visit("2020-02-12", "planned")]
    line = a.moga("2020-01-06")
    given_here = [line, *a.course(line, 2, a.day("2020-01-06"))]
    return [
        someone(1),
        someone(2, a.snooze()),
        someone(3, a.attachment("2021")),
        someone(4, a.consent(), *course),
        someone(5, a.consent("2020-06-01")),
        someone(6, a.molecular(), *measured),
        someone(7, *measured, *later),
        someone(8, *later, lost_to_follow_up=True),
        someone(9, *measured, *later, lost_to_follow_up=True),
        someone(11, *twice),
        someone(12, *twice, a.biopsy(), a.biopsy("2020-01-27"), a.biopsy("2020-02-03")),
        someone(10, *measured, *given_here, a.event(), a.biopsy()),
        *(
            someone(20 + number, *course, *given_here, death_date=died)
            for number, died in enumerate(("2019", "2020", "2020-02", "2020-02-10", "2020-02-11"))
        ),
        someone(30, *course, death_date="2021-05"),
    ]


@pytest.fixture(scope="module")
def crowd(_empty_clinic: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clinic]:
    """Made-up patients and odd ones; some were merged, some removed."""
    folder = tmp_path_factory.mktemp("crowd") / "clinic"
    shutil.copytree(_empty_clinic, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wrapping, "COST", CHEAP)
        opened = Clinic.open(folder, USER, PASSWORD)
    with opened as clinic:
        for records in (*made_up_patients(20, 3), *odd_ones()):
            clinic.save_all(records)
        clinic.merge(clinic.patient("M-4"), clinic.patient("M-10"), reason="one person")
        clinic.remove(clinic.patient("M-1"), "entered in error")
        yield clinic


@pytest.fixture(scope="module")
def everybody(crowd: Clinic) -> list[History]:
    return crowd.histories()


@settings(max_examples=times(30))
@given(
    day=st.dates(dt.date(2017, 1, 1), REFERENCE_DAY) | st.dates(FIRST, FIRST + 150 * DAY),
    days=st.integers(0, 60) | st.just(LONGEST),
)
@example(day=TODAY, days=LONGEST)
@example(day=dt.date(2020, 2, 11), days=28)
@example(day=dt.date(2022, 1, 1), days=LONGEST)
def test_the_active_patients_have_all_that_is_due_of_everybody(
    crowd: Clinic, everybody: list[History], day: dt.date, days: int
) -> None:
    assert crowd.worklist(day, days).worklist == draw_up(everybody, day, days)


def drawn_anew(clinic: Clinic, before: DrawnUp, act: Callable[[], object]) -> DrawnUp:
    """After this, by what changed alone: the same as for everybody."""
    act()
    found = clinic.worklist(TODAY, 28, before)
    assert found.worklist == draw_up(clinic.histories(), TODAY, 28)
    return found


def test_what_changes_is_followed(clinic: Clinic) -> None:
    for records in (someone(1), someone(2, a.diagnosis(), a.visit("2020-02-12", "planned"))):
        clinic.save_all(records)
    one, other = clinic.patient("M-1"), clinic.patient("M-2")
    found = clinic.worklist(TODAY, 28)

    def follow(act: Callable[[], object]) -> None:
        nonlocal found
        found = drawn_anew(clinic, found, act)

    follow(lambda: clinic.save(a.biopsy(patient=one.id)))
    item = found.worklist.due[0]
    follow(lambda: clinic.save(put_off(item, TODAY + 7 * DAY, "on holiday", TODAY)))
    assert found.worklist.put_off
    follow(clinic.undo)
    follow(lambda: clinic.save(revised(clinic.patient("M-1"), death_date="2020-02")))
    assert found.worklist.whose == [other.id]
    follow(clinic.undo)
    follow(lambda: clinic.merge(clinic.patient("M-2"), clinic.patient("M-1"), reason="one person"))
    follow(clinic.undo)
    follow(lambda: clinic.remove(clinic.patient("M-2"), "entered in error"))
    assert found.worklist.patients == 1
    follow(lambda: clinic.save_all(someone(3)))
    follow(lambda: clinic.save(revised(clinic.practice(), result_days=3)))


def test_of_another_day_or_further_ahead_it_is_drawn_up_whole(clinic: Clinic) -> None:
    clinic.save_all(someone(1, a.visit("2020-03-01", "planned")))
    before = clinic.worklist(TODAY, 7)
    for day, days in ((TODAY, 28), (TODAY + 30 * DAY, 7)):
        found = clinic.worklist(day, days, before).worklist
        assert found == draw_up(clinic.histories(), day, days)
        assert found != before.worklist


# How much is read


def test_nothing_of_those_who_died_is_read(clinic: Clinic) -> None:
    clinic.save_all(someone(1, a.visit("2020-01-06"), a.biopsy()))
    clinic.worklist(TODAY, 28)  # what is looked at only once in a while was

    def asked() -> list[tuple[str, Any]]:
        with asked_of(clinic) as found:
            clinic.worklist(TODAY, 28)
        return found

    before = asked()
    for number in range(2, 12):
        clinic.save_all(someone(number, a.visit("2019-01-07"), a.biopsy(), death_date="2019"))
    assert asked() == before
    clinic.save_all(someone(20, a.visit("2020-01-06")))
    assert asked() != before


def test_only_those_who_changed_are_read_again(clinic: Clinic) -> None:
    for number in range(1, 6):
        clinic.save_all(someone(number, a.visit("2020-01-06")))
    one, before = clinic.patient("M-1").id, clinic.worklist(TODAY, 28)
    clinic.save(a.biopsy(patient=one))
    with asked_of(clinic) as asked:
        clinic.worklist(TODAY, 28, before)
    own = [values for statement, values in asked if ".patient IN" in statement]
    assert len(own) == len(OF_A_PATIENT)
    everybody = {each.id.hex for each in clinic.patients()}
    assert {value for values in own for value in values} & everybody == {one.hex}


def test_the_records_of_the_active_are_found_by_an_index(clinic: Clinic) -> None:
    clinic.save_all(someone(1, a.visit("2020-01-06"), a.lab()))
    with asked_of(clinic) as asked:
        clinic.worklist(TODAY, 28)
    theirs = [each for each in asked if ".patient IN" in each[0]]
    scans = {step.split()[1] for step in plan_of(clinic, theirs) if step.startswith("SCAN")}
    assert theirs
    assert scans.isdisjoint(kind.table_name() for kind in OF_A_PATIENT)
