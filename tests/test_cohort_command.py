"""`cohort` on the command line: published data entered as patients, and what cannot be asked."""

import datetime as dt
import json
import re
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

import main
from models.population import Origin, Population
from models.store.audit import Action
from models.store.clinic import Clinic
from models.store.trail_search import Asked
from tests.conftest import PASSWORD, USER
from tests.models import builders as a
from ui import command_arguments
from ui.cohort_asked import FACTORS

Run = Callable[..., tuple[int, str, str]]
START, ON = dt.date(2019, 1, 1), "2021-01-01"
TREATED, PLACEBO = "mercaptopurine", "placebo"
IN_REMISSION = {
    TREATED: "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+",
    PLACEBO: "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23",
}
"""Weeks, + where still in remission: Freireich, Blood 1963; Gehan, Biometrika 1965."""


@pytest.fixture
def trial(clinic: Clinic) -> Path:
    """A closed clinic with the trial's patients; what came to an end is entered as a death."""
    records = []
    for drug, times in IN_REMISSION.items():
        for number, told in enumerate(times.split()):
            whose = uuid.uuid5(uuid.NAMESPACE_OID, f"{drug} {number}")
            last = START + dt.timedelta(weeks=int(told.removesuffix("+")))
            goes_on = told.endswith("+")
            records += [
                a.patient(id=whose, mrn=f"{drug}{number}", death_date=None if goes_on else last),
                a.diagnosis("2018-12-01", patient=whose),
                a.line(START, drug=drug, patient=whose),
                a.visit("2018-12-01", patient=whose),
            ]
            records += [a.visit(last, patient=whose)] if goes_on else []
    clinic.save_all(records)
    clinic.close()
    return clinic.folder


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """`cohort` on a clinic: its exit status, what it prints and what it says."""
    (tmp_path / "secret").write_text(PASSWORD)

    def done(folder: Path, *words: object) -> tuple[int, str, str]:
        who = ("--clinic", folder, "--user", USER, "--password-file", tmp_path / "secret")
        status = main.main(["cohort", "--on", ON, *map(str, (*words, *who))])
        found = capsys.readouterr()
        return status, found.out, found.err

    return done


def told(run: Run, folder: Path, *words: object) -> dict[str, Any]:
    status, out, said = run(folder, *words, "--json")
    assert (status, said) == (0, "")
    found: dict[str, Any] = json.loads(out)
    return found


def went_out(folder: Path) -> list[dict[str, str]]:
    """What was exported and whereto, for each patient."""
    asked, found, before = Asked(actions=frozenset({Action.EXPORTED})), [], None
    with Clinic.open(folder, USER, PASSWORD) as clinic:
        while rows := clinic.trail.search(asked, before).rows:
            found += [row.change.new for row in rows if row.change]
            before = rows[-1].sequence
    return found


def test_6_mercaptopurine_as_published(run: Run, trial: Path) -> None:
    found = told(run, trial, "--by", "treatment")
    assert (found["origin"], found["endpoint"], found["by"]) == (
        "start of a treatment line",
        "os",
        "treatment",
    )
    treated, placebo = found["groups"]
    assert (treated["name"], treated["patients"], treated["events"]) == (TREATED, 21, 9)
    assert (placebo["name"], placebo["lines"], placebo["events"]) == (PLACEBO, 21, 21)
    assert (treated["median_days"]["value"], placebo["median_days"]["value"]) == (161, 56)
    assert found["log_rank"]["chi2"] == pytest.approx(16.79, abs=0.005)
    assert (found["log_rank"]["degrees"], found["log_rank"]["p"] < 0.0001) == (1, True)
    (ratio,) = found["hazard_ratios"]
    assert (ratio["group"], ratio["against"]) == (PLACEBO, TREATED)
    assert ratio["value"] == pytest.approx(4.817, abs=0.001)
    assert treated["steps"][0] == {
        "days": 42,
        "survival": pytest.approx(18 / 21),
        "low": pytest.approx(0.620, abs=0.001),
        "high": pytest.approx(0.952, abs=0.001),
        "at_risk": 21,
        "events": 3,
    }
    assert placebo["steps"][-1]["survival"] == 0
    assert placebo["steps"][-1]["low"] is None
    beyond = treated["at"][-1]
    assert (beyond["survival"], beyond["at_risk"]) == (None, 0)
    assert (found["left_out"], found["not_in_figure"], found["why_no_figure"]) == ([], [], None)
    everybody, *groups = found["response"]
    assert (everybody["lines"], everybody["overall"]["n"], len(groups)) == (42, 0, 2)
    assert any("Not randomised" in words for words in found["warnings"])
    assert any("confirmation by a clinician" in words for words in found["methods"])


