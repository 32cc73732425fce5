"""`make bench`, `make bench-quick`: what was measured, beside its reference and its aim.

Each topic is a module beside this one with `figures(quick)`, which tells one figure after another;
each is measured in a process of its own, so that none finds warm what another left behind.
"""

import argparse
import importlib
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from tests.bench.figures import Figure, machine, table, written

TOPICS = (
    "start",
    "sign_in",
    "find",
    "patient",
    "saving",
    "worklist",
    "timeline_screen",
    "pages",
    "batch",
    "cohort",
    "exchange",
    "memory",
    "size",
)
HERE = Path(__file__).parents[2]
BUILD = HERE / "build"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure these topics, or all of them; 1 where one of them failed."""
    asked = argparse.ArgumentParser()
    asked.add_argument("topics", nargs="*", choices=[*TOPICS, []], help="all of them by default")
    asked.add_argument("--quick", action="store_true", help="small clinics, few runs")
    asked.add_argument("--into", type=Path, help="one topic, here and now, as JSON into this file")
    given = asked.parse_args(arguments)
    if given.into:
        (topic,) = given.topics
        found = here_and_now(topic, quick=given.quick)
        given.into.write_text(json.dumps([asdict(each) for each in found]), encoding="utf-8")
        return 0
    print(", ".join(f"{name} {value}" for name, value in machine().items()), flush=True)
    topics = given.topics or [*TOPICS]
    measured = {topic: in_a_process(topic, quick=given.quick) for topic in topics}
    known = {topic: found for topic, found in measured.items() if found is not None}
    written(BUILD / ("bench-quick.json" if given.quick else "bench.json"), known)
    return 0 if len(known) == len(measured) else 1


def here_and_now(topic: str, *, quick: bool) -> list[Figure]:
    found = []
    for figure in importlib.import_module(f"tests.bench.{topic}").figures(quick):
        print(table([figure]), flush=True)
        found.append(figure)
    return found


def in_a_process(topic: str, *, quick: bool) -> list[Figure] | None:
    """None where it could not be measured: the reason stands on standard error."""
    print(f"\n{topic.replace('_', ' ')}", flush=True)
    BUILD.mkdir(exist_ok=True)
    into = BUILD / f"bench-{topic}.json"
    words = [sys.executable, "-m", "tests.bench.bench", topic, "--into", str(into)]
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    ended = subprocess.run(
        [*words, *(["--quick"] if quick else [])], cwd=HERE, env=environment, check=False
    )
    if ended.returncode:
        return None
    found = [Figure(**each) for each in json.loads(into.read_text(encoding="utf-8"))]
    into.unlink()
    return found


if __name__ == "__main__":
    sys.exit(main())
