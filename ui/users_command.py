"""`users` on the command line: who may sign in, their roles and passwords, the recovery key.

Each of them yields the lines to be printed. A line is printed before what comes after it is done.
"""

import argparse
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from models.account import Account
from models.base import ClinicError
from models.roles import May, Role
from models.store.clinic import Clinic
from models.store.keyring import as_kept
from models.store.recovery import new_recovery_key
from models.words import _, moment_words
from ui.typed_passwords import is_sure, new_password

Arguments = argparse.Namespace
Lines = Iterator[str]
Done = Callable[[Arguments, Clinic, str], Lines]


def describe(users: Any, everywhere: argparse.ArgumentParser) -> None:
    """What can be asked; `everywhere`: the options that every command has."""
    commands = users.add_subparsers(title=_("commands"), required=True, metavar="COMMAND")

    def add(name: str, done: Done, help_text: str, *options: Callable[[Any], object]) -> None:
        made = commands.add_parser(name, help=help_text, parents=[everywhere])
        made.set_defaults(done=done)
        for option in options:
            option(made)

    add("list", list_users, _("who may sign in, in which role"), _json)
    with_role = _("add a user, who chooses a password at the first sign-in")
    add("add", add_user, with_role, _name, _role_option, _password_file)
    add("role", change_role, _("give a user another role"), _name, _role)
    add("disable", disable, _("let a user not sign in any more"), _name, _reason)
    again = _("let a user sign in again, with a new password")
    add("enable", enable, again, _name, _password_file)
    either = _("a new password of one's own, or for a user who forgot theirs")
    add("password", change_password, either, _perhaps_name, _password_file)
    add("recovery-key", renew_key, _("put a new recovery key in place of the former"), _yes)


def list_users(asked: Arguments, clinic: Clinic, _password: str) -> Lines:
    accounts, last = clinic.users.all(), clinic.users.last_signed_in()
    if asked.json:
        listed = [
            {
                "name": each.name,
                "role": each.role.value,
                "may_sign_in": each.removed_at is None,
                "disabled_at": each.removed_at.isoformat() if each.removed_at else None,
                "disabled_by": each.removed_by,
                "disabled_why": each.removed_why,
                "last_signed_in": last[each.name].isoformat() if each.name in last else None,
                "new_password_due": each.new_password_due,
            }
            for each in accounts
        ]
        yield json.dumps(listed, ensure_ascii=False, indent=2)
        return
    for each in accounts:
        came = moment_words(last[each.name]) if each.name in last else _("Never")
        yield f"{each.name}\t{each.role.label}\t{each.state}\t{came}"


def add_user(asked: Arguments, clinic: Clinic, _password: str) -> Lines:
    clinic.sitting.require(May.ADMINISTER)
    added = clinic.users.add(asked.name, Role(asked.role), new_password(asked))
    words = _("{user} may sign in as {role}, and has to choose another password then.")
    yield words.format(user=added.name, role=_(added.role.value))


def change_role(asked: Arguments, clinic: Clinic, _password: str) -> Lines:
    changed = clinic.users.change_role(named(asked.name, clinic), Role(asked.role))
    yield _("{user}: {role}.").format(user=changed.name, role=changed.role.label)


def disable(asked: Arguments, clinic: Clinic, _password: str) -> Lines:
    account = named(asked.name, clinic)
    clinic.users.disable(account, asked.reason)
    yield _("{user} may not sign in any more.").format(user=account.name)


def enable(asked: Arguments, clinic: Clinic, _password: str) -> Lines:
    clinic.users.enable(account := named(asked.name, clinic), new_password(asked))
    yield _password_given(account)


def change_password(asked: Arguments, clinic: Clinic, password: str) -> Lines:
    """`password`: that with which the clinic was opened."""
    if as_kept(asked.name or clinic.user) == clinic.user:
        clinic.users.change_own_password(password, new_password(asked))
        yield _("The new password holds.")
        return
    clinic.users.give_password(account := named(asked.name, clinic), new_password(asked))
    yield _password_given(account)


def renew_key(asked: Arguments, clinic: Clinic, _password: str) -> Lines:
    """The key is printed first: one that is not on paper must not be the only one that opens."""
    clinic.sitting.require(May.ADMINISTER)
    question = _("The former recovery key will open only backups made before. Renew it? [y/N]")
    if not asked.yes and not is_sure(question):
        raise ClinicError(
            _("The recovery key was not renewed."),
            _("The former one holds."),
            _("Answer y at a terminal, or use --yes."),
        )
    key = new_recovery_key()
    yield _("New recovery key (shown this once; write it down and lock it away):")
    yield key
    clinic.users.put_recovery_key(key)
    yield _("It holds from now on. Backups made before open with the former key.")


def named(name: str, clinic: Clinic) -> Account:
    """Whoever may sign in, or might once."""
    for account in clinic.users.all():
        if account.name == as_kept(name):
            return account
    raise ClinicError(
        _("There is no user {name}.").format(name=name),
        _("Nothing was changed."),
        _("See who there is with `users list`."),
    )


def _password_given(account: Account) -> str:
    words = _("{user} may sign in with this password, and has to choose another one then.")
    return words.format(user=account.name)


# Options


def _name(made: Any) -> None:
    made.add_argument("name", metavar="NAME", help=_("the user's name"))


def _perhaps_name(made: Any) -> None:
    made.add_argument("name", metavar="NAME", nargs="?", help=_("whose (default: one's own)"))


def _role(made: Any) -> None:
    made.add_argument("role", **_ROLES)


def _role_option(made: Any) -> None:
    made.add_argument("--role", required=True, **_ROLES)


def _reason(made: Any) -> None:
    made.add_argument("--reason", required=True, metavar="TEXT", help=_("why; it stays on record"))


def _password_file(made: Any) -> None:
    help_text = _("a file that holds the new password; otherwise it is asked for twice")
    made.add_argument("--new-password-file", type=Path, metavar="FILE", help=help_text)


def _json(made: Any) -> None:
    made.add_argument("--json", action="store_true")


def _yes(made: Any) -> None:
    made.add_argument("--yes", action="store_true", help=_("do not ask"))


_ROLES: dict[str, Any] = {
    "choices": [role.value for role in Role],
    "metavar": "ROLE",
    "help": ", ".join(role.value for role in Role),
}
