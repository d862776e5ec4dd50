"""`backup` and `restore`: everything of an installation in one file, and again an installation from it."""

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import Error, connection
from tqdm import tqdm

from fengsui.commands import archive, derived, snapshot
from fengsui.commands.archive import Reader, Writer
from fengsui.commands.emptiness import built_whole
from fengsui.kernel.refusal import Refusal
from fengsui.platform import durable, keys
from fengsui.platform.files import store as files
from fengsui.platform.health.checks import LAST_BACKUP
from fengsui.platform.ledger import heads, queries, store
from fengsui.platform.ledger.verify import verify

FORMAT = "fengsui-backup-1"
_FILES, _RULES, _TOML = "files/", "rules/", "fengsui.toml"

Bar = Callable[[int], object]


def back_up(target: Path, passphrase: str) -> dict[str, Any]:
    """Write one archive while others work; what went into it.

    Rows first, in one snapshot; then the files, which lie under their own hash and never change, so
    that every file the rows name is there. Refuses `disk-too-small`, `backup-not-written`,
    `backup-exists`.
    """
    if target.exists():
        raise Refusal("backup-exists", file=str(target))
    if not keys.folder().exists():
        raise Refusal("key-missing", path=str(keys.folder()))
    home, now = Path(settings.HOME), datetime.now(UTC)
    uploads = _uploads(home)
    archive.room_for(target.parent, _size_of_database() * 2 + sum(map(_size, uploads)))
    with (
        _bar("备份", _size_of_database() + sum(map(_size, uploads))) as tell,
        _scratch(target) as room,
        archive.create(target) as writer,
    ):
        facts = snapshot.take(writer, room / "copy", tell)
        _add_files(writer, home, tell)
        if passphrase:
            writer.add(archive.SECRETS, archive.lock(_secret_files(home), passphrase))
        manifest = _manifest(facts, writer, now, bool(passphrase))
        writer.add(archive.MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1).encode())
    said = json.dumps({"at": now.isoformat(), "file": str(target.resolve())})
    durable.write(home / LAST_BACKUP, said.encode(), 0o644)
    return manifest


def _manifest(
    facts: Mapping[str, Any], writer: Writer, now: datetime, locked: bool
) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "version": metadata.version("fengsui"),
        "at": now.isoformat(),
        **facts,
        "secrets": locked,
        "members": {
            name: said for name, said in writer.digests.items() if name != archive.MANIFEST
        },
    }


def _uploads(home: Path) -> list[Path]:
    """Kept files, by their own hash; what is being written just now has another name and is left."""
    return sorted(path for path in (home / "files").glob("??/*") if len(path.name) == 62)


def _size(path: Path) -> int:
    return path.stat().st_size


def _size_of_database() -> int:
    if connection.vendor == "sqlite":
        return _size(Path(str(connection.settings_dict["NAME"])))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def _add_files(writer: Writer, home: Path, tell: Bar) -> None:
    for path in _uploads(home):
        # Pictures and PDFs are packed already.
        writer.add_file(_FILES + path.parent.name + path.name, path, tell, packed=False)
    for path in sorted((home / "rules").glob("*.yaml")):
        writer.add_file(_RULES + path.name, path, tell)


def _secret_files(home: Path) -> dict[str, bytes]:
    """What must not be readable by whoever finds the archive: keys, and settings with their passwords."""
    places = [*(home / "keys").iterdir(), *(home / "tls").glob("*"), home / _TOML]
    return {str(path.relative_to(home)): path.read_bytes() for path in places if path.is_file()}


def restore(source: Path, passphrase: str, key_folder: Path | None, reason: str) -> dict[str, Any]:
    """Build an installation from an archive in an empty home; what was built.

    The archive is read through before anything is written. Then rows, files, keys; migrations if it
    is of an earlier version; a new log, because what came after the snapshot is gone and the old log
    must not be continued as if nothing had happened; and the whole ledger is verified. Refuses what
    `archive.opened`, `snapshot.put` and `built_whole` refuse, `keys-left-out`, `restored-not-sound`,
    `restore-failed`.
    """
    with archive.opened(source) as reader:
        _check(source, reader)
        secret = _secrets(reader, passphrase, key_folder)
        try:
            return _build(reader, secret, reason)
        except (OSError, Error) as error:
            raise Refusal("restore-failed", problem=error) from error


