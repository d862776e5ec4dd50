"""`upgrade`: a backup first, then the tables, then a look; and the way back that it prints works."""

import json
import re

import pytest

from tests.commands.places import place

EARLIER = (
    "from django.core.management import call_command as run; import django; django.setup(set_prefix=False); "
    "run('migrate', 'health', 'zero', verbosity=0)"
)


@pytest.fixture
def earlier(tmp_path):
    """An installation whose tables are those of the version before signs of life."""
    with place(tmp_path, "home") as there:
        there.did("init")
        made = there.start("-c", EARLIER, DJANGO_SETTINGS_MODULE="fengsui.settings")
        assert made.communicate()[1] == ""
        yield there


def tables(there):
    return there.ask("SELECT count(*) FROM django_migrations WHERE app = 'health'")[0][0]


def test_an_installation_of_the_version_before_is_upgraded(earlier, tmp_path):
    assert tables(earlier) == 0
    assert "结构升级未执行" in earlier.fengsui("check").stdout

    said = earlier.did("upgrade")

    assert tables(earlier) == 1
    assert "还有 1 步结构升级未执行" in said
    assert "升级完成" in said
    (kept,) = (earlier.home / "backups").iterdir()
    assert f"restore {kept} --keys {earlier.home / 'keys'}" in said


def test_the_way_back_and_a_restore_of_an_older_backup_both_work(earlier, tmp_path):
    said = earlier.did("upgrade")
    (words,) = [found.split() for found in re.findall(r"fengsui (restore \S+ --keys [^（]+)", said)]

    with place(tmp_path, "back") as back:
        back.did(*words)

        assert "全部相符" in back.did("ledger", "verify")
        assert tables(back) == 1


def test_a_program_reads_what_an_upgrade_did_as_json(earlier):
    said = json.loads(earlier.did("upgrade", "--json"))

    (kept,) = (earlier.home / "backups").iterdir()
    assert (said["backup"], said["migrated"], tables(earlier)) == (str(kept), True, 1)
    assert said["entries"] > 0
    assert f"restore {kept}" in said["rollback"]


def test_no_backup_only_on_purpose(earlier):
    assert "再加 --confirmed" in earlier.refused("upgrade", "--no-backup")
    assert tables(earlier) == 0

    earlier.did("upgrade", "--no-backup", "--confirmed")

    assert tables(earlier) == 1
    assert not (earlier.home / "backups").exists()


def test_while_the_worker_runs_nothing_is_touched(tmp_path):
    with place(tmp_path, "home") as there:
        there.did("init")
        worker = there.start("-m", "fengsui.cli", "worker")
        try:
            assert worker.stdout is not None
            wait_for(lambda: there.ask("SELECT count(*) FROM health_beat")[0][0] == 1)

            assert "后台仍在运行" in there.refused("upgrade")
        finally:
            worker.terminate()
            assert worker.wait(20) == 0
            worker.communicate()
        assert there.ask("SELECT count(*) FROM health_beat") == [(0,)]
        there.did("upgrade")


def wait_for(true, seconds=20.0):
    import time  # noqa: PLC0415

    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)
