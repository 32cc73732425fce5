"""The printed recovery key: random, easy to copy by hand, forgiving of how it was copied."""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS, GROUP = 8, 5
_MISREAD = str.maketrans("OIL", "011")


def new_recovery_key() -> str:
    """200 random bits in Crockford's base 32, in eight groups of five."""
    return "-".join(
        "".join(secrets.choice(ALPHABET) for _place in range(GROUP)) for _group in range(GROUPS)
    )


def as_printed(typed: str) -> str:
    """What was typed as it was printed: upper case, O read as 0, I and L as 1, dashes in place."""
    characters = [
        character for character in typed.upper().translate(_MISREAD) if character in ALPHABET
    ]
    groups = range(0, len(characters), GROUP)
    return "-".join("".join(characters[start : start + GROUP]) for start in groups)
