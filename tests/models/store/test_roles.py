"""Each action and each kind of record against each of the four roles: done, or untouched."""

import datetime as dt
import shutil
import uuid
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path
from threading import Barrier
from typing import Any, cast

import pytest

from models.account import Account
from models.adverse_event import AdverseEvent
from models.attachment import Attachment
from models.base import ClinicError, Record, build, revised
from models.biopsy import Biopsy
from models.blood import BloodCount
from models.ctcae import CtcaeTerm, CtcaeVersion, Soc
from models.diagnosis import Diagnosis
from models.drug import Drug
from models.exchange.ctcae_files import CtcaeFile
from models.imaging import Imaging
from models.laboratory import LabResult, MolecularResult
from models.letterhead import Letterhead
from models.patient import Consent, Patient
from models.population import SavedPopulation
from models.practice import Practice, RuleConfirmation
from models.records import RECORDS
from models.response import Assessment
from models.roles import Role
from models.rule_book import rule_book
from models.safekeeping import Safekeeping
from models.skin import SkinScore
from models.snooze import Snooze
from models.staging import Staging
from models.store import sitting, wrapping
from models.store.audit import Action
from models.store.clinic import FILE, Change, Clinic
from models.store.drafts import Draft
from models.store.failures import NewPasswordDue
from models.store.keyring import Keyring
from models.store.places import KEYRING
from models.store.recovery import new_recovery_key
from models.store.sitting import NotAllowed
from models.store.trail_search import Asked
from models.store.users import Users
from models.treatment import Cycle, Infusion, TreatmentLine
from models.values import Grade
from models.visit import Visit
from tests.conftest import CHEAP, USER
from tests.models import builders as a
from tests.models.builders import PATIENT
from tests.roles_document import BY_KIND, actions
from tests.staff import GIVEN, OWN, account, engage, name_of, signed_in

Act = Callable[[], object]
NUMBERS = count(2)
"""No two records are alike."""
PDF, PNG = "application/pdf", b"\x89PNG\r\n\x1a\n" + b"a picture"
NOON = dt.datetime(2020, 4, 30, 12, tzinfo=dt.UTC)
DAY = dt.date(2020, 4, 30)
RULE = rule_book()[0].rules[0]

TERMS = CtcaeFile(CtcaeVersion.V4_03, [CtcaeTerm("Pruritus", Soc.SKIN, {Grade.MILD: "Mild"})], "0")
LINE = a.line(drug="mogamulizumab")
CYCLE = a.cycle(LINE)
ON_FILE: Sequence[Record] = (a.patient(), LINE, CYCLE)


