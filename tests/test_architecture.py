"""The shape of the house: which way imports point, which rooms there are, what each is for."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1]
ROOMS = ("models", "reports", "ui")
TOP_LEVEL = {"main.py", *ROOMS, "tests", "docs", "pyproject.toml", "constraints.txt", "Makefile"}
TOP_LEVEL |= {"README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE"}
TOP_LEVEL |= {".ci", ".gitignore", ".pre-commit-config.yaml"}

WRONG_IMPORTS = {
    "models/values.py": "from models import history\nimport PySide6.QtCore\n",
    "models/base.py": "import reportlab\nimport scipy\n",
    "reports/__init__.py": "import ui\n",
    "ui/__init__.py": "import sqlalchemy\n",
}


def contracts() -> list[str]:
    settings = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))
    return [contract["name"] for contract in settings["tool"]["importlinter"]["contracts"]]


def lint_imports(house: Path) -> tuple[bool, str]:
    """Whether every contract is kept in this house, and what the check says, on one line."""
    command = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [command, "--no-cache", "--no-logo"], cwd=house, capture_output=True, check=False
    )
    return done.returncode == 0, " ".join(done.stdout.decode().split())


@pytest.fixture(scope="module")
def copied_house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    house = tmp_path_factory.mktemp("house")
    shutil.copy(HOUSE / "pyproject.toml", house)
    for room in ROOMS:
        shutil.copytree(HOUSE / room, house / room, ignore=shutil.ignore_patterns("__pycache__"))
    return house


@pytest.fixture(scope="module")
def house_with_wrong_imports(copied_house: Path) -> Path:
    house = Path(shutil.copytree(copied_house, copied_house.with_name("wrong")))
    for module, wrong in WRONG_IMPORTS.items():
        with (house / module).open("a", encoding="utf-8") as text:
            text.write(wrong)
    return house


def test_imports_point_one_way() -> None:
    kept, said = lint_imports(HOUSE)
    assert kept, said


@pytest.mark.parametrize("contract", contracts())
def test_a_wrong_import_is_found(contract: str, house_with_wrong_imports: Path) -> None:
    kept, said = lint_imports(house_with_wrong_imports)
    assert not kept
    assert f"{contract} BROKEN" in said


def test_a_module_without_a_place_is_found(copied_house: Path, tmp_path: Path) -> None:
    house = Path(shutil.copytree(copied_house, tmp_path / "house"))
    (house / "models" / "helpers.py").write_text('"""A drawer."""\n', encoding="utf-8")
    kept, said = lint_imports(house)
    assert not kept
    assert "models.helpers" in said


def tracked_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "-c", f"safe.directory={HOUSE}", "ls-files", "-z"],
        cwd=HOUSE,
        capture_output=True,
        check=True,
    )
    return [Path(name) for name in listed.stdout.decode().split("\0") if name]


@pytest.mark.skipif(not (HOUSE / ".git").exists(), reason="a copy without its history")
def test_the_house_has_these_rooms_and_no_other() -> None:
    assert {path.parts[0] for path in tracked_files()} <= TOP_LEVEL


def modules() -> list[Path]:
    found = [HOUSE / "main.py"]
    for room in (*ROOMS, "tests"):
        found += sorted((HOUSE / room).rglob("*.py"))
    return found


def test_every_module_says_what_lives_in_it() -> None:
    silent = [
        module.relative_to(HOUSE).as_posix()
        for module in modules()
        if not module.read_text(encoding="utf-8").startswith('"""')
    ]
    assert silent == []
