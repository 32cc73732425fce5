"""Adverse events of a population, against tables worked out by hand."""

import pytest

from models.adverse_event import Action, Emergent
from models.biopsy import Conclusion
from models.cohort.event_facts import EventFacts
from models.cohort.figure_table import FigureTable
from models.cohort.incidence import Order
from models.cohort.member import Member
from models.cohort.safety import Safety, safety
from models.cohort.selection import Selection
from models.ctcae import Soc
from models.population import Which
from models.response import Response
from models.values import Grade
from tests.models.cohort import members as made

RASH, NAUSEA = "Rash maculo-papular", "Nausea"
ONE, TWO, THREE, DEATH = Grade.MILD, Grade.MODERATE, Grade.SEVERE, Grade.DEATH


def nausea(worst: Grade = ONE, **changes: object) -> EventFacts:
    return made.event(term=NAUSEA, soc=Soc.GASTROINTESTINAL, worst=worst, **changes)


def rash(worst: Grade = TWO, **changes: object) -> EventFacts:
    return made.event(term=RASH, soc=Soc.SKIN, worst=worst, is_rash=True, **changes)


def at_risk(days: int | None, *events: EventFacts, **changes: object) -> Member:
    line = made.treated(events=events, doses=made.doses(at_risk=days), **changes)
    return made.member(line)


@pytest.fixture
def four() -> Selection:
    """Four lines: three with a rash, one of them with two; nausea in two; one without an event."""
    return made.by_line(
        at_risk(
            400,
            rash(TWO, onset=69, attributed=True, action=Action.DELAYED),
            rash(THREE, onset=199, serious=True, action=Action.STOPPED),
            nausea(),
        ),
        at_risk(200, rash(ONE, onset=139), nausea(DEATH, onset=10)),
        at_risk(300, rash(TWO, onset=209, vague=True, emergent=Emergent.POSSIBLE)),
        at_risk(100),
    )


def table(found: Safety, key: str) -> dict[str, list[str]]:
    (it,) = (each for each in found.tables if each.key == key)
    return {row[0].words: [figure.words for figure in row[1:]] for row in it.rows}


def behind(found: FigureTable, title: str, column: int = 1) -> list[int]:
    (row,) = (row for row in found.rows if row[0].words == title)
    return [each.int for each in row[column].who]


def test_everybody_counts_once_for_a_term_with_the_worst_grade(four: Selection) -> None:
    found = safety(four)
    assert table(found, "safety-by-grade") == {
        "Any event": ["3 (75 %)", "1 (25 %)", "1 (25 %)", "0", "1 (25 %)"],
        "Skin and subcutaneous tissue disorders": ["3 (75 %)", "2 (50 %)", "1 (25 %)", "0", "0"],
        "\u2003Rash maculo-papular": ["3 (75 %)", "2 (50 %)", "1 (25 %)", "0", "0"],
        "Gastrointestinal disorders": ["2 (50 %)", "1 (25 %)", "0", "0", "1 (25 %)"],
        "\u2003Nausea": ["2 (50 %)", "1 (25 %)", "0", "0", "1 (25 %)"],
    }
    of_grade_3 = behind(found.tables[1], "\u2003Rash maculo-papular", column=3)
    assert of_grade_3 == [four.units[0].patient.int]


def test_the_overview_counts_what_events_led_to(four: Selection) -> None:
    shares = {title: words.split(",")[0] for title, (words,) in _overview(safety(four))}
    assert shares == {
        "Any event": "3 of 4 (75 %",
        "Grade 3 or more": "2 of 4 (50 %",
        "Serious": "1 of 4 (25 %",
        "Led to delay": "1 of 4 (25 %",
        "Led to reduction": "0 of 4 (0 %",
        "Led to interruption": "0 of 4 (0 %",
        "Led to stop": "1 of 4 (25 %",
        "Led to death": "1 of 4 (25 %",
    }


def _overview(found: Safety) -> list[tuple[str, list[str]]]:
    return [*table(found, "safety-overview").items()]


def test_a_rate_counts_the_time_up_to_the_first_onset(four: Selection) -> None:
    """Rash: 70 + 140 + 210 days up to it and 100 without, 520 in all; 3 in 1.424 years.
    Nausea: 31 + 11 + 300 + 100 are 442; 2 in 1.210 years.
    """
    rates = table(safety(four), "safety-rates")
    assert rates[RASH] == ["3", "1.4", "210.7 (43.5 to 615.8)", "139 (69 to 209)"]
    assert rates[NAUSEA] == ["2", "1.2", "165.3 (20.0 to 597.0)", "20 (10 to 30)"]


def test_the_worst_may_stand_first(four: Selection) -> None:
    frequent, worst = safety(four).incidence, safety(four, order=Order.WORST).incidence
    assert frequent is not None
    assert worst is not None
    assert [term.name for term in frequent.terms] == [RASH, NAUSEA]
    assert [term.name for term in worst.terms] == [NAUSEA, RASH]
    assert worst.classes[0].name == Soc.GASTROINTESTINAL.label


