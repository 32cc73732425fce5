"""How large and how heavy things are drawn: on paper in points, on screen in pixels."""

from dataclasses import dataclass

from reports.palette import PAPER, Palette


@dataclass(frozen=True, slots=True)
class Style:
    """Sizes of one medium; everything else is proportioned from them."""

    palette: Palette
    small: float
    text: float
    row: float
    mark: float
    curve: float
    lane_gap: float
    label_column: float
    hairline: float
    outline: float
    gap: float

    @property
    def disc(self) -> float:
        """The radius of the disc that holds a grade."""
        return self.row * 0.36

    @property
    def head(self) -> float:
        """The length of the arrow head of a bar that goes on."""
        return self.row * 0.36


ON_PAPER = Style(
    palette=PAPER,
    small=7,
    text=8.5,
    row=13,
    mark=8,
    curve=46,
    lane_gap=7,
    label_column=86,
    hairline=0.35,
    outline=0.8,
    gap=3,
)


def on_screen(palette: Palette) -> Style:
    return Style(
        palette=palette,
        small=11,
        text=13,
        row=16,
        mark=11,
        curve=40,
        lane_gap=4,
        label_column=128,
        hairline=1,
        outline=1.4,
        gap=4,
    )
