"""A clinic's own spreadsheet, guessed without a hand and read into an empty clinic."""

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.diagnosis import Diagnosis
from models.exchange.arrivals import Fate, Outlook
from models.exchange.matching.cells import values_in_cell
from models.exchange.matching.guess import guess
from models.exchange.matching.memory import to_remember
from models.exchange.matching.preview import row_in_words
from models.exchange.matching.reading import MatchedReading, read
from models.exchange.matching.targets import Fill, Matching, Target, headings_of, offered
from models.exchange.tables.sheets import Sheet
from models.history import History
from models.laboratory import LabResult
from models.skin import SkinScore
from models.staging import Staging
from models.store.clinic import Clinic
from models.values import PartialDate
from models.visit import Visit
from tests.models.exchange.clinic_sheets import GERMAN, english, saved, sheet_of
from tests.thorough import times

NONE = ["", "", "", "", ""]
ANNA: list[Any] = [
    *(4711, "Muster, Anna", dt.date(1958, 3, 2), "f", "2011", "SS", "T4 NX M0 B2", "IVA"),
    *("CHOP x6", "03/2011", "12.3.12", "PR", "PD"),
    *("ECP/bexarotene", "2013", "n/a", "-", "progression"),
    *("moga", "20.7.2015", "", "CR", ""),
    *("1.2.2016", "9,5", "412", "1", "?", "her sister", "comes by train"),
]
MAX: list[Any] = [
    *("4712", "Max Probe", "12.3.58", "m", "03/2015", "MF", "T2N0M0B0", "IB"),
    *("PUVA", "2015", "2016-02", "nk", ""),
    *NONE,
    *NONE,
    *("n/a", "-", "unknown", "", "2019-05", "", ""),
]
ROWS = [ANNA, [], MAX]
REGIMEN_OF_FOUR = (
    *("total skin electron beam therapy", "methotrexate", "bexarotene", "interferon alfa"),
)
PHOTOPHERESIS = ["extracorporeal photopheresis", "bexarotene"]
MF_2011 = ("2011", "MF", "T2 N0 M0 B0")
FOLLOW_UP = {
    Target("visit", "kind", 0): Fill("follow-up"),
    Target("visit", "status", 0): Fill("done"),
}
ELSEWHERE = {Target("treatment_line", "given_here", 0): Fill("no")}
PLACE_OF_END = english(ROWS)[4].index("12.3.12")


def written(tmp_path: Path, rows: list[list[Any]]) -> Sheet:
    merged = ["E3:H3", "I3:M3", "N3:R3", "S3:W3"]
    return sheet_of(saved(tmp_path / "patients.xlsx", english(rows), merged))


def settled(matching: Matching) -> Matching:
    """What a person has to say: the order of names without a comma, what the visits were, and
    where the treatment was given.
    """
    columns = [*matching.columns]
    columns[1] = Target("patient", "name_given_first")
    return replace(
        matching, columns=tuple(columns), fills={**matching.fills, **FOLLOW_UP, **ELSEWHERE}
    )


def taken_in(clinic: Clinic, reading: MatchedReading) -> list[Outlook]:
    assert [problem.words for problem in reading.problems] == []
    looked_at = clinic.look_through(reading.arrivals)
    clinic.take_in(reading.arrivals, looked_at)
    return looked_at


def told(record: Any, *names: str) -> list[str]:
    return [str(getattr(record, name)) for name in names]


def test_columns_are_guessed_without_a_hand(tmp_path: Path) -> None:
    sheet = written(tmp_path, ROWS)
    matching = guess(sheet)
    assert (matching.first, matching.headings, matching.last) == (5, 2, 7)
    assert not matching.by_visit
    matched = dict(zip(headings_of(sheet, matching), matching.columns, strict=True))
    assert matched["Diagnosis · date"] == Target("diagnosis", "date")
    assert matched["Diagnosis · stage"] == Target("staging", "stage_stated")
    assert matched["Treatment 3 · start"] == Target("treatment_line", "start", 3)
    assert matched["Treatment 2 · reason for stop"] == Target("treatment_line", "stop_reason", 2)
    assert [heading for heading, target in matched.items() if target is None] == ["Lives with"]
    assert len(matching.sure) >= 0.9 * len(matched)


