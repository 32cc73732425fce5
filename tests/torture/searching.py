"""Looking for words in files, however they may be written there."""

import base64
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

CUT = 3  # base64 puts three bytes into four letters: what stands at the edges depends on neighbours


def traces(words: Mapping[str, bytes], files: Iterable[Path]) -> list[str]:
    """Which word stands where: in a file, or in its name."""
    wanted = [(what, form) for what, word in words.items() for form in forms(word)]
    found = set()
    for file in files:
        content = file.read_bytes().lower() + str(file).lower().encode()
        found |= {f"{what} in {file}" for what, form in wanted if form in content}
    return sorted(found)


def traces_in(words: Mapping[str, bytes], said: str | bytes) -> list[str]:
    content = (said.encode() if isinstance(said, str) else said).lower()
    return [what for what, word in words.items() if any(form in content for form in forms(word))]


def forms(word: bytes) -> Iterator[bytes]:
    """In small letters: as UTF-8, as UTF-16 either way, and all four as base64, wherever it begins;
    bytes that are no text as they are, and as base64.
    """
    try:
        text = word.decode()
        written = [text, text.lower(), text.upper()]
        plain = [
            each.encode(how) for each in written for how in ("utf-8", "utf-16-le", "utf-16-be")
        ]
    except UnicodeDecodeError:
        plain = [word]
    for each in plain:
        yield each.lower()
        for before in range(CUT):
            encoded = base64.b64encode(bytes(before) + each)
            yield encoded[4 if before else 0 : len(encoded) // 4 * 4 - 4].lower()


def files_in(*folders: Path) -> list[Path]:
    return sorted(path for each in folders for path in each.rglob("*") if path.is_file())
