"""Creating, opening and recovering a clinic, and every way in which that can fail."""

import datetime as dt
import json
import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from models.base import ClinicError, revised
from models.patient import Patient
from models.roles import Role
from models.store import engine, wrapping
from models.store.clinic import Clinic
from models.store.folder import is_clinic, is_demo, users_of
from models.store.keyring import LARGEST_FILE, Keyring
from models.store.places import KEYRING, STORE, TRAIL_END, TRIES, default_folder, demo_folder
from models.store.recovery import new_recovery_key
from models.store.tries import Door, TooEarly, Tries
from tests.models.store.test_restoring import do_and_die
from tests.staff import engage, name_of, signed_in
from tests.thorough import some
from tests.torture.flips import flipped_at

USER, PASSWORD = "anna", "three unrelated words"
PAGE = 4096
ROOT = Path(__file__).parents[3]
POSIX = pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")


def refusal(words: str, act: Callable[[], Any]) -> ClinicError:
    """The refusal, which says these words in three sentences in all."""
    with pytest.raises(ClinicError) as refused:
        act()
    error = refused.value
    assert re.search(words, error.happened)
    assert all(part.endswith(".") for part in (error.happened, error.kept, error.next_step))
    return error


def create(folder: Path, **values: Any) -> tuple[Clinic, str]:
    return Clinic.create(folder, **{"name": "A", "user": USER, "password": PASSWORD, **values})


def reopen(clinic: Clinic) -> Clinic:
    return Clinic.open(clinic.folder, USER, PASSWORD)


