"""The calendar and dose of a protocol, late doses, what is due next; the therapies' catalogue."""

import datetime as dt
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.base import PatientRecord
from models.protocol import BY_LABEL, Protocol
from models.therapies import CATALOGUE, NAMES, SHORT_NAMES, Category, category_of, short_name
from models.treatment import (
    Cycle,
    Dose,
    Infusion,
    PlannedDose,
    TreatmentLine,
    bag_volume,
    calendar,
    delay,
    dose,
    is_delayed,
    moved_by,
    next_infusion,
    planned_days,
    planned_dose,
    planned_on,
    window_days,
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
    assert (calendar(a.START, 31)[62].on - a.START).days == 840


def test_a_clinics_own_protocol_has_its_own_calendar() -> None:
    own = Protocol.parse("1000 mg/m² on days 1, 8 of 21, first cycle 1, 8, 15")
    found = [(each.cycle, each.day, (each.on - a.START).days) for each in calendar(a.START, 3, own)]
    assert found == [
        *((1, 1, 0), (1, 8, 7), (1, 15, 14)),
        *((2, 1, 21), (2, 8, 28)),
        *((3, 1, 42), (3, 8, 49)),
    ]


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
    assert found.mg == pytest.approx(weight, abs=0.0051)
    assert found.ml * 4 == pytest.approx(found.mg, abs=0.021)
    assert 20 * (found.vials - 1) < found.mg <= 20 * found.vials


@given(weights)
def test_the_bag_keeps_the_concentration(weight: float) -> None:
    found = dose(weight)
    assert found.mg <= found.bag_ml_least * 3.0 + 1e-5 < found.mg + 0.3 + 1e-4
    assert found.mg >= found.bag_ml_most * 0.1 - 1e-5 > found.mg - 0.01 - 1e-4


@pytest.mark.parametrize(
    ("mg", "limits"), [(70, (23.4, 700)), (60, (20, 600)), (0.1, (0.1, 1)), (400, (133.4, 4000))]
)
def test_the_bag_of_a_dose(mg: float, limits: tuple[float, float]) -> None:
    assert bag_volume(mg) == limits


@given(weights, st.floats(0, 1))
def test_every_volume_between_the_limits_keeps_the_concentration(
    weight: float, share: float
) -> None:
    found = dose(weight)
    volume = found.bag_ml_least + share * (found.bag_ml_most - found.bag_ml_least)
    assert found.bag_ml_least <= found.bag_ml_most
    assert 0.1 * 0.99999 <= found.mg / volume <= 3.0 * 1.00001


@given(weights, weights)
def test_more_weight_never_needs_fewer_vials(one: float, other: float) -> None:
    assert dose(min(one, other)).vials <= dose(max(one, other)).vials


@pytest.mark.parametrize("weight", [0, -70, float("nan")])
def test_a_weight_is_above_zero(weight: float) -> None:
    with pytest.raises(ValueError, match="above 0 kg"):
        dose(weight)


OWN = "1000 mg/m² (Mosteller) on days 1, 8, 15 of 28"


@pytest.mark.parametrize(
    ("line", "height", "expected"),
    [
        (a.moga(), None, dose(70)),
        (a.line(protocol=OWN), 170, PlannedDose(mg=1818.12, vials=None)),
        (a.line(protocol=f"{OWN}, vials of 200 mg"), 170, PlannedDose(mg=1818.12, vials=10)),
        (a.line(protocol=OWN), None, None),
        (a.line(protocol="1.8 mg/kg on day 1 of 21"), None, PlannedDose(mg=126, vials=None)),
        (a.line(protocol="200 mg on day 1 of 21"), None, PlannedDose(mg=200, vials=None)),
        (a.line(), 170, None),
    ],
)
def test_the_dose_by_the_lines_protocol(
    line: TreatmentLine, height: float | None, expected: PlannedDose | None
) -> None:
    assert planned_dose(line, a.cycle(line, height_cm=height)) == expected


@pytest.mark.parametrize(("late", "delayed"), [(-3, False), (0, False), (2, False), (3, True)])
def test_the_window_is_two_days(late: int, delayed: bool) -> None:
    cycle = a.cycle(a.moga())
    given = a.infusion(cycle, 8, late)
    planned = planned_on(cycle.day_1, 8)
    assert delay(given, planned) == late
    assert is_delayed(given, planned, BY_LABEL) is delayed


@pytest.mark.parametrize(
    ("protocol", "days"),
    [
        (None, 2),
        (BY_LABEL, 2),
        (Protocol.parse("1 mg on days 1, 8 of 28"), 2),
        (Protocol.parse("1 mg on days 1, 7 of 28"), 0),
        (Protocol.parse("1 mg on days 1, 2 of 28"), 0),
    ],
)
def test_doses_close_together_have_no_window(protocol: Protocol | None, days: int) -> None:
    assert window_days(protocol) == days


def test_an_omitted_infusion_is_not_late() -> None:
    omitted = a.omitted(a.cycle(a.moga()))
    assert delay(omitted, a.START) is None
    assert not is_delayed(omitted, a.START, BY_LABEL)


MOGA = a.moga()
FIRST = a.cycle(MOGA)
SECOND = a.cycle(MOGA, 2, "2020-02-03")
DAY_1, DAY_8, DAY_15 = (a.infusion(FIRST, number) for number in (1, 8, 15))


def due(
    line: TreatmentLine, cycles: list[Cycle], infusions: Iterable[Infusion], moves: bool = True
) -> tuple[int, int, int, str] | None:
    found = next_infusion(line, cycles, list(infusions), moves)
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
        ([a.infusion(FIRST, 1, 4)], (2, 1, 8, "2020-01-17")),
        ([a.omitted(FIRST, 1)], (2, 1, 8, "2020-01-13")),
        ([DAY_1, a.infusion(FIRST, 8, -5)], (3, 1, 15, "2020-01-20")),
        ([DAY_1, DAY_15], (3, 1, 22, "2020-01-27")),
        (
            [DAY_1, a.infusion(FIRST, 8, 3, status="reduced", reason="rash")],
            (3, 1, 15, "2020-01-23"),
        ),
    ],
)
def test_the_next_infusion_of_the_first_cycle(
    infusions: list[Infusion], expected: tuple[int, int, int, str]
) -> None:
    assert due(MOGA, [FIRST], infusions) == expected


