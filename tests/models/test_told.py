"""What tables tell of a record beside its fields."""

from models.response import Assessment, Response
from models.told import told, told_fields
from models.treatment import Infusion
from models.visit import Visit
from tests.models import builders as a


def test_an_assessment_tells_what_was_worked_out() -> None:
    line = a.line("2020-01-06")
    scores = [a.skin_score("2020-01-06", 80), a.skin_score("2020-03-02", 20)]
    found = a.assessment("2020-03-02", nodes="NI", blood="NI", viscera="NI")
    row = told(a.history(line, *scores, found), Assessment)[found.id]
    assert row["skin_found"] is row["global_response"] is Response.PR
    judged = a.assessment("2020-03-02", "PR", judgement="SD", judgement_reason="pigment")
    row = told(a.history(line, judged), Assessment)[judged.id]
    assert (row["skin_found"], row["global_response"]) == (Response.PR, Response.SD)


def test_an_infusion_tells_its_cycle_its_day_and_its_delay() -> None:
    moga = a.moga()
    cycle = a.cycle(moga)
    late, left_out = a.infusion(cycle, 8, 4), a.omitted(cycle, 22)
    rows = told(a.history(moga, cycle, late, left_out), Infusion)
    said = [tuple(rows[each.id].values()) for each in (late, left_out)]
    assert said == [(1, 8, a.day("2020-01-17"), 4), (1, 22, a.day("2020-01-31"), None)]


def test_every_column_is_told() -> None:
    moga = a.moga()
    cycle = a.cycle(moga)
    history = a.history(moga, cycle, a.infusion(cycle), a.assessment("2020-03-02"))
    for kind in (Assessment, Infusion):
        (row,) = told(history, kind).values()
        assert set(row) == {words.name for words in told_fields(kind)}
    assert told_fields(Visit) == []
    assert told(a.history(a.visit("2020-03-02")), Visit) == {}
