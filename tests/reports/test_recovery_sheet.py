"""The recovery sheet: the key is on it, and what to do with it."""

import io

from pypdf import PdfReader

from reports.asked import Printing
from reports.recovery_sheet import build_recovery_sheet


def test_one_page_with_the_key(printing: Printing) -> None:
    (page,) = PdfReader(io.BytesIO(build_recovery_sheet("ABCDE-12345", printing))).pages
    text = page.extract_text()
    assert "ABCDE-12345" in text
    assert "Skin Clinic" in text
    assert "page 1 of 1" in text
