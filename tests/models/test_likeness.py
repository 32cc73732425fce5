"""Whoever is entered a second time is recognised despite an error; strangers are left in peace."""

import datetime as dt
import uuid
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.likeness import Likeness, alike, near_dates, near_numbers
from models.patient import Patient
from models.store.clinic import Clinic
from tests.models import builders as a
from tests.thorough import times

NAMES = (
    "Rossi",
    "Bianchi-Verdi",
    "Müller",
    "Łukasz",
    "van der Berg",
    "O'Brien",
    "Ōta",
    "de la Cruz",
)
GIVEN = ("Anna", "Karl-Heinz", "Anna Maria", "Jörn", "Zoë", "Xaver", "Ulrich")
IDENTIFYING = ("mrn", "family_name", "given_name", "birth_date", "phone")

days = st.dates(dt.date(1920, 1, 1), dt.date(2020, 4, 30))


@st.composite
def persons(draw: st.DrawFn) -> Patient:
    return a.patient(
        mrn=f"{draw(st.integers(1, 999_999)):06}",
        family_name=draw(st.sampled_from(NAMES)),
        given_name=draw(st.sampled_from(GIVEN)),
        birth_date=draw(days),
        phone=draw(st.none() | st.integers(1_000_000, 9_999_999).map(str)),
    )


def typed(patient: Patient, **changes: Any) -> dict[str, Any]:
    return {name: getattr(patient, name) for name in IDENTIFYING} | changes


def found(changes: dict[str, Any], **on_file: Any) -> Likeness | None:
    """Anna Rossi as she is typed, with these changes, and as she is on file."""
    rossi = {"family_name": "Rossi", "given_name": "Anna", "birth_date": "1958-03-12"}
    values = {"mrn": None, **rossi, "birth_date": a.day("1958-03-12"), **changes}
    return alike(values, a.patient(**{"mrn": "004711", **rossi, **on_file}))


@given(persons(), persons())
def test_likeness_is_mutual(one: Patient, other: Patient) -> None:
    there, back = alike(typed(one), other), alike(typed(other), one)
    assert (there and there.points) == (back and back.points)
    assert (there and there.why) == (back and back.why)


@given(persons())
def test_everybody_is_like_themselves(one: Patient) -> None:
    likeness = alike(typed(one), one)
    assert likeness is not None
    assert likeness.likely
    assert likeness.why.startswith("same birth date, same name, same MRN")


@given(persons(), st.data())
def test_one_error_does_not_hide_anybody(one: Patient, data: st.DataObject) -> None:
    """Whatever the new number is."""
    name = data.draw(st.sampled_from(["family_name", "given_name"]))
    text = getattr(one, name)
    place = data.draw(st.integers(0, len(text) - 1).filter(lambda at: text[at].isalpha()))
    letter = data.draw(st.sampled_from(["", "x", text[place] * 2, text[place].upper()]))
    wrong_name = {name: f"{text[:place]}{letter}{text[place + 1 :]}"}
    wrong_date = {"birth_date": data.draw(st.sampled_from(sorted(near_dates(one.birth_date))))}
    turned = {"family_name": one.given_name, "given_name": one.family_name}
    for error in (wrong_name, wrong_date, turned):
        likeness = alike(typed(one, mrn=None, phone=None, **error), one)
        assert likeness is not None, error
        assert likeness.likely, error


@given(persons(), persons())
def test_strangers_are_not_alike(one: Patient, other: Patient) -> None:
    born = other.birth_date in near_dates(one.birth_date)
    numbered = near_numbers(one.mrn) & near_numbers(other.mrn)
    if born or numbered or (one.phone and one.phone == other.phone):
        return
    same_name = one.name == other.name
    likeness = alike(typed(one), other)
    assert likeness is None
    without_date = alike(typed(one, birth_date=None, phone=None), other)
    assert (without_date is not None) == same_name
    assert without_date is None or not without_date.likely


@settings(deadline=None, max_examples=times(20))
@given(days)
def test_a_near_date_is_near_both_ways(day: dt.date) -> None:
    assert day in near_dates(day)
    assert all(day in near_dates(other) for other in near_dates(day))


