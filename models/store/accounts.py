"""Who may sign in: the users on file. One of them at least is an administrator."""

import unicodedata
from collections.abc import Collection, Iterable

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session
from sqlmodel import SQLModel, col

from models.account import Account
from models.base import ClinicError, build, revised
from models.roles import Role
from models.store import removal, saving
from models.store.failures import NotLetIn
from models.store.step import Step
from models.words import _

_TABLE = SQLModel.metadata.tables[Account.table_name()]
_VALUES = select(_TABLE).where(_TABLE.c.name == bindparam("user"))


class NameTaken(ClinicError):
    """Another user has, or had, this name."""


def every(session: Session) -> list[Account]:
    """Those who were disabled, too; by name."""
    return sorted(session.scalars(select(Account)), key=lambda each: each.name.casefold())


def named(session: Session, user: str) -> Account | None:
    return session.scalar(select(Account).where(col(Account.name) == user))


def standing(session: Session, user: str) -> Account:
    """The user's account; raises `ClinicError` where there is none, or not any more."""
    values = session.execute(_VALUES, {"user": user}).mappings().first()
    if values is None or values["removed_at"] is not None:
        raise _disabled(user)
    return build(Account, {**values})


def refuse_taken(session: Session, name: str) -> None:
    """Raise `NameTaken` where a user on file is called so, or the same to the eye."""
    for each in every(session):
        if _to_the_eye(each.name) == _to_the_eye(name):
            raise _known(each.name)


def adopt(step: Step, users: Iterable[str]) -> None:
    """Where the store knows no users yet, all in the keyring, as what they were: administrators."""
    if not every(step.session):
        _enter(step, [Account(name=user, role=Role.ADMINISTRATOR) for user in sorted(users)])


def put_in_charge(step: Step, user: str) -> None:
    """Let this user be an administrator with a password of their own, whatever was before."""
    account = named(step.session, user)
    if account is None:
        refuse_taken(step.session, user)
        _enter(step, [build(Account, {"name": user, "role": Role.ADMINISTRATOR})])
        return
    if account.removed_at is not None:
        removal.restore(step, account)
    in_charge = revised(account, role=Role.ADMINISTRATOR, new_password_due=False)
    saving.correct(step, account, in_charge)


def refuse_without_administrator(session: Session, with_password: Collection[str]) -> None:
    """Somebody must be able to look after the users."""
    asked = (col(Account.role) == Role.ADMINISTRATOR, col(Account.removed_at).is_(None))
    names = session.scalars(select(col(Account.name)).where(*asked))
    if not any(name in with_password for name in names):
        raise _no_administrator_left()


def _enter(step: Step, accounts: list[Account]) -> None:
    saving.save_all(step, accounts)


def _to_the_eye(name: str) -> str:
    """Wide and narrow letters, capitals and runs of spaces alike; other alphabets apart."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _known(name: str) -> NameTaken:
    return NameTaken(
        _("There is, or was, a user {name}.").format(name=name),
        _("Nothing was changed."),
        _("Give another name, so that it stays clear who did what, or let that user in again."),
    )


def _disabled(user: str) -> NotLetIn:
    return NotLetIn(
        _("{user} may not sign in any more.").format(user=user),
        _("Nothing was changed."),
        _("Ask an administrator of the clinic."),
    )


def _no_administrator_left() -> ClinicError:
    return ClinicError(
        _("This is the last administrator who can sign in."),
        _("Nothing was changed."),
        _("Make somebody else an administrator first."),
    )
