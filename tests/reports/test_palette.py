"""Contrast of every colour (WCAG 2 AA), and grades that keep their order in grey."""

import dataclasses
from itertools import pairwise

import pytest

from models.response import Response
from models.therapies import Category
from models.values import Grade
from reports.palette import DARK, LIGHT, PAPER, Palette, contrast, luminance, on

palettes = pytest.mark.parametrize("palette", [LIGHT, DARK, PAPER], ids=["light", "dark", "paper"])
TEXTS = ("text", "quiet", "accent", "wrong", "beware")


def graphics(palette: Palette) -> list[str]:
    meaningful = (palette.responses, palette.grades, palette.categories)
    return [colour for colours in meaningful for colour in colours.values()]


def test_contrast_of_black_and_white_is_21() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@palettes
@pytest.mark.parametrize("role", TEXTS)
def test_texts_are_legible(palette: Palette, role: str) -> None:
    for ground in (palette.ground, palette.surface):
        assert contrast(getattr(palette, role), ground) >= 4.5


@palettes
def test_texts_are_legible_on_their_washes(palette: Palette) -> None:
    washes = {"accent": palette.accent_wash, "wrong": palette.wrong_wash}
    for role, wash in (washes | {"beware": palette.beware_wash}).items():
        assert contrast(getattr(palette, role), wash) >= 4.5
        assert contrast(palette.text, wash) >= 4.5
    assert contrast(palette.quiet, palette.accent_wash) >= 4.5
    assert contrast(palette.on_accent, palette.accent) >= 4.5


@palettes
def test_graphics_and_outlines_are_visible(palette: Palette) -> None:
    for colour in [*graphics(palette), palette.edge, palette.accent]:
        assert contrast(colour, palette.ground) >= 3
    assert contrast(palette.edge, palette.surface) >= 3


@palettes
def test_letters_on_graphics_are_legible(palette: Palette) -> None:
    for fill in graphics(palette):
        assert contrast(on(fill), fill) >= 4.5


@palettes
def test_worse_grades_are_darker(palette: Palette) -> None:
    shades = [luminance(palette.grades[grade]) for grade in Grade]
    assert shades == sorted(shades, reverse=True)
    assert all(lighter > 1.15 * darker for lighter, darker in pairwise(shades))


@palettes
def test_every_meaning_has_a_colour(palette: Palette) -> None:
    assert set(palette.responses) == set(Response)
    assert set(palette.grades) == set(Grade)
    assert set(palette.categories) == set(Category)


def test_paper_prints_no_tint_behind_the_text() -> None:
    assert dataclasses.replace(LIGHT, surface="#FFFFFF") == PAPER
