"""The letterhead and its logo, as the clinic keeps them."""

import pytest

from models.base import ClinicError, revised
from models.letterhead import MOST_LOGO_BYTES, usual_letterhead
from models.store.clinic import Clinic

PNG = b"\x89PNG\r\n\x1a\n" + b"a picture"


def test_a_letterhead_is_kept_with_its_logo(clinic: Clinic) -> None:
    assert clinic.letterhead() == usual_letterhead()
    assert clinic.logo() == b""
    clinic.save(revised(clinic.letterhead(), address="12 Harbour Road\nPort Ellis", phone="555"))
    clinic.put_logo(PNG)
    found = clinic.letterhead()
    assert found.lines == ["12 Harbour Road, Port Ellis", "555"]
    assert clinic.logo() == PNG
    assert clinic.check() == []


def test_a_logo_can_be_taken_off_and_put_back(clinic: Clinic) -> None:
    clinic.save(revised(clinic.put_logo(PNG), logo=None))
    assert clinic.logo() == b""
    clinic.undo()
    assert clinic.logo() == PNG


def test_what_was_entered_first_can_be_undone(clinic: Clinic) -> None:
    clinic.save(revised(clinic.letterhead(), phone="555"))
    clinic.undo()
    assert clinic.letterhead().phone is None


def test_without_the_file_of_its_logo_a_letterhead_has_none(clinic: Clinic) -> None:
    clinic.save(revised(clinic.letterhead(), logo="0" * 64))
    assert clinic.logo() == b""


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"", PNG + b" " * MOST_LOGO_BYTES])
def test_what_can_be_no_logo_is_refused(clinic: Clinic, content: bytes) -> None:
    with pytest.raises(ClinicError, match="logo"):
        clinic.put_logo(content)
    assert clinic.letterhead() == usual_letterhead()