def test_a_spreadsheet_comes_in_record_by_record(clinic: Clinic, tmp_path: Path) -> None:
    sheet = written(tmp_path, ROWS)
    reading = read(sheet, settled(guess(sheet)))
    outlooks = taken_in(clinic, reading)
    assert {each.fate for each in outlooks} == {Fate.NEW}
    anna, max_ = (clinic.history(clinic.patient(mrn).id) for mrn in ("4711", "4712"))
    assert told(anna.patient, "family_name", "given_name", "birth_date", "sex") == [
        *("Muster", "Anna", "1958-03-02", "female")
    ]
    assert anna.patient.notes == "Comments: comes by train"
    assert [told(each, "date", "disease") for each in anna.of(Diagnosis)] == [
        ["2011", "Sézary syndrome"]
    ]
    assert [
        told(each, "date", "occasion", "tnmb", "stage_stated") for each in anna.of(Staging)
    ] == [["2011", "diagnosis", "T4 NX M0 B2", "IVA"]]
    names = ("regimen", "start", "end", "cycles_stated", "best_response_stated", "stop_reason")
    assert [told(line, *names) for line in anna.lines] == [
        ["['CHOP']", "2011-03", "2012-03-12", "6", "PR", "progression"],
        [f"{PHOTOPHERESIS}", "2013", "None", "None", "None", "progression"],
        ["['mogamulizumab']", "2015-07-20", "None", "None", "CR", "None"],
    ]
    assert {line.given_here for line in anna.lines} == {False}
    assert [told(each, "date", "total_stated") for each in anna.of(SkinScore)] == [
        ["2016-02-01", "9.5"]
    ]
    assert [told(each, "date", "analyte", "value", "unit") for each in anna.of(LabResult)] == [
        ["2016-02-01", "LDH", "412.0", "U/L"]
    ]
    assert [told(each, "date", "ecog", "kind") for each in anna.of(Visit)] == [
        ["2016-02-01", "1", "follow-up"]
    ]
    assert told(max_.patient, "family_name", "birth_date", "death_date") == [
        *("Probe", "1958-03-12", "2019-05")
    ]
    assert [told(line, "regimen", "start", "end") for line in max_.lines] == [
        ["['PUVA']", "2015", "2016-02"]
    ]
    assert max_.of(LabResult) == ()
    assert [problem.words for problem in reading.left] == [
        "Patients, Lives with: This column stays outside.",
        "Patients, row 1: This row stays outside.",
        "Patients, row 9: This row stays outside.",
        "Patients, row 11: This row stays outside.",
    ]


def test_a_corrected_sheet_changes_only_what_was_corrected(clinic: Clinic, tmp_path: Path) -> None:
    sheet = written(tmp_path, ROWS)
    taken_in(clinic, read(sheet, settled(guess(sheet))))
    corrected = [*ANNA]
    corrected[PLACE_OF_END] = "04/2012"
    sheet = written(tmp_path, [corrected, [], MAX])
    outlooks = taken_in(clinic, read(sheet, settled(guess(sheet))))
    changed = [each for each in outlooks if each.fate is not Fate.SAME]
    assert [each.changes for each in changed] == [
        {"end": (PartialDate(2012, 3, 12), PartialDate(2012, 4))}
    ]


def test_a_german_sheet(clinic: Clinic, tmp_path: Path) -> None:
    sheet = sheet_of(saved(tmp_path / "patienten.xlsx", GERMAN))
    matching = guess(sheet)
    assert len(matching.sure) >= 0.9 * len(GERMAN[0])
    asked = read(sheet, matching).needed
    assert set(asked) == {*FOLLOW_UP, *ELSEWHERE}
    fills = {**matching.fills, **FOLLOW_UP, **ELSEWHERE}
    reading = read(sheet, replace(matching, fills=fills))
    taken_in(clinic, reading)
    assert [row_in_words(own) for own in reading.rows.values()] == [
        "Änne Muster, Mycosis fungoides Mar 2014, T2 N0 M0 B0; 2 treatment lines given elsewhere,"
        " 1 visit done",
        "Karl Beispiel, Sézary syndrome 2014, T4 N0 M0 B2; 2 treatment lines given elsewhere,"
        " 1 visit done",
    ]
    (visit,) = clinic.history(clinic.patient("00815").id).of(Visit)
    assert told(visit, "date", "weight_kg") == ["2016-03-12", "71.5"]


