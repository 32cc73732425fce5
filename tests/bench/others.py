"""The same page made by other programs: a picture of the chart, and a table of the same rows."""

import io
import json
from collections.abc import Callable
from html import escape
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

FONTS = Path(str(find_spec("font_roboto").origin)).parent / "files"  # type: ignore[union-attr]
RUN = "@RUN@"

STYLE = """
@font-face {{ font-family: Roboto; src: url({fonts}/Roboto-Regular.ttf); font-weight: 400 }}
@font-face {{ font-family: Roboto; src: url({fonts}/Roboto-Medium.ttf); font-weight: 500 }}
@page {{ size: A4 landscape; margin: 12mm;
  @bottom-right {{ content: "page " counter(page) " of " counter(pages); font: 7pt Roboto }} }}
body {{ margin: 0; font: 8.5pt Roboto }}
svg {{ display: block; break-after: page }}
table {{ width: 100%; border-collapse: collapse }}
th {{ text-align: left; font-size: 7pt; font-weight: 400; color: #5A6470 }}
td, th {{ border-bottom: 0.35pt solid #D5DAE0; padding: 2pt 8pt 3pt 0; vertical-align: top }}
tr {{ break-inside: avoid }}
"""
TYPST = """
#set page("a4", flipped: true, margin: 12mm, numbering: "1 of 1")
#set text(font: "Roboto", size: 8.5pt)
#image(bytes(sys.inputs.chart), format: "svg", height: 95%)
#pagebreak()
#let rows = json(bytes(sys.inputs.rows))
#table(columns: (64pt, 78pt, 44pt, 102pt, 1fr), stroke: (bottom: 0.35pt), inset: 2.5pt,
  table.header(..rows.first().map(cell => text(7pt, cell))),
  ..rows.slice(1).flatten())
"""


def source(chart: str, rows: list[list[str]]) -> dict[str, str]:
    """What each program reads; `@RUN@` in it is told apart from run to run."""
    rows = [[*cells[:-1], f"{cells[-1]} {RUN}"] for cells in rows]
    head, *body = ["".join(f"<td>{escape(cell)}</td>" for cell in cells) for cells in rows]
    table = "".join(f"<tr>{cells}</tr>" for cells in body)
    head = head.replace("td>", "th>")
    return {
        "html": f'<html lang="en"><head><style>{STYLE.format(fonts=FONTS.as_uri())}</style></head>'
        f"<body>{chart}<table><thead><tr>{head}</tr></thead>{table}</table></body></html>",
        "chart": chart,
        "rows": json.dumps(rows),
    }


def weasyprint(given: dict[str, str]) -> bytes:
    found: bytes = import_module("weasyprint").HTML(string=given["html"]).write_pdf()
    return found


def plutoprint(given: dict[str, str]) -> bytes:
    program: Any = import_module("plutoprint")
    book = program.Book(program.PAGE_SIZE_A4.landscape(), program.PAGE_MARGINS_NONE)
    book.load_html(given["html"])
    buffer = io.BytesIO()
    book.write_to_pdf_stream(buffer)
    return buffer.getvalue()


def typst(given: dict[str, str]) -> bytes:
    inputs = {"chart": given["chart"], "rows": given["rows"]}
    compiled: bytes = import_module("typst").compile(
        TYPST.encode(), font_paths=[str(FONTS)], ignore_system_fonts=True, sys_inputs=inputs
    )
    return compiled


PROGRAMS: dict[str, Callable[[dict[str, str]], bytes]] = {
    "WeasyPrint": weasyprint,
    "Typst": typst,
    "PlutoPrint": plutoprint,
}


def why_not(name: str) -> str:
    """Why a program cannot be measured here; empty where it can."""
    try:
        import_module(name.lower())
    except (ImportError, OSError) as error:
        return str(error).splitlines()[0]
    return ""


def on_run(given: dict[str, str], run: int) -> dict[str, str]:
    """The same page with other words, so that nothing is taken from the page before."""
    return {key: text.replace(RUN, f"{run:03}") for key, text in given.items()}
