"""Every figure with its inputs and its rules, so that each can be checked by hand."""

import datetime as dt

import pytest

from models.base import PatientRecord
from models.demo.case import published_case
from models.endpoints import failure, last_without_failure
from models.figures import Figure, awaiting, figures, leading_figures
from models.follow_up import assessment_due_on
from models.history import History
from models.patient import Patient
from models.response import best_confirmed, global_response
from models.rules import RULES, Standing, rule_of
from models.staging import may_be, stage_group, taken_as
from models.summary import Summary, as_of
from models.summary_json import summary_json
from models.treatment import next_infusion
from tests.models import builders as a

TODAY = dt.date(2020, 12, 7)


def of(*records: PatientRecord, **about_the_patient: object) -> dict[str, Figure]:
    """Figures by title; of two with one title the first."""
    found: dict[str, Figure] = {}
    for figure in figures(Summary(a.history(*records, **about_the_patient), TODAY)):
        found.setdefault(figure.title, figure)
    return found


@pytest.fixture(scope="module")
def case() -> Summary:
    patient, *records = published_case()
    assert isinstance(patient, Patient)
    own = [record for record in records if isinstance(record, PatientRecord)]
    return as_of(History.of_records(patient, own), dt.date(2020, 4, 30))


def test_the_stage_of_the_case_can_be_checked(case: Summary) -> None:
    stage = next(figure for figure in figures(case) if figure.title == "Stage")
    assert stage.value == "Stage IVA1 (nodes not biopsied: IVA2 possible)"
    assert stage.inputs == "T4, NX, M0, B2 of 2011"
    assert stage.remark.startswith("any T, N0–2, M0, B2, taking NX as N1")
    assert stage.rules == (rule_of(stage_group), rule_of(taken_as), rule_of(may_be))


def test_the_endpoints_of_the_case_name_their_two_records(case: Summary) -> None:
    line = [figure for figure in figures(case) if figure.group == "Line 6: mogamulizumab"]
    said = {figure.title: (figure.value, figure.inputs) for figure in line}
    assert said["Time to response"] == (
        "4.6 months",
        "20 Jul 2015 (infusion) to 7 Dec 2015 (response assessment): partial response",
    )
    assert said["Duration of response"] == (
        "4 y 5 mo (censored)",
        "7 Dec 2015 (response assessment) to 27 Apr 2020 (visit): "
        "last assessment without progression",
    )
    assert said["Treatment-free"] == (
        "2 y 6 mo (censored)",
        "23 Oct 2017 (infusion) to 27 Apr 2020 (visit): no further treatment by the last contact",
    )
    assert said["Dose intensity"][0] == "100 %"
    assert said["Confirmed response"][0] == "Complete response"


def test_the_skin_lesion_of_the_case_is_weighed_and_not_judged(case: Summary) -> None:
    group = "Plaque on the cheekbone, without itch, Jul 2017"
    said = {found.title: found.value for found in figures(case) if found.group == group}
    assert said["Onset"].startswith("C26 day 13 to C27 day 15")
    assert "zygomatic area" in said["Speaks for the drug"]
    assert "biopsy of Sep 2017, biopsy of Oct 2017" in said["Still missing"]
    assert said["Pathologist's conclusion"] == (
        "Drug-related (biopsy of Sep 2017); Drug-related (biopsy of Oct 2017)"
    )
    assert said["To resolution"] == "About 54 days"
    assert "Interrupt" in said["What the label says"]


def test_a_date_known_as_a_year_gives_bounds_and_no_false_figure() -> None:
    records = [a.diagnosis("2011"), first := a.line("2011", "2011")]
    records.append(a.line("2013", given_here=False))
    figure = of(*records)["Time to next treatment"]
    assert (figure.group, figure.value) == (f"Line 1: {first.regimen_words}", "about 2 y")
    assert figure.inputs == "2011 (line 1) to 2013 (line 2): next treatment"
    assert figure.remark == "between 12.1 months and 3 y: a date is known by month or year only"


@pytest.mark.parametrize(("status", "rule"), [("PD", failure), ("SD", last_without_failure)])
def test_what_ended_a_time_or_censored_it_is_named(status: str, rule: object) -> None:
    records = [a.line("2020-01-06"), a.assessment("2020-03-02", status)]
    assert rule_of(rule) in of(*records)["Progression-free"].rules  # type: ignore[arg-type]


def test_a_judgement_stands_beside_what_was_worked_out() -> None:
    overruled = a.assessment(
        "2020-03-02", "PR", judgement="SD", judgement_reason="residual pigment only"
    )
    found = of(a.line("2020-01-06"), overruled)["Global"]
    assert found.value == "Stable disease"
    assert found.remark == (
        "the clinician's judgement: residual pigment only; worked out: partial response"
    )
    assert rule_of(global_response) in found.rules


def test_a_response_seen_once_is_not_yet_confirmed() -> None:
    line = a.line("2020-01-06")
    once = of(line, a.assessment("2020-03-02", "PR"))["Confirmed response"]
    assert (once.value, once.rules) == ("Not yet", (rule_of(best_confirmed),))
    early = of(line, a.assessment("2020-03-02", "PR"), a.assessment("2020-03-29", "PR"))
    assert early["Confirmed response"].value == "Not yet"
    twice = of(line, a.assessment("2020-03-02", "PR"), a.assessment("2020-03-30", "PR"))
    assert twice["Confirmed response"].value == "Partial response"


def test_a_compartment_without_a_measurement_says_why() -> None:
    records = [a.line("2020-01-06"), a.skin_score("2020-01-06", 80), a.assessment("2020-03-02")]
    assert of(*records)["Skin"].value == "Not known"
    assert "not known within 14 days" in of(*records)["Skin"].inputs