def test_the_published_case_typed_as_one_row(clinic: Clinic, tmp_path: Path) -> None:
    row = [
        *("004711", "Rossi, Anna", "2.3.1958", "f", "2011", "Sézary syndrome", "T4 NX M0 B2"),
        "IVA",
        *("CHOP x3", "2011", "2011", "", "intolerance"),
        *("ECP + bexarotene", "2011", "2011", "", "progression"),
        *("TSEBT", "2013", "2013", "", "progression"),
        *("ECP + bexarotene", "2014", "2014", "", "progression"),
        *("GemOx x11", "2015", "2015", "PD", "progression"),
        *("mogamulizumab", "20.7.2015", "10/2017", "CR", "toxicity"),
        *["" for _each in range(7)],
    ]
    sheet = sheet_of(saved(tmp_path / "case.xlsx", english([row], treatments=6)))
    matching = guess(sheet)
    here = {**ELSEWHERE, Target("treatment_line", "given_here", 6): Fill("yes")}
    taken_in(clinic, read(sheet, replace(matching, fills={**matching.fills, **here})))
    history: History = clinic.history(clinic.patient("004711").id)
    assert [each.stage for each in history.of(Staging)] == ["IVA1"]
    assert [line.regimen_words for line in history.lines] == [
        "CHOP",
        "extracorporeal photopheresis + bexarotene",
        "total skin electron beam therapy",
        "extracorporeal photopheresis + bexarotene",
        "gemcitabine + oxaliplatin",
        "mogamulizumab",
    ]
    assert [line.cycles_stated for line in history.lines] == [3, None, None, None, 11, None]
    assert [line.given_here for line in history.lines] == [False] * 5 + [True]


def test_rows_of_visits_are_told_apart_by_their_dates(clinic: Clinic) -> None:
    rows = [
        ("MRN", "Name", "DOB", "Sex", "Date", "ECOG", "mSWAT", "Weight", "Comment"),
        ("17", "Muster, Eva", "1.2.1950", "f", "3/14/2019", "1", "12", "70 kg", "tired"),
        ("17", "Muster, Eva", "1.2.1950", "f", "4/2/2019", "0", "8,5", "", "better"),
    ]
    sheet = Sheet("visits.csv", rows)
    matching = guess(sheet)
    assert matching.by_visit
    assert matching.month_first
    matching = replace(matching, fills={**matching.fills, **FOLLOW_UP})
    taken_in(clinic, read(sheet, matching))
    history = clinic.history(clinic.patient("17").id)
    assert [told(each, "date", "ecog", "weight_kg", "notes") for each in history.of(Visit)] == [
        ["2019-03-14", "1", "70.0", "Comment: tired"],
        ["2019-04-02", "0", "None", "Comment: better"],
    ]
    assert [told(each, "date", "mswat") for each in history.of(SkinScore)] == [
        ["2019-03-14", "12.0"],
        ["2019-04-02", "8.5"],
    ]
    outlooks = clinic.look_through(read(sheet, matching).arrivals)
    assert {each.fate for each in outlooks} == {Fate.SAME}
    otherwise = Sheet("visits.csv", [*rows, (*rows[1][:2], "1.2.1951", "", "5/2/2019", "1")])
    (problem,) = read(otherwise, replace(matching, last=4)).problems
    assert (problem.place.row, problem.place.column) == (4, "DOB")


PERSON = ("MRN", "Name", "DOB", "Sex")
EVA = ("17", "Muster, Eva", "1.2.1950", "f")
MAX_ = ("18", "Muster, Max", "1.2.1950", "m")
FILLS = {
    Target("treatment_line", "given_here", 0): Fill("no"),
    Target("staging", "occasion", 0): Fill("diagnosis"),
}


def fates_of(clinic: Clinic, *rows: tuple[str, ...], **ways: Any) -> list[Outlook]:
    """Of what these rows bring as they are guessed, once it is in."""
    sheet = Sheet("list.csv", rows)
    matching = guess(sheet)
    ways = {"fills": {**matching.fills, **FILLS}, **ways}
    return taken_in(clinic, read(sheet, replace(matching, **ways)))


