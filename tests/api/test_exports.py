"""A list as a file through the interface: begin, ask how far it is, fetch; nobody else's."""

import io
from datetime import UTC, datetime

import pytest
from python_calamine import load_workbook

from fengsui.platform.jobs import step
from fengsui.platform.who import PostKind
from tests import make
from tests.api.client import Program

pytestmark = pytest.mark.django_db


def begun(program, **arguments):
    body = {"kind": "export-premises", "arguments": arguments}
    answer = program.post("jobs/start", body)
    assert answer.status_code == 201, answer.content.decode()
    return answer.json()["record"]


def test_begin_ask_and_fetch():
    team = make.Team()
    program = Program(team.head)
    job = begun(program)

    waiting = program.get(f"jobs/{job}")
    assert (waiting["state"], waiting["done"], waiting["result"]) == ("queued", 0, None)
    early = program.send("GET", f"jobs/{job}/result")
    assert (early.status_code, early.json()["code"]) == (422, "job-without-result")

    while step.step(datetime.now(UTC)):
        pass

    ready = program.get(f"jobs/{job}")
    assert (ready["state"], ready["done"], ready["total"]) == ("done", 1, 1)
    answer = program.send("GET", ready["result"])
    data = answer.content
    head, row = load_workbook(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert (answer.status_code, row[1]) == (200, team.premises.name)
    assert "%E5%AF%BC%E5%87%BA" in answer.headers["Content-Disposition"]
    assert len(head) == len(row)


def test_as_csv_under_the_conditions_of_the_list():
    team = make.Team()
    program = Program(team.head)
    job = begun(program, _format="csv", state="closed")
    while step.step(datetime.now(UTC)):
        pass

    answer = program.send("GET", program.get(f"jobs/{job}")["result"])

    data = answer.content
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == 1


def test_a_file_is_its_owners():
    team = make.Team()
    job = begun(Program(team.head))
    while step.step(datetime.now(UTC)):
        pass

    for other in (team.lead, make.who(PostKind.SYSTEM_ADMIN)):
        assert Program(other).send("GET", f"jobs/{job}/result").status_code == 404
