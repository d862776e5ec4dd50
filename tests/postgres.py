"""Run the database tests once more on PostgreSQL 15: a cluster of its own, on a free port.

`python -m tests.postgres [pytest arguments]`; arguments that name tests run only these. Without PostgreSQL it says so and passes, unless
FENGSUI_REQUIRE names postgres. Works as root too: the server then runs as user postgres. The databases are not dropped one by one (a
connection that closes late would forbid it): they go with the cluster.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BIN = Path("/usr/lib/postgresql/15/bin")
WHERE = (
    "tests/insight",
    "tests/platform",
    "tests/commands",
    "tests/registry",
    "tests/supervision",
    "tests/permissions",
    "tests/faults",
    "tests/web",
    "tests/api",
)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def server(*command: str) -> None:
    """Run a command of the server; PostgreSQL refuses to run as root."""
    lower = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    whole = [*(lower if os.geteuid() == 0 else []), *command]
    subprocess.run(whole, stdout=subprocess.DEVNULL, check=True, cwd="/")


@contextmanager
def cluster(settings: str) -> Iterator[str]:
    """The address of a server of our own, with `settings` of its own; gone afterwards."""
    home = Path(tempfile.mkdtemp(prefix="fengsui-pg-"))
    if os.geteuid() == 0:
        shutil.chown(home, "postgres", "postgres")
    data, port = str(home / "data"), free_port()
    options = f"-p {port} -k {home} -c listen_addresses=127.0.0.1 {settings}"
    init = [f"{BIN}/initdb", "-D", data, "-U", "fengsui", "--locale=C.UTF-8", "-A", "trust"]
    server(*init)
    start = [f"{BIN}/pg_ctl", "-D", data, "-w", "-o", options, "-l", f"{home}/log", "start"]
    server(*start)
    try:
        yield f"postgresql://fengsui@127.0.0.1:{port}/postgres"
    finally:
        stop = [f"{BIN}/pg_ctl", "-D", data, "-m", "immediate", "stop"]
        server(*stop)
        shutil.rmtree(home)


def main(arguments: list[str]) -> int:
    if not (BIN / "initdb").exists():
        print("PostgreSQL 15 is not installed: its pass is skipped", file=sys.stderr)  # noqa: T201
        return 1 if "postgres" in os.environ.get("FENGSUI_REQUIRE", "") else 0
    with cluster("-c fsync=off") as url:
        named = any(Path(argument.partition("::")[0]).exists() for argument in arguments)
        places = [] if named else [place for place in WHERE if Path(place).exists()]
        command = [sys.executable, "-m", "pytest", "--reuse-db", *places, *arguments]
        env = {**os.environ, "FENGSUI_DATABASE_URL": url}
        return subprocess.run(command, env=env, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
