"""People and facts for the tests of the store; every one is made up."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from models.base import build
from models.patient import Patient
from models.store.clinic import Clinic
from models.store.keyring import Keyring
from models.store.places import KEYRING, STORE

Enter = Callable[..., Patient]
BehindTheBack = Callable[..., Any]

USER, PASSWORD = "anna", "three unrelated words"


@pytest.fixture
def enter(clinic: Clinic) -> Enter:
    """Enter a patient into the clinic; any value may be given."""

    def entered(**values: Any) -> Patient:
        usual = {
            "mrn": "A-1",
            "family_name": "Weiß-Łukasz",
            "given_name": "Anaïs",
            "birth_date": "1950-03-07",
            "sex": "female",
        }
        return clinic.save(build(Patient, {**usual, **values}))

    return entered


@pytest.fixture
def patient(enter: Enter) -> Patient:
    return enter()


@pytest.fixture
def behind_the_back() -> BehindTheBack:
    """The clinic's file opened with its key, but not by the program."""

    @contextmanager
    def opened(folder: Path) -> Iterator[sqlcipher.Connection]:
        key = Keyring.read(folder / KEYRING).key_for(USER, PASSWORD)
        path = str(folder / STORE)
        with closing(sqlcipher.connect(path, isolation_level=None)) as connection:
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            yield connection

    return opened
