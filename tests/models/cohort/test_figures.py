"""Who was counted and who was left out, the figures together, and what programs are told."""

import datetime as dt

import pytest

from models.cohort.cohort_json import cohort_json
from models.cohort.counted import who_was_counted
from models.cohort.factors import Factor
from models.cohort.figure_table import FigureTable
from models.cohort.figures import CohortFigures, figures_of
from models.cohort.key_figures import key_figures
from models.cohort.left_out import MOST_REASONS, who_was_left_out
from models.cohort.member import Member
from models.cohort.question import Outcome, Question
from models.cohort.selection import select
from models.ctcae import CtcaeVersion
from models.diagnosis import Disease
from models.endpoints import overall_survival
from models.patient import Sex
from models.population import Population
from models.practice import Practice
from models.progress import Stopped
from models.response import Response
from models.rules import rule_of
from tests.models.cohort import members as m


def told(table: FigureTable) -> dict[str, tuple[str, ...]]:
    return {row[0].words: tuple(figure.words for figure in row[1:]) for row in table.rows}


def test_table_1_of_patients() -> None:
    ida = m.member(sex=Sex.FEMALE, age=41, stage="IB", risk="low", deceased=True)
    oldest = m.member(age=93, diagnosed=dt.date(2016, 1, 1), vague=True, stage="")
    nobody_knows = m.member(m.treated(), m.treated(), age=None, disease=None)
    found = told(who_was_counted(m.from_diagnosis(ida, oldest, nobody_knows)))
    assert found["Patients"] == ("3",)
    assert found["Age in years, median (range)"] == ("67 (41 to over 89)",)
    assert found["Sex: female"] == ("1 of 3 (33 %)",)
    assert found["Disease: not known"] == ("1 of 3 (33 %)",)
    assert [each for each in found if each.startswith("Stage")] == [
        "Stage: IB",
        "Stage: IVA1",
        "Stage: not known",
    ]
    assert found["CLIPI 2025: low"] == ("1 of 3 (33 %)",)
    assert found["Lines so far, median (range)"] == ("0 (0 to 2)",)
    assert found["Year of the start"] == ("2016 to 2020",)
    assert found["Start known to the month or year only"] == ("1 of 3 (33 %)",)
    assert found["Died"] == ("1 of 3 (33 %)",)


def test_table_1_of_lines_beside_their_groups() -> None:
    two = m.member(m.treated(number=1), m.treated(number=3, age=70))
    selection = m.by_line(two, m.member(m.treated(number=2, age=50)), which="every one that fits")
    first, second, third = selection.units
    groups = [("early", [first]), ("late", [second, third]), ("nobody", [])]
    table = who_was_counted(selection, groups)
    found = told(table)
    assert table.columns == ("", "All", "early", "late", "nobody")
    assert found["Patients"] == ("2", "1", "2", "0")
    assert found["Treatment lines"] == ("3", "1", "2", "0")
    assert found["Lines before, median (range)"] == (
        "1 (0 to 2)",
        "0 (0 to 0)",
        "1.5 (1 to 2)",
        "not known",
    )
    assert found["Treatment: systemic"][3] == "0 of 0"
    assert found["Year of the start"][3] == "not known"
    assert "as often" in table.note
    assert "In a group is who counts" not in table.note
    assert "In a group is who counts" in who_was_counted(selection, groups[:1]).note
    assert table.rows[0][1].who == (two.id, third.patient)
    one_each = who_was_counted(m.by_line(two))
    assert "as often" not in one_each.note


def test_from_those_on_file_to_those_counted() -> None:
    mf = [m.member(disease=Disease.MYCOSIS_FUNGOIDES) for _n in range(2)]
    young = m.member(age=30)
    old, unknown = m.member(age=80), m.member(age=None)
    asked = Population(diseases=(Disease.SEZARY_SYNDROME,), age_from=40, age_to=70)
    table = who_was_left_out(select([*mf, young, old, unknown, m.member()], asked, m.TODAY))
    assert [(row[0].words, row[1].words) for row in table.rows] == [
        ("On file", "6"),
        ("Left out: mycosis fungoides", "2"),
        ("Left out: age not known", "1"),
        ("Left out: older than 70", "1"),
        ("Left out: younger than 40", "1"),
        ("Counted", "1"),
    ]
    assert table.rows[1][1].who == tuple(each.id for each in mf)