def test_another_sheet_makes_other_records(clinic: Clinic) -> None:
    course = (*PERSON, "Diagnosis date", "Diagnosis", "TNMB", "Treatment 1", "Start 1", "Date")
    first = fates_of(
        clinic, (*course, "LDH (U/L)"), (*EVA, *MF_2011, "PUVA", "2012", "1.5.2019", "300")
    )
    fates_of(clinic, (*PERSON, "Date", "LDH (U/L)"), (*EVA, "1.6.2019", "280"))
    fates_of(clinic, (*PERSON, "Date", "LDH (U/L)"), (*EVA, "1.7.2019", "260"))
    fates_of(clinic, (*PERSON, "Drug", "Begin"), (*EVA, "PUVA", "2018"))
    fates_of(clinic, (*PERSON, "Drug", "Begin"), (*EVA, "moga", "2019"))
    history = clinic.history(clinic.patient("17").id)
    assert [told(each, "value")[0] for each in history.of(LabResult)] == ["300.0", "280.0", "260.0"]
    assert [told(each, "regimen", "start") for each in history.lines] == [
        ["['PUVA']", "2012"],
        ["['PUVA']", "2018"],
        ["['mogamulizumab']", "2019"],
    ]
    assert len(first) == 5


def test_a_corrected_sheet_corrects_wherever_its_rows_stand_now(clinic: Clinic) -> None:
    course = (*PERSON, "Diagnosis date", "Diagnosis", "TNMB", "Treatment 1", "Start 1")
    rows = [(*EVA, *MF_2011, "PUVA", "2012"), (*MAX_, *MF_2011, "moga", "2013")]
    fates_of(clinic, course, *rows)
    wider = [(*row, "2014") for row in rows]
    wider[0] = (*EVA, "03/2011", *MF_2011[1:], "PUVA", "04/2012", "2014")
    fates = fates_of(clinic, (*course, "Died"), wider[1], ("19", *MAX_[1:]), wider[0])
    assert [(each.mrn, *each.changes) for each in fates if each.fate is Fate.CHANGES] == [
        ("18", "death_date"),
        ("17", "death_date"),
        *[("17", "date")] * 2,
        ("17", "start"),
    ]
    assert [each.mrn for each in fates if each.fate is Fate.NEW] == ["19"]


def test_an_empty_cell_and_one_that_cannot_be_read_erase_nothing(clinic: Clinic) -> None:
    course = (*PERSON, "Diagnosis date", "Diagnosis", "TNMB", "CD30 (%)", "Phone")
    fates_of(clinic, course, (*EVA, *MF_2011, "30", "0123"))
    for cell in ("", "n/a", "ca. 30"):
        row = (*EVA, *MF_2011, cell, "")
        assert {each.fate for each in fates_of(clinic, course, row, leave_unread=True)} == {
            Fate.SAME
        }


def test_rows_that_nothing_tells_apart_are_refused(clinic: Clinic) -> None:
    rows = (("MRN", "Drug", "Start"), ("17", "PUVA", "2012"), ("17", "PUVA", "2014"))
    sheet = Sheet("list.csv", rows)
    matching = replace(guess(sheet), by_visit=False, fills=FILLS)
    fates_of(clinic, PERSON, EVA)
    looked_at = clinic.look_through(read(sheet, matching).arrivals)
    assert {each.fate for each in looked_at} == {Fate.REFUSED, Fate.NEW}


def test_a_drug_that_the_catalogue_lacks_is_remarked_on(clinic: Clinic) -> None:
    category = {Target("treatment_line", "category", 0): Fill("systemic")}
    rows = ((*PERSON, "Treatment 1", "Start 1"), (*EVA, "ECP 2x/month", "2012"))
    *_others, line = fates_of(clinic, *rows, fills={**FILLS, **category})
    (remark,) = line.remarks
    assert "“ECP 2x/month”: it comes in as one drug" in remark


