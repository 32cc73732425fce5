"""`template`, `import` and `export` on the command line, from one clinic into another."""

import csv
import datetime as dt
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

import main
from models.attachment import Attachment
from models.base import Record, described_fields
from models.demo.case import published_case
from models.exchange.columns import KINDS, columns_of
from models.exchange.formats import FORMATS
from models.patient import Patient
from models.store.clinic import Clinic
from models.visit import Visit
from reports.wanted import Wanted
from tests.conftest import PASSWORD, USER
from tests.models import builders as a

Run = Callable[..., tuple[int, str, str]]
PRINTED = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)
CHOSEN = {"csv": ".", "xlsx": "tables.xlsx"}
PDF = b"%PDF-1.7 made up"
PATIENT = "mrn,family_name,given_name,birth_date,sex\n17,Weber,Karl,1950-06-15,male\n"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """A command on a clinic: its exit status, what it prints and what it says."""
    (tmp_path / "secret").write_text(PASSWORD)

    def done(folder: Path, *words: object) -> tuple[int, str, str]:
        who = ("--clinic", folder, "--user", USER, "--password-file", tmp_path / "secret")
        status = main.main([str(word) for word in (*words, *who)])
        found = capsys.readouterr()
        return status, found.out, found.err

    return done


@pytest.fixture
def empty(_empty_clinic: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(_empty_clinic, tmp_path / "empty"))


@pytest.fixture
def case(clinic: Clinic) -> Path:
    """A closed clinic with the published case, a file attached and one put off."""
    saved = clinic.save_all([*published_case()])
    patient = next(each for each in saved if isinstance(each, Patient))
    letter = a.attachment(patient=patient.id, media_type="application/pdf", kind="letter")
    clinic.attach(letter, PDF)
    clinic.save(a.snooze(patient=patient.id, reason="=on holiday"))
    clinic.close()
    return clinic.folder


def opened(folder: Path) -> Clinic:
    return Clinic.open(folder, USER, PASSWORD)


def everything(folder: Path) -> dict[object, dict[str, object]]:
    """Every record by its id, without who entered it and when."""
    with opened(folder) as clinic:
        (history,) = clinic.histories()
        records: list[Record] = [history.patient, *history.by_id.values()]
        assert [clinic.content(each) for each in history.of(Attachment)] == [PDF]
    return {
        each.id: {words.name: getattr(each, words.name) for words in described_fields(type(each))}
        for each in records
    }


def printed(folder: Path, kind: str) -> bytes:
    with opened(folder) as clinic:
        (history,) = clinic.histories()
        wanted = Wanted(kind, PRINTED.date(), "a4")
        return wanted.build(history, clinic, PRINTED)


@pytest.mark.parametrize("name", CHOSEN)
def test_the_published_case_is_the_same_in_another_clinic_and_on_paper(
    run: Run, case: Path, empty: Path, tmp_path: Path, name: str
) -> None:
    out = tmp_path / "out" / CHOSEN[name]
    assert run(case, "export", tmp_path / "out", "--format", name)[0] == 0
    told = "Patients: 1 new\nFiles: 1 new\n"
    status, said, wrong = run(empty, "import", out, "--dry-run")
    assert (status, wrong) == (0, "")
    assert said.startswith(told)
    assert said.endswith("Nothing was written: this was a dry run.\n")
    with opened(empty) as clinic:
        assert clinic.patients() == []
    status, said, wrong = run(empty, "import", out)
    assert (status, wrong) == (0, "")
    assert said.startswith(told)
    assert everything(empty) == everything(case)
    for kind in ("timeline", "summary"):
        assert printed(empty, kind) == printed(case, kind)
    found = json.loads(run(empty, "import", out, "--json")[1])
    assert (found["new"], found["changes"], found["refused"]) == (0, [], [])
    assert found["same"] == len(everything(case))


