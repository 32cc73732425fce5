"""Choosing a role: each with what it is for in words."""

from functools import partial

from PySide6.QtWidgets import QRadioButton, QVBoxLayout, QWidget

from models.account import Account
from models.base import described_fields
from models.roles import Role
from ui.editor import Editor
from ui.sheet import label

INDENT = 24


class RoleEditor(Editor):
    """One of the roles, from the least to the most allowed; none before one is chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        (words,) = (each for each in described_fields(Account) if each.name == "role")
        super().__init__(words, parent)
        self.buttons = {role: QRadioButton(role.label, self) for role in Role}
        column = QVBoxLayout()
        column.setSpacing(0)
        for role, each in self.buttons.items():
            each.setAccessibleName(f"{words.title}: {role.label}. {role.words}")
            each.setToolTip(role.words)
            each.clicked.connect(self.changed)
            each.clicked.connect(partial(self.setFocusProxy, each))
            meaning = label(role.words, "note", self)
            meaning.setContentsMargins(INDENT, 0, 0, 4)
            column.addWidget(each)
            column.addWidget(meaning)
        self.row.addLayout(column)
        self.hold(*self.buttons.values())

    def value(self) -> Role | None:
        return next((role for role, each in self.buttons.items() if each.isChecked()), None)

    def set_value(self, value: Role | None) -> None:
        for role, each in self.buttons.items():
            each.setAutoExclusive(False)
            each.setChecked(role is value)
            each.setAutoExclusive(True)
        self.setFocusProxy(self.buttons[value or Role.READER])