@pytest.mark.parametrize(
    ("infusions", "expected"),
    [
        ([DAY_1, a.infusion(FIRST, 8, 2)], (3, 1, 15, "2020-01-20")),
        ([DAY_1, a.infusion(FIRST, 8, 3)], (3, 1, 15, "2020-01-20")),
        ([DAY_1, a.infusion(FIRST, 8, 6)], (3, 1, 15, "2020-01-20")),
        ([DAY_1, a.infusion(FIRST, 8, 7)], (3, 1, 22, "2020-01-27")),
        ([DAY_1, a.omitted(FIRST, 8)], (3, 1, 15, "2020-01-20")),
        ([DAY_1, DAY_8, DAY_15, a.infusion(FIRST, 22, 4)], (5, 2, 1, "2020-02-03")),
        ([DAY_1, DAY_8, DAY_15, a.infusion(FIRST, 22, 10)], (5, 2, 15, "2020-02-17")),
    ],
)
def test_under_the_us_rule_a_late_dose_leaves_the_calendar(
    infusions: list[Infusion], expected: tuple[int, int, int, str]
) -> None:
    assert due(MOGA, [FIRST], infusions, moves=False) == expected


def test_the_next_infusion_of_a_clinics_own_protocol() -> None:
    line = a.line(protocol="15 mg/m² on days 1, 8 of 21")
    cycle = a.cycle(line)
    both = [a.infusion(cycle), a.infusion(cycle, 8, 3)]
    assert due(line, [], []) == (1, 1, 1, "2020-01-06")
    assert due(line, [cycle], both[:1]) == (2, 1, 8, "2020-01-13")
    assert due(line, [cycle], both) == (3, 2, 1, "2020-01-30")
    assert due(line, [cycle], both, moves=False) == (3, 2, 1, "2020-01-27")


