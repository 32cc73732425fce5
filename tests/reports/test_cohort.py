"""The cohort report as it is printed, read with other code than wrote it."""

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import replace

import pytest
from pypdf import PdfReader

from models.cohort.factors import Factor
from models.cohort.figure_table import Figure, FigureTable
from models.cohort.figures import figures_of
from models.cohort.member import Member
from models.cohort.question import Outcome, Question
from models.cohort.response_facts import State
from models.cohort.selection import Selection
from models.response import Response
from reports.asked import Printing
from reports.catalogue import COHORT, cohort_report
from reports.cohort import MOST_LANES, build_cohort
from reports.figure_table import figure_table
from reports.kit import Page, build
from tests.models.cohort import members as m
from tests.reports.good_page import complaints
from tests.reports.page_words import needs_poppler

PFS = Question(Outcome.PFS)
DRUGS = ("mogamulizumab", "bexarotene", "total skin electron beam therapy", "gemcitabine", "PUVA")


def patients(n: int) -> list[Member]:
    """Each with a line of so many weeks, every other of them still going on."""
    made = []
    for number in range(n):
        days = 40 + number * 7
        last = (m.ended if number % 2 else m.ongoing)(days)
        drug = DRUGS[number % len(DRUGS)]
        line = m.treated(
            regimen=drug,
            drugs=(drug,),
            start=dt.date(2018, 1, 1) + dt.timedelta(days=number),
            on_treatment=last,
            progression_free=last,
            time_to_next_treatment=last,
            overall_survival=m.ongoing(days + 60),
            time_to_response=m.ended(28) if number % 3 else None,
            response=m.response(
                Response.PR if number % 3 else Response.SD,
                states=(State(28, Response.PR if number % 3 else Response.SD),),
            ),
            events=(m.event(emergent=True),),
        )
        made.append(m.member(line, name=f"Ottokar{number}", mrn=f"MRN{number}"))
    return made


def report(selection: Selection, question: Question, printing: Printing, **more: object) -> bytes:
    return build_cohort(figures_of(selection, question), printing, **more)  # type: ignore[arg-type]


