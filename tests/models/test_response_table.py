"""Each compartment as it was assessed last, and its latest measure."""

from models.response_table import response_table
from tests.models import builders as a


def test_response_and_measure_are_of_one_day_and_what_came_later_is_said() -> None:
    history = a.history(
        a.line(),
        *(a.skin_score(day, mswat) for day, mswat in (("2020-01-06", 80), ("2020-03-02", 20))),
        a.assessment("2020-03-02", nodes="NI", viscera="not assessed"),
        a.skin_score("2020-06-01", 30),
        a.blood_count("2020-06-01", 120),
        a.imaging("2020-01-06", masses=[{"site": "liver", "long_mm": 20, "short_mm": 10}]),
        a.visit("2020-09-07", disease_status="PD"),
    )
    found = response_table(history)
    skin, nodes, blood, viscera = found.rows
    assert found.assessed == a.day("2020-03-02")
    assert skin.response == "partial response"
    assert skin.measured == "mSWAT 20 on 2 Mar 2020; baseline 80 on 6 Jan 2020"
    assert skin.since == "mSWAT 30 on 1 Jun 2020"
    assert found.since == "progressive disease, visit of 7 Sep 2020"
    assert (nodes.response, nodes.measured) == ("not involved, stated", "")
    assert (blood.response, blood.measured) == ("", "")
    assert blood.since == "120 neoplastic cells/µL on 1 Jun 2020"
    assert blood.why_not == "neoplastic cells/µL not known within 14 days"
    assert viscera.response == "not assessed, stated"
    assert (viscera.measured, viscera.since) == ("sum of products 200 mm² on 6 Jan 2020", "")


def test_a_nadir_that_is_the_baseline_is_told_once() -> None:
    scores = (("2020-01-06", 20), ("2020-03-02", 30))
    history = a.history(a.line(), *(a.skin_score(*score) for score in scores))
    assert response_table(history).rows[0].measured == (
        "mSWAT 30 on 2 Mar 2020; baseline 20 on 6 Jan 2020"
    )


def test_a_response_that_was_lost_is_said() -> None:
    scores = (("2020-01-06", 40), ("2020-02-03", 4), ("2020-06-01", 36))
    history = a.history(
        a.line(), *(a.skin_score(*score) for score in scores), a.assessment("2020-06-01")
    )
    skin = response_table(history).rows[0]
    assert skin.response == "progressive disease, a response was lost"


def test_without_an_assessment_no_response_is_told() -> None:
    found = response_table(a.history())
    assert (found.assessed, found.since) == (None, "")
    assert {(row.response, row.why_not, row.measured) for row in found.rows} == {("", "", "")}
