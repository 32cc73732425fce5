"""The NCI's CTCAE workbook on the command line."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import main
from models.ctcae import CtcaeVersion
from models.store.clinic import Clinic
from tests.conftest import PASSWORD, USER
from tests.models.ctcae_tables import made_up_rows, write_rows

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(_empty_clinic: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    folder = Path(shutil.copytree(_empty_clinic, tmp_path / "clinic"))
    (tmp_path / "secret").write_text(PASSWORD)
    who = ("--clinic", folder, "--user", USER, "--password-file", tmp_path / "secret")

    def done(*words: object) -> tuple[int, str, str]:
        status = main.main([str(word) for word in ("import", *words, *who)])
        found = capsys.readouterr()
        return status, found.out, found.err

    return done


def versions(tmp_path: Path) -> list[str]:
    with Clinic.open(tmp_path / "clinic", USER, PASSWORD) as clinic:
        return [each.version.value for each in clinic.vocabularies.imported()]


def test_its_terms_come_in_and_are_counted(run: Run, tmp_path: Path) -> None:
    path = write_rows(tmp_path / "ctcae-v5.0.csv", made_up_rows(CtcaeVersion.V5_0))
    status, out, _err = run(path, "--dry-run")
    assert (status, versions(tmp_path)) == (0, [])
    assert "CTCAE 5.0: 837 terms." in out
    status, out, _err = run(path)
    assert (status, versions(tmp_path)) == (0, ["5.0"])
    assert "CTCAE 5.0: 837 terms in 26 classes." in out
    status, out, _err = run(path, "--json")
    told = json.loads(out)
    assert (told["version"], told["terms"], told["written"]) == ("5.0", 837, True)


def test_half_a_file_and_one_of_no_version_are_refused(run: Run, tmp_path: Path) -> None:
    rows = made_up_rows(CtcaeVersion.V6_0)
    status, out, err = run(write_rows(tmp_path / "ctcae-v6.0.csv", rows[:400]))
    assert (status, out) == (2, "")
    assert "ctcae-v6.0.csv, row 401: The file is not whole: it has 400 of the 850 terms" in err
    status, _out, err = run(write_rows(tmp_path / "terms.csv", rows), "--dry-run")
    assert status == 2
    assert "does not tell which version" in err
    assert "ctcae-v5.0.csv" in err
    assert versions(tmp_path) == []
