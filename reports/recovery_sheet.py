"""The recovery sheet: the key that opens the clinic when every password is lost."""

from reportlab.platypus import Flowable, Indenter

from models.words import _, long_day_words
from reports.asked import Printing
from reports.flow import Prose
from reports.kit import Page, build
from reports.type import BODY, HEADLINE, Look

KEY = Look(16, strong=True)
SIDE = 150.0
"""Left white, so that lines are not too long to read."""


def build_recovery_sheet(key: str, printing: Printing) -> bytes:
    """One page with the recovery key and what to do with it, as a PDF."""
    title = _("Recovery sheet")
    return build(Page(title, title, printing.clinic), printing, _story(key, printing))


def _story(key: str, printing: Printing) -> list[Flowable]:
    steps = (
        _("Keep this sheet under lock, away from the workstation; do not photograph or scan it."),
        _("Whoever holds it can open every patient's record of this clinic."),
        _("To use it: start the program, choose “Use the recovery key” on the sign-in page, type")
        + " "
        + _("the key and set a new password. Capital letters and dashes do not matter."),
        _("Of several sheets the one made last holds. A former one opens only backups made before")
        + " "
        + _("the next: keep it as long as such backups are kept."),
        _("The program shows this key only once. Without it and without a password, nobody can")
        + " "
        + _("open the records again."),
    )
    made = _("For {clinic}, made on {date} at {time}").format(
        clinic=printing.clinic,
        date=long_day_words(printing.at.date()),
        time=f"{printing.at:%H:%M}",
    )
    return [
        Prose(_("Recovery key"), HEADLINE, 16),
        Prose(key, KEY, 8),
        Prose(made, BODY, 28),
        Indenter(right=SIDE),
        *(Prose(step, BODY, 8) for step in steps),
    ]
