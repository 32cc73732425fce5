"""Biopsies side by side, and what nobody recorded of any of them."""

from models.biopsy_table import compared
from tests.models import builders as a


def test_what_one_of_them_has_is_a_row_and_what_none_has_is_named() -> None:
    found = compared(
        [
            a.biopsy(
                patterns=["spongiotic", "interface"],
                cd4_cd8_epidermis=0.5,
                cd7="kept",
                cd30_percent=10,
                folliculotropism=False,
                clone="not done",
                result_on="2020-02-17",
                conclusion="drug-related",
            ),
            a.biopsy(cd7="lost", large_cell_transformation=True, report="Blasts."),
        ]
    )
    assert dict(found.rows) == {
        "Result on": ("17 Feb 2020", ""),
        "Patterns": ("spongiotic, interface", ""),
        "CD4:CD8 in the epidermis": ("0.5:1", ""),
        "CD7": ("kept", "lost"),
        "CD30": ("10 %", ""),
        "Large-cell transformation": ("", "yes"),
        "Folliculotropism": ("no", ""),
        "Clone against baseline": ("not done", ""),
        "Report": ("", "Blasts."),
    }
    assert found.blank == ("report number", "pathologist", "CD26", "Ki-67", "CCR4", "FOXP3")
