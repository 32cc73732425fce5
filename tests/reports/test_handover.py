"""What a colleague gets of a patient: complete, encrypted, and silent about whom it is."""

import datetime as dt
import io
import tempfile
import uuid
from pathlib import Path
from typing import Any

import pytest
import pyzipper
from pypdf import PdfReader

from models.base import ClinicError
from models.demo.case import published_case
from models.exchange.arrivals import Fate
from models.exchange.parcel import proposed_passphrase
from models.exchange.reading import read
from models.history import History
from models.progress import Stopped, unseen
from models.store.clinic import Clinic
from models.store.step import plain_values
from reports.handover import PARTS, Handover, file_name, problem_with_passphrase
from tests.conftest import PASSWORD, USER
from tests.models import builders as a

AT = dt.datetime(2020, 4, 30, 14, 2, tzinfo=dt.UTC)
ALL = [part.key for part in PARTS]
PASSPHRASE = "violet tractor 17 marble lanterns"
CONTENT = b"%PDF-1.7 a letter about Anna Rossi"


@pytest.fixture
def history(clinic: Clinic) -> History:
    """The published case with a file whose entry names the patient."""
    records = published_case()
    clinic.save_all(records)
    letter = a.attachment(kind="letter", title="Rossi Anna 004711", media_type="application/pdf")
    letter.patient = records[0].id
    clinic.attach(letter, CONTENT)
    return clinic.history(records[0].id)


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files would lie."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def opened(parcel: bytes) -> dict[str, bytes]:
    with pyzipper.AESZipFile(io.BytesIO(parcel)) as found:
        found.setpassword(PASSPHRASE.encode())
        return {name: found.read(name) for name in found.namelist()}


def test_it_holds_what_was_ticked_and_says_what_that_is(clinic: Clinic, history: History) -> None:
    files = opened(Handover(history, ALL, AT).content(clinic, PASSPHRASE, unseen))
    read_me = files["README.txt"].decode()
    for part in PARTS:
        assert part.name in read_me
        assert any(name == part.name or name.startswith(f"{part.name}/") for name in files)
    for name in ("summary.pdf", "timeline.pdf"):
        assert "Rossi" in PdfReader(io.BytesIO(files[name])).pages[0].extract_text()
    assert CONTENT in files.values()
    few = opened(Handover(history, ["summary"], AT).content(clinic, PASSPHRASE, unseen))
    assert set(few) == {"README.txt", "summary.pdf"}


def test_what_goes_without_its_file_is_told_inside(clinic: Clinic, history: History) -> None:
    clinic.save(a.attachment(patient=history.patient.id, title="lost scan"))
    of_her = clinic.history(history.patient.id)
    files = opened(Handover(of_her, ["csv"], AT).content(clinic, PASSPHRASE, unseen))
    assert "does not have: “lost scan”." in files["README.txt"].decode()


def test_the_file_tells_nobody_whom_it_is_about(
    clinic: Clinic, history: History, temporary: Path
) -> None:
    parcel = Handover(history, ALL, AT).content(clinic, PASSPHRASE, unseen)
    patient = history.patient
    for planted in (patient.family_name, patient.name, patient.mrn, str(patient.birth_date)):
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            assert planted.encode(encoding) not in parcel
    names = " ".join(opened(parcel)).casefold()
    assert not [each for each in ("rossi", "anna", "004711", "letter") if each in names]
    assert PASSPHRASE.encode() not in parcel
    assert file_name(AT.date()) == "patient-record-2020-04-30.zip"
    assert not list(temporary.rglob("*"))


def test_its_tables_come_into_another_clinic_as_they_were(
    clinic: Clinic, history: History, tmp_path: Path
) -> None:
    files = opened(Handover(history, ["csv"], AT).content(clinic, PASSPHRASE, unseen))
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    arrivals = read(tmp_path / "tables", unseen).arrivals
    (tmp_path / file_name(AT.date())).write_bytes(b"PK")
    with pytest.raises(ClinicError, match="Unpack it"):
        read(tmp_path / file_name(AT.date()), unseen)
    other, _key = Clinic.create(tmp_path / "other", name="Other", user=USER, password=PASSWORD)
    with other:
        looked_at = other.look_through(arrivals)
        assert {each.fate for each in looked_at} == {Fate.NEW}
        other.take_in(arrivals, looked_at)
        after = other.history(history.patient.id)
        assert told(after) == told(history)


def told(history: History) -> dict[uuid.UUID, dict[str, Any]]:
    records = [history.patient, *(each for own in history.records.values() for each in own)]
    return {each.id: plain_values(each) for each in records}


def test_it_can_be_stopped(clinic: Clinic, history: History) -> None:
    def stop(done: int, _whole: int) -> None:
        if done:
            raise Stopped

    with pytest.raises(Stopped):
        Handover(history, ALL, AT).content(clinic, PASSPHRASE, stop)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("marmots 17", "shorter than 16 characters"),
        ("AnnaRossi004711004711", "easy to guess"),
        ("schöne Grüße aus dem Garten", "without accents"),
    ],
)
def test_a_passphrase_that_does_not_do_is_refused(
    typed: str, sentence: str, clinic: Clinic, history: History
) -> None:
    assert sentence in problem_with_passphrase(typed, clinic, history)


def test_those_that_do(clinic: Clinic, history: History) -> None:
    for each in (PASSPHRASE, *(proposed_passphrase() for _n in range(20))):
        assert problem_with_passphrase(each, clinic, history) == ""
