"""The infusion ahead: which it is, how much to prepare, and what is to be looked at before it."""

from typing import Any

import pytest

from models.base import ClinicError
from models.history import History
from models.practice import LateDose, Practice
from models.treatment import PlannedDose, dose
from models.treatment_day import Ahead, infusion_ahead
from tests.models import builders as a

MOGA = a.moga()
COURSE = (MOGA, *a.course(MOGA, 2))


def ahead(*records: Any, on: str = "2020-02-20", **about: Any) -> Ahead:
    return infusion_ahead(a.history(*records, **about), a.day(on))


def known(found: Ahead) -> dict[str, tuple[tuple[str, str], ...]]:
    return {check.what: check.known for check in found.checks}


def test_it_is_the_next_of_the_running_line_that_is_due_first() -> None:
    later = a.moga("2020-06-01")
    found = ahead(*COURSE, later)
    assert (found.line, found.slot.words, found.day) == (MOGA, "cycle 3 day 1", a.day("2020-03-02"))
    history = a.history(*COURSE, later)
    assert infusion_ahead(history, a.day("2020-02-20"), later.id).line == later
    assert found.place == "Infusion 7, planned for 2 Mar 2020."
    assert found.following == "Next: cycle 3 day 15, 16 Mar 2020."


def test_it_is_prepared_for_the_day_arranged_or_for_today_where_that_has_gone_by() -> None:
    arranged = a.visit("2020-03-04", "planned", kind="treatment")
    assert ahead(*COURSE, arranged).day == ahead(*COURSE, arranged).arranged == arranged.date
    late = ahead(*COURSE, on="2020-03-20")
    assert late.day == a.day("2020-03-20")
    assert late.place == "Infusion 7, planned for 2 Mar 2020; 18 days late."
    meaning, due_too = late.beside_place
    assert meaning == (
        "At most 2 days before or after the planned day are allowed. "
        "The infusions after it are counted from the day it is given (EU label)."
    )
    assert due_too.startswith("By now cycle 3 day 15 would be due too.")


def test_a_day_off_is_told_in_plain_words_under_every_rule() -> None:
    practice = Practice(late_dose=LateDose.STAYS)
    stays = History.of_records(a.patient(), COURSE, practice)
    (kept,) = infusion_ahead(stays, a.day("2020-03-09")).beside_place
    assert kept.endswith("The infusions after it keep their planned days (US label).")
    early = ahead(*COURSE, a.visit("2020-02-26", "planned", kind="treatment"))
    assert early.place.endswith("; 5 days early.")
    assert early.beside_place == ["At most 2 days before or after the planned day are allowed."]
    inside = ahead(*COURSE, on="2020-03-04")
    assert (inside.place, inside.beside_place) == ("Infusion 7, planned for 2 Mar 2020.", [])
    weekly = a.line(protocol="2 mg/kg on day 1 of 7")
    given = a.cycle(weekly)
    other = ahead(weekly, given, a.infusion(given), on="2020-01-17")
    assert other.beside_place[0].endswith("So says mogamulizumab's label; ask the doctor.")


@pytest.mark.parametrize(
    ("records", "about"),
    [
        ((), {}),
        ((a.moga(end="2020-02"),), {}),
        ((a.line(),), {}),
        (COURSE, {"death_date": "2020-02-19"}),
    ],
)
def test_without_one_that_is_said(records: Any, about: Any) -> None:
    with pytest.raises(ClinicError, match="No infusion is ahead") as error:
        ahead(*records, **about)
    assert error.value.kept == "Nothing was printed."


def test_doses_stand_for_the_weights_around_the_last_one_as_the_label_rounds_them() -> None:
    found = ahead(*COURSE, a.visit("2020-02-19", weight_kg=71.6))
    assert found.weight == (a.day("2020-02-19"), 71.6)
    assert found.dilution(dose(71.6)) == (
        "Dilute to 0.1–3 mg/mL: 23.9–716 mL in the bag (EU SmPC; US PI 2018)."
    )
    weights = (69, 70, 71, 71.6, 72, 73, 74, 75)
    assert found.doses == [(weight, dose(weight)) for weight in weights]
    assert [found.left_over(each) for _weight, each in found.doses] == [11, 10, 9, 8.4, 8, 7, 6, 5]