def _build(reader: Reader, secret: Mapping[str, bytes], reason: str) -> dict[str, Any]:
    with built_whole() as home, _bar("恢复", _unpacked(reader)) as tell:
        _write_secrets(home, secret)
        _take_files(reader, home, tell)
        _fill_database(reader, home, tell)
        call_command("migrate", verbosity=0)
        keys.forget()
        list(derived.make_missing())
        return _begin_again(reader, reason)


def _check(source: Path, reader: Reader) -> None:
    if reader.manifest["format"] != FORMAT:
        raise Refusal("backup-unreadable", file=str(source), problem=str(reader.manifest["format"]))
    if reader.manifest["engine"] != connection.vendor:
        raise Refusal("other-engine", archive=reader.manifest["engine"], here=connection.vendor)
    snapshot.check_version(reader.manifest)


def _unpacked(reader: Reader) -> int:
    return sum(reader.size(name) for name in reader.names())


def _secrets(reader: Reader, passphrase: str, key_folder: Path | None) -> dict[str, bytes]:
    """Keys from the archive, or kept apart from it; none of either: refused before anything is made."""
    if key_folder is not None:
        missing = [name for name in keys.names() if not (key_folder / name).is_file()]
        if missing:
            raise Refusal("key-missing", path=str(key_folder / missing[0]))
        return {f"keys/{p.name}": p.read_bytes() for p in key_folder.iterdir() if p.is_file()}
    if not reader.manifest["secrets"]:
        raise Refusal("keys-left-out")
    if not passphrase:
        raise Refusal("passphrase-needed")
    return archive.unlock(reader.read(archive.SECRETS), passphrase)


def _write_secrets(home: Path, secret: Mapping[str, bytes]) -> None:
    """Settings that name another database are laid beside, never over what leads here."""
    for name, data in secret.items():
        path = home / name
        if name == _TOML and (path.exists() or b"database_url" in data):
            path = home / f"{_TOML}.from-backup"
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_bytes(data)


def _take_files(reader: Reader, home: Path, tell: Bar) -> None:
    for name in reader.names(_FILES):
        reader.extract(name, files.path_of(name.removeprefix(_FILES)), tell)
    for name in reader.names(_RULES):
        reader.extract(name, home / name, tell)


def _fill_database(reader: Reader, home: Path, tell: Bar) -> None:
    """SQLite's file gets its name only when its rows have been found to be those of the archive."""
    scratch = home / "restoring.sqlite3"
    snapshot.put(reader, scratch, tell)
    if connection.vendor == "sqlite":
        connection.close()
        database = Path(str(connection.settings_dict["NAME"]))
        database.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(scratch, database)


def _begin_again(reader: Reader, reason: str) -> dict[str, Any]:
    now = datetime.now(UTC)
    before = queries.latest_log()
    log = store.begin_log(now, reason)
    while store.seal(now):
        pass
    store.sign(now)
    place = (0, 0)
    while (after := heads.export(place)) != place:
        place = after
    report = verify()
    if not report.sound:
        raise Refusal("restored-not-sound", first=report.wrong[0], count=len(report.wrong))
    return {
        "from": reader.manifest["at"],
        "version": reader.manifest["version"],
        "rows": sum(table["rows"] for table in reader.manifest["tables"].values()),
        "files": len(reader.names(_FILES)),
        "log": log.number,
        "after_log": before,
        "entries": report.entries,
        "records": report.records,
    }


def passphrase_from(path: Path | None) -> str:
    """From a file, or from `FENGSUI_BACKUP_PASSPHRASE`; never from the command line, which others see."""
    if path is None:
        return os.environ.get("FENGSUI_BACKUP_PASSPHRASE", "")
    try:
        text = path.read_text("utf-8").strip()
    except OSError as error:
        raise Refusal("passphrase-unreadable", file=str(path), problem=error.strerror) from error
    if not text:
        raise Refusal("passphrase-unreadable", file=str(path), problem="文件是空的")
    return text


@contextmanager
def _scratch(target: Path) -> Iterator[Path]:
    """Room beside the target, on the same disk, that only we can read."""
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".fengsui-backup-") as room:
        yield Path(room)


@contextmanager
def _bar(words: str, total: int) -> Iterator[Bar]:
    """Bytes done on standard error; silent where nobody watches."""
    with tqdm(total=total, unit="B", unit_scale=True, desc=words, disable=None) as bar:
        yield bar.update
