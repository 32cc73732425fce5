"""What no shell is to keep: passwords from a file, the environment or a prompt, never an argument;
a patient's number, where it is wished, from a prompt.
"""

import argparse
import getpass
import os
import sys
import warnings
from pathlib import Path

from models.errors import ClinicError
from models.store.folder import is_demo
from models.words import _

DEMO_USER = DEMO_PASSWORD = "demo"  # noqa: S105 - the demo clinic says so itself
VARIABLE = "CTCL_PASSWORD"


def password_of(asked: argparse.Namespace, folder: Path, user: str) -> str:
    """The demo's is known to everybody; no other process gets to see the variable."""
    given = os.environ.pop(VARIABLE, None)
    if "password_file" in asked:
        return read_password(asked.password_file)
    if given is not None:
        return given
    if user == DEMO_USER and is_demo(folder):
        return DEMO_PASSWORD
    return ask_password(_("Password of {user}: ").format(user=user))


def first_password(asked: argparse.Namespace) -> str:
    """That of a new clinic's first user."""
    if "password_file" in asked or VARIABLE in os.environ:
        return password_of(asked, Path(), "")
    return ask_twice()


def new_password(asked: argparse.Namespace) -> str:
    """One to be set: the variable and the password file hold that of whoever asks."""
    return read_password(asked.new_password_file) if asked.new_password_file else ask_twice()


def ask_twice() -> str:
    first = ask_password(_("New password: "))
    if first != ask_password(_("Once more: ")):
        raise ClinicError(
            _("The two passwords differ."), _("Nothing was changed."), _("Try again.")
        )
    return first


def ask_password(prompt: str) -> str:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", getpass.GetPassWarning)
            return getpass.getpass(prompt)
    except (EOFError, getpass.GetPassWarning):
        raise ClinicError(
            _("No password was given."),
            _("Nothing was changed."),
            _(
                "Type it at the prompt of a terminal, or use --password-file or CTCL_PASSWORD;"
                " for a new password --new-password-file."
            ),
        ) from None


def read_password(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        raise ClinicError(
            _("The password file {path} cannot be read.").format(path=path),
            _("Nothing was changed."),
            _("Check the file's name and permissions."),
        ) from None


def number_of(given: str) -> str:
    """The MRN that was given as an argument; where that is `-`, the next line that is typed."""
    if given != "-":
        return given
    if sys.stdin.isatty():
        print(_("MRN: "), end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip()


def is_sure(question: str) -> bool:
    """Whether somebody at a terminal answers yes; False where nobody is there to be asked."""
    if not sys.stdin.isatty():
        return False
    print(question, end=" ", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().casefold() in {_("yes"), _("y")}
