"""The command line, as a person or a script uses it: in a process of its own, and on the demo."""

import datetime as dt
import json
import os
import re
import shutil
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest
from pypdf import PdfReader

import main
from models.store import engine
from models.store.clinic import Clinic
from models.worklist import put_off, worklist
from reports.catalogue import REPORTS
from tests.conftest import PASSWORD, USER
from tests.thorough import some
from ui.typed_passwords import DEMO_PASSWORD, DEMO_USER

HERE = Path(main.__file__).parent
PERIODS = {"least", "about", "most"}


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo clinic with the published case and three made-up patients."""
    folder = tmp_path_factory.mktemp("demo") / "clinic"
    assert main.main(["demo", "--clinic", str(folder), "--patients", "3"]) == 0
    return folder


def said(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert main.main([str(argument) for argument in arguments]) == 0
    return capsys.readouterr().out


def refused(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    """What standard error says; standard output stays empty."""
    assert main.main([str(argument) for argument in arguments]) == 2
    found = capsys.readouterr()
    assert found.out == ""
    assert "Traceback" not in found.err
    return found.err


def test_the_commands_are_listed_without_loading_a_record() -> None:
    program = "import sys, main; main.parser().parse_args([]); print(*sys.modules)"
    words = [sys.executable, "-c", program]
    found = subprocess.run(words, check=True, capture_output=True, text=True, cwd=HERE)
    loaded = set(found.stdout.split())
    assert not loaded & {"sqlalchemy", "sqlmodel", "models.base", "reportlab", "PySide6"}


def test_the_summary_of_the_case_gives_every_figure(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = json.loads(said(capsys, "summary", "004711", "--json", "--clinic", demo))
    assert found["mrn"] == "004711"
    assert found["disease"] == "Sézary syndrome"
    assert found["diagnosed"] == "2011"
    assert found["tnmb"] == "T4 NX M0 B2"
    assert found["stage"] == {
        "working": "IVA1",
        "possible": ["IVA1", "IVA2"],
        "provisional": True,
        "agrees_with_stated": True,
    }
    assert [line["start"] for line in found["lines"]] == [
        *("2011", "2011", "2013", "2014", "2015", "2015-07-20")
    ]
    mogamulizumab = found["lines"][-1]
    assert mogamulizumab["regimen"] == "mogamulizumab"
    assert (mogamulizumab["cycles"], mogamulizumab["infusions"]) == (30, 62)
    assert mogamulizumab["best_response"] == "CR"
    assert mogamulizumab["end"] == "2017-10"
    assert mogamulizumab["time_to_response_days"] == 140
    assert mogamulizumab["duration_of_response_days"] == 1603
    assert mogamulizumab["duration_of_response_censored"] is True
    assert mogamulizumab["time_to_next_treatment_censored"] is True
    assert found["response"] == {
        "current": "CR",
        "since": "2016-04-25",
        "off_treatment_days": 917,
    }
    assert [event["worst_grade"] for event in found["adverse_events"]] == [2]
    assert [biopsy["conclusion"] for biopsy in found["biopsies"]] == ["drug-related"] * 2
    assert found["overall_survival_censored"] is True
    assert set(found["overall_survival_days"]) == PERIODS
    (flag,) = found["flags"]
    assert "gemcitabine + oxaliplatin" in flag
    assert "Apr 2014" in flag
    assert "2015" in flag


def test_as_of_an_earlier_day(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "summary", "004711", "--clinic", demo, "--on", "2016-01-01")
    assert "Partial response since 7 Dec 2015" in text
    assert "On treatment" in text


def test_patients_lists_who_is_on_file(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(said(capsys, "patients", "--json", "--clinic", demo))
    assert len(found) == 4
    case = next(patient for patient in found if patient["mrn"] == "004711")
    assert case["family_name"] == "Rossi"


def test_the_report_is_written(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "page.pdf"
    text = said(capsys, "report", "004711", "-o", path, "--clinic", demo, "--to", "2020-04-30")
    assert str(path) in text
    assert "as of 30 April 2020" in PdfReader(path).pages[0].extract_text()


@pytest.mark.parametrize("kind", sorted(REPORTS.keys() - {"treatment-day", "photographs"}))
def test_every_report_is_written(
    kind: str, demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "page.pdf"
    words = ("report", "004711", "-o", path, "--clinic", demo, "--to", "2020-04-30", "--kind", kind)
    told = said(capsys, *words, "--paper", "letter")
    assert told == f"Saved as {path.resolve()}: {REPORTS[kind].words}.\n"
    page = PdfReader(path).pages[0]
    assert sorted(map(round, (page.mediabox.width, page.mediabox.height))) == [612, 792]
    names_her = "Rossi" in page.extract_text()
    assert names_her is not REPORTS[kind].always_anonymous


def test_a_treatment_day_sheet_is_for_who_is_on_treatment(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "page.pdf"
    words = ("report", "004711", "-o", path, "--clinic", demo, "--kind", "treatment-day", "--to")
    said(capsys, *words, "2016-01-04")
    assert "Rossi" in PdfReader(path).pages[0].extract_text()
    path.unlink()
    assert "No infusion is ahead" in refused(capsys, *words, "2020-04-30")
    assert not path.exists()


def test_the_case_pack_of_the_demo_says_that_figures_are_made_up(
    demo: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "pack.pdf"
    said(capsys, *("report", "004711", "--clinic", demo, "--kind", "case-pack", "-o", path))
    for page in PdfReader(path).pages:
        assert "Demonstration: some figures are made up." in page.extract_text()


def test_a_report_has_a_period_and_sections_to_leave_out(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "page.pdf"
    words = ("report", "004711", "-o", path, "--clinic", demo, "--to", "2020-04-30")
    said(capsys, *words)
    whole = "".join(page.extract_text() for page in PdfReader(path).pages)
    assert "CHOP" in whole
    said(capsys, *words, "--from", "2016-01-01", "--without", "list, figures")
    less = "".join(page.extract_text() for page in PdfReader(path).pages)
    assert "CHOP" not in less
    assert len(less) < len(whole) / 2


def test_a_report_tells_of_nobody(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "page.pdf"
    words = ("report", "004711", "-o", path, "--clinic", demo, "--to", "2020-04-30", "--anonymous")
    said(capsys, *words)
    found = PdfReader(path)
    text = "".join(page.extract_text() for page in found.pages) + str(found.metadata)
    for telling in ("Rossi", "004711", "2020", "1958"):
        assert telling not in text


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (["--without", "lst"], "Its sections: treatment, infusions, response"),
        (["--kind", "summary", "--from", "2016-01-01"], "Leave the first day out."),
        (["--from", "2020-05-01"], "ends before it begins"),
        (["--kind", "patient", "--anonymous"], "cannot be printed de-identified"),
    ],
)
def test_what_a_report_cannot_do_is_refused(
    words: list[str],
    answer: str,
    demo: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "page.pdf"
    asked = ("report", "004711", "-o", path, "--clinic", demo, "--to", "2020-04-30", *words)
    assert answer in refused(capsys, *asked)
    assert not path.exists()


def test_the_worklist_says_what_is_due_of_whom_and_why(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("worklist", "--clinic", demo, "--on", "2016-01-04", "--days", "14")
    found = json.loads(said(capsys, *words, "--json"))
    assert (found["date"], found["days"]) == ("2016-01-04", 14)
    assert found["items"] == [
        {
            "mrn": "004711",
            "name": "Rossi, Anna",
            "group": "infusions due",
            "what": "infusion, cycle 7 day 15",
            "on": "2016-01-18",
            "why": "calendar of the label",
            "overdue": False,
        }
    ]
    assert said(capsys, *words).splitlines() == [
        "Infusions due (1)",
        "  2016-01-18  Rossi, Anna (004711): infusion, cycle 7 day 15 (calendar of the label)",
    ]


def test_the_worklist_looks_a_week_ahead_and_shows_what_is_overdue(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(capsys, "worklist", "--clinic", demo, "--on", "2016-01-04") == "Nothing is due.\n"
    words = ("worklist", "--clinic", demo, "--json", "--on")
    found = json.loads(said(capsys, *words, "2020-10-27"))
    assert found["days"] == 7
    (item,) = (item for item in found["items"] if item["mrn"] == "004711")
    assert (item["group"], item["on"], item["overdue"]) == ("overdue", "2020-10-26", True)
    assert item["why"] == "arranged at the visit of 27 Apr 2020"
    found = json.loads(said(capsys, *words, "9999-12-31"))
    assert all(item["overdue"] for item in found["items"])


def test_what_is_put_off_stands_at_the_end_of_the_worklist(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = shutil.copytree(demo, tmp_path / "clinic")
    with Clinic.open(folder, DEMO_USER, DEMO_PASSWORD) as clinic:
        today = dt.date(2020, 10, 27)
        history = clinic.history(clinic.patient("004711").id)
        (item,) = worklist([history], today)
        clinic.save(put_off(item, dt.date(2020, 11, 3), "on holiday", today))
    words = ("worklist", "--clinic", folder, "--on", "2020-10-27")
    found = json.loads(said(capsys, *words, "--json"))
    assert set(found) == {"date", "days", "items"}
    assert "004711" not in {item["mrn"] for item in found["items"]}
    assert said(capsys, *words).splitlines()[-2:] == [
        "Put off (1)",
        "  2020-10-26  Rossi, Anna (004711): follow-up visit "
        "(put off until 3 Nov 2020 by demo: on holiday)",
    ]


@pytest.mark.parametrize(("paper", "width"), [("a4", 595), ("letter", 612)])
def test_the_worklist_is_printed(
    demo: Path, tmp_path: Path, paper: str, width: int, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "day.pdf"
    words = ("worklist", "--clinic", demo, "--on", "2016-01-04", "--days", "14", "-o", path)
    assert str(path) in said(capsys, *words, "--paper", paper)
    (page,) = PdfReader(path).pages
    assert round(page.mediabox.width) == width
    assert "Infusion, cycle 7 day 15" in page.extract_text()
    assert json.loads(said(capsys, *words, "--json"))["days"] == 14


@pytest.mark.parametrize("days", ["-1", "3651", "many", "1.5", "9" * 5000])
def test_days_ahead_that_make_no_sense_are_refused(
    days: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main.main(["worklist", "--days", days])
    assert stopped.value.code == 2
    found = capsys.readouterr()
    assert found.out == ""
    assert "days from 0 to 3650" in found.err


def test_the_demo_is_sound(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(said(capsys, "check", "--json", "--clinic", demo)) == {
        "sound": True,
        "problems": [],
    }


def test_the_audit_log_tells_who_did_what_and_what_went_out(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, "report", "004711", "-o", tmp_path / "Rossi.pdf", "--anonymous", "--clinic", demo)
    said(capsys, "worklist", "--days", "3650", "-o", tmp_path / "list.pdf", "--clinic", demo)
    asked = ("audit", "--clinic", demo, "--by", "demo", "--patient", "004711")
    listed = json.loads(said(capsys, *asked, "--json"))
    out = [(row["mrn"], row["new"]) for row in listed if row["action"] == "exported"]
    assert out[:2] == [
        ("004711", {"report": "day-list", "to": "file"}),
        ("004711", {"report": "timeline", "deidentified": "yes", "to": "file"}),
    ]
    lines = said(capsys, *asked).splitlines()
    assert len(lines) == len(listed)
    assert lines[-1].split("\t")[3:5] == ["Patient: Created", "Rossi, Anna (004711)"]
    path = tmp_path / "log.csv"
    assert str(path) in said(capsys, *asked, "--from", "2020-01-01", "-o", path)
    assert len(path.read_text(encoding="utf-8-sig").splitlines()) > len(lines)
    assert said(capsys, *asked, "--to", "2020-01-01") == ""
    assert main.main(["audit", "--clinic", str(demo), "--by", "Nobody"]) == 2
    assert "There is no user Nobody." in capsys.readouterr().err


def test_what_is_on_no_record_is_told_in_the_end(
    clinic: Clinic, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "PATIENCE_MS", 20)
    with ExitStack() as other, main.open_clinic(clinic.folder, USER, PASSWORD) as opened:
        other.enter_context(clinic._store.writing()).connection()
        opened.patients()
    assert capsys.readouterr().err.startswith("2 entries could not be written into the audit log")


@pytest.mark.parametrize("what", ["patients", "summary", "worklist"])
def test_what_leaves_as_data_is_on_record_as_exported(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], what: str
) -> None:
    folder = shutil.copytree(demo, tmp_path / "demo")
    mrn = ["004711"] if what == "summary" else []
    said(capsys, what, *mrn, "--json", "--clinic", folder)
    listed = json.loads(said(capsys, "audit", "--patient", "004711", "--json", "--clinic", folder))
    newest = next(entry for entry in listed if entry["action"] == "exported")
    assert newest["new"] == {"what": what, "to": "standard output"}


def test_an_older_store_in_its_place_is_said_beside_what_was_asked(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, older = tmp_path / "clinic", tmp_path / "older.db"
    shutil.copytree(demo, folder)
    shutil.copy(folder / "clinic.db", older)
    said(capsys, "patients", "--clinic", folder)
    shutil.copy(older, folder / "clinic.db")
    assert main.main(["patients", "--clinic", str(folder)]) == 0
    assert "older than it was" in capsys.readouterr().err


def test_create_prints_the_recovery_key_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CTCL_PASSWORD", PASSWORD)
    folder = tmp_path / "new"
    words = ("create", "--clinic", folder, "--name", "Skin Clinic", "--user", USER)
    key = said(capsys, *words).splitlines()[-1]
    monkeypatch.setenv("CTCL_PASSWORD", PASSWORD)
    assert re.fullmatch(r"([0-9A-Z]{5}-)+[0-9A-Z]{5}", key)
    assert key.encode() not in b"".join(p.read_bytes() for p in folder.rglob("*") if p.is_file())
    assert said(capsys, "patients", "--json", "--clinic", folder).strip() == "[]"
    monkeypatch.setenv("CTCL_PASSWORD", PASSWORD)
    assert "already" in refused(capsys, *words)


def test_a_password_from_a_file(demo: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("demo\n")
    words = ["patients", "--clinic", str(demo), "--password-file", str(secret)]
    assert main.main(words) == 0
    secret.write_text("wrong")
    assert main.main(words) == 2


def test_an_unknown_mrn(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "999" in refused(capsys, "summary", "999", "--clinic", demo)


def test_a_wrong_password(
    demo: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CTCL_PASSWORD", "wrong")
    assert "password" in refused(capsys, "patients", "--clinic", demo)


def test_a_folder_without_a_clinic(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "no clinic" in refused(capsys, "patients", "--clinic", tmp_path).casefold()


def test_a_folder_that_cannot_be_looked_into(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / ("x" * 300)
    assert "cannot be read" in refused(capsys, "patients", "--clinic", folder)


def test_a_bug_is_told_without_what_it_met(
    demo: Path,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(asked: object) -> None:
        raise RuntimeError("Rossi, Anna")

    monkeypatch.setattr(main, "patients", broken)
    told = refused(capsys, "patients", "--clinic", demo)
    assert "Something went wrong inside the program." in told
    assert "Rossi" not in told + caplog.text
    assert "RuntimeError" in caplog.text
    caplog.clear()


def test_a_page_that_cannot_be_written(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "none" / "page.pdf"
    assert "cannot be written" in refused(capsys, "report", "004711", "-o", path, "--clinic", demo)


@pytest.mark.parametrize(
    "words", [["summary", "1", "--on", "2020-02-30"], ["demo", "--patients", "-3"], ["nothing"]]
)
def test_words_that_make_no_sense(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main.main(words)
    assert stopped.value.code == 2
    assert capsys.readouterr().out == ""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a display is Linux's own matter")
@pytest.mark.parametrize("display", some(["", "localhost:4711", "nonsense", ":4711"]))
def test_without_a_display_a_sentence(display: str, tmp_path: Path) -> None:
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"QT_QPA_PLATFORM", "WAYLAND_DISPLAY"}
    }
    stale = {"WAYLAND_DISPLAY": "wayland-9", "XDG_RUNTIME_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, str(HERE / "main.py")],
        env={**environment, **stale, "DISPLAY": display, "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("The window cannot be opened")
    assert done.stdout == ""


def test_who_has_no_photograph_has_no_page_of_them(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "page.pdf"
    words = ("report", "004711", "-o", path, "--clinic", demo, "--kind", "photographs")
    assert "No photograph of this patient is recorded" in refused(capsys, *words)
    assert not path.exists()


def test_a_backup_is_made_while_the_clinic_is_open(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("backup", tmp_path, "--clinic", demo)
    with Clinic.open(demo, DEMO_USER, DEMO_PASSWORD) as clinic:
        first = said(capsys, *words)
        (made,) = clinic.backups.listing(tmp_path)
        again = said(capsys, *words)
        assert len(clinic.backups.listing(tmp_path)) == 1
    assert first == f"Backed up and checked: {made.path}, {made.size_words}.\n"
    assert again.endswith(f"No longer kept: {made.path.name}\n")


def test_a_backup_into_no_folder_is_refused(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = refused(capsys, "backup", tmp_path / "none", "--clinic", demo)
    assert "is not there, or its drive is not connected" in text
    assert not (tmp_path / "none").exists()


def test_help_says_what_each_kind_of_report_is(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main.main(["report", "--help"])
    text = capsys.readouterr().out
    lines = [line.split(maxsplit=1) for line in text.splitlines()]
    for kind, report in REPORTS.items():
        assert [kind, report.help] in lines
    assert "the patient's number" in text
    assert "the PDF file" in text


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main.main(["--help"])
    text = capsys.readouterr().out
    for name in ("create", "demo", "patients", "summary", "report", "worklist", "check", "audit"):
        assert name in text
