"""Photographs lose the place and whatever else is personal, and nothing that is seen."""

import io
import logging
import struct
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image, ImageCms, PngImagePlugin

from models.base import ClinicError
from models.photographs import as_kept, without_place
from models.values import PartialDate


@pytest.fixture(autouse=True)
def _the_other_reader_is_silent(caplog: pytest.LogCaptureFixture) -> None:
    """It complains of pictures that were damaged on purpose."""
    caplog.set_level(logging.CRITICAL, "PIL")


SECRET = b"Vera Lindt 4711"
NAME = SECRET.decode()
ORIENTATION, ARTIST, DETAILS, GPS = 0x0112, 0x013B, 0x8769, 0x8825
DESCRIPTION, XML = 0x010E, 0x02BC
TAKEN, SERIAL, MAKER_NOTE = 0x9003, 0xA431, 0x927C
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>45</exif:GPSLatitude>'
    + SECRET
    + b"</x:xmpmeta>"
)


def skin() -> Image.Image:
    """A patch of skin with a red plaque, no two pixels alike."""
    image = Image.new("RGB", (64, 48))
    image.putdata(
        [(200 - x // 2, 120 + y, 90 + (x * y) % 60) for y in range(48) for x in range(64)]
    )
    return image


def camera(*, place: bool = True, orientation: int = 6) -> Image.Exif:
    """What a camera writes."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[ARTIST] = NAME
    details = exif.get_ifd(DETAILS)
    details[TAKEN] = "2016:04:25 10:30:00"
    details[SERIAL] = NAME
    details[MAKER_NOTE] = SECRET
    if place:
        exif.get_ifd(GPS).update({1: "N", 2: (45.0, 30.0, 0.0), 3: "E", 4: (9.0, 10.0, 0.0)})
    return exif


def saved(kind: str, **settings: Any) -> bytes:
    written = io.BytesIO()
    skin().save(written, kind, **settings)
    return written.getvalue()


def segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def jpeg(**settings: Any) -> bytes:
    """A photograph as it comes from a telephone, and more: all that ever stood in such a file."""
    content = saved(
        "JPEG",
        **{"exif": camera(), "icc_profile": PROFILE, "xmp": XMP, "comment": SECRET, **settings},
    )
    iptc = segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04" + b"\x1c\x02\x5a\0\x05Milan" + SECRET)
    maker = (
        segment(0xE2, b"FPXR\0" + SECRET) + segment(0xE5, SECRET) + segment(0xE0, b"JFXX" + SECRET)
    )
    return content[:2] + iptc + maker + content[2:] + b"another image" + SECRET


def png() -> bytes:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", NAME)
    texts.add_itxt("XML:com.adobe.xmp", XMP.decode())
    texts.add_text("Comment", NAME, zip=True)
    return saved("PNG", exif=camera(), icc_profile=PROFILE, pnginfo=texts) + SECRET


def webp() -> bytes:
    return saved("WEBP", exif=camera(), icc_profile=PROFILE, xmp=XMP, lossless=True)


def tiff() -> bytes:
    """As a scanner or a program writes it: without the notes of a camera's maker."""
    exif = camera()
    del exif.get_ifd(DETAILS)[MAKER_NOTE]
    exif[DESCRIPTION], exif[XML] = NAME, XMP
    exif[DETAILS], exif[GPS] = exif.get_ifd(DETAILS), exif.get_ifd(GPS)
    second = Image.new("RGB", (5, 5), "red")
    pages = {"save_all": True, "append_images": [second]}
    return saved("TIFF", exif=exif, icc_profile=PROFILE, **pages)


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def pixels(content: bytes) -> bytes:
    return opened(content).tobytes()


def place_of(content: bytes) -> Any:
    """What a reader finds; one that gives up finds nothing."""
    try:
        return opened(content).getexif().get_ifd(GPS)
    except Exception:
        return None


MADE = {"jpeg": jpeg(), "progressive": jpeg(progressive=True, optimize=True)} | {
    "png": png(),
    "webp": webp(),
    "tiff": tiff(),
}


@pytest.mark.parametrize("name", MADE)
def test_nothing_personal_is_left_and_nothing_that_is_seen_is_lost(name: str) -> None:
    before = MADE[name]
    assert opened(before).getexif().get_ifd(GPS)
    kept = as_kept(before, f"image/{name}")
    after = opened(kept.content)
    assert kept.place_removed
    assert kept.taken == PartialDate(2016, 4, 25)
    exif = after.getexif()
    assert not exif.get_ifd(GPS)
    assert ARTIST not in exif
    assert set(exif.get_ifd(DETAILS)) == {TAKEN}
    assert exif.get_ifd(DETAILS)[TAKEN] == "2016:04:25 10:30:00"
    assert exif[ORIENTATION] == 6
    assert after.info["icc_profile"] == PROFILE
    assert SECRET not in kept.content
    assert b"GPS" not in kept.content
    assert pixels(kept.content) == pixels(before)
    assert as_kept(kept.content, "image/jpeg").content == kept.content


@pytest.mark.parametrize("name", ["jpeg", "progressive"])
def test_the_image_data_of_a_jpeg_stay_byte_for_byte(name: str) -> None:
    before = MADE[name]
    image = before[before.index(b"\xff\xda") : before.rindex(b"\xff\xd9") + 2]
    assert without_place(before, "image/jpeg").endswith(image)


@pytest.mark.parametrize("after", [b"", b"\0"])
def test_a_long_run_of_the_byte_that_begins_a_marker_holds_nobody_up(after: bytes) -> None:
    content, run = saved("JPEG"), b"\xff" * 2_000_000 + after
    within = content[:-2] + run + content[-2:]
    assert without_place(within, "image/jpeg") == within
    assert without_place(content[:2] + run + content[2:], "image/jpeg") == content


def test_every_page_of_a_tiff_is_kept() -> None:
    after = opened(without_place(MADE["tiff"], "image/tiff"))
    assert getattr(after, "n_frames", 0) == 2
    after.seek(1)
    assert after.convert("RGB").getpixel((2, 2)) == (255, 0, 0)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF"])
def test_a_picture_without_such_data_is_not_touched(kind: str) -> None:
    content = saved(kind)
    kept = as_kept(content, f"image/{kind.lower()}")
    assert (kept.content, kept.place_removed, kept.taken) == (content, False, None)


def test_an_animation_keeps_its_frames() -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "green", "blue")]
    for kind in ("PNG", "WEBP"):
        content = io.BytesIO()
        frames[0].save(
            content, kind, save_all=True, append_images=frames[1:], lossless=True, exif=camera()
        )
        after = opened(without_place(content.getvalue(), ""))
        assert getattr(after, "n_frames", 0) == 3
        assert not after.getexif().get_ifd(GPS)


