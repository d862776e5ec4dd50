"""A register of a hundred thousand as a file against one of a thousand: peak memory, the longest step.

`python -m benchmarks.exports [--large 100000] [--form xlsx|csv]`. Each register is filled in a home of
its own; then a process of its own exports it as a job does, step by step.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

ROOT = Path(__file__).parents[1]
SMALL, LARGE = 1_000, 100_000
_KB = 1_024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--large", type=int, default=LARGE)
    parser.add_argument("--form", choices=("xlsx", "csv"), default="xlsx")
    parser.add_argument("--fill", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--export", metavar="FOLDER", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.fill:
        _fill(arguments.fill)
    elif arguments.export:
        print(json.dumps(_export(arguments.export, arguments.form)))
    else:
        for count in (SMALL, arguments.large):
            print(json.dumps({"premises": count, **_measured(count, arguments.form)}), flush=True)


def _measured(count: int, form: str) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as home:
        env = {
            **os.environ,
            "FENGSUI_HOME": home,
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        }
        run = [sys.executable, "-m", "benchmarks.exports"]
        subprocess.run([*run, "--fill", str(count)], env=env, check=True)
        done = subprocess.run(
            [*run, "--export", f"{home}/out", "--form", form],
            env=env, check=True, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _set_up() -> None:
    import django  # noqa: PLC0415

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fengsui.settings")
    django.setup(set_prefix=False)


def _fill(count: int) -> None:
    _set_up()
    from benchmarks import filled  # noqa: PLC0415
    from fengsui.commands.install import prepare  # noqa: PLC0415

    prepare()
    filled.fill(count)


def _export(folder: Path, form: str) -> dict[str, float]:
    """All steps of the job as the clock; seconds, megabytes at the peak."""
    _set_up()
    from fengsui.kernel.ids import new_id  # noqa: PLC0415
    from fengsui.platform.exports.course import step  # noqa: PLC0415
    from fengsui.platform.exports.kinds import EXPORTS  # noqa: PLC0415
    from fengsui.platform.jobs.kinds import Work  # noqa: PLC0415
    from fengsui.platform.who import CLOCK  # noqa: PLC0415

    work = Work(new_id(), CLOCK, {"_format": form}, {}, 0, 0, folder)
    spent, watch = list[float](), _Watch()
    watch.start()
    while True:
        start = time.perf_counter()
        done = step(EXPORTS["premises"], work)
        spent.append(time.perf_counter() - start)
        if not done.more:
            break
        work = replace(work, checkpoint=done.checkpoint, done=done.done, total=done.total)
    watch.ended.set()
    return {
        "rows": done.done,
        "steps": len(spent),
        "seconds": round(sum(spent), 2),
        "longest_row_step": round(max(spent[:-1]), 3),
        "last_step": round(spent[-1], 3),
        "file_mb": round((folder / done.result).stat().st_size / _KB**2, 2),
        "mb_before": round(watch.first, 1),
        "mb_at_most": round(watch.most, 1),
    }


def _held() -> float:
    """Megabytes of the process's own; pages of the database that it maps are the system's to take back."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("RssAnon:"):
            return int(line.split()[1]) / _KB
    raise LookupError("RssAnon")


class _Watch(Thread):
    """Looks every few milliseconds what the process holds, and keeps the most."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.most = self.first = _held()
        self.ended = Event()

    def run(self) -> None:
        while not self.ended.wait(0.005):
            self.most = max(self.most, _held())


if __name__ == "__main__":
    main()
