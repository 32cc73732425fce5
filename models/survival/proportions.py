"""What a count says of the share behind it."""

from math import exp

from models.survival.distributions import binomial_log_odds


def clopper_pearson(k: int, n: int, confidence: float = 0.95) -> tuple[float, float]:
    """The exact interval of a share of which `k` in `n` were seen, from 0 to 1.

    Clopper and Pearson, Biometrika 1934. Raises `ValueError` if `n` is 0 or `k` is not in 0 to `n`:
    of nobody there is nothing to say.
    """
    if n < 1 or not 0 <= k <= n:
        raise ValueError(f"{k} of {n} is no share")
    tail = (1 - confidence) / 2
    low = 1 / (1 + exp(-binomial_log_odds(k, n, tail))) if k else 0.0
    high = 1 / (1 + exp(binomial_log_odds(n - k, n, tail))) if k < n else 1.0
    return low, high