def test_the_place_is_told_only_where_one_was() -> None:
    without = saved("JPEG", exif=camera(place=False))
    kept = as_kept(without, "image/jpeg")
    assert not kept.place_removed
    assert SECRET in without
    assert SECRET not in kept.content


@pytest.mark.parametrize(
    "part",
    [
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP),
        segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\x1c\x02\x5a\0\x05Milan"),
        segment(0xE1, b"Exif\0\0rubbish"),
    ],
)
def test_a_place_is_told_in_several_ways(part: bytes) -> None:
    content = saved("JPEG")
    told = content[:2] + part + content[2:]
    kept = as_kept(told, "image/jpeg")
    assert (kept.content, kept.place_removed) == (content, True)


def test_what_a_file_is_decides_and_not_its_name() -> None:
    assert without_place(MADE["jpeg"], "application/pdf") == without_place(
        MADE["jpeg"], "image/png"
    )


def test_words_in_the_place_of_the_date_are_not_kept() -> None:
    exif = camera()
    exif.get_ifd(DETAILS)[TAKEN] = NAME
    kept = as_kept(saved("JPEG", exif=exif), "image/jpeg")
    assert kept.taken is None
    assert SECRET not in kept.content


@pytest.mark.parametrize("moment", ["0000:00:00 00:00:00", "2016:13:40 10:30:00"])
def test_a_camera_without_a_clock_tells_no_date(moment: str) -> None:
    exif = camera()
    exif.get_ifd(DETAILS)[TAKEN] = moment
    assert as_kept(saved("JPEG", exif=exif), "image/jpeg").taken is None