def test_doses_on_following_days_are_never_due_on_one_day() -> None:
    line = a.line(protocol="90 mg/m² on days 1, 2 of 28")
    cycle = a.cycle(line)
    assert due(line, [cycle], [a.infusion(cycle, 1, 1)]) == (2, 1, 2, "2020-01-08")


def planned(
    cycles: list[Cycle],
    infusions: list[Infusion],
    moves: bool = True,
    by: Protocol | None = BY_LABEL,
) -> list[str]:
    found = planned_days(by, cycles, infusions, moves)
    return [found[infusion.id].isoformat() for infusion in infusions]


def test_a_late_dose_moves_what_follows_in_its_cycle_and_the_next() -> None:
    late = [DAY_1, a.infusion(FIRST, 8, 5), a.infusion(FIRST, 15, 5), a.omitted(FIRST, 22)]
    moved = a.cycle(MOGA, 2, "2020-02-08")
    late += [a.infusion(moved), a.infusion(moved, 15)]
    days = ["2020-01-06", "2020-01-13", "2020-01-25", "2020-02-01", "2020-02-08", "2020-02-22"]
    assert planned([moved, FIRST], late) == days
    assert planned([FIRST, moved], late, moves=False) == [
        *("2020-01-06", "2020-01-13", "2020-01-20", "2020-01-27", "2020-02-03", "2020-02-17")
    ]


@pytest.mark.parametrize("entered", ["2020-02-03", "2020-02-08"])
def test_a_late_day_1_is_late_whichever_day_1_was_entered(entered: str) -> None:
    second = a.cycle(MOGA, 2, entered)
    given_on = [
        a.infusion(second, given_on="2020-02-08"),
        a.infusion(second, 15, status="omitted", given_on=None, reason="rash"),
    ]
    assert planned([FIRST, second], [DAY_1, *given_on]) == [
        "2020-01-06",
        "2020-02-03",
        "2020-02-22",
    ]


def test_without_the_cycle_before_or_a_protocol_day_1_is_as_entered() -> None:
    third = a.cycle(MOGA, 3, "2020-03-09")
    given_on = [a.infusion(third), a.infusion(third, 15, 3)]
    assert planned([FIRST, third], given_on) == ["2020-03-09", "2020-03-23"]
    late_second = a.cycle(MOGA, 2, "2020-02-08")
    day_1 = [a.infusion(late_second)]
    assert planned([FIRST, late_second], day_1) == ["2020-02-03"]
    assert planned([FIRST, late_second], day_1, by=None) == ["2020-02-08"]
    assert planned([FIRST, late_second], [a.infusion(late_second, 15)]) == ["2020-02-22"]


@pytest.mark.parametrize(
    ("entered", "eu", "us"),
    [
        ("2020-01-29", "2020-02-12", "2020-02-17"),
        ("2020-02-01", "2020-02-17", "2020-02-17"),
        ("2020-02-03", "2020-02-17", "2020-02-17"),
        ("2020-02-05", "2020-02-17", "2020-02-17"),
        ("2020-02-06", "2020-02-20", "2020-02-17"),
        ("2020-02-10", "2020-02-24", "2020-02-17"),
    ],
)
def test_day_1_as_it_was_given_keeps_the_calendar_within_the_window(
    entered: str, eu: str, us: str
) -> None:
    second = a.cycle(MOGA, 2, entered)
    day_1, day_15 = a.infusion(second), a.omitted(second, 15)
    for moves, day in ((True, eu), (False, us)):
        assert planned([FIRST, second], [day_1, day_15], moves) == ["2020-02-03", day]
        assert due(MOGA, [FIRST, second], [day_1], moves) == (2, 2, 15, day)
        third = a.cycle(MOGA, 3, dt.date.fromisoformat(day) + dt.timedelta(days=14))
        assert due(MOGA, [FIRST, second, third], [], moves) == (1, 3, 1, third.day_1.isoformat())


