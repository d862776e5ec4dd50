"""Keeps the processes of one machine alive: restarts what dies, stops all of it on a signal."""

import signal
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

_FIRST_WAIT, _LONGEST_WAIT = 1.0, 60.0
_STEADY_SECONDS = 60.0  # whoever ran this long begins again with a short wait
_GRACE_SECONDS = 15.0
_LOOK_SECONDS = 0.2

Say = Callable[[str], None]


@dataclass
class Child:
    """One process that is to run for ever."""

    name: str
    command: Sequence[str]
    process: "subprocess.Popen[bytes] | None" = None
    began: float = 0.0
    due: float = 0.0
    wait: float = _FIRST_WAIT

    def start(self, now: float) -> None:
        self.process = subprocess.Popen(self.command)  # noqa: S603  our own words
        self.began = now

    def ended(self) -> int | None:
        return self.process.poll() if self.process else None

    def put_off(self, now: float) -> float:
        """When it may be started again: after twice the wait of the time before."""
        if now - self.began >= _STEADY_SECONDS:
            self.wait = _FIRST_WAIT
        waited, self.wait = self.wait, min(self.wait * 2, _LONGEST_WAIT)
        self.process, self.due = None, now + waited
        return waited


@dataclass
class Supervisor:
    """Runs `children` until SIGTERM or Ctrl-C; `chore` is done now and then and names who must restart."""

    children: list[Child]
    say: Say
    chore: Callable[[], str] = field(default=lambda: "")
    chore_seconds: float = 3_600.0

    def __post_init__(self) -> None:
        self._stop = threading.Event()

    def run(self) -> int:
        """0 after a signal; the code of a child that could not even begin."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._leave)
        next_chore = time.monotonic() + self.chore_seconds
        try:
            while not self._stop.is_set():
                now = time.monotonic()
                for child in self.children:
                    self._tend(child, now)
                if now >= next_chore:
                    next_chore = now + self.chore_seconds
                    self._restart(self.chore())
                self._stop.wait(_LOOK_SECONDS)
        finally:
            self._end_all()
        return 0

    def _leave(self, _number: int, _frame: FrameType | None) -> None:
        self._stop.set()

    def _tend(self, child: Child, now: float) -> None:
        if child.process is None:
            if now >= child.due:
                child.start(now)
        elif (code := child.ended()) is not None:
            waited = child.put_off(now)
            self.say(f"{child.name} 退出（{code}），{waited:.0f} 秒后重新启动")

    def _restart(self, name: str) -> None:
        for child in self.children:
            if child.name == name and child.process is not None:
                self.say(f"{name} 重新启动")
                child.process.terminate()

    def _end_all(self) -> None:
        running = [child.process for child in self.children if child.process]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + _GRACE_SECONDS
        for process in running:
            try:
                process.wait(max(deadline - time.monotonic(), 0.1))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