@contextmanager
def room_on_disk(size: int) -> Iterator[None]:
    """No file may grow beyond this size."""
    import resource  # noqa: PLC0415  (not on every platform)

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_a_clinic_is_created_and_opened_again(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "down"
    assert not is_clinic(folder)
    made, _key = create(folder, name=" Skin Clinic ")
    made.close()
    assert is_clinic(folder)
    assert (users_of(folder), is_demo(folder)) == ([USER], False)
    with Clinic.open(folder, f" {USER} ", PASSWORD) as clinic:
        assert (clinic.name, clinic.user) == ("Skin Clinic", USER)
        assert (clinic.folder, clinic.demo, clinic.patients()) == (folder, False, [])
        assert clinic.check() == []


def test_real_keys_are_costly_to_guess(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    create(tmp_path)[0].close()
    entry = json.loads((tmp_path / KEYRING).read_text())["users"][USER]
    assert (entry["kdf"], entry["memory_kib"], entry["passes"]) == ("argon2id", 65536, 3)
    assert entry["lanes"] == wrapping.COST.lanes


def test_only_a_demo_has_a_short_password(tmp_path: Path) -> None:
    refusal("shorter than 10", lambda: create(tmp_path / "a", password="demo"))
    assert list(tmp_path.iterdir()) == []
    create(tmp_path / "b", password="demo", demo=True)[0].close()
    assert is_demo(tmp_path / "b")


@pytest.mark.parametrize("wrong", [{"user": " "}, {"user": "a\nb"}, {"name": ""}])
def test_a_clinic_and_its_user_need_names(tmp_path: Path, wrong: dict[str, str]) -> None:
    refusal("name", lambda: create(tmp_path / "a", **wrong))
    assert list(tmp_path.iterdir()) == []


def test_a_clinic_is_not_created_over_another(clinic: Clinic) -> None:
    before = (clinic.folder / KEYRING).read_bytes()
    refusal("already holds", lambda: create(clinic.folder))
    assert (clinic.folder / KEYRING).read_bytes() == before
    (clinic.folder / KEYRING).unlink()
    refusal("already holds", lambda: create(clinic.folder))


@pytest.mark.parametrize("under", ["file", "file/deeper"])
def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path, under: str) -> None:
    (tmp_path / "file").write_text("not a folder")
    refusal("cannot be written", lambda: create(tmp_path / under))
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.skipif(sys.platform == "win32", reason="processes of POSIX")
def test_a_kill_while_a_clinic_is_created_leaves_a_whole_one_or_none(tmp_path: Path) -> None:
    found = set()
    for n in some(range(do_and_die(-1, partial(create, tmp_path / "whole")))):
        place = tmp_path / str(n)
        place.mkdir()
        (place / "other.txt").write_text("kept")
        do_and_die(n, partial(create, place))
        found.add(is_clinic(place))
        if not is_clinic(place):
            create(place)[0].close()
        Clinic.open(place, USER, PASSWORD).close()
        assert (place / "other.txt").read_text() == "kept"
    assert found == {True, False}


def test_what_lies_about_is_set_aside_and_not_taken_for_the_new_clinics(tmp_path: Path) -> None:
    (tmp_path / f"{STORE}-journal").mkdir()
    create(tmp_path)[0].close()
    (aside,) = tmp_path.glob("set-aside-*")
    assert [path.name for path in aside.iterdir()] == [f"{STORE}-journal"]


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of files")
@pytest.mark.parametrize("room", [0, PAGE, 20 * PAGE, 60 * PAGE])
def test_a_clinic_is_not_created_on_a_full_disk(tmp_path: Path, room: int) -> None:
    with room_on_disk(room):
        refusal("disk|file|folder", lambda: create(tmp_path / "a"))
    assert list(tmp_path.iterdir()) == []


def test_the_password_opens_and_nothing_else_does(clinic: Clinic) -> None:
    told = {
        str(refusal("do not open", lambda u=user, p=word: Clinic.open(clinic.folder, u, p)))
        for user, word in ((USER, "wrong password"), ("berta", PASSWORD), (USER, ""))
    }
    assert len(told) == 1


def test_an_accented_password_opens_however_it_is_composed(tmp_path: Path) -> None:
    create(tmp_path, user="Zoë", password="Schlüssel à la carte")[0].close()
    Clinic.open(tmp_path, "Zoe\u0308", "Schlu\u0308ssel a\u0300 la carte").close()


def test_an_entry_does_not_open_under_another_name(clinic: Clinic) -> None:
    path = clinic.folder / KEYRING
    ring = json.loads(path.read_text())
    ring["users"]["berta"] = ring["users"][USER]
    path.write_text(json.dumps(ring))
    refusal("do not open", lambda: Clinic.open(clinic.folder, "berta", PASSWORD))


def test_the_printed_key_sets_a_new_password(tmp_path: Path) -> None:
    made, printed = create(tmp_path)
    made.close()
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{5}-){7}[0-9A-HJKMNP-TV-Z]{5}", printed)
    typed = f" {printed.replace('-', ' ').lower().replace('0', 'o').replace('1', 'l')} "
    with Clinic.recover(tmp_path, typed, user=USER, password="another good phrase") as clinic:
        assert clinic.user == USER
    refusal("do not open", lambda: Clinic.open(tmp_path, USER, PASSWORD))
    Clinic.open(tmp_path, USER, "another good phrase").close()
    Clinic.recover(tmp_path, printed, user="berta", password=PASSWORD).close()
    assert users_of(tmp_path) == [USER, "berta"]
    with Clinic.open(tmp_path, "berta", PASSWORD) as clinic:
        assert clinic.check() == []


def test_a_wrong_recovery_key_changes_nothing(clinic: Clinic) -> None:
    before = (clinic.folder / KEYRING).read_bytes()
    for key in ("", "00000-" * 8, "é"):
        recover = lambda k=key: Clinic.recover(clinic.folder, k, user=USER, password=PASSWORD)  # noqa: E731
        refusal("does not open", recover)
    assert (clinic.folder / KEYRING).read_bytes() == before


