"""The pages of a filled register as its people see them: how long they take, what they ask."""

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import connection
from django.test import Client

from benchmarks import register as registers
from benchmarks import viewers
from benchmarks.big_lists import Measured
from benchmarks.register import Register

_KEPT = 'FROM "calendar_loadedyear"'
_SEARCHES = ("通辽市医院", "医院", "医", "tlsyy", "yiyuan", "红星 医院", "0001", "科区消限", "y")
_LISTS = (
    "/desk/",
    "/desk/premises/",
    "/desk/premises/?q=医院",
    "/desk/premises/?class=high_risk&sort=name",
    "/desk/premises/?region=150502001000&flag=crowded",
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


def measured(size: int, times: int) -> Iterator[Measured]:
    """Fill a register of a size unless this home holds one, then measure all pages."""
    kept = Path(os.environ["FENGSUI_HOME"]) / "register.json"
    if not kept.exists():
        made = registers.fill(size, said=lambda text: print(text, file=sys.stderr))
        registers.write(made, kept)
    yield from measure(registers.read(kept), times)


def pages(register: Register, who: str) -> list[str]:
    """Every page that reads a big table and exists for `who`."""
    by_region = [] if who == "manager" else ["/desk/premises/by-region"]
    return [
        *_LISTS,
        *by_region,
        f"/desk/premises/{register.premises}/",
        f"/desk/hazards/{register.hazard}/",
        f"/desk/inspections/{register.inspection}/",
        f"/desk/documents/{register.document}/",
        *(f"/desk/find?q={words}" for words in _SEARCHES),
        *(f"/api/v1/search?q={words}" for words in _SEARCHES[:3]),
    ]


def measure(register: Register, times: int) -> Iterator[Measured]:
    """All pages as supervisor, head, leader and manager."""
    for name, client in viewers.signed_in(register):
        for page in pages(register, name):
            yield _measured(client, name, page, times)


def _measured(client: Client, who: str, page: str, times: int) -> Measured:
    status, asked = asked_of(client, page)
    spent = sorted(_seconds(client, page) for _ in range(times))
    p95 = spent[min(len(spent) - 1, int(len(spent) * 0.95))]
    return Measured(who, page, 1000 * p95, len(asked), status)


def asked_of(client: Client, page: str) -> tuple[int, list[tuple[str, Any]]]:
    """The status of a page and its queries, without those that a process asks once in a while and keeps."""
    asked: list[tuple[str, Any]] = []

    def note(run: Any, sql: str, params: Any, *rest: Any) -> Any:
        if _KEPT not in sql:
            asked.append((sql, params))
        return run(sql, params, *rest)

    with connection.execute_wrapper(note):
        status = client.get(page).status_code
    return status, asked


def _seconds(client: Client, page: str) -> float:
    start = time.perf_counter()
    client.get(page)
    return time.perf_counter() - start