@pytest.fixture(scope="module")
def house(_empty_clinic: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A clinic with a patient, and with one user in each role."""
    folder = tmp_path_factory.mktemp("house") / "clinic"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wrapping, "COST", CHEAP)
        shutil.copytree(_empty_clinic, folder)
        engage(folder)
        with signed_in(folder, Role.ADMINISTRATOR) as clinic:
            clinic.save_all(ON_FILE)
        yield folder


@pytest.fixture(scope="module")
def sittings(house: Path) -> Iterator[dict[Role, Clinic]]:
    """All four at once; what they did together leaves a sound store."""
    with ExitStack() as stack:
        made = {role: stack.enter_context(signed_in(house, role)) for role in Role}
        yield made
        assert made[Role.READER].check() == []


@pytest.fixture
def folder(house: Path, tmp_path: Path) -> Path:
    """Such a clinic for one test alone."""
    return Path(shutil.copytree(house, tmp_path / "house"))


@pytest.fixture
def admin(folder: Path) -> Iterator[Clinic]:
    with signed_in(folder, Role.ADMINISTRATOR) as clinic:
        yield clinic


def contents(clinic: Clinic) -> dict[str, list[Any]]:
    """Every row of every table."""
    with clinic._store.reading() as session:
        raw = session.connection().connection.cursor()
        raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        tables = [name for (name,) in raw.fetchall()]
        return {table: _rows(raw, table) for table in tables}


def _rows(raw: Any, table: str) -> list[Any]:
    raw.execute(f'SELECT * FROM "{table}"')  # noqa: S608
    return cast(list[Any], raw.fetchall())


def refused(clinic: Clinic, act: Callable[[], object], error: type[ClinicError]) -> None:
    """With its sentence, and with nothing changed, neither in the store nor in the keyring."""
    keyring = clinic.folder / KEYRING
    before = contents(clinic), keyring.read_bytes()
    with pytest.raises(error):
        act()
    assert (contents(clinic), keyring.read_bytes()) == before


# Every action


def prepared(clinic: Clinic, admin: Clinic) -> dict[str, Callable[[], Act]]:
    """By name of the action, what makes ready for it and answers one call of it."""

    def visit() -> Any:
        return admin.save(a.visit("2020-02-03"))

    def another() -> Patient:
        mrn = f"M-{next(NUMBERS)}"
        return admin.save(a.patient(id=uuid.uuid4(), mrn=mrn, birth_date="1961-01-01"))

    def change() -> Change:
        admin.save(revised(visit(), itch=3))
        return admin.changes(PATIENT)[0]

    def user() -> Account:
        return admin.users.add(f"berta {next(NUMBERS)}", Role.READER, GIVEN)

    def disabled() -> Account:
        added = user()
        admin.users.disable(added, "left")
        return account(admin, added.name)

    users, trail, backups = clinic.users, clinic.trail, clinic.backups
    return {
        "handing_out": lambda: lambda: clinic.handing_out([PATIENT], FILE, what="x").__enter__(),
        "exporting": lambda: lambda: clinic.exporting([PATIENT], FILE, what="x").__enter__(),
        "study_numbers": lambda: partial(clinic.study_numbers, [PATIENT]),
        "whose_number": lambda: partial(
            clinic.whose_number, admin.study_numbers([PATIENT])[PATIENT].number
        ),
        "save": lambda: partial(clinic.save, a.visit("2020-02-04")),
        "save_all": lambda: partial(clinic.save_all, [a.visit("2020-02-05")]),
        "remove": lambda: partial(clinic.remove, visit(), "never came"),
        "merge": lambda: partial(clinic.merge, admin.patient("17"), another(), reason="one person"),
        "look_through": lambda: partial(clinic.look_through, []),
        "take_in": lambda: partial(clinic.take_in, [], []),
        "remembered_matchings": lambda: clinic.remembered_matchings,
        "remember_matching": lambda: partial(clinic.remember_matching, {"headings": []}),
        "undo": lambda: clinic.undo,
        "redo": lambda: clinic.redo,
        "take_back": lambda: partial(clinic.take_back, change()),
        "attach": lambda: partial(clinic.attach, a.attachment(media_type=PDF), b"%PDF-1.4"),
        "content": lambda: partial(
            clinic.content, admin.attach(a.attachment(media_type=PDF), b"%PDF-1.4 made up")
        ),
        "patients": lambda: clinic.patients,
        "patient": lambda: partial(clinic.patient, "17"),
        "find": lambda: partial(clinic.find, "weber"),
        "look_up": lambda: partial(clinic.look_up, "weber", DAY),
        "listed": lambda: partial(clinic.listed, DAY),
        "histories_of": lambda: partial(clinic.histories_of, [PATIENT]),
        "matching": lambda: partial(clinic.matching, "weber", DAY),
        "shown": lambda: partial(clinic.shown, [PATIENT], DAY),
        "likely_duplicates": lambda: partial(clinic.likely_duplicates, {"family_name": "Weber"}),
        "history": lambda: partial(clinic.history, PATIENT),
        "histories": lambda: clinic.histories,
        "catch_up": lambda: partial(clinic.catch_up, None),
        "worklist": lambda: partial(clinic.worklist, DAY, 7),
        "practice": lambda: clinic.practice,
        "safekeeping": lambda: clinic.safekeeping,
        "letterhead": lambda: clinic.letterhead,
        "logo": lambda: clinic.logo,
        "put_logo": lambda: partial(clinic.put_logo, PNG),
        "confirmations": lambda: clinic.confirmations,
        "drafts": lambda: clinic.drafts,
        "changes": lambda: partial(clinic.changes, PATIENT),
        "check": lambda: clinic.check,
        "users.all": lambda: users.all,
        "users.last_signed_in": lambda: users.last_signed_in,
        "users.add": lambda: partial(users.add, f"carla {next(NUMBERS)}", Role.READER, GIVEN),
        "users.change_role": lambda: partial(users.change_role, user(), Role.RECORDER),
        "users.disable": lambda: partial(users.disable, user(), "left"),
        "users.enable": lambda: partial(users.enable, disabled(), GIVEN),
        "users.give_password": lambda: partial(users.give_password, user(), GIVEN),
        "users.put_recovery_key": lambda: partial(users.put_recovery_key, new_recovery_key()),
        "trail.search": lambda: partial(trail.search, Asked()),
        "trail.export": lambda: partial(trail.export, Asked()),
        "trail.verify": lambda: trail.verify,
        "trail.whose": lambda: partial(trail.whose, "17"),
        "backups.take": lambda: backups.take,
        "backups.listing": lambda: backups.listing,
        "backups.health": lambda: partial(backups.health, NOON),
        "backups.due": lambda: partial(backups.due, NOON),
        "backups.worth_it": lambda: backups.worth_it,
        "vocabularies.imported": lambda: clinic.vocabularies.imported,
        "vocabularies.drugs": lambda: clinic.vocabularies.drugs,
        "vocabularies.import_ctcae": lambda: partial(clinic.vocabularies.import_ctcae, TERMS),
        "vocabularies.save_drug": lambda: partial(
            clinic.vocabularies.save_drug, a.drug(name=f"drug {next(NUMBERS)}")
        ),
        "populations.all": lambda: clinic.populations.all,
        "populations.save": lambda: partial(
            clinic.populations.save, a.population(name=f"group {next(NUMBERS)}")
        ),
    }


NEEDED = actions() | dict.fromkeys(BY_KIND, Visit.changed_with)


@pytest.mark.parametrize("action", sorted(NEEDED))
def test_each_action_is_for_the_roles_that_it_names(
    sittings: dict[Role, Clinic], action: str
) -> None:
    for role, clinic in sittings.items():
        act = prepared(clinic, sittings[Role.ADMINISTRATOR])[action]()
        if role.may(NEEDED[action]):
            act()
        else:
            refused(clinic, act, NotAllowed)


@pytest.mark.parametrize("role", [each for each in Role if each is not Role.ADMINISTRATOR])
def test_who_owes_a_new_password_may_nothing_else(folder: Path, admin: Clinic, role: Role) -> None:
    admin.users.give_password(account(admin, name_of(role)), GIVEN)
    with Clinic.open(folder, name_of(role), GIVEN) as clinic:
        acts = prepared(clinic, clinic)
        for action in NEEDED.keys() - BY_KIND:
            call = getattr(clinic, action, None) or _of_a_facet(clinic, action)
            refused(clinic, call, NewPasswordDue)
        refused(clinic, acts["save"](), NewPasswordDue)
        clinic.users.change_own_password(GIVEN, OWN)
        assert clinic.patients()


def _of_a_facet(clinic: Clinic, action: str) -> Act:
    facet, name = action.split(".")
    return cast(Act, getattr(getattr(clinic, facet), name))


@pytest.mark.parametrize("role", [each for each in Role if each is not Role.ADMINISTRATOR])
def test_who_was_disabled_is_refused_at_the_next_step(
    folder: Path, admin: Clinic, role: Role
) -> None:
    with signed_in(folder, role) as clinic:
        admin.users.disable(account(admin, name_of(role)), "left")
        refused(clinic, partial(clinic.save, a.visit("2020-02-03")), ClinicError)
        refused(clinic, partial(clinic.remove, CYCLE, "never given"), ClinicError)
    with pytest.raises(ClinicError):
        signed_in(folder, role)


def test_who_was_disabled_or_demoted_reads_on_for_some_seconds_only(
    folder: Path, admin: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    with signed_in(folder, Role.RECORDER) as one, signed_in(folder, Role.CLINICIAN) as other:
        acts = prepared(one, admin)
        admin.users.disable(account(admin, name_of(Role.RECORDER)), "left")
        admin.users.change_role(account(admin, name_of(Role.CLINICIAN)), Role.ADMINISTRATOR)
        assert other.trail.verify() == []
        admin.users.change_role(account(admin, name_of(Role.CLINICIAN)), Role.READER)
        refused(other, other.trail.verify, NotAllowed)
        monkeypatch.setattr(sitting, "SEEN_FOR_SECONDS", -1)
        for action in ("patients", "histories", "handing_out", "backups.take"):
            refused(one, acts[action](), ClinicError)
        assert other.patients()


@pytest.mark.parametrize(
    "action", ["add", "change_role", "disable", "enable", "give_password", "put_recovery_key"]
)
def test_who_is_demoted_while_a_step_begins_changes_nothing(
    folder: Path, admin: Clinic, action: str
) -> None:
    """The step asks again, what was asked before it notwithstanding."""
    admin.users.change_role(account(admin, name_of(Role.CLINICIAN)), Role.ADMINISTRATOR)
    with signed_in(folder, Role.CLINICIAN) as other:
        act = cast(Any, prepared(other, admin)[f"users.{action}"]())
        admin.users.change_role(account(admin, name_of(Role.CLINICIAN)), Role.READER)
        asked_before = getattr(Users, action).__wrapped__
        refused(other, partial(asked_before, other.users, *act.args), NotAllowed)


# Every kind of record

SINGLE: dict[type[Record], Callable[[Clinic], Record]] = {
    Practice: Clinic.practice,
    Safekeeping: Clinic.safekeeping,
    Letterhead: Clinic.letterhead,
}


def a_new(kind: type[Record], clinic: Clinic) -> Any:
    """One that can be saved beside those before it."""
    n = next(NUMBERS)
    if kind in SINGLE:
        return revised(SINGLE[kind](clinic), notes=f"No. {n}")
    made: dict[type[Record], Callable[[], Record]] = {
        RuleConfirmation: lambda: a.confirmation(RULE),
        Drug: lambda: a.drug(name=f"agent {n}"),
        SavedPopulation: lambda: a.population(name=f"group {n}"),
        Patient: lambda: a.patient(id=uuid.uuid4(), mrn=f"N-{n}"),
        TreatmentLine: lambda: a.line(drug="bexarotene"),
        Cycle: lambda: a.cycle(LINE, number=n, day_1=a.START + dt.timedelta(days=28 * n)),
        Infusion: lambda: a.infusion(CYCLE, day_of_cycle=1 + n % 300),
        Diagnosis: a.diagnosis,
        Staging: a.staging,
        SkinScore: lambda: a.skin_score(a.START + dt.timedelta(days=n), 10),
        BloodCount: lambda: a.blood_count(a.START + dt.timedelta(days=n), 100),
        LabResult: a.lab,
        MolecularResult: a.molecular,
        Imaging: a.imaging,
        Assessment: lambda: a.assessment(a.START + dt.timedelta(days=n), "PR"),
        AdverseEvent: a.event,
        Biopsy: a.biopsy,
        Visit: lambda: a.visit(a.START + dt.timedelta(days=n)),
        Snooze: a.snooze,
        Consent: lambda: a.consent("2020-01-06"),
        Attachment: a.attachment,
    }
    return made[kind]()


KINDS = [kind for kind in RECORDS if kind is not Account]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.table_name())
def test_each_kind_is_changed_by_the_roles_that_it_names(
    sittings: dict[Role, Clinic], kind: type[Record]
) -> None:
    admin = sittings[Role.ADMINISTRATOR]
    for role, clinic in sittings.items():

        def outcome(act: Act, clinic: Clinic = clinic, role: Role = role) -> None:
            if role.may(kind.changed_with):
                act()
            else:
                refused(clinic, act, NotAllowed)

        outcome(partial(clinic.save, a_new(kind, admin)))
        saved = admin.save(a_new(kind, admin))
        outcome(partial(clinic.save, revised(saved, notes="Corrected.")))
        now = admin.save(revised(_as_it_stands(admin, saved), notes="Corrected by the other."))
        corrected = Change(
            NOON, USER, Action.CORRECTED, kind.table_name(), now.id, {"notes": None}, {}, None
        )
        outcome(partial(clinic.take_back, corrected))
        if kind not in SINGLE:
            outcome(partial(clinic.remove, _as_it_stands(admin, saved), "entered twice"))


@pytest.mark.parametrize("role", Role)
def test_users_are_changed_by_no_other_door(folder: Path, admin: Clinic, role: Role) -> None:
    """Which would leave a password without its user, or a user without a password."""
    berta = admin.users.add("berta", Role.READER, GIVEN)
    now = admin.users.change_role(berta, Role.ADMINISTRATOR)
    former = {"role": "reader", "new_password_due": None}
    corrected = Change(NOON, USER, Action.CORRECTED, "account", now.id, former, {}, None)
    new = build(Account, {"name": "carla", "role": Role.READER})
    with signed_in(folder, role) as clinic:
        for act in (
            partial(clinic.save, new),
            partial(clinic.save_all, [a.patient(id=uuid.uuid4(), mrn="N-1"), new]),
            partial(clinic.save, revised(now, name="zoe")),
            partial(clinic.save, revised(now, role=Role.READER)),
            partial(clinic.remove, now, "left"),
            partial(clinic.take_back, corrected),
        ):
            refused(clinic, act, ClinicError)
    assert admin.undo() is None


def _as_it_stands(clinic: Clinic, record: Any) -> Any:
    with clinic._store.reading() as session:
        row = session.get(type(record), record.id)
        assert row is not None
        return build(type(record), row.model_dump())


@pytest.mark.parametrize("role", Role)
def test_what_was_done_in_a_higher_role_is_undone_only_in_one_that_may(
    folder: Path, admin: Clinic, role: Role
) -> None:
    name = name_of(Role.READER)
    with signed_in(folder, Role.READER) as clinic:
        for kind in KINDS:
            admin.users.change_role(account(admin, name), Role.ADMINISTRATOR)
            with suppress(NotAllowed):  # which is how a sitting learns of its new role
                clinic.save(a_new(kind, admin))
            clinic.save(a_new(kind, admin))
            admin.users.change_role(account(admin, name), role)
            if role.may(kind.changed_with):
                assert clinic.undo() is not None
            else:
                refused(clinic, clinic.undo, NotAllowed)


# Changed while somebody is signed in


def test_a_role_that_was_lowered_counts_at_once_and_what_is_typed_stays(
    folder: Path, admin: Clinic
) -> None:
    with signed_in(folder, Role.RECORDER) as clinic:
        draft = Draft("visit", PATIENT, None, 0, {"itch": "3"}, NOON)
        clinic.keep_draft(draft)
        admin.users.change_role(account(admin, name_of(Role.RECORDER)), Role.READER)
        refused(clinic, partial(clinic.save, a.visit("2020-02-03")), NotAllowed)
        assert clinic.role is Role.READER
        clinic.keep_draft(replace(draft, typed={"itch": "34"}))
        assert clinic.drafts() == []
        admin.users.change_role(account(admin, name_of(Role.RECORDER)), Role.RECORDER)
        clinic.save(a.visit("2020-02-03"))
        assert [each.typed for each in clinic.drafts()] == [{"itch": "34"}]


# Somebody must be able to look after the users


def test_the_last_administrator_stays_one(admin: Clinic) -> None:
    own = account(admin, USER)
    for act in (
        partial(admin.users.change_role, own, Role.CLINICIAN),
        partial(admin.users.disable, own, "left"),
    ):
        refused(admin, act, ClinicError)


def test_an_administrator_without_a_password_is_none(admin: Clinic) -> None:
    """As with a keyring of before this user was added."""
    admin.users.add("nobody", Role.ADMINISTRATOR, GIVEN)
    path = admin.folder / KEYRING
    Keyring.read(path).without_user("nobody").write(path)
    own = account(admin, USER)
    refused(admin, partial(admin.users.change_role, own, Role.CLINICIAN), ClinicError)


def test_two_administrators_cannot_demote_each_other_at_once(folder: Path, admin: Clinic) -> None:
    admin.users.change_role(account(admin, name_of(Role.CLINICIAN)), Role.ADMINISTRATOR)
    with signed_in(folder, Role.CLINICIAN) as other, ThreadPoolExecutor() as pool:
        meeting = Barrier(2)

        def demote(by: Clinic, whom: Account) -> bool:
            meeting.wait()
            try:
                by.users.change_role(whom, Role.READER)
            except ClinicError:
                return False
            return True

        doing = [
            pool.submit(demote, admin, account(admin, name_of(Role.CLINICIAN))),
            pool.submit(demote, other, account(admin, USER)),
        ]
        assert sorted(each.result() for each in doing) == [False, True]
    with signed_in(folder, Role.READER) as anybody:
        assert anybody.check() == []
