"""A parcel is opened by what WinZip published of its encryption, and by the passphrase alone."""

import datetime as dt
import hashlib
import hmac
import io
import re
import struct
import zipfile
import zlib

import pytest
import pyzipper
from Cryptodome.Cipher import AES
from Cryptodome.Util import Counter

from models.exchange.outgoing import OutFile
from models.exchange.parcel import packed, proposed_passphrase

AT = dt.datetime(2020, 4, 30, 14, 2)  # noqa: DTZ001 - a ZIP knows no time zone
FILES = [
    OutFile("README.txt", b"read me"),
    OutFile("tables/visit.csv", "Übelkeit;\r\n".encode() * 1000),
    OutFile("tables/empty.csv", b""),
]
PASSPHRASE = "4821-0937-5526-1048-7713-9054"


def decrypted(parcel: bytes, passphrase: str) -> dict[str, bytes]:
    """The files of a ZIP in the AE-2 format with 256 bits, as its specification describes it."""
    found = {}
    for entry in zipfile.ZipFile(io.BytesIO(parcel)).infolist():
        start = entry.header_offset
        names, extras = struct.unpack_from("<HH", parcel, start + 26)
        extra = parcel[start + 30 + names : start + 30 + names + extras]
        about = struct.unpack_from("<HHH2sBH", extra)
        assert about == (0x9901, 7, 2, b"AE", 3, zipfile.ZIP_DEFLATED)
        assert (entry.compress_type, entry.flag_bits & 1, entry.CRC) == (99, 1, 0)
        body = parcel[start + 30 + names + extras :][: entry.compress_size]
        salt, check, sealed, code = body[:16], body[16:18], body[18:-10], body[-10:]
        keys = hashlib.pbkdf2_hmac("sha1", passphrase.encode(), salt, 1000, 66)
        assert keys[64:] == check
        assert hmac.digest(keys[32:64], sealed, "sha1")[:10] == code
        counter = Counter.new(128, little_endian=True)
        plain = AES.new(keys[:32], AES.MODE_CTR, counter=counter).decrypt(sealed)
        found[entry.filename] = zlib.decompress(plain, -15)
    return found


def test_the_passphrase_opens_it() -> None:
    parcel = packed(FILES, PASSPHRASE, AT)
    assert decrypted(parcel, PASSPHRASE) == {each.name: each.content for each in FILES}


def test_another_passphrase_does_not_and_a_changed_byte_is_noticed() -> None:
    parcel = packed(FILES, PASSPHRASE, AT)
    with pyzipper.AESZipFile(io.BytesIO(parcel)) as opened:
        for each in FILES:
            with pytest.raises(RuntimeError, match="Bad password"):
                opened.read(each.name, pwd=b"4821-0937-5526-1048-7713-9055")
        place = opened.getinfo("tables/visit.csv").header_offset + 90
    spoilt = bytearray(parcel)
    spoilt[place] ^= 1
    with (
        pyzipper.AESZipFile(io.BytesIO(bytes(spoilt))) as opened,
        pytest.raises((pyzipper.BadZipFile, zlib.error)),
    ):
        opened.read("tables/visit.csv", pwd=PASSPHRASE.encode())


def test_no_two_proposed_passphrases_are_alike_and_each_can_be_read_out() -> None:
    proposed = {proposed_passphrase() for _n in range(200)}
    assert len(proposed) == 200
    assert all(re.fullmatch(r"\d{4}(-\d{4}){5}", each) for each in proposed)
