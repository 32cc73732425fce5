"""The NCI's tables of CTCAE: read as they are, and refused in sentences where they are not."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from models.base import ClinicError
from models.ctcae import CtcaeVersion
from models.exchange.ctcae_files import CtcaeFile, is_ctcae, read_ctcae
from models.exchange.tables.sheets import Sheet, read_sheets
from models.values import Grade
from tests.models.ctcae_tables import HEADINGS, RASH, made_up_file, made_up_rows, unseen, write_rows
from tests.models.published import DATA, published
from tests.models.test_ctcae import CLEAN_COPY, WORKBOOK, _sheet

V5, V6 = CtcaeVersion.V5_0, CtcaeVersion.V6_0
Rows = list[list[str]]


def cells(file: CtcaeFile) -> list[tuple[str, ...]]:
    return [
        (
            *(each.meddra_code, each.soc.value, each.name),
            *(each.grades.get(grade, "") for grade in Grade),
            each.definition,
        )
        for each in file.terms
    ]


def cleaned(text: str) -> str:
    return "" if text.strip() in {"-", "<NA>"} else text.strip()


def test_every_cell_of_version_5_is_read() -> None:
    rows = published("ctcae-v5.0.csv")
    file = read_ctcae(DATA / "ctcae-v5.0.csv", unseen)
    names = ["meddra_llt_code", "soc", "term", *(f"grade_{n}" for n in range(1, 6)), "definition"]
    assert (file.version, len(file.terms), file.problems) == (V5, 837, [])
    assert cells(file) == [tuple(cleaned(row[name]) for name in names) for row in rows]
    assert [each.ncit_code for each in file.terms] == [row["ncit_code"] for row in rows]
    having = [sum(grade in each.grades for each in file.terms) for grade in Grade]
    assert having == [645, 745, 750, 551, 494]
    assert file.sha256 == hashlib.sha256((DATA / "ctcae-v5.0.csv").read_bytes()).hexdigest()


def test_every_cell_of_version_6_is_read_from_the_workbooks_clean_copy() -> None:
    _heading, *rows = _sheet(CLEAN_COPY)
    file = read_ctcae(DATA / WORKBOOK, unseen)
    assert (file.version, len(file.terms), file.problems) == (V6, 850, [])
    assert cells(file) == [tuple(cleaned(row.get(c, "")) for c in "ABCDEFGHI") for row in rows]
    assert len({each.soc for each in file.terms}) == 26


def test_only_the_grades_that_are_worded_exist(tmp_path: Path) -> None:
    file = made_up_file(tmp_path, V6)
    assert (file.version, len(file.terms), file.problems) == (V6, 850, [])
    assert dict(file.terms[0].grades) == {
        Grade.MILD: "Mild <0",
        Grade.MODERATE: "Moderate; in 6.0",
        Grade.LIFE_THREATENING: "Life-threatening",
    }


def test_a_workbook_tells_its_version_in_the_headings_or_the_sheets_name(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Notes"  # type: ignore[union-attr]
    sheet = book.create_sheet("Terms")
    heads = ["MedDRA Code", "MedDRA SOC", "CTCAE v6.0 MedDRA 28.0 Term"]
    sheet.append([*heads, *(f"Grade {n} \xa0" for n in range(1, 6)), "Definition"])
    for code, _ncit, *rest in made_up_rows(V6):
        sheet.append([int(code), *rest])
    book.save(tmp_path / "terms.xlsx")
    file = read_ctcae(tmp_path / "terms.xlsx", unseen)
    assert (file.version, len(file.terms), file.problems) == (V6, 850, [])
    assert file.terms[0].meddra_code == "10000000"


def test_where_the_file_does_not_tell_the_version_it_is_asked_for(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "terms.csv", made_up_rows(V5))
    assert read_ctcae(path, unseen).version is None
    assert read_ctcae(path, unseen, V5).version is V5
    (problem,) = read_ctcae(path, unseen, V6).problems
    assert "it has 837 of the 850 terms of CTCAE 6.0" in problem.words


def changed(row: int, column: str, text: str) -> Callable[[Rows], Rows]:
    def change(rows: Rows) -> Rows:
        rows[row - 2][HEADINGS.index(column)] = text
        return rows

    return change


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda rows: rows[:-1], "row 837: The file is not whole: it has 836 of the 837 terms"),
        (lambda rows: rows[:20], "no term of the class"),
        (changed(5, "term", RASH.upper()), "row 5, term: This term stands in row 2 already."),
        (changed(7, "term", " - "), "row 7, term: A term is missing."),
        (changed(7, "term", "<b>bold</b>"), "row 7, term: A term has no such signs in it."),
        (changed(9, "soc", "Diseases"), "row 9, soc: This is none of the 26"),
        (changed(9, "meddra_llt_code", "=cmd"), "row 9, meddra_llt_code: This is no such code."),
        (changed(9, "definition", "x" * 5001), "row 9, definition: This is longer than 5000"),
        (lambda rows: [*rows, [*rows[0][:3], "New", "", "-", "", "", ""]], "The term has no grade"),
    ],
)
def test_what_is_wrong_is_told_with_row_and_column(
    tmp_path: Path, change: Callable[[Rows], Rows], words: str
) -> None:
    path = write_rows(tmp_path / "ctcae-v5.0.csv", change(made_up_rows(V5)))
    (problem,) = read_ctcae(path, unseen).problems
    assert problem.words.startswith("ctcae-v5.0.csv, row ")
    assert words in problem.words


def test_a_missing_column_and_an_unknown_version_are_told(tmp_path: Path) -> None:
    rows = [[*row[:8], row[9]] for row in made_up_rows(V5)]
    headings = [each for each in HEADINGS if each != "grade_5"]
    file = read_ctcae(write_rows(tmp_path / "ctcae-v5.0.csv", rows, headings), unseen)
    assert "There is no column for grade 5." in [each.sentence for each in file.problems]
    file = read_ctcae(write_rows(tmp_path / "ctcae-v7.0.csv", made_up_rows(V5)), unseen)
    (problem,) = file.problems
    assert "It is of CTCAE 7.0; the program knows 4.03, 5.0, 6.0." in problem.words


def test_what_is_no_table_of_ctcae_is_refused(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "patient.csv", [["17", "Weber"]], ["mrn", "family_name"])
    assert not is_ctcae(read_sheets(path, unseen))
    with pytest.raises(ClinicError, match=r"no table of CTCAE.*Nothing was imported"):
        read_ctcae(path, unseen)
    assert not is_ctcae([Sheet("empty", [])])
