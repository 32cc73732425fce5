"""Personal details that differ between two patients, and whose stand after a merge."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from models.merge_proposal import Difference, Stands
from models.value_words import in_words
from models.words import N_, _
from ui.choice_editor import Combo
from ui.sheet import label
from ui.theme import GAP, MARGIN, dress

SHORT = {Stands.KEPT: N_("Kept"), Stands.DUPLICATE: N_("Duplicate"), Stands.BOTH: N_("Both")}
WIDEST_CHOICE = 160
HEADINGS = ("", N_("Kept"), N_("Duplicate"), N_("After the merge"), "")


class MergeDetails(QWidget):
    """A row for each detail. `changed`: another choice was made."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.choices: dict[str, Combo] = {}
        self._differences: Sequence[Difference] = ()
        self._rows = QWidget(self)
        self._whole = QGridLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)

    def set_differences(self, differences: Sequence[Difference]) -> None:
        """Show these, with what usually stands."""
        self._whole.removeWidget(self._rows)
        self._rows.hide()
        self._rows.deleteLater()
        self._rows, self.choices, self._differences = QWidget(self), {}, differences
        grid = QGridLayout(self._rows)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(MARGIN)
        grid.setVerticalSpacing(GAP)
        for column, (heading, stretch) in enumerate(zip(HEADINGS, (1, 3, 3, 0, 1), strict=True)):
            grid.addWidget(label(_(heading), "label", self._rows), 0, column)
            grid.setColumnStretch(column, stretch)
        for row, each in enumerate(differences, start=1):
            self._add(grid, row, each)
        self._whole.addWidget(self._rows, 0, 0)

    def chosen(self) -> dict[str, Stands]:
        """Whose detail stands, by field."""
        return {each.words.name: self._stands(each) for each in self._differences}

    def _add(self, grid: QGridLayout, row: int, difference: Difference) -> None:
        title = difference.words.title
        kept, duplicate = in_words(difference.kept), in_words(difference.duplicate)
        remark = _("They differ") if difference.conflict else _("Fills a gap")
        role = "beware" if difference.conflict else "quiet"
        combo = self.choices[difference.words.name] = self._combo(difference)
        combo.setAccessibleName(_("{detail} after the merge").format(detail=title))
        spoken = _("{remark}. Kept: {kept}. Duplicate: {duplicate}.")
        combo.setAccessibleDescription(
            spoken.format(remark=remark, kept=kept or _("nothing"), duplicate=duplicate)
        )
        beside = label(title, "label", self._rows)
        beside.setBuddy(combo)
        mine, theirs = label(kept or "–", "", self._rows), label(duplicate, "", self._rows)
        remarked = label(remark, role, self._rows)
        for column, part in enumerate((beside, mine, theirs, combo, remarked)):
            grid.addWidget(part, row, column, Qt.AlignmentFlag.AlignVCenter)
        show = partial(self._stand_out, difference, mine, theirs)
        combo.currentIndexChanged.connect(show)
        show()

    def _combo(self, difference: Difference) -> Combo:
        combo = Combo(self._rows)
        combo.setFixedWidth(WIDEST_CHOICE)
        for stands in difference.choices:
            combo.addItem(_(SHORT[stands]))
        combo.setCurrentIndex(difference.choices.index(difference.usual))
        combo.activated.connect(self.changed)
        return combo

    def _stands(self, difference: Difference) -> Stands:
        return difference.choices[self.choices[difference.words.name].currentIndex()]

    def _stand_out(self, difference: Difference, kept: QLabel, duplicate: QLabel, *_: int) -> None:
        """What will stand is strong, the rest quiet."""
        stands = self._stands(difference)
        dress(kept, "quiet" if stands is Stands.DUPLICATE else "strong")
        dress(duplicate, "quiet" if stands is Stands.KEPT else "strong")
