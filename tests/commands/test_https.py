"""HTTPS from `up`: a certificate that a client who trusts our authority accepts; everything stops and
comes back as it should."""

import os
import signal
import socket
import ssl
import time
import urllib.error
import urllib.request
from datetime import UTC, datetime, timedelta
from http.client import HTTPException

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from django.test import override_settings

from fengsui.kernel.refusal import Refusal
from fengsui.platform import tls
from tests.commands.places import place

HOST = "127.0.0.2"


def free_port():
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


@pytest.fixture
def running(tmp_path):
    """`fengsui up` on an address that is not localhost; its port and the process."""
    with place(tmp_path, "home") as there:
        there.env["FENGSUI_HOSTS"] = f"localhost,{HOST}"
        there.did("init")
        port = free_port()
        process = there.start("-m", "fengsui.cli", "up", "--host", HOST, "--port", str(port))
        try:
            wait_for(lambda: answers(there, port))
            yield there, port, process
        finally:
            process.terminate()
            process.communicate(timeout=30)


def get(there, port, path, **headers):
    trust = ssl.create_default_context(cafile=str(there.home / "tls" / "ca.crt"))
    request = urllib.request.Request(f"https://{HOST}:{port}{path}", headers=headers)
    try:
        with urllib.request.urlopen(request, context=trust, timeout=10) as response:  # noqa: S310  https above
            return response.status, response.headers, response.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read().decode()


def answers(there, port):
    try:
        return get(there, port, "/healthz")[0] == 200
    except OSError:
        return False


def wait_for(true, seconds=45.0):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.2)


def children(process):
    path = f"/proc/{process.pid}/task/{process.pid}/children"
    with open(path) as file:  # noqa: PTH123  a file of the kernel
        return [int(word) for word in file.read().split()]


def worker_of(process):
    for pid in children(process):
        with open(f"/proc/{pid}/cmdline") as file:  # noqa: PTH123
            if "worker" in file.read().split("\0"):
                return pid
    return None


def gone(pid):
    return not os.path.exists(f"/proc/{pid}")  # noqa: PTH110


def test_up_speaks_https_keeps_its_processes_alive_and_stops_them_all(running):
    there, port, process = running

    status, headers, _body = get(there, port, "/sign-in")
    assert status == 200
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert all("Secure" in cookie for cookie in headers.get_all("Set-Cookie"))
    assert get(there, port, "/ca.crt")[2] == (there.home / "tls" / "ca.crt").read_text()

    with pytest.raises((OSError, HTTPException)):
        urllib.request.urlopen(f"http://{HOST}:{port}/healthz", timeout=5)

    wait_for(lambda: get(there, port, "/readyz")[0] == 200)
    assert 'route="/readyz"' in get(there, port, "/metrics")[2]

    first = worker_of(process)
    os.kill(first, signal.SIGKILL)
    wait_for(lambda: worker_of(process) not in {None, first})

    everyone = children(process)
    process.send_signal(signal.SIGINT)
    assert process.wait(30) == 0
    assert all(gone(pid) for pid in everyone)
    said = process.stdout.read()
    assert f"https://{HOST}:{port}/" in said
    assert "后台 退出（-9），1 秒后重新启动" in said
    assert "指纹" in said


def test_a_port_that_is_taken_is_said_at_once(tmp_path):
    with place(tmp_path, "home") as there, socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        assert f"127.0.0.1:{port} 已被占用" in there.refused("up", "--port", str(port))


@pytest.fixture
def home(tmp_path):
    with override_settings(HOME=tmp_path):
        yield tmp_path


NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)


def test_the_authority_lasts_ten_years_and_a_certificate_no_longer_than_phones_accept(home):
    tls.ensure(NOW, 30, ["fire.example", "192.0.2.7"])

    authority = x509.load_pem_x509_certificate((home / "tls" / "ca.crt").read_bytes())
    server = x509.load_pem_x509_certificate((home / "tls" / "server.crt").read_bytes())
    assert authority.not_valid_after_utc == NOW + timedelta(days=3650)
    assert server.not_valid_after_utc - server.not_valid_before_utc == timedelta(days=825)
    key = server.public_key()
    assert isinstance(key, EllipticCurvePublicKey)
    assert key.curve.name == "secp256r1"
    found = tls.standing()
    assert found is not None
    assert found.names == ("fire.example", "192.0.2.7")
    server.verify_directly_issued_by(authority)


@pytest.mark.parametrize(
    ("days", "names", "renewed"),
    [
        (794, ["fire.example"], False),
        (796, ["fire.example"], True),
        (0, ["fire.example", "new.example"], True),
    ],
)
def test_a_certificate_is_renewed_in_its_last_thirty_days_or_for_a_new_name(
    home, days, names, renewed
):
    tls.ensure(NOW, 30, ["fire.example"])
    authority = (home / "tls" / "ca.crt").read_bytes()

    assert tls.ensure(NOW + timedelta(days=days), 30, names) is renewed
    assert (home / "tls" / "ca.crt").read_bytes() == authority, "phones trust this one"


def test_a_given_certificate_is_taken_and_never_renewed_by_us(home, tmp_path):
    tls.ensure(NOW, 30, ["fire.example"])
    given = [tmp_path / "given.crt", tmp_path / "given.key"]
    for path, made in zip(given, tls.paths(), strict=True):
        path.write_bytes(made.read_bytes())

    tls.take(given[0], given[1], NOW)

    found = tls.standing()
    assert found is not None
    assert found.own is False
    assert tls.ensure(NOW + timedelta(days=800), 30, ["other.example"]) is False


def test_a_key_of_another_certificate_is_refused(home, tmp_path):
    tls.ensure(NOW, 30, ["fire.example"])
    mine, stranger = tmp_path / "mine.crt", home / "tls" / "ca.key"
    mine.write_bytes(tls.paths()[0].read_bytes())
    before = tls.paths()[1].read_bytes()

    with pytest.raises(Refusal) as no:
        tls.take(mine, stranger, NOW)

    assert no.value.facts["problem"] == "私钥与证书不配对"
    assert tls.paths()[1].read_bytes() == before
