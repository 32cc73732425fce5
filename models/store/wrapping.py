"""A password around the store's key: Argon2id makes the wrapping key, AES-GCM wraps."""

import secrets
import unicodedata
from dataclasses import dataclass
from threading import Lock
from typing import Annotated, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from pydantic import BaseModel, ConfigDict, Field

KEY_BYTES, SALT_BYTES, NONCE_BYTES = 32, 16, 12
_ONE_AT_A_TIME = Lock()
"""Two derivations of several lanes at once wait for each other without end."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess at a password costs an attacker, and one sign-in costs the user."""

    memory_kib: int
    passes: int
    lanes: int


COST = Cost(memory_kib=64 * 1024, passes=3, lanes=4)


class Wrapped(BaseModel):
    """The store's key as one password unwraps it, with what is needed to try."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,
        ser_json_bytes="base64",
        val_json_bytes="base64",
    )

    kdf: Literal["argon2id"] = "argon2id"
    memory_kib: Annotated[int, Field(ge=128, le=256 * 1024)]
    passes: Annotated[int, Field(ge=1, le=10)]
    lanes: Annotated[int, Field(ge=1, le=16)]
    salt: Annotated[bytes, Field(min_length=SALT_BYTES, max_length=SALT_BYTES)]
    nonce: Annotated[bytes, Field(min_length=NONCE_BYTES, max_length=NONCE_BYTES)]
    wrapped: Annotated[bytes, Field(min_length=KEY_BYTES, max_length=2 * KEY_BYTES)]


def new_key() -> bytes:
    return secrets.token_bytes(KEY_BYTES)


def wrap(key: bytes, secret: str, owner: bytes) -> Wrapped:
    """`owner` is bound to the result: one user's entry does not open under another's name."""
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(_derived(secret, salt, COST)).encrypt(nonce, key, owner)
    return Wrapped(
        memory_kib=COST.memory_kib,
        passes=COST.passes,
        lanes=COST.lanes,
        salt=salt,
        nonce=nonce,
        wrapped=sealed,
    )


def unwrap(wrapped: Wrapped, secret: str, owner: bytes) -> bytes | None:
    """The store's key; None when this is not the secret it was wrapped with.

    Raises `MemoryError` where this computer has not what the entry asks for.
    """
    cost = Cost(wrapped.memory_kib, wrapped.passes, wrapped.lanes)
    opener = AESGCM(_derived(secret, wrapped.salt, cost))
    try:
        return opener.decrypt(wrapped.nonce, wrapped.wrapped, owner)
    except InvalidTag:
        return None


def same_spelling(text: str) -> str:
    """One spelling of accented letters, whatever the keyboard or the system composed."""
    return unicodedata.normalize("NFC", text)


def _derived(secret: str, salt: bytes, cost: Cost) -> bytes:
    derivation = Argon2id(
        salt=salt,
        length=KEY_BYTES,
        iterations=cost.passes,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    )
    with _ONE_AT_A_TIME:
        return derivation.derive(same_spelling(secret).encode("utf-8", "surrogatepass"))
