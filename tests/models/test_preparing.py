"""How a dose is rounded to be drawn up, and what is marked before it is prepared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.preparing import drawn_up, is_old, most_kg
from models.protocol import Protocol
from models.treatment import PlannedDose

SURFACE = Protocol.parse("1000 mg/m² on days 1, 8 of 21, vials of 200 mg")


@given(st.floats(10, 10_000))
def test_a_dose_by_the_surface_is_whole_and_no_more_than_half_a_mg_off(mg: float) -> None:
    rounded = drawn_up(SURFACE, PlannedDose(mg, None))
    assert rounded.mg == int(rounded.mg)
    assert abs(rounded.mg - mg) <= 0.5
    assert rounded.vials is not None
    assert (rounded.vials - 1) * 200 < rounded.mg <= rounded.vials * 200


@pytest.mark.parametrize(
    ("protocol", "mg"),
    [
        ("1.4 mg/m² on days 1, 8 of 21", 2.55),
        ("1.8 mg/kg on day 1 of 21", 127.44),
        ("37.5 mg on day 1 of 7", 37.5),
    ],
)
def test_small_doses_and_others_are_left_as_they_are(protocol: str, mg: float) -> None:
    planned = PlannedDose(mg, None)
    assert drawn_up(Protocol.parse(protocol), planned) is planned


@pytest.mark.parametrize(
    ("drug", "protocol", "limit"),
    [
        ("Brentuximab vedotin ", "1.8 mg/kg on day 1 of 21", 100),
        ("brentuximab vedotin", "180 mg on day 1 of 21", None),
        ("mogamulizumab", "mogamulizumab", None),
    ],
)
def test_brentuximab_has_a_most_weight(drug: str, protocol: str, limit: float | None) -> None:
    assert most_kg([drug], Protocol.parse(protocol)) == limit


def test_a_weight_is_old_after_28_days() -> None:
    assert [is_old(days) for days in (0, 28, 29)] == [False, False, True]