def test_dates_of_both_orders_are_asked(clinic: Clinic) -> None:
    head = ("MRN", "Name", "DOB", "Sex", "Diagnosis date", "Diagnosis")
    rows = [(*EVA[:2], "3/25/1950", "f", "4/3/2011", "MF"), (*MAX_[:2], "25/3/1950", "m", "", "")]
    sheet = Sheet("list.csv", [head, *rows])
    matching = guess(sheet)
    assert matching.month_first is None
    (problem,) = read(sheet, matching).problems
    assert (problem.place.row, problem.place.column) == (2, "Diagnosis date")
    chosen = replace(matching, month_first=True)
    taken_in(clinic, read(sheet, chosen))
    assert [str(each.patient.birth_date) for each in clinic.histories()] == ["1950-03-25"] * 2
    (diagnosis,) = clinic.history(clinic.patient("17").id).of(Diagnosis)
    assert str(diagnosis.date) == "2011-04-03"
    assert (
        guess(sheet, [to_remember(sheet, replace(chosen, month_first=False))]).month_first is None
    )


@pytest.mark.parametrize("text", ["ca. 2011", "~2011", "Frühjahr 2015", "2011?", "2015-", "<2011"])
def test_a_vague_date_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match="is no date"):
        values_in_cell(Target("diagnosis", "date"), text, {}, month_first=False)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("12.3.17", "2017-03-12"),
        ("03/2015", "2015-03"),
        ("2011", "2011"),
        ("Mai 2015", "2015-05"),
        ("12. März 2015", "2015-03-12"),
        ("2017-03-12 00:00:00", "2017-03-12"),
    ],
)
def test_a_date_stays_as_precise_as_it_is(text: str, iso: str) -> None:
    found = values_in_cell(Target("diagnosis", "date"), text, {}, month_first=False)
    assert str(found["date"]) == iso


def test_a_birth_date_of_either_century_is_asked() -> None:
    born = Target("patient", "birth_date")
    assert values_in_cell(born, "12.3.58", {}, month_first=False)["birth_date"].year == 1958
    young = f"1.1.{dt.datetime.now(dt.UTC).year % 100 - 1:02d}"
    with pytest.raises(ValueError, match="either century"):
        values_in_cell(born, young, {}, month_first=False)


@pytest.mark.parametrize(
    ("text", "drugs", "cycles"),
    [
        ("CHOP x6", ["CHOP"], 6),
        ("6 x GemOx", ["gemcitabine", "oxaliplatin"], 6),
        ("Photopherese, MTX", ["extracorporeal photopheresis", "methotrexate"], None),
        ("gemcitabine 1000 mg/m²", ["gemcitabine 1000 mg/m²"], None),
        ("something new", ["something new"], None),
        ("ECP 2x/month", ["ECP 2x/month"], None),
        ("radiotherapy 8 Gy x 3", ["radiotherapy 8 Gy x 3"], None),
        ("ECP + something new", ["ECP + something new"], None),
        ("something new, 6 cycles", ["something new"], 6),
        ("TSEBT; MTX + bex/IFN", [*REGIMEN_OF_FOUR], None),
    ],
)
def test_a_regimen(text: str, drugs: list[str], cycles: int | None) -> None:
    told = values_in_cell(Target("treatment_line", "regimen"), text, {}, month_first=False)
    assert (told["regimen"], told.get("cycles_stated")) == (drugs, cycles)


def test_without_a_number_of_the_patient_nothing_is_invented() -> None:
    sheet = Sheet("list.csv", [("Name", "Sex", "Diagnosis"), ("Muster, Anna", "f", "MF")])
    reading = read(sheet, guess(sheet))
    assert reading.arrivals == ()
    (problem,) = reading.problems
    assert "No column holds the MRN" in problem.sentence


def test_a_figure_in_another_unit_is_not_taken_for_ours() -> None:
    rows = [("MRN", "Date", "Lymphocytes (G/L)", "Weight (lb)"), ("17", "1.2.2019", "3.4", "150")]
    matching = guess(Sheet("list.csv", rows))
    assert matching.columns[2:] == (None, None)


