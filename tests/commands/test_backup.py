"""R10: a backup taken while people work gives, on an empty machine, the rows of one moment; the ledger
verifies, old heads still prove; whatever is wrong is refused before anything is touched."""

import hashlib
import json
import shutil
import sqlite3
import zipfile
from contextlib import contextmanager

import pytest

from tests.commands.places import ON_POSTGRESQL, place

PASSPHRASE = {"FENGSUI_BACKUP_PASSPHRASE": "三号柜 第二层"}
# A restore writes on in the ledger (a new log); every other table is exactly that of the snapshot.
GROWN = {
    "ledger_log",
    "ledger_entry",
    "ledger_leaf",
    "ledger_node",
    "ledger_head",
    "ledger_pending",
}


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """An installation with a file in it."""
    with place(tmp_path_factory.mktemp("source"), "home") as there:
        there.did("init")
        data = b"%PDF-1.7 evidence"
        name = hashlib.sha256(data).hexdigest()
        kept = there.home / "files" / name[:2] / name[2:]
        kept.parent.mkdir(parents=True)
        kept.write_bytes(data)
        (there.home / "rules").mkdir()
        (there.home / "rules" / "local.yaml").write_text("[]\n", "utf-8")
        (there.home / "fengsui.toml").write_text('hosts = "fire.example"\n', "utf-8")
        yield there


@pytest.fixture(scope="module")
def backup(source, tmp_path_factory):
    """An archive of it, taken while four threads perform actions; what was written goes on after."""
    target = tmp_path_factory.mktemp("archive") / "night.fengsui"
    with at_work(source):
        before = count(source)
        source.did("backup", str(target), **PASSPHRASE)
    assert count(source) > before, "nobody was at work"
    return target


@pytest.fixture
def empty(tmp_path):
    with place(tmp_path, "empty") as there:
        yield there


@contextmanager
def at_work(there):
    load = there.start("-m", "tests.commands.load", DJANGO_SETTINGS_MODULE="fengsui.settings")
    try:
        assert load.stdout.readline() == "working\n"
        yield
    finally:
        _out, err = load.communicate()
        assert load.returncode == 0, err


def count(there):
    return there.ask("SELECT count(*) FROM ledger_entry")[0][0]


def manifest(backup):
    with zipfile.ZipFile(backup) as archive:
        return json.loads(archive.read("manifest.json"))


def rows_in(backup, tmp_path):
    """Table → its rows in the archive, read without our code."""
    with zipfile.ZipFile(backup) as archive:
        if ON_POSTGRESQL:
            return {
                name.removeprefix("rows/"): sorted(archive.read(name).split(b"\n")[1:-1])
                for name in archive.namelist()
                if name.startswith("rows/")
            }
        archive.extract("database.sqlite3", tmp_path)
    return sqlite_rows(tmp_path / "database.sqlite3")


def sqlite_rows(path):
    with sqlite3.connect(path) as file:
        names = file.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        ).fetchall()
        return {name: sorted(map(repr, file.execute(f"SELECT * FROM {name}"))) for (name,) in names}


def rows_of(there, tmp_path):
    """Table → its rows in an installation; on PostgreSQL by way of a second backup's text."""
    if not ON_POSTGRESQL:
        return sqlite_rows(there.database)
    again = tmp_path / "again.fengsui"
    there.did("backup", str(again))
    return rows_in(again, tmp_path)


def test_a_restore_gives_the_rows_of_the_snapshot_and_a_ledger_that_verifies(
    source, backup, empty, tmp_path
):
    said = json.loads(empty.did("restore", str(backup), "--json", "--reason", "演练", **PASSPHRASE))

    saved, restored = rows_in(backup, tmp_path), rows_of(empty, tmp_path)
    assert saved.keys() == restored.keys()
    assert {name for name in saved if saved[name] != restored[name]} <= GROWN
    assert set(saved["ledger_entry"]) < set(restored["ledger_entry"])
    assert len(restored["ledger_entry"]) == len(saved["ledger_entry"]) + 1
    assert len(saved["accounts_organisation"]) > 12
    assert (said["log"], said["after_log"], said["files"]) == (2, 1, 1)
    assert json.loads(empty.did("ledger", "verify", "--json"))["wrong"] == []


def test_an_old_head_still_proves_after_the_restore(source, backup, empty, tmp_path):
    head = tmp_path / "head.json"
    head.write_text(json.dumps(manifest(backup)["head"]), "utf-8")
    empty.did("restore", str(backup), **PASSPHRASE)

    assert "全部相符" in empty.did("ledger", "verify", "--head", str(head))

    bent = manifest(backup)["head"] | {"root": "00" * 32}
    head.write_text(json.dumps(bent), "utf-8")
    assert "历史被改动" in empty.fengsui("ledger", "verify", "--head", str(head)).stdout


def test_files_keys_and_settings_come_back(source, backup, empty):
    empty.did("restore", str(backup), **PASSPHRASE)

    for part in ("keys", "files", "rules", "tls"):
        for path in (source.home / part).rglob("*"):
            if path.is_file():
                twin = empty.home / path.relative_to(source.home)
                assert twin.read_bytes() == path.read_bytes(), twin
    assert (empty.home / "fengsui.toml").read_text("utf-8") == 'hosts = "fire.example"\n'
    assert {path.stat().st_mode & 0o077 for path in (empty.home / "keys").iterdir()} == {0}