def box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", len(body) + 8, kind) + body


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (box(b"ftyp", b"heic\0\0\0\0mif1") + box(b"meta", b"infe\x02\0\0\0Exif\0"), "image/heic"),
        (saved("AVIF", exif=camera()), "image/avif"),
        (box(b"ftyp", b"qt  ") + box(b"moov", b"\xa9xyz+45.5+009.1/"), "video/quicktime"),
        (b"FUJIFILMCCD-RAW 0201", "application/octet-stream"),
        (b"GIF89a" + XMP, "image/gif"),
        (b"II+\0\x08\0\0\0", "image/tiff"),
    ],
)
def test_what_cannot_be_cleaned_is_refused_in_words(content: bytes, media_type: str) -> None:
    with pytest.raises(ClinicError, match="may tell where") as refused:
        without_place(content, media_type)
    assert "JPEG" in refused.value.next_step


def test_a_cameras_raw_file_is_refused() -> None:
    content = saved("TIFF", tiffinfo={DETAILS: {MAKER_NOTE: SECRET}})
    with pytest.raises(ClinicError, match="may tell where"):
        without_place(content, "image/tiff")


def test_a_heic_without_such_data_is_kept() -> None:
    content = saved("AVIF")
    assert without_place(content, "image/avif") == content


@pytest.mark.parametrize("name", ["jpeg", "progressive", "png", "webp"])
def test_a_file_without_its_image_is_refused(name: str) -> None:
    with pytest.raises(ClinicError, match="damaged"):
        without_place(MADE[name][:30], f"image/{name}")


@pytest.mark.parametrize("name", ["jpeg", "png"])
def test_a_file_that_breaks_off_is_kept_as_far_as_it_goes(name: str) -> None:
    part = MADE[name].index({"jpeg": b"\xff\xda", "png": b"IDAT"}[name]) + 120
    kept = without_place(MADE[name][:part], f"image/{name}")
    assert kept.endswith(MADE[name][part - 80 : part])
    assert SECRET not in kept


@pytest.mark.parametrize("media_type", ["image/jpeg", "application/pdf", "text/plain"])
def test_what_is_no_picture_is_kept_as_it_is(media_type: str) -> None:
    assert without_place(b"%PDF-1.7 Dear colleague", media_type) == b"%PDF-1.7 Dear colleague"


starts = st.sampled_from([content[:40] for content in MADE.values()] + [b"", b"RIFF\xff\0\0\0WEBP"])
media_types = st.sampled_from(["image/jpeg", "image/heic", "application/pdf", ""])


@given(starts, st.binary(max_size=200), media_types)
@example(b"MM\0*", bytes(4), "image/tiff")
@example(b"II*\0", b"\x08\0\0\0\xff\xff", "image/tiff")
def test_any_bytes_are_kept_or_refused(start: bytes, rest: bytes, media_type: str) -> None:
    try:
        kept = without_place(start + rest, media_type)
    except ClinicError:
        return
    assert without_place(kept, media_type) == kept


@given(st.data(), st.sampled_from(list(MADE)))
def test_a_damaged_photograph_tells_no_place_either(data: st.DataObject, name: str) -> None:
    content = bytearray(MADE[name])
    for _damage in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        kept = without_place(bytes(content), f"image/{name}")
    except ClinicError:
        return
    assert not place_of(kept)
