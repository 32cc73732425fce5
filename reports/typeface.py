"""A TrueType font in a PDF that can be shaped: it draws glyphs that no character stands for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any, BinaryIO

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

PRIVATE = 0xF0000
FEATURES = {"kern": False}  # so that a line is as wide as its words
BLOCK = 100
_writing = Lock()


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph in the order of the page, in thousandths of the size; `text`: what it stands for."""

    number: int
    text: str
    width: float
    advance: float
    x_offset: float
    y_offset: float
    cluster: int


class Typeface(TTFont):
    """An embedded font whose glyphs can also be drawn by their number.

    The file says which characters each glyph stands for, so that its text can be searched and
    copied. `ascii_first` embeds the whole of ASCII and keeps it readable in the file.
    """

    def __init__(self, name: str, file: Path | BinaryIO, *, ascii_first: bool = False) -> None:
        super().__init__(name, file, asciiReadable=ascii_first)
        self._codes: dict[tuple[int, str], int] = {}
        self._stands_for: dict[int, str] = {}
        pdfmetrics.registerFont(self)

    def has(self, text: str) -> bool:
        return all(ord(sign) < PRIVATE and self.glyph_of(sign) for sign in text)

    def glyph_of(self, sign: str) -> int:
        """0 where there is none."""
        return int(self.face.charToGlyph.get(ord(sign), 0))

    def sign_for(self, glyph: int, text: str, advance: float) -> str:
        """What ReportLab is given for a glyph that stands for `text`.

        It is the character itself or, where its glyph is another, one for private use.
        `advance`: the glyph's width in thousandths of the size.
        """
        if len(text) == 1 and self.glyph_of(text) == glyph:
            return text
        code = self._codes.setdefault((glyph, text), PRIVATE + len(self._codes))
        self._stands_for[code] = text
        self.face.charToGlyph[code] = glyph
        self.face.charWidths[code] = advance
        return chr(code)

    def shaped(self, text: str, backwards: bool) -> Iterator[Glyph]:
        """The glyphs of a text of one direction, from left to right."""
        from uharfbuzz import Buffer, BufferClusterLevel, shape  # noqa: PLC0415

        buffer = Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.language, buffer.direction = "und", "rtl" if backwards else "ltr"
        buffer.cluster_level = BufferClusterLevel.MONOTONE_CHARACTERS
        shape(self._font, buffer, FEATURES)
        infos = buffer.glyph_infos
        begins = sorted({info.cluster for info in infos})
        ends = dict(zip(begins, [*begins[1:], len(text)], strict=True))
        for info, place in zip(infos, buffer.glyph_positions, strict=True):
            begin, width = info.cluster, self._font.get_glyph_h_advance(info.codepoint)
            told = text[begin : ends.pop(begin, begin)]
            yield Glyph(
                number=info.codepoint,
                text=told,
                width=self.pdfScale(width),
                advance=self.pdfScale(place.x_advance),
                x_offset=self.pdfScale(place.x_offset),
                y_offset=self.pdfScale(place.y_offset),
                cluster=begin,
            )

    @cached_property
    def _font(self) -> Any:
        return self.hbFont()

    def splitString(  # noqa: N802
        self, text: str, doc: Any, encoding: str = "utf-8"
    ) -> Sequence[tuple[int, bytes]]:
        """Parts with their codes; ASCII that stands first keeps its own."""
        if self._asciiReadable and text.isascii() and text.isprintable():
            self._assignState(doc)
            return [(0, text.encode())]
        parts: Sequence[tuple[int, bytes]] = super().splitString(text, doc, encoding)
        return parts

    def addObjects(self, doc: Any) -> None:  # noqa: N802
        """What ReportLab writes of a font, with our own table of what its glyphs stand for."""
        subsets = self.state[doc].subsets
        names = [self.getSubsetInternalName(number, doc)[1:] for number in range(len(subsets))]
        with _writing:  # the font's file is read at one place at a time
            super().addObjects(doc)
        for name, subset in zip(names, subsets, strict=True):
            font = doc.idToObject["BasicFonts"].dict[name]
            stream = doc.idToObject[font.ToUnicode.name]
            texts = [self._stands_for.get(code, chr(code)) for code in subset]
            stream.content = "\n".join(_to_unicode(name, texts))


def _to_unicode(name: str, texts: Sequence[str]) -> Iterator[str]:
    """The table in the language of PDF: for each code of the font its text in UTF-16."""
    yield "/CIDInit /ProcSet findresource begin 12 dict begin begincmap"
    yield "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def"
    yield f"/CMapName /{name} def /CMapType 2 def"
    yield "1 begincodespacerange <00> <FF> endcodespacerange"
    entries = [(code, text) for code, text in enumerate(texts) if text != "\0"]
    for begin in range(0, len(entries), BLOCK):
        block = entries[begin : begin + BLOCK]
        yield f"{len(block)} beginbfchar"
        for code, text in block:
            yield f"<{code:02X}> <{text.encode('utf-16-be').hex().upper()}>"
        yield "endbfchar"
    yield "endcmap CMapName currentdict /CMap defineresource pop end end"
