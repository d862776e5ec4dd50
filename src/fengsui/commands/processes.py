"""The processes of one machine: web and worker, together or singly."""

import signal
import subprocess
import sys
import threading
from types import FrameType


def server(host: str, port: int) -> list[str]:
    return [
        sys.executable, "-m", "granian", "--interface", "asgi", "--host", host, "--port", str(port),
        "--workers", "1", "--workers-kill-timeout", "3", "--no-access-log", "--log-level", "warning",
        "fengsui.asgi:application",
    ]  # fmt: skip


def serve(host: str, port: int) -> int:
    """The web server in this process group; its exit code."""
    return subprocess.run(server(host, port), check=False).returncode  # noqa: S603  our own words


def work() -> int:
    """The worker until SIGTERM or Ctrl-C; what it has begun it finishes."""
    from fengsui.workers import loop

    stop = threading.Event()

    def leave(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, leave)
    loop.run(stop)
    return 0


def up(host: str, port: int) -> int:
    """Web and worker; when one ends or Ctrl-C comes, both end."""
    commands = [server(host, port), [sys.executable, "-m", "fengsui.cli", "worker"]]
    running = [subprocess.Popen(command) for command in commands]  # noqa: S603
    try:
        running[0].wait()
    except KeyboardInterrupt:
        pass
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait()
    return 0
