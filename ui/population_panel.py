"""Who belongs to the cohort: the criteria, those saved by name above them."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from models.biopsy import Conclusion
from models.diagnosis import Disease
from models.patient import Sex
from models.population import Origin, Population, Which
from models.response import Response
from models.store.clinic import Clinic
from models.therapies import Category
from models.words import _, capitalised
from ui.buttons import button
from ui.choice_editor import narrow_combo
from ui.cohort_members import Members
from ui.criteria import Checks, Events, Flag, Option, Stages, days, whole_numbers
from ui.criterion import Criterion
from ui.date_editor import Today
from ui.saved_populations import SavedPopulations
from ui.sheet import label, titled
from ui.theme import GAP, MARGIN

BEST = (Response.CR, Response.VGPR, Response.PR, Response.SD, Response.PD)


class PopulationPanel(QScrollArea):
    """`changed`: others may belong now; while something typed cannot be read, nothing is told."""

    changed = Signal()
    told = Signal(str)

    def __init__(self, today: Today, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told = Population()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        sheet = QWidget(self)
        self.saved = SavedPopulations(sheet)
        self.origin, self.which = narrow_combo(sheet), narrow_combo(sheet)
        for combo, values in ((self.origin, [*Origin]), (self.which, [*Which])):
            for value in values:
                combo.addItem(capitalised(_(value.value)), value)
            combo.activated.connect(self._on_changed)
        self.clear_button = button(_("Clear all"), self.clear, sheet, "link", _("Leave nobody out"))
        self.diseases = Checks(_("Disease"), "diseases", _offered(Disease), sheet)
        self.stages = Stages(sheet)
        self.sexes = Checks(_("Sex"), "sexes", _offered(Sex), sheet)
        self.age = whole_numbers(_("Age"), ("age_from", "age_to"), sheet)
        self.dates = days(_("Begun"), ("since", "until"), today, sheet)
        self.treatments = Checks(_("Treatment"), "treatments", [], sheet)
        self.categories = Checks(_("Category"), "categories", _offered(Category), sheet)
        self.numbers = whole_numbers(_("Line number"), ("number_from", "number_to"), sheet)
        here = [Option(True, _("in our clinic"))]
        self.given_here = Flag(_("Given"), "given_here", here, sheet)
        best = [Option(each, capitalised(each.words)) for each in BEST]
        self.responses = Checks(_("Best response"), "responses", best, sheet)
        self.events = Events(sheet)
        self.conclusions = Checks(_("Biopsy"), "conclusions", _offered(Conclusion), sheet)
        self.criteria: tuple[Criterion, ...] = (
            *(self.diseases, self.stages, self.sexes, self.age, self.dates),
            *(self.treatments, self.categories, self.numbers, self.given_here),
            *(self.responses, self.events, self.conclusions),
        )
        self._lay_out(sheet)
        self._connect()
        self.show_population(Population())

    def open(self, clinic: Clinic) -> None:
        """Those that are saved, as they are now; what is chosen stays."""
        self.saved.open(clinic)

    def offer(self, members: Members) -> None:
        """The drugs and the events that occur."""
        for criterion, occurring in (
            (self.treatments, members.drugs),
            (self.events, members.terms),
        ):
            criterion.offer([Option(each, _(each), f"({n:,})") for each, n in occurring])

    def population(self) -> Population | None:
        """None while something typed cannot be read."""
        if any(each.problem for each in self.criteria):
            return None
        asked: dict[str, Any] = {"origin": self._origin}
        if self._origin is Origin.LINE:
            asked["which"] = Which(self.which.currentData())
        for each in self.criteria:
            asked |= each.values() if each.offered else {}
        return Population(**asked)

    @property
    def _origin(self) -> Origin:
        return Origin(self.origin.currentData())

    def show_population(self, asked: Population) -> None:
        """Silently."""
        self.origin.setCurrentIndex(self.origin.findData(asked.origin))
        self.which.setCurrentIndex(self.which.findData(asked.which))
        for each in self.criteria:
            each.show_values(asked)
        self._offer_by_origin()
        self._told = asked
        self.saved.compare(asked)
        self.clear_button.setVisible(asked != Population())

    def count_from_lines(self) -> None:
        """From the start of a treatment line, as something that is shown needs it."""
        self.origin.setCurrentIndex(self.origin.findData(Origin.LINE))
        self._on_changed()

    def clear(self) -> None:
        self.saved.let_go()
        self._take(Population())
        self.origin.setFocus()

    def _take(self, asked: Population) -> None:
        self.show_population(asked)
        self.changed.emit()

    def _on_changed(self) -> None:
        """Only what is different is told."""
        self._offer_by_origin()
        asked = self.population()
        if asked is not None and asked != self._told:
            self._told = asked
            self.saved.compare(asked)
            self.clear_button.setVisible(asked != Population())
            self.changed.emit()

    def _offer_by_origin(self) -> None:
        by_line = self._origin is Origin.LINE
        tip = _("Only where time counts from the start of a treatment line")
        self.numbers.offer_if(by_line, tip)
        self.which.setEnabled(by_line)
        self.which.setToolTip(_("Where several lines of a patient fit") if by_line else tip)

    def _connect(self) -> None:
        for each in self.criteria:
            each.changed.connect(self._on_changed)
        self.saved.chosen.connect(self._take)
        self.saved.told.connect(self.told)

    def _lay_out(self, sheet: QWidget) -> None:
        self.setFocusProxy(self.origin)
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, GAP, MARGIN)
        column.setSpacing(GAP)
        column.addWidget(self.saved)
        head = QHBoxLayout()
        head.addWidget(label(_("Who belongs"), "strong", sheet), 1)
        head.addWidget(self.clear_button)
        column.addLayout(head)
        column.addLayout(titled(_("Time counts from"), self.origin, sheet))
        column.addLayout(titled(_("Which line"), self.which, sheet))
        rows = QVBoxLayout()
        rows.setSpacing(0)
        for each in self.criteria:
            rows.addWidget(each)
        column.addLayout(rows)
        column.addStretch()
        self.setWidget(sheet)


def _offered(
    choices: type[Disease] | type[Sex] | type[Category] | type[Conclusion],
) -> list[Option]:
    return [Option(each, capitalised(_(each.value))) for each in choices]
