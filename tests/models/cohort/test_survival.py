"""The survival of a population: figures traceable to patients, and what must not mislead."""

import datetime as dt
import random
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.biopsy import Conclusion
from models.cohort.factors import SHOWN_OF_MORE, Factor
from models.cohort.figure_table import FigureTable
from models.cohort.lasted import Lasted
from models.cohort.looking_ahead import chosen_by
from models.cohort.member import Member, Treated, member_of
from models.cohort.question import Outcome, Question, Remedy, landmark_days
from models.cohort.response_facts import State
from models.cohort.selection import Selection, select
from models.cohort.survival import survival
from models.cohort.survival_result import Survival
from models.demo.case import published_case
from models.history import History
from models.patient import Patient, Sex
from models.population import Origin, Population, Which
from models.response import Response
from models.therapies import Category
from models.values import DAYS_PER_MONTH, Grade
from tests.models.cohort.members import (
    TODAY,
    by_line,
    ended,
    event,
    from_diagnosis,
    member,
    ongoing,
    response,
    treated,
)

HALF_A_YEAR = landmark_days(6)


def lived(times: Sequence[Lasted | None], **changes: object) -> list[Member]:
    return [member(treated(overall_survival=each, **changes)) for each in times]


def table(found: Survival, key: str) -> FigureTable:
    return next(each for each in found.tables if each.key == key)


def words(found: Survival, key: str) -> list[list[str]]:
    return [[figure.words for figure in row] for row in table(found, key).rows]


def left_out(found: Survival) -> dict[str, str]:
    return {row[0]: row[1] for row in words(found, "survival-left-out")}


def test_figures_of_one_group_are_those_counted_by_hand() -> None:
    days = [30, 60, 91, 122, 152, 182]
    selection = by_line(*lived([ended(n) if n != 91 else ongoing(n) for n in days]))
    found = survival(selection, Question())
    (row,) = table(found, "survival-estimates").rows
    assert [figure.words for figure in row[:3]] == ["All", "6", "5"]
    assert row[3].words.startswith("4.0 (")
    assert row[4].words == "0 %"  # everybody is gone by six months
    everybody = tuple(unit.patient for unit in selection.units)
    assert row[1].who == everybody
    assert row[2].who == everybody[:2] + everybody[3:]
    assert words(found, "survival-at-risk")[0][:4] == ["All", "6", "5", "4"]
    assert table(found, "survival-at-risk").rows[0][3].who == everybody[2:]
    assert "reverse Kaplan–Meier" in table(found, "survival-estimates").note
    assert len(found.methods) == 2
    assert "counts from the first dose of the line" in found.methods[0]


def test_the_published_case_is_one_of_those_counted() -> None:
    patient, *records = published_case()
    assert isinstance(patient, Patient)
    case = member_of(History.of_records(patient, records), TODAY)  # type: ignore[arg-type]
    others = [member(overall_survival=ended(n)) for n in (400, 900)]
    found = survival(from_diagnosis(case, *others), Question())
    at_start = table(found, "survival-at-risk").rows[0][1]
    assert case.overall_survival is not None
    assert (at_start.words, at_start.who[0]) == ("3", case.id)
    since_diagnosis = found.groups[0].subjects[0]
    assert since_diagnosis.exit == case.overall_survival.days
    by_response = Question(Outcome.PFS, Factor.RESPONSE)
    lines = survival(by_line(case, which=Which.EVERY), by_response)
    assert sum(len(group.subjects) for group in lines.groups) + len(lines.dropped) == len(
        case.lines
    )


@pytest.mark.parametrize(
    ("endpoint", "field"),
    [
        (Outcome.OS, "overall_survival"),
        (Outcome.PFS, "progression_free"),
        (Outcome.DOR, "duration_of_response"),
        (Outcome.TTNT, "time_to_next_treatment"),
    ],
)
def test_each_endpoint_counts_its_own_time(endpoint: Outcome, field: str) -> None:
    line = treated(**{field: ended(70)}, time_to_response=ended(20))
    found = survival(by_line(member(line)), Question(endpoint))
    assert [(each.exit, each.event) for each in found.groups[0].subjects] == [(70, True)]


