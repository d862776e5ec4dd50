"""One file that holds a backup: a zip whose last 64 bytes are the SHA-256 of all before them.

Members: `manifest.json`, the rows (`database.sqlite3`, or `rows/<table>` of PostgreSQL), `files/<sha256>`,
`rules/…`, and `secrets`, which is encrypted. The manifest has the SHA-256 of each other member, so that
damage has a name; the last 64 bytes find damage anywhere. Any program that opens zip files opens it.
"""

import hashlib
import io
import json
import os
import shutil
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from fengsui.kernel.refusal import Refusal
from fengsui.platform import durable

MANIFEST, SECRETS = "manifest.json", "secrets"
_DIGEST_LENGTH = 64
_CHUNK = 1 << 20
# OWASP's advice for scrypt: 2^17, 8, 1; 128 MB once for a backup is nothing.
_SCRYPT = {"n": 1 << 17, "r": 8, "p": 1}

# What reading a zip with any byte changed may raise (RuntimeError: it claims to be encrypted).
_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError,
    ValueError, LookupError, TypeError, AttributeError, OverflowError, RuntimeError,
)  # fmt: skip

Tell = Callable[[int], object]  # told how many bytes more were handled


class Writer:
    """Members of a new archive, digested as they are written."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.digests: dict[str, str] = {}

    @contextmanager
    def member(self, name: str, *, packed: bool = True) -> Iterator[Callable[[bytes], None]]:
        """A function that appends to the member; `packed` compresses it."""
        entry = zipfile.ZipInfo(name)
        entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        entry.external_attr = 0o600 << 16
        digest = hashlib.sha256()
        with self._archive.open(entry, "w", force_zip64=True) as file:

            def write(data: bytes) -> None:
                digest.update(data)
                file.write(data)

            yield write
        self.digests[name] = digest.hexdigest()

    def add(self, name: str, data: bytes) -> None:
        with self.member(name) as write:
            write(data)

    def add_file(self, name: str, path: Path, tell: Tell, *, packed: bool = True) -> None:
        with path.open("rb") as source, self.member(name, packed=packed) as write:
            for chunk in _chunks(source):
                write(chunk)
                tell(len(chunk))


@contextmanager
def create(target: Path) -> Iterator[Writer]:
    """An archive that appears at `target` whole and durable, or not at all.

    Refuses `disk-full`; any other failure leaves nothing behind either.
    """
    part = target.with_name(f".{target.name}.part")
    try:
        with part.open("w+b") as file:
            part.chmod(0o600)
            with zipfile.ZipFile(file, "w", compresslevel=1) as archive:
                yield Writer(archive)
                archive.comment = b"0" * _DIGEST_LENGTH
            _close_with_digest(file)
        part.replace(target)
        durable.sync_folder(target.parent)
    except OSError as error:
        raise Refusal("backup-not-written", file=str(target), problem=error.strerror) from error
    finally:
        part.unlink(missing_ok=True)


def _close_with_digest(file: IO[bytes]) -> None:
    size = file.seek(0, os.SEEK_END) - _DIGEST_LENGTH
    said = _digest(file, size).encode()
    file.seek(size)
    file.write(said)
    file.flush()
    os.fsync(file.fileno())


def _digest(file: IO[bytes], size: int) -> str:
    file.seek(0)
    digest, left = hashlib.sha256(), size
    while left:
        chunk = file.read(min(_CHUNK, left))
        digest.update(chunk)
        left -= len(chunk)
    return digest.hexdigest()


class Reader:
    """An archive that has been found whole."""

    def __init__(self, archive: zipfile.ZipFile, manifest: Mapping[str, Any]) -> None:
        self._archive = archive
        self.manifest = manifest

    def names(self, prefix: str = "") -> list[str]:
        return [name for name in self.manifest["members"] if name.startswith(prefix)]

    def size(self, name: str) -> int:
        """Bytes of a member when unpacked."""
        return self._archive.getinfo(name).file_size

    def chunks(self, name: str) -> Iterator[bytes]:
        with self._archive.open(name) as file:
            yield from _chunks(file)

    def read(self, name: str) -> bytes:
        return b"".join(self.chunks(name))

    def extract(self, name: str, target: Path, tell: Tell = lambda _: None) -> None:
        """Write a member to a new file, durably."""
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as file:
            for chunk in self.chunks(name):
                file.write(chunk)
                tell(len(chunk))
            file.flush()
            os.fsync(file.fileno())


@contextmanager
def opened(source: Path) -> Iterator[Reader]:
    """Check the whole archive, every byte, before anything is taken from it.

    Refuses `backup-damaged` naming the member, `backup-unreadable` for what is no backup.
    """
    with ExitStack() as held:
        try:
            file = held.enter_context(source.open("rb"))
            whole = _is_whole(file)
            archive = held.enter_context(zipfile.ZipFile(file))
            manifest = json.loads(archive.read(MANIFEST))
            _check(source, archive, manifest, whole)
        except _BROKEN as no:
            raise Refusal("backup-unreadable", file=str(source), problem=str(no)) from no
        yield Reader(archive, manifest)


def _is_whole(file: IO[bytes]) -> bool:
    size = file.seek(0, os.SEEK_END) - _DIGEST_LENGTH
    if size <= 0:
        return False
    file.seek(size)
    said = file.read(_DIGEST_LENGTH)
    return _digest(file, size).encode() == said


def _check(
    source: Path, archive: zipfile.ZipFile, manifest: Mapping[str, Any], whole: bool
) -> None:
    expected: Mapping[str, str] = manifest["members"]
    stray = set(archive.namelist()) ^ {MANIFEST, *expected}
    for name in [
        *sorted(stray),
        *(name for name, said in expected.items() if _bent(archive, name, said)),
    ]:
        raise Refusal("backup-damaged", file=str(source), member=name)
    if not whole:
        raise Refusal("backup-damaged", file=str(source), member="zip 目录")


def _bent(archive: zipfile.ZipFile, name: str, expected: str) -> bool:
    digest = hashlib.sha256()
    try:
        with archive.open(name) as file:
            for chunk in _chunks(file):
                digest.update(chunk)
    except _BROKEN:
        return True
    return digest.hexdigest() != expected


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        yield chunk


def lock(files: Mapping[str, bytes], passphrase: str) -> bytes:
    """Files under a passphrase: a line of JSON with scrypt's parameters, then AES-256-GCM over a zip."""
    header = {
        **_SCRYPT,
        "kdf": "scrypt",
        "salt": os.urandom(16).hex(),
        "nonce": os.urandom(12).hex(),
    }
    line = json.dumps(header, sort_keys=True).encode() + b"\n"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as inner:
        for name, data in files.items():
            inner.writestr(name, data)
    sealed = AESGCM(_key(header, passphrase)).encrypt(
        bytes.fromhex(str(header["nonce"])), packed.getvalue(), line
    )
    return line + sealed


def unlock(data: bytes, passphrase: str) -> dict[str, bytes]:
    """The files again. Refuses `passphrase-wrong`."""
    line, _, sealed = data.partition(b"\n")
    header = json.loads(line)
    try:
        packed = AESGCM(_key(header, passphrase)).decrypt(
            bytes.fromhex(header["nonce"]), sealed, line + b"\n"
        )
    except InvalidTag as wrong:
        raise Refusal("passphrase-wrong") from wrong
    with zipfile.ZipFile(io.BytesIO(packed)) as inner:
        return {name: inner.read(name) for name in inner.namelist()}


def _key(header: Mapping[str, Any], passphrase: str) -> bytes:
    salt = bytes.fromhex(header["salt"])
    made = Scrypt(salt=salt, length=32, n=header["n"], r=header["r"], p=header["p"])
    return made.derive(passphrase.encode())


def room_for(folder: Path, size: int) -> None:
    """Make the folder. Refuses `disk-too-small` before a long copy that could not end well."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        problem = error.strerror
        raise Refusal("backup-not-written", file=str(folder), problem=problem) from error
    free = shutil.disk_usage(folder).free
    if free < size:
        raise Refusal("disk-too-small", folder=str(folder), free=free, needed=size)
