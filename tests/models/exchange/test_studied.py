"""Of a studied history nobody is told; what is worked out of days that are known is the same."""

import datetime as dt
import io
import uuid
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from models.adverse_event import GradeEpisode
from models.base import BOOKKEEPING, Record, build
from models.demo.case import published_case
from models.demo.made_up import made_up_patient
from models.diagnosis import Diagnosis
from models.exchange.columns import KINDS
from models.exchange.formats import FORMATS
from models.exchange.outgoing import OutFile
from models.exchange.registry.columns import Dates
from models.exchange.registry.studied import LEAVES, StudyNumber, all_studied, is_grouped, studied
from models.exchange.registry.written import Chosen, consenting, registry_files
from models.history import History
from models.imaging import Node
from models.patient import Patient
from models.prognosis import indices
from models.skin import Lesions
from models.summary import as_of
from models.summary_json import summary_json
from models.treatment import TreatmentLine
from models.values import PartialDate
from tests.models import builders as a
from tests.models.exchange.planting import Garden, all_planted

TODAY = dt.date(2026, 11, 1)
NUMBER = StudyNumber(42, 100)
STAYS: dict[str, tuple[str, ...]] = {
    "patient": (
        *("family_name", "given_name", "phone", "email", "address", "language"),
        *("general_practitioner", "allergies", "comorbidities"),
    ),
    "consent": ("document",),
    "staging": ("judgement_reason",),
    "treatment_line": ("stop_detail", "dose_text", "trial_name", "trial_arm", "trial_subject"),
    "infusion": ("premedication", "batch", "reason", "given_by"),
    "molecular_result": ("result", "text"),
    "imaging": ("viscera", "conclusion"),
    "assessment": ("judgement_reason",),
    "adverse_event": ("treatment_given",),
    "biopsy": ("report_number", "pathologist", "ccr4", "foxp3", "report"),
    "visit": ("symptoms", "plan", "seen_by"),
}
"""What was decided not to leave, besides the notes of every record."""
NEVER = {"attachment", "snooze"}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.table_name())
def test_of_every_field_it_is_decided_whether_it_leaves(kind: type[Record]) -> None:
    if kind.table_name() in NEVER:
        assert kind not in LEAVES
        return
    leaves, stays = {*LEAVES[kind]}, {*STAYS.get(kind.table_name(), ()), "notes"}
    assert not leaves & stays
    assert leaves | stays == kind.model_fields.keys() - BOOKKEEPING


@pytest.mark.parametrize("part", [GradeEpisode, Node, Lesions])
def test_and_of_every_part_of_a_field(part: type[BaseModel]) -> None:
    assert {*LEAVES[part]} == part.model_fields.keys()


# The scanner


def of_patient(records: Any) -> History:
    patient, *others = records
    assert isinstance(patient, Patient)
    return History.of_records(patient, others)


def contents(files: Iterator[OutFile]) -> Iterator[tuple[str, bytes]]:
    """Also what is packed within."""
    for each in files:
        if not each.content.startswith(b"PK"):
            yield each.name, each.name.encode() + each.content
        else:
            with zipfile.ZipFile(io.BytesIO(each.content)) as packed:
                for name in packed.namelist():
                    yield f"{each.name}/{name}", packed.read(name)


def leaks(garden: Garden, files: Iterator[OutFile]) -> list[tuple[str, str]]:
    """Which planted texts stand in which file."""
    found = []
    for name, content in contents(files):
        texts = [content.decode(each, "replace").casefold() for each in ("utf-8", "utf-16-le")]
        texts.append(content[1:].decode("utf-16-le", "replace").casefold())
        found += [
            (name, planted)
            for planted in all_planted(garden)
            if any(planted.casefold() in text for text in texts)
        ]
    return found


@pytest.mark.parametrize("name", [*FORMATS])
def test_no_format_tells_anything_that_was_planted(name: str) -> None:
    garden = Garden()
    history = garden.history()
    told = all_studied([history], {history.patient.id: NUMBER}, TODAY)
    assert leaks(garden, FORMATS[name].files([history], None))
    assert leaks(garden, FORMATS[name].files(told, None)) == []


@pytest.mark.parametrize("dates", Dates)
def test_nor_does_the_registry_export(dates: Dates) -> None:
    garden = Garden()
    history = garden.history()
    chosen = consenting([history], TODAY)
    assert chosen.histories == (history,)
    files = registry_files(chosen, {history.patient.id: NUMBER}, TODAY, dates)
    assert leaks(garden, files) == []


def test_a_planted_text_is_found_where_one_leaves() -> None:
    """So that the scanner is no rubber stamp."""
    garden = Garden()
    history = garden.history()
    text = garden.words[0]
    for encoding in ("utf-8", "utf-16-le"):
        assert leaks(garden, iter([OutFile("a.csv", text.encode(encoding))]))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("sheet.xml", f"{history.patient.id}")
    assert leaks(garden, iter([OutFile("a.xlsx", packed.getvalue())]))


# What stays the same


