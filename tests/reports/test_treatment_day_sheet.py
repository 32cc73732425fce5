"""The treatment day sheet as it is printed, read with other code than wrote it."""

import io
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader

from models.base import ClinicError
from models.demo.fate import REFERENCE_DAY
from models.demo.made_up import made_up_patient
from models.history import History
from models.patient import Patient
from models.treatment_day import infusion_ahead
from reports.asked import Asked, Printing
from reports.catalogue import TREATMENT_DAY
from reports.treatment_day_sheet import build_treatment_day_sheet
from tests.models import builders as a

MOGA = a.moga()
COURSE = (MOGA, *a.course(MOGA, 2))
TODAY = a.day("2020-02-20")


def pages(asked: Asked, printing: Printing) -> list[str]:
    reader = PdfReader(io.BytesIO(build_treatment_day_sheet(asked, printing)))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def sheet(printing: Printing, *records: Any, on: Any = TODAY, **about: Any) -> str:
    (page,) = pages(Asked(a.history(*records, **about), on), printing)
    return page


def test_one_page_says_what_to_prepare_and_what_to_look_at(printing: Printing) -> None:
    records = (
        *(a.event("2020-02-03", 2), a.ldh("2020-02-10", 250), a.visit("2020-02-10", ecog=1)),
        a.biopsy("2020-02-19"),
    )
    said = sheet(printing, *COURSE, *records, allergies="Penicillin")
    for words in (
        "Weber, Karl male · born 15 Jun 1950 (69) · MRN 17",
        "Mogamulizumab, cycle 3 day 1 · Monday 2 March 2020",
        "Infusion 7, planned for 2 Mar 2020. In 11 days.",
        "17 Feb 2020: cycle 2 day 15, given",
        "6 in full",
        "70 kg on 3 Feb 2020",
        "70 mg = 17.5 mL, 4 vials of 20 mg",
        "Dilute to 0.1–3 mg/mL: 23.4–700 mL in the bag",
        "Left cheek, 19 Feb 2020, rash: result awaited for 1 day",
        "Doctor's release",
        "name and birth date checked",
        "Venous access",
        "batch expiry",
        "mL drawn up",
        "mL, to run in min",
        "SpO2, %",
        "if not in full, why:",
        "Notes",
        "Next: cycle 3 day 15, 16 Mar 2020.",
        "Rash maculo-papular, grade 2, since 3 Feb 2020",
        "The label: US PI 2018: Interrupt.",
        "LDH 250 U/L, high",
        "ECOG 1",
        "Penicillin",
        "none recorded",
        "Prepared by",
        "Checked by",
        "which:",
    ):
        assert words in said


def test_the_dose_is_read_off_by_weight(printing: Printing) -> None:
    said = sheet(printing, *COURSE)
    assert "Weight, kg Dose, mg Volume, mL Vials Discard, mg Bag, mL" in said
    for row in ("67 67 16.75 4 13 22.4–670", "70 70 17.5 4 10 23.4–700", "73 73 18.25 4 7 24.4"):
        assert row in said


def test_the_measured_weight_is_a_row_of_its_own(printing: Printing) -> None:
    said = sheet(printing, *COURSE, a.visit("2020-02-19", weight_kg=60.1))
    assert "60 60 15 3 0 20–600 60.1 60.1 15.03 4 19.9 20.1–601 61 61" in said
    assert "weigh before the dose" not in said
    old = sheet(printing, *COURSE, on=a.day("2020-03-10"))
    assert "70 kg on 3 Feb 2020 Older than 28 days: weigh before the dose is prepared" in old


def test_what_the_label_stops_for_stands_above_everything_else(printing: Printing) -> None:
    over = a.event("2020-02-03", 3, term="Stevens-Johnson syndrome", resolved="2020-02-10")
    said = sheet(printing, *COURSE, over)
    label = "Label: stop for good after Stevens-Johnson syndrome, grade 3, 3 Feb 2020"
    assert 0 < said.index(label) < said.index("Infusion 7, planned for 2 Mar 2020.")
    assert "Premedicate" not in said