def test_another_protocol_has_its_own_doses() -> None:
    surface = a.line(protocol="1000 mg/m² on days 1, 8 of 21, vials of 200 mg")
    measured = a.cycle(surface, height_cm=170)
    found = ahead(surface, measured, a.infusion(measured), on="2020-01-10")
    assert found.height == 170
    assert (found.doses[3][0], found.doses[3][1].mg) == (70, 1818.12)
    assert found.left_over(found.doses[3][1]) == 181.88
    fixed = ahead(a.line(protocol="40 mg on day 1 of 7"), a.visit("2020-01-05", weight_kg=70))
    assert (fixed.doses, fixed.premedication_by_label) == ([], [])
    assert fixed.dilution(PlannedDose(40, None)) == ""
    by_weight = a.line(protocol="2 mg/kg on day 1 of 7")
    unsized = ahead(by_weight, a.visit("2020-01-05", weight_kg=70))
    assert unsized.left_over(unsized.doses[0][1]) is None
    no_height = ahead(surface, a.visit("2020-01-05", weight_kg=70), on="2020-01-05")
    assert (no_height.doses, no_height.lacking) == ([], "no height on file to work it out")
    assert ahead(surface, on="2020-01-05").lacking == (
        "no weight and no height on file to work it out"
    )
    begun = ahead(surface, measured, on="2020-01-10")
    assert (begun.weight, begun.lacking) == ((a.START, 70), "")
    rounded = begun.drawn_up(begun.doses[3][1])
    assert (rounded.mg, begun.left_over(rounded)) == (1818, 182)
    assert ahead(a.line(protocol="200 mg on day 1 of 21, vials of 100 mg")).fixed == PlannedDose(
        200, 2
    )


def test_an_old_weight_is_marked_and_a_limit_of_weight_told() -> None:
    vials = "1.8 mg/kg on day 1 of 21, vials of 50 mg"
    line = a.line("2020-02-20", drug="brentuximab vedotin", protocol=vials)
    on = a.day("2020-02-20")
    heavy = ahead(line, a.visit("2020-01-23", weight_kg=118))
    assert not heavy.weight_is_old
    (warned,) = heavy.warnings
    assert "above 100 kg counts as 100 kg, which makes 180 mg" in warned
    assert warned.endswith("(From memory: awaits confirmation by a clinician.)")
    known = History.of_records(
        a.patient(), [line, a.visit(on, weight_kg=118)], confirmed=["preparing.most_kg"]
    )
    assert "From memory" not in infusion_ahead(known, on).warnings[0]
    light = ahead(line, a.visit("2020-01-22", weight_kg=100))
    assert (light.warnings, light.weight_is_old) == ([], True)


def test_after_what_the_label_stops_for_that_is_told_whatever_its_outcome() -> None:
    over = a.event("2020-02-03", 3, term="Anaphylaxis", resolved="2020-02-03", outcome="resolved")
    found = ahead(*COURSE, over)
    assert found.warnings == [
        "Label: stop for good after Anaphylaxis, grade 3, 3 Feb 2020 (EU SmPC): to be decided."
    ]
    assert found.premedication_by_label == []
    told = known(found)
    assert told["Open adverse events"] == ()
    ((event, label),) = told["Earlier events, for which the label stops"]
    assert (event, label) == (
        "Anaphylaxis, grade 3, 3 Feb 2020",
        "The label: EU SmPC: Stop at once and for good.",
    )


def test_an_autoimmune_event_is_told_with_what_awaits_confirmation() -> None:
    found = ahead(*COURSE, a.event("2020-02-03", 3, term="Myocarditis"))
    assert found.warnings[0].startswith("Label: interrupt or stop, while open: Myocarditis")
    ((_event, label),) = known(found)["Open adverse events"]
    assert label.endswith("That it counts as autoimmune awaits confirmation by a clinician.")


def test_what_the_pathologist_concluded_stands_before_the_label() -> None:
    rash = a.event("2020-02-03")
    sample = a.biopsy("2020-02-10", adverse_event=rash.id, conclusion="active disease")
    ((_event, remark),) = known(ahead(*COURSE, rash, sample))["Open adverse events"]
    assert remark.startswith("Biopsy of 10 Feb 2020: Active disease, by the pathologist. The label")


