"""How long the program takes to start: to the painted sign-in page, and each command, cold.

Whole processes, from their first instruction to the last. Debian's tryton-client is measured
beside it where it, Xvfb and xdotool are installed; elsewhere that line says that it is not.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.bench.clinics import PASSWORD, USER, copied, mrn_of
from tests.bench.figures import Figure, in_turns, median

HERE = Path(__file__).parents[2]
SIZE = 1_000
WINDOW = """
import os, sys
import main
from PySide6.QtCore import QTimer
from ui.loading import Loading
Loading.start = lambda self: QTimer.singleShot(0, lambda: os._exit(0))  # it has been painted
main.main(["--clinic", sys.argv[1]])
"""
BARE = """
import os
import sqlalchemy, sqlmodel
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
window = QWidget()
window.resize(1366, 768)
window.show()
app.processEvents()
os._exit(0)
"""
IMPORTS = "import sqlalchemy, sqlmodel"
COMMANDS = ("--help", "patients", "summary --json", "report")
QUICK = ("--help", "patients")
TRYTON = ("tryton", "Xvfb", "xdotool")
OURS, FLOOR = "start to the painted sign-in page", "a bare window and its imports"


def figures(quick: bool) -> Iterator[Figure]:
    """The sign-in page beside a bare window, then the commands beside their bare imports."""
    times = 2 if quick else 9
    with copied(SIZE) as folder, a_home() as environment:
        window = {OURS: [WINDOW, str(folder)], FLOOR: [BARE]}
        taken = in_turns(
            {
                name: _python("-c", *words, environment=environment)
                for name, words in window.items()
            },
            times,
        )
        yield median(
            OURS,
            f"{SIZE:,} patients",
            taken[OURS],
            beside=FLOOR,
            reference=statistics.median(taken[FLOOR]),
            at_most=800,
            times=1.5,
        )
        if not quick:
            yield from _tryton(times, environment)
        yield from _commands(folder, QUICK if quick else COMMANDS, 1 if quick else 5, environment)


def _commands(
    folder: Path, names: Sequence[str], times: int, environment: Mapping[str, str]
) -> Iterator[Figure]:
    """Those that open the clinic do the work of its password, too."""
    page = str(folder / "page.pdf")
    who = ["--clinic", str(folder), "--user", USER]
    mrn = mrn_of("of 600 records")
    commands = {
        "--help": ["--help"],
        "patients": ["patients", *who],
        "summary --json": ["summary", mrn, "--json", *who],
        "report": ["report", mrn, "-o", page, *who],
    }
    work = {name: _python("main.py", *commands[name], environment=environment) for name in names}
    taken = in_turns(
        {IMPORTS: _python("-c", IMPORTS, environment=environment), **work}, times, before=0
    )
    floor = statistics.median(taken.pop(IMPORTS))
    for name, each in taken.items():
        at = "600 records" if mrn in commands[name] else f"{SIZE:,} patients"
        at = at if "--user" in commands[name] else "no clinic"
        yield median(f"main.py {name}", at, each, beside="bare imports", reference=floor)


def _tryton(times: int, environment: Mapping[str, str]) -> Iterator[Figure]:
    """Its sign-in dialog on a display of its own; there is no server that it could ask."""
    missing = [name for name in TRYTON if shutil.which(name) is None]
    if missing:
        print(f"tryton-client cannot be measured here: no {', '.join(missing)}", flush=True)
        return
    with _a_display() as display:
        taken = [_until_shown({**environment, "DISPLAY": display}) for _run in range(times + 1)]
    yield median("start to tryton-client's sign-in dialog", "no server", taken[1:])


def _until_shown(environment: Mapping[str, str]) -> float:
    began = time.perf_counter()
    client = subprocess.Popen(
        ["tryton"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        subprocess.run(
            ["xdotool", "search", "--sync", "--onlyvisible", "--name", "."],
            env=environment,
            check=True,
            capture_output=True,
            timeout=30,
        )
        return 1000 * (time.perf_counter() - began)
    finally:
        client.kill()
        client.wait()


@contextmanager
def _a_display() -> Iterator[str]:
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    try:
        with os.fdopen(reading) as told:
            yield f":{told.readline().strip()}"
    finally:
        server.kill()
        server.wait()


@contextmanager
def a_home() -> Iterator[dict[str, str]]:
    """Nobody's own settings are read or written."""
    with tempfile.TemporaryDirectory() as home:
        own = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"), home)
        yield {"QT_QPA_PLATFORM": "offscreen", **os.environ, **own, "CTCL_PASSWORD": PASSWORD}


def _python(*words: str, environment: Mapping[str, str]) -> Callable[[], object]:
    def run() -> None:
        subprocess.run(
            [sys.executable, *words], cwd=HERE, env=environment, check=True, capture_output=True
        )

    return run
