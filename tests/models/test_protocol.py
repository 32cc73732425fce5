"""Protocols: the notation, what it means, and the body surface."""

from collections.abc import Callable
from itertools import islice
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from models.base import InvalidRecord
from models.protocol import BY_LABEL, EXAMPLE, Formula, Protocol, Unit, body_surface, vials_of
from tests.models import builders as a


def days_within(cycle: int) -> st.SearchStrategy[tuple[int, ...]]:
    days = st.sets(st.integers(1, cycle), min_size=1, max_size=8)
    return days.map(lambda found: tuple(sorted(found)))


@st.composite
def protocols(draw: st.DrawFn) -> Protocol:
    cycle, unit = draw(st.integers(1, 366)), draw(st.sampled_from(Unit))
    formula = draw(st.sampled_from(Formula)) if unit is Unit.MG_PER_M2 else None
    amount = st.floats(0.001, 10_000)
    return Protocol(
        cycle_days=cycle,
        days=draw(days_within(cycle)),
        dose=draw(amount),
        unit=unit,
        formula=formula,
        first_cycle=draw(st.none() | days_within(cycle)),
        vial_mg=draw(st.none() | amount),
    )


@given(protocols() | st.just(BY_LABEL))
def test_a_protocol_is_read_back_as_written(protocol: Protocol) -> None:
    assert Protocol.parse(str(protocol)) == protocol
    stored = TypeAdapter(Protocol)
    assert stored.dump_python(protocol, mode="json") == str(protocol)
    assert stored.validate_python(str(protocol)) == protocol
    assert stored.validate_python(protocol) is protocol


@given(protocols())
def test_what_is_written_reads_the_same_in_any_case_and_spacing(protocol: Protocol) -> None:
    written = str(protocol)
    assert Protocol.parse(f"  {written.upper()} ") == protocol
    assert Protocol.parse(written.replace(" ", "  ")) == protocol
    assert Protocol.parse(written.replace(", ", ",")) == protocol


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Mogamulizumab", "mogamulizumab"),
        (EXAMPLE, "1000 mg/m² (Mosteller) on days 1, 8, 15 of 28"),
        ("1000 mg/m2 days 1,8,15 of 28", "1000 mg/m² (Mosteller) on days 1, 8, 15 of 28"),
        ("20 mg/m^2 (Du Bois) on days 1 and 15 of 28", "20 mg/m² (DuBois) on days 1, 15 of 28"),
        ("1,8 mg/kg, day 1 of 21", "1.8 mg/kg on day 1 of 21"),
        ("240mg on day 1 of 14 days", "240 mg on day 1 of 14"),
        ("0.009 mg / kg on days 1-5 of 21", "0.009 mg/kg on days 1, 2, 3, 4, 5 of 21"),
        ("0,125 mg on days 1 – 2, and 8 of 21", "0.125 mg on days 1, 2, 8 of 21"),
        ("1000 mg/m2 d1,8,15 q28", "1000 mg/m² (Mosteller) on days 1, 8, 15 of 28"),
        ("1000 mg/m², D1, 8, 15 Q28d", "1000 mg/m² (Mosteller) on days 1, 8, 15 of 28"),
        ("2 mg d 1-3 q 21 days; vials of 5 mg", "2 mg on days 1, 2, 3 of 21, vials of 5 mg"),
        (
            "1000 mg/m² on days 1, 8, 15 every 28 days",
            "1000 mg/m² (Mosteller) on days 1, 8, 15 of 28",
        ),
        (
            "1 mg/kg on days 1, 15 of 28; first cycle: days 1, 8, 15, 22; vial 50 mg",
            "1 mg/kg on days 1, 15 of 28, first cycle 1, 8, 15, 22, vials of 50 mg",
        ),
    ],
)
def test_a_protocol_as_people_type_it(typed: str, written: str) -> None:
    assert str(Protocol.parse(typed)) == str(Protocol.read(typed)) == written


@pytest.mark.parametrize(
    ("figure", "many", "few"),
    [("1.125", "1125", "1.1250"), ("2.575", "2575", "2.5750")],
)
def test_a_figure_as_the_program_writes_it_is_ambiguous_only_where_somebody_types_it(
    figure: str, many: str, few: str
) -> None:
    """What is on file is read as it was meant."""
    for line in ("{} mg on day 1 of 14", "10 mg on day 1 of 14, vials of {} mg"):
        kept = Protocol.parse(line.format(figure))
        assert str(kept) == line.format(figure)
        with pytest.raises(ValueError, match=rf"two ways: type {many} or {few}\.$"):
            Protocol.read(line.format(figure))
        assert Protocol.read(line.format(few)) == kept
        assert Protocol.read(line.format(many)) != kept