def test_who_is_left_out_of_a_figure_is_told_with_the_reason() -> None:
    alive = {"overall_survival": ongoing(100)}
    lines = by_line(
        member(treated(**alive, progression_free=ended(10))),
        member(treated(**alive)),
        member(treated(), deceased=True),
        member(treated(**alive, time_to_response=ended(9))),
    )
    assert left_out(survival(lines, Question(Outcome.PFS))) == {
        "Disease not assessed after the start": "2",
        "Death before the start": "1",
    }
    answer = survival(lines, Question(Outcome.DOR))
    assert answer.sentence == "Nobody is left of whom this could be told."
    assert answer.methods == (answer.sentence,)
    assert left_out(answer) == {
        "No response": "3",
        "Disease not assessed after the response": "1",
    }
    found = survival(lines, Question(Outcome.TTNT, Factor.STAGE))
    assert left_out(found)["Nothing known after the start"] == "3"
    unstaged = survival(by_line(*lived([ended(5)], stage="")), Question(factor=Factor.STAGE))
    assert left_out(unstaged) == {"Stage not known": "1"}


def test_what_needs_a_line_is_not_told_from_the_diagnosis() -> None:
    patients = from_diagnosis(member(overall_survival=ended(100)))
    found = survival(patients, Question(Outcome.PFS))
    assert found.needs_line
    assert "start of a treatment line" in found.sentence
    assert (found.tables, found.warnings, found.groups) == ((), (), ())
    by_drug = survival(by_line(*lived([ended(5)])), Question(factor=Factor.MOGAMULIZUMAB))
    assert by_drug.sentence
    assert not by_drug.needs_line


@pytest.mark.parametrize(
    "times",
    [
        [],
        [None],
        [ended(100)],
        [ongoing(100)],
        [ongoing(10), ongoing(500)],
        [ended(60)] * 5,
        [ended(0), ended(0)],
        [ended(0), ongoing(0)],
    ],
)
def test_odd_populations_get_sentences_and_no_wrong_number(times: list[Lasted | None]) -> None:
    found = survival(by_line(*lived(times)), Question())
    told = [figure.words for each in found.tables for row in each.rows for figure in row]
    assert not any("nan" in each or "inf" in each for each in told)
    assert bool(found.groups) != bool(found.sentence)
    if times and all(each and not each.event for each in times):
        assert words(found, "survival-estimates")[0][3] == "not reached"


def test_without_an_event_in_one_group_there_is_no_ratio() -> None:
    men = [member(treated(overall_survival=ended(n))) for n in (50, 90, 130)]
    women = [member(treated(overall_survival=ongoing(n)), sex=Sex.FEMALE) for n in (60, 140)]
    found = survival(by_line(*men, *women), Question(factor=Factor.SEX))
    told = {row[0]: row[1:] for row in words(found, "survival-comparison")}
    assert "cannot be told: no event in Female" in str(told)
    assert told["All groups, log-rank test"][1].startswith("p = ")
    early = member(treated(overall_survival=ended(10), seen_from=5))
    later = member(treated(overall_survival=ended(90), seen_from=50), sex=Sex.FEMALE)
    entry = Question(factor=Factor.SEX, delayed_entry=True)
    never_together = survival(by_line(early, later), entry)
    assert "not at risk together" in str(words(never_together, "survival-comparison"))
    assert "cannot be told" in str(words(never_together, "survival-comparison")[-1])


def test_of_many_groups_the_largest_are_shown_and_the_rest_is_left_out() -> None:
    regimens = [name for name, n in zip("abcdefgh", range(9, 1, -1), strict=True) for _ in range(n)]
    lines = [treated(overall_survival=ended(90), drugs=(name,)) for name in regimens]
    found = survival(by_line(*map(member, lines)), Question(factor=Factor.TREATMENT))
    assert [group.name for group in found.groups] == [*"abcde"[:SHOWN_OF_MORE]]
    assert left_out(found) == {"Not of the largest groups": "9"}
    assert any("Not randomised" in each for each in found.warnings)


