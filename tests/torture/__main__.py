"""`make torture`: the program is killed, its files are spoilt, its disk is full, its power fails,
the files that it is to import are malformed.

Prints what was counted and ends with 1 where something is not as promised. `--quick` does a
fiftieth of it.
"""

import argparse
import os
import random
import secrets
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from models.store import wrapping
from models.store.clinic import Clinic
from tests.conftest import CHEAP, PASSWORD, USER
from tests.torture import damage, files, full_disk, kills, power_cuts, sign_ins
from tests.torture.figures import Figures

QUICK = 50
EVERY = 1000  # more than there are
IN_MEMORY = Path("/dev/shm")  # noqa: S108 - where Linux has one
Do = Callable[[Path, int, random.Random], Figures]


@dataclass(frozen=True)
class Part:
    """`n`: how many times; cut into so many `jobs` that all processors have work until the end."""

    title: str
    do: Do
    n: int
    jobs: int = 1

    def shared_out(self, divisor: int) -> Iterator[int]:
        """How many times each job does it."""
        n = max(1, self.n // divisor)
        jobs = min(self.jobs, n)
        for job in range(jobs):
            yield n // jobs + (job < n % jobs)


def _in_a_clinic(do: Do, folder: Path, n: int, rng: random.Random) -> Figures:
    Clinic.create(folder / "clinic", name="A", user=USER, password=PASSWORD)[0].close()
    return do(folder / "clinic", n, rng)


def _guessed(folder: Path, n: int, _rng: random.Random) -> Figures:
    return sign_ins.guesses(folder, n)


def _full(kind: str, _folder: Path, n: int, _rng: random.Random) -> Figures:
    """At `n` saves, each with a little more room than the one before."""
    small_disk, on_network = kind == "small disk", kind == "network"
    figures = Figures()
    if small_disk and not full_disk.can_mount():
        figures.count("left out, for no disk can be mounted here")
        return figures
    step = full_disk.NEEDED // n
    found = full_disk.run(on_network=on_network, small_disk=small_disk, step=step)
    figures.count("saved whole", found.saved)
    figures.count("refused, nothing changed", found.refused)
    figures.faults += found.faults
    return figures


PARTS = (
    Part("Killed while saving", partial(_in_a_clinic, kills.saving), 400, 10),
    Part("… while bringing up to date", kills.bringing_up_to_date, 200, 10),
    Part("… while backing up", partial(_in_a_clinic, kills.backing_up), 200, 10),
    Part("… while restoring", partial(_in_a_clinic, kills.restoring), 200, 10),
    Part("A byte is another one", damage.flips, 10_000, 40),
    Part("Malformed files offered", partial(_in_a_clinic, files.malformed), 20_000, 40),
    Part("Failed sign-ins", partial(_in_a_clinic, _guessed), 200),
    Part("Disk full while saving, log", partial(_full, "limit"), 240),
    Part("… journal of a network drive", partial(_full, "network"), 240),
    Part("… a small disk, to the last page", partial(_full, "small disk"), 30),
    Part("Power cut while saving", partial(power_cuts.cuts, "save"), EVERY),
    Part("… while backing up", partial(power_cuts.cuts, "back_up"), EVERY),
    Part("… while restoring", partial(power_cuts.cuts, "restore"), EVERY),
)


def _job(title: str, do: Do, n: int, seed: str) -> tuple[str, Figures]:
    wrapping.COST = CHEAP
    in_memory = IN_MEMORY if IN_MEMORY.is_dir() else None  # so that the disk does not set the pace
    with tempfile.TemporaryDirectory(prefix="torture-", dir=in_memory) as folder:
        try:
            return title, do(Path(folder), n, random.Random(seed))
        except Exception as error:  # of the torture itself, or a bug that it met
            return title, Figures(faults=[f"seed {seed!r}: {error!r}"])


def tortured(parts: Sequence[Part], seed: int, divisor: int = 1) -> dict[str, Figures]:
    """What was counted, by the title of each part; how far it is goes to standard error."""
    found = {part.title: Figures() for part in parts}
    with ProcessPoolExecutor(max_workers=os.cpu_count()) as workers:
        jobs = [
            workers.submit(_job, part.title, part.do, n, f"{seed} {part.title} {number}")
            for part in parts
            for number, n in enumerate(part.shared_out(divisor))
        ]
        for done, job in enumerate(as_completed(jobs), 1):
            title, figures = job.result()
            found[title] += figures
            print(f"\r{done} of {len(jobs)} jobs", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return found


def _print(found: dict[str, Figures], seed: int, seconds: float) -> None:
    width = max(map(len, found))
    for title, figures in found.items():
        print(f"{title:{width}}  {figures.words}")
    for title, figures in found.items():
        for fault in sorted(set(figures.faults)):
            print(f"NOT AS PROMISED  {title}: {fault}")
    total = sum(figures.counts[kills.KILLS] for figures in found.values())
    print(f"{total:,} kills in all; {seconds / 60:.0f} minutes, seed {seed}")


def _main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a fiftieth of it")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    parser.add_argument("--only", default="", help="parts whose title has this in it")
    asked = parser.parse_args()
    begun = time.monotonic()
    print(f"seed {asked.seed}", file=sys.stderr)
    parts = [part for part in PARTS if asked.only in part.title]
    found = tortured(parts, asked.seed, QUICK if asked.quick else 1)
    _print(found, asked.seed, time.monotonic() - begun)
    return int(any(figures.faults or figures.counts[kills.LOST] for figures in found.values()))


if __name__ == "__main__":
    sys.exit(_main())