def test_the_parts_of_a_line() -> None:
    assert Protocol.parse(
        "1000 mg/m² (DuBois) on days 1, 8 of 21, first cycle 1, vials of 200 mg"
    ) == (Protocol(21, (1, 8), 1000, Unit.MG_PER_M2, Formula.DUBOIS, (1,), 200))


def problem(text: str, read: Callable[[str], Protocol] = Protocol.parse) -> str:
    try:
        read(text)
    except ValueError as error:
        return str(error)
    return ""


FORMULAS = "A dose in mg/m², and no other, has a formula: Mosteller or DuBois."
HOW = f"Write a protocol as mogamulizumab (by its label) or in one line, as {EXAMPLE}."


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", HOW),
        ("weekly", HOW),
        ("gemcitabine 1000 mg/m² on days 1, 8, 15 of 28", HOW),
        ("1000 µg on day 1 of 28", HOW),
        ("1000 mg/m² on days 1, 8, 15", HOW),
        ("1 mg on days 5-1 of 21", HOW),
        ("1 mg on days 1-5-9 of 21", HOW),
        ("-1 mg on day 1 of 21", HOW),
        ("1" * 5000, HOW),
        ("1,000 mg on day 1 of 14", "1,000 can be read two ways: type 1000 or 1."),
        (
            "1.000 mg/m² on days 1, 8, 15 of 28",
            "1.000 can be read two ways: type 1000 or 1.",
        ),
        (
            "500 mg on day 1 of 14, vials of 1.200 mg",
            "1.200 can be read two ways: type 1200 or 1.2.",
        ),
        ("1,125 mg on day 1 of 14", "1,125 can be read two ways: type 1125 or 1.1250."),
        ("1000 mg/m² d1,8,15", HOW),
        ("1000 mg/m² d1,8,15 q", HOW),
        ("1 mg/m² (Haycock) on day 1 of 14", FORMULAS),
        ("1 mg/kg (Mosteller) on day 1 of 14", FORMULAS),
        ("0 mg on day 1 of 14", "A dose is 0.001 to 10000 mg."),
        ("10001 mg/kg on day 1 of 14", "A dose is 0.001 to 10000 mg/kg."),
        ("1 mg on day 1 of 14, vials of 0 mg", "A vial holds 0.001 to 10000 mg."),
        ("1 mg on day 1 of 0", "A cycle has 1 to 366 days."),
        ("1 mg on day 1 of 367", "A cycle has 1 to 366 days."),
        ("1 mg on day 0 of 14", "The days of a cycle rise from 1 to 14 at most."),
        ("1 mg on day 15 of 14", "The days of a cycle rise from 1 to 14 at most."),
        ("1 mg on days 8, 1 of 14", "The days of a cycle rise from 1 to 14 at most."),
        ("1 mg on days 1, 1 of 14", "The days of a cycle rise from 1 to 14 at most."),
        (
            "1 mg on day 1 of 14, first cycle 1, 15",
            "The days of a cycle rise from 1 to 14 at most.",
        ),
        ("1 mg on days 1-90 of 90", "This is too long: 200 characters at most."),
    ],
)
def test_what_is_no_protocol_is_told(typed: str, told: str) -> None:
    assert problem(typed) == problem(typed, Protocol.read) == told


@given(st.text(alphabet="0123456789 mgk/²()dayson,of.-first cvlq", max_size=80))
def test_any_other_text_is_refused_in_words(text: str) -> None:
    assert problem(text) == "" or problem(text).endswith(".")


def test_a_dose_in_mg_per_m2_needs_its_formula() -> None:
    with pytest.raises(ValueError, match=FORMULAS):
        Protocol(28, (1,), 1000, Unit.MG_PER_M2)


def test_a_cycle_has_a_day() -> None:
    with pytest.raises(ValueError, match="The days of a cycle"):
        Protocol(28, (), 1000, Unit.MG)


@pytest.mark.parametrize("wrong", [28, 1.0, ["mogamulizumab"]])
def test_a_line_takes_a_protocol_as_text(wrong: Any) -> None:
    assert a.moga().protocol == BY_LABEL
    assert a.line().protocol is None
    with pytest.raises(InvalidRecord) as refused:
        a.line(protocol=wrong)
    assert refused.value.problems == {"protocol": HOW}
    assert a.moga().model_dump(mode="json")["protocol"] == "mogamulizumab"


