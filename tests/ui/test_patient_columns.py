"""The columns of the patients' table."""

from models.demo.case import published_case
from models.history import History
from models.summary import as_of
from tests.ui.samples import TODAY
from ui.patient_columns import worked_out


def test_nothing_the_table_shows_is_left_for_the_window_to_work_out() -> None:
    patient, *records = published_case()
    fresh = as_of(History.of_records(patient, records), TODAY)  # type: ignore[arg-type]
    before = set(vars(fresh))
    after = set(vars(worked_out(fresh)))
    assert {"response", "stage", "due", "open_events"} <= after - before