def test_a_score_is_told_against_baseline_and_nadir() -> None:
    scores = [a.skin_score(day, score) for day, score in (("2020-01-06", 80), ("2020-03-02", 20))]
    line = a.line("2020-01-06")
    assert of(line, *scores)["Skin score"].value == "mSWAT 20 (−75 % from baseline)"
    found = of(line, *scores, a.skin_score("2020-05-04", 32))["Skin score"]
    assert found.value == "mSWAT 32 (−60 % from baseline, +60 % from nadir)"
    assert found.remark == "the total as stated"
    assert of(a.skin_score("2020-01-06", 80))["Skin score"].value == "mSWAT 80"
    assert of(line, scores[0], a.skin_score("2020-03-02", 80))["Skin score"].value == (
        "mSWAT 80 (0 % from baseline)"
    )


def test_doses_not_given_as_planned_are_counted() -> None:
    moga = a.moga()
    cycle = a.cycle(moga)
    given = [
        a.infusion(cycle, 1, dose_mg=70),
        a.infusion(cycle, 8, dose_mg=35, status="reduced", reason="fatigue"),
        a.omitted(cycle, 15),
        a.infusion(cycle, 22, 4),
    ]
    found = of(moga, cycle, *given)
    assert found["Cycles"].value == "1, 3 infusions"
    assert found["Cycles"].inputs == "2 in full, 1 reduced, 1 omitted, 1 late"
    assert found["Dose intensity"].inputs == "175 mg in 4.6 weeks; planned 280 mg in 4 weeks"
    assert found["Dose intensity"].remark == "1 dose without its mg taken as planned"
    unknown = [*given[:1], a.infusion(cycle, 8, status="reduced", reason="fatigue")]
    ranged = of(moga, cycle, *unknown)["Dose intensity"]
    assert ranged.value == "50 % to 100 %"
    assert ranged.inputs == "70 to 140 mg in 2 weeks; planned 140 mg in 2 weeks"


def test_an_open_event_has_a_grade_now() -> None:
    changed = [{"date": "2020-02-03", "grade": 3}, {"date": "2020-03", "grade": 1}]
    found = of(a.event(grades=changed))["Grade"]
    assert found.value == "Now 1, worst 3"
    assert found.inputs == "grade 3 from 3 Feb 2020, grade 1 from Mar 2020; CTCAE 5.0"
    assert of(a.event(term="Purple hands"))["Grade"].remark == (
        "term not in the program's list: any grade is taken"
    )


def test_the_label_is_silent_on_what_is_not_the_drug() -> None:
    moga = a.moga()
    given = [moga, cycle := a.cycle(moga), a.infusion(cycle)]
    assert "What the label says" in of(*given, a.event())
    assert "What the label says" not in of(*given, a.event(attribution="unlikely"))
    assert "What the label says" not in of(a.line(), a.event())


def test_rules_from_memory_await_confirmation_until_they_are_confirmed(case: Summary) -> None:
    found = awaiting(figures(case), case)
    assert {rule.standing for rule in found} == {Standing.UNVERIFIED}
    assert len(found) == len({rule.name for rule in found})
    history = case.history
    names = [rule.name for rule in found]
    confirmed = History.of_records(history.patient, history.by_id.values(), confirmed=names[1:])
    summary = Summary(confirmed, case.today)
    assert [rule.name for rule in awaiting(figures(summary), summary)] == names[:1]
    assert set(awaiting(leading_figures(case), case)) < set(found)


def test_the_json_tells_every_figure_with_its_rules(case: Summary) -> None:
    told = summary_json(case)["figures"]
    assert [each["title"] for each in told] == [figure.title for figure in figures(case)]
    stage = told[0]
    assert stage["inputs"] == "T4, NX, M0, B2 of 2011"
    assert stage["rules"][1] == {
        "name": "staging.taken_as",
        "title": RULES["staging.taken_as"].title,
        "source": "Olsen, J Clin Oncol 2011",
        "standing": "memory, unverified",
        "awaits_confirmation": True,
    }


def test_what_is_due_names_the_rule_that_set_its_day() -> None:
    moga = a.moga()
    given = [a.staging(), a.diagnosis(), moga, cycle := a.cycle(moga), a.infusion(cycle)]
    found = of(*given)
    due = found["Infusion, cycle 1 day 8"]
    assert (due.group, due.value) == ("Due next", "13 Jan 2020, overdue")
    assert due.rules == (rule_of(next_infusion),)
    (assessed,) = [each for each in found.values() if rule_of(assessment_due_on) in each.rules]
    assert (assessed.group, assessed.value) == ("Due next", "2 Mar 2020, overdue")
    assert of(a.visit("2020-12-01", next_visit="2021-01-04"))["Follow-up visit"] == Figure(
        "Due next", "Follow-up visit", "4 Jan 2021", "arranged at the visit of 1 Dec 2020", ()
    )


def test_nothing_is_worked_out_from_nothing() -> None:
    assert [*of()] == ["Diagnosis and stage"]
    assert of(death_date="2020") == {}


def test_the_last_response_says_whether_it_was_confirmed() -> None:
    line = a.line("2020-01-06")
    first = a.assessment("2020-03-02", "PR")
    found = of(line, first)["Confirmed"]
    assert (found.group, found.value) == ("Response on 2 Mar 2020", "Not yet")
    later = a.visit("2020-03-30", disease_status="PR")
    assert of(line, first, later)["Confirmed"].value == "Yes"
    assert "Confirmed" not in of(line, a.assessment("2020-03-02", "SD"))
    assert "Confirmed" not in of(first)
