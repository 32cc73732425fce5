"""The columns of the patients' table."""

from models.demo.case import published_case
from models.history import History
from models.summary import as_of
from tests.ui.samples import TODAY
from ui.patient_columns import OF_RECORDS, worked_out


def test_all_that_the_records_tell_is_worked_out_at_once() -> None:
    patient, *records = published_case()
    summary = as_of(History.of_records(patient, records), TODAY)  # type: ignore[arg-type]
    found = worked_out(summary)
    assert found.cells == tuple(column.words(summary) for column in OF_RECORDS)
    assert found.keys == tuple(column.native(summary) for column in OF_RECORDS)
    assert found.tips[OF_RECORDS.index(next(each for each in OF_RECORDS if each.tip))]
