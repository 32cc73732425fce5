"""The roll: whoever goes on it stands there by name, with what was said of each."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from models.folding import folded
from models.store.roll import Roll
from models.summary import CareStatus

words = st.text(st.characters(exclude_characters="\n\0", exclude_categories=["Cs"]), max_size=8)
rows = st.tuples(
    st.uuids(),
    words,
    words,
    st.dates(dt.date(1880, 1, 1), dt.date(2200, 12, 31)),
    st.integers(-5, 140),
    st.sampled_from(CareStatus),
)


@given(st.lists(rows, max_size=12, unique_by=lambda row: row[0]))
def test_everybody_stands_on_it_once_by_name_with_what_was_said(said: list[tuple]) -> None:  # type: ignore[type-arg]
    roll = Roll(said)
    told = [(p.id, p.name, p.mrn, p.birth_date, p.age, p.status) for p in roll]
    assert told == sorted(told, key=lambda row: (folded(row[1]), row[2]))
    assert sorted(told, key=lambda row: row[0]) == sorted(said, key=lambda row: row[0])
    assert [each.by_name for each in roll] == [*range(len(said))]
    assert [roll[at].mrn for at in sorted(range(len(roll)), key=roll.by_mrn.__getitem__)] == sorted(
        row[2] for row in said
    )


@given(st.lists(rows, max_size=12, unique_by=lambda row: row[0]), st.sets(st.uuids(), max_size=2))
def test_some_are_found_on_it_and_counted(said: list[tuple], others: set) -> None:  # type: ignore[type-arg]
    roll = Roll(said)
    some = {row[0] for row in said[::2]}
    places = roll.places_of({each.bytes for each in some | others})
    assert {roll[place].id for place in places} == some | (others & {row[0] for row in said})
    assert places == sorted(places)
    for status in CareStatus:
        those = [place for place in places if roll[place].status is status]
        assert roll.with_status(status, places) == those
        assert roll.how_many(status) == sum(row[5] is status for row in said)
    assert roll[-2:] == [*roll][-2:]
