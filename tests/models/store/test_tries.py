"""The growing wait after failed sign-ins under a made-up clock, and its file in any condition."""

import datetime as dt
import os
import pickle
import stat
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from threading import Barrier

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.base import ClinicError
from models.store import restoring, wrapping
from models.store import tries as module
from models.store.clinic import Clinic
from models.store.keyring import Keyring
from models.store.places import KEYRING, STORE, TRIES
from models.store.tries import FREE, LONGEST_WAIT, Door, TooEarly, Tries, Unwritten, wait_after
from tests.thorough import times
from tests.torture.flips import flipped_at

USER, PASSWORD, OTHER = "anna", "three unrelated words", "three quite other words"
USERS = (USER, "berta")
ROOT = Path(__file__).parents[3]
NOON = dt.datetime(2031, 5, 6, 12, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)
YEARS = dt.timedelta(days=3650)


def at(folder: Path) -> Tries:
    """As a program sees them that has just been started."""
    return Tries(folder, USERS)


def left(folder: Path, user: str | None, now: dt.datetime) -> int:
    """How many seconds are still to be waited."""
    try:
        at(folder).refuse_too_early(user, now)
    except TooEarly as refused:
        return refused.seconds
    return 0


def fail(folder: Path, user: str | None, times: int, now: dt.datetime = NOON) -> None:
    for _time in range(times):
        at(folder).failed(user, now)


def test_two_hundred_failed_sign_ins(tmp_path: Path) -> None:
    keyring = Keyring.new(b"k" * 32, "KEY", demo=False).with_user(b"k" * 32, USER, PASSWORD)
    keyring.write(tmp_path / KEYRING)
    now, waits = NOON, []
    for number in range(200):
        with pytest.raises(ClinicError, match="do not open"):
            keyring.key_for(USER, f"guess {number}")
        at(tmp_path).failed(USER, now)
        wait = left(tmp_path, USER, now)
        waits.append(wait)
        assert wait == 0 or left(tmp_path, USER, now + wait * SECOND - SECOND / 10) == 1
        now += wait * SECOND
        at(tmp_path).refuse_too_early(USER, now)
    assert waits == [0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, *[900] * 188]
    assert (tmp_path / TRIES).stat().st_size < 20_000
    assert keyring.key_for(USER, PASSWORD) == b"k" * 32
    at(tmp_path).succeeded(USER)
    assert len(at(tmp_path).unwritten.failures) == 200
    fail(tmp_path, USER, 2, now)
    assert left(tmp_path, USER, now) == 0


def test_each_user_the_key_and_all_unknown_users_wait_on_their_own(tmp_path: Path) -> None:
    fail(tmp_path, f" {USER} ", 3)
    fail(tmp_path, None, 4)
    for typed in ("Annna", "my secret word", "\udcff", "", "recovery key"):
        fail(tmp_path, typed, 1)
    waits = [left(tmp_path, user, NOON) for user in (USER, "berta", None, "somebody")]
    assert waits == [1, 0, 2, 4]
    at(tmp_path).succeeded(None)
    assert [left(tmp_path, user, NOON) for user in (USER, None, "x")] == [1, 0, 4]


def test_what_was_typed_for_a_name_is_not_kept(tmp_path: Path) -> None:
    fail(tmp_path, "my secret word", 3)
    fail(tmp_path, USER, 1)
    assert b"secret" not in (tmp_path / TRIES).read_bytes()
    unknown, *_, anna = at(tmp_path).unwritten.failures
    assert (unknown.door, unknown.user, unknown.at) == (Door.UNKNOWN_USER, "", NOON)
    assert (anna.door, anna.user) == (Door.USER, USER)


def test_the_refusal_counts_down_in_any_process(tmp_path: Path) -> None:
    fail(tmp_path, USER, 8)
    with pytest.raises(TooEarly) as refused:
        at(tmp_path).refuse_too_early(USER, NOON + SECOND / 2)
    copy = pickle.loads(pickle.dumps(refused.value))  # noqa: S301  (our own)
    assert (copy.seconds, str(copy)) == (32, str(refused.value))
    assert str(copy) == "Too many failed tries. Nothing was changed. Try again in 32 seconds."
    assert [TooEarly(n).next_step for n in (1, 119, 121)] == [
        "Try again in 1 second.",
        "Try again in 119 seconds.",
        "Try again in 3 minutes.",
    ]


