"""A patient: header, timeline, and a tab for every kind of record."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSplitter,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from models.adverse_event import AdverseEvent
from models.attachment import Attachment
from models.base import ClinicError, PatientRecord, R, Record
from models.biopsy import Biopsy
from models.blood import BloodCount
from models.diagnosis import Diagnosis
from models.explaining import explanation
from models.history import History
from models.imaging import Imaging
from models.laboratory import LabResult, MolecularResult
from models.patient import Consent
from models.proposals import proposal
from models.response import Assessment
from models.skin import SkinScore
from models.staging import Staging
from models.store.clinic import Clinic
from models.summary import as_of
from models.timeline import timeline
from models.treatment import Cycle, Infusion, TreatmentLine
from models.visit import Visit
from models.words import _, capitalised
from ui import errors
from ui.changes_tab import ChangesTab
from ui.date_editor import Today
from ui.figures_tab import FiguresTab
from ui.files_tab import FilesTab
from ui.form import Form
from ui.patient_details import PatientDetails
from ui.patient_header import PatientHeader
from ui.record_tab import RecordTab
from ui.references import references
from ui.theme import GAP, MARGIN, dress
from ui.timeline_view import TimelineView

COLUMNS: dict[type[PatientRecord], tuple[str, ...]] = {
    TreatmentLine: ("start", "end", "regimen", "stop_reason"),
    Cycle: ("number", "day_1", "weight_kg", "treatment_line"),
    Infusion: ("on", "cycle_number", "cycle_day", "status", "dose_mg", "days_late"),
    AdverseEvent: ("onset", "verbatim", "worst_grade", "resolved"),
    Biopsy: ("date", "kind", "body_site", "indication", "conclusion"),
    Visit: ("date", "kind", "status", "ecog", "disease_status"),
    Assessment: (
        "date",
        *("global_response", "skin_found", "nodes_found", "blood_found", "viscera_found"),
    ),
    Staging: ("date", "stage_told", "occasion", "t", "n", "m", "b", "stage_stated"),
    SkinScore: ("date", "mswat", "body_surface"),
    BloodCount: ("date", "b", "cd4_cd26_negative", "cd4_cd7_negative", "clone"),
    Imaging: ("date", "modality", "nodes", "sum_of_products", "conclusion"),
    LabResult: ("date", "analyte", "value", "unit"),
    Diagnosis: ("date", "disease", "large_cell_transformation", "folliculotropism"),
}

T = TypeVar("T")
TIMELINE_SHARE = 0.46


class Editing(Protocol):
    """What the page asks of whatever stands in a tab and can be typed in."""

    def set_history(self, history: History) -> None: ...
    def may_leave(self) -> bool: ...


class PatientPage(QWidget):
    """`print_asked`: this patient's timeline; `back_asked`; `told`: a line for the status bar."""

    print_asked = Signal()
    back_asked = Signal()
    told = Signal(str)

    def __init__(self, today: Today, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._clinic: Clinic | None = None
        self.history: History | None = None
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setAccessibleName(_("Parts of the record"))
        self.record_tabs: dict[type[PatientRecord], Any] = {}
        self._groups: dict[type[PatientRecord], tuple[QTabWidget | None, QWidget, QWidget]] = {}
        self._make_tabs()
        self.header = PatientHeader(list(self.record_tabs), self)
        self.timeline = TimelineView(self)
        self._lay_out()
        self._connect()

    # What is shown

    def open(self, clinic: Clinic, patient: uuid.UUID) -> None:
        """Show a patient, from the summary on."""
        self._clinic = clinic
        self.history = None
        self.tabs.setCurrentIndex(0)
        self._show(clinic.history(patient))
        self.timeline.set_current(None)
        self.timeline.fit()
        if self.isVisible():
            self._share_height()
        self.timeline.setFocus()

    def close_patient(self) -> None:
        self._clinic, self.history = None, None

    def may_leave(self) -> bool:
        """Whether nothing that was typed would be lost; asks where something would be."""
        return all(tab.may_leave() for tab in self._editing())

    def add(self, kind: type[PatientRecord] | None = None, day: dt.date | None = None) -> None:
        """A new record: of this kind, of the kind that the open tab holds, or of one to choose."""
        kind = kind or self._open_kind()
        if kind is None:
            self.header.ask_kind()
            return
        self._bring_forward(kind)
        proposed = proposal(kind, self.history, self._today()) if self.history else {}
        self.record_tabs[kind].start_new(proposed | ({kind.dated_by: day} if day else {}))

    def select(self, record: uuid.UUID) -> None:
        """Open a record in its tab."""
        found = self.history.by_id.get(record) if self.history else None
        if found is not None:
            self._bring_forward(type(found))
            self.record_tabs[type(found)].select(record)

    def _show(self, history: History) -> None:
        self.history = history
        summary = as_of(history, self._today())
        self.header.set_summary(summary)
        self.figures.set_summary(summary)
        self.timeline.set_timeline(timeline(summary.history, self._today()))
        for tab in self._editing():
            tab.set_history(history)
        if self._clinic:
            names = {key: name for some in references(history).values() for key, name in some}
            self.changes.set_changes(self._clinic.changes(history.patient.id), names)

    # What is changed

    def _save(self, record: R) -> R:
        return self._changed(lambda clinic: clinic.save(record), _("Saved"))

    def _remove(self, record: Record, why: str) -> None:
        self._changed(lambda clinic: clinic.remove(record, why), _("Removed"))

    def _attach(self, attachment: Attachment, content: bytes) -> Attachment:
        return self._changed(lambda clinic: clinic.attach(attachment, content), _("Saved"))

    def _changed(self, change: Callable[[Clinic], T], word: str) -> T:
        if self._clinic is None or self.history is None:
            raise RuntimeError("no patient is open")
        result = change(self._clinic)
        self.told.emit(f"{word} {dt.datetime.now().astimezone():%H:%M}")
        try:
            self._show(self._clinic.history(self.history.patient.id))
        except ClinicError as error:  # it is saved: only what is shown is not up to date
            errors.show_error(self, error)
        return result

    def _content(self, attachment: Attachment) -> bytes:
        if self._clinic is None:
            raise RuntimeError("no clinic is open")
        return self._clinic.content(attachment)

    # Tabs

    def _make_tabs(self) -> None:
        """In reading order: the order in which they are made is that of the Tab key."""
        summary = self._group(_("Summary"))
        self.figures = FiguresTab(self)
        self.details = PatientDetails(self._today, self._save, self)
        summary.addTab(self.figures, _("Where things stand"))
        summary.addTab(self.details, _("Personal details"))
        self._fill(summary, Diagnosis, Staging, Consent)
        self._fill(self._group(_("Treatment")), TreatmentLine, Cycle, Infusion)
        self._add_tab(_("Adverse events"), AdverseEvent)
        self._add_tab(_("Biopsies"), Biopsy)
        visits = self._group(_("Visits && response"))
        self._fill(visits, Visit, Assessment, SkinScore, BloodCount)
        self._fill(self._group(_("Labs && imaging")), LabResult, Imaging, MolecularResult)
        self._add_tab(_("Files"), Attachment)
        self.changes = ChangesTab(self)
        self.tabs.addTab(self.changes, _("History"))

    def _group(self, title: str) -> QTabWidget:
        """A tab that holds tabs."""
        inner = QTabWidget(self.tabs)
        inner.setDocumentMode(True)
        inner.setObjectName("inner")
        inner.tabBar().setAccessibleName(title.replace("&&", "&"))
        self.tabs.addTab(inner, title)
        return inner

    def _fill(self, inner: QTabWidget, *kinds: type[PatientRecord]) -> None:
        for kind in kinds:
            tab = self.record_tabs[kind] = self._record_tab(kind)
            inner.addTab(tab, capitalised(_(kind.plural)))
            self._groups[kind] = (inner, inner, tab)

    def _add_tab(self, title: str, kind: type[PatientRecord]) -> None:
        tab = self.record_tabs[kind] = self._record_tab(kind)
        self.tabs.addTab(tab, title)
        self._groups[kind] = (None, tab, tab)

    def _record_tab(self, kind: type[PatientRecord]) -> Any:
        if kind is Attachment:
            return FilesTab(
                self._today,
                self._attach,
                self._content,
                self._save,
                self._remove,
                explain=partial(self._explain, kind),
                parent=self,
            )
        return RecordTab(
            kind,
            self._today,
            self._save,
            self._remove,
            columns=COLUMNS.get(kind),
            references=references,
            explain=partial(self._explain, kind),
            parent=self,
        )

    def _explain(self, kind: type[PatientRecord], values: dict[str, Any]) -> str:
        return explanation(kind, values, self.history) if self.history else ""

    def _editing(self) -> Iterator[Editing]:
        yield self.details
        yield from self.record_tabs.values()

    def _bring_forward(self, kind: type[PatientRecord]) -> None:
        inner, outer, tab = self._groups[kind]
        self.tabs.setCurrentWidget(outer)
        if inner is not None:
            inner.setCurrentWidget(tab)

    def _open_kind(self) -> type[PatientRecord] | None:
        outer = self.tabs.currentWidget()
        shown = outer.currentWidget() if isinstance(outer, QTabWidget) else outer
        return next((kind for kind, tab in self.record_tabs.items() if tab is shown), None)

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
        self._form_of(record).focus_first()

    def _form_of(self, record: uuid.UUID) -> Form:
        """The form that shows this record, or would."""
        if self.history is None:
            raise RuntimeError("no patient is open")
        form: Form = self.record_tabs[type(self.history.by_id[record])].form
        return form

    def _on_selected(self, record: Any) -> None:
        self.timeline.set_current(record.id)

    def _connect(self) -> None:
        self.header.add_asked.connect(self.add)
        self.header.print_asked.connect(self.print_asked)
        self.header.back_asked.connect(self.back_asked)
        self.timeline.chosen.connect(self._on_chosen)
        self.timeline.opened.connect(self._on_opened)
        self.timeline.add_asked.connect(self.add)
        self.timeline.pointed.connect(self.told)
        for tab in self.record_tabs.values():
            tab.selected.connect(self._on_selected)
            tab.saved.connect(self._on_selected)

    def _make_zoom_buttons(self) -> None:
        """In the corner over the lanes' names, where the axis leaves room."""
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        corner = QWidget(self.timeline)
        corner.setLayout(row)
        for text, tip, pressed in (
            (_("Fit"), _("Whole course (0, in the timeline)"), self.timeline.fit),
            ("−", _("Zoom out (Ctrl+wheel, or −)"), self.timeline.zoom_out),
            ("+", _("Zoom in (Ctrl+wheel, or +)"), self.timeline.zoom_in),
            (_("1 y"), _("The last year"), self.timeline.zoom_to_year),
        ):
            small = QToolButton(corner)
            small.setText(text)
            small.setToolTip(tip)
            small.setAccessibleName(tip)
            small.clicked.connect(pressed)
            dress(small, "corner")
            row.addWidget(small)
        corner.move(MARGIN - 4, GAP - 2)
        corner.adjustSize()

    def _lay_out(self) -> None:
        self._make_zoom_buttons()
        self._splitter = QSplitter(Qt.Orientation.Vertical, self)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(GAP)
        self._splitter.addWidget(self.timeline)
        self._splitter.addWidget(self.tabs)
        self._splitter.setStretchFactor(1, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.header)
        whole.addWidget(self._splitter, 1)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._share_height()

    def _share_height(self) -> None:
        """The timeline gets what it needs, but leaves the larger part to the tabs."""
        whole = self.height() - self.header.sizeHint().height() - GAP
        upper = min(self.timeline.height_needed(), round(whole * TIMELINE_SHARE))
        self._splitter.setSizes([upper, whole - upper])
