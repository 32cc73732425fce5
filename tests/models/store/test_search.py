"""A patient is found however name, MRN or birth date are typed, and nothing typed is an error."""

import datetime as dt
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import bindparam, text

from models.base import build, revised
from models.patient import Patient
from models.store import finding, search, spelling
from models.store.clinic import Clinic
from tests.models import builders as a
from tests.models.store.asked import asked_of, plan_of
from tests.thorough import times

Enter = Callable[..., Patient]

TODAY = dt.date(2020, 4, 30)


@pytest.mark.parametrize(
    "typed",
    [
        "Weiß-Łukasz, Anaïs",
        "anais weiss",
        "WEISS ANA",
        "lukasz",
        "weißlukasz",
        "A-1",
        "a1",
        "1950-03-07",
        "07.03.1950",
        "7.3.1950",
        "07/03/1950",
        "19500307",
        "07031950",
        "1950-03 weiss",
        "1950",
    ],
)
def test_found(clinic: Clinic, enter: Enter, typed: str) -> None:
    patient = enter()
    enter(mrn="B-2", family_name="Ōta", given_name="王小明", birth_date="1961-11-30")
    assert clinic.find(typed) == [patient]


@pytest.mark.parametrize("typed", ["kasz", "weiss berta", "1951", "A-2", "-", '"', "***"])
def test_not_found(clinic: Clinic, patient: Patient, typed: str) -> None:
    assert clinic.find(typed) == []


def test_other_scripts_are_found(clinic: Clinic, enter: Enter) -> None:
    patient = enter(family_name="Ōta", given_name="王小明")
    assert clinic.find("ota") == clinic.find("王") == clinic.find("Ota 王小明") == [patient]


def test_nothing_typed_gives_everybody_by_name(clinic: Clinic, enter: Enter) -> None:
    last, first = enter(family_name="Zorn"), enter(mrn="A-2", family_name="Ähre")
    assert clinic.find("") == clinic.find("  ") == clinic.patients() == [first, last]


def test_best_first(clinic: Clinic, enter: Enter) -> None:
    begins = enter(mrn="1", family_name="Bergmann")
    whole = enter(mrn="2", family_name="Berg")
    number = enter(mrn="Berg", family_name="Zorn")
    assert clinic.find("berg") == [number, whole, begins]


def test_a_corrected_name_is_found_and_the_former_is_not(clinic: Clinic, patient: Patient) -> None:
    corrected = clinic.save(revised(patient, family_name="Schwarz"))
    assert clinic.find("schwarz") == [corrected]
    assert clinic.find("weiss") == []


BORN_ON_2_MARCH_1958 = [
    "1958-03-02",
    "2.3.1958",
    "02/03/58",
    "3/2/1958",
    "58-03-02",
    "2 Mar 1958",
    "2nd march 58",
    "March 2 1958",
    "02MAR1958",
    "1958 mar 2",
    "02031958",
    "03021958",
    "580302",
    "2 mar",
    "mar 1958",
    "3/1958",
    "03/58",
    "1958-3",
    "2.3.",
    "58",
    "rossi 1958",
    "1958 anna ros",
    "rossi 58",
    "2.3.58 rossi",
]


def test_a_birth_date_in_any_form(clinic: Clinic, enter: Enter) -> None:
    enter(mrn="B", family_name="Rossi", given_name="Anna", birth_date="1961-11-30")
    patient = enter(mrn="A", family_name="Rossi", given_name="Anna", birth_date="1958-03-02")
    assert [typed for typed in BORN_ON_2_MARCH_1958 if clinic.find(typed) != [patient]] == []


def test_a_date_is_found_while_it_is_being_typed(clinic: Clinic, enter: Enter) -> None:
    patient = enter(mrn="A", birth_date="1958-03-02")
    forms = ("1958-03-02", "2.3.1958", "02031958", "2 Mar 1958")
    typed = [form[:n] for form in forms for n in range(1, len(form) + 1)]
    assert [each for each in typed if clinic.find(each) != [patient]] == ["2 M", "2 Ma"]


def test_day_and_month_in_both_orders_where_both_are_dates(clinic: Clinic, enter: Enter) -> None:
    march = enter(mrn="1A", birth_date="1958-03-02")
    february = enter(mrn="1B", birth_date="1958-02-03")
    enter(mrn="1C", birth_date="1958-03-12")
    assert clinic.find("3/2/1958") == clinic.find("2.3.58") == [march, february]


def test_a_year_of_two_digits_lies_in_the_past(clinic: Clinic, enter: Enter) -> None:
    old = enter(mrn="A", birth_date="1920-05-01")
    young = enter(mrn="B", birth_date="2020-04-01")
    assert _ids(clinic, "1 May 20") == [old.id]
    assert _ids(clinic, "1 Apr 20") == [young.id]


