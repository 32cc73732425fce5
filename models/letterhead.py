"""The clinic's letterhead: what stands at the head of a printed page, and whom a patient calls."""

import hashlib
from typing import ClassVar

from models.base import ClinicError, Record, build, field
from models.practice import THE_ONE
from models.roles import May
from models.words import N_, _

MOST_LOGO_BYTES = 2 * 1024 * 1024
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


class Letterhead(Record, table=True):
    """One record, kept and corrected like any other; `logo`: the SHA-256 of its content."""

    __tablename__ = "letterhead"
    singular: ClassVar[str] = N_("letterhead")
    plural: ClassVar[str] = N_("letterheads")
    changed_with: ClassVar[May] = May.ADMINISTER

    address: str | None = field(N_("Address"), None, multiline=True, max_length=500)
    phone: str | None = field(N_("Telephone"), None, max_length=60)
    hours: str | None = field(
        N_("Answered"), None, max_length=100, help=N_("For example: Monday to Friday, 8 to 16.")
    )
    other_phone: str | None = field(
        N_("Telephone at other times"),
        None,
        max_length=60,
        help=N_("Stands on the page for the patient: whom to call at night."),
    )
    email: str | None = field(N_("E-mail"), None, max_length=200)
    website: str | None = field(N_("Website"), None, max_length=200)
    logo: str | None = field(N_("Logo"), None, max_length=64)

    @property
    def lines(self) -> list[str]:
        """What stands under the clinic's name: the address on one line, and how it is reached."""
        address = ", ".join(part.strip() for part in (self.address or "").splitlines())
        reached = [each for each in (self.phone, self.email, self.website) if each]
        return [line for line in (address, " · ".join(reached)) if line]


def usual_letterhead() -> Letterhead:
    """That of a clinic which has entered none."""
    return build(Letterhead, {"id": THE_ONE})


def logo_named(content: bytes) -> str:
    """The name under which a logo is kept; raises `ClinicError` where it can be none."""
    if not content.startswith(_PICTURES):
        raise _no_logo(_("The logo is neither a PNG nor a JPEG picture."))
    if len(content) > MOST_LOGO_BYTES:
        raise _no_logo(_("The logo is larger than {n} MB.").format(n=MOST_LOGO_BYTES // 1024**2))
    return hashlib.sha256(content).hexdigest()


def _no_logo(why: str) -> ClinicError:
    return ClinicError(
        why, _("Nothing was changed."), _("Save it as a PNG of a lower resolution and try again.")
    )
