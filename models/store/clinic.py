"""The clinic: the one way in to the records and the one way out."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, cast

from models.account import Account
from models.attachment import Attachment
from models.base import ClinicError, ContentMissing, R, Record, revised
from models.exchange.arrivals import Arrival, Fate, Outlook
from models.exchange.matching.memory import Remembered
from models.exchange.registry.studied import StudyNumber
from models.history import History
from models.letterhead import Letterhead, logo_named
from models.likeness import Likeness
from models.patient import Patient
from models.practice import Practice, RuleConfirmation
from models.progress import Progress, unseen
from models.records import BY_NAME
from models.roles import May, Role
from models.safekeeping import Safekeeping
from models.store import (
    accounts,
    attachments,
    catching_up,
    drafts,
    duplicates,
    finding,
    importing,
    matchings,
    merging,
    noticing,
    reading,
    removal,
    saving,
    soundness,
    study_numbers,
    switching,
    trail_rows,
    undoing,
)
from models.store.audit import Action, Change
from models.store.backups import Backups
from models.store.catching_up import CaughtUp
from models.store.drafts import Draft
from models.store.engine import roomy
from models.store.finding import FEW, Findings, Found, Matching
from models.store.folder import keyring_of
from models.store.keyring import Keyring
from models.store.keys import tried
from models.store.opening import (
    closed_on_error,
    create_store,
    creating,
    open_store,
)
from models.store.populations import Populations
from models.store.settings import NAME, setting
from models.store.sitting import Sitting, needs
from models.store.step import Step
from models.store.trail import Trail
from models.store.trail_end import End
from models.store.tries import Tries
from models.store.undoing import Deeds, Doing, Doings
from models.store.users import Users
from models.store.vocabularies import Vocabularies
from models.words import _, ngettext

if TYPE_CHECKING:
    from models.store.drawing_up import DrawnUp
    from models.store.roll import Roll

__all__ = ["FILE", "Change", "Clinic"]

FILE = "file"  # where records went that lie on a disk now
OUTPUT = "standard output"  # where they went that the command line printed
HandingOut = AbstractContextManager[None]


class Clinic:
    """An open clinic. Whatever comes out of it is complete, and of no session.

    Each method says what it `needs`: what the role of the user must allow. `users`: who else may
    sign in; `trail`: who did what; `backups`: the copies of it all; `vocabularies`: imported terms
    and own drugs; `populations`: those saved by name.
    """

    def __init__(self, sitting: Sitting, keyring: Keyring, begin: Callable[[Step], None]) -> None:
        self.sitting, self.demo = sitting, keyring.demo
        self.folder, self.user = sitting.folder, sitting.user
        self.users, self.trail = Users(sitting), Trail(sitting)
        self.backups = Backups(sitting, demo=self.demo)
        self._store, self._clock = sitting.store, sitting.clock
        self._doings = Doings()
        self.vocabularies = Vocabularies(sitting, self._step)
        self.populations = Populations(sitting, self._step)
        with closed_on_error(self._store):
            self.notices = [*self._store.warnings, *self._begin(begin)]
            self.vocabularies.hold()

    @classmethod
    def create(
        cls, folder: Path, *, name: str, user: str, password: str, demo: bool = False
    ) -> tuple[Self, str]:
        """A new, empty clinic and its recovery key, which is shown this once."""

        def begin(step: Step) -> None:
            step.say(Action.CLINIC_CREATED)

        with creating(folder):
            store, recovery_key = create_store(folder, name, user, password, demo=demo)
            return cls(Sitting(store, user), keyring_of(folder), begin), recovery_key

    @classmethod
    def open(cls, folder: Path, user: str, password: str) -> Self:
        keyring = keyring_of(folder)
        tries = Tries(folder, keyring.users)
        by_password = partial(keyring.key_for, user, password)
        store = open_store(folder, tried(tries, user, by_password))

        def begin(step: Step) -> None:
            step.say(Action.SIGNED_IN)

        return cls(Sitting(store, user), keyring, begin)

    @classmethod
    def recover(cls, folder: Path, recovery_key: str, *, user: str, password: str) -> Self:
        """Open with the printed key; this user, new or known, is an administrator from now on."""
        keyring = keyring_of(folder)
        tries = Tries(folder, keyring.users)
        by_key = partial(keyring.key_by_recovery, recovery_key)
        store = open_store(folder, tried(tries, None, by_key))
        sitting = Sitting(store, user)

        def begin(step: Step) -> None:
            accounts.put_in_charge(step, sitting.user)
            step.say(Action.RECOVERED)
            sitting.keys.give_password(step, sitting.user, password)

        clinic = cls(sitting, keyring, begin)
        clinic.notices.append(noticing.came_by_key(clinic.user))
        return clinic

    def _begin(self, begin: Callable[[Step], None]) -> list[str]:
        """Come in; sentences about what was noticed at that."""
        tries = self.sitting.keys.tries
        unwritten = tries.unwritten
        with self.sitting.on_record() as step:
            accounts.adopt(step, self.sitting.keys.users)
            begin(step)
            step.session.flush()
            self.sitting.recognise(step.session)
            self.name: str = setting(step.session, NAME)
            sentences = noticing.put_on_record(step, self.folder, unwritten)
        tries.written(unwritten)
        switching.told_finished(self.folder)
        return sentences

    @property
    def role(self) -> Role:
        return self.sitting.role

    @property
    def new_password_due(self) -> bool:
        """Whether the user must choose a password before anything else."""
        return self.sitting.new_password_due

    @property
    def lock_after_minutes(self) -> int:
        """When the window locks, also for whoever owes a new password."""
        with self._store.reading() as session:
            return reading.safekeeping(session).lock_after_minutes

    @property
    def saved_at(self) -> dt.datetime | None:
        """When the user last changed a record in this sitting, in UTC."""
        return self.sitting.saved_at

    def may(self, what: May) -> bool:
        """Whether the user's role allows this."""
        return self.role.may(what) and not self.new_password_due

    @property
    def owed(self) -> str:
        """A sentence about what could not be put on record so far; empty where all is."""
        n = self.sitting.owed
        words = ngettext(
            "{n} entry could not be written into the audit log so far: see that the clinic's disk"
            " has room, and that no other program holds the clinic's file.",
            "{n} entries could not be written into the audit log so far: see that the clinic's disk"
            " has room, and that no other program holds the clinic's file.",
            n,
        )
        return words.format(n=n) if n else ""

    @needs(May.READ)
    def handing_out(self, patients: Sequence[uuid.UUID], to: str, **said: str) -> HandingOut:
        """Put on record, before it is done within, that pages leave the program, and a failure.

        Where it cannot be put on record, `ClinicError` is raised and nothing within is done.
        `to`: `FILE`, or a printer by its name; where a file lies is not told: its name may tell
        of a patient.
        """
        action = Action.EXPORTED if to == FILE else Action.PRINTED
        return self._handed_out(action, patients, {**said, "to": to})

    @needs(May.EXPORT)
    def exporting(self, patients: Sequence[uuid.UUID], to: str, **said: str) -> HandingOut:
        """The same for what leaves as data rather than as a page: values, or a file as attached.

        `to`: `FILE` or `OUTPUT`.
        """
        return self._handed_out(Action.EXPORTED, patients, {**said, "to": to})

    @needs(May.EXPORT)
    def study_numbers(self, patients: Sequence[uuid.UUID]) -> dict[uuid.UUID, StudyNumber]:
        """What these patients are called in studies, from the first time on for ever."""
        with self._store.writing() as session:
            return study_numbers.given(session, patients)

    @needs(May.EXPORT)
    def whose_number(self, number: int) -> Patient:
        """Who has this study number, which is put on record before it is told.

        Raises `ClinicError` where nobody has, or where it cannot be written down.
        """
        with self._store.reading() as session:
            found = study_numbers.whose(session, number)
        self.sitting.put_on_record(Action.READ, [found.id], what=study_numbers.LOOKED_UP)
        return found

    @contextmanager
    def _handed_out(
        self, action: Action, patients: Sequence[uuid.UUID], said: dict[str, str]
    ) -> Iterator[None]:
        self.sitting.put_on_record(action, patients, **said)
        try:
            yield
        except ClinicError:
            self.sitting.note(action, patients, **said, failed="yes")
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Sign out; what is still owed to the audit log is tried once more."""
        if self._store.is_open:
            self.sitting.note(Action.SIGNED_OUT)
        self._store.close()
        self.vocabularies.let_go()

    @needs(May.READ)
    def save(self, record: R, *, reason: str | None = None) -> R:
        """Enter a new record, or correct the one on file; the record as it now stands."""
        return cast(R, self.save_all([record], reason=reason)[0])

    @needs(May.READ)
    def save_all(
        self, records: Sequence[Record], *, reason: str | None = None, doing: str = ""
    ) -> list[Record]:
        """Save all of them, or, when one is refused, none; `doing`: its name when it is undone."""
        with self._step(reason, doing) as step:
            return saving.save_all(step, records)

    @needs(May.READ)
    def remove(self, record: Record, why: str) -> None:
        """Mark a record as removed and keep it, with the reason, in the history of changes."""
        with self._step(removal.checked_reason(why)) as step:
            removal.remove(step, record)

    @needs(May.RECORD)
    def merge(self, kept: Patient, duplicate: Patient, *, reason: str) -> Patient:
        """Save `kept` as given, move the records of `duplicate` to it, and remove that one.

        Whoever looks for the duplicate's number or name finds the one who is kept.
        """
        with self._step(removal.checked_reason(reason), _("merging of patients")) as step:
            return merging.merge(step, kept, duplicate)

    @needs(May.RECORD)
    def look_through(
        self, arrivals: Sequence[Arrival], progress: Progress = unseen
    ) -> list[Outlook]:
        """What would become of each record that a file brings, in their order."""
        with self._store.surveying() as session:
            return importing.look_through(session, arrivals, self._clock.today(), progress)

    @needs(May.RECORD)
    def take_in(
        self,
        arrivals: Sequence[Arrival],
        looked_at: Sequence[Outlook],
        progress: Progress = unseen,
    ) -> None:
        """Save all that a file brings as it was looked through, or nothing; undone as one step.

        Raises `ClinicError` where something of it is refused or was changed meanwhile.
        """
        if any(each.fate is Fate.REFUSED for each in looked_at):
            raise importing.refused(looked_at)
        with (
            self._step(_("import"), _("import"), of_many=True) as step,
            roomy(step.session),
        ):
            importing.take_in(step, arrivals, looked_at, self.sitting.write_down, progress)

    @needs(May.RECORD)
    def remembered_matchings(self) -> Sequence[Remembered]:
        """How the columns of the clinic's own spreadsheets were matched, the latest first."""
        with self._store.reading() as session:
            return matchings.remembered(session)

    @needs(May.RECORD)
    def remember_matching(self, matching: Remembered) -> None:
        """For the next sheet with these headings; `matching`: what `to_remember` tells of one."""
        with self._store.writing() as session:
            matchings.remember(session, matching)

    @needs(May.RECORD)
    def undo(self, progress: Progress = unseen) -> Doing | None:
        """Undo the last step of this sitting, and tell which it was; None where there is none."""
        return self._doings.undo(partial(self._turn_back, _("undone"), progress))

    @needs(May.RECORD)
    def redo(self, progress: Progress = unseen) -> Doing | None:
        """Do again what was undone last, and tell which it was; None where there is none."""
        return self._doings.redo(partial(self._turn_back, _("done again"), progress))

    @property
    def to_undo(self) -> int:
        """How many records the next undo changes."""
        return self._doings.to_undo

    @property
    def to_redo(self) -> int:
        return self._doings.to_redo

    @needs(May.READ)
    def take_back(self, change: Change) -> None:
        """Undo one change of a patient's history, whatever came after it."""
        with self._step(_("taken back")) as step:
            undoing.take_back(step, change)

    @needs(May.RECORD)
    def attach(self, attachment: Attachment, content: bytes) -> Attachment:
        """Save a file with its entry: a photograph without its place; answers its checksum."""
        attachment, content = attachments.checked(attachment, content)
        with self._step() as step:
            attachments.keep_content(step.session, content)
            return cast(Attachment, saving.save_all(step, [attachment])[0])

    @needs(May.READ)
    def content(self, attachment: Attachment) -> bytes:
        with self._store.reading() as session:
            found = attachments.content_of(session, attachment.sha256, attachment.title)
        self.sitting.note_once(Action.READ, attachment.patient)
        return found

    @needs(May.READ)
    def patients(self) -> list[Patient]:
        """Every patient on file, by name."""
        with self._store.reading() as session:
            found = reading.patients(session)
        self.sitting.note_once(Action.LISTED)
        return found

    @needs(May.READ)
    def patient(self, mrn: str) -> Patient:
        with self._store.reading() as session:
            return reading.patient_by_mrn(session, mrn)

    @needs(May.READ)
    def find(self, text: str) -> list[Patient]:
        """Patients by name, MRN or birth date, best first; all where nothing was typed."""
        with self._store.reading() as session:
            found = reading.find(session, text, self._clock.today())
        if not text.strip():
            self.sitting.note_once(Action.LISTED)
        return found

    @needs(May.READ)
    def look_up(self, text: str, today: dt.date, *, most: int = FEW) -> Findings:
        """The first of those whom a text finds, and how many they are: for a list as one types."""
        with self._store.glancing() as session:
            return finding.look_up(session, text, today, most)

    @needs(May.READ)
    def matching(self, text: str, today: dt.date) -> Matching:
        """All whom a text finds, by id: for a list that has everybody in it."""
        with self._store.glancing() as session:
            return finding.matching(session, text, today)

    @needs(May.READ)
    def shown(self, patients: Sequence[uuid.UUID], today: dt.date) -> list[Found]:
        """These patients as rows of a list, in this order; who was removed is left out."""
        with self._store.glancing() as session:
            return finding.shown(session, patients, today)

    @needs(May.READ)
    def listed(self, today: dt.date, progress: Progress = unseen) -> "Roll":
        """Everybody on file, by name, as rows of a list."""
        from models.store.listing import listed  # noqa: PLC0415  (it brings many rules)

        with self._store.surveying() as session:
            found = listed(session, today, progress)
        self.sitting.note_once(Action.LISTED)
        return found

    @needs(May.READ)
    def histories_of(self, patients: Sequence[uuid.UUID]) -> list[History]:
        """Of a few who are listed, in no order; who was removed is left out."""
        from models.store.listing import histories_of  # noqa: PLC0415

        with self._store.surveying() as session:
            found = histories_of(session, patients)
        self.sitting.note_once(Action.LISTED)
        return found

    @needs(May.READ)
    def likely_duplicates(
        self, values: Mapping[str, Any], *, besides: uuid.UUID | None = None
    ) -> list[Likeness]:
        """Patients like the one whose details these are, the most alike first; half may be typed.

        `besides`: the patient who is being corrected, and needs no warning of her own likeness.
        """
        with self._store.glancing() as session:
            return duplicates.likely(session, values, besides)

    @needs(May.READ)
    def history(self, patient_id: uuid.UUID) -> History:
        with self._store.reading() as session:
            found = reading.history(session, patient_id)
        self.sitting.note_once(Action.READ, patient_id)
        return found

    @needs(May.READ)
    def histories(self) -> list[History]:
        """Every patient's history, by name; nothing that is saved meanwhile waits for it."""
        with self._store.surveying() as session:
            found = reading.histories(session, reading.patients(session))
        self.sitting.note_once(Action.LISTED)
        return found

    @needs(May.READ)
    def catch_up(self, since: End | None, progress: Progress = unseen) -> CaughtUp:
        """The histories of those who changed since a mark, in whatever window; or of everybody."""
        with self._store.surveying() as session:
            found = catching_up.catch_up(session, since, progress)
        self.sitting.note_once(Action.LISTED)
        return found

    @needs(May.READ)
    def worklist(
        self,
        today: dt.date,
        days: int,
        before: "DrawnUp | None" = None,
        progress: Progress = unseen,
    ) -> "DrawnUp":
        """What is due by so many days after `today`: `before`, with what has changed since then.

        `progress`: of the patients who are read, none of whom had died by then.
        """
        from models.store.drawing_up import drawn_up  # noqa: PLC0415  (it brings many rules)

        with self._store.surveying() as session:
            found = drawn_up(session, today, days, before, progress)
        self.sitting.note_once(Action.LISTED)
        return found

    @needs(May.READ)
    def practice(self) -> Practice:
        """The clinic's settings; saved like any other record."""
        with self._store.reading() as session:
            return reading.practice(session)

    @needs(May.READ)
    def safekeeping(self) -> Safekeeping:
        """When the window locks, and where backups go; saved like any other record."""
        with self._store.reading() as session:
            return reading.safekeeping(session)

    @needs(May.READ)
    def letterhead(self) -> Letterhead:
        """What stands at the head of printed pages; its texts are saved like any other record."""
        with self._store.reading() as session:
            return reading.letterhead(session)

    @needs(May.READ)
    def logo(self) -> bytes:
        """The picture beside the clinic's name; empty where there is none, or where it is missing:
        pages are printed without it.
        """
        with self._store.reading() as session, suppress(ContentMissing):
            if named := reading.letterhead(session).logo:
                return attachments.content_of(session, named, _("Logo"))
        return b""

    @needs(May.ADMINISTER)
    def put_logo(self, content: bytes) -> Letterhead:
        """Put a picture on the letterhead; raises `ClinicError` where it can be none."""
        letterhead = revised(self.letterhead(), logo=logo_named(content))
        with self._step() as step:
            attachments.keep_content(step.session, content)
            return cast(Letterhead, saving.save_all(step, [letterhead])[0])

    @needs(May.READ)
    def confirmations(self) -> list[RuleConfirmation]:
        """Which clinician stands for which rule; one is withdrawn by removing it."""
        with self._store.reading() as session:
            return reading.confirmations(session)

    def keep_draft(self, draft: Draft) -> None:
        """Keep what is being typed, until it is saved or discarded.

        That, too, which somebody may not save any more: it is lost only when they discard it.
        """
        with self._store.writing() as session:
            drafts.keep(session, self.user, draft)

    def drop_draft(self, form: str, patient_id: uuid.UUID) -> None:
        with self._store.writing() as session:
            drafts.drop(session, self.user, form, patient_id)

    @needs(May.READ)
    def drafts(self) -> list[Draft]:
        """What this user typed, did not save and may save, the latest first."""
        with self._store.reading() as session:
            kept = drafts.kept(session, self.user)
        return [draft for draft in kept if self.role.may(_changed_with(draft))]

    @needs(May.READ)
    def changes(self, patient_id: uuid.UUID) -> list[Change]:
        """Who entered, corrected or removed what about a patient, newest first.

        An entry that was edited and cannot be read is left out; `check` and the audit log name it.
        """
        with self._store.reading() as session:
            merged = reading.merged_into(session, patient_id)
            found = trail_rows.changes_of(session, [patient_id, *merged])
        self.sitting.note_once(Action.READ, patient_id)
        return found

    @needs(May.READ)
    def check(self, progress: Progress = unseen) -> list[str]:
        """Sentences about what is wrong with the clinic's file; none when it is sound.

        `progress`: how far the audit trail is checked, which takes longest.
        """
        return soundness.faults(self._store, progress)

    def _turn_back(self, reason: str, progress: Progress, deeds: Deeds) -> Deeds:
        with self.sitting.transaction(reason) as step, roomy(step.session):
            undoing.undo(step, deeds, self.sitting.write_down, progress)
        self.vocabularies.follow(step.deeds)
        return step.deeds

    @contextmanager
    def _step(
        self, reason: str | None = None, words: str = "", *, of_many: bool = False
    ) -> Iterator[Step]:
        """A transaction that can be undone; `words` say what it is, else its deeds do."""
        with self.sitting.transaction(reason) as step:
            yield step
            if any(deed.kind is Account for deed in step.deeds):
                raise _with_their_passwords_only()
        self._doings.add(step.deeds, words, of_many=of_many)
        self.vocabularies.follow(step.deeds)


def _with_their_passwords_only() -> ClinicError:
    return ClinicError(
        _("A user is not changed like other records: a password goes with it."),
        _("Nothing was changed."),
        _("Go to Clinic ▸ Users."),
    )


def _changed_with(draft: Draft) -> May:
    kind = BY_NAME.get(draft.form, Record)
    return kind.changed_with
