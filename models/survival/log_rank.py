"""Whether groups differ in when they have the event."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.survival.distributions import chi_square_tail
from models.survival.risk_sets import reaches, risk_sets
from models.survival.times import Times


@dataclass(frozen=True, slots=True)
class LogRank:
    chi2: float
    degrees: int
    p: float


def log_rank(groups: Sequence[Times]) -> LogRank | None:
    """Events seen in each group against those expected if all had the same hazard.

    Mantel, Cancer Chemother Rep 1966: hypergeometric variance, delayed entry allowed. There is
    one degree of freedom less than groups; one less again for each group, or set of groups, that
    is never at risk together with the rest while an event could have gone either way. None where
    no degree is left.
    """
    sets = risk_sets(groups)
    there, events = sets.at_risk.sum(axis=0), sets.events.sum(axis=0)
    surplus = (sets.events - sets.at_risk * (events / there)).sum(axis=1)
    chance = events * (there - events) / (np.maximum(there - 1, 1) * there**2)
    shared = (sets.at_risk * chance) @ sets.at_risk.T
    covariance = np.diag((sets.at_risk * chance) @ there) - shared
    ways = reaches(shared > 0)
    compared = np.flatnonzero(ways.argmax(axis=1) < np.arange(len(groups)))
    if not len(compared):
        return None
    excess = surplus[compared]
    chi2 = float(excess @ np.linalg.solve(covariance[np.ix_(compared, compared)], excess))
    return LogRank(chi2, len(compared), chi_square_tail(chi2, len(compared)))
