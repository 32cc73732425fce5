"""The colours by role, for the light and the dark screen and for paper."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from models.therapies import Category
from models.values import Grade

BLACK, WHITE = "#10151B", "#FFFFFF"


@dataclass(frozen=True)
class Palette:
    """Colours as `#RRGGBB`; `line` only divides, `edge` is the outline of what can be used.

    `responses`: by what a `Response` is called; `groups`: of those that are compared in one figure,
    in their order.
    """

    ground: str
    surface: str
    line: str
    edge: str
    text: str
    quiet: str
    accent: str
    on_accent: str
    accent_wash: str
    wrong: str
    wrong_wash: str
    beware: str
    beware_wash: str
    responses: Mapping[str, str]
    grades: Mapping[Grade, str]
    categories: Mapping[Category, str]
    groups: tuple[str, ...]


@cache
def on(fill: str) -> str:
    """The colour of a text that stands on `fill`: near black or white, whichever reads better."""
    return max(BLACK, WHITE, key=lambda text: contrast(text, fill))


def contrast(one: str, other: str) -> float:
    """The ratio of two colours' luminances, 1 to 21 (WCAG 2)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2)."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


LIGHT = Palette(
    ground="#FFFFFF",
    surface="#F6F7F9",
    line="#DDE1E6",
    edge="#808A96",
    text="#1B1F24",
    quiet="#5A6472",
    accent="#0B6E75",
    on_accent="#FFFFFF",
    accent_wash="#E3F1F1",
    wrong="#B3261E",
    wrong_wash="#FBECEB",
    beware="#8F5300",
    beware_wash="#FBF1E0",
    responses={
        "CR": "#0B7A75",
        "VGPR": "#459B95",
        "PR": "#459B95",
        "SD": "#868E99",
        "PD": "#C8442B",
        "relapse": "#C8442B",
        "not involved": "#868E99",
        "not assessed": "#868E99",
    },
    grades={
        Grade.MILD: "#B88A1B",
        Grade.MODERATE: "#C86A14",
        Grade.SEVERE: "#C2491D",
        Grade.LIFE_THREATENING: "#9C2A17",
        Grade.DEATH: "#5B1A12",
    },
    categories={
        Category.SYSTEMIC: "#3A5BA0",
        Category.SKIN_DIRECTED: "#6F90C8",
        Category.RADIATION: "#8A63A8",
        Category.TRANSPLANT: "#38824F",
        Category.SUPPORTIVE: "#84909D",
    },
    groups=("#1F4E9E", "#B8400F", "#129A78", "#9C3A82", "#AF8A12", "#343B44"),
)

DARK = Palette(
    ground="#14181D",
    surface="#1C2229",
    line="#323A44",
    edge="#707B87",
    text="#E8ECF1",
    quiet="#9AA5B1",
    accent="#4FC3C7",
    on_accent="#10151B",
    accent_wash="#17343A",
    wrong="#F2867C",
    wrong_wash="#3A1D1B",
    beware="#E8B25A",
    beware_wash="#362A14",
    responses={
        "CR": "#35B5AE",
        "VGPR": "#7CCBC5",
        "PR": "#7CCBC5",
        "SD": "#A9B1BB",
        "PD": "#EE7A62",
        "relapse": "#EE7A62",
        "not involved": "#A9B1BB",
        "not assessed": "#A9B1BB",
    },
    grades={
        Grade.MILD: "#F2D680",
        Grade.MODERATE: "#F0B14C",
        Grade.SEVERE: "#EB8A4A",
        Grade.LIFE_THREATENING: "#DE6246",
        Grade.DEATH: "#BF4A3F",
    },
    categories={
        Category.SYSTEMIC: "#7C9BE0",
        Category.SKIN_DIRECTED: "#A9C3EE",
        Category.RADIATION: "#B994D6",
        Category.TRANSPLANT: "#69BE8B",
        Category.SUPPORTIVE: "#A3AEBA",
    },
    groups=("#6C97EE", "#F0803F", "#46D3AC", "#D477B3", "#EFD163", "#DCE3EA"),
)

PAPER = replace(LIGHT, surface=WHITE)
