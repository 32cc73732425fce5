"""What every record has: checked values, sentences for what is wrong, fields described once."""

import datetime as dt
import re
import uuid
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import DateTime, Uuid, inspect
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.types import TypeEngine

from models.account import Account
from models.adverse_event import GradeEpisode
from models.base import (
    BOOKKEEPING,
    ClinicError,
    InvalidRecord,
    Record,
    ReferenceColumn,
    UtcColumn,
    build,
    described_fields,
    revised,
    worked_out_fields,
)
from models.biopsy import Biopsy, Pattern
from models.blood import BloodCount
from models.drug import Drug
from models.imaging import Node
from models.laboratory import LabResult
from models.letterhead import Letterhead, usual_letterhead
from models.patient import Consent, Patient
from models.population import SavedPopulation
from models.practice import Practice, RuleConfirmation
from models.records import BY_NAME, OF_A_PATIENT, RECORDS
from models.rules import Rule, Standing
from models.safekeeping import Safekeeping, usual_safekeeping
from models.treatment import TreatmentLine
from models.values import Grade, PartialDate
from models.visit import Visit
from tests.models import builders as a

ONE_OF_EACH: tuple[Record, ...] = (
    build(Account, {"name": "anna", "role": "clinician"}),
    usual_safekeeping(),
    a.practice(),
    usual_letterhead(),
    a.confirmation(Rule("x.y", "X", "Y 2020", Standing.UNVERIFIED, "So it is.")),
    a.drug(),
    a.population(),
    a.patient(),
    a.attachment(),
    a.consent(),
    a.diagnosis(),
    a.staging(),
    a.line(),
    a.cycle(a.line()),
    a.infusion(a.cycle(a.line())),
    a.skin_score(a.START, 12),
    a.blood_count(a.START, 300),
    a.lab(),
    a.molecular(),
    a.imaging(),
    a.assessment(a.START),
    a.event(),
    a.biopsy(),
    a.visit(a.START),
    a.snooze(),
)


def problems(record: Record, **wrong: Any) -> dict[str, str]:
    with pytest.raises(InvalidRecord) as refused:
        revised(record, **wrong)
    return refused.value.problems


@pytest.mark.parametrize("record", ONE_OF_EACH, ids=lambda record: record.table_name())
def test_a_record_is_built_as_sqlmodel_does(record: Record) -> None:
    values = record.model_dump()
    ours, theirs = build(type(record), values), type(record).model_validate(values)
    assert ours == theirs
    assert ours.model_fields_set == theirs.model_fields_set
    assert vars(ours).keys() == vars(theirs).keys()
    ours.notes = "seen"
    assert inspect(ours).attrs.notes.history.has_changes()


def test_there_is_one_of_each() -> None:
    assert {type(record) for record in ONE_OF_EACH} == set(RECORDS)
    assert set(BY_NAME.values()) == set(RECORDS)
    own = {Account, Safekeeping, Practice, Letterhead, RuleConfirmation, Drug, SavedPopulation}
    assert set(RECORDS) == {*own, Patient, *OF_A_PATIENT}


