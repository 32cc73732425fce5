"""What a new adverse event begins with, and a biopsy that is to explain it."""

import datetime as dt

import pytest

from models import ctcae
from models.adverse_event import AdverseEvent
from models.base import revised
from models.ctcae import CtcaeVersion, Soc
from models.event_proposals import biopsy_for, line_at
from models.proposals import proposal
from models.values import Grade, PartialDate
from tests.models import builders as a

TODAY = dt.date(2020, 3, 2)
MOGA = a.moga(a.START, "2020-02-10")
EARLIER = a.line("2019-03-01", "2019-09-30")
BESIDE = a.line("2020-01-20", drug="prednisolone")
SUPPORT = a.line("2020-01-01", category="supportive")
HISTORY = a.history(EARLIER, MOGA, *a.course(MOGA, 1), BESIDE, SUPPORT)


@pytest.mark.parametrize(
    ("onset", "line"),
    [
        ("2019-01", None),
        ("2019-05", EARLIER),
        ("2019-11", None),
        ("2020-01-05", None),
        ("2020-01-06", MOGA),
        ("2020-01", MOGA),
        ("2020-05-10", MOGA),
        ("2020-05-11", BESIDE),
    ],
)
def test_the_line_under_which_an_onset_falls(onset: str, line: object) -> None:
    assert line_at(HISTORY, PartialDate.parse(onset)) is line


def test_a_new_event_has_a_line_and_a_version_and_nothing_that_was_not_observed() -> None:
    assert proposal(AdverseEvent, HISTORY, TODAY) == {
        "ctcae_version": "5.0",
        "treatment_line": MOGA.id,
    }
    assert proposal(AdverseEvent, a.history(), TODAY) == {"ctcae_version": "5.0"}


def test_the_version_is_the_one_used_last_where_the_program_knows_it() -> None:
    now = dt.datetime(2020, 2, 1, tzinfo=dt.UTC)
    last = revised(a.event("2017", ctcae_version="6.0"), recorded_at=now)
    first = revised(a.event("2020"), recorded_at=now - dt.timedelta(days=9))
    assert proposal(AdverseEvent, a.history(last, first), TODAY)["ctcae_version"] == "6.0"
    old = a.history(a.event(ctcae_version="4.03"))
    assert proposal(AdverseEvent, old, TODAY)["ctcae_version"] == "5.0"


def test_the_newest_version_that_was_imported_is_proposed() -> None:
    owner, term = object(), ctcae.CtcaeTerm("Made-up sign", Soc.SKIN, {Grade.MILD: "Mild"})
    try:
        ctcae.hold(owner, {CtcaeVersion.V6_0: [term]})
        assert proposal(AdverseEvent, HISTORY, TODAY)["ctcae_version"] == "6.0"
    finally:
        ctcae.let_go(owner)
    assert proposal(AdverseEvent, HISTORY, TODAY)["ctcae_version"] == "5.0"


def test_a_biopsy_for_an_event_names_it() -> None:
    rash = a.event(body_site="left cheek")
    expected = {"adverse_event": rash.id, "indication": "rash", "body_site": "left cheek"}
    assert biopsy_for(rash) == expected
    assert biopsy_for(a.event(term="Pneumonitis"))["indication"] == "other"