def test_a_word_is_matched_once_for_all_rows(clinic: Clinic) -> None:
    rows = [
        ("MRN", "Name", "DOB", "Sex"),
        *((str(n), f"Muster, A{n}", "1.2.1950", "dame" if n < 3 else "f") for n in range(1, 9)),
    ]
    sheet = Sheet("list.csv", rows)
    matching = guess(sheet)
    reading = read(sheet, matching)
    assert reading.words == {("patient", "sex"): {"dame": 2}}
    assert [problem.place.row for problem in reading.problems] == [2, 3]
    matching = replace(matching, words={("patient", "sex"): {"dame": "female"}})
    taken_in(clinic, read(sheet, matching))
    clinic.remember_matching(to_remember(sheet, matching))
    again = guess(sheet, clinic.remembered_matchings())
    assert again.words == matching.words


def test_a_word_of_a_list_is_remembered_though_it_stands_once(clinic: Clinic) -> None:
    told = ["MF", "MF", "SS", "mf bullosa", "SS", "LyP", "LyP", "MF"]
    rows = [
        ("MRN", "Diagnosis date", "Diagnosis"),
        *((str(n), "2011", text) for n, text in enumerate(told)),
    ]
    sheet = Sheet("list.csv", rows)
    words = {("diagnosis", "disease"): {"mf bullosa": "mycosis fungoides"}}
    matching = replace(guess(sheet), words=words)
    assert to_remember(sheet, matching)["words"] == [["diagnosis", "disease", *words.values()]]
    alone = Sheet("list.csv", rows[:5])
    assert to_remember(alone, replace(matching, last=5))["words"] == []


def test_what_is_said_for_rows_that_lack_it_reaches_no_cell_that_cannot_be_read() -> None:
    rows = [
        ("MRN", "Name", "DOB", "Sex"),
        ("1", "Muster, Anna", "1.2.1950", "dame"),
        ("2", "Muster, Eva", "1.2.1950", ""),
    ]
    sheet = Sheet("list.csv", rows)
    fills = {Target("patient", "sex", 0): Fill("male")}
    reading = read(sheet, replace(guess(sheet), fills=fills, leave_unread=True))
    assert [(each.mrn, str(each.values["sex"])) for each in reading.arrivals] == [("2", "male")]


def test_a_word_may_mean_nothing() -> None:
    rows = [
        ("MRN", "Treatment 1", "Start 1", "End 1"),
        ("1", "PUVA", "2011", "offen"),
        ("2", "PUVA", "2012", "offen"),
    ]
    sheet = Sheet("list.csv", rows)
    matching = guess(sheet)
    reading = read(sheet, matching)
    assert reading.words == {("treatment_line", "end"): {"offen": 2}}
    matching = replace(matching, nothing=frozenset({"offen"}), fills=ELSEWHERE)
    assert read(sheet, matching).problems == ()
    assert to_remember(sheet, matching)["nothing"] == ["offen"]


def test_what_goes_on_has_no_end_and_a_month_has_its_year() -> None:
    rows = [
        ("MRN", "Treatment 1", "Start 1", "End 1"),
        ("1", "PUVA", "03/15", "ongoing"),
        ("2", "PUVA", "03/99", "laufend"),
        ("3", "PUVA", "11/2016", "12/15"),
    ]
    sheet = Sheet("list.csv", rows)
    reading = read(sheet, replace(guess(sheet), fills=ELSEWHERE))
    starts = [str(each.values["start"]) for each in reading.arrivals if "start" in each.values]
    assert starts[:2] == ["2015-03", "1999-03"]
    assert not any("end" in each.values for each in reading.arrivals)
    (problem,) = reading.problems
    assert (problem.place.row, "03/2015" in problem.sentence) == (4, True)


def test_what_cannot_be_read_may_stay_outside(clinic: Clinic) -> None:
    rows = [
        ("MRN", "Name", "DOB", "Sex", "Diagnosis date", "Diagnosis", "Died"),
        ("1", "Muster, Anna", "1.2.1950", "f", "ca. 2011", "MF", "?"),
        ("2", "Muster, Eva", "1.2.1950", "f", "2011", "MF", "in spring"),
        ("3", "Muster", "1.2.1950", "f", "2011", "MF", ""),
    ]
    sheet = Sheet("list.csv", rows)
    matching = guess(sheet)
    assert len(read(sheet, matching).problems) == 3
    reading = read(sheet, replace(matching, leave_unread=True))
    taken_in(clinic, reading)
    assert [patient.mrn for patient in clinic.patients()] == ["1", "2"]
    assert {problem.place.row for problem in reading.left} == {2, 3, 4}


