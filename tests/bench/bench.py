"""`make bench`: pages and those of others, commands, the window, Find, an import, a cohort."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from models.history import History
from models.summary import as_of
from models.timeline import timeline
from reports.asked import Asked
from reports.timeline import build_timeline
from tests.bench import cohort, find, importing, pages, timeline_screen
from tests.bench.case import AS_OF, PRINTING, the_case

HERE = Path(__file__).parents[2]
WINDOW = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from ui import theme
from ui.main_window import MainWindow
app = QApplication([])
theme.follow_system(app)
window = MainWindow(Path(sys.argv[1]))
window.show()
app.processEvents()
assert not window.grab().isNull()
window.shut_down()
"""


def main() -> None:
    case = the_case()
    say("course worked out and timeline laid out, warm", measured(lambda: work_out(case), 20))
    say("timeline page of the case, warm", measured(lambda: printed(case), 10))
    with tempfile.TemporaryDirectory() as folder:
        clinic = Path(folder) / "clinic"
        run = [sys.executable, "main.py"]
        say("demo clinic, whole command", measured(command([*run, "demo", "--clinic", clinic]), 3))
        page = Path(folder) / "page.pdf"
        report = [*run, "report", "004711", "-o", page, "--clinic", clinic]
        say("report of the case, whole command", measured(command(report), 5))
        summary = [*run, "summary", "004711", "--json", "--clinic", clinic]
        say("summary of the case, whole command", measured(command(summary), 5))
        window = [sys.executable, "-c", WINDOW, clinic]
        say("start to a painted window, whole process", measured(command(window), 5))
    find.main()
    timeline_screen.main()
    pages.main()
    importing.main()
    cohort.main()


def work_out(case: History) -> None:
    summary = as_of(case, AS_OF)
    assert summary.standing
    assert timeline(summary.history, AS_OF).axis


def printed(case: History) -> None:
    build_timeline(Asked(case, AS_OF), PRINTING)


def command(words: list[object]) -> Callable[[], None]:
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}

    def run() -> None:
        subprocess.run(
            [str(word) for word in words],
            cwd=HERE,
            check=True,
            capture_output=True,
            env=environment,
        )

    return run


def measured(work: Callable[[], None], times: int) -> list[float]:
    """Milliseconds of each run, after one that does not count."""
    work()
    taken = []
    for _run in range(times):
        began = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - began))
    return taken


def say(what: str, taken: list[float]) -> None:
    least, middle, most = min(taken), statistics.median(taken), max(taken)
    print(f"{what:52} {middle:8.0f} ms   ({least:.0f} to {most:.0f})")


if __name__ == "__main__":
    main()
