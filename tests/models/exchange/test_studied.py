"""Of a studied history nobody is told; what is worked out of days that are known is the same."""

import datetime as dt
import io
import uuid
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from models.adverse_event import GradeEpisode
from models.base import BOOKKEEPING, Record
from models.demo.case import published_case
from models.demo.made_up import made_up_patient
from models.diagnosis import Diagnosis
from models.exchange.columns import KINDS
from models.exchange.formats import FORMATS
from models.exchange.outgoing import OutFile
from models.exchange.registry.columns import Dates
from models.exchange.registry.studied import LEAVES, all_studied, is_grouped, studied
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
from models.visit import Visit
from tests.models import builders as a
from tests.models.exchange.planting import Garden, all_planted, to_the_day

TODAY = dt.date(2026, 11, 1)
NUMBER = a.study_number(42, 100)
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


@pytest.mark.parametrize("shift", [-365, 77])
@pytest.mark.parametrize("number", range(4))
def test_what_is_worked_out_of_days_is_the_same_after_a_shift(number: int, shift: int) -> None:
    records = made_up_patient(number, seed=7) if number else published_case()
    history = of_patient(map(to_the_day, records))
    then = TODAY + dt.timedelta(days=shift)
    assert told_of(studied(history, a.study_number(1, shift), TODAY), then) == told_of(
        history, TODAY
    )


@pytest.mark.parametrize("number", range(4))
def test_and_of_any_date_where_nothing_is_shifted(number: int) -> None:
    history = of_patient(made_up_patient(number, seed=9) if number else published_case())
    assert told_of(studied(history, a.study_number(1, 0), TODAY), TODAY) == told_of(history, TODAY)


@given(st.dates(dt.date(1930, 1, 1), dt.date(2020, 1, 1)), a.partial_dates(), a.shifts())
def test_the_age_at_an_exact_diagnosis_stays(
    birth: dt.date, diagnosed: PartialDate, shift: int
) -> None:
    today = diagnosed.last + dt.timedelta(days=30)
    history = a.history(a.diagnosis(date=str(diagnosed)), birth_date=birth)
    told = studied(history, a.study_number(1, shift), today)
    if not diagnosed.exact or diagnosed.last < birth or is_grouped(told, today):
        return
    (then,) = told.of(Diagnosis)
    assert told.patient.age_on(then.date.first) == history.patient.age_on(diagnosed.first)
    assert abs((told.patient.birth_date - birth).days - shift) <= 1


@given(a.partial_dates(), a.partial_dates(), a.shifts())
def test_a_record_that_could_be_saved_can_be_studied(
    start: PartialDate, end: PartialDate, shift: int
) -> None:
    """A partial date is never shifted past another one in which something ended."""
    if end.last < start.first:
        start, end = end, start
    line = a.line(str(start), str(end))
    (told,) = studied(a.history(line), a.study_number(1, shift), TODAY).of(TreatmentLine)
    assert told.end is not None
    assert (told.start.exact, told.end.exact) == (start.exact, end.exact)
    assert abs((told.start.first - start.first).days - shift) <= 366


@given(st.dates(dt.date(2000, 1, 1), dt.date(2020, 1, 1)), st.integers(0, 2000), a.shifts())
@settings(max_examples=50)
def test_nobody_dies_before_the_last_visit_or_is_diagnosed_after_the_first(
    seen: dt.date, later: int, shift: int
) -> None:
    last = seen + dt.timedelta(days=later)
    visits = [a.visit(day, id=uuid.uuid4()) for day in (seen, last)]
    for letters in (4, 7):
        diagnosis = a.diagnosis(date=str(seen)[:letters])
        history = a.history(diagnosis, *visits, death_date=str(last)[:letters])
        told = studied(history, a.study_number(1, shift), TODAY)
        first, *_others = told.of(Diagnosis)
        death = told.patient.death_date
        assert death is not None
        assert first.date.first <= told.of(Visit)[0].date
        assert death.last >= told.of(Visit)[1].date


@pytest.mark.parametrize("date", [PartialDate(2015), PartialDate(2015, 2)])
def test_on_which_day_a_partial_date_is_placed_the_secret_alone_tells(date: PartialDate) -> None:
    numbers = [replace(NUMBER, secret=bytes([n])) for n in range(60)]
    days = [each.day_of(date) for each in numbers]
    assert days == [each.day_of(date) for each in numbers]
    assert all(date.first <= day <= date.last for day in days)
    assert len({*days}) > 20


# Ages


@given(st.integers(20, 110), st.integers(0, 40), a.shifts())
def test_nobody_is_told_to_be_older_than_90(age: int, years: int, shift: int) -> None:
    diagnosed = dt.date(2005, 5, 10)
    birth = dt.date(2005 - age, 3, 1)
    today = dt.date(2005 + years, 8, 1)
    history = a.history(a.diagnosis(date=str(diagnosed)), birth_date=birth)
    told = studied(history, a.study_number(1, shift), today)
    last = told.patient.age_on(today + dt.timedelta(days=shift))
    assert last <= 90
    if is_grouped(told, today):
        assert age + years >= 88
    else:
        assert age + years <= 89
        assert last in {age + years - 1, age + years}


@given(st.dates(dt.date(1925, 1, 1), dt.date(1945, 1, 1)), a.shifts(), a.shifts(), st.booleans())
def test_a_birth_told_is_no_other_by_another_shift(
    born: dt.date, one: int, other: int, died: bool
) -> None:
    """Whoever knows what is told and the days of two exports knows as much by either shift."""
    for today in (TODAY, TODAY + dt.timedelta(days=40)):
        told = set()
        for shift in (one, other):
            by = dt.timedelta(days=shift)
            death = PartialDate.of(dt.date(2026, 10, 1) - by) if died else None
            history = a.history(birth_date=born - by, death_date=death)
            there = studied(history, a.study_number(1, shift), today)
            told.add((there.patient.birth_date, is_grouped(there, today)))
        assert len(told) == 1


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
    other = studied(history, a.study_number(7, 100), TODAY)
    assert not {*other.by_id} & {*told.by_id}


def test_the_same_key_is_the_same_record_in_the_next_export() -> None:
    visits = [a.visit(f"2026-0{n}-01", id=uuid.uuid4()) for n in range(1, 6)]
    told = [studied(a.history(*known), NUMBER, TODAY) for known in (visits[1:4], visits)]
    before, after = ({each.id: each for each in each.of(Visit)} for each in told)
    assert len(after.keys() - before.keys()) == 2
    assert {key: after[key].date for key in before} == {key: before[key].date for key in before}
    assert told[0].patient.id == told[1].patient.id
    elsewhere = replace(NUMBER, secret=b"another clinic's")
    assert not {*studied(a.history(*visits), elsewhere, TODAY).by_id} & {*after}


def test_patients_leave_in_the_order_of_their_numbers() -> None:
    anna, zoe = (a.history(id=uuid.uuid4(), mrn=mrn) for mrn in ("1", "2"))
    numbers = {anna.patient.id: a.study_number(9, 40), zoe.patient.id: a.study_number(3, 50)}
    told = all_studied([anna, zoe], numbers, TODAY)
    assert [each.patient.mrn for each in told] == ["S-0003", "S-0009"]


def test_an_export_of_nobody_has_its_tables() -> None:
    files = [*registry_files(Chosen((), 3), {}, TODAY)]
    assert {each.name for each in files} >= {"README.txt", "patient.csv", "data_dictionary.csv"}
