"""The mogamulizumab calendar and dose, what is due next, and the catalogue of therapies."""

import datetime as dt
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.base import PatientRecord
from models.therapies import CATALOGUE, NAMES, SHORT_NAMES, Category, short_name
from models.treatment import (
    Cycle,
    Dose,
    Infusion,
    TreatmentLine,
    calendar,
    cycle_days,
    cycle_start,
    delay,
    dose,
    is_delayed,
    next_infusion,
)
from tests.models import builders as a
from tests.models.published import published

weights = st.floats(0.1, 400)


def offsets(cycles: int) -> list[tuple[int, int, int, int]]:
    return [
        (planned.number, planned.cycle, planned.day, (planned.on - a.START).days)
        for planned in calendar(a.START, cycles)
    ]


def test_the_calendar_is_the_published_one() -> None:
    rows = published("mogamulizumab_schedule.csv")
    columns = ("infusion_no", "cycle", "cycle_day", "day_offset_from_C1D1")
    assert offsets(31) == [tuple(int(row[name]) for name in columns) for row in rows]


@given(st.integers(1, 60))
def test_the_first_five_infusions_are_weekly_and_then_every_two_weeks(cycles: int) -> None:
    found = offsets(cycles)
    assert len(found) == 2 * cycles + 2
    assert [number for number, *_others in found] == list(range(1, len(found) + 1))
    for number, _cycle, _day, offset in found:
        assert offset == (7 * (number - 1) if number <= 4 else 28 + 14 * (number - 5))


def test_thirty_cycles_are_62_infusions_in_840_days() -> None:
    assert len(calendar(a.START, 30)) == 62
    assert (cycle_start(a.START, 31) - a.START).days == 840


def test_the_days_of_a_cycle() -> None:
    assert cycle_days(1) == (1, 8, 15, 22)
    assert cycle_days(2) == cycle_days(30) == (1, 15)


def test_a_calendar_has_at_least_one_cycle() -> None:
    with pytest.raises(ValueError, match="at least one cycle"):
        calendar(a.START, 0)


@pytest.mark.parametrize(
    ("weight", "expected"),
    [
        (70, Dose(mg=70, ml=17.5, vials=4, bag_ml_least=23.4, bag_ml_most=700)),
        (60, Dose(mg=60, ml=15, vials=3, bag_ml_least=20, bag_ml_most=600)),
        (61, Dose(mg=61, ml=15.25, vials=4, bag_ml_least=20.4, bag_ml_most=610)),
        (20, Dose(mg=20, ml=5, vials=1, bag_ml_least=6.7, bag_ml_most=200)),
    ],
)
def test_the_dose_and_its_preparation(weight: float, expected: Dose) -> None:
    assert dose(weight) == expected


@given(weights)
def test_the_vials_hold_the_dose_and_none_is_too_many(weight: float) -> None:
    found = dose(weight)
    assert found.mg == pytest.approx(weight, abs=0.005)
    assert found.ml * 4 == pytest.approx(found.mg, abs=0.021)
    assert 20 * (found.vials - 1) < found.mg <= 20 * found.vials


@given(weights)
def test_the_bag_keeps_the_concentration(weight: float) -> None:
    found = dose(weight)
    assert found.mg <= found.bag_ml_least * 3.0 + 1e-5 < found.mg + 0.3 + 1e-4
    assert found.mg >= found.bag_ml_most * 0.1 - 1e-5 > found.mg - 0.01 - 1e-4


@given(weights, weights)
def test_more_weight_never_needs_fewer_vials(one: float, other: float) -> None:
    assert dose(min(one, other)).vials <= dose(max(one, other)).vials


@pytest.mark.parametrize("weight", [0, -70, float("nan")])
def test_a_weight_is_above_zero(weight: float) -> None:
    with pytest.raises(ValueError, match="above 0 kg"):
        dose(weight)


@pytest.mark.parametrize(("late", "delayed"), [(-3, False), (0, False), (2, False), (3, True)])
def test_the_window_is_two_days(late: int, delayed: bool) -> None:
    cycle = a.cycle(a.moga())
    given = a.infusion(cycle, 8, late)
    assert delay(given, cycle) == late
    assert is_delayed(given, cycle) is delayed


def test_an_omitted_infusion_is_not_late() -> None:
    cycle = a.cycle(a.moga())
    assert delay(a.omitted(cycle), cycle) is None
    assert not is_delayed(a.omitted(cycle), cycle)


MOGA = a.moga()
FIRST = a.cycle(MOGA)
SECOND = a.cycle(MOGA, 2, "2020-02-03")
DAY_1, DAY_8, DAY_15 = (a.infusion(FIRST, number) for number in (1, 8, 15))


def due(
    line: TreatmentLine, cycles: list[Cycle], infusions: Iterable[Infusion]
) -> tuple[int, int, int, str] | None:
    found = next_infusion(line, cycles, list(infusions))
    return (found.number, found.cycle, found.day, found.on.isoformat()) if found else None