def test_with_delayed_entry_time_before_the_first_visit_does_not_count() -> None:
    seen = [
        member(treated(overall_survival=ended(400), seen_from=300)),
        member(treated(overall_survival=ended(200))),
        member(treated(overall_survival=ended(90), seen_from=90)),
    ]
    naive = survival(by_line(*seen), Question())
    (caution,) = [each for each in naive.cautions if each.remedy is Remedy.DELAYED_ENTRY]
    assert caution.words.startswith("2 were first seen here more than 30 days")
    found = survival(by_line(*seen), Question(delayed_entry=True))
    assert left_out(found) == {"Not seen after the entry": "1"}
    assert found.groups[0].curve.emptied == 200
    assert any("must not be believed" in each for each in found.warnings)
    assert any("delayed entry" in each for each in found.methods)
    assert not any(each.remedy for each in found.cautions)


def test_thin_and_empty_risk_sets_are_told_of() -> None:
    few = [member(treated(overall_survival=ended(n))) for n in (20, 900, 950)]
    late = [member(treated(overall_survival=ended(900 + n), seen_from=100)) for n in range(20)]
    entry = Question(delayed_entry=True)
    found = survival(by_line(*few, *late), entry)
    assert any("hangs on few" in each for each in found.warnings)
    later = survival(by_line(*late), entry)
    assert any("nobody was under observation from month 0.0" in each for each in later.warnings)
    early = [member(treated(overall_survival=ended(n))) for n in range(100, 130)]
    assert not any("hangs on few" in each for each in survival(by_line(*early), entry).warnings)


def test_duration_of_response_is_entered_from_the_response_on() -> None:
    line = treated(time_to_response=ended(60), duration_of_response=ended(200), seen_from=100)
    found = survival(by_line(member(line)), Question(Outcome.DOR, delayed_entry=True))
    assert [each.entry for each in found.groups[0].subjects] == [40]
    assert "counts from the first response" in found.methods[0]


def _same_hazard(n: int) -> Iterator[Treated]:
    """Made-up lines: whether somebody would respond has nothing to do with how long she lives."""
    drawn = random.Random(7)  # noqa: S311 - the same figures each time
    for _number in range(n):
        death = int(drawn.expovariate(1 / 400)) + 1
        would, at = drawn.random() < 0.6, drawn.randint(20, 150)
        responds = would and at < death
        yield treated(
            overall_survival=ended(death) if death < 2000 else ongoing(2000),
            response=response(Response.PR if responds else Response.SD),
            time_to_response=ended(at) if responds else None,
        )


def test_immortal_time_shows_a_difference_that_a_landmark_takes_away() -> None:
    selection = by_line(*map(member, _same_hazard(800)))
    naive = survival(selection, Question(factor=Factor.RESPONSE))
    late = Question(factor=Factor.RESPONSE, landmark_days=HALF_A_YEAR)
    landmark = survival(selection, late)
    assert naive.test is not None
    assert landmark.test is not None
    assert naive.test.p < 0.001
    assert landmark.test.p > 0.05
    ratio = landmark.groups[1].ratio
    assert ratio is not None
    assert ratio.low < 1 < ratio.high
    assert any(each.remedy is Remedy.LANDMARK for each in naive.cautions)
    assert not any(each.remedy for each in landmark.cautions)
    assert "Event by the landmark" in left_out(landmark)
    assert any("Landmark analysis at month 6" in each for each in landmark.methods)


def test_at_a_landmark_only_those_count_who_are_still_there() -> None:
    times = [ended(HALF_A_YEAR), ongoing(HALF_A_YEAR), ended(HALF_A_YEAR + 1)]
    found = survival(by_line(*lived(times)), Question(landmark_days=HALF_A_YEAR))
    assert [each.exit for each in found.groups[0].subjects] == [1]
    assert left_out(found) == {
        "Event by the landmark": "1",
        "Not followed up to the landmark": "1",
    }


def test_a_population_chosen_by_what_came_later_is_warned_of_until_a_landmark() -> None:
    early = event(worst=Grade.SEVERE, onset=30)
    late = event(worst=Grade.SEVERE, onset=400)
    members = [
        member(treated(overall_survival=ended(500), events=(each,))) for each in (early, late)
    ]
    severe = by_line(*members, grade_from=Grade.SEVERE)
    (caution,) = [each for each in survival(severe, Question()).cautions if each.remedy]
    assert caution.words.startswith("Immortal time: these patients were chosen")
    found = survival(severe, Question(landmark_days=HALF_A_YEAR))
    assert not any(each.remedy for each in found.cautions)
    assert left_out(found) == {"Chosen by what came after the landmark": "1"}
    stated = by_line(
        member(treated(overall_survival=ended(500), response=response(Response.CR))),
        responses=(Response.CR,),
    )
    undated = survival(stated, Question(landmark_days=HALF_A_YEAR))
    assert left_out(undated) == {"Not known when that came by which it was chosen": "1"}


