"""Messages to the outside, against a real mail server and a real HTTP server."""

import hashlib
import hmac
import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from aiosmtpd.controller import Controller

from fengsui.kernel.refusal import Refusal
from fengsui.platform.accounts.models import User
from fengsui.platform.actions import perform
from fengsui.platform.ledger.models import Entry
from fengsui.platform.notices import carriers, queries, sending, store
from fengsui.platform.notices.actions import Mended, Wished, close_fault, state_wish
from fengsui.platform.notices.gateway import Message, gateway_of
from fengsui.platform.notices.models import AddressUse, Fault, Notice, Sending
from fengsui.platform.who import PostKind
from fengsui.platform.worklist.models import Task
from fengsui.platform.worklist.queries import own_tasks
from tests import make
from tests.platform.test_notices import told
from tests.postgres import free_port
from tests.supervision import loop

pytestmark = pytest.mark.django_db
PHONE = "13900001234"
SECRET = "a secret of more than 24 characters"


class Provider:
    """A gateway as providers run them: remembers what it got, by idempotency key."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], dict[str, str]]] = []
        self.by_key: dict[str, str] = {}
        self.answers: list[tuple[int, dict[str, object]]] = []
        self.state = "SENDING"
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                raw = self.rfile.read(int(self.headers["Content-Length"]))
                body = json.loads(raw)
                provider.got.append((dict(self.headers) | {"raw": raw.decode()}, body))
                known = provider.by_key.setdefault(
                    self.headers["Idempotency-Key"], f"m{len(provider.by_key) + 1}"
                )
                answered = provider.answers.pop(0) if provider.answers else None
                self.answer(*(answered or (200, {"code": 0, "data": {"id": known}})))

            def do_GET(self):
                self.answer(200, {"data": [{"state": provider.state}]})

            def answer(self, status, body):
                said = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def provider(settings):
    running = Provider()
    settings.EMAIL_HOST = ""
    settings.GATEWAYS = {
        "sms": {
            "url": f"{running.url}/send",
            "headers": {"Authorization": "Bearer T"},
            "body": {"phone": "{to}", "content": ["{title}：{text}"], "request": "{key}"},
            "id_field": "data.id",
            "status_field": "code",
            "accepted": ["0"],
            "rejected": ["7"],
            "sign": "hmac-sha256",
            "secret": "k",
            "timeout_seconds": 2,
            "receipts": {
                "poll_url": f"{running.url}/status?id={{id}}",
                "status_field": "data.0.state",
                "delivered": ["DELIVRD"],
                "failed": ["UNDELIV"],
                "secret": SECRET,
            },
        }
    }
    carriers.gateway.cache_clear()
    yield running
    running.stop()
    carriers.gateway.cache_clear()


def give_phone(who):
    User.objects.filter(id=who.user_id).update(phone=PHONE)


@pytest.fixture
def message(provider):
    """An SMS to the manager that waits to be sent."""
    team = make.Team()
    give_phone(team.manager)
    make.post(PostKind.SYSTEM_ADMIN, organisation=make.organisation(kind="operator"))
    loop.served(team)
    told()
    return Sending.objects.get(channel="sms", notice__post_id=team.manager.post_id)


def test_an_sms_is_sent_signed_with_its_key_and_its_delivery_asked_for(message, provider):
    assert sending.step(make.NOON) is True

    headers, body = provider.got[0]
    assert body["phone"] == PHONE
    assert body["request"] == headers["Idempotency-Key"] == str(message.id)
    assert headers["Authorization"] == "Bearer T"
    expected = hmac.new(b"k", headers["raw"].encode(), hashlib.sha256).hexdigest()
    assert headers["X-Signature"] == expected
    message.refresh_from_db()
    assert (message.state, message.provider_id) == ("sent", "m1")

    assert sending.step(make.NOON + timedelta(seconds=30)) is False
    sending.step(make.NOON + timedelta(seconds=7))
    message.refresh_from_db()
    assert message.state == "sent"
    provider.state = "DELIVRD"
    sending.step(make.NOON + timedelta(seconds=122))
    message.refresh_from_db()
    assert (message.state, message.receipt, message.due_at) == ("delivered", "DELIVRD", None)


def test_a_phone_is_opened_for_one_message_and_that_is_on_record_without_the_phone(
    message, provider
):
    sending.step(make.NOON)

    use = AddressUse.objects.get(sending_id=message.id)
    entry = Entry.objects.get(what="address_use.record_use", record_id=use.id)
    said = json.loads(entry.body)
    assert said["who"]["kind"] == "clock"
    assert said["inputs"]["occasion"] == "task.opened"
    assert said["inputs"]["receiver"] == message.notice.receiver
    for kept in (*Entry.objects.values_list("body", flat=True),):
        assert PHONE not in kept
    for notice in Notice.objects.all():
        assert PHONE not in notice.title + notice.text + notice.receiver


def test_a_crash_after_sending_is_resolved_by_the_key(message, provider, monkeypatch):
    """Killed between doing and marking: the lease ends, the same key goes out, the provider knows it."""
    monkeypatch.setattr(store, "sent", lambda *_: None)  # what a kill leaves behind
    sending.step(make.NOON)
    monkeypatch.undo()
    assert sending.step(make.NOON + timedelta(seconds=5)) is False  # leased

    sending.step(make.NOON + timedelta(seconds=61))

    assert [headers["Idempotency-Key"] for headers, _ in provider.got] == [str(message.id)] * 2
    assert list(provider.by_key.values()) == ["m1"]  # one message for the person
    message.refresh_from_db()
    assert (message.state, message.provider_id) == ("sent", "m1")
    assert AddressUse.objects.count() == 1


def test_trouble_is_tried_again_later_and_later(message, provider):
    provider.answers = [(503, {}), (429, {}), (200, {"code": 5})]
    now, waits = make.NOON, []
    for _ in range(3):
        sending.step(now)
        message.refresh_from_db()
        waits.append((message.due_at - now).total_seconds())
        now = message.due_at

    # 30 s, doubled each time, spread by a quarter (NOTICE-LIMITS)
    for wait, middle in zip(waits, (30, 60, 120), strict=True):
        assert 0.75 * middle <= wait <= 1.25 * middle
    sending.step(now)
    message.refresh_from_db()
    assert message.state == "sent"


def test_what_the_provider_refuses_for_good_is_a_task_for_the_system_administrator(
    message, provider
):
    provider.answers = [(200, {"code": 7})]

    sending.step(make.NOON)

    message.refresh_from_db()
    assert (message.state, message.due_at) == ("failed", None)
    task = Task.objects.get(kind="channel_fault")
    assert (task.title, task.subject) == ("处理通知渠道故障", "短信")
    fault = Fault.objects.get()
    admin = make.who(PostKind.SYSTEM_ADMIN)
    assert [task.kind for task in own_tasks(admin)] == ["channel_fault"]

    done = perform(close_fault, fault, make.call(admin), Mended(remedy="已续费"))
    assert done.result == {"requeued": 1}
    sending.step(make.NOON)
    message.refresh_from_db()
    assert message.state == "sent"
    assert own_tasks(admin) == []


def test_attempts_end_at_the_limit_of_the_rulebook(message, provider):
    provider.answers = [(500, {})] * 8
    now = make.NOON
    for _ in range(8):
        sending.step(now)
        message.refresh_from_db()
        now = message.due_at or now

    assert (message.state, message.attempts) == ("failed", 8)
    assert Fault.objects.count() == 1


def test_many_failures_of_a_channel_are_one_task(message, provider):
    team = make.Team()
    give_phone(team.manager)
    loop.served(team)
    told()
    provider.answers = [(400, {}), (400, {})]

    while sending.step(make.NOON):
        pass

    assert Sending.objects.filter(state="failed", error="HTTP 400").count() == 2
    assert Task.objects.filter(kind="channel_fault").count() == 1


def test_somebody_without_a_number_is_no_fault_of_the_channel(message, provider):
    User.objects.update(phone="")
    sending.step(make.NOON)

    message.refresh_from_db()
    assert (message.state, message.error) == ("failed", "没有登记号码或地址")
    assert not Fault.objects.exists()
    assert provider.got == []


def test_a_phone_in_a_record_is_called_when_the_post_is_empty(provider):
    team = make.Team()
    unit = make.organisation(kind="unit", region="150502001000")
    team.premises = make.premises(team.brigade, unit=unit, responsible_phone="13811112222")
    loop.served(team)
    told()

    sending.step(make.NOON)

    assert provider.got[0][1]["phone"] == "13811112222"


def test_a_receipt_on_the_hook_is_believed_only_with_the_secret(
    client, message, provider, settings
):
    receipts = {
        "secret": SECRET,
        "list_field": "reports",
        "id_field": "id",
        "status_field": "state",
        "delivered": ["DELIVRD"],
    }
    settings.GATEWAYS["sms"]["receipts"] = receipts
    carriers.gateway.cache_clear()
    sending.step(make.NOON)
    reports = [{"id": "m1", "state": "DELIVRD"}, {"id": "unknown", "state": "DELIVRD"}]

    def post(secret):
        address = f"/hooks/receipts/{secret}"
        return client.post(address, json.dumps({"reports": reports}), "application/json")

    assert post("wrong").status_code == 404
    message.refresh_from_db()
    assert message.state == "sent"
    assert post(SECRET).json() == {"taken": 1}
    message.refresh_from_db()
    assert (message.state, message.receipt) == ("delivered", "DELIVRD")
    assert client.post(f"/hooks/receipts/{SECRET}", "{", "application/json").status_code == 400


def test_settings_that_make_no_sense_are_named():
    with pytest.raises(Refusal, match="gateway-settings") as no:
        gateway_of("sms", {"url": "ftp://x", "body": {}})

    assert (no.value.facts["name"], no.value.facts["field"]) == ("sms", "url")


def test_a_placeholder_in_a_message_changes_nothing_else(provider, settings):
    """A title with quotes and braces stays a text in the JSON."""
    gateway = carriers.gateway("sms")
    odd = '"}, "phone": "110" {key} \\'
    gateway.send(Message("k1", "1", odd, "", "", "plain"))

    body = provider.got[0][1]
    assert body == {"phone": "1", "content": [f"{odd}："], "request": "k1"}


def test_a_letter_reaches_the_mail_server_with_its_own_id(settings):
    letters = []

    class Box:
        async def handle_DATA(self, _server, _session, envelope):  # noqa: N802  aiosmtpd's name
            letters.append(envelope)
            return "250 OK"

    port = free_port()
    box = Controller(Box(), hostname="127.0.0.1", port=port)
    box.start()
    try:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = port
        settings.DEFAULT_FROM_EMAIL = "烽燧 <notice@fire.example>"
        team = make.Team()
        wish = Wished(mail="liu@example.org", by_mail=True)
        perform(state_wish, None, make.call(team.manager), wish)
        loop.served(team)
        told()
        while sending.step(make.NOON):
            pass
    finally:
        box.stop()

    (letter,) = letters
    assert letter.rcpt_tos == ["liu@example.org"]
    mine = Sending.objects.get(channel="mail")
    assert f"Message-ID: <{mine.id}@fire.example>".encode() in letter.content
    assert mine.state == "sent"
    assert queries.use_of(mine.id) is not None
    assert b"liu@example.org" not in b"".join(
        body.encode() for body in Entry.objects.values_list("body", flat=True)
    )


def test_a_mail_server_that_is_away_is_tried_again(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    team = make.Team()
    perform(state_wish, None, make.call(team.manager), Wished(mail="l@e.org", by_mail=True))
    loop.served(team)
    told()

    sending.step(make.NOON)

    mine = Sending.objects.get(channel="mail")
    assert (mine.state, mine.attempts, mine.error) == ("queued", 1, "ConnectionRefusedError")
