"""The processes of one machine: web and worker, together or singly."""

import os
import signal
import socket
import sys
import threading
from datetime import UTC, datetime
from types import FrameType

from fengsui.commands.declare import say, set_up
from fengsui.commands.supervisor import Child, Supervisor
from fengsui.kernel.refusal import Refusal

_HERE = frozenset({"127.0.0.1", "::1", "localhost"})


def server(host: str, port: int, tls: list[str] | None = None) -> list[str]:
    return [
        sys.executable, "-m", "granian", "--interface", "asgi", "--host", host, "--port", str(port),
        "--workers", "1", "--workers-kill-timeout", "3", "--no-access-log", "--log-level", "warning",
        *(tls or ()), "fengsui.asgi:application",
    ]  # fmt: skip


def serve(host: str, port: int, *, behind_proxy: bool = False) -> int:
    """The web server in place of this process, so that signals reach it. Refuses `port-taken`."""
    command = server(host, port, _dressed(host, port, behind_proxy))
    return os.execv(command[0], command)  # noqa: S606  our own words


def work() -> int:
    """The worker until SIGTERM or Ctrl-C; what it has begun it finishes."""
    from fengsui.platform import logs
    from fengsui.workers import loop

    stop = threading.Event()

    def leave(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, leave)
    logs.begin("worker")
    loop.run(stop)
    return 0


def up(host: str, port: int, *, behind_proxy: bool = False) -> int:
    """Web and worker until SIGTERM or Ctrl-C; the one that dies is started again."""
    tls = _dressed(host, port, behind_proxy)
    children = [
        Child("网页服务", server(host, port, tls)),
        Child("后台", [sys.executable, "-m", "fengsui.cli", "worker"]),
    ]
    say(
        f"网页服务 {'https' if tls else 'http'}://{_shown(host)}:{port}/ ；后台一个。Ctrl-C 全部停止。"
    )
    return Supervisor(children, say, _renew_and_restart if tls else lambda: "").run()


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _dressed(host: str, port: int, behind_proxy: bool) -> list[str]:
    """How the server is to speak, told to it and, by the environment, to its settings.

    HTTPS wherever others can reach it; plain HTTP on localhost only, or where a proxy speaks for us.
    """
    _check_port(host, port)
    if behind_proxy:
        os.environ.update(FENGSUI_HTTPS="on", FENGSUI_BEHIND_PROXY="on")
        return []
    if host in _HERE:
        return []
    os.environ["FENGSUI_HTTPS"] = "on"
    set_up()
    from fengsui.platform import tls

    _renew(host)
    certificate, key = tls.paths()
    found = tls.standing()
    if found is not None and found.own:
        say(f"证书由本机签发；手机、电脑请安装 /ca.crt，指纹 {found.fingerprint}")
    return [
        "--ssl-certificate", str(certificate), "--ssl-keyfile", str(key), "--ssl-protocol-min", "tls1.2"
    ]  # fmt: skip


def _check_port(host: str, port: int) -> None:
    """Better said now than by a server that dies again and again."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Refusal("port-taken", host=host, port=port, problem=error.strerror) from error


def _renew(host: str = "") -> bool:
    from fengsui.platform import tls
    from fengsui.platform.health import checks

    now = datetime.now(UTC)
    wanted = tls.names_wanted()
    if host and host not in {*wanted, "0.0.0.0", "::"}:  # noqa: S104  compared, not bound
        wanted.append(host)
    return tls.ensure(now, checks.look(now).limit("certificate_days"), wanted)


def _renew_and_restart() -> str:
    """Looked at each hour while running: a renewed certificate needs a new server process."""
    return "网页服务" if _renew() else ""
