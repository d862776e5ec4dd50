"""An archive is there whole or not at all, also when the disk is full."""

import errno
import os

import pytest

from fengsui.commands import archive
from fengsui.kernel.refusal import Refusal


def made(target):
    with archive.create(target) as writer:
        writer.add("a", b"first")
        writer.add(archive.MANIFEST, b'{"members": {"a": "%s"}}' % writer.digests["a"].encode())


def test_what_was_written_is_read(tmp_path):
    made(tmp_path / "x")

    with archive.opened(tmp_path / "x") as reader:
        assert reader.read("a") == b"first"


def test_a_full_disk_leaves_nothing_and_is_said(tmp_path, monkeypatch):
    def full(_handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(Refusal) as no:
        made(tmp_path / "x")

    assert no.value.code == "backup-not-written"
    assert list(tmp_path.iterdir()) == []


def test_too_small_a_disk_is_said_before_anything_is_copied(tmp_path):
    with pytest.raises(Refusal) as no:
        archive.room_for(tmp_path, 1 << 60)

    assert no.value.code == "disk-too-small"


def test_any_one_flipped_bit_of_an_archive_is_found(tmp_path):
    target = tmp_path / "x"
    made(target)
    whole = target.read_bytes()

    for place in range(len(whole)):
        target.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(Refusal), archive.opened(target):
            pass


def test_a_locked_member_opens_with_its_passphrase_alone():
    locked = archive.lock({"keys/mac": b"secret"}, "三号柜")

    assert b"secret" not in locked
    assert archive.unlock(locked, "三号柜") == {"keys/mac": b"secret"}
    for bent in (locked, locked.replace(b'"r": 8', b'"r": 4')):
        with pytest.raises(Refusal) as no:
            archive.unlock(bent, "三号柜" if bent is not locked else "四号柜")
        assert no.value.code == "passphrase-wrong"