def test_an_empty_folder_holds_no_clinic(tmp_path: Path) -> None:
    for act in (users_of, is_demo, lambda folder: Clinic.open(folder, USER, PASSWORD)):
        refusal("no clinic", lambda a=act: a(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_a_missing_keyring_is_named_and_the_store_left(clinic: Clinic) -> None:
    clinic.close()
    store = (clinic.folder / STORE).read_bytes()
    (clinic.folder / KEYRING).unlink()
    refusal("keyring.* missing", lambda: reopen(clinic))
    assert (clinic.folder / STORE).read_bytes() == store


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"\xff\xfe", b"[1]", b'{"format": 2}', b'{"users": {"anna": {}}}']
)
def test_a_damaged_keyring_is_named_and_the_store_left(clinic: Clinic, content: bytes) -> None:
    clinic.close()
    store = (clinic.folder / STORE).read_bytes()
    (clinic.folder / KEYRING).write_bytes(content)
    refusal("keyring.* cannot be read", lambda: reopen(clinic))
    refusal("keyring.* cannot be read", lambda: users_of(clinic.folder))
    assert (clinic.folder / STORE).read_bytes() == store


def test_a_keyring_that_asks_for_absurd_work_is_refused(clinic: Clinic) -> None:
    path = clinic.folder / KEYRING
    whole = path.read_text()
    for asked, absurd in (('"memory_kib": 128', '"memory_kib": 262145'), ('ses": 1', 'ses": 11')):
        assert asked in whole
        path.write_text(whole.replace(asked, absurd))
        refusal("cannot be read", lambda: reopen(clinic))


