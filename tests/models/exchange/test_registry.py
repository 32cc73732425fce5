"""The registry export: who is in it, what its tables say, and who can be told apart."""

import csv
import datetime as dt
import io
import re
import uuid
from collections import Counter
from typing import Any

import pytest

from models.at_diagnosis import at_diagnosis
from models.base import ClinicError, PatientRecord
from models.demo.case import published_case
from models.demo.made_up import made_up_patient
from models.diagnosis import Diagnosis
from models.endpoints import endpoints
from models.exchange.registry.columns import Dates
from models.exchange.registry.small_cells import FEWEST, small_cells
from models.exchange.registry.written import Chosen, consenting, registry_files, willing
from models.history import History
from models.values import PartialDate
from tests.models import builders as a
from tests.models.exchange.planting import to_the_day

TODAY = dt.date(2026, 11, 1)
GIVEN = dt.date(2025, 3, 1)
ONE = a.study_number(17, -200)


def of_patient(records: Any) -> History:
    patient, *others = records
    return History.of_records(patient, others)


def tables(
    history: History, dates: Dates = Dates.DAYS, today: dt.date = TODAY
) -> dict[str, list[dict[str, str]]]:
    files = registry_files(Chosen((history,), 4), {history.patient.id: ONE}, today, dates)
    return {
        each.name: list(csv.DictReader(io.StringIO(each.content.decode("utf-8-sig"))))
        for each in files
        if each.name.endswith(".csv")
    }


def one_row(name: str, *records: PatientRecord, **about: Any) -> dict[str, str]:
    (row,) = tables(a.history(*records, **about))[name]
    return row


# Who is in it


@pytest.mark.parametrize(
    ("withdrawn", "on", "is_in"),
    [
        (None, GIVEN, True),
        (None, GIVEN - dt.timedelta(days=1), False),
        ("2026-01-01", dt.date(2025, 12, 31), True),
        ("2026-01-01", dt.date(2026, 1, 1), False),
    ],
)
def test_only_who_consents_on_the_day_is_in_it(
    withdrawn: str | None, on: dt.date, is_in: bool
) -> None:
    history = a.history(a.consent(str(GIVEN), withdrawn=withdrawn, purpose="registry"))
    found = consenting([history, a.history(id=uuid.uuid4())], on)
    assert (found.histories, found.others) == (((history,), 1) if is_in else ((), 2))


def test_another_consent_is_none_and_without_any_nothing_is_exported() -> None:
    history = a.history(a.consent(str(GIVEN), purpose="publication"))
    with pytest.raises(ClinicError, match="consent to a registry"):
        willing([history], TODAY)


# What its tables say


def test_time_is_told_in_days_since_the_diagnosis() -> None:
    records = (a.diagnosis(date="2020-01-06"), a.visit("2020-02-05"), a.biopsy(date="2019-12"))
    assert one_row("visit.csv", *records)["date_day"] == "30"
    assert one_row("diagnosis.csv", *records)["date_day"] == "0"
    biopsy = one_row("biopsy.csv", *records)
    assert biopsy["date_known_to"] == "month"
    assert abs(int(biopsy["date_day"]) + 21) <= 31


def test_grades_too_and_a_death() -> None:
    grades = [{"date": "2020-02-05", "grade": 2}, {"date": "2020-02-15", "grade": 1}]
    event = a.event(onset="2020-02-05", grades=grades)
    records = (a.diagnosis(date="2020-01-06"), event)
    row = one_row("adverse_event.csv", *records)
    assert (row["onset_day"], row["grades"]) == ("30", "30:2; 40:1")
    patient = one_row("patient.csv", *records, death_date="2021")
    assert patient["death_date_known_to"] == "year"
    assert abs(int(patient["death_date_day"]) - 543) <= 366


@pytest.mark.parametrize("dates", Dates)
def test_no_date_of_the_record_is_in_it_and_none_at_all_in_days(dates: Dates) -> None:
    history = of_patient(published_case())
    days = {str(each.when) for found in history.records.values() for each in found if each.when}
    told = str(tables(history, dates))
    assert not any(re.search(rf"\b{day}\b", told) for day in days if len(day) == 10)
    assert bool(re.search(r"\d{4}-\d{2}-\d{2}", told)) is (dates is Dates.SHIFTED)


def test_figures_stand_beside_what_was_recorded_and_are_those_of_the_original() -> None:
    history = of_patient(map(to_the_day, made_up_patient(3, seed=7)))
    survival = endpoints(history, TODAY).overall_survival
    assert survival is not None
    for dates in Dates:
        told = tables(history, dates)
        (patient,) = told["patient.csv"]
        assert patient["overall_survival_least"] == str(survival.days.least)
        assert patient["overall_survival_most"] == str(survival.days.most)
        found = at_diagnosis(history)
        assert found is not None
        assert patient["stage_at_diagnosis"] == found.staging.stage
        assert [each["number"] for each in told["treatment_line.csv"]] == ["1", "2", "3", "4"]


