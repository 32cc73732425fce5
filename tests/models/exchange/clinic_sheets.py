"""Made-up spreadsheets as clinics keep them, as workbooks on disk."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from models.exchange.tables.sheets import Sheet, read_sheets

TREATMENT = ("drug", "start", "end", "response", "reason for stop")
UPPER = ("MRN", "Name", "Date of birth", "Sex (f/m)", "Diagnosis", "", "", "")
LOWER = ("", "", "", "", "date", "entity", "TNMB", "stage")
LAST = ("Date", "mSWAT", "LDH (U/L)", "ECOG", "Date of death", "Lives with", "Comments")


def english(rows: Sequence[Sequence[Any]], treatments: int = 3) -> list[list[Any]]:
    """A title, two rows of headings, the rows, blank ones, a total and a legend."""
    empty = [""] * (len(TREATMENT) - 1)
    lines = [[f"Treatment {n}", *empty] for n in range(1, treatments + 1)]
    return [
        ["Patients with CTCL, made up"],
        [],
        [*UPPER, *(text for line in lines for text in line), *LAST],
        [*LOWER, *TREATMENT * treatments],
        *[list(row) for row in rows],
        [],
        ["Total", len(rows)],
        [],
        ["CR = complete response, PR = partial response"],
    ]


_GERMAN = """
Pat.-Nr.|Name, Vorname|Geb.-Datum|Geschlecht|Erstdiagnose|Diagnose|TNMB|Stadium|\
Therapie 1|Beginn 1|Ende 1|Ansprechen 1|Therapie 2|Beginn 2|Ende 2|Ansprechen 2|\
Gewicht (kg)|Visitendatum|Verstorben am|Bemerkungen
00815|Muster, Änne|3.4.49|w|März 2014|Mycosis fungoides|T2 N0 M0 B0|IB|\
PUVA|2014|05.2015|Teilremission|Bexaroten|6.2015|k.A.|Progress|71,5|12.3.2016||wohnt allein
00816|Beispiel, Karl|13.12.1939|m|2014|Sézary-Syndrom|T4 N0 M0 B2|IVA|\
ECP + Bexaroten|2014|05.2015|CR|Mogamulizumab|7.9.2019||-|80|1.10.2019|2021|?
"""
GERMAN = [line.split("|") for line in _GERMAN.strip().splitlines()]


def saved(path: Path, rows: Sequence[Sequence[Any]], merged: Sequence[str] = ()) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Patients"
    for row in rows:
        sheet.append([value if value != "" else None for value in row])
    for cells in merged:
        sheet.merge_cells(cells)
    book.save(path)
    return path


def sheet_of(path: Path) -> Sheet:
    (sheet,) = read_sheets(path, lambda _done, _of: None)
    return sheet