@pytest.mark.parametrize(
    ("record", "wrong", "sentence"),
    [
        (a.visit(a.START), {"status": None}, "This is needed."),
        (a.visit(a.START), {"status": ""}, "This is needed."),
        (a.visit(a.START), {"ecog": "fit"}, "Give a whole number."),
        (a.visit(a.START), {"ecog": 1.5}, "Give a whole number."),
        (a.visit(a.START), {"ecog": [1]}, "Give a whole number."),
        (a.visit(a.START), {"ecog": 6}, "Give 5 or less."),
        (a.visit(a.START), {"ecog": -1}, "Give 0 or more."),
        (a.visit(a.START), {"weight_kg": 0}, "Give more than 0."),
        (a.visit(a.START), {"weight_kg": 400.5}, "Give 400 or less."),
        (a.visit(a.START), {"weight_kg": "heavy"}, "Give a number."),
        (a.visit(a.START), {"weight_kg": {}}, "Give a number."),
        (a.visit(a.START), {"weight_kg": float("nan")}, "This cannot be right."),
        (a.visit(a.START), {"symptoms": 7}, "This cannot be right."),
        (a.skin_score(a.START, 3), {"total_stated": 400.5}, "Give 400 or less."),
        (a.skin_score(a.START, 3), {"total_stated": -0.5}, "Give 0 or more."),
        (a.blood_count(a.START, 3), {"cd4_cd7_negative": -0.5}, "Give 0 or more."),
        (a.blood_count(a.START, 3), {"sezary_percent": 100.5}, "Give 100 or less."),
        (a.visit(a.START), {"seen_by": "x" * 101}, "This is too long: 100 characters at most."),
        (
            a.visit(a.START),
            {"status": "seen"},
            "Choose one of: planned, done, missed or cancelled.",
        ),
        (
            a.line(),
            {"stop_reason": "boredom"},
            "Choose one of: progression, no response, toxicity, intolerance, completed, "
            "patient's choice, transplant, death or other.",
        ),
        (a.visit(a.START), {"date": "yesterday"}, "Give a full date, as 2015-07-20."),
        (a.visit(a.START), {"date": "2020-01"}, "Give a full date, as 2015-07-20."),
        (a.visit(a.START), {"date": []}, "Give a full date, as 2015-07-20."),
        (a.visit(a.START), {"date": "2020-01-01T08:00"}, "This cannot be right."),
        (
            a.event(),
            {"onset": "07/2015"},
            "A date is a year, year-month or year-month-day, as 2015-07-20.",
        ),
        (a.event(), {"onset": "2015-02-30"}, "There is no such date."),
        (a.event(), {"onset": "1066"}, "Give a year from 1880 to 2200."),
        (a.event(), {"onset": 2015}, "This is not a date."),
        (a.event(), {"serious": "perhaps"}, "Answer yes or no."),
        (a.event(), {"treatment_line": "the second"}, "This names no record."),
        (a.event(), {"grades": [{"date": "2020", "grade": 6}]}, "Choose one of: 1, 2, 3, 4 or 5."),
        (a.event(), {"grades": [{"date": "2020"}]}, "This is needed."),
        (a.event(), {"colour": "red"}, "There is no such field."),
    ],
)
def test_a_wrong_value_is_told_in_one_sentence(
    record: Record, wrong: dict[str, Any], sentence: str
) -> None:
    assert problems(record, **wrong) == {next(iter(wrong)): sentence}


def test_every_wrong_field_is_told() -> None:
    with pytest.raises(InvalidRecord) as refused:
        build(Visit, {"patient": a.PATIENT, "ecog": 9})
    assert list(refused.value.problems) == ["date", "kind", "status", "ecog"]
    assert refused.value.happened.startswith("This visit cannot be saved. date: This is needed.;")
    assert str(refused.value).endswith("Nothing was changed. Correct what is named and save again.")


def test_what_is_no_table_of_values_is_refused() -> None:
    with pytest.raises(InvalidRecord) as refused:
        build(Visit, [SECRET])  # type: ignore[arg-type]
    assert refused.value.problems == {"": "This cannot be right."}


SECRET = "Weber, Karl"
WRONG: tuple[Any, ...] = (
    SECRET,
    SECRET * 2000,
    "1815-04-01",
    "2015-02-31",
    "2015-02-28T25:61",
    -77777.25,
    10**40,
    float("inf"),
    object(),
    SECRET.encode(),
    [SECRET],
    [{SECRET: SECRET}],
    [{"date": SECRET, "grade": 1}],
    [{"site": SECRET * 9, "long_mm": -77777.25, "short_mm": 1}],
    {SECRET: SECRET},
    {"head": {"patch": SECRET}},
    {"head": {"patch": -77777.25}},
    {"head": {SECRET: 1}},
)
OURS = re.compile(
    r"This is (needed|not a date)\.|Give a (whole )?number\.|Give (more than )?[\d.]+( or \w+)?\."
    r"|This is too long: \d+ characters at most\.|Choose one of: .+\.|There is no such \w+\."
    r"|Give a full date, as 2015-07-20\.|A date is a year, .+\.|Give a year from 1880 to 2200\."
    r"|Write a protocol as .+\.|Answer yes or no\.|This names no record\.|This cannot be right\."
    r"|The (end|date of death) lies before the (start|birth date)\."
)