def test_a_clock_set_back_or_forward_locks_nobody_out(tmp_path: Path) -> None:
    fail(tmp_path, USER, 20)
    assert left(tmp_path, USER, NOON + YEARS) == 0
    assert left(tmp_path, USER, NOON - YEARS) == 0
    fail(tmp_path, USER, 1, NOON - YEARS)
    assert left(tmp_path, USER, NOON - YEARS) == LONGEST_WAIT.total_seconds()


def test_what_is_on_record_is_forgotten_and_what_came_since_is_not(tmp_path: Path) -> None:
    fail(tmp_path, USER, 3)
    told = at(tmp_path).unwritten
    fail(tmp_path, "berta", 1, NOON + SECOND)
    at(tmp_path).written(told)
    since = at(tmp_path).unwritten
    assert [failure.user for failure in since.failures] == ["berta"]
    assert (told.notice[:17], since.notice) == ("There was no list", "")
    assert left(tmp_path, USER, NOON) == 1
    at(tmp_path).written(since)
    assert at(tmp_path).unwritten == Unwritten()


def test_the_newest_are_kept_and_the_others_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert module.MOST_UNWRITTEN == 1000
    monkeypatch.setattr(module, "MOST_UNWRITTEN", 5)
    for number in range(12):
        fail(tmp_path, USER, 1, NOON + number * SECOND)
    unwritten = at(tmp_path).unwritten
    assert [failure.at.second for failure in unwritten.failures] == [7, 8, 9, 10, 11]
    assert unwritten.left_out == 7
    fail(tmp_path, USER, 1, NOON + 12 * SECOND)
    at(tmp_path).written(unwritten)
    assert (len(at(tmp_path).unwritten.failures), at(tmp_path).unwritten.left_out) == (1, 1)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}x",
        b"\xff",
        b'{"format": 2}',
        b"[" * 100_000,
        b'{"counts": [{"door": "user", "user": "anna", "failures": -1, "last": "2031-05-06"}]}',
        b'{"unwritten": {"left_out": 1' + b"0" * 4000 + b"}}",
        bytes(2**21),
        None,
    ],
)
def test_a_damaged_list_locks_nobody_out_and_is_told(tmp_path: Path, content: bytes | None) -> None:
    if content is None:
        (tmp_path / TRIES).mkdir()
    else:
        (tmp_path / TRIES).write_bytes(content)
    assert left(tmp_path, USER, NOON) == 0
    fail(tmp_path, USER, 3)
    assert left(tmp_path, USER, NOON) == 1
    told = at(tmp_path).unwritten
    assert "could not be read" in told.notice
    at(tmp_path).succeeded(USER)
    at(tmp_path).written(told)
    assert at(tmp_path).unwritten == Unwritten()


def test_a_list_of_several_gigabytes_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / TRIES).open("wb") as file:
        file.truncate(2**31)
    fail(tmp_path, USER, 3)
    assert left(tmp_path, USER, NOON) == 1


def test_a_flip_of_any_byte_locks_nobody_out_for_longer_than_the_longest_wait(
    tmp_path: Path,
) -> None:
    fail(tmp_path, USER, 12)
    fail(tmp_path, "somebody", 1)
    path, rng = tmp_path / TRIES, Random(6)  # noqa: S311
    whole = path.read_bytes()
    for place in range(len(whole)):
        path.write_bytes(flipped_at(whole, place, rng))
        assert left(tmp_path, USER, NOON) <= LONGEST_WAIT.total_seconds()
        fail(tmp_path, USER, 1)
        assert at(tmp_path).unwritten.failures[-1].user == USER


def test_the_wait_holds_where_nothing_can_be_written(tmp_path: Path) -> None:
    folder = tmp_path / "gone"
    fail(folder, USER, 4)
    assert left(folder, USER, NOON) == 2
    assert len(at(folder).unwritten.failures) == 4
    folder.mkdir()
    fail(folder, USER, 1)
    told = at(folder).unwritten
    assert (left(folder, USER, NOON), len(told.failures)) == (4, 5)
    assert (folder / TRIES).exists()
    at(folder).succeeded(USER)
    assert left(folder, USER, NOON) == 0