def test_the_label_is_not_what_another_drug_is_written_as() -> None:
    other = Protocol.parse("1 mg/kg on days 1, 15 of 28, first cycle 1, 8, 15, 22, vials of 20 mg")
    assert other != BY_LABEL
    assert [other.days_of(cycle) for cycle in (1, 2, 30)] == [
        BY_LABEL.days_of(cycle) for cycle in (1, 2, 30)
    ]


@pytest.mark.parametrize(
    ("written", "shortest"),
    [
        ("mogamulizumab", 7),
        ("1 mg on day 1 of 21", 21),
        ("1 mg on days 1, 15 of 28", 14),
        ("1 mg on days 1, 8 of 10", 3),
        ("1 mg on days 1, 2 of 28", 1),
        ("1 mg on days 1, 15 of 28, first cycle 1, 26", 3),
        ("1 mg on days 8 of 28, first cycle 28", 8),
        ("1 mg on day 1 of 1", 1),
    ],
)
def test_the_shortest_interval(written: str, shortest: int) -> None:
    assert Protocol.parse(written).shortest_interval == shortest


@given(protocols(), st.integers(1, 5))
def test_doses_follow_each_other_without_end(protocol: Protocol, cycle: int) -> None:
    found = list(islice(protocol.doses(cycle), 20))
    places = [protocol.offset(*dose) for dose in found]
    assert places == sorted(set(places))
    assert all(day in protocol.days_of(number) for number, day in found)
    assert found[0] == (cycle, protocol.days_of(cycle)[0])
    assert protocol.offset(1, 1) == 0


@pytest.mark.parametrize(
    ("written", "mg", "vials"),
    [
        ("240 mg on day 1 of 14", 240, None),
        ("1.8 mg/kg on day 1 of 21", 126, None),
        ("1.8 mg/kg on day 1 of 21, vials of 50 mg", 126, 3),
        ("mogamulizumab", 70, 4),
        ("1000 mg/m² on day 1 of 14, vials of 200 mg", 1818.12, 10),
        ("1000 mg/m² (DuBois) on day 1 of 14", 1809.71, None),
    ],
)
def test_a_dose_at_70_kg_and_170_cm(written: str, mg: float, vials: int | None) -> None:
    protocol = Protocol.parse(written)
    found = protocol.mg(70, 170)
    assert found == pytest.approx(mg, abs=0.005)
    assert found is not None
    assert protocol.vials(found) == vials


def test_without_a_height_there_is_no_dose_by_surface() -> None:
    assert Protocol.parse("1000 mg/m² on day 1 of 14").mg(70) is None
    assert Protocol.parse("1000 mg on day 1 of 14").mg(70) == 1000


doses_mg = st.floats(0.01, 20_000)


@given(doses_mg, doses_mg, st.floats(0.5, 1000))
def test_more_dose_never_needs_fewer_vials(one: float, other: float, vial: float) -> None:
    fewer, more = vials_of(min(one, other), vial), vials_of(max(one, other), vial)
    assert 1 <= fewer <= more
    assert (more - 1) * vial <= max(one, other) * 1.00001 <= more * vial * 1.00002


# Worked out apart from the program, by logarithms.
@pytest.mark.parametrize(
    ("weight", "height", "mosteller", "dubois"),
    [
        (70, 170, 1.818, 1.810),
        (60, 160, 1.633, 1.622),
        (80, 180, 2.000, 1.996),
        (50, 150, 1.443, 1.433),
        (100, 190, 2.297, 2.283),
    ],
)
def test_the_body_surface(weight: float, height: float, mosteller: float, dubois: float) -> None:
    assert body_surface(weight, height, Formula.MOSTELLER) == pytest.approx(mosteller, abs=0.0006)
    assert body_surface(weight, height, Formula.DUBOIS) == pytest.approx(dubois, abs=0.0006)


people = st.floats(30, 200)


@given(people, people, st.floats(1, 1.5), st.sampled_from(Formula))
def test_who_is_larger_has_more_surface(
    weight: float, height: float, more: float, formula: Formula
) -> None:
    surface = body_surface(weight, height, formula)
    assert surface <= body_surface(weight * more, height, formula)
    assert surface <= body_surface(weight, height * more, formula)


@given(st.floats(40, 120), st.floats(145, 200))
def test_the_two_formulas_agree_within_a_tenth(weight: float, height: float) -> None:
    one, other = (body_surface(weight, height, formula) for formula in Formula)
    assert one == pytest.approx(other, rel=0.1)


@pytest.mark.parametrize(("weight", "height"), [(0, 170), (70, 0), (-1, 170), (float("nan"), 170)])
def test_there_is_no_surface_of_nothing(weight: float, height: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        body_surface(weight, height, Formula.MOSTELLER)
