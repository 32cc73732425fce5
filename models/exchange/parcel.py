"""A parcel: files in one ZIP that is encrypted with a passphrase, made in memory.

AES with 256 bits as WinZip published it (AE-2, without the checksums of what is inside), which
7-Zip, WinZip and Keka open. Names and sizes of the files stand in it in clear: no name may tell of
anybody. The format stretches a passphrase by 1000 rounds only; so the proposed one has 79 bits.
"""

import datetime as dt
import io
import secrets
from collections.abc import Iterable

from models.exchange.outgoing import OutFile

GROUPS, GROUP = 6, 4


def proposed_passphrase() -> str:
    """24 random digits in groups of four: read over the telephone in any language."""
    groups = (secrets.randbelow(10**GROUP) for _group in range(GROUPS))
    return "-".join(f"{group:0{GROUP}}" for group in groups)


def packed(files: Iterable[OutFile], passphrase: str, at: dt.datetime) -> bytes:
    """The ZIP; `passphrase`: of ASCII, which every program encodes alike; `at`: stands inside."""
    import pyzipper  # noqa: PLC0415 - only when a parcel is made

    into = io.BytesIO()
    with pyzipper.AESZipFile(into, "w", compression=pyzipper.ZIP_DEFLATED) as parcel:
        parcel.setpassword(passphrase.encode("ascii"))
        parcel.setencryption(
            pyzipper.WZ_AES, nbits=256, force_wz_aes_version=pyzipper.zipfile_aes.WZ_AES_V2
        )
        for file in files:
            entry = parcel.zipinfo_cls(file.name, date_time=at.timetuple()[:6])
            entry.compress_type = pyzipper.ZIP_DEFLATED
            parcel.writestr(entry, file.content)
    return into.getvalue()