def test_small_delays_of_day_1_do_not_add_up() -> None:
    second, third = a.cycle(MOGA, 2, "2020-02-05"), a.cycle(MOGA, 3, "2020-03-04")
    assert due(MOGA, [FIRST, second, third], [a.infusion(third)]) == (2, 3, 15, "2020-03-16")
    given = [a.infusion(second, 1, 1), a.infusion(second, 15)]
    assert planned([FIRST, second], given) == ["2020-02-03", "2020-02-20"]


lateness = st.integers(-2, 20)


@given(lateness, lateness, lateness)
def test_late_doses_add_up_under_the_eu_rule_and_not_under_the_us_rule(
    first: int, second: int, third: int
) -> None:
    moved, infusions = 0, []
    for day, late in ((1, first), (8, second), (15, third)):
        infusions.append(a.infusion(FIRST, day, moved + late))
        moved += late if late > 2 else 0
    assert moved_by(infusions, a.START, BY_LABEL, moves=True) == moved
    assert moved_by(infusions, a.START, BY_LABEL, moves=False) == 0
    found = next_infusion(MOGA, [FIRST], infusions, moves=True)
    assert found is not None
    assert (found.day, (found.on - a.START).days) == (22, 21 + moved)


@given(st.lists(lateness, min_size=1, max_size=4), st.booleans())
def test_the_next_dose_is_due_after_the_last_one_given(late: list[int], moves: bool) -> None:
    days = zip((1, 8, 15, 22), late, strict=False)
    infusions = [a.infusion(FIRST, day, by) for day, by in days]
    found = next_infusion(MOGA, [FIRST], infusions, moves)
    assert found is not None
    assert all(each.given_on and each.given_on < found.on for each in infusions)


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


@given(st.integers(1, 12), st.booleans(), st.data())
def test_on_schedule_the_next_infusion_is_the_next_of_the_calendar(
    cycles: int, moves: bool, data: st.DataObject
) -> None:
    records: list[PatientRecord] = a.course(MOGA, cycles)
    made = [record for record in records if isinstance(record, Cycle)]
    given_so_far = [record for record in records if isinstance(record, Infusion)]
    count = data.draw(st.integers(1, len(given_so_far)))
    begun = {infusion.cycle for infusion in given_so_far[:count]}
    found = next_infusion(MOGA, [c for c in made if c.id in begun], given_so_far[:count], moves)
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


@pytest.mark.parametrize(
    ("regimen", "category"),
    [
        (["CHOP"], Category.SYSTEMIC),
        (["ecp", "bexarotene"], Category.SYSTEMIC),
        (["ECP + bexarotene"], Category.SYSTEMIC),
        (["TSEBT"], Category.RADIATION),
        (["PUVA", "bexarotene"], None),
        (["CHOP", "something new"], None),
        ([], None),
    ],
)
def test_a_regimen_tells_its_category_where_all_its_drugs_share_one(
    regimen: list[str], category: Category | None
) -> None:
    assert category_of(regimen) is category


def test_who_says_why_a_line_was_stopped_is_asked_when() -> None:
    assert TreatmentLine.needed_with({"stop_reason": "toxicity"}).keys() == {"end"}
    assert TreatmentLine.needed_with({"stop_reason": None}) == {}
    assert a.line("2015", stop_reason="toxicity").end is None, "an old letter may not know"


@pytest.mark.parametrize("status", ["given", None])
def test_an_infusion_as_planned_needs_no_reason(status: str | None) -> None:
    assert Infusion.needed_with({"status": status}) == {}


def test_an_infusion_not_as_planned_needs_a_reason() -> None:
    assert Infusion.needed_with({"status": "omitted"}).keys() == {"reason"}


@pytest.mark.parametrize(
    ("regimen", "expected"),
    [
        (["mogamulizumab"], True),
        (["Mogamulizumab "], True),
        (["bexarotene + MOGAMULIZUMAB"], True),
        (["bexarotene"], False),
    ],
)
def test_mogamulizumab_is_known_however_it_was_typed(regimen: list[str], expected: bool) -> None:
    assert a.line(regimen=regimen).has_mogamulizumab is expected
