"""The figures of a cohort as files: every table, and times from which the curves can be redone."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest

from models.cohort.factors import Factor
from models.cohort.figure_table import Figure
from models.cohort.figures import CohortFigures, figures_of
from models.cohort.question import Outcome, Question
from models.exchange.cohort_tables import cohort_files, few_words
from models.exchange.outgoing import write_into
from models.survival.kaplan_meier import kaplan_meier
from models.survival.times import Times
from models.values import DAYS_PER_MONTH
from tests.models.cohort import members as m


def some() -> CohortFigures:
    """Twelve lines of nine patients, in two groups; the last of them was first seen late."""
    members = [
        m.member(
            *(
                m.treated(
                    stage="IB" if number % 2 else "IVA1",
                    number=line,
                    progression_free=m.ended(30 * line + number),
                    seen_from=20 if number == 8 else 0,
                )
                for line in range(1, 3 if number < 3 else 2)
            ),
            name=f"Ottokar{number}",
        )
        for number in range(9)
    ]
    question = Question(Outcome.PFS, Factor.STAGE, delayed_entry=True)
    return figures_of(m.by_line(*members, which="every one that fits"), question)


def written(folder: Path, figures: CohortFigures) -> dict[str, list[list[str]]]:
    write_into(folder, cohort_files(figures))
    found = {}
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            found[path.stem] = [*csv.reader(file)]
    return found


def test_every_table_is_a_file_of_the_same_figures(tmp_path: Path) -> None:
    figures = some()
    found = written(tmp_path / "out", figures)
    assert found.keys() == {table.key for table in figures.tables} | {"times", "figures"}
    for table in figures.tables:
        titles, *rows = found[table.key]
        assert titles == [*table.columns]
        assert rows == [[figure.words for figure in row] for row in table.rows]


def test_figures_can_be_computed_with(tmp_path: Path) -> None:
    figures = some()
    titles, *rows = written(tmp_path / "out", figures)["figures"]
    told = {tuple(row[:3]): dict(zip(titles, row, strict=True)) for row in rows}
    rate = told["response-rates", "Overall response", "All"]
    assert (rate["k"], rate["n"], rate["value"], rate["low"]) == ("0", "12", "0", "0")
    assert float(rate["high"]) == pytest.approx(1 - 0.025 ** (1 / 12), rel=1e-5)
    assert (rate["unit"], rate["low_to_high"]) == ("share of 1", "95 % confidence interval")
    median = told["survival-estimates", "IVA1", "Median, months"]
    (group,) = (each for each in figures.survival.groups if each.name == "IVA1")
    days = group.curve.median.value or 0.0
    assert float(median["value"]) == pytest.approx(days / DAYS_PER_MONTH, rel=1e-5)
    assert told["survival-estimates", "IVA1", "Lines"]["value"] == str(len(group.subjects))
    tests = [row for row in told.values() if row["unit"] == "p value"]
    assert tests
    assert all(0 <= float(row["value"]) <= 1 for row in tests)
    assert "–" not in {row["words"] for row in told.values()}


def test_from_the_times_the_curves_are_redone(tmp_path: Path) -> None:
    figures = some()
    titles, *rows = written(tmp_path / "out", figures)["times"]
    told = [dict(zip(titles, row, strict=True)) for row in rows]
    assert [row["number"] for row in told] == [str(n) for n in range(1, 13)]
    assert len({row["patient"] for row in told}) == 9
    for group in figures.survival.groups:
        of_group = [row for row in told if row["group"] == group.name]
        times = Times.of(
            [float(row["exit_days"]) for row in of_group],
            [row["event"] == "yes" for row in of_group],
            [float(row["entry_days"]) for row in of_group],
        )
        assert (kaplan_meier(times).survival == group.curve.survival).all()
    assert {row["entry_days"] for row in told} == {"0", "20"}


def test_no_name_leaves_and_the_numbers_do_not_follow_the_names(tmp_path: Path) -> None:
    figures = some()
    found = written(tmp_path / "out", figures)
    everything = " ".join(path.read_text("utf-8-sig") for path in (tmp_path / "out").iterdir())
    assert "Ottokar" not in everything
    days = [int(row[4]) for row in found["times"][1:]]
    assert [row[2] for row in found["times"][1:]] == sorted(row[2] for row in found["times"][1:])
    assert days != [unit.line.progression_free.days for unit in figures.selection.units]  # type: ignore[union-attr]


def test_what_comes_along_tells_how_and_warns_of_small_groups(tmp_path: Path) -> None:
    figures = some()
    written(tmp_path / "out", figures)
    told = (tmp_path / "out" / "methods.txt").read_text("utf-8-sig")
    for words in (*figures.methods, *figures.warnings, few_words(figures.tables)):
        assert words in told
    assert "fewer than 5 patients" in told


def test_what_a_spreadsheet_would_take_for_a_formula_is_guarded() -> None:
    figures = some()
    rows = ((Figure("=1+1"), Figure("-45 %")),)
    table = replace(figures.counted, columns=("", "@home"), rows=rows)
    files = {each.name: each.content for each in cohort_files(replace(figures, counted=table))}
    content = files["who-was-counted.csv"].decode("utf-8-sig")
    assert [*csv.reader(io.StringIO(content))] == [["", "'@home"], ["'=1+1", "'-45 %"]]


def test_where_many_stand_behind_every_figure_nothing_is_warned_of() -> None:
    assert few_words(()) == "No name is told."
