"""What every printed page has to be, and every file of pages."""

import io
from collections.abc import Iterator, Sequence
from typing import Any

from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from reports.kit import MARGIN
from tests.reports.overlaps import faults_on
from tests.reports.page_words import PrintedPage, pages_of

OUTLINES = ("/FontFile", "/FontFile2", "/FontFile3")


def complaints(pdf: bytes, who: str = "") -> list[str]:
    """What is wrong with a report; `who`: what each of its feet has to tell."""
    pages = pages_of(pdf)
    return [*faults_on(pages), *_at_the_foot(pages, who), *_in_the_file(pdf)]


def _at_the_foot(pages: Sequence[PrintedPage], who: str) -> Iterator[str]:
    for number, page in enumerate(pages, start=1):
        foot = foot_of(page)
        counted = f"page {number} of {len(pages)}"
        if not foot.endswith(counted):
            yield f"page {number}: the foot does not end with “{counted}”: {foot}"
        if who not in foot.removesuffix(counted):
            yield f"page {number}: the foot does not tell “{who}”: {foot}"


def foot_of(page: PrintedPage) -> str:
    """Everything that stands on the line of the lower margin, or below."""
    return " ".join(word.text for word in page.words if word.bottom > page.height - MARGIN - 1)


def _in_the_file(pdf: bytes) -> Iterator[str]:
    reader = PdfReader(io.BytesIO(pdf))
    if not (reader.metadata and reader.metadata.title):
        yield "the file has no title"
    if reader.root_object.get("/Lang") != "en":
        yield "the file tells no language"
    for font in _fonts(reader):
        described = font.get("/FontDescriptor", {})
        if not any(key in described for key in OUTLINES):
            yield f"{font['/BaseFont']} is not embedded"


def _fonts(reader: PdfReader) -> Iterator[DictionaryObject]:
    """Every font that the file names, whether a page uses it or not."""
    for number in reader.xref[0]:
        found: Any = reader.get_object(number)
        if isinstance(found, DictionaryObject) and found.get("/Type") == "/Font":
            yield found
