"""The program knows which version it is."""

import tomllib
from pathlib import Path

from models.version import VERSION


def test_it_is_the_version_of_the_project() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())
    assert project["project"]["version"] == VERSION
