"""A house with distinctive households in it, used in every way; and a scanner that reads all it left.

`live` runs inside the house. It keeps every answer as a file; what somebody was shown on purpose
lies apart, under `revealed`.
"""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.db import connection

from fengsui.commands.backup import back_up
from fengsui.platform import logs
from fengsui.platform.actions import perform
from fengsui.platform.jobs import queries, step
from fengsui.platform.jobs.actions import Start, start
from fengsui.platform.ledger import store as ledger
from fengsui.platform.who import PEOPLE, PostKind, Who
from fengsui.registry.grids.actions import reveal_household, withdraw_consent
from fengsui.registry.grids.actions.forms import Withdrawal
from fengsui.registry.grids.models import Grid, Household
from tests import make
from tests.api.client import Program
from tests.permissions.asking import visitor
from tests.registry.grids.steps import FACTS, WHOLLY, Township, acting, call

PAGES = [
    "/desk/",
    "/desk/grids/",
    "/desk/grids/{grid}/",
    "/desk/grids/{grid}/split",
    "/desk/grid-assignments/",
    "/desk/households/",
    "/desk/households/?state=active",
    "/desk/households/{household}/",
    "/desk/households/phone",
    "/desk/households/{household}/nowhere",
    "/desk/do/household.reveal/{household}?field=phone",
    "/desk/do/household.amend_household/{household}",
    "/desk/do/household.record_consent/{household}",
    "/desk/do/household.withdraw_consent/{household}",
    "/desk/do/household.move_household/{household}",
    "/desk/do/household.close_household/{household}",
    "/desk/new/household.register_household?grid={grid}",
    "/desk/find?q=明仁",
    "/desk/tasks/",
    "/desk/jobs/",
    "/desk/notices/",
    "/desk/ledger/",
    "/transparency",
    "/api/v1/openapi.json",
    "/api/v1/grids",
    "/api/v1/grids/{grid}",
    "/api/v1/households",
    "/api/v1/households?q=明仁",
    "/api/v1/households/{household}",
    "/api/v1/households/{household}/amend_household",
    "/api/v1/households/{household}/reveal",
    "/api/v1/households/register_household?grid={grid}",
]


class Kept:
    """Answers as files, each under its own number."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True)

    def keep(self, name: str, data: bytes) -> None:
        number = len(list(self.folder.iterdir()))
        (self.folder / f"{number:04d}-{re.sub(r'[^a-z]+', '-', name)[:60]}").write_bytes(data)


def live(folder: str) -> None:
    """Everything that can be done with a household, in all posts; what came of it lies in `folder`."""
    home = Path(folder)
    logs.begin("web")
    answers = Kept(home / "answers")
    town = Township()
    grid = town.grid("01")
    worker = town.worker()
    town.assign(grid, worker)
    household = town.household(grid, **FACTS, **WHOLLY)
    known = {"grid": str(grid.id), "household": str(household.id)}
    for who in (*_people(town), acting(worker)):
        _look_around(who, known, answers)
    _speak_to_the_interface(town.officer, known, answers)
    _enter_at_the_desk(acting(worker), grid, answers)
    _export(town.officer, answers)
    _reveal(town.officer, household, Kept(home / "revealed"), answers)
    gone = town.household(grid, **(FACTS | {"another": True}), **WHOLLY)
    perform(withdraw_consent, gone.id, call(town.officer), Withdrawal(sure=True))
    ledger.seal(datetime.now(UTC))
    ledger.sign(datetime.now(UTC))
    answers.keep("rows", _rows())
    _keep_journal(home, answers)
    back_up(home / "whole.backup", "一句够长的备份口令")


def _people(town: Township) -> list[Who]:
    """Somebody in each kind of post, where the household is."""
    units = {PostKind.PREMISES_MANAGER: "unit", PostKind.GRID_WORKER: "township"}
    return [
        make.who(
            kind,
            organisation=make.organisation(kind=units.get(kind, "brigade"), region="150502000000"),
        )
        for kind in sorted(PEOPLE)
    ]


def _look_around(who: Who, known: dict[str, str], answers: Kept) -> None:
    browser = visitor(who)
    for address in PAGES:
        answers.keep(f"{who.kind}{address}", _body(browser.get(address.format(**known))))
    asked = browser.post("/desk/households/phone", {"phone": FACTS["phone"]})
    answers.keep(f"{who.kind}-phone", _body(asked))


def _body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)


def _speak_to_the_interface(who: Who, known: dict[str, str], answers: Kept) -> None:
    """Right and wrong calls; the answer to neither says again what was sent."""
    program = Program(who)
    place = f"households/{known['household']}"
    wrong = {"grid": known["grid"], "kinds": ["独居老人"], **FACTS}
    sent = [
        program.post("households/register_household", wrong),
        program.post("households/register_household", {**wrong, "phone": FACTS["phone"] + "x"}),
        program.post("households/register_household", {**wrong, "unknown": FACTS["notes"]}),
        program.post("households/register_household", {**wrong, **WHOLLY, "another": True}),
        program.post(f"{place}/amend_household", {"kinds": ["独居老人"], **FACTS}, seen=1),
        program.post(f"{place}/reveal", {"field": "phone", "reason": "核对上门时间"}, seen=1),
    ]
    assert [answer.status_code for answer in sent] == [422, 422, 422, 201, 409, 200], [
        answer.content.decode() for answer in sent
    ]
    for answer in sent:
        answers.keep("sent", answer.content)


def _enter_at_the_desk(who: Who, grid: Grid, answers: Kept) -> None:
    """The worker's own form; his answer is the page of the household, masked."""
    said = {"grid": str(grid.id), "kinds": ["独居老人"], "another": "true", **FACTS, **WHOLLY}
    done = visitor(who).post("/desk/new/household.register_household", said, follow=True)
    assert done.redirect_chain, done.content.decode()
    answers.keep("entered", done.content)


