"""The one table model, in words and in order."""

import datetime as dt
from typing import Any

import pytest
from PySide6.QtCore import QSortFilterProxyModel, Qt

from models.adverse_event import GradeEpisode
from models.base import Record, revised
from models.imaging import Node
from models.laboratory import LabResult
from models.patient import Sex
from models.skin import Lesions, Region
from models.value_words import in_words
from models.values import Grade, PartialDate
from models.visit import Visit
from tests.ui.samples import FORMS, OTHER, TODAY, bare, sample
from ui.record_table import RECORD_ROLE, RecordTable, SortedRecords


def column(model: QSortFilterProxyModel | RecordTable, at: int) -> list[str]:
    return [str(model.index(row, at).data()) for row in range(model.rowCount())]


@pytest.mark.parametrize("kind", FORMS, ids=lambda kind: kind.__name__)
def test_it_is_a_proper_model(qtmodeltester: Any, kind: type[Record]) -> None:
    table = RecordTable(kind)
    qtmodeltester.check(table)
    table.set_records([sample(kind), bare(kind)], {OTHER: "the other"})
    qtmodeltester.check(table)
    proxy = SortedRecords(table)
    proxy.sort(0)
    qtmodeltester.check(proxy)
    assert 2 <= table.columnCount() <= 6


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        (True, "Yes"),
        (False, "No"),
        (Sex.FEMALE, "Female"),
        (PartialDate(2015, 7), "Jul 2015"),
        (dt.date(2015, 7, 6), "6 Jul 2015"),
        (70.0, "70"),
        (0.004, "0.004"),
        (12, "12"),
        (["CHOP", "bexarotene"], "CHOP; bexarotene"),
        ([Node(site="left axilla", long_mm=22, short_mm=14)], "left axilla 22×14"),
        (
            [GradeEpisode(date=PartialDate(2017, 7), grade=Grade.MODERATE)],
            "grade 2 from Jul 2017",
        ),
        ({Region.HEAD: Lesions(patch=0, plaque=2, tumour=0)}, "mSWAT 4 · 2 % of the body"),
        ({}, ""),
        (OTHER, "the other"),
        ("as typed", "as typed"),
    ],
)
def test_values_in_words(value: Any, words: str) -> None:
    assert in_words(value, {OTHER: "the other"}) == words


def test_headings_carry_units_and_the_date_comes_first() -> None:
    table = RecordTable(Visit, ["date", "weight_kg"])
    headings = [table.headerData(at, Qt.Orientation.Horizontal) for at in range(2)]
    assert headings == ["Date", "Weight (kg)"]
    assert RecordTable(LabResult).columns[0].name == "date"


def test_removed_records_are_absent() -> None:
    removed = revised(sample(Visit), removed_at="2020-01-01T00:00:00Z", removed_why="twice")
    table = RecordTable(Visit)
    table.set_records([sample(Visit), removed])
    assert table.rowCount() == 1
    assert table.row_of(removed.id) is None


def test_it_sorts_by_value_not_by_words() -> None:
    visits = [
        sample(Visit, date=date, weight_kg=weight)
        for date, weight in (("2018-10-01", 9), ("2018-02-01", 70), ("2017-12-01", None))
    ]
    table = RecordTable(Visit, ["date", "weight_kg"])
    table.set_records(visits)
    proxy = SortedRecords(table)
    proxy.sort(0)
    assert column(proxy, 0) == ["1 Dec 2017", "1 Feb 2018", "1 Oct 2018"]
    proxy.sort(1)
    assert column(proxy, 1) == ["", "9", "70"]
    proxy.sort(1, Qt.SortOrder.DescendingOrder)
    assert column(proxy, 1) == ["70", "9", ""]


def test_it_filters_by_any_column() -> None:
    table = RecordTable(Visit)
    table.set_records([sample(Visit), sample(Visit, kind="telephone", date=TODAY)])
    proxy = SortedRecords(table)
    proxy.setFilterFixedString("TELE")
    assert proxy.rowCount() == 1
    assert proxy.index(0, 0).data(RECORD_ROLE).kind == "telephone"
