"""The few questions that interrupt; each is one function, so that a test answers in its place."""

from enum import Enum, auto

from PySide6.QtWidgets import (
    QAbstractButton,
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
    KEEP_FOR_LATER = auto()


def ask_to_leave(parent: QWidget, what: str, later: bool = False) -> Leaving:
    """What is to become of changes that were not saved; `later`: they may wait as they are."""
    box = QMessageBox(parent)
    box.setWindowTitle(QApplication.applicationName())
    box.setText(_("What you typed ({what}) is not saved yet.").format(what=what))
    save = box.addButton(_("Save"), QMessageBox.ButtonRole.AcceptRole)
    answers: dict[QAbstractButton, Leaving] = {save: Leaving.SAVE}
    if later:
        wait = box.addButton(_("Keep for later"), QMessageBox.ButtonRole.AcceptRole)
        wait.setToolTip(_("It is shown again when this is opened the next time"))
        answers[wait] = Leaving.KEEP_FOR_LATER
    discard = box.addButton(_("Discard"), QMessageBox.ButtonRole.DestructiveRole)
    answers[discard] = Leaving.DISCARD
    keep = box.addButton(_("Keep editing"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(save)
    box.setEscapeButton(keep)
    dress(save, "primary")
    box.exec()
    return answers.get(box.clickedButton(), Leaving.KEEP_EDITING)


def ask_to_stop(parent: QWidget, far: str) -> bool:
    """Whether a run of pages is to end before all are done; `far`: how far it is."""
    question = _("Pages are still being made. {far}").format(far=far)
    stop = (_("Stop"), QMessageBox.ButtonRole.DestructiveRole)
    return _sure(parent, question, _("If you stop now, the rest is not printed."), stop, _("Go on"))


def ask_to_discard(parent: QWidget, what: str) -> bool:
    """Whether what was typed and not saved is to go for good."""
    question = _("Discard what you typed ({what})?").format(what=what)
    discard = (_("Discard"), QMessageBox.ButtonRole.DestructiveRole)
    more = _("It was never saved, so it cannot be brought back.")
    return _sure(parent, question, more, discard, _("Keep"))


def ask_to_keep_the_former_key(parent: QWidget) -> bool:
    """Whether a new recovery key, which may be on paper by now, is not to hold after all."""
    leave = (_("Keep the former key"), QMessageBox.ButtonRole.DestructiveRole)
    more = _("The former one still does. Destroy what was printed or written down of the new one.")
    question = _("The new recovery key does not open the clinic yet.")
    return _sure(parent, question, more, leave, _("Show the new key"))


def ask_whether_new(parent: QWidget, who: str, why: str) -> bool:
    """Whether somebody is to be entered who is very like a patient on file."""
    like = _("{who}, is on file and likely the same person: {why}.").format(who=who, why=why)
    enter = (_("Enter as a new patient"), QMessageBox.ButtonRole.AcceptRole)
    question = _("Enter as a new patient all the same?")
    return _sure(parent, question, like, enter, _("Keep editing"))


def _sure(
    parent: QWidget, question: str, more: str, yes: tuple[str, QMessageBox.ButtonRole], no: str
) -> bool:
    """Whether somebody chose `yes`; Enter and Escape mean `no`."""
    box = QMessageBox(parent)
    box.setWindowTitle(QApplication.applicationName())
    box.setText(question)
    box.setInformativeText(more)
    chosen = box.addButton(*yes)
    kept = box.addButton(no, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(kept)
    box.setEscapeButton(kept)
    box.exec()
    return box.clickedButton() is chosen


def ask_why(parent: QWidget, what: str, where: str = "") -> str | None:
    """The reason for removing something; None where nothing is to be removed.

    `where`: it stays readable; in the patient's history where nothing is told.
    """
    dialog = ReasonDialog(parent, what, where)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    return dialog.reason.text().strip() if accepted else None


class ReasonDialog(QDialog):
    """A removal is explained, or it does not happen."""

    def __init__(self, parent: QWidget, what: str, where: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle(QApplication.applicationName())
        question = QLabel(_("Why is this {what} to be removed?").format(what=what), self)
        dress(question, "heading")
        stays = _("It stays readable in {where}, with the reason.").format(
            where=where or _("the patient's history")
        )
        kept = QLabel(stays, self)
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
