"""The treatment that goes on, or the last one, in detail."""

import datetime as dt
from typing import Any

from models.current_treatment import current_treatments, treatment_figures
from models.summary import Summary, as_of
from tests.models import builders as a

TODAY = dt.date(2020, 4, 30)


def summary(*records: Any) -> Summary:
    return as_of(a.history(*records), TODAY)


def told(*records: Any) -> dict[str, tuple[str, str]]:
    found = summary(*records)
    (line,) = current_treatments(found)
    return {each.title: (each.value, each.inputs) for each in treatment_figures(found, line)}


def test_those_that_go_on_count_before_the_last_one() -> None:
    first, second = a.line("2019"), a.line("2020-01", "2020-02", drug="methotrexate")
    assert current_treatments(summary(first, second)) == [first]
    ended = a.line("2019", "2019")
    assert current_treatments(summary(ended, second)) == [second]
    assert current_treatments(summary(a.line(category="supportive"))) == []


def test_the_latest_departures_are_named_and_the_rest_counted() -> None:
    line = a.moga()
    cycles = [a.cycle(line, n, a.START + dt.timedelta(28 * (n - 1))) for n in range(1, 5)]
    doses = [a.infusion(cycle, 1) for cycle in cycles]
    omitted = [a.omitted(cycle, 15) for cycle in cycles] + [a.omitted(cycles[0], 22)]
    reduced = a.infusion(cycles[0], 8, status="reduced", dose_mg=35, reason="fever")
    value, _inputs = told(line, *cycles, *doses, *omitted, reduced)["Not as planned"]
    assert value == (
        "C4 day 15: omitted (fever); C3 day 15: omitted (fever); C2 day 15: omitted (fever); "
        "C1 day 22: omitted (fever); and 2 earlier"
    )


def test_a_course_as_planned_names_no_departure() -> None:
    line = a.moga(end="2020-02-20", stop_reason="completed")
    figures = told(line, *a.course(line, 1))
    assert [*figures] == ["Cycles", "Dose intensity", "Last dose"]
    assert figures["Last dose"] == ("27 Jan 2020, C1 day 22", "3.1 months ago")


def test_why_the_intensity_is_not_known() -> None:
    line = a.line()
    cycle = a.cycle(line)
    why = told(line, cycle, a.infusion(cycle))["Dose intensity"]
    assert why == ("Cannot be worked out", "the line has no protocol")
    by_surface = a.line(protocol="1000 mg/m² on days 1, 8, 15 of 28")
    cycle = a.cycle(by_surface)
    figures = told(by_surface, cycle, a.infusion(cycle))
    assert figures["Protocol"][0] == "1000 mg/m² (Mosteller) on days 1, 8, 15 of 28"
    assert "the height for a dose in mg/m²" in figures["Dose intensity"][1]


def test_tablets_have_their_dose_as_a_letter_says_it() -> None:
    assert told(a.line(dose_text="300 mg daily")) == {"Dose": ("300 mg daily", "")}


def test_a_dose_that_is_overdue_says_so() -> None:
    line = a.moga()
    assert told(line, *a.course(line, 1))["Next dose"] == (
        "3 Feb 2020, infusion, cycle 2 day 1",
        "overdue",
    )
    cycle = a.cycle(line)
    assert "Last dose" not in told(line, cycle, a.omitted(cycle, 1))
