"""Tables as people make them: what is understood, and the sentence for what is not."""

import codecs
import datetime as dt
import io
from collections.abc import Callable
from itertools import takewhile
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest

from models.adverse_event import AdverseEvent
from models.attachment import Attachment
from models.base import ClinicError, Record
from models.exchange.arrivals import Arrival, Reading
from models.exchange.columns import KINDS, columns_of, values_of
from models.exchange.reading import read
from models.exchange.tables import workbook_guard
from models.exchange.tables.sheets import read_sheets
from models.exchange.tables.template import template
from models.patient import Patient
from models.progress import unseen
from models.skin import Region, SkinScore
from models.store.clinic import Clinic
from models.treatment import TreatmentLine
from models.values import PartialDate
from models.visit import Visit

PATIENT = "mrn,family_name,given_name,birth_date,sex\n17,Weiß,Karl,1950-06-15,male\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "tables"
    made.mkdir()
    return made


def table(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def arrived(path: Path) -> list[Arrival]:
    reading = read(path, unseen)
    assert [each.words for each in reading.problems] == []
    return [*reading.arrivals]


def problems(path: Path) -> list[str]:
    return [each.words for each in read(path, unseen).problems]


def refused(path: Path) -> str:
    with pytest.raises(ClinicError) as told:
        read(path, unseen)
    assert "Nothing was imported." in str(told.value)
    return told.value.happened


def workbook(path: Path, rows: list[list[Any]], name: str = "visit") -> Path:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = name
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize(
    "written",
    [
        PATIENT.encode(),
        codecs.BOM_UTF8 + PATIENT.encode(),
        PATIENT.encode("cp1252"),
        PATIENT.encode("utf-16"),
        PATIENT.replace(",", ";").encode(),
        PATIENT.replace(",", "\t").replace("\n", "\r\n").encode(),
        b"sep=;\n" + PATIENT.replace(",", ";").encode(),
        PATIENT.replace("mrn", " MRN ").replace("birth_date", "Birth date").encode(),
        (PATIENT.replace("\n", ",,\n") + ",,,,,\n").encode(),
    ],
)
def test_encoding_separator_and_headings_are_found_out(folder: Path, written: bytes) -> None:
    (found,) = arrived(table(folder, "Patient.CSV", written))
    assert (found.kind, found.mrn, found.key) == (Patient, "17", "")
    assert found.values["family_name"] == "Weiß"
    assert found.place.row == (3 if written.startswith(b"sep") else 2)


def test_rows_point_to_one_another_by_keys_of_their_own(folder: Path) -> None:
    table(folder, "patient.csv", PATIENT)
    table(
        folder,
        "treatment_line.csv",
        "key,patient,regimen,category,start,given_here\n"
        "first,17,bexarotene; PUVA,systemic,10/2017,yes\n",
    )
    event = "patient,verbatim,term,onset,grades,ctcae_version,treatment_line\n"
    table(
        folder,
        "adverse_event.csv",
        f'{event}17,"it itches,\nbadly",Pruritus,2017,2017-07:2; 2017-10:1,5.0,first\n',
    )
    found = {each.kind: each for each in arrived(folder)}
    line, itch = found[TreatmentLine], found[AdverseEvent]
    assert (line.key, line.values["regimen"]) == ("first", ["bexarotene", "PUVA"])
    assert line.values["start"] == PartialDate(2017, 10)
    assert itch.values["treatment_line"] == "first"
    assert itch.values["verbatim"] == "it itches,\nbadly"
    assert [str(each) for each in itch.values["grades"]] == ["2017-07:2", "2017-10:1"]


VISIT = "patient,date,kind,status,ecog\n"


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (
            "17,2017-02-30,follow-up,done,0\n",
            ["row 2, date: “2017-02-30”: there is no 30 February."],
        ),
        (
            "17,2017-02-03,follow-up,dome,0\n",
            ["row 2, status: “dome”: choose one of: planned, done"],
        ),
        ("\n17,2017-02-03,follow-up,done,x\n", ["row 3, ecog: “x”: give a number."]),
        (",2017-02-03,follow-up,done,0\n", ["row 2, patient: Whose is this row?"]),
        ("17,2017-02-03,follow-up,done,0,more\n", ["row 2: “more” has no heading."]),
        (
            "17,3/25/2017,follow-up,done,0\n17,3/4/2017,follow-up,done,0\n"
            "17,5.5.2017,follow-up,done,0\n17,2017-04-03,follow-up,done,0\n",
            [
                "row 2, date: ",
                "row 3, date: ",
            ],
        ),
    ],
)
def test_what_cannot_be_read_is_told_with_row_and_column(
    folder: Path, rows: str, told: list[str]
) -> None:
    found = problems(table(folder, "visit.csv", VISIT + rows))
    assert len(found) == len(told)
    for words, beginning in zip(found, told, strict=True):
        assert words.startswith(f"visit.csv, {beginning}")


