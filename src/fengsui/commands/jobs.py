"""Long work at the command line: `job list`, `job watch`."""

import argparse
import time
from uuid import UUID

from fengsui.commands.declare import add, group, say, set_up


def declare(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    inner = group(commands, "job", "后台作业", "fengsui job list")
    add(inner, "list", listed, "最近的后台作业", "fengsui job list", json=True)
    watched = add(inner, "watch", watch, "看一项作业的进度", "fengsui job watch 编号")
    watched.add_argument("id", type=UUID)


def listed(arguments: argparse.Namespace) -> int:
    set_up()
    import json

    from fengsui.platform.jobs.lifecycle import JOB
    from fengsui.platform.jobs.queries import all_jobs

    found = all_jobs()
    if arguments.json:
        rows = [
            {"id": str(job.id), "title": job.title, "state": job.state, "done": job.run.done,
             "total": job.run.total}
            for job in found
        ]  # fmt: skip
        say(json.dumps(rows, ensure_ascii=False))
        return 0
    for job in found:
        say(f"{job.id}  {JOB.title(job.state)}  {job.run.done}/{job.run.total}  {job.title}")
    return 0


def watch(arguments: argparse.Namespace) -> int:
    """Until the job stands still; 0 when it is done."""
    set_up()
    from tqdm import tqdm

    from fengsui.platform.jobs.lifecycle import ACTIVE, State
    from fengsui.platform.jobs.queries import run_of

    run = run_of(arguments.id)
    with tqdm(total=run.total, desc=run.job.title, unit="") as bar:
        while True:
            bar.total = run.total
            bar.set_postfix_str(run.words, refresh=False)
            bar.update(run.done - bar.n)
            if run.job.state not in ACTIVE:
                return 0 if run.job.state == State.DONE else 1
            time.sleep(0.5)
            run = run_of(arguments.id)
