"""P9: a register from Excel, read, judged and written, against only reading it; another writer meanwhile.

`python -m benchmarks --one p9_import` in a home of its own, `--rows 100000` for the whole figure. The
other writer is a process that acts all the time, one short action after the other, as alarms would be
confirmed; its waits are the second figure. The control writes rows in one transaction: there the other
writer must wait longer.
"""

import gc
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import python_calamine
from django.db import transaction

from benchmarks import register
from benchmarks.rounds import Line, Size, Spread
from fengsui.kernel.ids import new_id
from fengsui.platform import rules
from fengsui.platform.actions import persist
from fengsui.platform.imports.course import step
from fengsui.platform.imports.kinds import KINDS
from fengsui.platform.jobs.kinds import Work
from fengsui.platform.who import CLOCK
from tests import make

CONTROL_ROWS = 10_000  # enough to hold the lock for seconds
ALARM_MS = 1_000.0


@dataclass(frozen=True)
class Spent:
    """Seconds on the clock, and of this process's own processor time."""

    clock: float
    processor: float


def figures(size: Size) -> Iterator[Line]:
    """The whole import over reading only; then the slowest hundredth of the other writer's actions."""
    make.organisation(name="科尔沁区大队")
    for region in register.REGIONS:
        make.region(region)
    rules.rulebook()
    gc.freeze()  # as in a worker that has been running for a while
    with tempfile.TemporaryDirectory() as folder:
        path, again = Path(folder) / "register.xlsx", Path(folder) / "again.xlsx"
        register.write(path, size.rows, seed=1)
        register.write(again, min(size.rows, CONTROL_ROWS), seed=2)
        before = _spent(lambda: _read(path))
        waits: list[float] = []
        spent: list[Spent] = []
        waits += _beside(lambda: spent.append(_spent(lambda: _import(path, persist))))
        alone = _mean(before, _spent(lambda: _read(path)))
        held = _beside(lambda: _at_once(again))
    title = f"导入 {size.rows} 行"
    yield _line(title, "python-calamine", spent[0].clock, alone.clock)
    yield _line(f"{title}，处理器时间", "python-calamine", spent[0].processor, alone.processor)
    yield _line("导入时别人办理，p99", "1 s", _p99(waits), ALARM_MS / 1_000)
    yield _line("对照：一个事务写完，最长等待", "1 s", max(held), ALARM_MS / 1_000)


def _line(title: str, baseline: str, ours: float, theirs: float) -> Line:
    values = (ours * 1_000, theirs * 1_000, ours / theirs)
    return Line(title, baseline, *(Spread(v, v, v) for v in values))


def _spent(run: Callable[[], object]) -> Spent:
    clock, processor = time.perf_counter(), time.process_time()
    run()
    return Spent(time.perf_counter() - clock, time.process_time() - processor)


def _mean(one: Spent, two: Spent) -> Spent:
    return Spent((one.clock + two.clock) / 2, (one.processor + two.processor) / 2)


def _read(path: Path) -> int:
    return sum(
        1 for _ in python_calamine.load_workbook(str(path)).get_sheet_by_index(0).iter_rows()
    )


def _import(path: Path, keep: Callable[[Callable[[], None]], object]) -> None:
    """All steps, each batch kept by `keep`."""
    with tempfile.TemporaryDirectory() as folder:
        said = {"name": path.name, "mode": ""}
        work = Work(new_id(), CLOCK, said, {}, 0, 0, Path(folder))
        more = True
        while more:
            done = step(KINDS["premises"], work, path.read_bytes)
            if done.effect is not None:
                keep(done.effect)
            work = replace(work, checkpoint=done.checkpoint, done=done.done, total=done.total)
            more = done.more


def _at_once(path: Path) -> None:
    with transaction.atomic():
        _import(path, lambda effect: effect())


def _beside(run: Callable[[], object]) -> list[float]:
    """Seconds of each action of another process while `run` runs."""
    with tempfile.NamedTemporaryFile("r", suffix=".waits") as waits:
        command = [sys.executable, "-m", "benchmarks.other_writer", waits.name]
        other = subprocess.Popen(
            command, env=os.environ | {"DJANGO_SETTINGS_MODULE": "fengsui.settings"}
        )
        while not Path(waits.name).read_text():
            time.sleep(0.05)
        run()
        other.terminate()
        other.wait()
        lines = Path(waits.name).read_text().split("\n")[1:-1]
    return [float(line) / 1_000 for line in lines]


def _p99(waits: list[float]) -> float:
    return sorted(waits)[int(len(waits) * 0.99)]
