"""docs/roles.md, written from what the code says that each action and each kind of record needs."""

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from types import FunctionType

from models.records import RECORDS
from models.roles import May, Role
from models.store.backups import Backups
from models.store.clinic import Clinic
from models.store.populations import Populations
from models.store.trail import Trail
from models.store.users import Users
from models.store.vocabularies import Vocabularies

OFFERED = (FunctionType, classmethod, staticmethod, property, cached_property)
ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs" / "roles.md"
OPENING = """# Who may do what

Four roles, each of which may all that the one before it may. The store refuses what a role does not
allow, whoever asks: the window, the command line or a script; the window leaves out what would be
refused. Written by `make rules` from the code; do not edit it by hand.

A role that is changed counts from the next step on, also for whoever sits at the window: what is
half typed stays there, and is kept as a draft. Who owes a new password may choose it and no more;
who was disabled is refused at the next step, and reads on for three seconds at most. Users change
by the actions `users` alone, as their passwords go with them. The last administrator who can sign
in cannot be removed, disabled or given another role, in whatever way.

A judgement that differs from what is measured may be entered by whoever may enter records, with
its reason: it is put on record as what the letter or the clinician said. Rules of the program are
confirmed, and settings changed, by clinicians only.

Printing a page, also into a PDF file, is printing, which whoever reads may do. What leaves as data
is exported, which takes a clinician: `patients --json`, `summary --json` and `worklist --json` on
the command line, and a copy of an attached file. All of it is put on record before it leaves, or
does not leave.

A backup into the clinic's folder for backups is made whoever works; into another folder only an
administrator makes one.
"""
FACETS = {
    "": Clinic,
    "users": Users,
    "trail": Trail,
    "backups": Backups,
    "vocabularies": Vocabularies,
    "populations": Populations,
}
BY_KIND = {"save", "save_all", "remove", "take_back"}
"""They change any kind of record; the kind says what that needs."""
EXCEPTIONS = {
    "create": "before anybody has come in",
    "open": "before anybody has come in",
    "recover": "the recovery key makes an administrator",
    "close": "whoever came in goes out",
    "role": "asked by the window, and tells nothing of patients",
    "may": "asked by the window, and tells nothing of patients",
    "new_password_due": "asked by the window, and tells nothing of patients",
    "lock_after_minutes": "asked by the window, and tells nothing of patients",
    "owed": "a sentence about entries that wait to be written",
    "to_undo": "asked by the window, and tells nothing of patients",
    "to_redo": "asked by the window, and tells nothing of patients",
    "saved_at": "asked by the window, and tells nothing of patients",
    "keep_draft": "what somebody types stays theirs, also when they may not save it any more",
    "drop_draft": "what somebody types stays theirs, also when they may not save it any more",
    "users.change_own_password": "everybody may, and must where one is due",
    "backups.own_folder": "a place, and no records",
    "backups.folder": "a place, and no records",
    "backups.series": "how its files are called, and no records",
    "vocabularies.hold": "terms and drugs, and no records of patients",
    "vocabularies.follow": "terms and drugs, and no records of patients",
    "vocabularies.let_go": "terms and drugs, and no records of patients",
}
MARKS = {True: "yes", False: "–"}


def document() -> str:
    """The whole document as Markdown."""
    return "\n".join(
        [
            OPENING,
            "## The roles\n",
            *(f"- **{role.value}**: {role.words}" for role in Role),
            "\n## Kinds of record: entered, corrected, removed, taken back\n",
            *_table([(kind.plural, kind.changed_with) for kind in RECORDS]),
            "\n## Actions of the clinic\n",
            *_table([(f"`{name}`", needed) for name, needed in actions().items()]),
            "\nWhatever the role:\n",
            *(f"- `{name}`: {why}" for name, why in EXCEPTIONS.items()),
            "",
        ]
    )


def members() -> Iterator[tuple[str, object]]:
    """Everything public that the clinic, and what hangs on it, offers."""
    for facet, kind in FACETS.items():
        for name, member in vars(kind).items():
            if not name.startswith("_") and isinstance(member, OFFERED):
                yield f"{facet}.{name}".strip("."), member


def actions() -> dict[str, May]:
    """What each action needs, but for those of which the kind of record tells."""
    return {
        name: needed
        for name, member in members()
        if (needed := getattr(member, "needs", None)) and name not in BY_KIND
    }


def _table(rows: list[tuple[str, May]]) -> list[str]:
    head = " | ".join(role.value for role in Role)
    lines = [f"| | {head} |", "| --- |" + " --- |" * len(Role)]
    for title, needed in rows:
        marks = " | ".join(MARKS[role.may(needed)] for role in Role)
        lines.append(f"| {title} | {marks} |")
    return lines


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
