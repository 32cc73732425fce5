"""One user's sitting at the open store: who it is, in which role, and what goes on record."""

import datetime as dt
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import wraps
from typing import Any, Protocol, TypeVar, cast

from sqlalchemy.orm import Session

from models.account import Account
from models.base import ClinicError
from models.roles import May, Role, least_role
from models.store import accounts, audit, trail_end
from models.store.audit import Action, Entry
from models.store.clock import Clock
from models.store.engine import Store
from models.store.failures import NewPasswordDue, not_on_record
from models.store.keyring import checked_user
from models.store.keys import Keys
from models.store.step import Step
from models.words import _

ONCE_IN_SECONDS = 600
"""Whoever reads a patient again within this time is not written down again."""


SEEN_FOR_SECONDS = 3
"""So long after a user's account was looked at it is not looked at again for mere reading."""


class NotAllowed(ClinicError):
    """What somebody's role does not allow."""


class Sitting:
    """`account`: the user's own, as it stood when last looked at; None only before that.

    `keys`: the keyring, to be changed within a step. `saved_at`: when a record was last changed.
    """

    def __init__(self, store: Store, user: str) -> None:
        self.store, self.user, self.folder = store, checked_user(user), store.path.parent
        self.clock, self.keys = Clock(), Keys(self.folder, store.key)
        self.account: Account | None = None
        self._seen = 0.0
        self.saved_at: dt.datetime | None = None
        self._audit_key = audit.audit_key(store.key)
        self._owed: list[Entry] = []
        self._noted: dict[tuple[Action, uuid.UUID | None], float] = {}

    @property
    def role(self) -> Role:
        return self.account.role if self.account else Role.READER

    @property
    def new_password_due(self) -> bool:
        return self.account is not None and self.account.new_password_due

    def require(self, what: May) -> None:
        """Raise `NotAllowed` where the role does not allow this, `ClinicError` where the user may
        not sign in any more.
        """
        stale = time.monotonic() - self._seen > SEEN_FOR_SECONDS
        if stale or what is not May.READ:
            with self.store.glancing() as session:
                self.recognise(session)
        self._refuse(what)

    def recognise(self, session: Session) -> None:
        """Look at the user's account; raises `ClinicError` where there is none any more."""
        self.account = accounts.standing(session, self.user)
        self._seen = time.monotonic()

    def _refuse(self, what: May) -> None:
        if self.new_password_due:
            raise _new_password_due()
        if not self.role.may(what):
            raise _not_allowed(self.role, what)

    @contextmanager
    def transaction(self, reason: str | None = None, need: May = May.READ) -> Iterator[Step]:
        """One transaction of what the role allows, and what the audit trail says about it.

        `need`: what it takes whatever is changed, asked of the role as it stands within.
        """
        with self.on_record(reason) as step:
            self.recognise(step.session)
            self._refuse(need)
            yield step
            step.session.flush()
            for kind in {deed.kind for deed in step.deeds}:
                self._refuse(kind.changed_with)
                if kind is Account:
                    with_password = self.keys.after(step).users
                    accounts.refuse_without_administrator(step.session, with_password)
        if step.deeds:
            self.saved_at = self.clock.now()

    @contextmanager
    def on_record(self, reason: str | None = None) -> Iterator[Step]:
        """One transaction whatever the role; its end is kept beside the store once it stands."""
        with ExitStack() as until_it_stands, self.store.writing() as session:
            step = Step(session, self.user, self.clock, (reason or "").strip() or None)
            yield step
            session.flush()
            owed = len(self._owed)
            entries = [*self._owed, *step.entries]
            end = audit.write_down(session, self._audit_key, entries)
            if step.keyring:
                until_it_stands.enter_context(self.keys.in_place(session, step.keyring))
        if entries:
            del self._owed[:owed]
            trail_end.keep(self.folder, end)

    def write_down(self, step: Step) -> None:
        """Put on record what a long step has noted so far; its end is kept once it stands.

        Something must still be noted after it.
        """
        audit.write_down(step.session, self._audit_key, step.entries)
        step.entries.clear()

    @property
    def owed(self) -> int:
        """How many entries could not be written down yet."""
        return len(self._owed)

    def put_on_record(
        self, action: Action, patients: Sequence[uuid.UUID] = (), /, **said: Any
    ) -> None:
        """Put on record, once for each of these patients, that records are about to be handed out.

        Raises `ClinicError` where it cannot be written down: they must not be, then.
        """
        try:
            self._write(self._entries(action, patients, said))
        except ClinicError as error:
            raise not_on_record(error) from error

    def note(
        self,
        action: Action,
        patients: Sequence[uuid.UUID] = (),
        /,
        reason: str | None = None,
        **said: Any,
    ) -> None:
        """Put on record what changed nothing, once for each of these patients.

        Where it cannot be written down now, the patient is not kept waiting. It is owed, and tried
        again with what is put on record next, the sign-out at the latest; what cannot be written
        then either is on no record.
        """
        entries = self._entries(action, patients, said, reason)
        try:
            self._write(entries)
        except ClinicError:
            self._owed += entries

    def note_once(self, action: Action, patient: uuid.UUID | None = None, what: str = "") -> None:
        """Put it on record unless that was done a short while ago."""
        now = time.monotonic()
        last = self._noted.get((action, patient))
        if last is None or now - last > ONCE_IN_SECONDS:
            self._noted[action, patient] = now
            said = {"what": what} if what else {}
            self.note(action, [patient] if patient else (), **said)

    def _entries(
        self,
        action: Action,
        patients: Sequence[uuid.UUID],
        said: dict[str, Any],
        reason: str | None = None,
    ) -> list[Entry]:
        at = self.clock.now()
        whose: Sequence[uuid.UUID | None] = patients or [None]
        return [
            Entry(at, self.user, action, patient=each, new=said, reason=reason) for each in whose
        ]

    def _write(self, entries: list[Entry]) -> None:
        with self.on_record() as step:
            step.entries += entries


class Seated(Protocol):
    """What somebody does by way of a sitting."""

    sitting: Sitting


M = TypeVar("M", bound=Callable[..., Any])


def needs(what: May) -> Callable[[M], M]:
    """Whoever calls this method must be allowed to do so; its `needs` tells what it takes."""

    def mark(method: M) -> M:
        @wraps(method)
        def allowed(self: Seated, *args: Any, **kwargs: Any) -> Any:
            self.sitting.require(what)
            return method(self, *args, **kwargs)

        allowed.needs = what  # type: ignore[attr-defined]
        return cast(M, allowed)

    return mark


def _not_allowed(role: Role, what: May) -> NotAllowed:
    return NotAllowed(
        _("A {role} may not {what}.").format(role=_(role.value), what=_(what.value)),
        _("Nothing was changed."),
        _("Ask for the role of {role}, or sign in as somebody who has it.").format(
            role=_(least_role(what).value)
        ),
    )


def _new_password_due() -> NewPasswordDue:
    return NewPasswordDue(
        _("The present password was given to you by somebody else."),
        _("Nothing was changed."),
        _("Choose a password of your own first."),
    )
