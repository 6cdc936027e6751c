"""A file sealed under a passphrase: backups, and copies of the keys.

One line that names the format, a header, then pieces of at most a mebibyte. The key
comes from the passphrase by scrypt with a salt of the file's own; each piece is
AES-256-GCM, numbered, bound to the header, and the last says that it is the last. So
a wrong passphrase, a file cut short and a file altered are told from one another, and
none gives anything away.
"""

import hmac
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from alongside.foundation.lib.errors import DomainError

FORMAT = b"alongside sealed file 1\n"
PIECE_BYTES = 1024 * 1024
TAG_BYTES = 16
LENGTH_BYTES = 4
FRONT_BYTES = LENGTH_BYTES + 1
KEY_BYTES = SALT_BYTES = 32
CHECK_BYTES = 8
# RFC 7914 with the memory OWASP's password storage cheat sheet asks for: 128 MiB.
COST, BLOCK, PARALLEL = 2**17, 8, 1
LEAST_PASSPHRASE = 12
LARGEST_HEADER = 4096


class PassphraseTooShort(DomainError):
    user_message = f"A passphrase needs at least {LEAST_PASSPHRASE} characters"


class WrongPassphrase(DomainError):
    user_message = "The passphrase is not the one this file was sealed with"


class NotSealed(DomainError):
    """It is not such a file, or one for another purpose."""

    user_message = "This is not a file that Alongside sealed for this purpose"


class CutShort(DomainError):
    user_message = "The file is cut short: its end is missing. Use another copy"


class Altered(DomainError):
    user_message = "The file has been altered since it was made. Use another copy"


class NotWritten(DomainError):
    user_message = "The file could not be written there"


@dataclass(frozen=True, kw_only=True, slots=True)
class Header:
    """What may be known of a file without its passphrase."""

    kind: str
    made_at: datetime
    salt: bytes
    check: bytes


class SealedWriter:
    """Takes bytes and writes them in sealed pieces."""

    def __init__(self, file: BinaryIO, *, key: bytes, header: bytes) -> None:
        self._file, self._cipher, self._header = file, AESGCM(key), header
        self._waiting = bytearray()
        self._number = 0
        self.written = 0

    def write(self, data: bytes) -> None:
        """Take some more."""
        self._waiting += data
        # One piece always waits: it may turn out to be the last.
        while len(self._waiting) > PIECE_BYTES:
            self._put(bytes(self._waiting[:PIECE_BYTES]), last=False)
            del self._waiting[:PIECE_BYTES]

    def end(self) -> None:
        """Write the last piece."""
        self._put(bytes(self._waiting), last=True)

    def _put(self, piece: bytes, *, last: bool) -> None:
        nonce = _nonce(self._number, last=last)
        sealed = self._cipher.encrypt(nonce, piece, self._header)
        self._file.write(_front(len(sealed), last=last) + sealed)
        self._number += 1
        self.written += len(piece)


@contextmanager
def sealing(
    path: Path, *, passphrase: str, kind: str, made_at: datetime
) -> Iterator[SealedWriter]:
    """Write a sealed file: whole and on the disk after the block, or not at all.

    Raises:
        PassphraseTooShort: it would be guessed.
        NotWritten: the disk refuses.
    """
    if len(passphrase) < LEAST_PASSPHRASE:
        raise PassphraseTooShort
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        descriptor = os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                key, header = _make_header(passphrase, kind, made_at)
                file.write(FORMAT + len(header).to_bytes(LENGTH_BYTES, "big") + header)
                writer = SealedWriter(file, key=key, header=header)
                yield writer
                writer.end()
                file.flush()
                os.fsync(file.fileno())
            os.replace(part, path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise NotWritten from error


def _make_header(passphrase: str, kind: str, made_at: datetime) -> tuple[bytes, bytes]:
    salt = secrets.token_bytes(SALT_BYTES)
    key = _derive(passphrase, salt)
    known = {
        "kind": kind,
        "made_at": made_at.isoformat(),
        "salt": salt.hex(),
        "check": _check(key).hex(),
    }
    return key, json.dumps(known).encode()


class SealedReader:
    """A sealed file whose passphrase was right."""

    def __init__(self, path: Path, *, passphrase: str, kind: str) -> None:
        self._path = path
        with path.open("rb") as file:
            self._raw, self.header = _read_header(file, kind)
            self._start = file.tell()
        self._key = _derive(passphrase, self.header.salt)
        if not hmac.compare_digest(_check(self._key), self.header.check):
            raise WrongPassphrase

    def pieces(self) -> Iterator[bytes]:
        """What was sealed, piece by piece; each has been checked when it is given.

        Raises:
            CutShort, Altered: what follows cannot be trusted, nor what came before.
        """
        cipher, number, last = AESGCM(self._key), 0, False
        with self._path.open("rb") as file:
            file.seek(self._start)
            while not last:
                sealed, last = _read_piece(file)
                nonce = _nonce(number, last=last)
                try:
                    yield cipher.decrypt(nonce, sealed, self._raw)
                except InvalidTag as error:
                    raise Altered from error
                number += 1
            if file.read(1):
                raise Altered


def _front(length: int, *, last: bool) -> bytes:
    """What stands before a piece: its length, and whether it is the last."""
    return length.to_bytes(LENGTH_BYTES, "big") + (b"\1" if last else b"\0")


def _read_piece(file: BinaryIO) -> tuple[bytes, bool]:
    front = file.read(FRONT_BYTES)
    if len(front) < FRONT_BYTES:
        raise CutShort
    length = int.from_bytes(front[:LENGTH_BYTES], "big")
    if not TAG_BYTES <= length <= PIECE_BYTES + TAG_BYTES:
        raise Altered
    sealed = file.read(length)
    if len(sealed) < length:
        raise CutShort
    return sealed, front[LENGTH_BYTES] == 1


def open_sealed(path: Path, *, passphrase: str, kind: str) -> SealedReader:
    """A sealed file, ready to be read.

    Raises:
        NotSealed: it is no such file, or cannot be read.
        WrongPassphrase: it was sealed with another.
    """
    try:
        return SealedReader(path, passphrase=passphrase, kind=kind)
    except OSError as error:
        raise NotSealed("The file cannot be read") from error


def _read_header(file: BinaryIO, kind: str) -> tuple[bytes, Header]:
    if file.read(len(FORMAT)) != FORMAT:
        raise NotSealed
    front = file.read(LENGTH_BYTES)
    length = int.from_bytes(front, "big")
    if length > LARGEST_HEADER:
        raise Altered
    raw = file.read(length)
    if len(front) < LENGTH_BYTES or len(raw) < length:
        raise CutShort
    try:
        known = json.loads(raw)
        header = Header(
            kind=known["kind"],
            made_at=datetime.fromisoformat(known["made_at"]),
            salt=bytes.fromhex(known["salt"]),
            check=bytes.fromhex(known["check"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise Altered from error
    if header.kind != kind:
        raise NotSealed
    return raw, header


def _derive(passphrase: str, salt: bytes) -> bytes:
    kdf = Scrypt(salt=salt, length=KEY_BYTES, n=COST, r=BLOCK, p=PARALLEL)
    return kdf.derive(passphrase.encode())


def _check(key: bytes) -> bytes:
    return hmac.digest(key, b"passphrase check", "sha256")[:CHECK_BYTES]


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\1" if last else b"\0")
