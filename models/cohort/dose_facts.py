"""What one treatment line delivered of what was planned."""

from dataclasses import dataclass

from models.history import History
from models.intensity import Counts, DoseIntensity, dose_intensity, infusion_counts
from models.treatment import TreatmentLine


@dataclass(frozen=True, slots=True)
class DoseFacts:
    """`intensity`: None where it cannot be worked out."""

    counts: Counts
    intensity: DoseIntensity | None


def dose_facts(history: History, line: TreatmentLine) -> DoseFacts | None:
    """None where no infusion was entered."""
    if not history.infusions_of(line):
        return None
    return DoseFacts(infusion_counts(history, line), dose_intensity(history, line))