def test_a_month_alone_is_a_name(clinic: Clinic, enter: Enter) -> None:
    maria = enter(mrn="A", given_name="Maria", birth_date="1950-07-01")
    march = enter(mrn="B", given_name="Otto", birth_date="1950-03-07")
    assert clinic.find("mar") == clinic.find("weiss mar") == [maria]
    assert clinic.find("mar 7") == [march]
    assert set(map(str, _ids(clinic, "mar 1950"))) == {str(maria.id), str(march.id)}


MISSPELLED = {
    "Müller": ("mülel", "muler", "Mülelr"),
    "Rossi": ("rosis", "Rosssi"),
    "Andersen": ("andersne",),
    "Berg": ("brg", "Bergh", "Breg"),
    "Weiß-Łukasz": ("weislukasz",),
    "O'Brien": ("obrein",),
}


def test_one_typing_error_is_forgiven(clinic: Clinic, enter: Enter) -> None:
    for number, (name, errors) in enumerate(MISSPELLED.items()):
        patient = enter(family_name=name, given_name="Zoë", mrn=f"A{number}")
        for typed in errors:
            assert clinic.find(typed) == clinic.find(f"zoe {typed}") == [patient], typed
            (found,) = clinic.look_up(typed, TODAY).first
            assert found.why == f"{name} for “{typed}”"


def test_short_words_numbers_and_two_errors_are_not(clinic: Clinic, enter: Enter) -> None:
    enter(mrn="4711", family_name="Brandt", given_name="Ann", birth_date="1950-03-02")
    enter(mrn="4711-2", family_name="Master", given_name="Bo", birth_date="1950-03-02")
    typed = ("brn", "4712", "2.3.1951", "aann", "msuter")
    assert [each for each in typed if clinic.find(each)] == []


def test_exact_finds_stand_first_and_a_full_list_needs_no_others(
    clinic: Clinic, enter: Enter
) -> None:
    mayer = enter(mrn="M", family_name="Mayer")
    found = [enter(mrn=f"A{n}", family_name="Meyer") for n in range(finding.FEW - 1)]
    assert clinic.find("Meyer") == [*found, mayer]
    last = enter(mrn="Z", family_name="Meyer")
    assert clinic.find("Meyer") == [*found, last]


LETTERS = st.characters(min_codepoint=97, max_codepoint=122)
NAMES = st.text(LETTERS, min_size=4, max_size=9)


@st.composite
def misspelled(draw: st.DrawFn) -> tuple[str, str]:
    """A name, and all of it or a beginning with one error."""
    name = draw(NAMES)
    begun = name[: draw(st.integers(4, len(name)))]
    place, letter = draw(st.integers(0, len(begun) - 1)), draw(LETTERS)
    before, after = begun[:place], begun[place:]
    errors = [
        before + letter + after,
        before + letter + after[1:],
        before + after[1::-1] + after[2:],
    ]
    if len(begun) > 4 or begun == name:
        errors.append(before + after[1:])
    return name, draw(st.sampled_from(errors))


@given(misspelled())
@settings(max_examples=times(500))
def test_words_that_are_an_error_apart_have_a_key_in_common(pair: tuple[str, str]) -> None:
    name, typed = pair
    exact = name.startswith(typed)
    assert exact or spelling.keys_of(name) & spelling.keys_for(typed)
    assert exact or spelling.beginnings(name, typed)


