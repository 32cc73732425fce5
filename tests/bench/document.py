"""What was measured, as tables in docs/performance.md, each beneath its own heading there."""

import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.bench.figures import Figure, number

HERE = Path(__file__).parents[2]
DOCUMENT = HERE / "docs" / "performance.md"
MEASURED = HERE / "build" / "bench.json"
HEADINGS = ("what", "at", "measured", "least to most", "beside it", "aim")
TABLE = re.compile(r"<!-- (?P<topic>\w+) -->\n.*?<!-- end -->", re.DOTALL)
ABOUT = ("topic", "ratio", "met")


def main() -> int:
    """Write the tables anew from build/bench.json; 1 where a topic has no place there."""
    measured = json.loads(MEASURED.read_text(encoding="utf-8"))
    by_topic: dict[str, list[Figure]] = {}
    for each in measured["figures"]:
        figure = Figure(**{name: value for name, value in each.items() if name not in ABOUT})
        by_topic.setdefault(each["topic"], []).append(figure)
    text = DOCUMENT.read_text(encoding="utf-8")
    placed = {found["topic"] for found in TABLE.finditer(text)} - {"machine"}
    on = ", ".join(f"{name} {value}" for name, value in measured["machine"].items())
    tables = {"machine": f"Measured on: {on}."} | {
        topic: table(found) for topic, found in by_topic.items()
    }

    def anew(found: re.Match[str]) -> str:
        topic = found["topic"]
        return f"<!-- {topic} -->\n{tables[topic]}\n<!-- end -->" if topic in tables else found[0]

    DOCUMENT.write_text(TABLE.sub(anew, text), encoding="utf-8")
    homeless = set(by_topic) - placed
    if homeless:
        print(f"without a place in {DOCUMENT}: {', '.join(sorted(homeless))}", file=sys.stderr)
    return 1 if homeless else 0


def table(figures: Sequence[Figure]) -> str:
    rows = [HEADINGS, ("---",) * len(HEADINGS), *map(_row, figures)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _row(each: Figure) -> tuple[str, ...]:
    beside = f"{each.ratio:.2f} × {each.beside}" if each.ratio is not None else ""
    missed = {True: "", False: ", **missed**", None: ""}[each.met]
    value = f"{number(each.value)} {each.unit}"
    return (
        each.what,
        each.at,
        value,
        f"{number(each.least)} to {number(each.most)}",
        beside,
        f"{each.aim}{missed}",
    )


if __name__ == "__main__":
    sys.exit(main())
