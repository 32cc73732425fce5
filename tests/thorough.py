"""How often a test does what it does: a quarter at every run, all of it with `make torture`."""

import os

THOROUGH = "THOROUGH"
SHARE = 4


def times(full: int) -> int:
    return full if os.environ.get(THOROUGH) else full // SHARE
