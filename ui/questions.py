"""The few questions that interrupt; each is one function, so that a test answers in its place."""

from enum import Enum, auto

from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from models.words import _
from ui.theme import GAP, MARGIN, dress


class Leaving(Enum):
    SAVE = auto()
    DISCARD = auto()
    KEEP_EDITING = auto()


def ask_to_leave(parent: QWidget, what: str) -> Leaving:
    """What is to become of changes that were not saved."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(QApplication.applicationName())
    box.setText(_("What you typed ({what}) is not saved yet.").format(what=what))
    save = box.addButton(_("Save"), QMessageBox.ButtonRole.AcceptRole)
    discard = box.addButton(_("Discard"), QMessageBox.ButtonRole.DestructiveRole)
    keep = box.addButton(_("Keep editing"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(save)
    box.setEscapeButton(keep)
    dress(save, "primary")
    box.exec()
    if box.clickedButton() is save:
        return Leaving.SAVE
    return Leaving.DISCARD if box.clickedButton() is discard else Leaving.KEEP_EDITING


def ask_why(parent: QWidget, what: str) -> str | None:
    """The reason for removing something; None where nothing is to be removed."""
    dialog = ReasonDialog(parent, what)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    return dialog.reason.text().strip() if accepted else None


class ReasonDialog(QDialog):
    """A removal is explained, or it does not happen."""

    def __init__(self, parent: QWidget, what: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(QApplication.applicationName())
        question = QLabel(_("Why is this {what} to be removed?").format(what=what), self)
        dress(question, "heading")
        kept = QLabel(_("It stays readable in the patient's history, with the reason."), self)
        dress(kept, "quiet")
        self.reason = QLineEdit(self)
        self.reason.setAccessibleName(_("Reason"))
        self.reason.textChanged.connect(self._on_typed)
        self.remove = QPushButton(_("Remove"), self)
        self.remove.setEnabled(False)
        self.remove.setDefault(True)
        self.remove.clicked.connect(self.accept)
        dress(self.remove, "primary")
        cancel = QPushButton(_("Cancel"), self)
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(cancel)
        buttons.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        for widget in (question, kept, self.reason):
            column.addWidget(widget)
        column.addSpacing(GAP)
        column.addLayout(buttons)
        self.setMinimumWidth(440)

    def _on_typed(self, text: str) -> None:
        self.remove.setEnabled(bool(text.strip()))