def _chosen(selection: Selection) -> list[int | None]:
    return [*map(chosen_by(selection.population), selection.units)]


def test_by_which_day_somebody_was_chosen() -> None:
    line = treated(
        start=dt.date(2021, 3, 1),
        response=response(Response.CR, states=(State(50, Response.PR), State(80, Response.CR))),
        events=(event(term="Rash", onset=12),),
    )
    found = member(line, conclusions=((Conclusion.DRUG_RELATED, dt.date(2021, 3, 11)),))
    assert _chosen(by_line(found)) == [0]
    assert _chosen(by_line(found, responses=(Response.CR,))) == [80]
    assert _chosen(by_line(found, responses=(Response.CR, Response.PR))) == [50]
    assert _chosen(by_line(found, events=("Rash",), responses=(Response.CR,))) == [80]
    assert _chosen(by_line(found, conclusions=(Conclusion.DRUG_RELATED,))) == [10]
    assert _chosen(by_line(found, treatments=("mogamulizumab",))) == [0]
    assert _chosen(from_diagnosis(found, treatments=("mogamulizumab",))) == [90]
    assert _chosen(from_diagnosis(found, categories=(Category.SYSTEMIC,))) == [90]
    assert _chosen(from_diagnosis(found, responses=(Response.CR,))) == [170]


def test_given_here_from_the_diagnosis_on_is_chosen_by_what_came_later() -> None:
    here = [treated(start=dt.date(2023, 1, 1)) for _n in range(3)]
    early = [treated(start=dt.date(2020, 12, 20)) for _n in range(3)]
    chosen = from_diagnosis(
        *(member(each, overall_survival=ongoing(2000)) for each in [*here, *early]), given_here=True
    )
    assert any(
        "chosen by what came after" in each for each in survival(chosen, Question()).warnings
    )
    found = survival(chosen, Question(landmark_days=HALF_A_YEAR))
    assert len(found.groups[0].subjects) == 3
    assert left_out(found) == {"Chosen by what came after the landmark": "3"}


def _two_lines(n: int) -> Member:
    first = treated(time_to_next_treatment=ended(100 + n), overall_survival=ended(1000))
    second = treated(number=2, time_to_next_treatment=ongoing(800), overall_survival=ended(800))
    return member(first, second)


def test_the_last_line_is_known_in_the_end_alone() -> None:
    members = [_two_lines(n) for n in range(20)]
    last = by_line(*members, which=Which.LAST)
    refused = survival(last, Question(Outcome.TTNT))
    assert refused.groups == ()
    assert refused.sentence.startswith("No treatment comes after a patient's last line")
    assert "known only in the end" in survival(last, Question()).warnings[0]
    given = by_line(*members, which=Which.LAST, treatments=("mogamulizumab",))
    hard = survival(given, Question(Outcome.TTNT))
    assert hard.warnings[0].startswith("Do not believe this curve")
    first = survival(by_line(*members), Question(Outcome.TTNT))
    assert first.groups[0].events == 20
    assert not any("known only in the end" in each for each in first.warnings)


def test_at_a_landmark_titles_columns_and_groups_say_so() -> None:
    rash = [event(is_rash=True, onset=20)]
    lines = [
        treated(
            overall_survival=ended(900 + n),
            time_to_response=ended(5),
            duration_of_response=ended(700 + n),
            events=tuple(rash * (n % 2)),
        )
        for n in range(8)
    ]
    selection = by_line(*map(member, lines))
    found = survival(selection, Question(factor=Factor.RASH, landmark_days=HALF_A_YEAR))
    estimates, at_risk, comparison = found.tables
    assert estimates.title == "Overall survival after the landmark at month 6"
    assert estimates.columns[-1] == "2 years after the landmark"
    assert [row[0].words for row in estimates.rows] == [
        "Without rash by month 6",
        "With rash by month 6",
    ]
    assert at_risk.columns[0] == "Months since the landmark at month 6"
    assert comparison.columns[0] == "Against without rash by month 6"
    question = Question(Outcome.DOR, Factor.RASH, HALF_A_YEAR)
    of_response = survival(selection, question).groups[0].name
    assert of_response == "without rash by month 6 of the response"