@pytest.mark.parametrize(
    ("infusions", "expected"),
    [
        ([], (1, 1, 1, "2020-01-06")),
        ([DAY_1], (2, 1, 8, "2020-01-13")),
        ([DAY_1, DAY_8, DAY_15], (4, 1, 22, "2020-01-27")),
        ([DAY_15, DAY_1, DAY_8], (4, 1, 22, "2020-01-27")),
        ([DAY_1, DAY_8, DAY_15, a.infusion(FIRST, 22)], (5, 2, 1, "2020-02-03")),
        ([DAY_1, a.infusion(FIRST, 8, 2)], (3, 1, 15, "2020-01-20")),
        ([DAY_1, a.infusion(FIRST, 8, -2)], (3, 1, 15, "2020-01-20")),
        ([DAY_1, a.infusion(FIRST, 8, 3)], (3, 1, 15, "2020-01-23")),
        ([DAY_1, a.infusion(FIRST, 8, 3), a.infusion(FIRST, 15, 3)], (4, 1, 22, "2020-01-30")),
        ([DAY_1, a.infusion(FIRST, 8, 3), a.infusion(FIRST, 15, 5)], (4, 1, 22, "2020-01-30")),
        ([DAY_1, a.infusion(FIRST, 8, 3), a.infusion(FIRST, 15, 6)], (4, 1, 22, "2020-02-02")),
        ([DAY_1, a.omitted(FIRST, 8)], (3, 1, 15, "2020-01-20")),
        ([DAY_1, DAY_8, DAY_15, a.omitted(FIRST, 22)], (5, 2, 1, "2020-02-03")),
        ([DAY_1, DAY_8, DAY_15, a.infusion(FIRST, 22, 4)], (5, 2, 1, "2020-02-07")),
    ],
)
def test_the_next_infusion_of_the_first_cycle(
    infusions: list[Infusion], expected: tuple[int, int, int, str]
) -> None:
    assert due(MOGA, [FIRST], infusions) == expected


def test_the_next_infusion_of_a_later_cycle() -> None:
    given = [a.infusion(FIRST, day) for day in (1, 8, 15, 22)]
    assert due(MOGA, [SECOND, FIRST], given) == (5, 2, 1, "2020-02-03")
    given.append(a.infusion(SECOND, 1))
    assert due(MOGA, [FIRST, SECOND], given) == (6, 2, 15, "2020-02-17")
    given.append(a.infusion(SECOND, 15))
    assert due(MOGA, [FIRST, SECOND], given) == (7, 3, 1, "2020-03-02")


def test_the_first_infusion_is_due_at_the_start_of_the_line() -> None:
    assert due(MOGA, [], []) == (1, 1, 1, "2020-01-06")
    assert due(a.moga("2020-01"), [], []) is None


@pytest.mark.parametrize("line", [a.moga(end="2020-02"), a.line(), a.line(drug="mogamulizumab")])
def test_nothing_is_due_of_a_line_that_ended_or_follows_no_protocol(line: TreatmentLine) -> None:
    assert due(line, [a.cycle(line)], []) is None


@given(st.integers(1, 12), st.data())
def test_on_schedule_the_next_infusion_is_the_next_of_the_calendar(
    cycles: int, data: st.DataObject
) -> None:
    records: list[PatientRecord] = a.course(MOGA, cycles)
    made = [record for record in records if isinstance(record, Cycle)]
    given_so_far = [record for record in records if isinstance(record, Infusion)]
    count = data.draw(st.integers(1, len(given_so_far)))
    begun = {infusion.cycle for infusion in given_so_far[:count]}
    found = next_infusion(MOGA, [c for c in made if c.id in begun], given_so_far[:count])
    assert found == calendar(a.START, cycles + 1)[count]


def test_a_regimen_in_words() -> None:
    line = a.line(regimen=["gemcitabine", "oxaliplatin"])
    assert line.regimen_words == "gemcitabine + oxaliplatin"


# How the published table says it, where it says it otherwise.
IN_OUR_WORDS = {
    "bexarotene (oral)": "bexarotene",
    "interferon alfa (peg-ifn alfa-2a)": "interferon alfa",
    "methotrexate (low dose)": "methotrexate",
    "chop": "CHOP",
    "fludarabine-based": "fludarabine",
    "extracorporeal photopheresis (ecp)": "extracorporeal photopheresis",
    "total skin electron beam therapy (tsebt)": "total skin electron beam therapy",
    "allogeneic hsct": "allogeneic stem cell transplant",
    "autologous hsct": "autologous stem cell transplant",
    "chlormethine (mechlorethamine) gel": "chlormethine gel",
    "carmustine (bcnu) topical": "carmustine topical",
    "bexarotene gel 1%": "bexarotene gel",
    "imiquimod 5%": "imiquimod",
    "nb-uvb (311 nm)": "NB-UVB",
    "puva (oral/bath)": "PUVA",
    "uva1": "UVA1",
    "aciclovir / valaciclovir prophylaxis": "aciclovir prophylaxis",
}
NO_TREATMENT = "expectant policy (watch and wait)"


def test_the_catalogue_has_every_published_therapy() -> None:
    rows = [row["name"].casefold() for row in published("ctcl_therapies.csv")]
    ours = [IN_OUR_WORDS.get(name, name) for name in rows if name != NO_TREATMENT]
    assert {drug for name in ours for drug in name.split(" + ")} == set(NAMES)


def test_every_therapy_stands_once_in_its_category() -> None:
    assert len(NAMES) == len(set(NAMES))
    assert set(CATALOGUE) == set(Category)
    category = {name: group for group, names in CATALOGUE.items() for name in names}
    assert category["mogamulizumab"] is Category.SYSTEMIC
    assert category["total skin electron beam therapy"] is Category.RADIATION
    assert category["PUVA"] is Category.SKIN_DIRECTED
    assert category["gabapentin"] is Category.SUPPORTIVE


def test_a_therapy_is_said_as_in_the_clinic() -> None:
    assert set(SHORT_NAMES) <= set(NAMES)
    assert short_name("extracorporeal photopheresis") == "ECP"
    assert short_name("a new drug") == "a new drug"


def test_a_calendar_keeps_its_first_day() -> None:
    assert calendar(dt.date(2015, 7, 20), 1)[3].on == dt.date(2015, 8, 10)
