"""After a busy day nothing of a patient lies anywhere but in the clinic's encrypted file."""

import base64
import json
import os
import random
import re
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from models.store.clinic import Clinic
from tests.torture.calls import can_trace
from tests.torture.searching import files_in, traces, traces_in
from tests.ui.print_server import MISSING, PrintServer, print_server

ROOT = Path(__file__).parents[1]
USER = "berta"
PLANTED = {
    "mrn": "QX7788123",
    "family_name": "Quillfeather",
    "given_name": "Zenobiana",
    "address": "Larkspurgasse 99",
    "note": "whispering lichen",
    "password": "seven marmots in a teapot",
    "wrong password": "seven marmots in a toaster",
}
COMMANDS = """
import contextlib, io, json, sys
import main
plan = json.load(sys.stdin)
for words, telling, code in plan["commands"]:
    sys.stdin = io.TextIOWrapper(io.BytesIO(plan["mrn"].encode()))
    heard = io.TextIOWrapper(io.BytesIO()) if telling else sys.stdout
    with contextlib.redirect_stdout(heard):
        assert main.main(words) == code
"""
"""What is typed comes by standard input; what a command is to print of patients is not heard."""
PIXELS = random.Random(5).randbytes(3 * 40 * 40)  # noqa: S311
FILE_NAME = "petunia scar"
EVERYBODY = stat.S_IRWXG | stat.S_IRWXO
WATCHED = ["strace", "-f", "--seccomp-bpf", "-qq", "-e", "trace=openat,creat"]
OPENED_TO_WRITE = re.compile(r'"([^"]+)", \S*(?:O_WRONLY|O_RDWR|O_TMPFILE|O_CREAT)')
KNOWN = re.compile(
    r"home/clinic/.*|home/\.config(/.*)?|home/Documents(/timeline-[\d-]+)?|seen|tmp/[0-9a-f]{13}"
)
"""Where the program writes; the last are descriptions of printers, which CUPS' library fetches."""


@dataclass(frozen=True)
class House:
    """A home and temporary folders of one's own."""

    root: Path

    def __post_init__(self) -> None:
        for folder in (self.home / "Documents", self.tmp, self.run, self.phone):
            folder.mkdir(parents=True)
            folder.chmod(0o700)

    @property
    def home(self) -> Path:
        return self.root / "home"

    @property
    def tmp(self) -> Path:
        return self.root / "tmp"

    @property
    def run(self) -> Path:
        return self.root / "run"

    @property
    def phone(self) -> Path:
        """Whence the photograph comes: not the program's, named after the patient."""
        return self.root / "phone" / PLANTED["family_name"]

    @property
    def clinic(self) -> Path:
        return self.home / "clinic"

    @property
    def seen(self) -> Path:
        return self.root / "seen"

    @property
    def opened(self) -> Path:
        """Which files were opened at the window, one in a line."""
        return self.root / "opened"

    @property
    def folders(self) -> tuple[Path, ...]:
        return self.home, self.tmp, self.run

    @property
    def files(self) -> list[Path]:
        return files_in(*self.folders)

    def environment(self, server: PrintServer) -> dict[str, str]:
        """Nothing of whoever runs the tests."""
        own = {"HOME": self.home, "TMPDIR": self.tmp, "XDG_RUNTIME_DIR": self.run}
        return {
            **{name: str(path) for name, path in own.items()},
            "PATH": os.environ["PATH"],
            "CUPS_SERVER": server.address,
            "QT_QPA_PLATFORM": "offscreen",
            "LC_ALL": "C.UTF-8",
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
        }


@dataclass(frozen=True)
class Day:
    house: House
    server: PrintServer
    recovery_key: str
    photograph: bytes
    said: list[bytes] = field(default_factory=list)

    @property
    def words(self) -> dict[str, bytes]:
        """What must be found nowhere."""
        middle = len(self.photograph) // 2
        return {
            **{what: word.encode() for what, word in PLANTED.items()},
            "recovery key": self.recovery_key.encode(),
            "photograph": self.photograph[middle : middle + 24],
            "pixels": PIXELS[2000:2024],
            "file name": FILE_NAME.encode(),
        }

    def at_the_window(self, picture: Path) -> None:
        paths = {"photograph": picture, "folder": self.house.clinic, "seen": self.house.seen}
        plan = PLANTED | {name: str(path) for name, path in paths.items()}
        watched = [*WATCHED, "-o", str(self.house.opened)] if can_trace() else []
        command = [*watched, sys.executable, "-m", "tests.torture.busy_day"]
        done = self._run(command, json.dumps(plan))
        assert done.returncode == -signal.SIGKILL, done.stderr.decode()
        self.said.extend((done.stdout, done.stderr))

    def at_the_command_line(self) -> None:
        report = str(self.house.home / "report.pdf")
        self._carry_out(
            self._command("summary", "-", telling=True),
            self._command("audit", "--patient", "-", telling=True),
            self._command("report", "-", "-o", report),
            self._command("backup"),
            self._command("patients", telling=True),
            self._command("check", known="wrong password", code=2),
        )
        (newest, *_older) = sorted((self.house.clinic / "backups").glob("*.db"), reverse=True)
        self._carry_out(self._command("restore", str(newest), "--yes"))

    def _carry_out(self, *commands: tuple[list[str], bool, int]) -> None:
        """One after the other, in a process of their own."""
        plan = json.dumps({"mrn": PLANTED["mrn"], "commands": commands})
        done = self._run([sys.executable, "-c", COMMANDS], plan)
        assert done.returncode == 0, done.stderr.decode()
        self.said.extend((done.stdout, done.stderr))

    def _command(
        self, *words: str, known: str = "password", telling: bool = False, code: int = 0
    ) -> tuple[list[str], bool, int]:
        file = self.house.root / known
        file.write_text(PLANTED[known])
        own = ["--clinic", str(self.house.clinic), "--password-file", str(file)]
        return [*words, *own], telling, code

    def _run(self, command: list[str], typed: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            command,
            input=typed.encode(),
            env=self.house.environment(self.server),
            cwd=self.house.home,
            capture_output=True,
            check=False,
        )


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrintServer]:
    if MISSING and "CI" not in os.environ:
        pytest.skip(f"no CUPS here: {', '.join(MISSING)} missing")
    with print_server(tmp_path_factory.mktemp("cups")) as running:
        yield running


