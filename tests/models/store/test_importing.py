"""What a file brings is looked through without a trace and taken in whole, or not at all."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from models.base import ClinicError, Record, revised
from models.diagnosis import Diagnosis
from models.exchange.arrivals import Arrival, Fate, Outlook, Place
from models.laboratory import LabResult
from models.patient import Patient
from models.progress import Stopped
from models.store import importing
from models.store.audit import Action
from models.store.clinic import Clinic
from models.treatment import Cycle, Infusion, TreatmentLine
from models.visit import Visit
from tests.conftest import PASSWORD, USER
from tests.models import builders as a
from tests.models.store.asked import asked_of

ANNA: dict[str, Any] = {
    "mrn": "4711",
    "family_name": "Muster",
    "given_name": "Anna",
    "birth_date": "1958-03-02",
}
LINE: dict[str, Any] = {
    "regimen": ["mogamulizumab"],
    "category": "systemic",
    "start": "2015",
    "given_here": True,
}
CYCLE: dict[str, Any] = {
    "treatment_line": "moga",
    "number": 1,
    "day_1": "2015-11-02",
    "weight_kg": 70,
}
ONE = "9b2c1d50-0000-4000-8000-000000000001"
INFUSION: dict[str, Any] = {"cycle": "c1", "day": 1, "status": "given", "given_on": "2015-11-02"}


def brought(kind: type[Record], key: str = "", /, **values: Any) -> Arrival:
    return Arrival(kind, "4711", key, values, Place(f"{kind.table_name()}.csv", 2))


def anna(mrn: str = "4711", key: str = "", **changes: Any) -> Arrival:
    values = {**ANNA, "mrn": mrn, "sex": "female", **changes}
    return Arrival(Patient, mrn, key, values, Place("patient.csv", 2))


def whole(**changes: Any) -> list[Arrival]:
    """A patient with a line, a cycle and an infusion, in the wrong order."""
    return [
        brought(Infusion, "i1", **INFUSION),
        brought(Cycle, "c1", **{**CYCLE, **changes}),
        brought(TreatmentLine, "moga", **LINE),
        brought(Diagnosis, date="2011", disease="Sézary syndrome"),
        anna(),
    ]


def fates(looked_at: list[Outlook]) -> list[Fate]:
    return [each.fate for each in looked_at]


def everything(clinic: Clinic) -> dict[str, Any]:
    return {
        history.patient.mrn: [record.model_dump() for record in history.by_id.values()]
        for history in clinic.histories()
    }


def taken_in(clinic: Clinic, arrivals: list[Arrival]) -> list[Fate]:
    looked_at = clinic.look_through(arrivals)
    clinic.take_in(arrivals, looked_at)
    return fates(looked_at)


def test_a_file_comes_in_whole_and_a_second_time_changes_nothing(clinic: Clinic) -> None:
    assert taken_in(clinic, whole()) == [Fate.NEW] * 5
    (history,) = clinic.histories()
    assert [*history.infusions_of(history.lines[0])] == [*history.of(Infusion)]
    before = everything(clinic)
    assert taken_in(clinic, whole()) == [Fate.SAME] * 5
    assert everything(clinic) == before


def test_looking_through_leaves_no_trace(clinic: Clinic) -> None:
    clinic.look_through(whole())
    assert clinic.patients() == []
    assert clinic.check() == []


def test_a_row_with_a_key_corrects_what_it_brought_before(clinic: Clinic) -> None:
    taken_in(clinic, whole())
    changed = whole(weight_kg=72)
    looked_at = clinic.look_through(changed)
    assert fates(looked_at) == [Fate.SAME, Fate.CHANGES, *[Fate.SAME] * 3]
    assert looked_at[1].changes == {"weight_kg": (70, 72)}
    clinic.take_in(changed, looked_at)
    (history,) = clinic.histories()
    assert [each.weight_kg for each in history.of(Cycle)] == [72]


def test_what_was_entered_by_hand_is_not_entered_twice(clinic: Clinic) -> None:
    patient = clinic.save(a.patient(mrn="4711"))
    clinic.save(a.lab(patient=patient.id))
    same = {name: getattr(a.lab(), name) for name in ("date", "analyte", "value", "unit")}
    rows = [brought(LabResult, **same)] * 2
    assert fates(clinic.look_through(rows)) == [Fate.SAME, Fate.NEW]


def test_one_refused_row_refuses_the_file_and_says_where(clinic: Clinic) -> None:
    arrivals = whole(day_1="1950-01-01")
    looked_at = clinic.look_through(arrivals)
    assert fates(looked_at) == [Fate.REFUSED, Fate.REFUSED, *[Fate.NEW] * 3]
    assert looked_at[1].problems[0].words == (
        "cycle.csv, row 2, day_1: This lies before the patient's birth date, 2 Mar 1958."
    )
    assert "cycle.csv, row 2" in looked_at[0].problems[0].sentence
    with pytest.raises(ClinicError, match=r"2 rows cannot come in\. The first: infusion\.csv"):
        clinic.take_in(arrivals, looked_at)
    assert clinic.patients() == []


@pytest.mark.parametrize(
    ("arrivals", "sentence"),
    [
        ([brought(Diagnosis, date="2011", disease="Sézary syndrome")], "no patient with the MRN"),
        ([*whole(), brought(Cycle, "c1", **CYCLE)], "key c1 stands in the file already"),
        ([*whole(), anna()], "This patient stands in the file already: patient.csv, row 2"),
        ([*whole(), brought(Infusion, "i2", **{**INFUSION, "cycle": "c9"})], "no such cycle"),
        ([*whole(), brought(Diagnosis, date="2011", disease="flu")], "Choose one of"),
        ([anna("47\u200b11")], "a character that nobody sees"),
        ([anna("1", ONE), anna("2", ONE)], "already: patient.csv, row 2."),
        ([*whole(), brought(Diagnosis, ONE), brought(Cycle, ONE)], f"key {ONE} stands in the file"),
    ],
)
def test_what_cannot_be_is_refused(clinic: Clinic, arrivals: list[Arrival], sentence: str) -> None:
    problems = [p for each in clinic.look_through(arrivals) for p in each.problems]
    assert sentence in "\n".join(problem.words for problem in problems)


def test_an_import_is_undone_as_one_and_can_come_again(clinic: Clinic) -> None:
    taken_in(clinic, whole())
    clinic.undo()
    assert clinic.patients() == []
    looked_at = clinic.look_through(whole())
    assert fates(looked_at) == [Fate.COMES_BACK] * 5
    assert "undone" in looked_at[0].remarks[0]
    clinic.take_in(whole(), looked_at)
    (history,) = clinic.histories()
    assert len(history.by_id) == 4
    clinic.undo()
    assert clinic.patients() == []


def test_an_import_is_not_undone_under_what_was_entered_since(clinic: Clinic) -> None:
    taken_in(clinic, whole())
    (history,) = clinic.histories()
    (line,) = history.of(TreatmentLine)
    with Clinic.open(clinic.folder, USER, PASSWORD) as opened:
        opened.save(a.cycle(line, 2, "2015-11-30", patient=line.patient))
    with pytest.raises(ClinicError, match="needed by 1 cycle"):
        clinic.undo()
    assert len(clinic.histories()[0].by_id) == 5
    assert clinic.check() == []


def test_what_changed_since_it_was_looked_at_refuses_the_import(clinic: Clinic) -> None:
    looked_at = clinic.look_through(whole())
    clinic.save(a.patient(id=uuid.uuid4(), mrn="4711"))
    with pytest.raises(ClinicError, match="changed since"):
        clinic.take_in(whole(), looked_at)
    assert everything(clinic) == {"4711": []}


def test_a_cancelled_import_leaves_nothing(clinic: Clinic) -> None:
    arrivals = [anna(mrn) for mrn in ("1", "2", "3")]
    looked_at = clinic.look_through(arrivals)

    def at_the_end(done: int, whole: int) -> None:
        if done == whole:
            raise Stopped

    with pytest.raises(Stopped):
        clinic.take_in(arrivals, looked_at, at_the_end)
    assert clinic.patients() == []
    assert clinic.check() == []


def test_an_import_is_on_record_and_the_trail_stays_whole(clinic: Clinic) -> None:
    taken_in(clinic, whole())
    assert clinic.trail.verify() == []
    (patient,) = clinic.patients()
    actions = [change.action for change in clinic.changes(patient.id)]
    assert actions.count(Action.CREATED) == 5


def test_what_it_takes_follows_the_kinds_of_rows_and_not_their_number(clinic: Clinic) -> None:
    few, many = ([*visits_of(mrns)] for mrns in (("1", "2", "3"), map(str, range(10, 50))))
    taken_in(clinic, [anna("5")])
    asked = []
    for arrivals in (few, many):
        looked_at = clinic.look_through(arrivals)
        with asked_of(clinic, "") as taking:
            clinic.take_in(arrivals, looked_at)
        with asked_of(clinic, "") as undoing:
            clinic.undo()
        with asked_of(clinic, "") as redoing:
            clinic.redo()
        asked.append((len(taking), *map(besides_the_search, (undoing, redoing))))
    assert asked[0] == asked[1]
    assert len(clinic.patients()) == 44
    assert [each.mrn for each in clinic.find("49")] == ["49"]
    assert clinic.check() == []


def test_the_room_in_memory_that_an_import_takes_is_given_back(clinic: Clinic) -> None:
    def cache() -> int:
        with clinic._store.writing() as session:
            return int(session.connection().exec_driver_sql("PRAGMA cache_size").scalar_one())

    def stop(_done: int, _whole: int) -> None:
        raise Stopped

    usual, arrivals = cache(), whole()
    looked_at = clinic.look_through(arrivals)
    with asked_of(clinic, "PRAGMA cache_size =") as asked:
        with pytest.raises(Stopped):
            clinic.take_in(arrivals, looked_at, stop)
        assert cache() == usual
        clinic.take_in(arrivals, looked_at)
        assert cache() == usual
        clinic.undo()
        assert cache() == usual
    assert len(asked) == 6


def besides_the_search(asked: list[tuple[str, Any]]) -> int:
    """Each patient is put into its index, or taken out, by statements of their own."""
    return sum(
        "patient_search" not in each and "search_word" not in each for each, _values in asked
    )


def visits_of(mrns: Iterable[str]) -> Iterator[Arrival]:
    for mrn in mrns:
        yield anna(mrn)
        for year in (2016, 2017):
            values = {"date": f"{year}-02-02", "kind": "follow-up", "status": "done"}
            if int(mrn) % 2:
                values["notes"] = "which the others have not"
            yield Arrival(Visit, mrn, "", values, Place("visit.csv", year))


def test_a_number_of_somebody_else_is_refused(clinic: Clinic) -> None:
    first, second = (clinic.save(a.patient(id=uuid.uuid4(), mrn=mrn)) for mrn in ("17", "18"))
    values = {**ANNA, "mrn": "18", "sex": "female", "birth_date": first.birth_date}
    of_first = Arrival(Patient, "18", str(first.id), values, Place("patient.csv", 2))
    (looked_at,) = clinic.look_through([of_first])
    assert [each.words for each in looked_at.problems] == [
        "patient.csv, row 2, mrn: This MRN already belongs to another patient."
    ]
    clinic.remove(second, "entered twice")
    (looked_at,) = clinic.look_through([of_first])
    assert "belongs to a patient who was removed" in looked_at.problems[0].sentence


def test_two_who_come_with_one_number_are_refused_however_far_apart(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    """White space around a number is no part of it."""
    monkeypatch.setattr(importing, "AT_ONCE", 1)
    looked_at = clinic.look_through([anna("77"), anna("78"), anna("77 ", given_name="Berta")])
    assert [each.fate for each in looked_at] == [Fate.NEW, Fate.NEW, Fate.REFUSED]
    assert looked_at[2].problems[0].sentence == "This MRN already belongs to another patient."


def test_a_correction_of_the_number_goes_by_the_id(clinic: Clinic) -> None:
    patient = clinic.save(a.patient(mrn="17"))
    values = {**ANNA, "sex": "female", "birth_date": patient.birth_date}
    renamed = Arrival(Patient, "4711", str(patient.id), values, Place("patient.csv", 2))
    assert taken_in(clinic, [renamed]) == [Fate.CHANGES]
    assert [each.mrn for each in clinic.patients()] == ["4711"]
    assert revised(patient, mrn="4711").id == clinic.patients()[0].id


def test_a_new_patient_who_may_be_on_file_already_is_remarked(clinic: Clinic) -> None:
    clinic.save(
        a.patient(mrn="17", family_name="Muster", given_name="Anna", birth_date="1958-03-02")
    )
    (looked_at,) = clinic.look_through([anna()])
    assert looked_at.fate is Fate.NEW
    assert "MRN 17: same birth date, same name" in looked_at.remarks[0]


@pytest.mark.parametrize("key", ["", "p1", ONE])
def test_a_number_alone_does_not_make_one_person_of_two(clinic: Clinic, key: str) -> None:
    taken_in(clinic, whole())
    before = everything(clinic)
    karl = {"family_name": "Weber", "given_name": "Karl", "birth_date": "1971-05-05"}
    looked_at = clinic.look_through([anna(key=key, **karl), *whole()[:-1]])
    assert fates(looked_at) == [Fate.REFUSED] * 5
    assert "mrn: Under this number somebody else is on file" in looked_at[0].problems[0].words
    assert looked_at[0].remarks == ("On file: Muster, Anna, born 2 March 1958, MRN 4711.",)
    married = [anna(key=key, family_name="Weber"), *whole()[:-1]]
    looked_at = clinic.look_through(married)
    assert fates(looked_at) == [Fate.CHANGES, *[Fate.SAME] * 4]
    assert "MRN alone" in looked_at[0].remarks[0]
    assert everything(clinic) == before


def test_what_a_file_does_not_tell_stays_as_it_is_on_file(clinic: Clinic) -> None:
    told = {**ANNA, "sex": "female"}
    taken_in(clinic, [anna(phone="0123", email="a@example.org")])
    some = Arrival(Patient, "4711", "", told, Place("p", 2), told=frozenset({*told, "phone"}))
    assert clinic.look_through([some])[0].changes == {"phone": ("0123", None)}
    clinic.save(a.lab(patient=clinic.patients()[0].id, notes="haemolytic"))
    same = {name: getattr(a.lab(), name) for name in ("date", "analyte", "value", "unit")}
    row = Arrival(LabResult, "4711", "", same, Place("l", 2), told=frozenset(same))
    assert fates(clinic.look_through([row])) == [Fate.SAME]


def test_what_comes_back_changed_is_undone_and_done_again(clinic: Clinic) -> None:
    taken_in(clinic, whole())
    clinic.undo()
    removed = everything(clinic)
    assert taken_in(clinic, whole(weight_kg=72)) == [Fate.COMES_BACK] * 5
    for _time in range(2):
        clinic.undo()
        assert everything(clinic) == removed
        clinic.redo()
        assert [each.weight_kg for each in clinic.histories()[0].of(Cycle)] == [72]
    assert clinic.trail.verify() == []


@pytest.mark.parametrize("key", ["", "p1"])
def test_records_stay_the_same_when_the_number_is_corrected(clinic: Clinic, key: str) -> None:
    def of_anna(mrn: str) -> list[Arrival]:
        return [replace(each, mrn=mrn) for each in whole()[:-1]] + [anna(mrn, key)]

    taken_in(clinic, of_anna("4711"))
    (patient,) = clinic.patients()
    clinic.save(revised(patient, mrn="4712"))
    assert taken_in(clinic, of_anna("4712")) == [Fate.SAME] * 5
    assert fates(clinic.look_through(of_anna("4711"))) == [*[Fate.SAME] * 4, Fate.CHANGES]


def test_what_was_corrected_here_is_remarked(clinic: Clinic) -> None:
    taken_in(clinic, whole())
    (cycle,) = clinic.histories()[0].of(Cycle)
    clinic.save(revised(cycle, weight_kg=71))
    corrected = clinic.look_through(whole())[1]
    assert corrected.changes == {"weight_kg": (71, 70)}
    assert corrected.remarks[0].startswith("Corrected here on ")
    assert corrected.remarks[0].endswith(f" by {USER}.")


@pytest.mark.parametrize(("birth", "seen"), [("1970-01-01", "2016"), ("1940-01-01", "1950")])
def test_a_birth_date_is_corrected_with_the_visits(clinic: Clinic, birth: str, seen: str) -> None:
    def visit(year: str) -> Arrival:
        return brought(Visit, "v1", date=f"{year}-02-03", kind="follow-up", status="done")

    taken_in(clinic, [anna(), visit("1960")])
    assert taken_in(clinic, [anna(birth_date=birth), visit(seen)]) == [Fate.CHANGES] * 2
    for turn, expected in (
        (clinic.undo, ("1958-03-02", "1960-02-03")),
        (clinic.redo, (birth, f"{seen}-02-03")),
    ):
        turn()
        (history,) = clinic.histories()
        dates = history.patient.birth_date, history.of(Visit)[0].date
        assert tuple(map(str, dates)) == expected


def test_a_birth_date_is_corrected_with_a_new_visit_before_the_former_one(clinic: Clinic) -> None:
    visit = brought(Visit, "v1", date="1950-02-03", kind="follow-up", status="done")
    taken_in(clinic, [anna()])
    assert taken_in(clinic, [visit, anna(birth_date="1940-01-01")]) == [Fate.NEW, Fate.CHANGES]
    for turn, born, visits in ((clinic.undo, 1958, 0), (clinic.redo, 1940, 1)):
        assert turn()
        (history,) = clinic.histories()
        assert (history.patient.birth_date.year, len(history.of(Visit))) == (born, visits)


def test_two_new_patients_whose_numbers_are_the_same_as_they_are_kept(clinic: Clinic) -> None:
    berta = anna("77 ", family_name="Other", given_name="Berta", birth_date="1960-01-01")
    first, second = clinic.look_through([anna("77"), berta])
    assert (first.fate, second.fate) == (Fate.NEW, Fate.REFUSED)
    assert second.problems[0].words.endswith("This MRN already belongs to another patient.")
