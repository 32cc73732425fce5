"""`export --anonymous`: who consented, under study numbers, and a warning beside it."""

import csv
import datetime as dt
import uuid
from dataclasses import replace
from pathlib import Path

import pytest

import main
from models.base import ClinicError
from models.demo.case import published_case
from models.exchange.formats import FORMATS
from models.progress import unseen
from models.store.clinic import Clinic
from tests.conftest import PASSWORD, USER
from tests.models import builders as a
from ui.exporting import Wanted, export

WITHDRAWN, DAY = "withdrawn", dt.date(2020, 4, 30)


@pytest.fixture
def folder(clinic: Clinic) -> Path:
    """Two patients with the published case; one withdrew the consent, one never gave one."""
    case = published_case()
    clinic.save_all(case)
    clinic.save(a.consent("2019-05-02", patient=case[0].id, purpose="registry"))
    for mrn, consents in ((WITHDRAWN, True), ("never", False)):
        patient = clinic.save(a.patient(id=uuid.uuid4(), mrn=mrn, family_name=f"Zq{mrn}"))
        if consents:
            given = {"patient": patient.id, "purpose": "registry", "withdrawn": "2020-01-01"}
            clinic.save(a.consent("2019-05-02", **given))
    return clinic.folder


def exported(folder: Path, to: Path, kind: str = "csv") -> int:
    (secret := folder.parent / "secret").write_text(PASSWORD)
    where = ["--clinic", str(folder), "--user", USER, "--password-file", str(secret)]
    return main.main(["export", str(to), "--format", kind, "--anonymous", *where])


def numbers(to: Path) -> list[str]:
    with (to / "patient.csv").open(encoding="utf-8-sig", newline="") as file:
        return [row["mrn"] for row in csv.DictReader(file)]


def test_only_who_consents_leaves_under_the_same_number_each_time(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    assert exported(folder, one) == 0
    said = capsys.readouterr()
    assert "1 patient can be told apart by sex, age group, disease and stage" in said.err
    assert "told apart" not in said.out
    assert exported(folder, other) == 0
    (number,) = numbers(one)
    assert number.startswith("S-")
    assert numbers(other) == [number]
    everything = "".join(path.read_text(encoding="utf-8-sig") for path in one.rglob("*.csv"))
    for told in ("Rossi", "004711", "Zq", "zygomatic plaque"):
        assert told not in everything
    with (one / "infusion.csv").open(encoding="utf-8-sig", newline="") as file:
        first = min(row["given_on"] for row in csv.DictReader(file) if row["given_on"])
    assert first != "2015-07-20"  # when it was given: every date is shifted by 30 days or more


def test_in_the_window_it_is_confirmed_first_that_some_can_be_told_apart(
    folder: Path, tmp_path: Path
) -> None:
    with Clinic.open(folder, USER, PASSWORD) as clinic:
        wanted = Wanted(tmp_path / "out", FORMATS["csv"], nameless=True)
        with pytest.raises(ClinicError, match="1 patient can be told apart"):
            export(clinic, wanted, DAY, unseen)
        assert not (tmp_path / "out").exists()
        assert export(clinic, replace(wanted, nevertheless=True), DAY, unseen).files > 1


def test_without_a_consent_nothing_is_written(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Clinic.open(folder, USER, PASSWORD) as clinic:
        patient = clinic.patient("004711")
        consents = clinic.history(patient.id).records
        for found in consents.values():
            for each in found:
                if each.table_name() == "consent":
                    clinic.remove(each, "entered for another patient")
    assert exported(folder, tmp_path / "out") == 2
    assert "No patient's consent to a registry stands." in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
