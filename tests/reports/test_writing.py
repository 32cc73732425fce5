"""A report in a file: whole, or nothing and a sentence."""

from pathlib import Path

import pytest

from models.base import ClinicError
from reports.writing import write_report


def test_a_report_replaces_the_former_file(tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    path.write_bytes(b"old")
    write_report(b"new", path)
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    path = tmp_path / "none" / "page.pdf"
    with pytest.raises(ClinicError, match="cannot be written: no such file or directory"):
        write_report(b"x", path)


def test_what_cannot_be_replaced_is_left(tmp_path: Path) -> None:
    taken = tmp_path / "page.pdf"
    taken.mkdir()
    with pytest.raises(ClinicError):
        write_report(b"x", taken)
    assert list(tmp_path.iterdir()) == [taken]
