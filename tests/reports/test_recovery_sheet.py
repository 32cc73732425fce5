"""The recovery sheet: the key is on it, and what to do with it."""

import datetime as dt
import io
from dataclasses import replace

from pypdf import PdfReader

from reports.asked import Printing
from reports.recovery_sheet import build_recovery_sheet


def test_one_page_with_the_key(printing: Printing) -> None:
    (page,) = PdfReader(io.BytesIO(build_recovery_sheet("ABCDE-12345", printing))).pages
    text = page.extract_text()
    assert "ABCDE-12345" in text
    assert "Skin Clinic" in text
    assert "page 1 of 1" in text


def test_two_sheets_of_a_day_are_told_apart(printing: Printing) -> None:
    later = replace(printing, at=printing.at + dt.timedelta(minutes=1))
    made = [said_of(build_recovery_sheet("ABCDE-12345", each)) for each in (printing, later)]
    assert made[0] != made[1]


def said_of(sheet: bytes) -> str:
    """The line that tells of which clinic it is, and when it was made."""
    lines = PdfReader(io.BytesIO(sheet)).pages[0].extract_text().splitlines()
    (line,) = [each for each in lines if each.startswith("For Skin Clinic, made on")]
    return line
