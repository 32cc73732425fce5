"""The course of disease: assessments worked out, the response held now, the best by line."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.base import PatientRecord
from models.blood import BloodCount
from models.compartments import blood_counts, skin_scores
from models.course import (
    active_lines,
    assess,
    counted_globally,
    current_response,
    cycles_given,
    first_dose,
    infusions_given,
    last_dose,
    line_of,
    next_line,
    statuses,
    under,
)
from models.endpoints import endpoints
from models.history import History
from models.imaging import Node
from models.response import Assessment, Response, global_response
from models.rules import rule_of
from models.skin import SkinScore
from models.treatment import TreatmentLine
from tests.models import builders as a

CR, PR, SD, PD, RELAPSE = (Response(value) for value in ("CR", "PR", "SD", "PD", "relapse"))
NOT_INVOLVED = Response.NOT_INVOLVED

LINE = a.line("2020-01-06")


def scores(*pairs: tuple[str, float]) -> list[SkinScore]:
    return [a.skin_score(date, total) for date, total in pairs]


def counts(*pairs: tuple[str, float]) -> list[BloodCount]:
    return [a.blood_count(date, cells) for date, cells in pairs]


def skin_on(date: str, *records: PatientRecord) -> Response | None:
    return assess(a.history(*records), a.assessment(date)).skin


def blood_on(date: str, *records: PatientRecord) -> Response | None:
    return assess(a.history(*records), a.assessment(date)).blood


SCORES = scores(("2019-11-04", 60), ("2020-01-06", 100), ("2020-03-02", 20), ("2020-05-04", 71))


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2020-03-02", PR),
        ("2020-03-16", PR),
        ("2020-02-17", PR),
        ("2020-03-17", None),
        ("2020-02-16", None),
        ("2020-05-04", PD),
        ("2020-01-06", None),
    ],
)
def test_the_skin_is_worked_out_from_a_score_within_two_weeks(
    date: str, expected: Response | None
) -> None:
    assert skin_on(date, LINE, *SCORES) is expected


def test_the_nearest_score_counts() -> None:
    records = scores(("2020-01-06", 100), ("2020-03-02", 90), ("2020-03-09", 40))
    assert skin_on("2020-03-05", LINE, *records) is SD
    assert skin_on("2020-03-06", LINE, *records) is PR


def test_the_baseline_is_the_last_score_before_the_line_began() -> None:
    assert skin_on("2020-03-02", LINE, *scores(("2019-12-30", 30), ("2020-03-02", 20))) is SD
    assert skin_on("2020-03-02", LINE, *scores(("2020-01-07", 100), ("2020-03-02", 20))) is None


def test_without_a_line_the_baseline_is_the_first_score() -> None:
    assert skin_on("2020-03-02", *scores(("2019-11-04", 60), ("2020-03-02", 20))) is PR


def test_the_line_that_an_assessment_names_gives_the_baseline() -> None:
    second = a.line("2020-04-06")
    records = scores(("2020-01-06", 100), ("2020-04-06", 40), ("2020-06-01", 45))
    history = a.history(LINE, second, *records)
    of_first = a.assessment("2020-06-01", treatment_line=LINE.id)
    of_last = a.assessment("2020-06-01")
    gone = a.assessment("2020-06-01", treatment_line=a.line().id)
    found = [assess(history, item).skin for item in (of_first, of_last, gone)]
    assert found == [PR, SD, PR]


def test_an_assessment_is_about_the_line_it_names_or_the_last_one_begun() -> None:
    second, beside = a.line("2020-04-06"), a.line("2020-05-04", category="skin-directed")
    history = a.history(LINE, second, beside)
    assert line_of(history, a.assessment("2020-06-01")) is second
    assert line_of(history, a.assessment("2020-06-01", treatment_line=LINE.id)) is LINE
    assert line_of(history, a.assessment("2020-04-05")) is LINE
    assert line_of(history, a.assessment("2020-01-05")) is None


def test_a_supportive_line_has_no_baseline_of_its_own() -> None:
    relief = a.line("2020-04-06", category="supportive", drug="gabapentin")
    records = scores(("2020-01-06", 100), ("2020-04-06", 40), ("2020-06-01", 45))
    assert skin_on("2020-06-01", LINE, relief, *records) is PR


def test_relapse_and_loss_of_response_need_a_response_before() -> None:
    cleared = scores(("2020-01-06", 100), ("2020-03-02", 0), ("2020-05-04", 5))
    assert skin_on("2020-05-04", LINE, *cleared) is RELAPSE
    stable = scores(("2020-01-06", 100), ("2020-03-02", 60), ("2020-05-04", 120))
    assert skin_on("2020-05-04", LINE, *stable) is SD
    assert skin_on("2020-03-02", LINE, *scores(("2020-01-06", 0), ("2020-03-02", 0))) is (
        NOT_INVOLVED
    )


def test_the_blood_is_worked_out_from_its_counts() -> None:
    records = counts(("2020-01-06", 8000), ("2020-03-02", 3000), ("2020-05-04", 5000))
    assert blood_on("2020-03-02", LINE, *records) is PR
    assert blood_on("2020-05-04", LINE, *records) is PD
    assert blood_on("2020-03-02", LINE, a.blood_count("2020-03-02", None)) is None


def test_blood_that_fell_by_exactly_half_was_not_in_response() -> None:
    records = counts(("2020-01-06", 8000), ("2020-03-02", 4000), ("2020-05-04", 6500))
    assert blood_on("2020-03-02", LINE, *records) is SD
    assert blood_on("2020-05-04", LINE, *records) is SD


def test_what_is_stated_stands_above_what_is_measured() -> None:
    history = a.history(LINE, *SCORES, *counts(("2020-01-06", 10), ("2020-03-02", 10)))
    stated = a.assessment("2020-03-02", skin="SD", nodes="NI", blood="CR", viscera="NI")
    found = assess(history, stated)
    assert (found.skin, found.nodes, found.blood, found.viscera) == (
        *(SD, NOT_INVOLVED),
        *(CR, NOT_INVOLVED),
    )
    assert (found.worked_out, found.response, found.how) == (SD, SD, "worked out")
    skin = found.compartments[0]
    assert (skin.name, skin.how, skin.rule) == ("skin", "stated", None)
    assert skin.compared
    assert skin.compared.now.value == 20
    assert found.rules == [rule_of(global_response)]


def test_the_global_response_needs_every_compartment_that_could_change_it() -> None:
    history = a.history(LINE, *SCORES, *counts(("2020-01-06", 10), ("2020-03-02", 10)))
    complete = a.assessment("2020-03-02", nodes="PR", viscera="NI")
    assert assess(history, complete).response is PR
    assert assess(history, a.assessment("2020-03-02", nodes="PR")).response is None
    not_looked_at = a.assessment("2020-03-02", nodes="not assessed", viscera="NI")
    assert assess(history, not_looked_at).response is None
    assert assess(history, a.assessment("2020-03-02", nodes="PD")).response is PD


def test_skin_that_was_never_involved_leaves_the_global_response_open() -> None:
    history = a.history(LINE)
    clear = a.assessment("2020-03-02", skin="NI", nodes="NI", blood="PR", viscera="NI")
    worse = a.assessment("2020-03-02", skin="NI", nodes="PD", blood="PR", viscera="NI")
    assert assess(history, clear).response is None
    assert assess(history, worse).response is PD


def global_on(date: str, *records: PatientRecord, **stated: str) -> Response | None:
    return assess(a.history(LINE, *records), a.assessment(date, **stated)).worked_out


BLOOD = counts(("2020-01-06", 420), ("2020-03-02", 180), ("2020-05-04", 260))
BUT_BLOOD = {"nodes": "NI", "viscera": "NI"}


@pytest.mark.parametrize(("skin", "expected"), [("SD", SD), ("PR", SD), ("CR", PR)])
def test_a_relapse_of_the_blood_without_a_global_cr_is_none_of_the_patient(
    skin: str, expected: Response
) -> None:
    before = a.assessment("2020-03-02", skin="PR", **BUT_BLOOD)
    assert (blood_on("2020-03-02", LINE, *BLOOD), blood_on("2020-05-04", LINE, *BLOOD)) == (
        *(CR, RELAPSE),
    )
    assert global_on("2020-05-04", *BLOOD, before, skin=skin, **BUT_BLOOD) is expected
    complete = a.assessment("2020-03-02", skin="CR", **BUT_BLOOD)
    assert global_on("2020-05-04", *BLOOD, complete, skin=skin, **BUT_BLOOD) is RELAPSE


def test_a_compartment_that_relapsed_alone_says_what_it_counts_as() -> None:
    history = a.history(LINE, *BLOOD)
    found = assess(history, a.assessment("2020-05-04", skin="PR", **BUT_BLOOD))
    blood = found.compartments[2]
    assert (blood.response, blood.alone) == (RELAPSE, SD)
    assert blood.how == (
        "neoplastic cells/µL 420 on 6 Jan 2020, 260 on 4 May 2020; lowest before 180 on 2 Mar 2020;"
        " the global response was never complete: for it this counts as stable disease"
    )
    assert found.global_rules == [rule_of(global_response), rule_of(counted_globally)]
    complete = a.visit("2020-03-02", disease_status="CR")
    found = assess(a.history(LINE, *BLOOD, complete), a.assessment("2020-05-04", skin="PR"))
    assert found.compartments[2].how.endswith("lowest before 180 on 2 Mar 2020")


PIGMENT = {"judgement": "CR", "judgement_reason": "pigment only"}
SECOND_LINE = a.line("2020-02-10")


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (a.assessment("2020-03-02", "CR"), RELAPSE),
        (a.assessment("2020-03-02", "PR", **PIGMENT), RELAPSE),
        (a.assessment("2020-03-02", "CR", judgement="PR", judgement_reason="itch"), PR),
        (a.assessment("2020-03-02", "CR", treatment_line=LINE.id), RELAPSE),
        (a.assessment("2020-03-02", "CR", treatment_line=SECOND_LINE.id), PR),
        (a.assessment("2020-01-07", "CR"), RELAPSE),
        (a.assessment("2020-01-06", "CR"), PR),
        (a.assessment("2020-05-03", "CR"), RELAPSE),
        (a.assessment("2020-05-04", "CR"), PR),
        (a.visit("2020-03-02", disease_status="CR"), RELAPSE),
        (a.visit("2020-01-06", disease_status="CR"), PR),
        (a.visit("2020-05-04", disease_status="CR"), PR),
        (a.visit("2020-03-02", disease_status="PR"), PR),
        (a.visit("2020-03-02", "missed", disease_status="CR"), PR),
    ],
)
def test_a_global_cr_counts_that_was_told_on_an_earlier_day_under_the_line(
    record: PatientRecord, expected: Response
) -> None:
    cleared = scores(("2020-01-06", 100), ("2020-03-02", 0), ("2020-05-04", 5))
    others = {"nodes": "NI", "blood": "NI", "viscera": "NI"}
    found = assess(a.history(LINE, *cleared, record), a.assessment("2020-05-04", **others))
    assert (found.skin, found.worked_out) == (RELAPSE, expected)


def test_without_a_line_any_earlier_global_cr_counts() -> None:
    cleared = scores(("2019-01-07", 100), ("2020-03-02", 0), ("2020-05-04", 5))
    others = {"nodes": "NI", "blood": "NI", "viscera": "NI"}
    named = a.assessment("2020-03-02", treatment_line=a.line().id, **others)
    for earlier, expected in (([named], RELAPSE), ([], PR)):
        found = assess(a.history(*cleared, *earlier), a.assessment("2020-05-04", **others))
        assert (found.skin, found.worked_out) == (RELAPSE, expected)


def test_a_relapse_that_was_stated_is_one_of_the_patient() -> None:
    assert global_on("2020-05-04", skin="PR", nodes="relapse", blood="NI", viscera="NI") is RELAPSE
    found = assess(a.history(LINE, *BLOOD), a.assessment("2020-05-04", blood="relapse", skin="SD"))
    assert (found.compartments[2].how, found.compartments[2].lost) == ("stated", False)


def images(*pairs: tuple[str, str]) -> list[PatientRecord]:
    return [
        a.imaging(date, nodes=[Node.parse(site) for site in sites.split("; ")])
        for date, sites in pairs
    ]


NODES = images(
    ("2020-01-06", "axilla 20x15"),
    ("2020-03-02", "axilla 12x8"),
    ("2020-05-04", "axilla 12x8; left neck 18x12"),
)
BUT_NODES = {"blood": "NI", "viscera": "NI"}


@pytest.mark.parametrize(("skin", "ends"), [("PR", None), ("CR", "relapse")])
def test_a_new_unproven_node_after_cr_of_the_nodes_ends_a_global_cr_only(
    skin: str, ends: str | None
) -> None:
    before, now = (
        a.assessment(date, skin=skin, **BUT_NODES) for date in ("2020-03-02", "2020-05-04")
    )
    history = a.history(LINE, *NODES, before, now)
    assert [assess(history, each).nodes for each in (before, now)] == [CR, RELAPSE]
    found = endpoints(history, dt.date(2021, 1, 4)).of_line(LINE).progression_free
    assert found
    assert (None if found.censored else found.why) == ends


def test_a_new_organ_without_a_global_cr_is_progression() -> None:
    organs = [
        a.imaging(date, masses=[Node.parse(mass) for mass in masses])
        for date, *masses in (("2020-01-06", "liver 30x20"), ("2020-03-02",))
    ]
    for mass, expected in (("lung 20x20", PD), ("liver 10x10", PR), ("liver 25x20", SD)):
        now = a.imaging("2020-05-04", masses=[Node.parse(mass)])
        found = assess(
            a.history(LINE, *organs, now), a.assessment("2020-05-04", "PR", viscera=None)
        )
        assert (found.viscera, found.worked_out) == (RELAPSE, expected)


@pytest.mark.parametrize(
    ("response", "alone", "was_complete", "expected"),
    [
        (RELAPSE, SD, False, SD),
        (RELAPSE, PD, False, PD),
        (RELAPSE, SD, True, RELAPSE),
        (RELAPSE, RELAPSE, False, RELAPSE),
        (PD, SD, False, PD),
        (CR, SD, False, CR),
        (None, None, False, None),
    ],
)
def test_only_a_relapse_without_a_global_cr_counts_otherwise(
    response: Response | None, alone: Response | None, was_complete: bool, expected: Response | None
) -> None:
    assert counted_globally(response, alone, was_complete) is expected


COURSE = st.lists(
    st.tuples(
        st.sampled_from([0, 4, 40, 60, 100, 130]),
        st.sampled_from([100, 260, 900, 2000, 6000]),
    ),
    min_size=1,
    max_size=6,
)


@given(COURSE)
def test_the_first_relapse_worked_out_comes_after_a_global_cr(
    course: list[tuple[int, int]],
) -> None:
    days = [a.START + dt.timedelta(days=28 * place) for place in range(len(course))]
    records: list[PatientRecord] = [LINE]
    for date, (mswat, cells) in zip(days, course, strict=True):
        records += [a.skin_score(date, mswat), a.blood_count(date, cells)]
    assessments = [a.assessment(date, **BUT_BLOOD) for date in days]
    history = a.history(*records, *assessments)
    found = [assess(history, each).worked_out for each in assessments]
    if RELAPSE in found:
        assert CR in found[: found.index(RELAPSE)]
    backwards = a.history(*reversed([*records, *assessments]))
    assert [assess(backwards, each).worked_out for each in assessments] == found
    for place, each in enumerate(assessments):
        assert assess(history.until(each.date), each).worked_out is found[place]


def test_a_judgement_stands_above_what_is_worked_out() -> None:
    judged = a.assessment("2020-03-02", "PR", judgement="SD", judgement_reason="new itch")
    found = assess(a.history(LINE), judged)
    assert (found.worked_out, found.judgement, found.response) == (PR, SD, SD)
    assert (found.how, found.judgement_reason) == ("the clinician's judgement", "new itch")


def told(history: History) -> list[tuple[str, str]]:
    return [(status.date.isoformat(), status.response) for status in statuses(history)]


def test_assessments_and_visits_tell_the_state_of_the_disease_once_a_day() -> None:
    assessed = a.assessment("2020-03-02", "PR")
    history = a.history(
        assessed,
        a.assessment("2020-05-04"),
        a.visit("2020-03-02", disease_status="SD"),
        a.visit("2020-02-03", disease_status="PD"),
        a.visit("2020-04-06", "missed", disease_status="CR"),
        a.visit("2020-06-01", disease_status="not assessed"),
        a.visit("2020-07-06"),
    )
    assert told(history) == [("2020-02-03", "PD"), ("2020-03-02", "PR")]
    assert statuses(history)[1].record is assessed


@pytest.mark.parametrize(
    ("responses", "expected"),
    [
        ("", None),
        ("PR", (PR, 1)),
        ("PR PR PR", (PR, 1)),
        ("PR CR CR", (CR, 2)),
        ("CR PR CR CR", (CR, 3)),
        ("CR CR PD", (PD, 3)),
    ],
)
def test_the_current_response_has_held_since_its_run_began(
    responses: str, expected: tuple[Response, int] | None
) -> None:
    visits = [
        a.visit(dt.date(2020, month, 1), disease_status=response)
        for month, response in enumerate(responses.split(), start=1)
    ]
    since = (expected[0], dt.date(2020, expected[1], 1)) if expected else None
    assert current_response(a.history(*visits)) == since


def test_a_response_under_a_line_is_confirmed_by_a_later_one() -> None:
    records = [a.assessment("2020-03-02", "PR"), a.visit("2020-03-29", disease_status="PR")]
    seen = under(a.history(LINE, *records), LINE)
    assert (seen.best, seen.best_confirmed) == (PR, None)
    assert [seen.confirmed(status) for status in seen.statuses] == [False, False]
    again = a.visit("2020-03-30", disease_status="CR")
    seen = under(a.history(LINE, *records, again), LINE)
    assert (seen.best, seen.best_confirmed) == (CR, PR)
    assert [seen.confirmed(status) for status in seen.statuses] == [True, False, False]
    strict = replace(a.history(LINE, *records, again), practice=a.practice(confirmed_after_days=56))
    assert under(strict, LINE).best_confirmed is None


def test_a_state_that_is_no_response_is_not_to_be_confirmed() -> None:
    history = a.history(LINE, a.assessment("2020-03-02", "SD"))
    seen = under(history, LINE, statuses(history))
    assert seen.confirmed(seen.statuses[0]) is None


def test_a_response_is_not_confirmed_under_the_next_line() -> None:
    records = [a.assessment("2020-06-01", "PR"), a.assessment("2020-07-06", "PR")]
    seen = under(a.history(FIRST, SECOND, *records), FIRST)
    assert (seen.best, seen.best_confirmed) == (PR, None)


FIRST, SECOND = a.line("2020-01-06", "2020-06"), a.line("2020-06-15")


def best(line: TreatmentLine, *assessments: Assessment) -> Response | None:
    return under(a.history(FIRST, SECOND, *assessments), line).best


def test_the_best_response_of_a_line_counts_until_the_next_line_begins() -> None:
    sd, pd = a.assessment("2020-03-02", "SD"), a.assessment("2020-06-15", "PD")
    cr = a.assessment("2020-06-16", "CR")
    assert best(FIRST, sd, pd, cr) is SD
    assert best(SECOND, sd, pd, cr) is CR
    assert best(FIRST, pd, cr) is PD
    assert best(SECOND, sd, pd) is None
    assert best(FIRST, a.assessment("2020-01-06", "CR"), pd) is PD


def test_a_line_begun_by_the_first_day_is_beside_and_not_next() -> None:
    same_day = a.line("2020-01-06", drug="interferon")
    history = a.history(FIRST, same_day, SECOND)
    assert next_line(history, FIRST) is next_line(history, same_day) is SECOND
    late = a.moga("2020-01-06")
    cycle = a.cycle(late, day_1="2020-02-03")
    before_the_first_dose = a.line("2020-01-20")
    history = a.history(late, cycle, a.infusion(cycle), before_the_first_dose)
    assert next_line(history, late) is None
    assert next_line(history, before_the_first_dose) is None


@pytest.mark.parametrize("category", ["supportive", "skin-directed"])
def test_relief_and_creams_do_not_end_a_line(category: str) -> None:
    cream = a.line("2020-02-03", category=category)
    history = a.history(FIRST, cream, SECOND, a.assessment("2020-03-02", "PR"))
    assert next_line(history, FIRST) is SECOND
    assert under(history, FIRST).best is PR


def test_a_stated_response_counts_where_none_is_known() -> None:
    line = a.line("2014", "2014", best_response_stated="PR")
    assert under(a.history(line), line).best is PR
    assessed = a.assessment("2014-06-02", "SD")
    assert under(a.history(line, assessed), line).best is SD
    assert under(a.history(LINE), LINE).best is None


def test_lines_against_the_disease_are_all_but_supportive_ones() -> None:
    relief = a.line("2020-02-03", category="supportive")
    cream = a.line("2020-03-03", category="skin-directed")
    assert active_lines(a.history(relief, cream, LINE)) == [LINE, cream]


def test_what_was_given_is_counted() -> None:
    line = a.moga(cycles_stated=9)
    cycle = a.cycle(line)
    reduced = a.infusion(cycle, 8, status="reduced", reason="rash")
    history = a.history(line, cycle, a.infusion(cycle), reduced, a.omitted(cycle, 15))
    assert cycles_given(history, line) == 1
    assert infusions_given(history, line) == 2
    assert (first_dose(history, line), last_dose(history, line)) == (
        a.START,
        dt.date(2020, 1, 13),
    )


def test_what_was_stated_counts_where_nothing_was_recorded() -> None:
    line = a.line(cycles_stated=9)
    assert cycles_given(a.history(line), line) == 9
    assert cycles_given(a.history(LINE), LINE) is None
    assert infusions_given(a.history(line), line) is None
    assert first_dose(a.history(line), line) is last_dose(a.history(line), line) is None


def test_measurements_stand_in_the_order_of_time() -> None:
    history = a.history(*reversed(SCORES), a.blood_count("2020-03-02", 0))
    assert [found.what for found in skin_scores(history)] == [60, 100, 20, 71]
    assert [(found.date, found.what) for found in blood_counts(history)] == [
        (dt.date(2020, 3, 2), 0)
    ]


def test_a_local_treatment_beside_the_line_does_not_move_the_baseline() -> None:
    local = a.line("2020-03-10", category="skin-directed", regimen=["topical corticosteroid"])
    found = scores(("2020-01-06", 100), ("2020-03-02", 20), ("2020-05-04", 20))
    assert skin_on("2020-05-04", LINE, local, *found) is PR


def test_a_local_treatment_after_the_line_has_its_own_baseline() -> None:
    systemic = a.line("2020-01-06", "2020-02-01")
    local = a.line("2020-03-10", category="skin-directed", regimen=["PUVA"])
    found = scores(("2020-01-06", 100), ("2020-03-09", 20), ("2020-05-04", 8))
    assert skin_on("2020-05-04", systemic, local, *found) is PR
    assert skin_on("2020-05-04", local, *found) is PR


def test_a_partial_start_takes_the_last_score_before_it() -> None:
    line = a.line("2020")
    found = scores(("2019-12-02", 100), ("2020-06-01", 30), ("2020-08-03", 40))
    assert skin_on("2020-08-03", line, *found) is PR


def test_an_assessment_counts_for_the_line_it_names() -> None:
    beside = a.line("2020-02-03")
    named = a.assessment("2020-03-02", "PR", treatment_line=LINE.id)
    history = a.history(LINE, beside, named)
    assert under(history, beside).best is None
