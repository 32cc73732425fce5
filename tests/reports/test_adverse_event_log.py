"""The adverse event log as it is printed, of the published case and of made-up patients."""

import datetime as dt
import io
import uuid
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader

from models.history import History
from reports.asked import Asked, Printing
from reports.catalogue import ADVERSE_EVENTS
from tests.models import builders as a
from tests.reports.conftest import AS_OF


def pages(history: History, printing: Printing, **asked: Any) -> list[str]:
    """The text of each page with single spaces."""
    pdf = ADVERSE_EVENTS.build(Asked(history, AS_OF, **asked), printing)
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def text(history: History, printing: Printing, **asked: Any) -> str:
    return " ".join(pages(history, printing, **asked))


def test_the_case_has_one_event_with_all_that_is_known_of_it(
    case: History, printing: Printing
) -> None:
    told = text(case, printing)
    for words in (
        "Adverse event log · as of 30 April 2020",
        "Ongoing (0) None.",
        "Ended (1)",
        "Skin and subcutaneous tissue disorders - Other, specify",
        "“Plaque on the cheekbone, without itch” zygomatic area; CTCAE 4.03",
        "Grade 2 Jul 2017 C26 day 13 to C27 day 15, about day 728 on mogamulizumab",
        "Resolved Dec 2017 about 5 months No Probable, to mogamulizumab (line 6)",
        "treatment-emergent biopsy Sep 2017: drug-related biopsy Oct 2017: drug-related",
        "Treatment: stopped no treatment recorded",
        "Rules that await confirmation by a clinician: Treatment-emergent.",
    ):
        assert words in told


def courses() -> History:
    line = a.moga(end="2020-03-02", stop_reason="toxicity")
    grades = [{"date": "2020-02-10", "grade": 3}, {"date": "2020-02-03", "grade": 1}]
    rash = a.event(
        grades=grades,
        serious=True,
        seriousness="hospitalisation",
        action="stopped",
        attribution="probable",
        treatment_line=line.id,
        treatment_given="prednisolone 30 mg",
    )
    cold = a.event("2020-01-20", 1, term="Upper respiratory infection", resolved="2020-01-27")
    fever = a.event("2020-01-06", 1, term="Fever", resolved="2020-01-06", action="delayed")
    return a.history(a.diagnosis(), line, *a.course(line, 2), rash, cold, fever)


def test_what_goes_on_stands_first_and_is_counted_up_at_the_top(printing: Printing) -> None:
    told = text(courses(), printing)
    assert "3 events 1 ongoing 0 grade 5 0 grade 4 1 grade 3 0 grade 2 2 grade 1 1 serious" in told
    assert "1 led to delay Ongoing (1)" in told
    ongoing, ended = told.split("Ended (2)")
    for words in (
        "Grade 3 grade 1 from 3 Feb 2020 grade 3 from 10 Feb 2020",
        "Ongoing 2.9 months so far Yes: hospitalisation",
        "Treatment: stopped prednisolone 30 mg",
    ):
        assert words in " ".join(ongoing.split())
    assert ended.index("Fever") < ended.index("Upper respiratory infection")
    assert "Resolved 6 Jan 2020 on the same day not recorded" in ended


def test_since_a_day_only_what_was_still_there_or_came_later(printing: Printing) -> None:
    told = text(courses(), printing, since=dt.date(2020, 1, 27))
    assert "Events that went on on 27 Jan 2020 or began later." in told
    assert "Upper respiratory infection" in told
    assert "Fever" not in told
    assert "Upper" not in text(courses(), printing, since=dt.date(2020, 1, 28))


def test_nothing_recorded_is_said(printing: Printing) -> None:
    assert "No adverse event recorded." in text(a.history(), printing)
    assert "None in this time." in text(a.history(), printing, since=AS_OF)


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_of_many_events_each_row_stays_whole_under_its_heading(
    printing: Printing, paper: str
) -> None:
    events = [
        a.event("2020-02-03", id=uuid.UUID(int=n), verbatim="itch " * (n * 3)) for n in range(1, 61)
    ]
    found = pages(a.history(*events), replace(printing, paper=paper))
    assert len(found) > 3
    for page in found:
        assert "Worst grade" in page
        assert page.count("“itch") == page.count("CTCAE 5.0") == page.count("so far")
    assert sum(page.count("CTCAE 5.0") for page in found) == 60


def test_what_is_not_wanted_is_left_out(printing: Printing) -> None:
    for key, title in (
        ("overview", "led to delay"),
        ("ongoing", "Ongoing (1)"),
        ("ended", "Ended"),
    ):
        assert title in text(courses(), printing)
        assert title not in text(courses(), printing, without=frozenset({key}))


def test_de_identified_it_tells_days_and_no_words_of_the_patient(
    case: History, printing: Printing
) -> None:
    told = text(case, replace(printing, anonymous=True))
    assert "Resolved about day 2359" in told
    for left_out in ("Rossi", "cheekbone", "2017", "no treatment recorded"):
        assert left_out not in told