@pytest.mark.parametrize(
    ("headings", "told"),
    [
        ("patient,date,kind,status,colour", "row 1, colour: There is no such field; there are"),
        ("patient,date,kind,status,Date", "row 1, Date: This column is there twice."),
        ("date,kind,status", "row 1, patient: This column is missing."),
    ],
)
def test_headings_that_are_none_are_told(folder: Path, headings: str, told: str) -> None:
    words = problems(table(folder, "visit.csv", f"{headings}\nx,y\n"))[0]
    assert words.startswith(f"visit.csv, {told}")


def test_a_table_of_no_kind_and_one_that_is_there_twice_are_told(folder: Path) -> None:
    table(folder, "patient.csv", PATIENT)
    table(folder, "Patients.csv", PATIENT)
    table(folder, "visitors.csv", "a,b\n1,2\n")
    found = problems(folder)
    assert found[0].endswith("is of the same kind: put their rows together.")
    assert found[1].startswith("visitors.csv: No kind of record is called so; there are patient,")


def test_days_in_three_forms_are_each_read_the_day_first(folder: Path) -> None:
    rows = "".join(f"17,{day},follow-up,done,0\n" for day in ("2017-04-03", "3.4.17", "3 Apr 2017"))
    found = arrived(table(folder, "visit.csv", VISIT + rows))
    assert [str(each.values["date"]) for each in found] == ["2017-04-03"] * 3


def test_a_workbook_gives_its_values_as_they_are_typed(tmp_path: Path) -> None:
    headings = ["patient", "date", "kind", "status", "weight_kg", "ecog", "notes"]
    row = [17, dt.date(2017, 4, 3), "follow-up", "done", 70.0, 1, "=1+1"]
    path = workbook(tmp_path / "book.xlsx", [headings, row, [None], ["17", "3.4.2017", "x"]])
    (sheet,) = read_sheets(path, unseen)
    assert sheet.rows[1][:6] == ("17", "2017-04-03", "follow-up", "done", "70", "1")
    assert sheet.rows[2] == ()
    assert [*sheet.wrong] == [(2, 6)]
    found = problems(path)
    assert found[0].startswith("visit, row 2, notes: A formula without a value: save the file once")
    assert found[1].startswith("visit, row 4, kind: “x”: choose one of")


@pytest.mark.parametrize(
    ("value", "shown_as", "text"),
    [
        (0.3, "0%", "30"),
        (0.285, "0.0%", "28.5"),
        (0.285, '0.0" %"', "0.285"),
        (123, "00000", "00123"),
        (12.5, "00000", "12.5"),
    ],
)
def test_a_figure_is_read_as_it_is_shown(
    tmp_path: Path, value: float, shown_as: str, text: str
) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet["A1"], sheet["A1"].number_format = value, shown_as
    book.save(tmp_path / "book.xlsx")
    ((row,),) = (each.rows for each in read_sheets(tmp_path / "book.xlsx", unseen))
    assert row == (text,)


def test_one_date_with_its_month_first_leaves_none_of_the_file_sure(folder: Path) -> None:
    table(folder, "patient.csv", PATIENT.replace("1950-06-15", "6/7/1950"))
    rows = ("3/25/2017", "4/3/2017", "25.3.2017", "2017-03-25", "5/5/2017")
    table(folder, "visit.csv", VISIT + "".join(f"17,{day},follow-up,done,0\n" for day in rows))
    reading = read(folder, unseen)
    assert [each.place.words for each in reading.problems] == [
        "patient.csv, row 2, birth_date",
        "visit.csv, row 2, date",
        "visit.csv, row 3, date",
    ]
    told = "The month stands before the day in visit.csv, row 2, date (3/25/2017)"
    assert all(each.sentence.startswith(told) for each in reading.problems)


def test_other_files_of_a_folder_are_listed(folder: Path) -> None:
    table(folder, "patient.csv", PATIENT)
    table(folder, "attachment.csv", "patient,date,kind,title,file\n17,2017,letter,A,letter.pdf\n")
    for name in ("letter.pdf", "README.txt", ".DS_Store", "Thumbs.db", "~$visit.xlsx"):
        table(folder, name, "%PDF-")
    (folder / "attachment").mkdir()
    assert read(folder, unseen).left == []
    for name in ("visit.xlsx", "notes.txt", "bundle.json"):
        table(folder, name, "x")
    assert [each.words for each in read(folder, unseen).left] == [
        "bundle.json: It was not read.",
        "notes.txt: It was not read.",
        "visit.xlsx: It was not read.",
    ]