@pytest.mark.parametrize(
    ("changes", "on_file", "why"),
    [
        ({"family_name": "Rosi"}, {}, "same birth date, name differs in one letter"),
        ({"given_name": "Anan"}, {}, "same birth date, name with two letters swapped"),
        ({"family_name": "ROSSI"}, {}, "same birth date, same name"),
        ({}, {"birth_date": "1958-12-03"}, "birth date with day and month swapped, same name"),
        ({}, {"birth_date": "1968-03-12"}, "birth date differs in one digit, same name"),
        ({}, {"birth_date": "1985-03-12"}, "birth date with two digits swapped, same name"),
        (
            {"family_name": "Anna", "given_name": "Rossi"},
            {},
            "same birth date, given and family name swapped",
        ),
        ({"given_name": "Anna Maria"}, {}, "same birth date, parts of the name are the same"),
        ({"given_name": "Anna-Maria"}, {"given_name": "Annamaria"}, "same birth date, same name"),
        ({"family_name": "Müller"}, {"family_name": "Mueller"}, "same birth date, same name"),
        ({"family_name": "Muller"}, {"family_name": "MÜLLER"}, "same birth date, same name"),
        (
            {"family_name": "Bianchi-Rossi"},
            {},
            "same birth date, parts of the name are the same",
        ),
        (
            {"family_name": "Bianchi"},
            {"given_name": "Anna (née Bianchi)"},
            "same birth date, parts of the name are the same",
        ),
        ({"mrn": "4711"}, {}, "same birth date, same name, same MRN"),
        ({"mrn": "004712"}, {}, "same birth date, same name, same MRN but for one digit"),
        (
            {"family_name": "Bianchi", "phone": "+39 555 0100"},
            {"phone": "0555-0100"},
            "same birth date, same given name, same telephone",
        ),
    ],
)
def test_why_somebody_is_likely_the_same(
    changes: dict[str, Any], on_file: dict[str, Any], why: str
) -> None:
    likeness = found(changes, **on_file)
    assert likeness is not None
    assert (likeness.why, likeness.likely) == (why, True)


@pytest.mark.parametrize(
    ("changes", "worth_a_look"),
    [
        ({"birth_date": None}, True),
        ({"family_name": "Bianchi"}, True),
        ({"family_name": "", "birth_date": None}, False),
        ({"family_name": "Rosi", "birth_date": None}, False),
        ({"family_name": "", "given_name": ""}, False),
        ({"family_name": "Weber", "given_name": "Karl"}, False),
        ({"family_name": "van Rossi", "given_name": "Ugo"}, False),
        ({"birth_date": dt.date(1990, 7, 24)}, False),
        ({"birth_date": dt.date(1990, 7, 24), "mrn": "004712"}, False),
        ({"family_name": "", "given_name": "", "birth_date": None, "mrn": ""}, False),
    ],
)
def test_little_in_common_is_no_more_than_worth_a_look(
    changes: dict[str, Any], worth_a_look: bool
) -> None:
    likeness = found(changes)
    assert (likeness is not None) == worth_a_look
    assert likeness is None or not likeness.likely


def test_the_clinic_finds_them_the_most_alike_first(clinic: Clinic) -> None:
    anna = {"family_name": "Rossi", "given_name": "Anna", "birth_date": "1958-03-12"}
    people: tuple[dict[str, Any], ...] = (
        {"mrn": "1", **anna},
        {"mrn": "2", **anna, "family_name": "Rosi", "birth_date": "1958-12-03"},
        {"mrn": "3", **anna, "birth_date": "1958-12-03"},
        {"mrn": "4", **anna, "birth_date": "1971-08-30"},
        {"mrn": "0005", **anna, "given_name": "Ugo", "birth_date": "1971-08-30"},
    )
    entered = [clinic.save(a.patient(id=uuid.uuid4(), **values)) for values in people]
    clinic.remove(entered.pop(0), "a test")
    same = clinic.save(a.patient(id=uuid.uuid4(), mrn="6", **anna))
    values = {**anna, "birth_date": same.birth_date}

    def numbers(values: dict[str, Any], **how: Any) -> list[str]:
        return [each.patient.mrn for each in clinic.likely_duplicates(values, **how)]

    assert numbers(values) == ["6", "3", "2"]
    assert numbers(values, besides=same.id) == ["3", "2"]
    assert numbers({**values, "birth_date": None}) == ["3", "4", "6"]
    assert numbers({"mrn": "5"}) == ["0005"]
    assert numbers({"given_name": "Anna"}) == numbers({}) == []
