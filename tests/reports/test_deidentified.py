"""Nothing in a de-identified file tells of whom it is, where and when it was."""

import datetime as dt
import re
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

from models.base import ClinicError, PatientRecord, Record, build
from models.demo.case import published_case
from models.demo.made_up import made_up_patient
from models.history import History
from models.letterhead import Letterhead
from models.patient import Patient
from models.practice import Criteria
from models.rule_book import rule_book
from models.values import PartialDate
from models.words import counted_days, day_words, days_counted_from, long_day_words
from reports.asked import Asked, Printing
from reports.catalogue import CASE_PACK, FOR_THE_PATIENT, REPORTS, Report
from tests.models.planted import of_somebody_else, planted
from tests.reports.conftest import AS_OF
from tests.thorough import some

TODAY = dt.date(2026, 11, 1)
ANONYMOUS = [report for report in REPORTS.values() if report.can_be_anonymous]
PLANTED = "Zanzibarovic"
HERE = Printing(
    "Clinique Quagadugu",
    "u-krzyzewski",
    dt.datetime(2026, 11, 1, 14, 2, tzinfo=dt.UTC),
    letterhead=build(Letterhead, {"address": "Vosgesstrasse 77", "phone": "0900 112233"}),
    anonymous=True,
)
ELSEWHERE = Printing("A", "b", dt.datetime(1999, 1, 1, tzinfo=dt.UTC), anonymous=True)
OF_THE_PLACE = ("Quagadugu", "krzyzewski", "Vosges", "0900 112233")


def patient(number: int) -> tuple[History, dt.date]:
    """The published case, or a made-up patient, and the day as of which is told."""
    first, *records = made_up_patient(number, seed=11) if number else published_case()
    assert isinstance(first, Patient)
    own = [record for record in records if isinstance(record, PatientRecord)]
    return History.of_records(first, own), TODAY if number else AS_OF


def later(day: dt.date) -> dt.date:
    return day.replace(year=day.year + 4)


@pytest.mark.parametrize("report", ANONYMOUS, ids=lambda report: report.kind)
@pytest.mark.parametrize("number", range(4))
def test_the_file_is_the_same_whoever_it_is_and_whenever_it_was(
    number: int, report: Report
) -> None:
    """Another name, number and birth date, other words, ids, clinic and user, four years later."""
    history, today = patient(number)
    one = report.build(Asked(planted(history, PLANTED), today), HERE)
    another = of_somebody_else(planted(history, "Somebody quite different"))
    assert report.build(Asked(another, later(today)), ELSEWHERE) == one


