"""Good files made bad: cut, garbled, swapped, swollen, contradicting themselves."""

import csv
import io
import json
import random
import re
import zipfile
from collections.abc import Callable
from typing import Any

from tests.torture.flips import flipped_at

Files = dict[str, bytes]
Harm = Callable[[bytes, random.Random], bytes]
ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a0 "aaaaaaaaaa">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 9}">' for n in range(1, 9))
    + "]><x>&a8;</x>"
)
CELLS = (
    *("=cmd|' /C calc'!A0", "=1+1", "+1", "@x", "-", "'", "'='", '"', ";", "\n", "\t", "none", "?"),
    *(
        "n/a",
        "12.3.17",
        "3/25/2017",
        "3/4/2017",
        "31.2.2017",
        "2017-13-01",
        "99999",
        "1e999",
        "NaN",
    ),
    *("-1e308", "1,5", "1.500", "0x10", "yes", "IVA", "../../etc/passwd", "C:\\x", "\ufeff", "🙂"),
    *("17", "nobody", "00000000-0000-0000-0000-000000000001", "2017:9", "a 1x", "x" * 300, ""),
)
_SHEET = "xl/worksheets/sheet1.xml"


# Any file


def cut(content: bytes, rng: random.Random) -> bytes:
    return content[: rng.randrange(len(content) + 1)]


def flip(content: bytes, rng: random.Random) -> bytes:
    for _time in range(rng.choice((1, 1, 3, 30))):
        content = flipped_at(content, rng.randrange(len(content)), rng) if content else content
    return content


def patch(content: bytes, rng: random.Random) -> bytes:
    """A piece is taken out, doubled, or replaced by noise."""
    start, end = sorted(rng.randrange(len(content) + 1) for _end in range(2))
    piece = content[start:end]
    other = rng.choice((b"", piece * 2, rng.randbytes(min(len(piece), 200)), b"\0" * 20))
    return content[:start] + other + content[end:]


def noise(_content: bytes, rng: random.Random) -> bytes:
    start = rng.choice(
        (b"", b"PK\x03\x04", b"{", b"\xff\xfe", b"\xef\xbb\xbf", b"\xd0\xcf\x11\xe0")
    )
    return start + rng.randbytes(rng.randrange(3000))


# Tables


def recoded(content: bytes, rng: random.Random) -> bytes:
    text = content.decode("utf-8-sig") + rng.choice(("", "é", "日", "\0", "\x80"))
    name = rng.choice(("utf-16", "utf-16-le", "utf-32", "cp1252", "shift-jis", "utf-7", "cp037"))
    return text.encode(name, errors="replace")


def rewritten(content: bytes, rng: random.Random) -> bytes:
    """The table with something wrong in its rows."""
    rows = [*csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))]
    for _time in range(rng.choice((1, 1, 2, 5))):
        rng.choice(_ROWS)(rows, rng)
    text = io.StringIO()
    csv.writer(text, delimiter=rng.choice(",,,;\t")).writerows(rows)
    return text.getvalue().encode("utf-8", errors="replace")


def _other_cell(rows: list[list[str]], rng: random.Random) -> None:
    row = rng.choice(rows)
    if row:
        row[rng.randrange(len(row))] = rng.choice(CELLS)


def _huge_cell(rows: list[list[str]], rng: random.Random) -> None:
    row = rng.choice(rows)
    row[-1:] = ["x" * rng.choice((30_000, 200_000))]


def _swapped_headings(rows: list[list[str]], rng: random.Random) -> None:
    rng.shuffle(rows[0])


def _row_twice(rows: list[list[str]], rng: random.Random) -> None:
    rows.append([*rng.choice(rows)])


def _ragged(rows: list[list[str]], rng: random.Random) -> None:
    row = rng.choice(rows)
    row += ["", rng.choice(CELLS)]


def _shorter(rows: list[list[str]], rng: random.Random) -> None:
    del rng.choice(rows)[rng.randrange(3) :]


def _no_rows(rows: list[list[str]], rng: random.Random) -> None:
    del rows[rng.randrange(1, len(rows) + 1) :]


def _many_columns(rows: list[list[str]], _rng: random.Random) -> None:
    rows[0] += [f"column {n}" for n in range(2000)]


def _many_rows(rows: list[list[str]], rng: random.Random) -> None:
    rows += [["x"] for _row in range(rng.choice((100, 300, 1000)))]


_ROWS = (
    *(_other_cell, _other_cell, _other_cell, _huge_cell, _swapped_headings, _row_twice, _ragged),
    *(_shorter, _no_rows, _many_columns, _many_rows),
)