@pytest.mark.parametrize("name", ["csv", "fhir"])
def test_a_file_that_the_store_lacks_is_told_and_keeps_nothing_else_back(
    run: Run, case: Path, empty: Path, tmp_path: Path, name: str
) -> None:
    with opened(case) as clinic:
        (patient,) = clinic.patients()
        clinic.save(a.attachment(patient=patient.id, title="lost scan"))
    status, _said, wrong = run(case, "export", tmp_path / "out", "--format", name)
    lost = f"“lost scan” of {patient.mrn} went without its file, which is not in the store.\n"
    assert (status, wrong) == (0, lost)
    status, _said, wrong = run(empty, "import", tmp_path / "out")
    assert status != 0
    assert "Its file did not come along, and none is on file here." in wrong
    assert "This is needed" not in wrong


def test_another_reader_finds_what_was_exported(run: Run, case: Path, tmp_path: Path) -> None:
    for name in ("csv", "xlsx"):
        assert run(case, "export", tmp_path / name, "--format", name)[0] == 0
    with opened(case) as clinic:
        (history,) = clinic.histories()
    book = openpyxl.load_workbook(tmp_path / "xlsx" / "tables.xlsx")
    with (tmp_path / "csv" / "visit.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [*csv.DictReader(file)]
    cells = [*book["visit"].iter_rows(values_only=True)]
    assert [row["date"] for row in rows] == [str(each.date) for each in history.of(Visit)]
    assert [row[2] for row in cells[1:]] == [row["date"] for row in rows]
    assert {row["patient"] for row in rows} == {history.patient.mrn}
    assert (book["visit"].freeze_panes, book["visit"]["A1"].font.bold) == ("A2", True)
    assert book["snooze"]["F2"].value == "'=on holiday"
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n"}
    weights = [row[cells[0].index("weight_kg")] for row in cells[1:]]
    assert [weight for weight in weights if weight] == [
        each.weight_kg for each in history.of(Visit) if each.weight_kg
    ]


def test_everything_wrong_is_told_and_nothing_comes_in(
    run: Run, empty: Path, tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "patient.csv").write_text(PATIENT + "17,Roth,Ida,1960-01-01,female\n")
    visits = "key,patient,date,kind,status\na,17,2017-01-02,follow-up,done\n"
    (tmp_path / "in" / "visit.csv").write_text(visits + "a,99,2017-01-02,follow-up,done\n")
    status, said, wrong = run(empty, "import", tmp_path / "in")
    assert (status, said) == (2, "")
    assert [line.split(":")[0] for line in wrong.splitlines()] == [
        "patient.csv, row 3, key",
        "visit.csv, row 3, patient",
        "2 things are wrong. Nothing was imported. Correct the file and import it again.",
    ]
    status, said, wrong = run(empty, "import", tmp_path / "in", "--json")
    found = json.loads(said)
    assert (status, found["new"], found["written"]) == (2, 2, False)
    assert [(each["table"], each["row"]) for each in found["refused"]] == [
        *(("patient.csv", 3), ("visit.csv", 3)),
    ]
    with opened(empty) as clinic:
        assert clinic.patients() == []


def test_all_mistakes_come_in_one_list_and_what_rests_on_them_is_not_among_them(
    run: Run, empty: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    rows = "17,Roth,Ida,31.2.1960,female\n18,Amsel,Eva,1960-01-01,weiblich\n"
    (folder / "patient.csv").write_text(PATIENT + rows)
    (folder / "treatment_line.csv").write_text(
        "key,patient,regimen,category,start,end,given_here\n"
        "a,17,bexarotene,systemic,2017-01-01,2016-01-01,yes\n"
        "b,18,bexarotene,pills,2017-01-01,,yes\n"
        "c,99,bexarotene,systemic,2017-01-01,,yes\n"
    )
    (folder / "cycle.csv").write_text(
        "key,patient,treatment_line,number,day_1,weight_kg\n"
        "x,18,b,1,2017-01-01,70\nx,18,b,2,2017-02-01,70\ny,17,nothing,1,2017-01-01,70\n"
    )
    told = run(empty, "import", folder)[2].splitlines()
    assert [line.split(":")[0] for line in told] == [
        "cycle.csv, row 3, key",
        "cycle.csv, row 4, treatment_line",
        "patient.csv, row 3, birth_date",
        "patient.csv, row 3, key",
        "patient.csv, row 4, sex",
        "treatment_line.csv, row 2, end",
        "treatment_line.csv, row 3, category",
        "treatment_line.csv, row 4, patient",
        "8 things are wrong. Nothing was imported. Correct the file and import it again.",
    ]
    assert "sex: “weiblich”: choose one of: female, male" in told[4]
    assert "weiblich" not in run(empty, "import", folder, "--json")[1]


def test_a_file_without_rows_is_named(run: Run, empty: Path, tmp_path: Path) -> None:
    file = tmp_path / "ours.csv"
    file.write_text("")
    status, _said, wrong = run(empty, "import", file)
    assert (status, wrong.split(" Nothing")[0]) == (2, "ours.csv has no rows.")


def test_a_row_that_changes_a_record_says_so(run: Run, empty: Path, tmp_path: Path) -> None:
    file = tmp_path / "patient.csv"
    file.write_text(PATIENT)
    assert run(empty, "import", file)[:2] == (0, "Patients: 1 new\nImported.\n")
    assert run(empty, "import", file)[1].endswith("same as on file\nNothing was new.\n")
    file.write_text(PATIENT.replace("Weber", "Weber-Roth"))
    status, said, wrong = run(empty, "import", file, "--dry-run")
    assert (status, said.splitlines()[0]) == (0, "Patients: 1 changes what is on file")
    assert wrong == (
        "patient.csv, row 2: changes what is on file (family_name)."
        " Goes by the MRN alone, and another name or birth date is on file.\n"
    )
    found = json.loads(run(empty, "import", file, "--json")[1])
    (change,) = found.pop("changes")
    assert "MRN alone" in change.pop("remarks")[0]
    assert change == {
        "kind": "patient",
        "table": "patient.csv",
        "row": 2,
        "fields": ["family_name"],
    }
    assert found == {
        "new": 0,
        "same": 0,
        "comes_back": [],
        "refused": [],
        "left": [],
        "written": True,
    }
    with opened(empty) as clinic:
        assert clinic.patient("17").family_name == "Weber-Roth"


def test_the_template_has_every_table_and_explains_every_heading(
    run: Run, empty: Path, tmp_path: Path
) -> None:
    assert run(empty, "template", tmp_path / "tables")[0] == 0
    explained = (tmp_path / "tables" / "README.txt").read_text(encoding="utf-8-sig")
    for kind in KINDS:
        path = tmp_path / "tables" / f"{kind.table_name()}.csv"
        (headings,) = csv.reader(path.read_text(encoding="utf-8-sig").splitlines())
        assert headings == [column.name for column in columns_of(kind)]
        assert path.name in explained
        for column in columns_of(kind):
            assert column.region or f"\n  {column.name}: " in explained
    assert run(empty, "import", tmp_path / "tables")[:2] == (0, "tables has no rows.\n")


def test_an_export_needs_a_new_or_an_empty_folder(run: Run, case: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").write_text("kept")
    status, said, wrong = run(case, "export", tmp_path / "full", "--format", "csv")
    assert (status, said) == (2, "")
    assert "is not empty" in wrong
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["mine"]


def test_an_anonymous_export_names_nobody(run: Run, case: Path, tmp_path: Path) -> None:
    with opened(case) as clinic:
        whose = clinic.patients()[0].id
        clinic.save(a.consent("2019-05-02", patient=whose, purpose="registry"))
    for name in FORMATS:
        status, _said, wrong = run(case, "export", tmp_path / name, "--format", name, "--anonymous")
        assert (status, "1 patient can be told apart by sex" in wrong) == (0, True)
    with opened(case) as clinic:
        (patient,) = clinic.patients()
    written = "".join(path.read_text("utf-8") for path in (tmp_path / "csv").rglob("*.csv"))
    for name in (patient.mrn, patient.family_name, patient.given_name, str(patient.birth_date)):
        assert name not in written
    assert not (tmp_path / "csv" / "attachment").exists()
    for name in ("csv", "xlsx"):
        explained = (tmp_path / name / "README.txt").read_text("utf-8-sig")
        assert "study number" in explained
        assert "  t: T. Skin: T1 under 10 %" in explained