@pytest.mark.parametrize("number", some(range(41)[::-1]))
def test_nothing_in_the_file_identifies(number: int, tmp_path: Path) -> None:
    history, today = patient(number)
    named = planted(history, PLANTED)
    wanted = [*needles(named), *names(history.patient)]
    for report in (
        ANONYMOUS if number == 0 else [ANONYMOUS[(number + number // 4) % len(ANONYMOUS)]]
    ):
        path = tmp_path / f"{report.kind}.pdf"
        path.write_bytes(report.build(Asked(named, today), HERE))
        text, streams = read(path)
        assert "De-identified patient" in text
        everything = (text + streams).casefold()
        assert [each for each in wanted if each.casefold() in everything] == []
        assert re.search(r"\d{4}-\d\d-\d\d|\d\d?\.\d\d?\.\d{4}", text) is None
        assert re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}", text) is None
        assert re.search(r"\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b", text) is None
        assert years_told(text) & years_of(named) == set(), report.kind


def needles(history: History) -> Iterator[str]:
    """What must not be found, in any form in which it may be written."""
    yield from (PLANTED, *OF_THE_PLACE)
    yield from (str(record.id) for record in records(history))
    yield from (record.id.hex for record in records(history))
    birth = history.patient.birth_date
    yield from (birth.isoformat(), f"{birth:%d.%m.%Y}", f"{birth:%d/%m/%Y}", f"{birth:%Y%m%d}")
    yield from (day_words(birth), long_day_words(birth))


def names(person: Patient) -> tuple[str, str]:
    return person.family_name, person.mrn


def records(history: History) -> list[Record]:
    return [history.patient, *(each for found in history.records.values() for each in found)]


def years_of(history: History) -> set[int]:
    return {history.patient.birth_date.year, *(day.year for day in days(records(history)))}


def days(values: Iterable[Any]) -> Iterator[dt.date | PartialDate]:
    for value in values:
        if isinstance(value, dt.date | PartialDate):
            yield value
        elif isinstance(value, Record):
            yield from days(getattr(value, name) for name in type(value).model_fields)
        elif isinstance(value, list):
            yield from days(value)


PUBLISHED = sorted(
    {
        *(
            text
            for section in rule_book()
            for rule in section.rules
            for text in (rule.title, rule.source)
        ),
        *(criteria.label for criteria in Criteria),
    },
    key=len,
    reverse=True,
)


def years_told(text: str) -> set[int]:
    """Numbers that can be years, but for those of publications, of days and of figures."""
    text = " ".join(text.split())
    for citation in PUBLISHED:
        text = text.replace(citation, "")
    text = re.sub(r"days? −?\d+( – (about )?day \d+)?|\d+ (mg|cells|infusions)\b", "", text)
    return {int(year) for year in re.findall(r"(?<![\d.,×])(?:19|20)\d\d(?![\d.,])", text)}


def read(path: Path) -> tuple[str, str]:
    """The text of the pages with every text in any object of the file; and what streams hold."""
    pages = subprocess.run(
        ["pdftotext", "-raw", str(path), "-"], capture_output=True, text=True, check=True
    )
    reader = PdfReader(path)
    objects = [reader.get_object(number) for number in range(1, len(reader.xref[0]) + 1)]
    words = [word for each in objects for word in words_in(each)]
    streams = [each.get_data() for each in objects if isinstance(each, StreamObject)]
    return pages.stdout + "\n".join(words), b"\n".join(streams).decode("latin-1")


def words_in(value: Any) -> Iterator[str]:
    if isinstance(value, DictionaryObject):
        for name, part in value.items():
            if name not in {"/CreationDate", "/ModDate"}:
                yield from (str(name), *words_in(part))
    elif isinstance(value, ArrayObject):
        for part in value:
            yield from words_in(part)
    elif isinstance(value, str):
        yield value


def test_the_scanner_finds_what_a_page_with_a_name_tells(tmp_path: Path) -> None:
    history, today = patient(0)
    path = tmp_path / "named.pdf"
    path.write_bytes(
        REPORTS["timeline"].build(Asked(history, today), replace(HERE, anonymous=False))
    )
    text, _streams = read(path)
    birth = long_day_words(history.patient.birth_date)
    for word in (*names(history.patient), *OF_THE_PLACE[:1], day_words(history.patient.birth_date)):
        assert word in text or birth in text
    assert years_told(text) >= {2015, 2017}


def test_the_birth_date_is_not_counted_in_days() -> None:
    history, _today = patient(0)
    birth = history.patient.birth_date
    with days_counted_from(dt.date(2011, 7, 2)):
        assert day_words(birth) == counted_days(birth, birth, dt.date(2011, 7, 2)) == "day −19480"


def test_a_report_that_cannot_be_anonymous_is_refused() -> None:
    history, today = patient(0)
    with pytest.raises(ClinicError, match="cannot be printed de-identified") as refused:
        FOR_THE_PATIENT.build(Asked(history, today), HERE)
    assert "Case pack" in str(refused.value)


def test_a_case_pack_is_anonymous_unasked() -> None:
    history, today = patient(0)
    asked = Asked(history, today)
    named = replace(HERE, anonymous=False)
    assert CASE_PACK.build(asked, named) == CASE_PACK.build(asked, HERE)