def test_an_age_above_89_is_a_least_age() -> None:
    diagnosis = a.diagnosis(date="2020-01-06")
    row = one_row("patient.csv", diagnosis, birth_date="1925-03-01", death_date="2022-05-01")
    assert (row["age_is_least"], int(row["age_at_diagnosis"]) <= 90) == ("yes", True)
    row = one_row("patient.csv", diagnosis, birth_date="1950-03-01")
    assert (row["age_is_least"], row["age_at_diagnosis"]) == ("no", "69")


def test_without_a_diagnosis_days_are_counted_from_the_first_record() -> None:
    row = one_row("visit.csv", a.visit("2020-02-05"))
    assert row["date_day"] == "0"
    row = one_row("patient.csv", a.visit("2020-02-05"))
    assert (row["disease"], row["age_at_diagnosis"], row["stage_at_diagnosis"]) == ("", "", "")


def test_days_tell_no_more_than_shifted_dates_of_the_same_records() -> None:
    """Counted from the middle of a true year they would tell the day of the year."""
    for diagnosed, started in (("2015-03-04", "2017"), ("2015", "2017-05"), ("2015-03", "2016")):
        line, visit = a.line(started), a.visit("2026-10-01")
        history = a.history(a.diagnosis(date=diagnosed), line, visit)
        days, shifted = (tables(history, dates) for dates in Dates)
        (origin,) = [middle(row["date"]) for row in shifted["diagnosis.csv"]]
        for name, date in (("treatment_line", "start"), ("visit", "date")):
            (told,), (dated,) = days[f"{name}.csv"], shifted[f"{name}.csv"]
            assert int(told[f"{date}_day"]) == (middle(dated[date]) - origin).days
        seen = PartialDate.parse(shifted["visit.csv"][0]["date"])
        assert (seen.first - visit.date).days == ONE.shift_days
        figures = ["overall_survival_least", "overall_survival_most", "age_at_diagnosis"]
        assert [[each["patient.csv"][0][name] for name in figures] for each in (days, shifted)] == [
            [days["patient.csv"][0][name] for name in figures]
        ] * 2


def middle(told: str) -> dt.date:
    return PartialDate.parse(told).middle


def test_a_later_export_tells_nothing_of_the_day_on_which_it_is_made() -> None:
    old = a.history(a.diagnosis(date="2015"), a.visit("2026-10-01"), birth_date="1950-05-05")
    for dates in Dates:
        assert tables(old, dates) == tables(old, dates, TODAY + dt.timedelta(days=60))


@pytest.mark.parametrize("dates", Dates)
def test_the_dictionary_explains_every_column(dates: Dates) -> None:
    told = tables(of_patient(published_case()), dates)
    explained = Counter((row["table"], row["column"]) for row in told.pop("data_dictionary.csv"))
    assert set(explained.values()) == {1}
    for name, rows in told.items():
        for column in rows[0] if rows else ():
            assert explained[name.removesuffix(".csv"), column]


def test_it_claims_to_be_no_registrys_format_and_says_how_many_are_left_out() -> None:
    history = a.history()
    first = next(registry_files(Chosen((history,), 4), {history.patient.id: ONE}, TODAY))
    words = first.content.decode()
    assert first.name == "README.txt"
    assert "not the format of PROCLIPI" in words
    assert "1 patient. 4 patients on file are not in it" in words


# Small cells


def test_who_can_be_told_apart_is_counted_as_by_hand() -> None:
    histories = [of_patient(made_up_patient(number, seed=3)) for number in range(1, 25)]
    histories = [each for each in histories if each.of(Diagnosis)]
    histories += [a.history(a.diagnosis(date="2020-01-06"), id=uuid.uuid4()) for _ in range(FEWEST)]
    seen: list[tuple[Any, ...]] = []
    for each in histories:
        staged = at_diagnosis(each)
        stage = staged.staging.stage if staged else None
        for diagnosis in each.of(Diagnosis)[:1]:
            age = (diagnosis.date.middle - each.patient.birth_date).days / 365.2425
            seen.append((each.patient.sex, int(age) // 10, diagnosis.disease, stage))
    rare = sum(n for n in Counter(seen).values() if n < FEWEST)
    assert 0 < rare < len(histories)
    assert small_cells(histories).patients == rare


def test_it_is_said_in_a_sentence_and_line_by_line() -> None:
    old = a.history(a.diagnosis(date="2020-01-06"), birth_date="1925-03-01")
    found = small_cells([old, a.history(a.visit("2020-01-06"))])
    assert found.sentence.startswith("2 patients can be told apart by sex, age group")
    assert any("over 89" in line for line in found.lines)
    assert any("age at diagnosis not known" in line for line in found.lines)
    assert small_cells([]).sentence == ""