@given(misspelled())
@settings(
    max_examples=times(60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_whoever_is_misspelled_is_found(clinic: Clinic, pair: tuple[str, str]) -> None:
    name, typed = pair
    (patient,) = clinic.patients() or [_anybody(clinic)]
    patient = clinic.save(revised(patient, family_name=name.capitalize(), given_name="Ó"))
    assert clinic.find(typed) == clinic.find(f"{typed} o") == [patient]
    found = clinic.matching(typed, TODAY)
    assert found.exact | found.forgiven == {patient.id.bytes}


def test_a_merged_patient_is_found_by_the_former_number(clinic: Clinic, enter: Enter) -> None:
    kept = enter(mrn="4711", family_name="Rossi", given_name="Anna")
    former = enter(mrn="0815", family_name="Rosso", given_name="Anna")
    kept = clinic.merge(kept, former, reason="entered twice")
    (found,) = clinic.look_up("0815", TODAY).first
    assert (found.patient, found.mrn, found.why) == (kept.id, "4711", "former MRN 0815")
    (found,) = clinic.look_up("rosso", TODAY).first
    assert found.why == "formerly Rosso, Anna, MRN 0815"
    (found,) = clinic.look_up("anna", TODAY).first
    assert found.why == ""
    last = clinic.merge(enter(mrn="9", family_name="Zorn"), kept, reason="entered thrice")
    assert clinic.find("0815") == clinic.find("4711") == clinic.find("9") == [last]
    clinic.remove(last, "entered by mistake")
    assert clinic.look_up("0815", TODAY).count == 0
    clinic.undo()
    clinic.undo()
    assert _ids(clinic, "0815") == _ids(clinic, "4711") == [kept.id]


def test_a_removed_patient_is_not_found_despite_the_words_that_stay(
    clinic: Clinic, patient: Patient
) -> None:
    clinic.remove(patient, "entered by mistake")
    assert clinic.find("lukasz") == clinic.find("lukaszz") == clinic.find("A-1") == []


def test_a_list_shows_the_best_of_very_many_and_says_so(clinic: Clinic, enter: Enter) -> None:
    whole = enter(mrn="1", family_name="Berg", given_name="Zoë")
    values = a.patient().model_dump() | {"family_name": "Bergmann"}
    many = range(2, finding.MANY + 3)
    clinic.save_all([build(Patient, values | {"id": uuid.uuid4(), "mrn": f"{n}"}) for n in many])
    found = clinic.look_up("berg", TODAY)
    assert (len(found.first), found.count, found.many) == (finding.FEW, finding.MANY, True)
    assert found.first[0].patient == whole.id
    found = clinic.look_up("berg zo", TODAY)
    assert ([each.patient for each in found.first], found.many) == ([whole.id], False)


def test_what_was_typed_is_told_letter_by_letter(clinic: Clinic, enter: Enter) -> None:
    enter(mrn="A-1", family_name="Weiß-Łukasz", given_name="Anaïs", birth_date="1950-03-07")

    def bold(typed: str) -> list[str]:
        (found,) = clinic.look_up(typed, TODAY).first
        parts = [found.name[start:end] for start, end in found.in_name]
        parts += [found.mrn[start:end] for start, end in found.in_mrn]
        return parts + ["born"] * found.by_birth_date

    assert bold("anai luk") == ["Łuk", "Anaï"]
    assert bold("weissl") == ["Weiß-Ł"]
    assert bold("weislu") == ["Weiß-Łu"]
    assert bold("a1") == ["A-1"]
    assert bold("lukazs 7.3.50") == ["Łukasz", "born"]


def test_recent_patients_are_shown_as_they_are_now(clinic: Clinic, enter: Enter) -> None:
    one, other, gone = (enter(mrn=mrn, family_name=mrn) for mrn in ("A", "B", "C"))
    clinic.save(revised(one, family_name="Neu", death_date="2001-03-07"))
    clinic.remove(gone, "entered by mistake")
    found = clinic.shown([other.id, gone.id, one.id], TODAY)
    assert [each.name for each in found] == ["B, Anaïs", "Neu, Anaïs"]
    assert [each.age for each in found] == [70, 51]


def test_words_are_looked_up_by_their_key_alone(clinic: Clinic, patient: Patient) -> None:
    explain = text(f"EXPLAIN QUERY PLAN {search.ALIKE.text}")
    explain = explain.bindparams(bindparam("keys", expanding=True))
    asked = {"keys": ["weis", "eiss"], "length": 6, "longest": 99}
    with clinic._store.glancing() as session:
        steps = [row.detail for row in session.execute(explain, asked)]
    assert any("SEARCH search_word USING PRIMARY KEY (key=?)" in step for step in steps)
    assert not any(step.startswith("SCAN search_word") for step in steps)


def test_a_look_does_not_wait_for_a_long_reading(clinic: Clinic, patient: Patient) -> None:
    with ThreadPoolExecutor(1) as others, clinic._store.reading() as session:
        session.get(Patient, patient.id)
        found = others.submit(clinic.look_up, "weiss", TODAY).result(timeout=10)
    assert found.count == 1


@given(st.text(max_size=400))
@settings(
    max_examples=times(100),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_whatever_is_typed_is_no_error(clinic: Clinic, typed: str) -> None:
    assert clinic.find(typed) == []


@given(st.text(st.characters(categories=("L", "Nd")), min_size=1, max_size=30))
@settings(
    max_examples=times(40),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_every_name_finds_its_patient(clinic: Clinic, name: str) -> None:
    (patient,) = clinic.patients() or [_anybody(clinic)]
    patient = clinic.save(revised(patient, family_name=name))
    assert clinic.find(name) == clinic.find(name.upper()) == [patient]


def _anybody(clinic: Clinic) -> Patient:
    values = {"mrn": "X", "family_name": "X", "given_name": "X", "birth_date": "1950-03-07"}
    return clinic.save(revised(Patient.model_construct(), **values, sex="other"))


def _ids(clinic: Clinic, typed: str) -> list[uuid.UUID]:
    return [found.patient for found in clinic.look_up(typed, TODAY).first]


@pytest.mark.parametrize("typed", ["weis", "wesi", "a-1", "7.3.1950", "1950", "weiss anais"])
def test_nobody_is_found_by_reading_through_all_patients(
    clinic: Clinic, patient: Patient, typed: str
) -> None:
    with asked_of(clinic) as asked:
        assert clinic.look_up(typed, TODAY).first
        assert clinic.matching(typed, TODAY)
    steps = plan_of(clinic, asked)
    scans = [step for step in steps if step.startswith("SCAN")]
    assert any("SEARCH patient USING INDEX" in step for step in steps)
    assert scans
    assert all("patient_search VIRTUAL TABLE INDEX" in each and ":M" in each for each in scans), (
        scans
    )