def long(content: bytes, _rng: random.Random) -> bytes:
    """A million rows."""
    row = content[content.index(b"\n") + 1 :] or b"x\n"
    return content + row * (MUCH // len(row))


# Workbooks


def repacked(content: bytes, rng: random.Random) -> bytes:
    """The archive is whole; one of its parts is not."""
    parts = _parts(content)
    name = rng.choice([*parts])
    parts[name] = rng.choice((cut, flip, patch, noise, _bomb, _deep, _entities))(parts[name], rng)
    if rng.random() < 0.2:
        del parts[rng.choice([*parts])]
    return _packed(parts)


def formulas(content: bytes, rng: random.Random) -> bytes:
    parts = _parts(content)
    cell = rng.choice(
        (
            b'<c r="C2"><f>1+1</f></c>',
            b'<c r="C2" t="str"><f>cmd|\' /C calc\'!A0</f><v>x</v></c>',
            b'<c r="C2" t="e"><v>#REF!</v></c>',
            b'<c r="XFD2"><v>1</v></c>',
            b'<c r="C2"><v>1e999</v></c>',
            b'<c r="C2" t="s"><v>99999</v></c>',
            b'<c r="C2" s="77"><v>1</v></c>',
        )
    )
    parts[_SHEET] = parts[_SHEET].replace(b"</row>", cell + b"</row>", rng.choice((1, 2)))
    return _packed(parts)


def far_row(content: bytes, rng: random.Random) -> bytes:
    parts = _parts(content)
    row = b'<row r="%d"/></sheetData>' % rng.choice((5_000, 300_001, 1_048_576, 10**12))
    parts[_SHEET] = parts[_SHEET].replace(b"</sheetData>", row)
    return _packed(parts)


def with_macros(content: bytes, rng: random.Random) -> bytes:
    return _packed(_parts(content) | {"xl/vbaProject.bin": rng.randbytes(500)})


def swollen(content: bytes, _rng: random.Random) -> bytes:
    """More rows than anybody has, in a small file."""
    parts = _parts(content)
    start, rows, end = re.split(b"(?<=<sheetData>)(.*)(?=</sheetData>)", parts[_SHEET], maxsplit=1)
    row = re.sub(b' r="[A-Z]*[0-9]+"', b"", rows[: rows.index(b"</row>") + len(b"</row>")])
    return _packed(parts | {_SHEET: start + row * (MUCH // 3 // len(row)) + end})


def _bomb(content: bytes, rng: random.Random) -> bytes:
    filling = rng.choice((b"<a/>", b"<row/>", b'<c r="A1"/>', b"<si><t>ab</t></si>", b" ", b"x"))
    at = content.rfind(b"</")
    return content[:at] + filling * rng.choice((50_000, 500_000)) + content[at:]


def _deep(content: bytes, rng: random.Random) -> bytes:
    n = rng.choice((100, 20_000))
    at = content.rfind(b"</")
    return content[:at] + b"<a>" * n + b"</a>" * n + content[at:]


def _entities(_content: bytes, _rng: random.Random) -> bytes:
    return ENTITIES.encode()


def _parts(content: bytes) -> Files:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(parts: Files) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


# Bundles


def rewritten_json(content: bytes, rng: random.Random) -> bytes:
    """A value somewhere in it is another one, gone, or there twice."""
    whole = json.loads(content)
    for _time in range(rng.choice((1, 1, 3, 10))):
        place = whole
        while isinstance(place, dict | list) and place:
            key = rng.choice([*place]) if isinstance(place, dict) else rng.randrange(len(place))
            inner = place[key]
            if rng.random() < 0.15 or not isinstance(inner, dict | list) or not inner:
                _change(place, key, rng)
                break
            place = inner
    return json.dumps(whole).encode()


def _change(place: Any, key: Any, rng: random.Random) -> None:
    values: tuple[Any, ...] = (
        None,
        0,
        -1,
        1e300,
        True,
        "",
        [],
        {},
        [[]],
        {"a": 1},
        "<script>alert(1)</script>",
    )
    if rng.random() < 0.2:
        del place[key]
    elif rng.random() < 0.1 and isinstance(place, list):
        place.append(place[key])
    else:
        place[key] = rng.choice((*values, *CELLS))


def nested(_content: bytes, rng: random.Random) -> bytes:
    n = rng.choice((100, 1_000, 100_000))
    opened, closed = rng.choice((("[", "]"), ('{"a":', "}")))
    return (opened * n + "1" + closed * n).encode()


MUCH = 150_000_000
HUGE = {".csv": long, ".xlsx": swollen}
ANY: tuple[Harm, ...] = (cut, flip, patch, noise)
BY_ENDING: dict[str, tuple[Harm, ...]] = {
    ".csv": (*ANY, recoded, *(rewritten,) * 6),
    ".xlsx": (*ANY, *(repacked,) * 3, formulas, formulas, far_row, with_macros),
    ".json": (*ANY, nested, *(rewritten_json,) * 5),
}
