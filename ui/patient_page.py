"""A patient: header, timeline, and a tab for every kind of record."""

import datetime as dt
import uuid
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from models.adverse_event import AdverseEvent
from models.attachment import Attachment
from models.base import ClinicError, InvalidRecord, PatientRecord, R, Record
from models.biopsy import Biopsy
from models.completeness import Place
from models.due import Due
from models.event_proposals import biopsy_for
from models.explaining import explanation
from models.history import History
from models.likeness import Likeness
from models.overruling import unexplained
from models.proposals import proposal
from models.roles import May
from models.store.audit import Action
from models.store.clinic import Change, Clinic
from models.summary import as_of
from models.timeline import timeline
from models.to_do import task_for
from models.treatment import TreatmentLine
from models.treatment_day import TreatmentDay, of_the_day, records_of
from models.wording import in_words
from models.words import _, day_words
from ui import errors
from ui.allowed import all_of, confine, may
from ui.date_editor import Today
from ui.events_tab import EventsTab
from ui.files_tab import FilesTab
from ui.form import Form
from ui.patient_drafts import FIRST, PatientDrafts, bring_forward, open_again, open_tabs
from ui.patient_header import PatientHeader
from ui.patient_tabs import PatientTabs, Ways
from ui.record_tab import RecordTab
from ui.references import references
from ui.shared_height import BESIDE_A_FORM, TIMELINE_SHARE, SharedHeight
from ui.tasks import Tasks
from ui.timeline_view import TimelineView
from ui.zoom_buttons import put_zoom_buttons

T = TypeVar("T")