def refusal(record: Record, name: str, wrong: Any) -> InvalidRecord | None:
    try:
        build(type(record), {**record.model_dump(), name: wrong})
    except InvalidRecord as refused:
        return refused
    return None


@pytest.mark.parametrize("record", ONE_OF_EACH, ids=lambda record: type(record).__name__)
def test_no_wrong_value_is_repeated_and_every_sentence_is_ours(record: Record) -> None:
    found = [refusal(record, name, wrong) for name in type(record).model_fields for wrong in WRONG]
    refused = [error for error in found if error]
    assert len(refused) > len(WRONG)
    assert all(error.__suppress_context__ and error.__cause__ is None for error in refused)
    sentences = {text for error in refused for text in error.problems.values()}
    assert [text for text in sentences if not OURS.fullmatch(text)] == []
    told = " ".join(map(str, refused))
    assert not re.search(r"Weber|77777|1815|02-31|0000000", told)


def test_an_error_for_people_is_up_to_three_sentences() -> None:
    assert str(ClinicError("It broke.", "Nothing was lost.", "Try again.")) == (
        "It broke. Nothing was lost. Try again."
    )
    assert str(ClinicError("It broke.", "", "Try again.")) == "It broke. Try again."


def test_empty_is_none_and_blanks_around_a_text_go() -> None:
    visit = a.visit(a.START, symptoms="", seen_by="  Dr Bo ", plan="   ")
    assert (visit.symptoms, visit.seen_by, visit.plan) == (None, "Dr Bo", None)
    assert problems(a.patient(), family_name="  ") == {"family_name": "This is needed."}


def test_a_correction_is_checked_as_a_whole_and_leaves_the_former() -> None:
    former = a.line("2015", "2016")
    assert revised(former, end="2017").end == PartialDate(2017)
    assert former.end == PartialDate(2016)
    assert problems(former, end="2014") == {"end": "The end lies before the start."}


@pytest.mark.parametrize(
    ("record", "wrong", "name", "sentence"),
    [
        (
            a.patient(),
            {"death_date": "1949"},
            "death_date",
            "The date of death lies before the birth date.",
        ),
        (a.line(), {"regimen": [" "]}, "regimen", "Name at least one drug or procedure."),
        (a.event(), {"grades": []}, "grades", "Enter at least one grade."),
        (a.event(), {"resolved": "2020-01"}, "resolved", "It was resolved before its onset."),
        (
            a.infusion(a.cycle(a.line())),
            {"given_on": None},
            "given_on",
            "Enter the day on which it was given.",
        ),
        (
            a.infusion(a.cycle(a.line())),
            {"status": "omitted", "reason": "fever"},
            "given_on",
            "An omitted infusion was given on no day.",
        ),
        (
            a.infusion(a.cycle(a.line())),
            {"status": "reduced"},
            "reason",
            "Say why it was not given as planned.",
        ),
        (
            a.assessment(a.START),
            {"judgement": "PR"},
            "judgement_reason",
            "Say why the judgement differs.",
        ),
        (
            a.skin_score(a.START, 3),
            {"regions": {"left hand": {"patch": 1.5, "plaque": 1.5}}},
            "regions",
            "The left hand is 2.5 % of the body; what is entered exceeds it.",
        ),
        (
            a.skin_score(a.START, 3),
            {"total_stated": None},
            "regions",
            "Enter the regions, or the total as stated.",
        ),
    ],
)
def test_a_rule_about_the_whole_record_is_told_beside_the_field_that_it_concerns(
    record: Record, wrong: dict[str, Any], name: str, sentence: str
) -> None:
    assert problems(record, **wrong) == {name: sentence}


def test_partial_dates_that_may_agree_are_let_pass() -> None:
    assert a.line("2015-07-20", "2015").end
    assert a.line("2015-07-20", "2015-07-20").end
    assert a.event("2015-07-20", resolved="2015-07").resolved
    assert a.patient(death_date="1950").death_date


@pytest.mark.parametrize("kind", RECORDS)
def test_every_field_is_described_once_with_notes_last(kind: type[Record]) -> None:
    described = described_fields(kind)
    names = [words.name for words in described]
    assert names[-1] == "notes"
    assert set(names) == set(kind.model_fields) - BOOKKEEPING
    assert len(names) == len(set(names))
    assert all(words.title for words in described)
    assert kind.singular
    assert kind.plural