def _export(who: Who, answers: Kept) -> None:
    """Both lists as files, taken from where the job left them."""
    for kind in ("export-households", "export-grids"):
        now = datetime.now(UTC)
        form = Start(kind=kind)
        made = perform(start, None, make.call(who, at=now, received_at=now), form).made
        while step.step(datetime.now(UTC)):
            pass
        job = queries.job_page(who, made)
        assert job is not None
        assert job.state == "done", job.state
        file = visitor(who).get(f"/desk/jobs/{made}/result")
        assert file.status_code == 200
        answers.keep(kind, _body(file))


def _reveal(who: Who, household: Household, revealed: Kept, answers: Kept) -> None:
    """Each field once, with a reason; asked again with the same key it is not shown again."""
    browser = visitor(who)
    address = f"/desk/do/{reveal_household.what}/{household.id}"
    for name in FACTS:
        said = {"field": name, "reason": "上门前联系本人", "key": f"look-{name}"}
        revealed.keep(name, browser.post(address, said).content)
        answers.keep(name, browser.post(address, said).content)


def _rows() -> bytes:
    """Every column of every row of the database, as text."""
    lines: list[str] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                values = [bytes(v) if isinstance(v, bytes | memoryview) else v for v in row]
                lines.append(json.dumps([table, *map(_said, values)], ensure_ascii=False))
    return "\n".join(lines).encode()


def _keep_journal(home: Path, answers: Kept) -> None:
    """SQLite's write-ahead log as it stands now: it goes when the last connection closes."""
    journal = home / "fengsui.sqlite3-wal"
    if journal.exists():
        answers.keep("journal", journal.read_bytes())


def _said(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


# The scanner: every file below a folder, archives opened, each text in the ways it could be written.


def spellings(text: str) -> list[bytes]:
    """How a text could stand in a file."""
    escaped = json.dumps(text)[1:-1]
    return [
        text.encode(),
        escaped.encode(),
        escaped.upper().replace("\\U", "\\u").encode(),
        quote(text).encode(),
        text.encode("utf-16-le"),
        text.encode("gb18030"),
        text.encode().hex().encode(),
    ]


def found_in(folder: Path) -> set[tuple[str, str]]:
    """(file, what): every personal value of the household that stands somewhere in clear."""
    return {
        (name, field)
        for name, data in _contents(folder)
        for field, text in FACTS.items()
        if any(spelt in data for spelt in spellings(text))
    }


def _contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield from _opened(str(path.relative_to(folder)), path.read_bytes())


def _opened(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    yield name, data
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.namelist():
                yield from _opened(f"{name}/{member}", archive.read(member))


def unseal(household: UUID) -> None:
    """The mistake that the scanner must find: a personal value written as it is."""
    with connection.cursor() as cursor:
        key = household.hex if connection.vendor == "sqlite" else str(household)
        cursor.execute("UPDATE grids_household SET notes = %s WHERE id = %s", [FACTS["notes"], key])


def unsealed(folder: str) -> None:
    """Inside the house: make that mistake, and let its rows be read again."""
    sealed = Household.objects.exclude(notes="").order_by("id").first()
    assert sealed is not None
    unseal(sealed.id)
    kept = Kept(Path(folder))
    kept.keep("rows", _rows())
    _keep_journal(Path(folder).parent, kept)
