"""Uploads in pieces, for bad lines: the bytes so far lie in a folder until the last one came.

Beside `<id>.part` stands `<id>.json`: whose it is, how long it will be, and the stored file it became.
"""

import contextlib
import fcntl
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from django.conf import settings

from fengsui.kernel.ids import new_id
from fengsui.kernel.refusal import Refusal
from fengsui.platform import rules
from fengsui.platform.files.actions import plain_name, receive
from fengsui.platform.who import Who


@dataclass(frozen=True, slots=True)
class Upload:
    """`offset` bytes of `size` have come; `file` is the stored file once all have."""

    id: UUID
    size: int
    offset: int
    file: UUID | None = None


def folder() -> Path:
    return Path(settings.HOME) / "uploads-in-progress"


def largest(at: datetime) -> int:
    """The size in bytes that no upload of any type may pass (FILE-LIMITS)."""
    return max(
        int(str(limit)) for limit in rules.table("FILE-LIMITS", rules.local_day(at)).values()
    )


def begin(size: int, name: str, who: Who, at: datetime) -> Upload:
    """An upload of `size` bytes, to be continued. Refuses `file-empty`, `file-too-large`."""
    if size < 1:
        raise Refusal("file-empty", name=name)
    if size > (limit := largest(at)):
        raise Refusal("file-too-large", name=name, size=size, limit=limit)
    upload = Upload(new_id(), size, 0)
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    _part(upload.id).touch(mode=0o600)
    _note(upload.id, {"post": str(who.post_id), "size": size, "name": plain_name(name)})
    return upload


def standing(upload_id: UUID, who: Who) -> Upload:
    """How far one's own upload has come. Refuses `upload-unknown`."""
    told = _told(upload_id, who)
    if told.get("file"):
        return Upload(upload_id, told["size"], told["size"], UUID(told["file"]))
    return Upload(upload_id, told["size"], _part(upload_id).stat().st_size)


def append(upload_id: UUID, offset: int, pieces: Iterable[bytes], who: Who, at: datetime) -> Upload:
    """Add bytes at `offset`; the last one makes the stored file.

    What came before a line broke stays. Refuses `upload-unknown`, `upload-offset` with the true
    one, `upload-too-long`, and what `receive` refuses: the upload is then gone.
    """
    if (there := standing(upload_id, who)).file is not None:
        return there
    with _alone(upload_id) as part:
        have = part.seek(0, os.SEEK_END)
        if offset != have:
            raise Refusal("upload-offset", offset=have)
        _write(part, pieces, there.size)
        if part.tell() < there.size:
            return replace(there, offset=part.tell())
        return _finish(upload_id, _told(upload_id, who), who, at)


def clear_stale(now: datetime) -> int:
    """Remove uploads that nobody continued (rule UPLOADS); how many. One step of the worker."""
    hours = int(str(rules.table("UPLOADS", rules.local_day(now))["stale_hours"]))
    oldest = (now - timedelta(hours=hours)).timestamp()
    # The part of a finished upload is gone already; its note goes by its own age.
    stale = [note for note in folder().glob("*.json") if _touched(note) < oldest]
    for note in stale:
        note.with_suffix(".part").unlink(missing_ok=True)
        note.unlink(missing_ok=True)
    return len(stale)


def _touched(note: Path) -> float:
    part = note.with_suffix(".part")
    return (part if part.exists() else note).stat().st_mtime


def _part(upload_id: UUID) -> Path:
    return folder() / f"{upload_id.hex}.part"


def _note(upload_id: UUID, told: Mapping[str, object]) -> None:
    path = folder() / f"{upload_id.hex}.json"
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    fresh.replace(path)


def _told(upload_id: UUID, who: Who) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads((folder() / f"{upload_id.hex}.json").read_text("utf-8"))
    except FileNotFoundError:
        raise Refusal("upload-unknown") from None
    if told["post"] != str(who.post_id):
        raise Refusal("upload-unknown")
    return told


@contextlib.contextmanager
def _alone(upload_id: UUID) -> Iterator[IO[bytes]]:
    """The part, opened for adding, to one request at a time. Refuses `upload-unknown`."""
    try:
        part = _part(upload_id).open("r+b")
    except FileNotFoundError:
        raise Refusal("upload-unknown") from None
    with part:
        fcntl.flock(part, fcntl.LOCK_EX)
        yield part


def _write(part: IO[bytes], pieces: Iterable[bytes], size: int) -> None:
    start = part.tell()
    for piece in pieces:
        if part.tell() + len(piece) > size:
            part.truncate(start)
            raise Refusal("upload-too-long", size=size)
        part.write(piece)
    part.flush()
    os.fsync(part.fileno())


def _finish(upload_id: UUID, told: Mapping[str, Any], who: Who, at: datetime) -> Upload:
    part = _part(upload_id)
    try:
        stored = receive(part.read_bytes(), told["name"], who, at)
    except Refusal:
        (folder() / f"{upload_id.hex}.json").unlink()
        part.unlink()
        raise
    _note(upload_id, {**told, "file": str(stored.id)})
    part.unlink()
    return Upload(upload_id, told["size"], told["size"], stored.id)
