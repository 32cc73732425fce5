"""Files as a bad disk, or somebody without the key, leaves them."""

from collections.abc import Iterator
from random import Random


def flipped(content: bytes, rng: Random, n: int) -> Iterator[bytes]:
    """The content `n` times, each time with another value in one byte, wherever that is."""
    for _time in range(n):
        yield flipped_at(content, rng.randrange(len(content)), rng)


def flipped_at(content: bytes, place: int, rng: Random) -> bytes:
    """The content with one, several or all of the bits of this byte turned."""
    changed = bytearray(content)
    changed[place] ^= rng.choice((1, 1 << rng.randrange(8), rng.randrange(1, 256)))
    return bytes(changed)
