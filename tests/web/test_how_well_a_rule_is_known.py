"""A form says which rules measure it, and which of them nobody checked (K) or are ours (D)."""

from html.parser import HTMLParser

import pytest
from django.urls import reverse

from fengsui.platform import rules
from fengsui.platform.actions import ACTIONS
from fengsui.web.desk.words import OURS, OWN_PAGES
from tests import make
from tests.permissions.records import record_for
from tests.permissions.stage import Stage
from tests.permissions.table import action_rows
from tests.supervision import loop

pytestmark = pytest.mark.django_db
MARKS = {"K": "未核实", "D": "本系统默认"}
MEASURED = sorted(
    what
    for what, declared in ACTIONS.items()
    if declared.rules and not declared.inner and what not in OWN_PAGES
)


@pytest.fixture
def client(client, settings):
    settings.AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
    return client


class Words(HTMLParser):
    """What a page says, without its tags."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.feed(page)

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def signed_in(client, who):
    make.password(who, "x")
    assert client.login(username=make.username(who), password="x")


def form_of(client, what):
    """The page of an action's form, as somebody sees it who may act."""
    row = next(row for row in action_rows() if row.action == what and row.allowed)
    stage = Stage()
    record = record_for(stage, what, row.state)
    kind = next(kind for kind in ACTIONS[what].posts if row.cells[kind.value])
    signed_in(client, stage.right(kind, row.only, record))
    if record is None:
        return client.get(reverse("desk:create", args=[what]))
    return client.get(reverse("desk:act", args=[what, record.id]))


def test_every_rule_that_an_action_names_is_in_force():
    for declared in ACTIONS.values():
        found = rules.in_force(declared.rules, make.NOON.date())
        assert [rule.id for rule in found] == list(declared.rules)


@pytest.mark.parametrize("what", MEASURED)
def test_a_form_shows_each_rule_and_marks_what_is_not_law(client, what):
    response = form_of(client, what)

    assert response.status_code == 200
    said = Words(response.content.decode()).said
    page = "".join(said)
    marks: list[str] = []
    for rule in rules.in_force(ACTIONS[what].rules, make.NOON.date()):
        assert rule.title in page
        marks += [MARKS[grade] for grade in rule.tag.split("+") if grade in MARKS]
    shown = [word.strip() for word in said if word.strip() in MARKS.values()]
    ours = [MARKS["D"]] * 2 if ACTIONS[what].source == OURS else []
    assert sorted(shown) == sorted(marks + ours)


def test_what_no_law_says_is_marked_as_ours(client):
    team = make.Team()
    record = loop.served(team)
    signed_in(client, team.head)

    page = client.get(f"/desk/do/hazard.revoke_order/{record.id}").content.decode()

    assert "本系统默认" in page
    assert 'class="tag is-plain evidence"' in page


def test_only_the_two_officers_of_a_visit_open_its_checklist_for_writing(client):
    team = make.Team()
    visit = loop.arrived(team)
    other = make.who(organisation=team.brigade)

    for who, status in ((team.lead, 200), (team.second, 200), (team.head, 403), (other, 403)):
        signed_in(client, who)
        assert client.get(f"/desk/inspections/{visit.id}/items").status_code == status
        assert client.get(f"/desk/inspections/{visit.id}/").status_code == 200