def test_what_is_late_and_what_is_arranged(printing: Printing) -> None:
    late = sheet(printing, *COURSE, on=a.day("2020-03-09"))
    assert "planned for 2 Mar 2020; 7 days late. At most 2 days before or after" in late
    assert "Monday 9 March 2020" in late
    arranged = sheet(printing, *COURSE, a.visit("2020-03-04", "planned", kind="treatment"))
    assert "Arranged for Wed 4 Mar 2020" in arranged
    assert "Wednesday 4 March 2020" in arranged


def test_a_first_infusion_and_other_protocols(printing: Printing) -> None:
    first = sheet(printing, a.moga("2020-03-02"))
    assert "1 mg/kg; no weight on file to work it out" in first
    assert "US PI 2018: Premedicate" in first
    assert "not recorded" in first
    fixed = sheet(printing, a.line(protocol="40 mg on day 1 of 7"), a.visit(TODAY, weight_kg=70))
    assert "By protocol 40 mg" in fixed
    sized = sheet(printing, a.line(protocol="40 mg on day 1 of 7, vials of 25 mg"))
    assert "By protocol 40 mg, 2 vials of 25 mg" in sized
    unmeasured = a.line(protocol="1000 mg/m² on days 1, 8 of 21")
    no_height = sheet(printing, unmeasured, a.visit(TODAY, weight_kg=70))
    assert "1000 mg/m²; no height on file to work it out" in no_height
    assert "no weight" not in no_height
    assert "Dose by weight" not in fixed
    surface = a.line(protocol="1000 mg/m² on days 1, 8 of 21")
    cycle = a.cycle(surface, height_cm=170)
    said = sheet(printing, surface, cycle, a.infusion(cycle, premedication="ondansetron"))
    assert "Height cm" in said
    assert "Height 170 cm" in said
    assert "Body surface 1.82 m² (Mosteller)" in said
    assert "1818 mg rounded to whole mg from 1818.12 mg" in said
    assert "70 1.82 1818 1818.12 71 1.83 1831 1831.06" in said
    assert "6 Jan 2020: ondansetron" in said


def test_each_part_can_be_left_out(printing: Printing) -> None:
    history = a.history(*COURSE)
    heads = ("Look at", "Weight, kg", "Pulse", "Prepared by")
    for section, head in zip(TREATMENT_DAY.sections, heads, strict=True):
        (said,) = pages(Asked(history, TODAY, without=frozenset({section.key})), printing)
        assert [each for each in heads if each not in said] == [head]
    everything = frozenset(section.key for section in TREATMENT_DAY.sections)
    (said,) = pages(Asked(history, TODAY, without=everything), printing)
    assert "70 mg = 17.5 mL" in said


def test_of_many_open_events_none_is_lost_and_what_is_signed_stays_together(
    printing: Printing,
) -> None:
    events = [a.event("2020-02-03", verbatim=f"itch {n}", term="Skin - Other") for n in range(60)]
    found = pages(Asked(a.history(*COURSE, *events), TODAY), printing)
    said = " ".join(found)
    assert all(f"itch {n}, grade 2" in said for n in range(60))
    assert ["Prepared by" in page for page in found] == ["which:" in page for page in found]


def test_without_an_infusion_ahead_that_is_said(printing: Printing) -> None:
    with pytest.raises(ClinicError, match="No infusion is ahead"):
        build_treatment_day_sheet(Asked(a.history(), TODAY), printing)


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_made_up_patients_fit_on_a_page_and_the_same_bytes_twice(
    printing: Printing, paper: str
) -> None:
    on_paper, made = replace(printing, paper=paper), 0
    for number in range(1, 25):
        patient, *records = made_up_patient(number, 7)
        assert isinstance(patient, Patient)
        history = History.of_records(patient, records)  # type: ignore[arg-type]
        asked = Asked(history, REFERENCE_DAY)
        try:
            infusion_ahead(history, REFERENCE_DAY)
        except ClinicError:
            continue
        made += 1
        assert len(pages(asked, on_paper)) == 1
        once = build_treatment_day_sheet(asked, on_paper)
        assert once == build_treatment_day_sheet(asked, on_paper)
    assert made
