"""The biopsies: which results are awaited, since when, and how a result is entered."""

from typing import Any

from models.base import PatientRecord
from models.biopsy import Biopsy, Indication, awaited_in_words
from models.proposals import rash_to_explain
from models.roles import May
from models.words import _
from ui.allowed import needs
from ui.buttons import button, on_keys
from ui.record_tab import RecordTab


class BiopsyTab(RecordTab):
    """As any tab of records; the rash that a biopsy is to explain is proposed."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(Biopsy, *args, **options)
        self.result_button = button(
            _("Enter the result"),
            self.enter_result,
            self,
            tip=_("To the conclusion, with today as the date of the result (Alt+R)"),
        )
        self._pane.add(needs(May.RECORD, self.result_button))
        needs(May.RECORD, on_keys("Alt+R", self.result_button.click, self))
        self.form.changed.connect(self._offer_result)
        self.form.loaded.connect(self._offer_result)
        self.form.editors["indication"].changed.connect(self._propose_rash)
        self._offer_result()

    def enter_result(self) -> None:
        """To the conclusion; what is already typed there stays."""
        if self.form.editors["result_on"].value() is None:
            self.form.fill({"result_on": self._today()})
        self.form.focus_on("conclusion")

    def _title(self, record: PatientRecord) -> str:
        title = super()._title(record)
        awaited = awaited_in_words(record, self._today()) if isinstance(record, Biopsy) else ""
        return f"{title} · {awaited}" if awaited else title

    def _offer_result(self) -> None:
        awaited = self.form.record is not None and not self.form.editors["conclusion"].value()
        self.result_button.setVisible(awaited)

    def _propose_rash(self) -> None:
        """Where a new biopsy is for a rash, the one that is open."""
        editor = self.form.editors["adverse_event"]
        of_rash = self.form.editors["indication"].value() is Indication.RASH
        if self._history and self.form.record is None and of_rash and editor.value() is None:
            rash = rash_to_explain(self._history, self._today())
            if rash:
                self.form.fill({"adverse_event": rash.id})