@pytest.fixture(scope="module")
def day(server: PrintServer, tmp_path_factory: pytest.TempPathFactory) -> Day:
    """Spent at the window until it was killed, and then at the command line."""
    house = House(tmp_path_factory.mktemp("house"))
    made, key = Clinic.create(
        house.clinic, name="Skin Clinic", user=USER, password=PLANTED["password"]
    )
    made.close()
    picture = house.phone / f"{FILE_NAME}.png"
    assert QImage(PIXELS, 40, 40, QImage.Format.Format_RGB888).save(str(picture))
    spent = Day(house, server, key, picture.read_bytes())
    spent.at_the_window(picture)
    spent.at_the_command_line()
    return spent


def test_nothing_of_a_patient_is_left_outside_the_encrypted_file(day: Day) -> None:
    found = day.house.files
    assert {"clinic.db", "QtProject.conf"} <= {file.name for file in found}
    assert [file.name for file in found if file.suffix == ".pdf"]
    assert traces(day.words, [file for file in found if file.suffix != ".pdf"]) == []


@pytest.mark.skipif(not can_trace(), reason="there is no strace here")
def test_no_other_file_is_written_even_for_a_moment(day: Day) -> None:
    """Photographs are shown, pages previewed and printed without one."""
    opened = {found[1] for found in OPENED_TO_WRITE.finditer(day.house.opened.read_text())}
    ours = {name.removeprefix(f"{day.house.root}/") for name in opened}
    assert "home/clinic/clinic.db-wal" in ours
    other = {name for name in ours if not KNOWN.fullmatch(name)}
    assert other <= {"/proc/self/coredump_filter", "/dev/null"}


def test_titles_print_jobs_and_other_programs_are_told_nothing(day: Day) -> None:
    seen = day.house.seen.read_text(encoding="utf-8")
    assert "Save as PDF" in seen
    assert "'lp'" in seen
    assert "the day is over" in seen
    (job,) = day.server.jobs()
    assert job.title == "Timeline"
    assert traces_in(day.words, f"{seen} {job.title} {job.options}") == []


def test_what_the_program_says_and_logs_tells_nothing(day: Day) -> None:
    said = b"".join(day.said)
    assert said.count(b"ERROR KeyError") == 2, "two bugs were met, and logged"
    assert b"do not open the clinic" in said
    assert traces_in(day.words, said) == []


def test_a_file_that_was_saved_has_a_name_that_tells_nothing(day: Day) -> None:
    names = [file.name for file in day.house.files if file.suffix == ".pdf"]
    assert len(names) == 3
    assert traces_in(day.words, " ".join(names)) == []


@pytest.mark.skipif(os.name != "posix", reason="another system keeps files apart by folders")
def test_every_file_and_folder_is_for_its_owner_alone(day: Day) -> None:
    places = [path for folder in day.house.folders for path in folder.rglob("*")]
    assert [path for path in places if path.stat().st_mode & EVERYBODY] == []


@pytest.mark.skipif(not Path("/proc/self/coredump_filter").exists(), reason="Linux alone has one")
def test_a_crash_leaves_nothing_of_the_memory_behind() -> None:
    words = (
        "import main, resource, subprocess, sys\n"
        "print(resource.getrlimit(resource.RLIMIT_CORE))\n"
        "try: main.main(['--help'])\n"
        "except SystemExit: pass\n"
        "sys.stdout.flush()\n"
        "subprocess.run(['sh', '-c', 'ulimit -c; ulimit -Hc; cat /proc/self/coredump_filter'])"
    )
    done = subprocess.run([sys.executable, "-c", words], cwd=ROOT, check=True, capture_output=True)
    assert done.stdout.decode().split()[-3:] == ["0", "0", "00000000"]


def test_the_search_finds_words_however_they_are_written(tmp_path: Path) -> None:
    words = {"name": b"Quillfeather", "pixels": bytes(range(200, 250))}
    for number, content in enumerate(
        (
            b"is quillFEATHER here",
            "Ünd Quillfeather".encode("utf-16-le"),
            base64.b64encode(b"?Quillfeather!"),
            base64.b64encode(b"??" + "Quillfeather".encode("utf-16-be") + b"!"),
            base64.b64encode(b"???" + words["pixels"] + b"!"),
            b"..." + words["pixels"],
        )
    ):
        file = tmp_path / str(number)
        file.write_bytes(content)
        assert len(traces(words, [file])) == 1, number
    (tmp_path / "Quillfeather.txt").touch()
    (tmp_path / "other.txt").write_bytes(b"Quill feather")
    assert len(traces(words, files_in(tmp_path))) == 7
