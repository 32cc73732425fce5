"""What a dose comes to when it is prepared: rounded as it is drawn up, and limits to weigh."""

from collections.abc import Iterable, Mapping

from models.protocol import Protocol, Unit
from models.rules import Standing, rule
from models.treatment import PlannedDose
from models.words import N_

OLD_DAYS = 28
MOST_KG: Mapping[str, float] = {"brentuximab vedotin": 100}


@rule(
    N_("Rounding of a dose in mg/m²"),
    "No label names a rounding; proposed for this program",
    Standing.UNVERIFIED,
)
def drawn_up(protocol: Protocol, planned: PlannedDose) -> PlannedDose:
    """On the treatment day sheet a dose in mg/m² is rounded to whole mg, half a mg upwards, with
    the vials for it; the exact dose stands beside it. A dose of less than 10 mg, and every dose in
    mg or in mg/kg, is left as it was worked out.
    """
    if protocol.unit is not Unit.MG_PER_M2 or planned.mg < 10:
        return planned
    mg = float(int(planned.mg + 0.5))
    return PlannedDose(mg, protocol.vials(mg))


@rule(N_("Weight counted for brentuximab vedotin"), "Its label, from memory", Standing.UNVERIFIED)
def most_kg(regimen: Iterable[str], protocol: Protocol) -> float | None:
    """For a dose of brentuximab vedotin in mg/kg a weight above 100 kg counts as 100 kg. A protocol
    knows no such limit: the treatment day sheet warns, and the dose is left as it was worked out.
    """
    if protocol.unit is not Unit.MG_PER_KG:
        return None
    known = (MOST_KG.get(drug.strip().casefold()) for drug in regimen)
    return next(filter(None, known), None)


@rule(
    N_("Age of a weight"),
    "The label goes by the weight of the day; 28 days proposed for this program",
    Standing.UNVERIFIED,
)
def is_old(days: int) -> bool:
    """On the treatment day sheet a weight or a finding is marked that is older than 28 days; the
    conclusion of a biopsy is named beside the awaited ones for as long.
    """
    return days > OLD_DAYS