def told_of(history: History, today: dt.date) -> dict[str, Any]:
    """Everything that is worked out, but for dates and words."""
    summary = summary_json(as_of(history, today))
    for name in ("mrn", "figures", "next_due", "flags", "diagnosed", "biopsies"):
        summary.pop(name)
    summary["response"].pop("since")
    for each in summary["lines"]:
        each.pop("start"), each.pop("end")
    for each in summary["adverse_events"]:
        each.pop("onset"), each.pop("resolved")
    scores = [(each.index, each.least, each.most, each.survival) for each in indices(history)]
    return {**summary, "scores": scores}


def to_the_day(record: Any) -> Any:
    """With the middle of every partial date in its place."""
    changes: dict[str, Any] = {}
    for name, value in record:
        if isinstance(value, PartialDate):
            changes[name] = PartialDate.of(value.middle)
        if name == "grades":
            changes[name] = [
                GradeEpisode(date=PartialDate.of(each.date.middle), grade=each.grade)
                for each in value
            ]
    return build(type(record), {**dict(record), **changes})


@pytest.mark.parametrize("shift", [-365, 77])
@pytest.mark.parametrize("number", range(4))
def test_what_is_worked_out_of_days_is_the_same_after_a_shift(number: int, shift: int) -> None:
    records = made_up_patient(number, seed=7) if number else published_case()
    history = of_patient(map(to_the_day, records))
    then = TODAY + dt.timedelta(days=shift)
    assert told_of(studied(history, StudyNumber(1, shift), TODAY), then) == told_of(history, TODAY)


@pytest.mark.parametrize("number", range(4))
def test_and_of_any_date_where_nothing_is_shifted(number: int) -> None:
    history = of_patient(made_up_patient(number, seed=9) if number else published_case())
    assert told_of(studied(history, StudyNumber(1, 0), TODAY), TODAY) == told_of(history, TODAY)


@given(
    st.dates(dt.date(1930, 1, 1), dt.date(2020, 1, 1)), a.partial_dates(), st.integers(-365, 365)
)
def test_the_age_at_an_exact_diagnosis_stays(
    birth: dt.date, diagnosed: PartialDate, shift: int
) -> None:
    today = diagnosed.last + dt.timedelta(days=30)
    history = a.history(a.diagnosis(date=str(diagnosed)), birth_date=birth)
    if not diagnosed.exact or diagnosed.last < birth or is_grouped(history, today):
        return
    told = studied(history, StudyNumber(1, shift), today)
    (then,) = told.of(Diagnosis)
    assert told.patient.age_on(then.date.first) == history.patient.age_on(diagnosed.first)
    assert abs((told.patient.birth_date - birth).days - shift) <= 1


@given(a.partial_dates(), a.partial_dates(), st.integers(-365, 365))
def test_a_record_that_could_be_saved_can_be_studied(
    start: PartialDate, end: PartialDate, shift: int
) -> None:
    """A partial date is never shifted past another one in which something ended."""
    if end.last < start.first:
        start, end = end, start
    line = a.line(str(start), str(end))
    (told,) = studied(a.history(line), StudyNumber(1, shift), TODAY).of(TreatmentLine)
    assert told.end is not None
    assert (told.start.exact, told.end.exact) == (start.exact, end.exact)
    assert abs((told.start.first - start.first).days - shift) <= 366


# Ages


@given(st.integers(20, 110), st.integers(0, 40), st.integers(-365, 365))
def test_nobody_is_told_to_be_older_than_90(age: int, years: int, shift: int) -> None:
    diagnosed = dt.date(2005, 5, 10)
    birth = dt.date(2005 - age, 3, 1)
    today = dt.date(2005 + years, 8, 1)
    history = a.history(a.diagnosis(date=str(diagnosed)), birth_date=birth)
    told = studied(history, StudyNumber(1, shift), today)
    last = told.patient.age_on(today + dt.timedelta(days=shift))
    assert last <= 90
    assert is_grouped(history, today) is (age + years > 89)
    if not is_grouped(history, today):
        assert last in {age + years - 1, age + years}


# Ids and names


def test_ids_are_new_and_references_hold() -> None:
    line = a.moga()
    records = [
        line,
        *a.course(line, 2),
        a.event(treatment_line=line.id),
        a.attachment(),
        a.snooze(),
    ]
    history = a.history(*records)
    told = studied(history, NUMBER, TODAY)
    assert told.patient.mrn == "S-0042"
    assert not {record.id for record in records} & {*told.by_id}
    assert len(told.infusions_of(told.lines[0])) == len(history.infusions_of(line))
    assert {kind.table_name() for kind in told.records} == {
        *("treatment_line", "cycle", "infusion", "adverse_event")
    }
    other = studied(history, StudyNumber(7, 100), TODAY)
    assert not {*other.by_id} & {*told.by_id}


def test_patients_leave_in_the_order_of_their_numbers() -> None:
    anna, zoe = (a.history(id=uuid.uuid4(), mrn=mrn) for mrn in ("1", "2"))
    numbers = {anna.patient.id: StudyNumber(9, 40), zoe.patient.id: StudyNumber(3, 50)}
    told = all_studied([anna, zoe], numbers, TODAY)
    assert [each.patient.mrn for each in told] == ["S-0003", "S-0009"]


def test_an_export_of_nobody_has_its_tables() -> None:
    files = [*registry_files(Chosen((), 3), {}, TODAY)]
    assert {each.name for each in files} >= {"README.txt", "patient.csv", "data_dictionary.csv"}
