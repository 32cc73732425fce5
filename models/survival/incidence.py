"""What a count of events says of the rate behind it."""

from scipy.special import chdtri


def poisson_interval(k: int, confidence: float = 0.95) -> tuple[float, float]:
    """The exact interval of the number expected of which `k` were seen.

    Garwood, Biometrika 1936. Raises `ValueError` if `k` is below 0.
    """
    if k < 0:
        raise ValueError(f"{k} is no count")
    tail = (1 - confidence) / 2
    low = float(chdtri(2 * k, 1 - tail)) / 2 if k else 0.0
    return low, float(chdtri(2 * k + 2, tail)) / 2