class PatientPage(QWidget):
    """`print_asked`: a kind of report; `back_asked`; `told`: a line for the status bar."""

    print_asked = Signal(str)
    back_asked = Signal()
    told = Signal(str)

    def __init__(self, today: Today, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today, self._tasks = today, tasks
        self._clinic: Clinic | None = None
        self.history: History | None = None
        ways = Ways(
            self._save,
            self._remove,
            self._attach,
            self._content,
            self._exporting,
            self._save_day,
            self._likely,
            self._explain,
        )
        self._height = SharedHeight(self)
        self.tabs = PatientTabs(today, tasks, ways, self._height)
        self.record_tabs = self.tabs.record_tabs
        self.figures, self.details = self.tabs.figures, self.tabs.details
        self.treatment_day, self.changes = self.tabs.treatment_day, self.tabs.changes
        self.header = PatientHeader(self.tabs.kinds, self)
        self.drafts = PatientDrafts(self.tabs.editing(), self.tabs, self)
        self.timeline = TimelineView(self._height)
        self._height.hold(self.timeline, self.tabs)
        self._lay_out()
        self._connect()

    # What is shown

    def open(self, clinic: Clinic, patient: uuid.UUID) -> None:
        """Show a patient, from the summary on, and what was typed and not saved."""
        self.drafts.flush()
        history, drafts = clinic.history(patient), clinic.drafts()
        self.drafts.end()
        self._clinic = clinic
        self.history = None
        open_again(self.tabs, FIRST)
        self._show(history)
        self.tabs.make({draft.form for draft in drafts if draft.patient == patient})
        self.drafts.begin(clinic, patient, drafts)
        self.timeline.set_current(None)
        self.timeline.fit()
        self.timeline.verticalScrollBar().setValue(0)
        if self.isVisible():
            self._height.share()
        self.timeline.setFocus()

    def show_anew(self) -> None:
        """As the records are now; what is being typed stays."""
        if self._clinic is not None and self.history is not None:
            self._show(self._clinic.history(self.history.patient.id))

    def close_patient(self) -> None:
        self._clinic, self.history = None, None

    def may_leave(self) -> bool:
        """Whether nothing that was typed would be lost; asks where something would be."""
        return all(tab.may_leave(later=True) for tab in self.tabs.editing())

    def go_on(self, form: str) -> None:
        """Bring a form forward in which something is not saved, to go on typing."""
        self.drafts.go_on(form)
        self._height.share(self._share_of_tab())

    def place(self) -> tuple[int, int]:
        """Which tabs are open."""
        return open_tabs(self.tabs)

    def return_to(self, place: tuple[int, int]) -> None:
        """Open these tabs again; what is not saved there is gone on with."""
        open_again(self.tabs, place)
        self.drafts.go_on_here()

    def add(self, kind: type[PatientRecord] | None = None, day: dt.date | None = None) -> None:
        """A new record: of this kind, of the kind that the open tab holds, or of one to choose."""
        if not may(self, May.RECORD):
            return
        kind = kind or self.tabs.open_kind()
        if kind is None:
            self.header.ask_kind()
            return
        self.tabs.bring_kind_forward(kind)
        proposed = proposal(kind, self.history, self._today()) if self.history else {}
        self.record_tabs[kind].start_new(proposed | ({kind.dated_by: day} if day else {}))
        self._height.share(self._share_of_tab())

    def take_up(self, due: Due) -> None:
        """Open the form in which this is recorded, filled in as far as that can be known.

        For whoever may not record it: the record by which it is due.
        """
        if self.history is None:
            return
        if not may(self, May.RECORD):
            self.select(due.record.id)
            return
        task = task_for(due, self.history, self._today())
        if task is None:
            self.start_treatment_day(due.record.id)
            return
        self._open_form(task.kind, task.focus, task.record, task.values)

    def fill_gap(self, place: Place) -> None:
        """Open the form in which something is entered that is missing, at its field."""
        if not issubclass(place.kind, PatientRecord):
            bring_forward(self.tabs, self.details)
            self._height.share(self._share_of_tab())
            if may(self, May.RECORD):
                self.details.form.focus_on(place.focus)
        elif may(self, May.RECORD):
            self._open_form(place.kind, place.focus, place.record, place.values)
        elif place.record is not None:
            self.select(place.record.id)

    def _open_form(
        self,
        kind: type[PatientRecord],
        focus: str,
        record: Record | None,
        values: Mapping[str, Any],
    ) -> None:
        """Of a new record with these values, or of one on file, filled in unless it is typed in."""
        self.tabs.bring_kind_forward(kind)
        tab = self.record_tabs[kind]
        if record is None:
            tab.start_new(values)
        else:
            tab.select(record.id)
            if tab.form.record_id == record.id and not tab.form.is_dirty():
                tab.form.fill(values)
        self._height.share(self._share_of_tab())
        tab.form.focus_on(focus if record else tab.form.first_needed() or focus)

    def start_treatment_day(self, line: uuid.UUID | None = None) -> None:
        """The form of a treatment day, for this line or for the one that is due first."""
        bring_forward(self.tabs, self.treatment_day)
        self.tabs.at_sight.catch_up(self.treatment_day)
        self.treatment_day.start(line)
        self._height.share(self._share_of_tab())

    def select(self, record: uuid.UUID) -> None:
        """Open a record in its tab."""
        found = self.history.by_id.get(record) if self.history else None
        if found is not None:
            self.tabs.bring_kind_forward(type(found))
            self.record_tabs[type(found)].select(record)

    def _show(self, history: History) -> None:
        self.history = history
        summary = as_of(history, self._today())
        self.header.set_summary(summary)
        self.figures.set_summary(summary)
        self.timeline.set_timeline(timeline(summary.history, self._today()))
        self.tabs.set_history(history)
        self.tabs.at_sight.do(self.changes, partial(self._show_changes, history))

    def _show_changes(self, history: History) -> None:
        """What was restored or came from a duplicate is named, for it tells no values."""
        try:
            changes = self._clinic.changes(history.patient.id) if self._clinic else []
        except ClinicError as error:
            changes = []
            told = partial(errors.show_error, self, error)
            QTimer.singleShot(0, self, told)  # not while the tab is just being shown
        names = {key: name for some in references(history).values() for key, name in some}
        named = {
            change.record_id: in_words(history.by_id[change.record_id], history)
            for change in changes
            if change.action in {Action.RESTORED, Action.MOVED}
            and change.record_id in history.by_id
        }
        self.changes.set_changes(changes, {**names, **named})

    # What is changed

    def _save(self, record: R, *, reason: str = "") -> R:
        """A judgement that differs from what is measured is saved with its reason only."""
        if isinstance(record, PatientRecord) and self.history is not None:
            owed = unexplained(record, self.history)
            if owed:
                raise InvalidRecord(_(record.singular), owed)
        return self._changed(lambda clinic: clinic.save(record, reason=reason), _("Saved"))

    def _save_day(self, day: TreatmentDay, *, reason: str = "") -> TreatmentDay:
        """All that a treatment day puts on file, in one step."""
        if self.history is None:
            raise RuntimeError("no patient is open")
        records = records_of(day, self.history)
        doing = _("treatment day of {date}").format(date=day_words(day.date))
        try:
            self._changed(
                lambda clinic: clinic.save_all(records, reason=reason, doing=doing), _("Saved")
            )
        except InvalidRecord as error:
            raise of_the_day(error) from None
        return day

    def _likely(self, values: dict[str, Any]) -> list[Likeness]:
        """Who else on file is like the patient with these details."""
        if self._clinic is None or self.history is None:
            return []
        return self._clinic.likely_duplicates(values, besides=self.history.patient.id)

    def _remove(self, record: Record, why: str) -> None:
        self._changed(lambda clinic: clinic.remove(record, why), _("Removed"))

    def _attach(self, attachment: Attachment, content: bytes) -> Attachment:
        return self._changed(lambda clinic: clinic.attach(attachment, content), _("Saved"))

    def _changed(self, change: Callable[[Clinic], T], word: str) -> T:
        if self._clinic is None or self.history is None:
            raise RuntimeError("no patient is open")
        result = change(self._clinic)
        now = dt.datetime.now().astimezone()
        self.told.emit(_("{word} {time}. Undo with Ctrl+Z.").format(word=word, time=f"{now:%H:%M}"))
        try:
            self._show(self._clinic.history(self.history.patient.id))
        except ClinicError as error:  # it is saved: only what is shown is not up to date
            errors.show_error(self, error)
        return result

    def _take_back(self, change: Change) -> None:
        try:
            self._changed(lambda clinic: clinic.take_back(change), _("Taken back"))
        except ClinicError as error:
            errors.show_error(self, error)

    def _show_changes_of(self, record: PatientRecord) -> None:
        """The history of one record, with its old and new values."""
        if self.history is not None:
            bring_forward(self.tabs, self.changes)
            self.changes.show_record(record.id, in_words(record, self.history))
            self.changes.view.setFocus()

    def _content(self, attachment: Attachment) -> bytes:
        if self._clinic is None:
            raise RuntimeError("no clinic is open")
        return self._clinic.content(attachment)

    def _exporting(
        self, patients: Sequence[uuid.UUID], to: str, **said: str
    ) -> AbstractContextManager[None]:
        if self._clinic is None:
            raise RuntimeError("no clinic is open")
        return self._clinic.exporting(patients, to, **said)

    def _explain(self, kind: type[PatientRecord], values: dict[str, Any]) -> str:
        return explanation(kind, values, self.history) if self.history else ""

    def _on_chosen(self, record: uuid.UUID) -> None:
        """Show the record and stay in the timeline, unless something else is still being typed."""
        form = self._form_of(record)
        self.select(record)
        if form.record is not None and form.record.id == record:
            self.timeline.setFocus()
        else:
            self.timeline.set_current(form.record.id if form.record else None)

    def _on_opened(self, record: uuid.UUID) -> None:
        self.select(record)
        self._height.share(self._share_of_tab())
        self._form_of(record).focus_first()

    def _form_of(self, record: uuid.UUID) -> Form:
        """The form that shows this record, or would."""
        if self.history is None:
            raise RuntimeError("no patient is open")
        form: Form = self.record_tabs[type(self.history.by_id[record])].form
        return form

    def _on_line_asked(self, line: uuid.UUID | None) -> None:
        """A treatment line is entered, or this one completed, before a day of it can be."""
        if line is None:
            self.add(TreatmentLine)
        else:
            self.select(line)
            self._form_of(line).focus_on("protocol")

    def _on_reaction(self, values: dict[str, Any]) -> None:
        """The form of the event, with what was said on the treatment day."""
        if self.history is None:
            return
        self.tabs.bring_kind_forward(AdverseEvent)
        tab = self.record_tabs[AdverseEvent]
        tab.start_new(proposal(AdverseEvent, self.history, self._today()) | values)
        tab.form.focus_on("term")

    def _on_biopsy_asked(self, event: AdverseEvent) -> None:
        self.tabs.bring_kind_forward(Biopsy)
        self.record_tabs[Biopsy].start_new(biopsy_for(event))

    def _on_selected(self, record: Any) -> None:
        self.timeline.set_current(record.id)

    def _connect(self) -> None:
        self.header.add_asked.connect(self.add)
        self.tabs.registry.place_asked.connect(self.fill_gap)
        self.tabs.registry.record_asked.connect(self.select)
        self.header.treatment_day_asked.connect(self.start_treatment_day)
        self.treatment_day.line_asked.connect(self._on_line_asked)
        self.treatment_day.reaction_asked.connect(self._on_reaction)
        self.treatment_day.left.connect(self._on_left)
        self.header.print_asked.connect(self.print_asked)
        self.header.back_asked.connect(self.back_asked)
        self.timeline.chosen.connect(self._on_chosen)
        self.timeline.opened.connect(self._on_opened)
        self.timeline.add_asked.connect(self.add)
        self.timeline.pointed.connect(self.told)
        self.changes.take_back_asked.connect(self._take_back)
        self.treatment_day.currentChanged.connect(self._make_room)
        for tabs in (self.tabs, *self.tabs.findChildren(QTabWidget)):
            tabs.currentChanged.connect(self._make_room)
        self.tabs.made.connect(self._on_made)

    def _on_made(self, tab: RecordTab) -> None:
        """A tab of records joins the others."""
        tab.form_shown.connect(self._make_room, Qt.ConnectionType.QueuedConnection)
        tab.selected.connect(self._make_room)
        tab.history_asked.connect(self._show_changes_of)
        tab.selected.connect(self._on_selected)
        tab.saved.connect(self._on_selected)
        tab.left.connect(self._on_left)
        if isinstance(tab, FilesTab):
            tab.comparing.connect(self._give_room)
        if isinstance(tab, EventsTab):
            tab.told.connect(self.told)
            tab.biopsy_asked.connect(self._on_biopsy_asked)
        confine(tab, all_of(self))
        self.drafts.add(tab)
        if self._clinic is not None and self.history is not None:
            tab.set_history(self.history)
            tab.keeper.begin(self._clinic, self.history.patient.id, None)

    def _give_room(self, wanted: bool) -> None:
        """While photographs are compared the timeline steps aside."""
        self.timeline.setVisible(not wanted)
        self._height.share(self._share_of_tab())

    def _on_left(self) -> None:
        """Back in the timeline, which is seen as a whole again."""
        self.timeline.setFocus()
        self._height.share()

    def _make_room(self) -> None:
        """For a form that was opened, or for the timeline again; nothing moves under its marks."""
        if self.isVisible() and not self.timeline.hasFocus():
            self._height.share(self._share_of_tab())

    def _share_of_tab(self) -> float:
        tab = self.tabs.open_tab()
        form = getattr(tab, "form", None)
        needs_room = tab in {self.changes, self.tabs.registry} or (form and form.isVisibleTo(self))
        return BESIDE_A_FORM if needs_room else TIMELINE_SHARE

    def _lay_out(self) -> None:
        put_zoom_buttons(self.timeline)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.header)
        whole.addWidget(self.drafts.strip)
        whole.addWidget(self._height, 1)
