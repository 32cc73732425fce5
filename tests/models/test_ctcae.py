"""The CTCAE terms, held against the NCI's own tables of versions 5.0 and 6.0."""

import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple
from xml.etree import ElementTree

import pytest

from models.ctcae import (
    NAMES,
    CtcaeVersion,
    Soc,
    canonical,
    grades_of,
    meaning,
    soc_of,
)
from models.values import Grade
from tests.models.published import DATA, published

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
WORKBOOK, CLEAN_COPY = "ctcae-v6.0.xlsx", "xl/worksheets/sheet2.xml"
MAPPING = "xl/worksheets/sheet4.xml"
NO_GRADE = {"", "-", "<NA>"}


class Published(NamedTuple):
    soc: str
    grades: str


Table = Mapping[str, Published]


@cache
def version_5() -> Table:
    return {
        row["term"]: Published(row["soc"], _grades(row[f"grade_{n}"] for n in range(1, 6)))
        for row in published("ctcae-v5.0.csv")
    }


@cache
def version_6() -> Table:
    _heading, *rows = _sheet(CLEAN_COPY)
    return {
        row["C"].strip(): Published(row["B"].strip(), _grades(row.get(c, "") for c in "DEFGH"))
        for row in rows
    }


def successors() -> Mapping[str, set[str]]:
    """By each term of version 5.0 the terms of 6.0 that stand for it now."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in [*_sheet(MAPPING)][2:]:
        found[row.get("C", "").strip()].add(row.get("I", "").strip())
    return found


def _grades(texts: Iterator[str]) -> str:
    return "".join(
        str(grade) for grade, text in enumerate(texts, 1) if text.strip() not in NO_GRADE
    )


def _sheet(name: str) -> Iterator[dict[str, str]]:
    """The rows of one sheet of the workbook, a text for each column's letter."""
    if not (DATA / WORKBOOK).is_file():
        pytest.skip(f"{WORKBOOK} lies beside the checkout only where the documents do")
    with zipfile.ZipFile(DATA / WORKBOOK) as workbook:
        shared = [_text(item) for item in _parsed(workbook.read("xl/sharedStrings.xml"))]
        sheet = _parsed(workbook.read(name))
    for row in sheet.iter(f"{SHEET}row"):
        yield {
            re.sub(r"\d", "", cell.attrib["r"]): shared[int(_text(cell))]
            if cell.attrib.get("t") == "s"
            else _text(cell)
            for cell in row
        }


def _parsed(xml: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(xml)  # noqa: S314 - the NCI's own workbook


def _text(element: ElementTree.Element) -> str:
    return "".join(text.text or "" for text in element.iter() if text.tag[-2:] in {"}t", "}v"})


def as_digits(grades: tuple[Grade, ...] | None) -> str:
    return "".join(str(int(grade)) for grade in grades or ())


def test_the_published_tables_are_whole() -> None:
    assert (len(version_5()), len(version_6())) == (837, 850)


@pytest.mark.parametrize("term", NAMES)
def test_every_term_has_the_published_grades_of_version_5(term: str) -> None:
    row = version_5().get(term)
    assert as_digits(grades_of(term, CtcaeVersion.V5_0)) == (row.grades if row else "")
    assert row is None or soc_of(term) == row.soc


@pytest.mark.parametrize("term", NAMES)
def test_every_term_has_the_published_grades_of_version_6(term: str) -> None:
    row = version_6().get(term)
    assert as_digits(grades_of(term, CtcaeVersion.V6_0)) == (row.grades if row else "")
    assert row is None or soc_of(term) == row.soc


def test_every_term_is_published_in_one_version_at_least() -> None:
    assert set(NAMES) <= set(version_5()) | set(version_6())


@pytest.mark.parametrize(
    ("term", "in_5", "in_6"),
    [
        ("Rash maculo-papular", "123", "12345"),
        ("Skin and subcutaneous tissue disorders - Other, specify", "12345", "12345"),
        ("Infusion related reaction", "12345", "12345"),
        ("Pruritus", "123", "123"),
        ("Erythroderma", "2345", "2345"),
        ("Stevens-Johnson syndrome", "345", "345"),
        ("Toxic epidermal necrolysis", "45", "45"),
        ("Tumor lysis syndrome", "345", "12345"),
        ("Lymphocyte count decreased", "1234", ""),
        ("Lymphopenia", "", "1"),
        ("Eczema", "123", ""),
        ("Eczematous dermatitis", "", "123"),
        ("Graft versus host disease", "", "2345"),
    ],
)
def test_what_this_disease_meets_most(term: str, in_5: str, in_6: str) -> None:
    assert as_digits(grades_of(term, "5.0")) == in_5
    assert as_digits(grades_of(term, "6.0")) == in_6


def test_a_name_stands_once_and_is_found_however_it_is_typed() -> None:
    assert len({name.casefold() for name in NAMES}) == len(NAMES)
    assert 80 <= len(NAMES) <= 100
    assert grades_of(" rash MACULO-papular ", "5.0") == (1, 2, 3)
    assert soc_of("pruritus") is Soc.SKIN


@pytest.mark.parametrize(
    ("term", "version"),
    [
        ("Drug rash", "5.0"),
        ("", "6.0"),
        ("Rash maculo-papular", "4.03"),
        ("Lymphopenia", "5.0"),
        ("Eczema", "6.0"),
    ],
)
def test_what_is_not_known_is_none(term: str, version: str) -> None:
    assert grades_of(term, version) is None


def test_a_class_is_known_whatever_the_version_and_no_class_is_invented() -> None:
    assert soc_of("Lymphopenia") is Soc.BLOOD
    assert soc_of("Lymphocyte count decreased") is Soc.INVESTIGATION
    assert soc_of("Drug rash") is None


def test_an_unknown_version_is_refused_with_the_choices() -> None:
    with pytest.raises(ValueError, match=r"7\.0 is none of 4\.03, 5\.0, 6\.0"):
        grades_of("Pruritus", "7.0")


def test_the_rash_is_offered_first_and_a_term_may_be_of_one_version_only() -> None:
    assert NAMES[0] == "Rash maculo-papular"
    assert (grades_of("Eczema", "5.0") is None, grades_of("Eczema", "6.0")) == (False, None)
    assert all(grades_of(name, "5.0") or grades_of(name, "6.0") for name in NAMES)
    assert not any(grades_of(name, "4.03") for name in NAMES)


def test_every_grade_has_a_meaning_of_its_own() -> None:
    assert len({meaning(grade) for grade in Grade}) == 5
    assert meaning(Grade.DEATH) == "death from the event"


@pytest.mark.parametrize(
    "typed", ["Rash maculopapular", " RASH MACULO-PAPULAR ", "rash maculo papular"]
)
def test_a_term_is_known_whatever_its_case_and_hyphens(typed: str) -> None:
    assert canonical(typed) == "Rash maculo-papular"
    assert grades_of(typed, "5.0") == grades_of("Rash maculo-papular", "5.0")


def test_an_unknown_term_stays_as_typed() -> None:
    assert canonical(" Blue hands ") == "Blue hands"
