"""What goes into a clinic comes out of it; what does not fit is refused and changes nothing."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.adverse_event import AdverseEvent
from models.base import BOOKKEEPING, ClinicError, InvalidRecord, Record, build, revised
from models.diagnosis import Diagnosis
from models.laboratory import LabResult
from models.patient import Patient
from models.rules import rule_of
from models.skin import mswat
from models.store.audit import Action
from models.store.clinic import Clinic
from models.treatment import Cycle, TreatmentLine
from models.visit import Visit
from models.words import day_words
from tests.models import builders as a
from tests.models.store.asked import asked_of
from tests.thorough import times

Enter = Callable[..., Patient]

SENSIBLE = st.dates(dt.date(1960, 1, 1), dt.date(2024, 1, 1))
WORDS = st.text(st.characters(codec="utf-8"), max_size=40).map(str.strip)


def line(patient: Patient, **values: Any) -> TreatmentLine:
    usual = {"regimen": ["bexarotene"], "category": "systemic", "start": "2015-07"}
    return build(TreatmentLine, {**usual, "given_here": True, "patient": patient.id, **values})


def visit(patient: Patient, **values: Any) -> Visit:
    usual = {"date": "2016-04-25", "kind": "follow-up", "status": "done"}
    return build(Visit, {**usual, "patient": patient.id, **values})


def entered(record: Record) -> dict[str, Any]:
    return record.model_dump(exclude=set(BOOKKEEPING) - {"id", "patient"})


@given(st.lists(st.tuples(SENSIBLE, st.floats(0, 1e6), WORDS), max_size=4), st.booleans())
@settings(
    max_examples=times(25),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_what_is_saved_is_read_back(
    clinic: Clinic, facts: list[tuple[dt.date, float, str]], given_here: bool
) -> None:
    person = {"mrn": uuid.uuid4().hex, "family_name": "Ø", "given_name": "1", "sex": "other"}
    patient = clinic.save(build(Patient, {**person, "birth_date": "1950-03-07"}))
    own = line(patient, given_here=given_here)
    records: list[Record] = [own]
    for day, value, words in facts:
        common = {"patient": patient.id, "notes": words}
        grades = [{"date": f"{day:%Y-%m}", "grade": 2}, {"date": str(day.year), "grade": 3}]
        event = {"verbatim": "rash", "term": "Rash", "ctcae_version": "5.0", "onset": day}
        event |= {"grades": grades, "treatment_line": own.id}
        lab = {"date": day, "analyte": "LDH", "value": value, "unit": "U/L"}
        records += [build(LabResult, common | lab), build(AdverseEvent, common | event)]
    saved = clinic.save_all(records)
    read = clinic.history(patient.id)
    assert [entered(record) for record in saved] == [entered(record) for record in records]
    assert read.by_id == {record.id: record for record in saved}


def test_a_new_record_knows_who_entered_it_and_when(clinic: Clinic, patient: Patient) -> None:
    before = dt.datetime.now(dt.UTC)
    first, second = clinic.save_all([visit(patient), visit(patient)])
    assert (first.version, first.recorded_by, first.changed_by) == (1, "anna", "")
    moments = [patient.recorded_at, before, first.recorded_at, second.recorded_at]
    in_order = [moment for moment in moments if moment]
    assert moments == sorted(set(in_order))


def test_a_correction_keeps_the_former_values(clinic: Clinic, patient: Patient) -> None:
    saved = clinic.save(visit(patient, symptoms="itch"))
    corrected = clinic.save(revised(saved, symptoms="pain"), reason="misheard")
    assert (corrected.version, corrected.changed_by) == (2, "anna")
    assert clinic.history(patient.id).of(Visit) == (corrected,)
    change = clinic.changes(patient.id)[0]
    assert (change.action, change.kind, change.record_id) == (Action.CORRECTED, "visit", saved.id)
    assert (change.old, change.new) == ({"symptoms": "itch"}, {"symptoms": "pain"})
    assert (change.user, change.reason) == ("anna", "misheard")


def test_nothing_changed_is_no_correction(clinic: Clinic, patient: Patient) -> None:
    assert clinic.save(revised(patient, notes="")) == patient
    assert [change.action for change in clinic.changes(patient.id)] == [Action.CREATED]


def test_what_came_out_stays_as_it_was(clinic: Clinic, patient: Patient) -> None:
    clinic.save(revised(patient, given_name="Berta"))
    assert patient.given_name == "Anaïs"
    assert clinic.patient("A-1").given_name == "Berta"


def test_a_correction_of_an_old_version_is_refused(clinic: Clinic, patient: Patient) -> None:
    clinic.save(revised(patient, given_name="Berta"))
    with pytest.raises(ClinicError, match="changed meanwhile by anna"):
        clinic.save(revised(patient, given_name="Clara"))
    assert clinic.patient("A-1").given_name == "Berta"


def test_what_is_on_file_is_not_entered_again_as_new(clinic: Clinic, patient: Patient) -> None:
    """Told before whatever else is wrong with it; nothing else of that step is saved either."""
    first = visit(patient)
    stands = clinic.save(first)
    ahead = build(Visit, {**first.model_dump(), "date": "2099-01-01"})
    for again in ([first], [ahead], [visit(patient), first], 2 * [visit(patient)]):
        with pytest.raises(ClinicError, match="changed meanwhile by anna"):
            clinic.save_all(again)
    assert clinic.history(patient.id).of(Visit) == (stands,)
    clinic.remove(stands, "another patient's")
    for again in ([first], [ahead]):
        with pytest.raises(ClinicError, match="was removed by anna"):
            clinic.save_all(again)
    assert clinic.check() == []


def test_a_record_that_was_never_checked_cannot_enter(clinic: Clinic, patient: Patient) -> None:
    unchecked = LabResult(patient=patient.id, analyte="LDH", value=1, unit="U/L")
    with pytest.raises(InvalidRecord) as refused:
        clinic.save(unchecked)
    assert list(refused.value.problems) == ["date"]


def test_an_mrn_belongs_to_one_patient(clinic: Clinic, enter: Enter) -> None:
    first = enter()
    with pytest.raises(InvalidRecord) as refused:
        enter(family_name="Other")
    assert list(refused.value.problems) == ["mrn"]
    clinic.remove(first, "entered twice")
    with pytest.raises(InvalidRecord, match="removed"):
        enter(family_name="Other")
    assert clinic.patients() == []


def test_an_mrn_is_refused_twice_in_one_step(clinic: Clinic) -> None:
    person = {"mrn": "B", "family_name": "B", "given_name": "B", "sex": "male"}
    twins = [build(Patient, {**person, "birth_date": "1950-03-07"}) for _each in range(2)]
    with pytest.raises(InvalidRecord):
        clinic.save_all(twins)
    assert clinic.patients() == []


def test_nothing_happens_before_birth(clinic: Clinic, patient: Patient) -> None:
    with pytest.raises(InvalidRecord) as refused:
        clinic.save(visit(patient, date="1950-03-06"))
    assert list(refused.value.problems) == ["date"]
    with pytest.raises(InvalidRecord) as refused:
        clinic.save(line(patient, start="1950-02"))
    assert list(refused.value.problems) == ["start"]
    clinic.save(line(patient, start="1950"))


LINE = a.moga()
CYCLE = a.cycle(LINE)


def ahead(days: int) -> dt.date:
    """So many days after today."""
    return dt.datetime.now().astimezone().date() + dt.timedelta(days=days)


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (a.visit, "date"),
        (lambda day: a.skin_score(day, 5), "date"),
        (lambda day: a.blood_count(day, 5), "date"),
        (a.lab, "date"),
        (a.molecular, "date"),
        (a.imaging, "date"),
        (a.assessment, "date"),
        (lambda day: a.staging(date=day), "date"),
        (a.diagnosis, "date"),
        (a.attachment, "date"),
        (a.biopsy, "date"),
        (lambda day: a.biopsy("2020-01-06", result_on=day), "result_on"),
        (lambda day: a.event(onset=day), "onset"),
        (lambda day: a.event(resolved=day), "resolved"),
        (lambda day: a.event(grades=[{"date": day, "grade": 2}]), "grades"),
        (lambda day: a.patient(mrn="new", birth_date=day), "birth_date"),
        (lambda day: a.patient(death_date=day), "death_date"),
        (lambda day: a.infusion(CYCLE, given_on=day), "given_on"),
        (lambda day: a.confirmation(rule_of(mswat), confirmed_on=day), "confirmed_on"),
    ],
)
def test_what_happened_does_not_lie_in_the_future(
    clinic: Clinic, make: Callable[[str], Record], name: str
) -> None:
    """The day after today may be today elsewhere."""
    tomorrow, later = (make(ahead(days).isoformat()) for days in (1, 2))
    if not isinstance(later, Patient):
        clinic.save_all([a.patient(), LINE, CYCLE])
    with pytest.raises(InvalidRecord) as refused:
        clinic.save(later)
    told = f"This lies in the future; today is {day_words(ahead(0))} by this computer's clock."
    assert refused.value.problems[name] == told
    clinic.save(tomorrow)


def test_what_is_planned_may_lie_in_the_future(clinic: Clinic) -> None:
    later = ahead(30)
    planned = [
        a.line(later),
        a.cycle(LINE, day_1=later),
        a.visit(later, "planned"),
        a.visit(later, "cancelled"),
        a.visit("2020-01-06", next_visit=later),
        a.consent(later),
    ]
    clinic.save_all([a.patient(), LINE, *planned])
    assert len(clinic.history(a.PATIENT).by_id) == len(planned) + 1


def test_a_planned_visit_is_not_done_before_its_day(clinic: Clinic) -> None:
    _patient, planned = clinic.save_all([a.patient(), a.visit(ahead(30), "planned")])
    with pytest.raises(InvalidRecord) as refused:
        clinic.save(revised(planned, status="done"))
    assert list(refused.value.problems) == ["date"]


def test_a_month_that_has_begun_is_not_in_the_future(clinic: Clinic) -> None:
    begun = [a.patient(), a.diagnosis(f"{ahead(0):%Y}"), a.biopsy(f"{ahead(0):%Y-%m}")]
    assert [saved.version for saved in clinic.save_all(begun)] == [1, 1, 1]


def test_a_birth_date_after_the_diagnosis_is_refused(clinic: Clinic, patient: Patient) -> None:
    known = {"patient": patient.id, "disease": "mycosis fungoides"}
    clinic.save(build(Diagnosis, {**known, "date": "2015-07-20"}))
    with pytest.raises(InvalidRecord) as refused:
        clinic.save(revised(patient, birth_date="2015-07-21"))
    sentence = "The birth date lies after the diagnosis, 20 Jul 2015."
    assert refused.value.problems == {"birth_date": sentence}


def test_a_reference_must_lead_to_the_same_patient(clinic: Clinic, enter: Enter) -> None:
    one, other = enter(), enter(mrn="A-2")
    treatment = clinic.save(line(one))
    cycle = {"number": 1, "day_1": "2016-01-01", "weight_kg": 70, "treatment_line": treatment.id}
    for patient, target, words in (
        (one, uuid.uuid4(), "no such"),
        (other, treatment.id, "another patient"),
    ):
        values = {**cycle, "patient": patient.id, "treatment_line": target}
        with pytest.raises(InvalidRecord, match=words) as refused:
            clinic.save(build(Cycle, values))
        assert list(refused.value.problems) == ["treatment_line"]
    clinic.remove(treatment, "wrong line")
    with pytest.raises(InvalidRecord, match="was removed"):
        clinic.save(build(Cycle, {**cycle, "patient": one.id}))
    with pytest.raises(InvalidRecord, match="no such patient"):
        clinic.save(build(Cycle, {**cycle, "patient": uuid.uuid4()}))


def test_a_record_stays_with_its_patient(clinic: Clinic, enter: Enter) -> None:
    one, other = enter(), enter(mrn="A-2")
    saved = clinic.save(visit(one))
    with pytest.raises(InvalidRecord) as refused:
        clinic.save(revised(saved, patient=other.id))
    assert list(refused.value.problems) == ["patient"]


def test_a_step_is_saved_whole_or_not_at_all(clinic: Clinic, patient: Patient) -> None:
    with pytest.raises(InvalidRecord):
        clinic.save_all([visit(patient), visit(patient, date="1950-03-06")])
    assert clinic.history(patient.id).of(Visit) == ()
    assert len(clinic.changes(patient.id)) == 1
    assert clinic.check() == []


def test_records_may_be_given_before_what_they_point_to(clinic: Clinic, patient: Patient) -> None:
    treatment = line(patient)
    cycle = {"number": 1, "day_1": "2016-01-01", "weight_kg": 70, "treatment_line": treatment.id}
    saved = clinic.save_all([build(Cycle, {**cycle, "patient": patient.id}), treatment])
    assert [type(record) for record in saved] == [Cycle, TreatmentLine]


def test_a_save_asks_a_few_short_questions_whatever_is_on_file(
    clinic: Clinic, patient: Patient
) -> None:
    """Who saves, what is on file if it is a correction, whose it is; where the trail ends; and what
    is written.
    """
    with asked_of(clinic, "") as entering:
        first = clinic.save(visit(patient))
    clinic.save_all([visit(patient, date=f"2016-05-{day:02}") for day in range(1, 29)])
    with asked_of(clinic, "") as entering_later:
        clinic.save(visit(patient))
    with asked_of(clinic, "") as correcting:
        clinic.save(revised(first, notes="seen again"))
    asked = entering, entering_later, correcting
    noted = ["SELECT", "INSERT", "INSERT"]
    first_words = [[text.split()[0] for text, _values in each] for each in asked]
    entered = ["BEGIN", "SELECT", "SELECT", "INSERT", *noted]
    assert first_words == [entered, entered, ["BEGIN", *3 * ["SELECT"], "UPDATE", *noted]]


def test_removing_marks_and_explains(clinic: Clinic, patient: Patient) -> None:
    saved = clinic.save(visit(patient))
    clinic.remove(saved, "  another patient's  ")
    assert clinic.history(patient.id).of(Visit) == ()
    change = clinic.changes(patient.id)[0]
    assert (change.action, change.reason) == (Action.REMOVED, "another patient's")
    assert change.old["date"] == "2016-04-25"
    for again in (lambda: clinic.save(saved), lambda: clinic.remove(saved, "again")):
        with pytest.raises(ClinicError, match="was removed by anna"):
            again()


def test_a_removal_needs_a_reason(clinic: Clinic, patient: Patient) -> None:
    with pytest.raises(ClinicError, match="reason"):
        clinic.remove(patient, "  ")
    assert clinic.patients() == [patient]


def test_a_record_that_others_need_stays(clinic: Clinic, patient: Patient) -> None:
    treatment = clinic.save(line(patient))
    cycle = {"day_1": "2016-01-01", "weight_kg": 70, "treatment_line": treatment.id}
    cycles = clinic.save_all(
        [build(Cycle, {**cycle, "number": n, "patient": patient.id}) for n in (1, 2)]
    )
    with pytest.raises(ClinicError, match="needed by 2 cycles"):
        clinic.remove(treatment, "wrong line")
    for each in cycles:
        clinic.remove(each, "wrong line")
    clinic.remove(treatment, "wrong line")
    assert clinic.history(patient.id).by_id == {}


def test_only_what_was_saved_can_be_removed(clinic: Clinic, patient: Patient) -> None:
    with pytest.raises(ClinicError, match="not on file"):
        clinic.remove(visit(patient), "never there")
    stale = clinic.save(visit(patient))
    clinic.save(revised(stale, symptoms="itch"))
    with pytest.raises(ClinicError, match="changed meanwhile"):
        clinic.remove(stale, "not seen")


def test_a_removed_patient_leaves_the_lists(clinic: Clinic, enter: Enter) -> None:
    gone, stays = enter(), enter(mrn="A-2")
    clinic.save(visit(gone))
    clinic.remove(gone, "entered twice")
    assert clinic.patients() == clinic.find("weiss") == [stays]
    assert [history.patient for history in clinic.histories()] == [stays]
    for ask in (lambda: clinic.patient("A-1"), lambda: clinic.history(gone.id)):
        with pytest.raises(ClinicError):
            ask()
    with pytest.raises(InvalidRecord, match="was removed"):
        clinic.save(visit(gone))


def test_histories_are_what_history_gives(clinic: Clinic, enter: Enter) -> None:
    first, second = enter(family_name="Zorn"), enter(mrn="A-2", family_name="Ähre")
    clinic.save_all([visit(first), visit(second), line(second)])
    together = clinic.histories()
    assert together == [clinic.history(second.id), clinic.history(first.id)]


def test_an_unknown_mrn_is_named(clinic: Clinic) -> None:
    with pytest.raises(ClinicError, match="MRN X-9"):
        clinic.patient(" X-9 ")
