"""Photographs and logos to be printed: upright, small, and without anything but the image."""

import io
import warnings
from dataclasses import dataclass
from typing import Self

from PIL import Image, ImageCms, ImageOps

WIDEST, HIGHEST = 270.0, 260.0
DOTS_PER_INCH, QUALITY = 220, 85
LOGO_SIDE = 500
JPEG = b"\xff\xd8\xff"
MOST_PIXELS = 50_000_000
KINDS = ("JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP")

warnings.filterwarnings("ignore", category=Image.DecompressionBombWarning)  # `MOST_PIXELS` is less

_CLOCKWISE = {
    1: Image.Transpose.ROTATE_270,
    2: Image.Transpose.ROTATE_180,
    3: Image.Transpose.ROTATE_90,
}
_SRGB = ImageCms.createProfile("sRGB")


@dataclass(frozen=True, slots=True)
class Picture:
    """A photograph as it is printed: an upright JPEG in sRGB with nothing in it but the image.

    `width` and `height` in pixels, no more than `WIDEST` by `HIGHEST` points need.
    """

    jpeg: bytes
    width: int
    height: int

    @classmethod
    def of(cls, content: bytes, quarter_turns: int = 0) -> Self | None:
        """The picture in a file; None where it is damaged, enormous or of an unknown kind."""
        image = _upright(content, quarter_turns, (_pixels(WIDEST), _pixels(HIGHEST)))
        return cls(_written(image, "JPEG"), *image.size) if image else None

    @property
    def shape(self) -> float:
        """Its width as a multiple of its height."""
        return self.width / self.height

    def within(self, width: float, height: float) -> tuple[float, float]:
        """Its size on paper in proportion, no larger than a dot of it for a point."""
        scale = min(width / self.width, height / self.height, 1.0)
        return self.width * scale, self.height * scale


def logo_of(content: bytes) -> bytes | None:
    """The picture in a file as it stands at the head of every page: upright, small, and without
    anything but the image, a JPEG where it was one and else a PNG; None as for a photograph.
    """
    image = _upright(content, 0, (LOGO_SIDE, LOGO_SIDE))
    return _written(image, "JPEG" if content.startswith(JPEG) else "PNG") if image else None


def _written(image: Image.Image, kind: str) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, quality=QUALITY)
    return file.getvalue()


def _upright(content: bytes, quarter_turns: int, most: tuple[int, int]) -> Image.Image | None:
    """As the camera held it, turned clockwise, in the colours of a screen, at most so large."""
    try:
        return _read(content, quarter_turns, most)
    except Exception:  # a decoder may stumble over a damaged file in any way
        return None


def _read(content: bytes, quarter_turns: int, most: tuple[int, int]) -> Image.Image:
    with Image.open(io.BytesIO(content), formats=KINDS) as image:
        image.draft(None, (max(most), max(most)))  # of a JPEG no more is read than is needed
        if image.width * image.height > MOST_PIXELS:
            raise Image.DecompressionBombError
        image.load()
        found = ImageOps.exif_transpose(image)
    if quarter_turns % 4:
        found = found.transpose(_CLOCKWISE[quarter_turns % 4])
    found = _coloured(found)
    found.thumbnail(most, Image.Resampling.LANCZOS)
    found.info.clear()
    return found


def _coloured(image: Image.Image) -> Image.Image:
    """In sRGB; what is transparent lies on white."""
    profile = image.info.get("icc_profile")
    if image.has_transparency_data:
        image = image.convert("RGBA")
        ground = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(ground, image).convert("RGB")
    if not profile:
        return image.convert("RGB")
    try:
        given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        made = ImageCms.profileToProfile(image, given, _SRGB, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return image.convert("RGB")
    return made or image.convert("RGB")


def _pixels(points: float) -> int:
    return round(points / 72 * DOTS_PER_INCH)
