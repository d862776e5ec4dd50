"""An empty place to build in, and taking back what was built when it does not come to a good end."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from fengsui.commands import snapshot
from fengsui.kernel.refusal import Refusal

# May lie in a home before anything is built: how to reach the database, and the marks of a mount.
_ALLOWED = frozenset({"fengsui.toml", "lost+found", "logs"})


@contextmanager
def built_whole() -> Iterator[Path]:
    """The home, empty. What the block built in it and in the database is removed when it fails.

    Refuses `home-not-empty` and `database-not-empty` with nothing touched.
    """
    home = Path(settings.HOME)
    before = {path.name for path in home.iterdir()} if home.exists() else set()
    if strangers := sorted(before - _ALLOWED):
        raise Refusal("home-not-empty", home=str(home), found="、".join(strangers[:5]))
    there = home.exists()
    home.mkdir(parents=True, exist_ok=True)
    if not _database_is_empty():
        raise Refusal("database-not-empty", database=str(connection.settings_dict["NAME"]))
    try:
        yield home
    except BaseException:
        _take_back(home, before, keep=there)
        raise


def _database_is_empty() -> bool:
    """Asked without making a file: an SQLite database that is not there is empty."""
    if connection.vendor == "sqlite" and not Path(str(connection.settings_dict["NAME"])).exists():
        return True
    return snapshot.is_empty()


def _take_back(home: Path, before: set[str], *, keep: bool) -> None:
    if connection.vendor == "postgresql":
        snapshot.drop_everything()
    connection.close()
    database = Path(str(connection.settings_dict["NAME"]))
    if connection.vendor == "sqlite":
        for tail in ("", "-wal", "-shm"):
            database.with_name(database.name + tail).unlink(missing_ok=True)
    for path in home.iterdir():
        if path.name not in before:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    if not keep:
        home.rmdir()