@pytest.mark.parametrize("record", ONE_OF_EACH, ids=lambda record: type(record).__name__)
def test_what_is_worked_out_of_a_record_has_a_title_and_a_value(record: Record) -> None:
    for words in worked_out_fields(type(record)):
        assert words.title
        value = getattr(record, words.name)
        assert value is None or isinstance(value, words.annotation)


def test_a_table_may_show_what_is_worked_out() -> None:
    names = [words.name for words in worked_out_fields(BloodCount)]
    assert names == ["b", "b_suffixed", "b_2007"]
    counts = [a.blood_count(a.START, cells).b for cells in (None, 249, 1000)]
    assert counts == [None, "B0", "B2"]
    assert a.staging("T4 N0 M0 BX").stage == "III"
    assert a.staging("T0 N0 M0 B0").stage is None


def test_a_field_is_described_in_medical_words() -> None:
    described = {words.name: words for words in described_fields(BloodCount)}
    assert described["wbc"].heading == "Leucocytes (cells/µL)"
    assert described["clone"].heading == "Clone in blood"
    assert described["date"].required
    assert not described["clone"].required
    grouped = {words.name: words.group for words in described_fields(Biopsy)}
    assert (grouped["cd7"], grouped["date"]) == ("Markers", "")


@pytest.mark.parametrize(
    ("record", "when"),
    [
        (a.visit("2020-02-03"), PartialDate(2020, 2, 3)),
        (a.event("2020-02"), PartialDate(2020, 2)),
        (a.line("2011"), PartialDate(2011)),
        (a.consent(), None),
    ],
)
def test_a_record_is_placed_in_time_by_one_date(record: Record, when: PartialDate | None) -> None:
    assert record.when == when


@pytest.mark.parametrize(
    ("kind", "name"),
    [(LabResult, "lab_result"), (TreatmentLine, "treatment_line"), (Consent, "consent")],
)
def test_a_record_has_its_name_in_tables(kind: type[Record], name: str) -> None:
    assert kind.table_name() == name
    assert BY_NAME[name] is kind


def test_grades_and_nodes_are_read_back_as_written() -> None:
    episode = GradeEpisode(date=PartialDate(2017, 7), grade=Grade.MODERATE)
    assert str(episode) == "2017-07:2"
    assert GradeEpisode.parse(" 2017-07: 2") == episode
    node = Node(site="left axilla", long_mm=22, short_mm=14.5)
    assert str(node) == "left axilla 22x14.5"
    assert Node.parse("left axilla  22 × 14.5") == node


@pytest.mark.parametrize("text", ["2017-07", "2017-07:0", "2017-07:6", ":", "July:2", "2017-13:2"])
def test_what_is_no_grade_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"written as 2017-07:2|A date is|no such date"):
        GradeEpisode.parse(text)


@pytest.mark.parametrize("text", ["left axilla", "22x14", "left axilla 22", "left axilla 22x14mm"])
def test_what_is_no_node_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="A node is written as left axilla 22x14"):
        Node.parse(text)


def test_nodes_make_a_sum_of_products() -> None:
    nodes = [Node.parse("left axilla 22x14"), Node.parse("right groin 18x12")]
    assert a.imaging(nodes=nodes).sum_of_products == 524
    assert a.imaging().sum_of_products is None


@pytest.mark.parametrize(
    ("value", "reference", "expected"),
    [
        (450, (135, 225), (False, True, 2)),
        (225, (135, 225), (False, False, 1)),
        (90, (135, 225), (True, False, 0.4)),
        (412, (None, None), (None, None, None)),
        (1, (None, 0), (None, True, None)),
    ],
)
def test_a_laboratory_value_is_held_against_its_reference(
    value: float,
    reference: tuple[float | None, float | None],
    expected: tuple[bool | None, bool | None, float | None],
) -> None:
    low, high = reference
    result = a.lab(value=value, reference_low=low, reference_high=high)
    assert (result.low, result.high, result.times_upper_limit) == expected