def test_what_is_remembered_comes_first_and_holds_nobody(clinic: Clinic, tmp_path: Path) -> None:
    sheet = written(tmp_path, ROWS)
    matching = settled(guess(sheet))
    fills = {
        **matching.fills,
        Target("visit", "seen_by", 0): Fill("Dr Vera Lindt"),
        Target("treatment_line", "given_here", 0): Fill("yes"),
    }
    words = {("patient", "sex"): {"muster": "female"}}
    matching = replace(matching, fills=fills, words=words, nothing=frozenset({"lives alone 7"}))
    clinic.remember_matching(to_remember(sheet, matching))
    remembered = clinic.remembered_matchings()
    for word in ("Muster", "muster", "Anna", "4711", "Lindt", "lives alone", "Lives with"):
        assert word not in str(remembered)
    again = guess(sheet, remembered)
    assert again.columns == matching.columns
    assert again.fills[Target("treatment_line", "given_here", 0)] == Fill("yes")
    other = Sheet("other.csv", [("MRN", "Name"), ("17", "Max Probe")])
    assert guess(other, remembered).columns[1] == Target("patient", "name_given_first")


def test_ten_thousand_rows_can_be_stopped() -> None:
    rows = [("MRN", "Name"), *((str(n), "Muster, Anna") for n in range(10_000))]
    sheet = Sheet("list.csv", rows)
    seen: list[int] = []

    def stop(done: int, _of: int) -> None:
        seen.append(done)
        if done >= 1000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read(sheet, guess(sheet), stop)
    assert seen == [0, 500, 1000]


WORDS = [
    "MRN",
    "Name",
    "Sex",
    "Diagnosis",
    "date",
    "Treatment 1",
    "start 1",
    "LDH",
    "mSWAT",
    "TNMB",
]
CELLS = ["4711", "Doe, Jane", "f", "2011", "12.3.17", "CHOP x6", "?", "n/a", "T4 NX M0 B2", "9,5"]
TEXTS = st.one_of(st.text(max_size=12), st.sampled_from([*WORDS, *CELLS]), st.just(""))
SHEETS = st.lists(st.lists(TEXTS, max_size=7).map(tuple), max_size=12)


@given(rows=SHEETS)
@settings(max_examples=times(60))
def test_no_sheet_makes_it_fail(rows: list[tuple[str, ...]]) -> None:
    sheet = Sheet("any.csv", rows)
    matching = guess(sheet)
    reading = read(sheet, matching)
    assert len(headings_of(sheet, matching)) == len(matching.columns)
    for own in reading.rows.values():
        assert row_in_words(own)
    assert to_remember(sheet, matching)["by_visit"] == matching.by_visit


TARGETS = st.lists(st.sampled_from([None, *offered()]), min_size=6, max_size=6)


@given(rows=st.lists(st.lists(TEXTS, min_size=7, max_size=7), max_size=6), targets=TARGETS)
@settings(max_examples=times(100))
def test_no_cell_is_lost(rows: list[list[str]], targets: list[Target | None]) -> None:
    """What is matched is in an arrival of its row, has a problem, or means nothing."""
    columns = (Target("patient", "mrn"), *dict.fromkeys(targets))
    width = len(columns)
    sheet = Sheet("any.csv", [(), *(tuple(row[:width]) for row in rows)])
    matching = Matching(columns=columns, first=2, headings=1, last=len(rows) + 1)
    reading = read(sheet, matching)
    headings = headings_of(sheet, matching)
    whole = {target.kind for target in reading.needed}
    for number, row in enumerate(rows, start=2):
        problems = [each for each in reading.problems if each.place.row == number]
        for at, target in matching.matched:
            if target.kind == "patient" or at >= len(row) or matching.means_nothing(row[at]):
                continue
            came = [each for each in reading.rows.get(number, ()) if each.kind is target.type]
            at_fault = {headings.index(each.place.column) for each in problems}
            beside = {a for a, each in matching.matched if each.record == target.record} | {0}
            is_in = any(headings[at] in each.columns.values() for each in came) or any(
                f"{headings[at]}:" in str(each.values.get("notes")) for each in came
            )
            assert is_in or at_fault & beside or target.kind in whole