def pages(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def headings(pdf: bytes) -> list[str]:
    found = PdfReader(io.BytesIO(pdf)).outline
    return [each.title for each in found]  # type: ignore[union-attr]


@needs_poppler
@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("n", [0, 1, 20, 200])
def test_however_many_there_are_the_pages_are_sound_and_always_the_same(
    n: int, paper: str, printing: Printing
) -> None:
    printing, question = replace(printing, paper=paper), replace(PFS, factor=Factor.TREATMENT)
    selection = m.by_line(*patients(n))
    pdf = report(selection, question, printing)
    assert complaints(pdf, "Cohort report · as of 1 November 2026 · printed 30 Apr 2020") == []
    assert pdf == report(selection, question, printing)
    text = " ".join(pages(pdf))
    assert f"Cohort of {n} patient" in text
    assert "Ottokar" not in text
    assert "MRN" not in text


def test_it_tells_each_part_in_its_order(printing: Printing) -> None:
    pdf = report(m.by_line(*patients(20)), PFS, printing)
    wanted = ["Survival", "Progression-free survival", "Best response", "Course of each line"]
    wanted += ["Adverse events", "Doses given against doses planned", "Who was counted"]
    wanted += ["Who was left out", "Methods"]
    found = headings(pdf)
    assert [each for each in found if each in wanted] == wanted
    first = pages(pdf)[0]
    assert "From the start of a treatment line, the first that fits" in first
    for figure in ("20\npatients", "10\nevents", "13 of 20 (65 %)\noverall response"):
        assert figure in first


def test_from_the_diagnosis_nothing_is_told_that_belongs_to_a_line(printing: Printing) -> None:
    lived = [replace(each, overall_survival=m.ended(500)) for each in patients(12)]
    pdf = report(m.from_diagnosis(*lived), Question(), printing)
    text = " ".join(pages(pdf))
    assert "belongs to a treatment line" not in text
    assert {"Best response", "Course of each line", "Adverse events"}.isdisjoint(headings(pdf))
    assert "CLIPI" in text
    assert "16.4" in pages(pdf)[0]


@pytest.mark.parametrize("section", COHORT.sections, ids=lambda each: each.key)
def test_each_section_can_be_left_out_and_that_is_said(section: object, printing: Printing) -> None:
    key, title = section.key, section.words  # type: ignore[attr-defined]
    selection = m.by_line(*patients(12))
    whole = report(selection, PFS, printing)
    less = report(selection, PFS, printing, without={key})
    assert len(headings(less)) < len(headings(whole))
    assert all(f"Left out: {title[0].lower()}{title[1:]}." in text for text in pages(less))


def test_few_behind_a_figure_are_told_of_on_every_page(printing: Printing) -> None:
    for text in pages(report(m.by_line(*patients(12)), PFS, printing)):
        assert "stand fewer than 5 patients: somebody who knows them may recognise them." in text


def test_only_figures_that_are_printed_count_as_told(printing: Printing) -> None:
    selection = m.by_line(*patients(6))
    sections = [each.key for each in cohort_report(by_line=True).sections]
    without = frozenset(sections) - {"methods"}
    for text in pages(report(selection, Question(), printing, without=without)):
        assert "No name is told." in text


def test_of_very_many_lanes_some_are_drawn_and_that_is_said(printing: Printing) -> None:
    selection = m.by_line(*patients(MOST_LANES + 5))
    text = " ".join(pages(report(selection, PFS, printing)))
    words = f"Of {MOST_LANES + 5} lines the first {MOST_LANES} are shown, sorted by follow-up."
    assert "Course of each line (continued)" in text
    assert words in " ".join(text.split())


def on_paper(columns: Sequence[str], rows: Sequence[Sequence[str]], printing: Printing) -> bytes:
    figures = tuple(tuple(Figure(words) for words in row) for row in rows)
    table = FigureTable("made-up", "Table", tuple(columns), figures, "A note under it.")
    page = Page("Table", "Table", "Table")
    return build(page, printing, figure_table(table, 527))


@needs_poppler
def test_a_wide_table_goes_on_below_itself_and_no_heading_is_cut(printing: Printing) -> None:
    columns = ["", *(f"{drug} and something else" for drug in DRUGS * 2)]
    rows = [["Overall", *(["110 of 219 (50 %, 95 % CI 43 to 57)"] * 10)]] * 3
    pdf = on_paper(columns, rows, printing)
    assert complaints(pdf) == []
    (text,) = pages(pdf)
    assert "…" not in text
    assert text.count("Overall") > 3
    assert text.count("(50 %, 95 % CI 43 to 57)") == 30
    assert text.count("A note under it.") == 1


@needs_poppler
def test_seven_columns_of_rates_stand_beside_each_other(printing: Printing) -> None:
    selection = m.by_line(*(replace(each, stage="IB") for each in patients(40)))
    (rates, *_more) = figures_of(selection, PFS).response.tables
    wide = replace(
        rates,
        columns=("", "All", *(f"Stage {n}" for n in ("IA", "IB", "IIA", "IIB", "IVA1", "IVA2"))),
        rows=tuple((row[0], *[row[1]] * 7) for row in rates.rows),
    )
    pdf = build(Page("Table", "Table", "Table"), printing, figure_table(wide, 527))
    assert complaints(pdf) == []
    (text,) = pages(pdf)
    assert "continued" not in text
    assert text.count("n = 40") == 7
    assert text.count("26 (65 %)") == text.count("48 to 79") >= 7
    assert "Below each share: its 95 % confidence interval in %." in text


@needs_poppler
@pytest.mark.parametrize("n", range(42, 52))
def test_a_note_stays_with_the_last_row(n: int, printing: Printing) -> None:
    rows = [[f"row {place}.", "1"] for place in range(n)]
    pdf = on_paper(["", "n"], rows, printing)
    assert complaints(pdf) == []
    last = pages(pdf)[-1]
    assert "A note under it." in last
    assert f"row {n - 1}." in last
