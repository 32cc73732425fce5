"""`users` on the command line: who may sign in, passwords, and the recovery key."""

import getpass
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import main
from models.base import ClinicError
from models.roles import Role
from models.store.clinic import Clinic
from models.store.places import TRIES
from tests.conftest import PASSWORD, USER

ROOT = Path(main.__file__).parent
GIVEN, OWN = "seven purple kettles", "green tractor sonnets"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(clinic: Clinic) -> Path:
    clinic.users.add("bruno", Role.CLINICIAN, GIVEN)
    clinic.close()
    return clinic.folder


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """A command by a user with a password: its exit status, what it prints and what it says."""

    def done(*words: str, user: str = USER, password: str = PASSWORD) -> tuple[int, str, str]:
        secret = tmp_path / "secret"
        secret.write_text(password)
        who = ("--clinic", str(folder), "--user", user, "--password-file", str(secret))
        status = main.main([*words, *who])
        found = capsys.readouterr()
        return status, found.out, found.err

    return done


@pytest.fixture
def new(tmp_path: Path) -> tuple[str, str]:
    """The option that names a file with a new password."""
    file = tmp_path / "new"
    file.write_text(f"{OWN}\n")
    return "--new-password-file", str(file)


def types(monkeypatch: pytest.MonkeyPatch, *passwords: str) -> None:
    """Answer prompts for passwords with these."""
    answers = iter(passwords)
    monkeypatch.setattr(getpass, "getpass", lambda _prompt: next(answers))


def listed(run: Run) -> dict[str, dict[str, object]]:
    return {each["name"]: each for each in json.loads(run("users", "list", "--json")[1])}


def test_a_user_is_added_signs_in_and_is_disabled(run: Run, new: tuple[str, str]) -> None:
    assert run("users", "add", "clara", "--role", "recorder", *new)[0] == 0
    found = listed(run)["clara"]
    assert (found["role"], found["may_sign_in"], found["new_password_due"]) == (
        *("recorder", True, True),
    )
    assert found["last_signed_in"] is None
    assert run("users", "role", "clara", "reader")[:2] == (0, "clara: Reader.\n")
    assert run("users", "disable", "clara", "--reason", "left the clinic")[0] == 0
    found = listed(run)["clara"]
    assert (found["may_sign_in"], found["disabled_by"], found["disabled_why"]) == (
        *(False, USER, "left the clinic"),
    )
    assert run("patients", user="clara", password=OWN)[0] == 2
    assert run("users", "enable", "clara", *new)[0] == 0
    assert listed(run)["clara"]["may_sign_in"]
    assert f"{USER}\tAdministrator\tMay sign in\t" in run("users", "list")[1]


def test_who_was_given_a_password_chooses_one_before_anything_else(
    run: Run, new: tuple[str, str]
) -> None:
    for words in (["patients"], ["check"], ["users", "list"]):
        status, out, told = run(*words, user="bruno", password=GIVEN)
        assert (status, out) == (2, "")
        assert "users password" in told
    assert run("users", "password", *new, user="bruno", password=GIVEN)[0] == 0
    assert run("patients", user="bruno", password=OWN)[0] == 0
    assert run("patients", user="bruno", password=GIVEN)[0] == 2


@pytest.mark.parametrize(
    "words",
    [
        ["list"],
        ["add", "clara", "--role", "reader"],
        ["role", "bruno", "administrator"],
        ["disable", USER, "--reason", "a coup"],
        ["enable", USER],
        ["password", USER],
        ["recovery-key", "--yes"],
    ],
)
def test_who_is_no_administrator_is_refused_unasked(
    words: list[str], run: Run, new: tuple[str, str]
) -> None:
    run("users", "password", *new, user="bruno", password=GIVEN)
    status, out, told = run("users", *words, user="bruno", password=OWN)
    assert (status, out) == (2, "")
    assert "Ask for the role of administrator" in told


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (["add", USER, "--role", "reader"], "There is, or was, a user anna."),
        (["role", USER, "reader"], "the last administrator"),
        (["disable", USER, "--reason", "tired"], "Nobody can disable themselves."),
        (["disable", "nobody", "--reason", "unknown"], "no user nobody"),
        (["disable", "bruno", "--reason", " "], "needs a reason"),
        (["recovery-key"], "The former one holds."),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    words: list[str],
    answer: str,
    run: Run,
    new: tuple[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    passwords = new if words[0] == "add" else ()
    status, out, told = run("users", *words, *passwords)
    assert (status, out) == (2, "")
    assert answer in told


def test_a_password_is_typed_twice_and_must_be_good(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    types(monkeypatch, OWN, GIVEN)
    assert "differ" in run("users", "password")[2]
    types(monkeypatch, "anna anna anna", "anna anna anna")
    assert "easy to guess" in run("users", "password")[2]
    types(monkeypatch, OWN, OWN)
    assert run("users", "password")[0] == 0
    assert run("patients", password=OWN)[0] == 0


def test_a_new_password_cannot_be_asked_for_without_a_terminal(folder: Path) -> None:
    command = [sys.executable, "main.py", "users", "password"]
    command += ["--clinic", str(folder), "--user", USER]
    done = subprocess.run(
        command,
        env={**os.environ, "CTCL_PASSWORD": PASSWORD},
        input="x\nx\n",
        capture_output=True,
        text=True,
        check=False,
        start_new_session=True,
        cwd=ROOT,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("No password was given.")
    assert "Warning" not in done.stderr


def test_a_new_recovery_key_is_printed_once_and_holds(run: Run, folder: Path) -> None:
    status, out, _told = run("users", "recovery-key", "--yes")
    assert status == 0
    key = out.splitlines()[1]
    assert re.fullmatch(r"([0-9A-Z]{5}-)+[0-9A-Z]{5}", key)
    Clinic.recover(folder, key, user="bruno", password=OWN).close()


@pytest.mark.parametrize("answer", ["y", "n", ""])
def test_the_recovery_key_is_renewed_by_whoever_says_yes(
    answer: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = io.StringIO(f"{answer}\n")
    terminal.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr(sys, "stdin", terminal)
    status, out, told = run("users", "recovery-key")
    assert "Renew it?" in told
    assert (status, bool(out)) == ((0, True) if answer == "y" else (2, False))


def test_a_key_that_could_not_be_printed_does_not_hold(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (folder / "keyring.json").read_bytes()
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as nobody_reads, monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", nobody_reads)
        run("users", "recovery-key", "--yes")
    assert (folder / "keyring.json").read_bytes() == before


def test_no_other_process_inherits_the_password(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CTCL_PASSWORD", PASSWORD)
    assert main.main(["patients", "--clinic", str(folder), "--user", USER]) == 0
    assert "CTCL_PASSWORD" not in os.environ
    monkeypatch.setenv("CTCL_PASSWORD", OWN)
    words = ["create", "--clinic", str(folder / "new"), "--name", "Other", "--user", USER]
    assert main.main(words) == 0
    assert "CTCL_PASSWORD" not in os.environ
    with pytest.raises(ClinicError):
        Clinic.open(folder / "new", USER, PASSWORD)


def test_what_was_noticed_is_told_as_by_every_command(run: Run, folder: Path) -> None:
    (folder / TRIES).unlink()
    status, _out, said = run("users", "list")
    assert (status, said.splitlines()) == (
        *(0, ["There was no list of failed sign-ins (tries.json); it begins now."]),
    )