def test_age_stops_at_death() -> None:
    living, dead = a.patient(), a.patient(death_date="2001-03")
    assert living.age_on(dt.date(2020, 6, 15)) == 70
    assert dead.age_on(dt.date(2020, 6, 15)) == 50
    assert dead.age_on(dt.date(2000, 6, 14)) == 49
    assert living.name == "Weber, Karl"


def test_an_adverse_event_has_the_grade_of_the_day() -> None:
    grades = [{"date": "2020-03-01", "grade": 3}, {"date": "2020-02-03", "grade": 1}]
    event = a.event(grades=grades, resolved="2020-04-10")
    on = ["2020-02-02", "2020-02-03", "2020-02-29", "2020-03-01", "2020-04-10", "2020-04-11"]
    assert [event.grade_on(a.day(text)) for text in on] == [None, 1, 1, 3, 3, None]
    assert event.worst_grade == 3
    assert [episode.grade for episode in event.course] == [1, 3]


@pytest.mark.parametrize(
    ("changes", "open_on_the_day"),
    [
        ({}, True),
        ({"outcome": "ongoing"}, True),
        ({"outcome": "resolved"}, False),
        ({"outcome": "fatal"}, False),
        ({"resolved": "2020-03-01"}, False),
        ({"resolved": "2020-03-02"}, True),
        ({"resolved": "2020-03-02", "outcome": "resolved"}, True),
        ({"resolved": "2020"}, False),
    ],
)
def test_an_adverse_event_is_open_until_it_is_over(
    changes: dict[str, Any], open_on_the_day: bool
) -> None:
    assert a.event("2020", **changes).is_open(dt.date(2020, 3, 1)) is open_on_the_day


def test_an_adverse_event_is_not_open_before_its_onset() -> None:
    assert not a.event("2020-03-02").is_open(dt.date(2020, 3, 1))


def test_an_event_of_another_kind_is_named_as_the_patient_said() -> None:
    other = a.event(term="Skin and subcutaneous tissue disorders - Other, specify")
    assert (a.event().label, other.label) == ("Rash maculo-papular", "itchy red spots")


def test_what_a_list_holds_is_checked() -> None:
    assert a.biopsy(patterns=["interface", "spongiotic"]).patterns == [
        Pattern.INTERFACE,
        Pattern.SPONGIOTIC,
    ]
    assert a.biopsy().awaited
    assert not a.biopsy(conclusion="both").awaited


@pytest.mark.parametrize("year", [1, 1879, 2201, 9999])
def test_a_year_nobody_can_mean_is_refused(year: int) -> None:
    cycle = a.cycle(a.line())
    assert problems(cycle, day_1=dt.date(year, 1, 1)) == {"day_1": "Give a year from 1880 to 2200."}
    assert revised(cycle, day_1=dt.date(2200, 12, 31)).day_1.year == 2200


# What stands in a column


def written(column: TypeEngine[Any], value: object) -> Any:
    write = column.dialect_impl(dialect()).bind_processor(dialect())
    return write(value) if write else value


def read(column: TypeEngine[Any], text: object) -> Any:
    convert = column.dialect_impl(dialect()).result_processor(dialect(), None)
    return convert(text) if convert else text


ZONES = st.integers(-12, 14).map(lambda hours: dt.timezone(dt.timedelta(hours=hours)))
MOMENTS = st.datetimes(timezones=ZONES).filter(lambda at: 1 < at.year < 9999)


@given(st.none() | MOMENTS)
def test_a_moment_is_written_as_any_date_and_time_and_read_in_utc(at: dt.datetime | None) -> None:
    naive = at.astimezone(dt.UTC).replace(tzinfo=None) if at else None
    text = written(DateTime(), naive)
    assert written(UtcColumn(), at) == text
    found = read(UtcColumn(), text)
    assert found == at
    assert at is None or found.tzinfo is dt.UTC
    assert str(UtcColumn().compile(dialect())) == str(DateTime().compile(dialect()))


@given(st.none() | st.uuids())
def test_what_points_to_a_record_is_written_and_read_as_any_id(known_by: uuid.UUID | None) -> None:
    text = written(Uuid(), known_by)
    assert written(ReferenceColumn(), known_by) == text
    assert read(ReferenceColumn(), text) == read(Uuid(), text) == known_by
    assert str(ReferenceColumn().compile(dialect())) == str(Uuid().compile(dialect()))
