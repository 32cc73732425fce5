"""Fonts that stand in for what Roboto lacks, read back from a PDF with other code than wrote it."""

import io
import subprocess
import sys

import pytest
from pypdf import PdfReader

from reports import fallback
from reports.fallback import roboto, typeface_for
from reports.paper_canvas import PaperCanvas
from reports.shaping import runs
from reports.type import BOLD, PLAIN, Look, printable, write
from tests.reports.page_words import needs_poppler, pages_of

NOBODYS = "\U00013000"  # a hieroglyph

NAMES = {
    "Roboto": ("Łukasz Żółć", "Ελένη", "Євген", "Nguyễn Thị Hồng", "x̄ q̃"),
    "FiraGO": ("محمد", "السلام", "شَدّة", "שלום", "שָׁלוֹם", "हिन्दी", "ก็ ที่นี่", "გიორგი"),
}
FAR_EAST = ("王小明", "山田太郎 やまだ", "김민수")


def page(*texts: str, look: Look = PLAIN) -> bytes:
    buffer = io.BytesIO()
    canvas = PaperCanvas(buffer, pagesize=(400, 40 * len(texts) + 20), invariant=1)
    for row, text in enumerate(texts):
        write(canvas, 20, 20 + 40 * row, text, look)
    canvas.save()
    return buffer.getvalue()


def read(pdf: bytes) -> str:
    return "".join(PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split())


def fonts(pdf: bytes) -> tuple[set[str], set[str]]:
    """The names of those that are embedded, and of those that are not."""
    embedded, missing = PdfReader(io.BytesIO(pdf)).pages[0]._get_fonts()
    return {name.partition("+")[2].partition("-")[0] for name in embedded}, missing


@pytest.mark.parametrize(("font", "name"), [(f, n) for f, names in NAMES.items() for n in names])
@pytest.mark.parametrize("look", [PLAIN, BOLD])
def test_a_name_is_printed_and_can_be_read(font: str, name: str, look: Look) -> None:
    pdf = page(name, look=look)
    assert read(pdf) == "".join(name.split())
    assert font in fonts(pdf)[0]
    assert not fonts(pdf)[1]


@pytest.mark.parametrize("name", FAR_EAST)
def test_the_far_east_is_printed_where_the_system_has_a_font(name: str) -> None:
    pdf = page(name)
    assert read(pdf) == "".join(printable(name).split())
    assert printable(name) == name or f"[U+{ord(name[0]):04X}]" in read(pdf)


@needs_poppler
@pytest.mark.parametrize("name", ["क्षत्रिय", "น้ำ", "किताब"])
def test_what_is_drawn_in_another_order_is_told_in_its_own(name: str) -> None:
    run = ["pdftotext", "-", "-"]
    told = subprocess.run(run, input=page(name), capture_output=True, check=True)
    assert told.stdout.decode().strip() == name


def test_no_font_is_named_that_is_not_embedded() -> None:
    assert fonts(page("Anna")) == ({"Roboto"}, set())


def test_what_no_font_has_is_written_as_its_number() -> None:
    assert read(page(f"a{NOBODYS}b", "\ue000")) == "a[U+13000]b[U+E000]"


def test_marks_that_would_run_through_other_lines_are_written_as_numbers() -> None:
    assert printable("x" + 5 * "\u0301") == "x" + 4 * "\u0301" + "[U+0301]"
    assert printable("שָּׁ֑") == "שָּׁ֑"


def test_the_same_page_whatever_was_printed_before() -> None:
    first = page("محمد क्षत्रिय")
    page("عائشة ज्ञान", "حسين")
    assert page("محمد क्षत्रिय") == first


@needs_poppler
@pytest.mark.parametrize("marks", ["", "\u0301", "\u0301\u0301", "\u0301\u0301\u0301"])
def test_what_follows_marks_on_a_letter_stands_on_its_line(marks: str) -> None:
    (printed,) = pages_of(page(f"x{marks}", f"x{marks}y", "z"))
    letters = [word for word in printed.words if word.text[0] in "xyz"]
    assert {round(word.bottom % 40, 2) for word in letters} == {0.06}


def test_letters_of_arabic_are_joined_and_stand_from_the_right() -> None:
    (word,) = runs("محمد", False)
    assert not set(word.signs) & set("محمد")
    (apart,) = runs("د", False)
    assert apart.signs == "د"
    (hebrew,) = runs("שלום", False)
    assert hebrew.signs == "שלום"[::-1]


def test_a_font_that_cannot_be_embedded_is_passed_over(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    broken = tmp_path / "arial.ttf"
    broken.write_bytes(b"\0\1\0\0 this is no font")
    monkeypatch.setattr(fallback, "_of_the_system", lambda: (broken,))
    assert typeface_for("\U00013001", False) is None


def test_a_font_of_the_system_is_found_by_its_file_name(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    place = tmp_path / "deep" / "MSYH.ttc"
    place.parent.mkdir()
    place.write_bytes(b"")
    (tmp_path / "unknown.ttf").write_bytes(b"")
    monkeypatch.setattr(fallback, "FOLDERS", (str(tmp_path),))
    assert fallback._of_the_system.__wrapped__() == (place,)


def test_ordinary_pages_read_no_other_font() -> None:
    code = (
        "from tests.reports.test_fonts import page; page('Anna Łukasz ≥ 5 µL'); import sys;"
        "print({'pymupdf_fonts', 'bidi'} & set(sys.modules))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert told.stdout.decode().strip() == "set()"


def test_roboto_is_read_once() -> None:
    assert roboto(False) is roboto(False)
    assert typeface_for("a", False) is roboto(False)
