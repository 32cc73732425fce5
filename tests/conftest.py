"""What every test may use: an open, empty clinic; and what no test may leave behind: a warning."""

import gc
import logging
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from models.store import wrapping
from models.store.clinic import Clinic
from tests.thorough import times

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
settings.register_profile("untimed", deadline=None, max_examples=times(100))
settings.load_profile("untimed")


def pytest_collection_finish() -> None:
    """What is loaded by now stays: to look for garbage in it took a tenth of the time."""
    gc.freeze()
    gc.set_threshold(20_000)


USER, PASSWORD = "anna", "three unrelated words"


CHEAP = wrapping.Cost(memory_kib=128, passes=1, lanes=1)


@pytest.fixture(autouse=True)
def cheap_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords that cost next to nothing to try: what they protect here is made up."""
    monkeypatch.setattr(wrapping, "COST", CHEAP)


@pytest.fixture(scope="session")
def _empty_clinic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed clinic without patients, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("empty") / "clinic"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wrapping, "COST", CHEAP)
        made, _key = Clinic.create(folder, name="Skin Clinic", user=USER, password=PASSWORD)
        made.close()
    return folder


@pytest.fixture
def clinic(_empty_clinic: Path, tmp_path: Path) -> Iterator[Clinic]:
    """An open, new, empty clinic."""
    shutil.copytree(_empty_clinic, tmp_path / "clinic")
    with Clinic.open(tmp_path / "clinic", USER, PASSWORD) as opened:
        yield opened


@pytest.fixture(autouse=True)
def _no_unexpected_warning(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A test that expects a warning looks at it and clears `caplog`."""
    yield
    records = [record for when in ("setup", "call") for record in caplog.get_records(when)]
    said = [record.getMessage() for record in records if record.levelno >= logging.WARNING]
    assert not said, f"unexpected in the log: {said}"
