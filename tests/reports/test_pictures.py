"""Photographs as they are made ready to be printed, read with Pillow."""

import io
import warnings

import pytest
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from reports.pictures import HIGHEST, WIDEST, Picture
from tests.ui.pictures import GREEN, RED, WHITE, photograph

ORIENTATION = 0x0112
CORNERS = ("top left", "top right", "bottom right", "bottom left")
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def written(image: Image.Image, kind: str, **settings: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **settings)
    return file.getvalue()


def made(content: bytes, turns: int = 0) -> Image.Image:
    picture = Picture.of(content, turns)
    assert picture is not None
    image = Image.open(io.BytesIO(picture.jpeg))
    assert (image.format, image.mode, image.size) == (
        "JPEG",
        "RGB",
        (picture.width, picture.height),
    )
    return image


def pixel(image: Image.Image, x: int, y: int) -> tuple[int, ...]:
    found = image.getpixel((x % image.width, y % image.height))
    assert isinstance(found, tuple)
    return found


def red_corner(image: Image.Image) -> str:
    """Where the quarter of the photograph is that is red."""
    across, down = image.width // 4, image.height // 4
    places = ((across, down), (-across, down), (-across, -down), (across, -down))
    found = [pixel(image, x, y) for x, y in places]
    near = [sum(abs(a - b) for a, b in zip(each, RED, strict=True)) for each in found]
    assert min(near) < 40
    return CORNERS[near.index(min(near))]


@pytest.mark.parametrize("turns", range(4))
@pytest.mark.parametrize(("orientation", "corner"), [(1, 0), (3, 2), (6, 1), (8, 3)])
def test_upright_as_the_camera_says_and_then_turned(
    orientation: int, corner: int, turns: int
) -> None:
    """A quarter turn takes the red quarter from each corner to the next, clockwise."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    content = written(Image.open(io.BytesIO(photograph())), "JPEG", exif=exif, quality=95)
    image = made(content, turns)
    assert red_corner(image) == CORNERS[(corner + turns) % 4]
    lying = (orientation in {6, 8}) == (turns % 2 == 0)
    assert image.size == ((200, 400) if lying else (400, 200))


def test_what_is_transparent_lies_on_white_and_what_is_printed_in_four_colours_is_shown() -> None:
    clear = Image.new("RGBA", (80, 60), (200, 0, 0, 0))
    clear.paste((*GREEN, 255), (0, 0, 40, 60))
    image = made(written(clear, "PNG"))
    assert all(part > 240 for part in pixel(image, 70, 30))
    green = pixel(image, 10, 30)
    assert max(green) == green[1]
    cyan = pixel(made(written(Image.new("CMYK", (80, 60), (255, 0, 0, 0)), "JPEG")), 9, 9)
    assert cyan[0] < 60
    assert cyan[2] > 150


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF", "GIF", "BMP"])
@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB"])
def test_other_kinds_are_shown(kind: str, mode: str) -> None:
    image = Image.new("RGB", (80, 60), WHITE).convert(mode)
    assert min(pixel(made(written(image, kind)), 9, 9)) > 240


@pytest.mark.parametrize("size", [(4000, 3000), (3000, 4000), (5000, 900), (60, 50)])
def test_no_larger_than_it_is_printed_and_in_proportion(size: tuple[int, int]) -> None:
    image = made(photograph(*size))
    assert image.width <= round(WIDEST / 72 * 220)
    assert image.height <= round(HIGHEST / 72 * 220)
    assert image.width / image.height == pytest.approx(size[0] / size[1], rel=0.01)
    assert image.width <= size[0]


def test_nothing_is_in_it_but_the_image() -> None:
    exif = Image.Exif()
    exif[0x013B] = "Dr Vera Lindt"
    exif.get_ifd(0x8825).update({1: "N", 2: (45.0, 30.0, 0.0)})
    told = {"exif": exif, "icc_profile": SRGB, "comment": b"Weber, Karl"}
    content = written(Image.open(io.BytesIO(photograph())), "JPEG", **told)
    noted = PngInfo()
    noted.add_text("Comment", "Weber, Karl")
    png = written(Image.new("RGB", (40, 40)), "PNG", pnginfo=noted, icc_profile=SRGB)
    for file in (content, png):
        image = made(file)
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        picture = Picture.of(file)
        assert picture is not None
        for words in (b"Exif", b"Lindt", b"Weber", b"ICC_PROFILE"):
            assert words not in picture.jpeg
        assert picture == Picture.of(file)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Dear colleague",
        photograph()[:400],
        b"\x89PNG\r\n\x1a\n" + bytes(60),
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage\n",
    ],
)
def test_what_is_damaged_or_no_picture_cannot_be_shown(content: bytes) -> None:
    assert Picture.of(content) is None


def test_what_other_threads_are_warned_of_meanwhile_stays_as_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as without:
        without.delattr(warnings, "catch_warnings")
        picture = Picture.of(photograph())
    assert picture is not None


@pytest.mark.parametrize("side", [8_000, 20_000])
def test_a_small_file_that_would_be_an_enormous_picture_is_not_opened(side: int) -> None:
    file = written(Image.new("1", (side, side)), "PNG")
    assert len(file) < 200_000
    assert Picture.of(file) is None
