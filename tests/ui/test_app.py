"""What is told where no window can open."""

import socket
from pathlib import Path

import pytest

from models.base import ClinicError
from ui import app

VARIABLES = ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY")


@pytest.fixture(autouse=True)
def no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


def test_without_a_display_the_program_says_so(tmp_path: Path) -> None:
    with pytest.raises(ClinicError) as refused:
        app.run(tmp_path / "clinic")
    assert refused.value.happened == "The window cannot be opened: no display is set."
    assert "main.py --help" in refused.value.next_step
    assert not (tmp_path / "clinic").exists()


@pytest.mark.parametrize("display", [":98765", "unix:98765", ":98765.0", "nonsense"])
def test_a_display_that_does_not_answer_is_named(
    display: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", display)
    with pytest.raises(ClinicError, match=display):
        app.check_display()


def test_a_display_of_another_machine_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        monkeypatch.setenv("DISPLAY", f"127.0.0.1:{port - app.FIRST_X_PORT}.0")
        app.check_display()
    with pytest.raises(ClinicError, match="does not answer"):
        app.check_display()


def test_a_wayland_display_is_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    with pytest.raises(ClinicError):
        app.check_display()
    (tmp_path / "wayland-0").touch()
    app.check_display()


def test_who_names_a_platform_is_left_to_qt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    app.check_display()


def test_other_systems_always_have_a_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    app.check_display()