def test_only_what_is_attributed_may_count(four: Selection) -> None:
    found = safety(four, attributed_only=True)
    assert table(found, "safety-by-grade")["Any event"] == ["1 (25 %)", "1 (25 %)", "0", "0", "0"]
    assert any("Only events attributed" in words for words in found.methods)


def test_vague_onsets_are_told(four: Selection) -> None:
    warned = " ".join(safety(four).warnings)
    assert "1 of 6 events may have come before the first dose" in warned
    assert "1 of 6 onsets is known by month or year only" in warned


def test_lines_given_elsewhere_are_told_as_their_events_may_be_missing() -> None:
    found = safety(made.by_line(at_risk(9), at_risk(9, given_here=False)))
    assert found.warnings == ("1 of 2 lines was given elsewhere: its events may not be on file.",)


def test_without_an_event_every_figure_is_none() -> None:
    found = safety(made.by_line(at_risk(100), at_risk(None)))
    assert table(found, "safety-by-grade") == {"Any event": ["0"] * 5}
    assert table(found, "safety-rates") == {"Any event": ["0", "0.3", "0.0 (0.0 to 1347.4)", "–"]}
    assert table(found, "mogamulizumab-rash")["With a rash"][0].startswith("0 of 2 (0 %")
    assert any("1 line without a contact" in words for words in found.methods)
    assert not found.warnings


def test_no_rate_of_no_time() -> None:
    rates = table(safety(made.by_line(at_risk(None))), "safety-rates")
    assert rates["Any event"] == ["0", "0.0", "–", "–"]


def test_a_term_of_no_known_class_has_a_row_of_its_own() -> None:
    found = safety(made.by_line(at_risk(10, made.event(term="Drug fog", soc=None))))
    assert "System organ class not known" in table(found, "safety-by-grade")


def test_a_rash_is_told_with_its_biopsies_and_what_came_of_it() -> None:
    drug, both = Conclusion.DRUG_RELATED, Conclusion.BOTH
    found = safety(
        made.by_line(
            at_risk(
                400,
                rash(onset=70, conclusions=(drug, None), resolved=made.ended(42)),
                response=made.response(best=Response.CR),
            ),
            at_risk(
                400,
                rash(THREE, onset=140, conclusions=(both,), resolved=made.ongoing(20)),
                response=made.response(best=Response.SD),
            ),
            at_risk(400, rash(onset=217, action=Action.STOPPED)),
            at_risk(400, response=made.response(best=Response.PR)),
            at_risk(400, rash(onset=1), drugs=("bexarotene",)),
        )
    )
    rows = {
        title: words.split(",")[0] for title, (words,) in table(found, "mogamulizumab-rash").items()
    }
    assert rows["With a rash"] == "3 of 4 (75 %"
    assert rows["Weeks to onset, median (range)"] == "20 (10 to 31)"
    assert rows["Weeks to onset, median (quartiles)"] == "20 (15 to 25.5)"
    assert rows["Weeks until resolved, median (range)"] == "6 (6 to 6)"
    assert rows["Worst grade 3"] == "1 of 3 (33 %"
    assert rows["Biopsied"] == "2 of 3 (67 %"
    assert rows["Biopsy: drug-related"] == rows["Biopsy: both"] == "1 of 3 (33 %"
    assert rows["Biopsy: result awaited"] == rows["Led to stop"] == "1 of 3 (33 %"
    assert rows["Resolved"] == rows["Goes on"] == "1 of 3 (33 %"
    with_and_without = table(found, "mogamulizumab-rash-response")
    said = [words.split(",")[0] for words in with_and_without["Responded: CR, VGPR or PR"]]
    assert said == ["1 of 3 (33 %", "1 of 1 (100 %"]
    assert "No response on file" in with_and_without
    assert any("looks better than it is" in words for words in found.warnings)


def test_where_every_best_response_is_known_there_is_no_row_for_none() -> None:
    found = safety(made.by_line(at_risk(9, rash(), response=made.response(best=Response.SD))))
    assert "No response on file" not in table(found, "mogamulizumab-rash-response")


def test_other_drugs_have_no_table_of_the_rash() -> None:
    found = safety(made.by_line(at_risk(9, drugs=("bexarotene",))))
    assert [each.key for each in found.tables] == [
        "safety-overview",
        "safety-by-grade",
        "safety-rates",
    ]


def test_safety_belongs_to_a_line_and_to_somebody() -> None:
    from_diagnosis = safety(made.from_diagnosis(at_risk(10, nausea())))
    assert not from_diagnosis.by_line
    assert not from_diagnosis.tables
    assert "belong to a treatment line" in from_diagnosis.warnings[0]
    assert safety(made.by_line()) == Safety()


def test_several_lines_of_one_patient_are_warned_of() -> None:
    lines = (made.treated(events=(nausea(),)), made.treated(number=2))

    for which, warned in ((Which.EVERY, True), (Which.FIRST, False)):
        found = safety(made.by_line(made.member(*lines), which=which))
        assert any("the intervals are too narrow" in each for each in found.warnings) is warned
