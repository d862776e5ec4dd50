"""A masked value is shown once, to whoever says why, and stands nowhere else."""

import json
import logging

import pytest

from fengsui.kernel.refusal import Refusal
from fengsui.platform.actions import perform
from fengsui.platform.ledger.models import Entry, KeyUse
from fengsui.platform.records import RECORD_TYPES
from fengsui.platform.reveal import Look, reveal_of
from fengsui.platform.who import PostKind
from fengsui.registry.actions import reveal_premises
from tests import make
from tests.supervision import loop

pytestmark = pytest.mark.django_db
CANARIES = ("13912345678", "15887654321")
PLACES = [
    "/desk/",
    "/desk/premises/",
    "/desk/premises/{id}/",
    "/desk/do/premises.amend_premises/{id}",
    "/desk/do/premises.reveal/{id}?field=responsible_phone",
    "/desk/find?q=1391234",
    "/desk/find?q=酒店",
    "/desk/documents/",
    "/desk/documents/{paper}.pdf",
    "/desk/hazards/",
    "/desk/hazards/{hazard}/",
    "/desk/organisations/",
    "/desk/posts/",
    "/desk/ledger/",
    "/desk/premises/{id}/nowhere",
    "/d/{code}",
]


@pytest.fixture
def client(client, settings):
    settings.AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
    return client


@pytest.fixture
def team():
    built = make.Team()
    built.premises.responsible_phone, built.premises.manager_phone = CANARIES
    built.premises.save()
    return built


def signed_in(client, who):
    make.password(who, "x")
    client.login(username=make.username(who), password="x")


def look(client, team, **over):
    asked = {"field": "responsible_phone", "reason": "通知单位负责人到场配合检查", "key": "look-1"}
    return client.post(f"/desk/do/premises.reveal/{team.premises.id}", {**asked, **over})


def test_every_type_with_personal_fields_declares_who_may_look_or_why_nobody_may():
    sealed = [of for of in RECORD_TYPES.values() if of.sealed]

    assert {of.name for of in sealed} >= {"premises", "notice_wish"}
    assert [of.name for of in sealed if (reveal_of(of) is None) != bool(of.unseen)] == []


def test_the_value_is_shown_once_and_the_entry_says_who_which_and_why(client, team):
    signed_in(client, team.lead)

    shown = look(client, team)

    assert (shown.status_code, shown["Cache-Control"]) == (200, "no-store")
    assert CANARIES[0] in shown.content.decode()
    entry = json.loads(Entry.objects.get(what="premises.reveal").body)
    assert entry["who"]["name"] == team.lead.name
    assert entry["inputs"] == {"field": "responsible_phone", "reason": "通知单位负责人到场配合检查"}
    again = look(client, team)
    assert CANARIES[0] not in again.content.decode()
    assert Entry.objects.filter(what="premises.reveal").count() == 1


def test_without_a_reason_nothing_is_shown_or_written(client, team):
    signed_in(client, team.lead)

    answer = look(client, team, reason="")

    assert answer.status_code == 422
    assert CANARIES[0] not in answer.content.decode()
    assert not Entry.objects.filter(what="premises.reveal").exists()


@pytest.mark.parametrize("kind", [PostKind.WINDOW_CLERK, PostKind.LEGAL_OFFICER])
def test_who_need_not_call_may_not_look(client, team, kind):
    signed_in(client, make.who(kind, organisation=team.brigade))

    answer = look(client, team)

    assert answer.status_code == 403
    assert CANARIES[0] not in answer.content.decode()
    assert not Entry.objects.filter(what="premises.reveal").exists()


def test_only_personal_fields_can_be_looked_at(team):
    form = Look(field="salt", reason="试图查看内部字段")

    with pytest.raises(Refusal, match="nothing-to-reveal"):
        perform(reveal_premises, team.premises, make.call(team.lead), form)

    assert not Entry.objects.filter(what="premises.reveal").exists()


KINDS = [
    kind for kind in PostKind if kind not in (PostKind.PUBLIC, PostKind.DEVICE, PostKind.CLOCK)
]


@pytest.mark.parametrize("kind", KINDS)
def test_canaries_stand_on_no_page_paper_or_error_as_any_post(client, team, kind, caplog):
    hazard = loop.served(team)
    paper = RECORD_TYPES["document"].model.objects.filter(about_id=hazard.id).first()
    place = team.premises.unit if kind == PostKind.PREMISES_MANAGER else team.brigade
    signed_in(client, make.who(kind, organisation=place))
    known = {"id": team.premises.id, "paper": paper.id, "hazard": hazard.id, "code": paper.id.hex}

    with caplog.at_level(logging.DEBUG):
        answers = [client.get(address.format(**known)) for address in PLACES]

    said = b"".join(answer.content for answer in answers).decode("utf-8", "replace")
    assert [canary for canary in CANARIES if canary in said or canary in caplog.text] == []


def test_canaries_stand_in_no_ledger_body_and_no_stored_result(client, team):
    loop.served(team)
    signed_in(client, team.lead)
    look(client, team)
    bodies = "".join(Entry.objects.values_list("body", flat=True))
    uses = "".join(map(str, KeyUse.objects.values_list("request", "key")))
    messages = str(dict(client.session))

    assert [canary for canary in CANARIES if canary in bodies + uses + messages] == []
