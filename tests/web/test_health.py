"""What machines that watch are told, and what strangers are not."""

import json
import logging
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import override_settings
from django.utils import timezone

from fengsui.platform import keys, logs
from fengsui.platform.calendar.queries import forget
from fengsui.platform.documents import store as numbers
from fengsui.platform.health import checks, configured
from fengsui.platform.health import store as health
from fengsui.platform.health.checks import State
from fengsui.platform.ledger import store as ledger
from tests import make
from tests.supervision import loop

pytestmark = pytest.mark.django_db


def found(check, now=None):
    """The findings of one check as name → state."""
    return [(f.name, f.state) for f in checks.run((check,), now or timezone.now())]


def test_live_is_said_by_the_process_alone(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_ready_while_the_worker_gives_signs_of_life(client):
    health.beat("worker@a:1", timezone.now())

    answer = client.get("/readyz")

    assert answer.status_code == 200
    states = answer.json()
    assert states.pop("calendar") in {"ok", "bad"}  # depends on the day of the test
    assert states == {"database": "ok", "disk": "ok", "worker": "ok"}


@pytest.mark.parametrize("ago", [None, 61, 3_600])
def test_not_ready_when_the_worker_is_silent_for_a_minute(client, ago):
    if ago:
        health.beat("worker@a:1", timezone.now() - timedelta(seconds=ago))

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["worker"]) == (503, "bad")


def test_metrics_count_by_route_and_never_name_a_record(client):
    where = "/transparency/proof/0199aaaa-0000-7000-8000-000000000001"
    client.get(where)

    text = client.get("/metrics").content.decode()

    route = 'route="/transparency/proof/<uuid:entry>"'
    assert f'fengsui_requests_total{{method="GET",{route},status="404"}}' in text
    assert f'fengsui_request_seconds_bucket{{{route},le="+Inf"}}' in text
    assert "0199aaaa" not in text


def test_metrics_show_how_late_the_house_is(client):
    team = make.Team()
    loop.planned(team)

    text = client.get("/metrics").content.decode()

    values = dict(line.split(" ") for line in text.splitlines() if line.startswith("fengsui_") and "{" not in line)  # fmt: skip
    assert values["fengsui_tasks_overdue"] == "1"  # planned for a noon long past
    assert float(values["fengsui_sealing_lag_seconds"]) > 0
    assert values["fengsui_deliveries_stuck"] == "0"


@pytest.mark.parametrize(
    ("extra", "status"),
    [
        ({"REMOTE_ADDR": "192.0.2.9"}, 404),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "192.0.2.9"}, 404),
        ({"REMOTE_ADDR": "192.0.2.9", "HTTP_AUTHORIZATION": "Bearer wrong"}, 404),
        ({"REMOTE_ADDR": "192.0.2.9", "HTTP_AUTHORIZATION": "Bearer a token"}, 200),
        ({"REMOTE_ADDR": "127.0.0.1"}, 200),
    ],
)
@override_settings(METRICS_TOKEN="a token")
def test_metrics_are_for_this_machine_or_for_a_token(client, extra, status):
    assert client.get("/metrics", **extra).status_code == status


@override_settings(METRICS_TOKEN="", BEHIND_PROXY=True, SECURE_SSL_REDIRECT=False)
def test_behind_a_proxy_nobody_is_local_and_no_token_is_no_key(client):
    assert client.get("/metrics", HTTP_AUTHORIZATION="Bearer ").status_code == 404


def test_invented_methods_do_not_grow_the_metrics(client):
    client.generic("BREW", "/healthz")

    text = client.get("/metrics").content.decode()
    assert 'method="OTHER"' in text
    assert "BREW" not in text


def test_a_full_disk_is_bad(monkeypatch):
    usage = lambda _path: type("Usage", (), {"free": 2_047 * 1_000_000})()  # noqa: E731
    monkeypatch.setattr(shutil, "disk_usage", usage)

    assert found(checks.disk) == [("disk", State.BAD)]


@pytest.mark.parametrize(
    ("day", "states"),
    [
        ("2026-10-31", [State.OK]),
        ("2026-11-01", [State.OK, State.WARN]),
        ("2027-01-01", [State.BAD]),
    ],
)
def test_from_november_the_next_year_is_wanted(day, states):
    now = make.NOON.replace(year=int(day[:4]), month=int(day[5:7]), day=int(day[8:]))

    forget()  # a test before this one may have loaded a year

    assert [state for _, state in found(checks.calendar, now)] == states