def test_a_keyring_that_asks_for_more_memory_than_there_is_is_refused(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_much(*_args: Any, **_asked: Any) -> None:
        raise MemoryError

    monkeypatch.setattr(wrapping, "Argon2id", too_much)
    refusal("cannot be read", lambda: reopen(clinic))
    recover = lambda: Clinic.recover(clinic.folder, "K", user=USER, password=PASSWORD)  # noqa: E731
    refusal("cannot be read", recover)


def test_two_passwords_are_tried_at_once_in_one_program() -> None:
    """Of several lanes each, which would wait for each other for good."""
    program = (
        "from concurrent.futures import ThreadPoolExecutor\n"
        "from models.store.wrapping import COST, unwrap, wrap\n"
        "assert COST.lanes > 1\n"
        "with ThreadPoolExecutor(2) as pool:\n"
        "    made = [*pool.map(lambda n: wrap(b'k' * 32, str(n), b''), range(2))]\n"
        "    keys = [*pool.map(lambda n: unwrap(made[n], str(n), b''), range(2))]\n"
        "assert keys == [b'k' * 32] * 2"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=ROOT, timeout=60)


@pytest.mark.parametrize("size", [LARGEST_FILE + 1, 2**31])
def test_a_keyring_of_absurd_size_is_refused_unread(clinic: Clinic, size: int) -> None:
    os.truncate(clinic.folder / KEYRING, size)
    refusal("cannot be read", lambda: reopen(clinic))


def test_a_keyring_nested_without_end_is_refused(clinic: Clinic) -> None:
    for opening in (b"[", b'{"users":', b'{"users":{"anna":{"salt":['):
        (clinic.folder / KEYRING).write_bytes(opening * 10_000)
        refusal("cannot be read", lambda: reopen(clinic))


def test_a_flip_of_any_byte_of_the_keyring_is_harmless_or_refused(clinic: Clinic) -> None:
    path, rng = clinic.folder / KEYRING, Random(6)  # noqa: S311
    whole, key = path.read_bytes(), Keyring.read(path).key_for(USER, PASSWORD)
    refused = 0
    for place in range(len(whole)):
        path.write_bytes(flipped_at(whole, place, rng))
        try:
            assert Keyring.read(path).key_for(USER, PASSWORD) == key
        except ClinicError:
            refused += 1
    assert len(whole) / 3 < refused < len(whole)


def test_a_user_is_let_out_and_the_printed_key_renewed() -> None:
    key, former, printed = b"k" * 32, new_recovery_key(), new_recovery_key()
    ring = Keyring.new(key, former, demo=False)
    ring = ring.with_user(key, USER, PASSWORD).with_user(key, "berta", "another good phrase")
    ring = ring.without_user(f" {USER} ").without_user("nobody").with_recovery(key, printed)
    assert list(ring.users) == ["berta"]
    assert ring.key_for("berta", "another good phrase") == ring.key_by_recovery(printed) == key
    refusal("do not open", lambda: ring.key_for(USER, PASSWORD))
    refusal("does not open", lambda: ring.key_by_recovery(former))


def test_an_unknown_user_costs_as_much_as_a_wrong_password(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    costs: list[tuple[int, int, int]] = []

    def counted(*, iterations: int, lanes: int, memory_cost: int, **others: Any) -> Argon2id:
        costs.append((iterations, lanes, memory_cost))
        return Argon2id(iterations=iterations, lanes=lanes, memory_cost=memory_cost, **others)

    monkeypatch.setattr(wrapping, "Argon2id", counted)
    ring = Keyring.read(clinic.folder / KEYRING)
    for user in (USER, "berta", "", "\udcff"):
        refusal("do not open", lambda name=user: ring.key_for(name, "wrong password"))
    assert len(costs) == 4
    assert len(set(costs)) == 1


def test_a_missing_store_is_named(clinic: Clinic) -> None:
    clinic.close()
    (clinic.folder / STORE).unlink()
    refusal("clinic.db.* missing", lambda: reopen(clinic))
    assert not (clinic.folder / STORE).exists()


@pytest.mark.parametrize("content", [b"", b"no store " * 1000, bytes(8192)])
def test_a_file_that_is_no_store_is_refused(
    clinic: Clinic, content: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    clinic.close()
    (clinic.folder / STORE).write_bytes(content)
    refusal("damaged, or is not", lambda: reopen(clinic))
    assert (clinic.folder / STORE).read_bytes() == content
    assert capfd.readouterr().err == ""


def test_another_clinics_keyring_does_not_open_the_store(
    clinic: Clinic, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    clinic.close()
    create(tmp_path / "other")[0].close()
    shutil.copy(tmp_path / "other" / KEYRING, clinic.folder / KEYRING)
    refusal("damaged, or is not", lambda: reopen(clinic))
    assert capfd.readouterr().err == ""


def test_a_store_damaged_in_its_middle_tells_so(clinic: Clinic, patient: Patient) -> None:
    clinic.close()
    store = clinic.folder / STORE
    content = bytearray(store.read_bytes())
    for place in range(8192, len(content), 1024):
        content[place] ^= 0xFF
    store.write_bytes(content)
    refusal("damaged", lambda: reopen(clinic).history(patient.id))
    assert store.read_bytes() == content


def told_about(folder: Path) -> list[str]:
    """What a person is told who opens this clinic and has it checked."""
    try:
        with Clinic.open(folder, USER, PASSWORD) as opened:
            return opened.check()
    except ClinicError as error:
        return [error.happened]
    finally:
        for leftover in folder.glob(f"{STORE}-*"):
            leftover.unlink()


def test_damage_to_any_page_is_told(clinic: Clinic, patient: Patient) -> None:
    clinic.close()
    store = clinic.folder / STORE
    whole = store.read_bytes()
    pages = range(0, len(whole), PAGE)
    for start in {*pages[::4], pages[1], pages[-1]}:
        store.write_bytes(whole[: start + 50] + bytes(100) + whole[start + 150 :])
        assert "damaged" in " ".join(told_about(clinic.folder))
    store.write_bytes(whole)
    assert told_about(clinic.folder) == []


def test_a_truncated_store_is_told(clinic: Clinic, patient: Patient) -> None:
    clinic.close()
    store = clinic.folder / STORE
    whole = store.read_bytes()
    for size in (0, 100, PAGE, len(whole) // 2, len(whole) - PAGE):
        store.write_bytes(whole[:size])
        assert "damaged" in " ".join(told_about(clinic.folder))


def test_a_locked_store_asks_for_patience(
    clinic: Clinic,
    patient: Patient,
    behind_the_back: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(engine, "PATIENCE_MS", 20)
    clinic.close()
    with reopen(clinic) as waiting, behind_the_back(clinic.folder) as other:
        other.execute("BEGIN IMMEDIATE")
        refusal("Another program is writing", lambda: waiting.remove(patient, "entered twice"))
        assert waiting.patients() == [patient]
        other.execute("ROLLBACK")
        waiting.remove(patient, "entered twice")


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of files")
def test_a_full_disk_saves_nothing_by_halves(clinic: Clinic, patient: Patient) -> None:
    used = (clinic.folder / f"{STORE}-wal").stat().st_size
    with room_on_disk(used):
        refusal("disk|file", lambda: clinic.save(revised(patient, notes="x" * 20_000)))
    assert clinic.patients() == [patient]
    assert clinic.check() == []
    assert clinic.save(revised(patient, notes="x")).version == 2


def test_a_closed_clinic_says_so(clinic: Clinic) -> None:
    clinic.close()
    refusal("was closed", clinic.patients)
    clinic.close()


@POSIX
def test_only_the_owner_may_read(clinic: Clinic, tmp_path: Path) -> None:
    create(tmp_path / "new")[0].close()
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in clinic.folder.iterdir()}
    assert modes.keys() >= {STORE, f"{STORE}-wal", f"{STORE}-shm", KEYRING, TRAIL_END}
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700


def test_nothing_can_be_read_without_the_key(clinic: Clinic, patient: Patient) -> None:
    clinic.close()
    with reopen(clinic) as opened:
        opened.find("weiss")
        content = b"".join(path.read_bytes() for path in clinic.folder.iterdir())
    for word in (patient.family_name, patient.given_name, "weiss", "Skin Clinic", "patient"):
        assert word.encode() not in content
        assert word.encode("utf-16-le") not in content
    assert b"SQLite" not in content


def test_opening_loads_no_migrations(clinic: Clinic) -> None:
    program = (
        "import sys; from pathlib import Path; from models.store.clinic import Clinic\n"
        "Clinic.open(Path(sys.argv[1]), sys.argv[2], sys.argv[3]).close()\n"
        "sys.exit('alembic' in sys.modules)"
    )
    command = [sys.executable, "-c", program, str(clinic.folder), USER, PASSWORD]
    assert subprocess.run(command, check=False, cwd=ROOT).returncode == 0


def test_made_up_patients_lie_apart(tmp_path: Path) -> None:
    assert default_folder() != demo_folder()
    assert default_folder().parent == demo_folder().parent


def test_failed_sign_ins_are_told_to_their_user_and_to_administrators_at_their_next_one(
    clinic: Clinic,
) -> None:
    folder = clinic.folder
    clinic.close()
    engage(folder)
    recorder, reader = name_of(Role.RECORDER), name_of(Role.READER)
    tries = Tries(folder, users_of(folder))
    for user in (recorder, recorder, recorder, reader, None, None, None):
        tries.failed(user, dt.datetime.now(dt.UTC))
    own, everybodys = f"did: {recorder}: 3, the last on", f"; {Door.RECOVERY_KEY}: 3, the last on"
    told: dict[Role, list[str]] = {}
    for role in (Role.READER, Role.RECORDER, Role.CLINICIAN, Role.ADMINISTRATOR, *Role):
        for user in (recorder, reader):
            tries.succeeded(user)
        with signed_in(folder, role) as opened:
            told.setdefault(role, []).append(" ".join(opened.notices))
    assert told[Role.READER] == told[Role.CLINICIAN] == ["", ""]
    assert own in told[Role.RECORDER][0]
    assert everybodys not in told[Role.RECORDER][0]
    assert own in told[Role.ADMINISTRATOR][0]
    assert everybodys in told[Role.ADMINISTRATOR][0]
    assert told[Role.RECORDER][1] == told[Role.ADMINISTRATOR][1] == ""


def test_failed_sign_ins_have_to_wait_and_go_on_record(clinic: Clinic) -> None:
    clinic.close()
    for user in (USER, "berta", USER, USER):
        refusal("do not open", lambda user=user: Clinic.open(clinic.folder, user, "wrong"))
    with pytest.raises(TooEarly):
        reopen(clinic)
    (clinic.folder / TRIES).unlink()
    with reopen(clinic) as opened:
        assert opened.notices == [
            "There was no list of failed sign-ins (tries.json); it begins now."
        ]
    with reopen(clinic) as opened:
        assert opened.notices == []
