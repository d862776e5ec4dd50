"""The pages of a filled register as its people see them: how long they take, what they ask."""

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from django.db import connection
from django.test import Client

from benchmarks import filled, viewers
from benchmarks.filled import Register

# What is asked by the clock and not by the page: the calendar kept by a process, the last sign of a person.
_BY_THE_CLOCK = ('FROM "calendar_loadedyear"', 'UPDATE "signin_signedin"')
_SEARCHES = ("通辽市医院", "医院", "医", "tlsyy", "yiyuan", "红星 医院", "0001", "科区消限", "y")
_LISTS = (
    "/desk/",
    "/desk/premises/",
    "/desk/premises/?q=医院",
    "/desk/premises/?class=high_risk&sort=name",
    "/desk/premises/?region=150502001000",
    "/desk/premises/?flag=crowded",
    "/desk/inspections/",
    "/desk/hazards/",
    "/desk/hazards/?state=overdue",
    "/desk/hazards/?sort=due_on&from=2026-03-20",
    "/desk/documents/",
    "/desk/posts/",
    "/api/v1/premises",
    "/api/v1/hazards?state=ordered",
    "/api/v1/tasks",
)


def serve(size: int) -> None:
    """Say which pages there are; then answer `count 3` with queries and status, `time 3` with ms."""
    register = _opened(size)
    seen = [
        (who, client, shown, path)
        for who, client in viewers.signed_in(register)
        for shown, path in pages(register, who).items()
    ]
    _say([[who, shown] for who, _, shown, _ in seen])
    for line in sys.stdin:
        word, number = line.split()
        _, client, _, path = seen[int(number)]
        if word == "count":
            status, asked = asked_of(client, path)
            _say([len(asked), status])
        else:
            _say(_milliseconds(client, path))


def _say(what: object) -> None:
    print(json.dumps(what), flush=True)


def _opened(size: int) -> Register:
    """The register of a size in this home, filled unless it is there."""
    kept = Path(os.environ["FENGSUI_HOME"]) / "register.json"
    if not kept.exists():
        made = filled.fill(size, said=lambda text: print(text, file=sys.stderr))
        filled.write(made, kept)
    return filled.read(kept)


def pages(register: Register, who: str) -> dict[str, str]:
    """Every page that reads a big table and exists for `who`: as it is called, and its address."""
    by_region = [] if who == "manager" else ["/desk/premises/by-region"]
    plain = [
        *_LISTS,
        *by_region,
        *(f"/desk/find?q={words}" for words in _SEARCHES),
        *(f"/api/v1/search?q={words}" for words in _SEARCHES[:3]),
    ]
    records = {
        "/desk/premises/{premises}/": f"/desk/premises/{register.premises}/",
        "/desk/hazards/{hazard}/": f"/desk/hazards/{register.hazard}/",
        "/desk/inspections/{inspection}/": f"/desk/inspections/{register.inspection}/",
        "/desk/documents/{document}/": f"/desk/documents/{register.document}/",
    }
    return {**{page: page for page in plain}, **records}


def asked_of(client: Client, page: str) -> tuple[int, list[tuple[str, Any]]]:
    """The status of a page and its queries, without those asked by the clock."""
    asked: list[tuple[str, Any]] = []

    def note(run: Any, sql: str, params: Any, *rest: Any) -> Any:
        if not any(part in sql for part in _BY_THE_CLOCK):
            asked.append((sql, params))
        return run(sql, params, *rest)

    with connection.execute_wrapper(note):
        status = client.get(page).status_code
    return status, asked


def _milliseconds(client: Client, page: str) -> tuple[float, float]:
    """By the clock, and of this process's own work: on a busy machine only the latter says much."""
    start, worked = time.perf_counter(), time.process_time()
    client.get(page)
    return 1000 * (time.perf_counter() - start), 1000 * (time.process_time() - worked)
