"""What the pages of the published case say, and where: written by `make golden`, read by a test.

A file for each report; in it for each page its size and its lines, each with the distance in points
of its beginning from the left, and of its baseline from above.
"""

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from difflib import unified_diff
from pathlib import Path

from models.base import PatientRecord
from models.demo.case import published_case
from models.history import History
from models.patient import Patient
from models.worklist import draw_up
from reports.asked import Asked, Printing
from reports.catalogue import PHOTOGRAPHS, REPORTS
from reports.day_list import build_day_list
from reports.recovery_sheet import build_recovery_sheet
from tests.reports.conftest import AS_OF
from tests.reports.page_words import pages_of

FOLDER = Path(__file__).with_name("golden")
IN_TREATMENT = dt.date(2016, 1, 4)
AT = dt.datetime(2020, 4, 30, 14, 2, tzinfo=dt.UTC)
PRINTING = Printing("Skin Clinic", "anna", AT)
MOVED = 2.0
LINE = re.compile(r" *(-?\d+) +(-?\d+)  (.*)")
Places = defaultdict[str, list[tuple[int, int]]]


def golden_pages() -> dict[str, bytes]:
    """Each report of the case, but for its photographs, of which there are none; what is for a
    treatment that runs as of a day in it.
    """
    case = _case()
    days = {"treatment-day": IN_TREATMENT}
    built = {
        kind: report.build(Asked(case, days.get(kind, AS_OF)), PRINTING)
        for kind, report in REPORTS.items()
        if report is not PHOTOGRAPHS
    }
    built["day-list"] = build_day_list(draw_up([case], IN_TREATMENT, 30), PRINTING)
    built["recovery-sheet"] = build_recovery_sheet("ABCDE-12345-FGHIJ-67890", PRINTING)
    return built


def _case() -> History:
    patient, *records = published_case()
    assert isinstance(patient, Patient)
    return History.of_records(patient, [r for r in records if isinstance(r, PatientRecord)])


def as_text(pdf: bytes) -> str:
    return "\n".join(_told(pdf)) + "\n"


def _told(pdf: bytes) -> Iterator[str]:
    for number, page in enumerate(pages_of(pdf), start=1):
        yield f"page {number}, {page.width:.0f} x {page.height:.0f} points"
        for line in page.lines():
            yield f"{line.left:5.0f} {line.bottom:5.0f}  {line.text}"


def golden(name: str) -> str:
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def differences(expected: str, found: str) -> list[str]:
    """The texts that came or went, in words; else those that stand elsewhere."""
    before, now = _places(expected), _places(found)
    if _counted(before) != _counted(now):
        told = unified_diff(_words(expected), _words(found), "golden", "printed", lineterm="", n=1)
        return [*told]
    return [
        f"{text}: golden at {one}, printed at {other}"
        for text in before
        for one, other in zip(sorted(before[text]), sorted(now[text]), strict=True)
        if max(abs(one[0] - other[0]), abs(one[1] - other[1])) > MOVED
    ]


def _places(told: str) -> Places:
    """Where each text stands; one that stands on two pages counts as two."""
    places, page = Places(list), ""
    for line in told.splitlines():
        found = LINE.fullmatch(line)
        if found:
            places[f"{page}: {found[3]}"].append((int(found[1]), int(found[2])))
        else:
            page = line
            places[page].append((0, 0))
    return places


def _counted(places: Mapping[str, list[tuple[int, int]]]) -> Counter[str]:
    return Counter({text: len(found) for text, found in places.items()})


def _words(told: str) -> list[str]:
    return [LINE.sub(r"\3", line) for line in told.splitlines()]


def write_golden() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, pdf in golden_pages().items():
        (FOLDER / f"{name}.txt").write_text(as_text(pdf), encoding="utf-8")


if __name__ == "__main__":
    write_golden()
