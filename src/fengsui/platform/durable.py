"""Files that are there whole or not at all, and still there after a power cut."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def replacing(path: Path, mode: int = 0o600) -> Iterator[IO[bytes]]:
    """A file to write into that replaces `path` when all went well, on disk when this returns.

    Never inside a transaction. Until then nobody but the owner reads it; `mode` is what it has at
    the end. Raises OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file
            file.flush()
            os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        Path(part).replace(path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def write(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Replace `path` by `data`, as `replacing` does."""
    with replacing(path, mode) as file:
        file.write(data)


def sync_folder(path: Path) -> None:
    """The names in a folder, as they are now, survive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