def test_no_day_of_a_patient_is_told_as_a_reason() -> None:
    earlier, later = m.member(), m.member(diagnosed=dt.date(2024, 5, 6))
    asked = Population(since=dt.date(2021, 1, 1), until=dt.date(2022, 12, 31))
    found = told(who_was_left_out(select([earlier, later], asked, m.TODAY)))
    assert {"Left out: begun before 1 Jan 2021", "Left out: begun after 31 Dec 2022"} <= set(found)


def test_the_rarest_reasons_are_told_together() -> None:
    lines = [m.member(m.treated(number=n)) for n in range(2, MOST_REASONS + 5)]
    table = who_was_left_out(m.by_line(*lines, number_to=1))
    assert len(table.rows) == MOST_REASONS + 3
    assert told(table)["Left out for other reasons"] == ("3",)
    assert "Lines that fit and do not count: 0." in table.note


def responders() -> list[Member]:
    return [
        m.member(
            m.treated(
                stage=stage,
                progression_free=m.ended(days),
                overall_survival=m.ended(days),
                response=m.response(best),
            )
        )
        for stage, days, best in (
            ("IB", 300, Response.CR),
            ("IB", 400, Response.PR),
            ("IVA1", 100, Response.SD),
            ("IVA1", 60, None),
        )
    ]


def by_stage() -> CohortFigures:
    return figures_of(m.by_line(*responders()), Question(Outcome.PFS, Factor.STAGE))


def test_the_figures_at_the_head() -> None:
    assert dict(key_figures(by_stage())) == {
        "patients": "4",
        "treatment lines": "4",
        "events": "4",
        "median follow-up for progression-free survival, months": "–",
        "log-rank test": "p = 0.090",
        "overall response": "2 of 4 (50 %)",
    }
    alive = [m.member(overall_survival=m.ongoing(800)) for _n in range(3)]
    found = dict(key_figures(figures_of(m.from_diagnosis(*alive), Question())))
    assert found["median overall survival, months"] == "not reached"
    assert found["median follow-up for overall survival, months"] == "26.3"
    nothing = figures_of(m.from_diagnosis(m.member()), Question())
    assert key_figures(nothing) == (("patients", "1"),)
    assert key_figures(figures_of(m.from_diagnosis(), Question())) == ()


def test_at_a_landmark_response_says_that_its_groups_are_those_in_the_end() -> None:
    late, early, never = (
        [m.treated(overall_survival=m.ongoing(900), events=events) for _n in range(5)]
        for events in (
            (m.event(is_rash=True, onset=300),),
            (m.event(is_rash=True, onset=30),),
            (),
        )
    )
    selection = m.by_line(*map(m.member, [*late, *early, *never]))
    found = figures_of(selection, Question(factor=Factor.RASH, landmark_days=183))
    columns = {each.key: each.columns for each in found.tables}
    assert columns["who-was-counted"][2:] == ("Without rash by month 6", "With rash by month 6")
    assert columns["response-rates"][2:] == ("Without rash at any time", "With rash at any time")
    told = cohort_json(found)
    assert [each["name"] for each in told["groups"]] == [
        "without rash by month 6",
        "with rash by month 6",
    ]
    assert [(each["name"], each["lines"]) for each in told["response"]] == [
        ("all", 15),
        ("without rash at any time", 5),
        ("with rash at any time", 10),
    ]
    assert told["landmark_days"] == 183
    half, *_later = told["groups"][0]["at"]
    estimates = next(each for each in found.tables if each.key == "survival-estimates")
    assert half["days"] == 182.625
    assert half["at_risk"] == len(estimates.rows[0][4].who)


def test_a_response_of_an_unknown_group_is_told_in_json_too() -> None:
    lines = [m.treated(stage=stage, response=m.response()) for stage in ("IB", "")]
    found = figures_of(m.by_line(*map(m.member, lines)), Question(factor=Factor.STAGE))
    assert [(each["name"], each["lines"]) for each in cohort_json(found)["response"]] == [
        ("all", 2),
        ("IB", 1),
        ("not known", 1),
    ]


def test_no_two_tables_have_one_name_and_each_way_is_told() -> None:
    figures = by_stage()
    keys = [table.key for table in figures.tables]
    assert len(keys) == len(set(keys))
    assert figures.counted.columns == ("", "All", "IB", "IVA1")
    assert figures.methods[0].startswith("Population: from the start of a treatment line")
    assert "4 patients count with 4 treatment lines; of 4 on file 0 do not." in figures.methods[0]
    assert figures.methods[-1].startswith("Records up to 1 November 2026 were read.")