def test_the_snapshot_is_of_one_moment(source, backup, tmp_path):
    """Each organisation in it has its entry and its key, and nothing has one without the other."""
    saved = rows_in(backup, tmp_path)

    registered = [row for row in saved["ledger_entry"] if "organisation.create" in str(row)]
    assert len(registered) == len(saved["accounts_organisation"])
    assert len(saved["ledger_keyuse"]) == len(saved["ledger_entry"])
    assert len(saved["ledger_entry"]) == len(saved["ledger_leaf"]) + len(saved["ledger_pending"])


@pytest.mark.skipif(ON_POSTGRESQL, reason="a server's files cannot be copied under it")
def test_control_a_plain_copy_of_the_file_under_load_is_behind_or_broken(source, tmp_path):
    behind = []
    with at_work(source):
        for number in range(5):
            known = count(source)
            copy = tmp_path / f"{number}.sqlite3"
            shutil.copy(source.database, copy)
            behind.append(known > entries_in(copy))

    assert any(behind)


def entries_in(copy):
    try:
        with sqlite3.connect(copy) as file:
            assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            return file.execute("SELECT count(*) FROM ledger_entry").fetchone()[0]
    except (sqlite3.DatabaseError, AssertionError):
        return -1


def test_every_flipped_byte_is_refused_and_named(backup, empty, tmp_path):
    whole = backup.read_bytes()
    size = len(whole)
    for place_ in (10, size // 3, size // 2, size - 2_000, size - 80, size - 5):
        bent = tmp_path / "bent.fengsui"
        flipped = bytearray(whole)
        flipped[place_] ^= 1
        bent.write_bytes(flipped)

        said = empty.refused("restore", str(bent), **PASSPHRASE)

        assert "bent.fengsui" in said
        assert empty.listing() == []


def test_a_damaged_member_is_named(backup, empty, tmp_path):
    with zipfile.ZipFile(backup) as archive:
        member = "rows/accounts_organisation" if ON_POSTGRESQL else "database.sqlite3"
        start = archive.getinfo(member).header_offset + 200
    bent = tmp_path / "bent.fengsui"
    flipped = bytearray(backup.read_bytes())
    flipped[start] ^= 0xFF
    bent.write_bytes(flipped)

    assert f"“{member}”已损坏" in empty.refused("restore", str(bent), **PASSPHRASE)


@pytest.mark.parametrize("cut", [0, 100, 5_000])
def test_a_file_cut_short_or_foreign_is_refused(backup, empty, tmp_path, cut):
    short = tmp_path / "short.fengsui"
    short.write_bytes(backup.read_bytes()[:cut])

    assert "short.fengsui 不是完整的烽燧备份" in empty.refused("restore", str(short), **PASSPHRASE)
    assert empty.listing() == []


def test_a_home_that_is_not_empty_is_refused_and_untouched(source, backup):
    before = {path: path.stat().st_mtime_ns for path in source.home.rglob("*") if path.is_file()}

    said = source.refused("restore", str(backup), **PASSPHRASE)

    assert "不是空目录" in said
    after = {path: path.stat().st_mtime_ns for path in source.home.rglob("*") if path.is_file()}
    assert {path.name for path in before.keys() ^ after.keys()} <= {
        "fengsui.sqlite3-wal",
        "fengsui.sqlite3-shm",
    }
    assert all(after.get(path, then) == then for path, then in before.items() if "sqlite3" not in path.name)  # fmt: skip


def test_a_wrong_passphrase_opens_nothing_and_makes_nothing(backup, empty):
    said = empty.refused("restore", str(backup), FENGSUI_BACKUP_PASSPHRASE="不对")

    assert said.startswith("口令不对")
    assert empty.listing() == []


def test_no_passphrase_is_said_and_makes_nothing(backup, empty):
    assert "在口令之下" in empty.refused("restore", str(backup))
    assert empty.listing() == []


def test_without_a_passphrase_keys_are_left_out_and_it_is_said_how_to_keep_them(
    source, empty, tmp_path
):
    target = tmp_path / "bare.fengsui"

    said = source.did("backup", str(target))

    assert "不在备份内" in said
    assert "keys 目录另存" in said
    assert "secrets" not in manifest(target)["members"]
    assert "不含密钥" in empty.refused("restore", str(target))
    empty.did("restore", str(target), "--keys", str(source.home / "keys"))
    assert "全部相符" in empty.did("ledger", "verify")


def test_foreign_keys_do_not_verify_and_everything_is_taken_back(source, empty, tmp_path):
    target, stranger = tmp_path / "bare.fengsui", tmp_path / "keys"
    source.did("backup", str(target))
    shutil.copytree(source.home / "keys", stranger)
    (stranger / "mac").write_bytes(b"x" * 32)

    said = empty.refused("restore", str(target), "--keys", str(stranger))

    assert "台账核对不符" in said
    assert "校验码不符" in said
    assert empty.listing() == []


def test_no_key_and_no_passphrase_can_be_read_in_the_archive(source, backup):
    whole = backup.read_bytes()

    for path in (source.home / "keys").iterdir():
        assert path.read_bytes() not in whole
    assert b"fire.example" not in whole


def test_a_backup_is_not_overwritten_and_an_impossible_place_is_said(source, backup, tmp_path):
    before = backup.read_bytes()

    assert "没有覆盖" in source.refused("backup", str(backup))
    assert backup.read_bytes() == before
    (tmp_path / "file").write_text("")
    assert "没有写成" in source.refused("backup", str(tmp_path / "file" / "x.fengsui"))