def test_a_file_next_to_the_table_is_remarked_on(folder: Path, clinic: Clinic) -> None:
    (folder / "attachment").mkdir()
    (folder / "private").mkdir()
    names = ("tax.pdf", "attachment/scan.pdf", "private/diary.pdf")
    for name in names:
        table(folder, name, "%PDF-")
    table(folder, "patient.csv", PATIENT)
    rows = "".join(f"17,2017,letter,{name},{name}\n" for name in names[:2])
    table(folder, "attachment.csv", f"patient,date,kind,title,file\n{rows}")
    beside, scan, _patient = clinic.look_through(arrived(folder))
    assert beside.remarks == ("The file tax.pdf beside the table comes in with it.",)
    assert scan.remarks == ()
    table(folder, "attachment.csv", f"patient,date,kind,title,file\n17,2017,letter,x,{names[2]}\n")
    (problem,) = read(folder, unseen).problems
    assert problem.sentence.startswith("Name a file beside the table")


def test_macros_are_left_and_it_is_said(tmp_path: Path) -> None:
    row = [17, "2017-04-03", "follow-up", "done"]
    path = workbook(tmp_path / "book.xlsm", [["patient", "date", "kind", "status"], row])
    with ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\0macro")
    reading: Reading = read(path, unseen)
    assert [each.kind for each in reading.arrivals] == [Visit]
    assert [each.words for each in reading.left] == [
        "book.xlsm: It holds macros, which were neither run nor kept."
    ]


def test_files_come_from_beside_the_table_and_from_nowhere_else(folder: Path) -> None:
    secret = table(folder.parent, "secret.txt", "secret")
    (folder / "attachment").mkdir()
    table(folder / "attachment", "scan", b"%PDF-1.7 made up")
    (folder / "link.txt").symlink_to(secret)
    names = ("../secret.txt", str(secret), "link.txt", "C:\\x", "attachment", "nowhere.pdf")
    good = ("attachment/scan", "attachment\\scan")
    rows = "".join(f"17,2017,letter,A,{name}\n" for name in (*good, *names))
    reading = read(table(folder, "attachment.csv", f"patient,date,kind,title,file\n{rows}"), unseen)
    read_well = [each for each in reading.arrivals if not each.unread]
    assert [each.content for each in read_well] == [b"%PDF-1.7 made up"] * 2
    assert {each.values["media_type"] for each in read_well} == {"application/pdf"}
    assert {each.kind for each in reading.arrivals} == {Attachment}
    assert [(each.place.row, each.place.column) for each in reading.problems] == [
        (row, "file") for row in range(4, 10)
    ]


SPOILT: dict[str, tuple[bytes, str]] = {
    "half a file": (PATIENT.encode() + b'18,"Wei', "It ends inside quotation marks"),
    "half a character": (PATIENT.encode()[:-27] + "ß".encode()[:1], "the middle of a character"),
    "quotes": (PATIENT.encode() + b'18,"We"i"ss",x\n', "The quotation marks of line 3"),
    "NUL": (PATIENT.encode() + b"18,\0\n", "It is no text in UTF-8"),
    "binary": (bytes(range(256)) * 20, "It is no text in UTF-8"),
    "an old workbook": (b"\xd0\xcf\x11\xe0" + bytes(5000), "It is an old workbook (.xls)"),
    "half a workbook": (b"PK\x03\x04" + bytes(5000), "It is not whole"),
    "a long cell": (PATIENT.encode() + b"x" * 150_000, "is too long"),
    "a long line": (b"x" * 3_000_000, "A line has no end."),
    "many columns": (b"," * 2000 + b"x", "more than 1,000 columns"),
    "many rows": (PATIENT.encode() + b"x\n" * 300_001, "more than 300,000 rows"),
}


@pytest.mark.parametrize("what", SPOILT)
def test_a_spoilt_file_is_refused_in_a_sentence(folder: Path, what: str) -> None:
    content, told = SPOILT[what]
    assert told in refused(table(folder, "patient.csv", content))


