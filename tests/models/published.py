"""The tables that the clinic's documents keep beside the checkout, where they are."""

import csv
from pathlib import Path

import pytest

DATA = Path(__file__).parents[3] / "shared" / "data"


def published(name: str) -> list[dict[str, str]]:
    """The rows of a published table; the test is skipped where the table is not at hand."""
    if not (DATA / name).is_file():
        pytest.skip(f"{name} lies beside the checkout only where the documents do")
    with (DATA / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))
