"""The document that tells how to print names every report that there is."""

from pathlib import Path

import main
from reports.catalogue import REPORTS

TEXT = (Path(main.__file__).parent / "docs" / "printing.md").read_text(encoding="utf-8")


def test_it_lists_every_report_as_the_window_does() -> None:
    rows = [f"| {each.words} | `{each.kind}` | {each.help} |" for each in REPORTS.values()]
    assert [line for line in TEXT.splitlines() if line in rows] == rows
