"""What a colleague would look for in a summary and nobody recorded."""

from models.biopsy import Biopsy
from models.blood import BloodCount
from models.diagnosis import Diagnosis
from models.history import History
from models.imaging import Imaging
from models.laboratory import LabResult
from models.patient import Consent, Purpose
from models.skin import SkinScore
from models.staging import Staging
from models.visit import Visit
from models.words import N_, _

_OF_THE_PERSON = {
    "allergies": N_("allergies"),
    "comorbidities": N_("comorbidities"),
    "general_practitioner": N_("general practitioner"),
}
_OF_THE_SKIN = {
    "folliculotropism": N_("folliculotropism"),
    "large_cell_transformation": N_("large-cell transformation"),
    "cd30_percent": N_("CD30"),
}


def not_recorded(history: History, *, personal: bool = True) -> list[str]:
    """The names of what is blank. Without `personal`, the background and the consents, which a page
    that names nobody does not tell, are not looked for.
    """
    found = {**_person(history), **_consents(history)} if personal else {}
    found |= {
        _("diagnosis"): bool(history.of(Diagnosis)),
        _("stage"): bool(history.of(Staging)),
        **_skin(history),
        _("T-cell clone"): any(each.tcr_clone for each in history.of(Diagnosis)),
        _("LDH"): any(each.analyte.casefold() == "ldh" for each in history.of(LabResult)),
        _("ECOG"): any(each.ecog is not None for each in history.of(Visit)),
        _("mSWAT"): bool(history.of(SkinScore)),
        _("count of neoplastic cells in the blood"): any(
            each.neoplastic is not None for each in history.of(BloodCount)
        ),
        _("imaging"): bool(history.of(Imaging)),
    }
    return [name for name, known in found.items() if not known]


def _person(history: History) -> dict[str, bool]:
    return {_(name): bool(getattr(history.patient, key)) for key, name in _OF_THE_PERSON.items()}


def _consents(history: History) -> dict[str, bool]:
    asked = {each.purpose for each in history.of(Consent) if each.given or each.withdrawn}
    missing = [_(each.value) for each in Purpose if each not in asked]
    return {_("consents ({purposes})").format(purposes=", ".join(missing)): not missing}


def _skin(history: History) -> dict[str, bool]:
    """Told by a diagnosis or by a biopsy."""
    records = (*history.of(Diagnosis), *history.of(Biopsy))
    return {
        _(name): any(getattr(record, key) is not None for record in records)
        for key, name in _OF_THE_SKIN.items()
    }