def test_a_warning_of_two_parts_is_told_once() -> None:
    two = m.member(m.treated(), m.treated(number=2))
    figures = figures_of(m.by_line(two, which="every one that fits"), Question())
    assert figures.response.warnings == figures.safety.warnings != ()
    assert len(figures.warnings) == len(set(figures.warnings))


def test_which_rules_await_a_clinician() -> None:
    selection = m.from_diagnosis(m.member(overall_survival=m.ended(90)))
    asked = Question(landmark_days=30, delayed_entry=True)
    (awaiting,) = (each for each in figures_of(selection, asked).methods if "await" in each)
    for title in ("Overall survival", "Landmark", "Delayed entry"):
        assert title in awaiting
    assert "Best response in a rate" not in awaiting
    name = rule_of(overall_survival).name
    (fewer,) = (
        each for each in figures_of(selection, asked, confirmed={name}).methods if "await" in each
    )
    assert "Overall survival" not in fewer


def test_whoever_waits_is_told_and_can_stop() -> None:
    seen: list[tuple[int, int]] = []
    figures_of(m.from_diagnosis(), Question(), progress=lambda *at: seen.append(at))
    assert [done for done, _whole in seen] == [0, 1, 2, 3, 4]

    def stops(done: int, _whole: int) -> None:
        if done == 2:
            raise Stopped

    with pytest.raises(Stopped):
        figures_of(m.from_diagnosis(), Question(), progress=stops)


def test_json_of_lines() -> None:
    found = cohort_json(by_stage())
    early, late = found["groups"]
    assert (early["name"], early["lines"], early["events"]) == ("IB", 2, 2)
    assert early["median_days"]["value"] == 300
    assert [step["survival"] for step in late["steps"]] == [0.5, 0]
    assert late["steps"][1] == {
        "days": 100,
        "survival": 0,
        "low": None,
        "high": None,
        "at_risk": 1,
        "events": 1,
    }
    assert found["log_rank"]["chi2"] == pytest.approx(2.882, abs=0.001)
    everybody, *groups = found["response"]
    assert everybody["best"] == {"CR": 1, "PR": 1, "SD": 1, "not assessed": 1}
    assert everybody["overall"] == {
        "n": 2,
        "low": pytest.approx(0.0676, abs=1e-4),
        "high": pytest.approx(0.9324, abs=1e-4),
    }
    assert [each["overall"]["n"] for each in groups] == [2, 0]


def test_json_of_patients_and_of_nobody() -> None:
    alive = [m.member(overall_survival=m.ongoing(days)) for days in (100, 200)]
    (group,) = cohort_json(figures_of(m.from_diagnosis(*alive), Question()))["groups"]
    assert (group["lines"], group["patients"], group["steps"]) == (None, 2, [])
    assert group["at"][0]["survival"] == 1
    assert group["at"][0]["low"] is None
    nobody = cohort_json(figures_of(m.by_line(), Question()))
    assert (nobody["groups"], nobody["log_rank"], nobody["lines"]) == ([], None, 0)
    assert nobody["response"][0]["overall"] == {"n": 0, "low": None, "high": None}


def test_whose_figures_these_are() -> None:
    """Each patient once, in the order of the population."""
    twice, once = m.member(m.treated(), m.treated(number=2)), m.member(m.treated())
    selection = m.by_line(twice, once, which="every one that fits")
    assert figures_of(selection, Question()).whose == (twice.id, once.id)


@pytest.mark.parametrize(("ends", "told"), [(True, "death ends"), (False, "death censors")])
def test_the_methods_give_the_values_by_which_the_clinic_counts(ends: bool, told: str) -> None:
    events = (m.event(version=CtcaeVersion.V5_0), m.event(version=CtcaeVersion.V4_03))
    settings = Practice(emergent_days=30, death_ends_time_to_next_treatment=ends)
    line = m.treated(events=events, time_to_next_treatment=m.ended(90))
    selection = m.by_line(m.member(line))
    methods = " ".join(figures_of(selection, Question(Outcome.TTNT), settings=settings).methods)
    assert "an adverse event counts up to 30 days after the last dose" in methods
    assert f"{told} the time to next treatment" in methods
    assert "graded by CTCAE 4.03 and 5.0" in methods
    assert "more than 2 days after its planned day" in methods


def test_an_age_above_89_is_told_nowhere() -> None:
    counted = figures_of(m.from_diagnosis(m.member(age=93)), Question()).counted
    (ages,) = (row[1] for row in counted.rows if row[0].words.startswith("Age"))
    assert ages.words == "over 89"
    assert ages.numbers is not None
    assert (ages.numbers.value, ages.numbers.low, ages.numbers.high) == (None, None, None)