def test_two_programs_at_once(tmp_path: Path) -> None:
    program = (
        "import sys, datetime as dt; from pathlib import Path; from models.store.tries import *\n"
        "for _time in range(40):\n"
        "    Tries(Path(sys.argv[1]), ['anna']).failed('anna', dt.datetime.now(dt.UTC))\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    running = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE) for _two in range(2)]
    assert [process.communicate(timeout=60)[1] for process in running] == [b"", b""]
    assert [path.name for path in tmp_path.iterdir()] == [TRIES]
    assert left(tmp_path, USER, dt.datetime.now(dt.UTC)) > 0


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_only_the_owner_may_read_the_list(tmp_path: Path) -> None:
    fail(tmp_path, USER, 1)
    assert stat.S_IMODE((tmp_path / TRIES).stat().st_mode) == 0o600


@given(st.integers(0, 10**7))
def test_waits_never_shrink_and_are_bounded(failures: int) -> None:
    assert dt.timedelta(0) <= wait_after(failures) <= wait_after(failures + 1) <= LONGEST_WAIT


DOORS = (USER, "berta", "somebody", None)


@settings(max_examples=times(25))
@given(
    st.lists(
        st.tuples(st.sampled_from(DOORS), st.integers(-3, 400), st.booleans()),
        max_size=30,
    )
)
def test_a_success_clears_only_its_own(
    tmp_path_factory: pytest.TempPathFactory,
    steps: list[tuple[str | None, int, bool]],
) -> None:
    folder, now = tmp_path_factory.mktemp("law"), NOON
    failures = dict.fromkeys(DOORS, 0)
    for user, later, right in steps:
        now += later * SECOND
        if right:
            at(folder).succeeded(user)
            failures[user] = 0
        else:
            at(folder).failed(user, now)
            failures[user] += 1
            assert left(folder, user, now) == wait_after(failures[user]).total_seconds()
    end = now + LONGEST_WAIT
    assert [left(folder, user, end) for user in DOORS] == [0] * 4
    for user in DOORS:
        at(folder).failed(user, end)
        assert left(folder, user, end) == wait_after(failures[user] + 1).total_seconds()


# By way of the clinic


def test_of_guesses_at_once_each_knows_of_those_before(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wrapping, "COST", wrapping.Cost(memory_kib=16_384, passes=3, lanes=1))
    clinic.users.change_own_password(PASSWORD, OTHER)
    clinic.close()
    meeting, begun = Barrier(10), time.monotonic()

    def guess(number: int) -> bool:
        meeting.wait()
        try:
            Clinic.open(clinic.folder, USER, f"guess {number}")
        except TooEarly:
            return False
        except ClinicError:
            return True
        return False

    with ThreadPoolExecutor(10) as pool:
        refused = sum(pool.map(guess, range(10)))
    assert FREE < refused <= FREE + 1 + int(time.monotonic() - begun)
    assert len(at(clinic.folder).unwritten.failures) == refused


def test_who_waits_too_long_for_others_is_told(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic.close()
    monkeypatch.setattr(module, "PATIENCE_S", 0.02)
    with at(clinic.folder).alone(), pytest.raises(ClinicError, match="Others are signing in"):
        Clinic.open(clinic.folder, USER, PASSWORD)
    Clinic.open(clinic.folder, USER, PASSWORD).close()


def test_a_backup_of_ones_own_ends_no_wait_at_the_clinic(clinic: Clinic, tmp_path: Path) -> None:
    clinic.close()
    mine, _key = Clinic.create(tmp_path / "mine", name="Mine", user=USER, password=OTHER)
    mine.close()
    for number in range(2):
        with pytest.raises(ClinicError, match="do not open"):
            Clinic.open(clinic.folder, USER, f"guess {number}")
    restoring.look(mine.folder / STORE, clinic.folder, restoring.ByPassword(USER, OTHER)).close()
    with pytest.raises(ClinicError, match="do not open"):
        Clinic.open(clinic.folder, USER, "guess 2")
    with pytest.raises(TooEarly):
        Clinic.open(clinic.folder, USER, PASSWORD)
