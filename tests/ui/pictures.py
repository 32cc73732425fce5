"""Photographs made up for the tests."""

import io

from PIL import Image

RED, GREEN, BLUE, WHITE = (200, 0, 0), (0, 160, 0), (0, 0, 200), (255, 255, 255)


def photograph(
    width: int = 400, height: int = 200, *, taken: str = "", place: bool = False
) -> bytes:
    """A JPEG whose upper left quarter is red, upper right green, lower left blue."""
    image = Image.new("RGB", (width, height), WHITE)
    half = (width // 2, height // 2)
    for colour, corner in ((RED, (0, 0)), (GREEN, (half[0], 0)), (BLUE, (0, half[1]))):
        image.paste(colour, (*corner, corner[0] + half[0], corner[1] + half[1]))
    exif = Image.Exif()
    if taken:
        exif.get_ifd(0x8769)[0x9003] = taken
    if place:
        exif.get_ifd(0x8825).update({1: "N", 2: (45.0, 30.0, 0.0)})
    written = io.BytesIO()
    image.save(written, "JPEG", exif=exif, quality=95)
    return written.getvalue()


def tells_place(content: bytes) -> bool:
    return bool(Image.open(io.BytesIO(content)).getexif().get_ifd(0x8825))
