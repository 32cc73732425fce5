"""Photographs are kept without the place where they were taken, and without other personal data.

A camera writes into its files where and when, with which device and sometimes whose a photograph
was. Of that the date, the orientation and the colours are kept. The image data stay as they are.
"""

from dataclasses import dataclass

from models.base import ClinicError
from models.exif import PREFIX, Exif
from models.picture_files import cleaned
from models.tiff import Damaged, scrubbed
from models.values import PartialDate
from models.words import _

_TIFF = (b"II*\0", b"MM\0*")
_REFUSED = (
    *(b"FUJIFILMCCD-RAW", b"IIRO\x08", b"IIRS\x08", b"MMOR\0", b"IIU\0", b"\0MRM", b"FOVb"),
    *(b"II\x1a\0\0\0HEAP", b"II+\0", b"MM\0+", b"II\xbc\x01", b"8BPS"),
)
_BOXES = (b"\0\0\0\x0cJXL \r\n", b"\0\0\0\x0cjP  \r\n")
_IN_BOXES = (b"Exif", b"xmpmeta", b"rdf+xml", b"CMT4", b"\xa9xyz", b"loci", b"ISO6709")
_IN_IMAGES = (PREFIX, b"xmpmeta", b"ns.adobe.com/xap", b"Photoshop 3.0", b"8BIM\x04\x04")


@dataclass(frozen=True)
class Photograph:
    """A file as it is kept; `place_removed`: whether it told where it was taken; when it was."""

    content: bytes
    place_removed: bool = False
    taken: PartialDate | None = None


def without_place(content: bytes, media_type: str) -> bytes:
    """The content as it is kept; raises `ClinicError` where the place cannot be removed."""
    return as_kept(content, media_type).content


def as_kept(content: bytes, media_type: str) -> Photograph:
    """What a file is, not what it is called, decides; one that is no picture is kept as it is.

    A damaged picture is refused. So is one of a kind that cannot be cleaned if there is a sign of
    such data in it. What is only named a picture has none of these signs and is kept as it is.
    """
    try:
        picture = cleaned(content)
        if picture is not None:
            exif = picture.exif or Exif()
            return Photograph(bytes(picture.content), picture.place, _day(exif.taken))
        if content.startswith(_TIFF):
            return _tiff(content)
    except Damaged:
        raise _damaged() from None
    in_boxes = content[4:8] == b"ftyp" or content.startswith(_BOXES)
    signs = _IN_BOXES if in_boxes else _IN_IMAGES if media_type.startswith("image/") else ()
    if content.startswith(_REFUSED) or any(sign in content for sign in signs):
        raise _cannot_be_cleaned()
    return Photograph(content)


def _tiff(content: bytes) -> Photograph:
    try:
        clean = scrubbed(content)
    except Damaged:
        raise _cannot_be_cleaned() from None
    if any(sign in clean for sign in _IN_IMAGES):
        raise _cannot_be_cleaned()
    exif = Exif.read(content)
    return Photograph(clean, exif.place, _day(exif.taken))


def _day(taken: str) -> PartialDate | None:
    try:
        return PartialDate.parse(taken[:10].replace(":", "-")) if taken else None
    except ValueError:
        return None


def _cannot_be_cleaned() -> ClinicError:
    return ClinicError(
        _("This kind of file may tell where the photograph was taken, and that cannot be removed."),
        _("Nothing was changed."),
        _("Save the photograph as JPEG and add that file."),
    )


def _damaged() -> ClinicError:
    return ClinicError(
        _("This photograph is damaged: there is no image in it that can be read."),
        _("Nothing was changed."),
        _("Copy it from the camera again, or save it as JPEG in another program."),
    )