def test_a_clock_behind_the_last_entry_is_bad():
    loop.planned(make.Team())

    assert found(checks.clock, make.NOON - timedelta(hours=1)) == [("clock", State.BAD)]
    assert found(checks.clock, make.NOON + timedelta(hours=1)) == [("clock", State.OK)]


def test_a_clock_that_was_set_is_said():
    health.clock_jumped("worker@a:1", make.NOON, -3_600.0)

    (finding,) = checks.run((checks.clock,), make.NOON)
    assert (finding.state, finding.text) == (State.WARN, "2026-03-02 12:00:00 时钟跳动 -3600 秒")


@pytest.mark.parametrize(
    ("hours", "state"), [(25, State.OK), (27, State.WARN), (171, State.BAD), (None, State.BAD)]
)
def test_a_backup_grows_old(tmp_path, hours, state):
    with override_settings(HOME=tmp_path):
        if hours is not None:
            at = (make.NOON - timedelta(hours=hours)).isoformat()
            (tmp_path / checks.LAST_BACKUP).write_text(json.dumps({"at": at, "file": "x"}))

        assert found(checks.backup, make.NOON) == [("backup", state)]


def test_keys_that_others_can_read_are_bad(tmp_path):
    with override_settings(HOME=tmp_path):
        keys.ensure()
        assert found(checks.key_files) == [("keys", State.OK)]

        (tmp_path / "keys" / "mac").chmod(0o640)
        assert found(checks.key_files) == [("keys", State.BAD)]

        (tmp_path / "keys" / "mac").unlink()
        (finding,) = checks.run((checks.key_files,), make.NOON)
        assert "缺少密钥 mac" in finding.text
        keys.forget()


@pytest.mark.parametrize(
    ("url", "state"),
    [
        ("http://127.0.0.1:8000", State.WARN),
        ("http://fire.example", State.BAD),
        ("https://fire.example", State.OK),
    ],
)
def test_the_address_on_papers_is_judged(url, state):
    with override_settings(PUBLIC_URL=url):
        assert found(configured.public_url) == [("public-url", state)]


def test_any_host_is_bad_and_each_bad_finding_has_a_remedy():
    with override_settings(ALLOWED_HOSTS=["*"]):
        assert found(configured.hosts) == [("hosts", State.BAD)]
    everything = checks.run(configured.ALL, timezone.now())
    assert all(f.remedy for f in everything if f.state != State.OK)
    assert len({f.name for f in everything}) == len(configured.ALL)


def test_a_number_that_nobody_accounts_for_is_bad_and_named():
    brigade = make.organisation()
    assert found(configured.numbers) == [("numbers", State.OK)]
    numbers.take(brigade.id, "rectification-order", 2026, 2)

    (finding,) = checks.run((configured.numbers,), timezone.now())

    assert finding.state == State.BAD
    assert finding.text == f"{brigade.name} 2026 年“责令限期改正通知书”缺号 1、2"


def test_sealing_that_lags_is_said():
    loop.planned(make.Team())

    assert found(checks.sealing, make.NOON + timedelta(seconds=60)) == [("sealing", State.OK)]
    assert found(checks.sealing, make.NOON + timedelta(seconds=62)) == [("sealing", State.WARN)]
    ledger.seal(make.NOON)
    assert found(checks.sealing, make.NOON + timedelta(hours=9)) == [("sealing", State.OK)]


def test_a_log_line_says_what_and_where_and_nothing_that_somebody_wrote(tmp_path, client):
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    with override_settings(HOME=tmp_path):
        logs.begin("web")
        try:
            client.get("/sign-in?phone=13800000027")
            try:
                int("DETAIL: Key (phone)=(13800000027)")
            except ValueError:
                logging.getLogger("fengsui.test").exception("could not save")
        finally:
            for handler in root.handlers:
                handler.close()
            root.handlers[:], root.level = before, level

    text = Path(tmp_path / "logs" / "web.jsonl").read_text("utf-8")
    lines = [json.loads(line) for line in text.splitlines()]
    assert "13800000027" not in text
    assert lines[0]["route"] == "/sign-in"
    assert (lines[-1]["error"], lines[-1]["says"]) == ("ValueError", "could not save")
    assert lines[-1]["through"][-1].startswith("test_health.py:")