def test_the_text_tells_the_same(run: Run, trial: Path) -> None:
    status, out, _said = run(trial, "--by", "treatment")
    assert status == 0
    (row,) = re.findall(r"^Mercaptopurine +21 +9 +(.*?)  ", out, re.MULTILINE)
    assert row == "5.3 (3.0 to –)"
    assert "p < 0.001" in out
    assert "Overall response" in out
    assert "Left out" not in out
    lines = out.splitlines()
    at = lines.index("Comparison of overall survival")
    assert len({len(line) for line in lines[at + 1 : at + 3]}) == 1
    assert went_out(trial) == []


def test_what_leaves_is_on_record_and_the_tables_redo_the_curve(
    run: Run, trial: Path, tmp_path: Path
) -> None:
    page, tables = tmp_path / "page.pdf", tmp_path / "tables"
    status, out, _said = run(trial, "--by", "treatment", "-o", page, "--csv", tables)
    assert (status, len(out.splitlines())) == (0, 2)
    text = PdfReader(page).pages[0].extract_text()
    assert "Cohort of 42 patients" in text
    assert "Log-rank test: p < 0.001" in text
    rows = (tables / "times.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    weeks = sorted(int(row.split(",")[4]) // 7 for row in rows if TREATED in row)
    assert weeks == sorted(int(each.strip("+")) for each in IN_REMISSION[TREATED].split())
    told(run, trial)
    for how in (
        {"report": "cohort", "to": "file"},
        {"what": "cohort tables", "to": "file"},
        {"what": "cohort", "to": "standard output"},
    ):
        assert went_out(trial).count(how) == 42


def test_a_saved_population_is_narrowed_by_what_is_said(run: Run, trial: Path) -> None:
    with Clinic.open(trial, USER, PASSWORD) as clinic:
        criteria = Population(origin=Origin.LINE, treatments=(PLACEBO,))
        clinic.populations.save(a.population(name="Blood 1963", criteria=criteria))
    found = told(run, trial, "--population", "blood 1963")
    assert (found["patients"], found["left_out"]) == (
        21,
        [{"why": f"no {PLACEBO}", "patients": 21}],
    )
    assert told(run, trial, "--population", "blood 1963", "--stage", "ia")["patients"] == 0
    assert told(run, trial, "--population", "Blood 1963", "--treatment", "plac")["patients"] == 21
    said = run(trial, "--population", "Blood 1963", "--treatment", TREATED)[2]
    assert "Nobody of the population Blood 1963 can fit what is said beside it." in said
    said = run(trial, "--population", "Blood 1964")[2]
    assert "No population is saved under the name Blood 1964" in said
    assert "Those saved: Blood 1963." in said


def test_of_names_that_differ_in_an_accent_the_exact_one_is_meant(run: Run, trial: Path) -> None:
    with Clinic.open(trial, USER, PASSWORD) as clinic:
        for name, drug in (("Sézary", TREATED), ("Sezary", PLACEBO)):
            criteria = Population(origin=Origin.LINE, treatments=(drug,), number_to=1)
            clinic.populations.save(a.population(name=name, criteria=criteria))
    for name, drug in (("Sézary", PLACEBO), ("Sezary", TREATED)):
        found = told(run, trial, "--population", name, "--line", "1")
        assert found["left_out"][0]["why"] == f"no {TREATED if drug == PLACEBO else PLACEBO}"
    assert "can fit" in run(trial, "--population", "Sezary", "--line", "2")[2]
    assert "or several are" in run(trial, "--population", "SEZARY")[2]


def test_a_year_counts_to_its_last_day_and_no_day_to_come(run: Run, trial: Path) -> None:
    assert told(run, trial, "--on", "2020")["as_of"] == "2020-12-31"
    today = command_arguments.today()
    assert told(run, trial, "--on", str(today.year))["as_of"] == today.isoformat()
    status, out, said = run(trial, "--on", "2099-01-01")
    assert (status, out) == (2, "")
    assert "1 Jan 2099 is still to come. Nothing was worked out. Give a day up to today." in said


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--stage", "IV"), "IV is no stage. Nothing was worked out. Give one of: IA; IB"),
        (("--disease", "lym"), None),
        (("--disease", "p"), "No disease's name begins with p, or several do."),
        (
            ("--treatment", "aspirin"),
            "No treatment on file begins with aspirin, or several do. Nothing was worked out."
            f" Give one of: {TREATED}; {PLACEBO}.",
        ),
        (("--disease", "x"), "No disease's name begins with x, or several do."),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(
    run: Run, trial: Path, words: tuple[str, ...], sentence: str | None
) -> None:
    status, out, said = run(trial, *words)
    if sentence is None:
        assert (status, said) == (0, "")
    else:
        assert (status, out) == (2, "")
        assert sentence in said


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--landmark", "0"), "0 is not a whole number from 1 to 240"),
        (("--line", "x"), "x is not a whole number from 1 to 99"),
        (("--by", "weight"), "invalid choice"),
    ],
)
def test_a_wrong_number_is_answered_with_what_is_right(
    run: Run, trial: Path, words: tuple[str, ...], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        run(trial, *words)
    assert sentence in capsys.readouterr().err


def test_where_nothing_can_be_told_there_is_a_sentence_and_null(run: Run, trial: Path) -> None:
    found = told(run, trial, "--endpoint", "dor", "--line", "1")
    assert (found["groups"], found["log_rank"]) == ([], None)
    assert found["follow_up_days"] == {"value": None, "low": None, "high": None}
    assert found["why_no_figure"] == "Nobody is left of whom this could be told."
    assert found["not_in_figure"] == [{"why": "no response", "units": 42}]
    nobody = told(run, trial, "--by", "rash", "--lines", "last", "--landmark", "6")
    assert (nobody["groups"], nobody["landmark_days"]) == ([], 183)
    since = told(run, trial, "--by", "mogamulizumab")
    assert (since["response"], since["lines"], len(since["groups"])) == (None, None, 1)


def test_an_empty_clinic_tells_that_there_is_nobody(run: Run, clinic: Clinic) -> None:
    clinic.close()
    status, out, _said = run(clinic.folder)
    assert status == 0
    assert "Nobody is left of whom this could be told." in out
    assert told(run, clinic.folder)["patients"] == 0


def test_a_folder_that_holds_something_is_left_alone(run: Run, trial: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    status, _out, said = run(trial, "--csv", tmp_path / "full")
    assert status == 2
    assert "is not empty" in said
    assert [each.name for each in (tmp_path / "full").iterdir()] == ["mine.txt"]


def test_the_document_names_every_option_and_every_key(run: Run, trial: Path) -> None:
    text = (Path(main.__file__).parent / "docs" / "cohort.md").read_text(encoding="utf-8")
    options = re.findall(r"--[a-z-]+", run_help())
    common = {"--help", "--clinic", "--user", "--password-file", "--output"}
    assert [each for each in options if f"`{each}" not in text and each not in common] == []
    assert [each for each in FACTORS if f"`{each}`" not in text] == []
    found = told(run, trial, "--by", "treatment")
    assert [key for key in keys_of(found) if f"`{key}`" not in text] == []


def run_help() -> str:
    (commands,) = (each for each in main.parser()._actions if each.dest == "==SUPPRESS==")
    return str(commands.choices["cohort"].format_help())  # type: ignore[index]


def keys_of(value: object) -> set[str]:
    """Of objects within objects, except the responses by which lines are counted."""
    if isinstance(value, list):
        return {key for each in value for key in keys_of(each)}
    if not isinstance(value, dict):
        return set()
    inner = {key for name, each in value.items() if name != "best" for key in keys_of(each)}
    return {*value} | inner