def test_a_median_says_of_which_endpoint_and_by_which_rule() -> None:
    lines = [treated(progression_free=ended(100)), treated(progression_free=ongoing(500))]
    found = survival(by_line(*map(member, lines)), Question(Outcome.PFS))
    assert found.groups[0].curve.median.value == 100
    assert any("first day on which one half or less" in each for each in found.methods)
    note = found.tables[0].note
    assert "Median follow-up for progression-free survival in months" in note


def test_few_events_are_told_as_they_are() -> None:
    none = survival(by_line(*lived([ongoing(9), ongoing(90)])), Question())
    assert none.warnings == ("Nobody had the event so far: how long it takes cannot be told yet.",)
    one = survival(by_line(*lived([ongoing(9), ended(90)])), Question())
    assert one.warnings == ("Only 1 event: one patient more or less changes much.",)
    men = [member(treated(overall_survival=ended(n))) for n in (50, 90)]
    women = [member(treated(overall_survival=ongoing(n)), sex=Sex.FEMALE) for n in (60, 140)]
    both = survival(by_line(*men, *women), Question(factor=Factor.SEX))
    assert both.warnings == (
        "Few events (female: 0 and male: 2): one patient more or less changes much.",
    )


def test_several_lines_of_one_patient_are_warned_of() -> None:
    twice = member(treated(overall_survival=ended(90)), treated(overall_survival=ended(40)))
    every = Population(origin=Origin.LINE, which=Which.EVERY)
    found = survival(select([twice], every, TODAY), Question())
    assert any("not independent" in each for each in found.warnings)
    assert table(found, "survival-estimates").rows[0][1].who == (twice.id,)


def test_vague_dates_are_counted_in_a_sentence() -> None:
    found = survival(by_line(*lived([Lasted(100, True, vague=True), ended(90)])), Question())
    sentence = "1 length of time is known only roughly"
    assert any(each.startswith(sentence) for each in found.methods)
    assert sentence in table(found, "survival-estimates").note


def test_time_is_told_in_months_or_years_as_follow_up_is_long() -> None:
    short = survival(by_line(*lived([ongoing(200)])), Question())
    assert (short.horizons, short.unit) == ((6, 12, 24), "Months")
    long = survival(by_line(*lived([ongoing(round(150 * DAYS_PER_MONTH))])), Question())
    assert (long.horizons, long.unit, long.tick_words(24)) == ((12, 24, 60), "Years", "2")
    assert table(short, "survival-estimates").columns[-2:] == ("1 year", "2 years")
    assert table(short, "survival-estimates").columns[-3] == "6 months"


def test_who_left_between_two_days_is_known_by_how_they_left() -> None:
    times = [ended(30), ongoing(60), ended(90), ongoing(90)]
    selection = by_line(*lived(times))
    (group,) = survival(selection, Question()).groups
    patients = [unit.patient for unit in selection.units]
    assert group.left(by_event=True).who(30, 60) == (patients[0],)
    assert group.left(by_event=False).who(60, 90) == (patients[1], patients[3])


@given(
    st.lists(
        st.tuples(st.integers(0, 400), st.integers(0, 300), st.booleans()), min_size=1, max_size=25
    ),
    st.sampled_from([None, 30, 200]),
    st.booleans(),
)
def test_everybody_is_counted_or_left_out_and_each_number_has_its_patients(
    drawn: list[tuple[int, int, bool]], landmark: int | None, late: bool
) -> None:
    selection = by_line(
        *(
            member(treated(overall_survival=Lasted(days, had), seen_from=seen, number=1 + had))
            for days, seen, had in drawn
        )
    )
    found = survival(selection, Question(Outcome.OS, Factor.NUMBER, landmark, late))
    counted = [each.unit.patient for group in found.groups for each in group.subjects]
    dropped = [unit.patient for unit, _why in found.dropped]
    assert sorted(counted + dropped) == sorted(unit.patient for unit in selection.units)
    assert all(0 <= each.entry <= each.exit for group in found.groups for each in group.subjects)
    for each in found.tables[:2] if found.groups else ():
        for row in each.rows:
            for figure in row[1:]:
                if figure.words.isdigit():
                    assert int(figure.words) == len(figure.who)