def test_without_a_weight_there_is_no_dose() -> None:
    found = ahead(a.moga("2020-03-02"))
    assert (found.weight, found.doses, found.last_given) == (None, [], None)


def test_premedication_as_last_time_and_as_the_label_says() -> None:
    assert ahead(*COURSE).last_premedication is None
    assert ahead(*COURSE).premedication_by_label == []
    assert len(ahead(a.moga("2020-03-02")).premedication_by_label) == 2
    reaction = a.event("2020-01-06", term="Infusion related reaction", resolved="2020-01-06")
    assert len(ahead(*COURSE, reaction).premedication_by_label) == 2
    long_ago = a.event("2018-01-06", term="Infusion related reaction", resolved="2018-01-06")
    assert ahead(*COURSE, long_ago).premedication_by_label == []
    cycle = a.cycle(MOGA)
    given = a.infusion(cycle, premedication="paracetamol")
    last = ahead(MOGA, cycle, given, on="2020-01-08").last_premedication
    assert last == (a.START, "paracetamol")


def test_what_is_to_be_looked_at_is_told_as_last_known() -> None:
    records = [
        a.event("2020-02-03", 2),
        a.event("2020-02-04", 3, term="Fatigue"),
        a.event("2020-01-04", 1, term="Headache", resolved="2020-01-05"),
        a.blood_count("2020-01-06", 900),
        a.blood_count("2020-02-10", 300, lymphocytes=1500),
        a.ldh("2020-01-06", 300),
        a.ldh("2020-02-10", 250),
        a.lab("2020-01-06"),
        a.skin_score("2020-02-10", 12),
        a.visit("2020-02-10", ecog=1),
        a.visit("2020-02-11"),
    ]
    background = {"allergies": "Penicillin", "comorbidities": "Arterial hypertension\nGout."}
    found = known(ahead(*COURSE, *records, **background))
    (rash, label), (tired, silent) = found["Open adverse events"]
    assert rash == "Rash maculo-papular, grade 2, since 3 Feb 2020"
    assert label.startswith("The label: US PI 2018: Interrupt.")
    assert (tired, silent) == ("Fatigue, grade 3, since 4 Feb 2020", "")
    count = "10 Feb 2020: Lymphocytes 1500 cells/µL, CD4+CD26− 300 cells/µL, B1"
    assert found["Blood counts"] == ((count, ""),)
    values = ("10 Feb 2020: LDH 250 U/L, high", "6 Jan 2020, older than 28 days: TSH 2.5 mU/L")
    assert found["Laboratory"] == tuple((value, "") for value in values)
    assert found["Skin score"] == (("10 Feb 2020: mSWAT 12, as stated", ""),)
    assert found["General condition"] == (("10 Feb 2020: ECOG 1", ""),)
    both = "Allergies: Penicillin. Comorbidities: Arterial hypertension; Gout"
    assert found["Allergies, comorbidities"] == ((both, ""),)
    only = known(ahead(*COURSE, comorbidities="Gout"))["Allergies, comorbidities"]
    assert only == (("Allergies: none recorded. Comorbidities: Gout", ""),)


def test_biopsies_are_told_while_awaited_and_when_concluded_of_late() -> None:
    samples = [
        a.biopsy("2020-02-10"),
        a.biopsy("2020-01-20", body_site="thigh", side="left", indication="suspected relapse"),
        a.biopsy("2020-01-30", conclusion="drug-related", result_on="2020-02-13"),
        a.biopsy("2020-01-10", conclusion="indeterminate", result_on="2020-01-22"),
        a.biopsy("2020-01-28", body_site="back", conclusion="active disease"),
    ]
    assert known(ahead(*COURSE, *samples))["Biopsies"] == (
        (
            "Left cheek, 10 Feb 2020, rash: result awaited for 10 days; "
            "ask the doctor before the infusion",
            "",
        ),
        (
            "Thigh, left, 20 Jan 2020, suspected relapse: result awaited for 31 days; "
            "ask the doctor before the infusion",
            "",
        ),
        (
            "Left cheek, 30 Jan 2020, rash: drug-related, by the pathologist",
            "Result of 13 Feb 2020.",
        ),
        ("Back, 28 Jan 2020, rash: active disease, by the pathologist", ""),
    )


def test_what_nobody_recorded_is_empty() -> None:
    assert set(known(ahead(*COURSE)).values()) == {()}
