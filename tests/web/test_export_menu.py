"""The menu "导出" above a list: offered to those who see the list, under its own conditions."""

import re
from datetime import UTC, datetime

import pytest

from fengsui.platform.jobs import step
from fengsui.platform.jobs.models import Job
from fengsui.platform.who import PostKind
from tests import make
from tests.permissions.asking import visitor

pytestmark = pytest.mark.django_db


def fields(html: str, form: str) -> dict[str, str]:
    """What the button of a form sends."""
    whole = next(
        one
        for one in re.findall(r'<form method="post" action="/desk/jobs/start">.*?</form>', html)
        if f'name="_format" value="{form}"' in one
    )
    return dict(re.findall(r'name="([^"]+)" value="([^"]*)"', whole))


def fetched(who, address: str, form: str) -> bytes:
    browser = visitor(who)
    page = browser.get(address)
    assert page.status_code == 200
    begun = browser.post("/desk/jobs/start", fields(page.content.decode(), form))
    while step.step(datetime.now(UTC)):
        pass
    answer = browser.get(f"{begun.headers['Location']}result")
    assert answer.status_code == 200
    return answer.content


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        (PostKind.SUPERVISOR, "/desk/premises/?class=key"),
        (PostKind.LEGAL_OFFICER, "/desk/hazards/?state=served"),
        (PostKind.GRID_WORKER, "/desk/grids/?state=in_use"),
        (PostKind.GRID_WORKER, "/desk/households/?state=active"),
        (PostKind.WINDOW_CLERK, "/desk/people/?q=wang"),
        (PostKind.SECURITY_ADMIN, "/desk/people/"),
        (PostKind.AUDIT_ADMIN, "/desk/people/"),
        (PostKind.PREMISES_MANAGER, "/desk/premises/"),
    ],
)
def test_a_list_is_had_as_a_file_under_its_own_conditions(kind, address):
    data = fetched(make.who(kind), address, "csv")

    said = dict(re.findall(r"[?&](\w+)=(\w+)", address))
    assert data.startswith(b"\xef\xbb\xbf")
    assert Job.objects.get().arguments == {"_format": "csv", **said}


def test_both_forms_may_be_begun_from_one_page():
    who = make.who()
    browser = visitor(who)
    html = browser.get("/desk/premises/").content.decode()

    for form in ("xlsx", "csv", "csv"):
        browser.post("/desk/jobs/start", fields(html, form))

    assert sorted(job.arguments["_format"] for job in Job.objects.all()) == ["csv", "xlsx"]


@pytest.mark.parametrize("address", ["/desk/inspections/", "/desk/documents/"])
def test_a_list_without_a_file_offers_none(address):
    assert "/desk/jobs/start" not in visitor(make.who()).get(address).content.decode()


def test_the_system_administrator_gets_no_job_from_the_address_itself():
    answer = visitor(make.who(PostKind.SYSTEM_ADMIN)).post(
        "/desk/jobs/start", {"kind": "export-people", "key": "k-1"}, follow=True
    )

    assert "不能办理" in answer.content.decode()
    assert not Job.objects.exists()