Parts = dict[str, bytes]
BOMBS: dict[str, tuple[Callable[[Parts], Parts], str]] = {
    "entities": (
        lambda parts: {"xl/worksheets/sheet1.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'},
        "It declares entities",
    ),
    "size": (lambda parts: {"xl/media/x.bin": bytes(1_000_000)}, "Unpacked it would be"),
    "elements": (lambda parts: {"xl/styles.xml": b"<a>" + b"<b/>" * 1_001}, "so many elements"),
    "depth": (lambda parts: {"xl/styles.xml": b"<a>" * 1000}, "elements so deep in others"),
    "a far row": (
        lambda parts: {
            "xl/worksheets/sheet1.xml": parts["xl/worksheets/sheet1.xml"].replace(
                b"</sheetData>", b'<row r="1048576"/></sheetData>'
            )
        },
        "more than 300,000 rows",
    ),
    "no sheet": (lambda parts: {"xl/workbook.xml": b"<a/>"}, "It has no sheet."),
}


@pytest.mark.parametrize("what", BOMBS)
def test_a_bomb_in_a_workbook_does_not_go_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.setattr(workbook_guard, "MOST_BYTES", 1_000_000)
    monkeypatch.setattr(workbook_guard, "MOST_OTHERS", 1_000)
    path = workbook(tmp_path / "book.xlsx", [["patient", "date"], ["17", "2017-01-01"]])
    made, told = BOMBS[what]
    with ZipFile(io.BytesIO(path.read_bytes())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in (parts | made(parts)).items():
            archive.writestr(name, content)
    assert told in refused(path)


def test_a_folder_without_tables_and_a_file_that_is_not_there_are_refused(folder: Path) -> None:
    assert "The folder holds no CSV file." in refused(folder)
    assert "There is no such file: " in refused(folder / "nowhere.csv")


@pytest.mark.parametrize(
    ("start", "told"),
    [(b"%PDF-1.7 made up", "It is a PDF, which"), (b"\x89PNG\r\n\x1a\n", "It is a picture, which")],
)
def test_what_holds_no_tables_is_called_by_its_name(folder: Path, start: bytes, told: str) -> None:
    said = refused(table(folder, "patient.csv", start))
    assert told in said


def test_a_sheet_of_a_clinics_own_is_sent_where_it_can_be_matched(folder: Path) -> None:
    (said,) = problems(table(folder, "klinik.csv", "Name,Geb.\nWeber,1950\n"))
    assert "Exchange ▸ Import" in said


def test_a_column_that_is_not_there_says_nothing_and_an_empty_cell_erases(
    clinic: Clinic, folder: Path
) -> None:
    whole = "mrn,family_name,given_name,birth_date,sex,phone,notes\n17,W,K,1950-06-15,male,12,n\n"
    table(folder, "patient.csv", whole)
    regions = "key,patient,date,head_patch,head_plaque,neck_patch\ns,17,2020-01-02,1,2,1\n"
    table(folder, "skin_score.csv", regions)
    arrivals = arrived(folder)
    clinic.take_in(arrivals, clinic.look_through(arrivals))
    table(folder, "patient.csv", "mrn,sex,phone\n17,male,\n")
    table(folder, "skin_score.csv", "key,patient,date,head_patch\ns,17,2020-01-02,4\n")
    arrivals = arrived(folder)
    clinic.take_in(arrivals, clinic.look_through(arrivals))
    (history,) = clinic.histories()
    patient, (score,) = history.patient, history.of(SkinScore)
    assert (patient.name, patient.phone, patient.notes) == ("W, K", None, "n")
    head, neck = score.regions[Region.HEAD], score.regions[Region.NECK]
    assert (head.patch, head.plaque, neck.patch) == (4, 2, 1)


EXAMPLES = {
    "text": "text",
    "yes or no": "yes",
    "a whole number": "3",
    "a number": "1.5",
    "a date": "2017-10",
    "a full date": "2017-10-14",
}


def example_of(explained: str) -> str:
    """What somebody would type who reads this in the README: of what stands last, in brackets."""
    depth = 0
    for at in reversed(range(len(explained))):
        depth += {")": 1, "(": -1}.get(explained[at], 0)
        if not depth:
            break
    form = explained[at + 1 : -1].removeprefix("needed; ")
    if form in EXAMPLES:
        return EXAMPLES[form]
    if form.startswith(("one of ", "a list of ")) and ": " not in form:
        return form.split(" of ", 1)[1].split(", ")[0]
    return form.split(": ")[-1].removeprefix("as ").split("; found")[0].split(", or ")[0]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.table_name()))
def test_what_the_readme_asks_for_is_read(kind: type[Record]) -> None:
    lines = next(iter(template())).content.decode("utf-8-sig").splitlines()
    first = next(n for n, line in enumerate(lines) if line.startswith(f"{kind.table_name()}.csv: "))
    own = takewhile(bool, lines[first + 2 :])
    cells = {line.strip().split(":")[0]: example_of(line) for line in own if " …:" not in line}
    assert cells.keys() == {each.name for each in columns_of(kind) if not each.region}
    assert values_of(kind, cells)[1] == {}
