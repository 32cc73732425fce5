"""What a count of events says of the rate behind it."""

from models.survival.distributions import poisson_greatest, poisson_least


def poisson_interval(k: int, confidence: float = 0.95) -> tuple[float, float]:
    """The exact interval of the number expected of which `k` were seen.

    Garwood, Biometrika 1936. Raises `ValueError` if `k` is below 0.
    """
    if k < 0:
        raise ValueError(f"{k} is no count")
    tail = (1 - confidence) / 2
    return poisson_least(k, tail) if k else 0.0, poisson_greatest(k, tail)
