"""Each command of the command line against each role: done, or refused with a sentence."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

import main
from models.roles import Role
from models.store.clinic import Clinic
from tests.conftest import PASSWORD, USER
from tests.models import builders as a
from tests.staff import engage, name_of, password_of


def a_patient(folder: Path) -> list[str]:
    row = "mrn,family_name,given_name,birth_date,sex\n18,Roth,Ida,1960-01-01,female\n"
    (folder / "patient.csv").write_text(row, encoding="utf-8")
    return [str(folder / "patient.csv")]


def into_a_new_folder(folder: Path) -> list[str]:
    return [tempfile.mkdtemp(dir=folder), "--format", "csv"]


COMMANDS: dict[str, tuple[Role, Callable[[Path], list[str]]]] = {
    "patients": (Role.READER, lambda folder: []),
    "patients --json": (Role.CLINICIAN, lambda folder: []),
    "summary": (Role.READER, lambda folder: ["17"]),
    "summary --json": (Role.CLINICIAN, lambda folder: ["17"]),
    "report": (Role.READER, lambda folder: ["17", "-o", str(folder / "page.pdf")]),
    "worklist": (Role.READER, lambda folder: []),
    "worklist --json": (Role.CLINICIAN, lambda folder: []),
    "cohort": (Role.READER, lambda folder: []),
    "cohort --json": (Role.CLINICIAN, lambda folder: []),
    "cohort --csv": (Role.CLINICIAN, lambda folder: [tempfile.mkdtemp(dir=folder)]),
    "check": (Role.READER, lambda folder: []),
    "backup": (Role.READER, lambda folder: []),
    "import": (Role.RECORDER, a_patient),
    "import --dry-run": (Role.RECORDER, a_patient),
    "export": (Role.CLINICIAN, into_a_new_folder),
    "audit": (Role.ADMINISTRATOR, lambda folder: ["-o", str(folder / "trail.csv")]),
    "users": (Role.ADMINISTRATOR, lambda folder: ["list"]),
}
"""The least role that may, and what else is said on the command line."""
WITHOUT_A_ROLE = {
    "create": "makes the first user",
    "demo": "makes the first user",
    "template": "needs no clinic",
    "restore": "asks who may at the backup: see the tests of restoring",
}


@pytest.fixture
def staffed(_empty_clinic: Path, tmp_path: Path) -> Path:
    folder = Path(shutil.copytree(_empty_clinic, tmp_path / "clinic"))
    with Clinic.open(folder, USER, PASSWORD) as clinic:
        clinic.save(a.patient())
    engage(folder)
    return folder


def test_every_command_stands_here() -> None:
    (commands,) = (each for each in main.parser()._actions if each.dest == "==SUPPRESS==")
    known = {each.split()[0] for each in COMMANDS} | WITHOUT_A_ROLE.keys()
    assert known == {*(commands.choices or ())}


@pytest.mark.parametrize("role", Role)
def test_each_command_is_for_the_roles_that_may(
    staffed: Path,
    tmp_path: Path,
    role: Role,
    capsys: pytest.CaptureFixture[str],
) -> None:
    password = tmp_path / "password"
    password.write_text(password_of(role), encoding="utf-8")
    who = ["--clinic", str(staffed), "--user", name_of(role), "--password-file", str(password)]
    for command, (least, more) in COMMANDS.items():
        done = main.main([*command.split(), *more(tmp_path), *who])
        out, said = capsys.readouterr()
        if [*Role].index(role) >= [*Role].index(least):
            assert done == 0, said
        else:
            assert (done, out) == (2, "")
            assert f"A {role.value} may not" in said
