"""Races of real threads, run as a process of its own; prints what happened as JSON."""

import json
import threading
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from uuid import UUID

import django

if __name__ == "__main__":
    django.setup()

from django.db import OperationalError, connection

from fengsui.kernel.refusal import Refusal
from fengsui.platform.accounts.actions import NewOrganisation, create_organisation
from fengsui.platform.accounts.models import OrganisationKind
from fengsui.platform.actions import perform
from fengsui.platform.calls import Call
from fengsui.platform.documents.actions import Wanted, take_block
from fengsui.platform.ledger.models import Entry
from fengsui.platform.who import Who
from fengsui.registry.actions import Closing, close_premises
from tests import make

CALLERS = 4


def at_once(runs: Sequence[Callable[[], Any]]) -> list[Any]:
    """Run all in threads that start together; their results in the order of `runs`."""
    gate = threading.Barrier(len(runs))
    results: list[Any] = [None] * len(runs)

    def one(place: int) -> None:
        try:
            gate.wait()
            results[place] = runs[place]()
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(place,)) for place in range(len(runs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def told(run: Callable[[], Any]) -> dict[str, Any]:
    """What a caller is told: its result, or the refusal with what changed."""
    try:
        done = run()
    except Refusal as no:
        changes: Any = no.facts.get("changes", ())
        return {"code": no.code, "changes": [change["title"] for change in changes]}
    return {"code": "", "record": str(done.record), "entry": str(done.entry)}


def close(premises_id: UUID, who: Who) -> dict[str, Any]:
    """Close a premises of which version 1 was seen."""
    form = Closing(reason="停业拆除")
    return told(lambda: perform(close_premises, premises_id, make.call(who, base=1), form))


def moves(rounds: int) -> list[Any]:
    """Four officers close the same premises at the same moment."""
    brigade = make.organisation()
    officers = [make.who(organisation=brigade) for _ in range(CALLERS)]
    seen = []
    for _ in range(rounds):
        place = make.premises(brigade)
        answers = at_once([partial(close, place.id, who) for who in officers])
        place.refresh_from_db()
        entries = Entry.objects.filter(record_id=place.id).count()
        seen.append({"told": answers, "version": place.version, "entries": entries})
    return seen


def register(call: Call) -> dict[str, Any]:
    form = NewOrganisation(name="顺达五金店", kind=OrganisationKind.UNIT, region="150502001000")
    return told(lambda: perform(create_organisation, None, call, form))


def equal_keys(rounds: int) -> list[Any]:
    """One caller's call, sent four times at the same moment."""
    officer = make.who()
    seen = []
    for n in range(rounds):
        call = make.call(officer, key=f"same-{n}")
        answers = at_once([partial(register, call)] * CALLERS)
        entries = Entry.objects.filter(what="organisation.create_organisation").count()
        seen.append({"told": answers, "entries": entries})
    return seen


def take(mine: Sequence[Who]) -> list[Any]:
    form = Wanted(kind="rectification-order", count=3)
    done = [perform(take_block, None, make.call(who), form) for who in mine]
    return [(one.result["first"], one.result["last"]) for one in done]


def numbers(each: int) -> list[Any]:
    """Officers of one brigade take blocks of three numbers, four of them at a time."""
    brigade = make.organisation()
    officers = [make.who(organisation=brigade) for _ in range(CALLERS * each)]
    shares = [officers[place::CALLERS] for place in range(CALLERS)]
    return [
        block for blocks in at_once([partial(take, mine) for mine in shares]) for block in blocks
    ]


def without_comparing(each: int) -> int:
    """The control: read, add one, write, comparing nothing. What is left of 4 × `each` additions."""
    sql("CREATE TABLE careless (n integer)")
    sql("INSERT INTO careless VALUES (0)")

    def add() -> None:
        for _ in range(each):
            ((n,),) = sql("SELECT n FROM careless")
            sql("UPDATE careless SET n = %s", n + 1)

    at_once([add] * CALLERS)
    ((left,),) = sql("SELECT n FROM careless")
    return int(left)


def sql(text: str, *values: int) -> list[tuple[Any, ...]]:
    """One statement, tried again while another writer holds the lock."""
    while True:
        try:
            with connection.cursor() as cursor:
                cursor.execute(text, values)
                return list(cursor.fetchall()) if cursor.description else []
        except OperationalError as error:
            if "locked" not in str(error):
                raise


if __name__ == "__main__":
    happened = {
        "moves": moves(30),
        "equal_keys": equal_keys(15),
        "numbers": numbers(10),
        "without_comparing": without_comparing(40),
    }
    print(json.dumps(happened))  # noqa: T201  the result
