"""Pages about people: who sees whom, what is shown once, what an audit shows."""

import hashlib
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fengsui.platform.accounts.actions import Appointment, appoint
from fengsui.platform.accounts.models import User
from fengsui.platform.actions import perform
from fengsui.platform.apikeys.models import ApiKey
from fengsui.platform.signin.models import Phone, Ticket
from fengsui.platform.who import PostKind
from tests import make
from tests.platform.signin.steps import PASSWORD, keeper, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return make.Team()


def signed_in(client, who):
    make.password(who, PASSWORD)
    assert sign_in(client, who).status_code == 302
    return client


def text(response):
    assert response.status_code == 200, response
    return response.content.decode()


def test_the_security_administrator_finds_people_by_name(client, team):
    page = text(signed_in(client, keeper()).get("/desk/people/", {"q": team.head.name}))

    assert team.head.name in page
    assert team.lead.name + "<" not in page


def test_an_officer_sees_the_people_of_his_region_only(client, team):
    stranger = make.post(organisation=make.organisation(region="150523000000"))
    signed_in(client, team.head)

    page = text(client.get("/desk/people/"))

    assert team.lead.name in page
    assert make.username(team.lead) in page
    assert f'<span class="cell-note">{stranger.user.username}<' not in page
    assert client.get(f"/desk/people/{stranger.user_id}/").status_code == 404


@pytest.mark.parametrize(
    "kind", [PostKind.SYSTEM_ADMIN, PostKind.GRID_WORKER, PostKind.PREMISES_MANAGER]
)
@pytest.mark.parametrize(
    "address", ["/desk/people/", "/desk/access/", "/desk/sign-ins/", "/desk/import/people/"]
)
def test_others_stay_outside(client, kind, address):
    who = make.who(kind)

    assert signed_in(client, who).get(address).status_code == 403


def test_the_audit_administrator_reads_and_does_not_write(client, team):
    auditor = make.who(PostKind.AUDIT_ADMIN, organisation=make.organisation(kind="operator"))
    signed_in(client, auditor)
    person = f"/desk/people/{team.lead.user_id}/"

    assert "发一次性链接" not in text(client.get(person))
    assert client.post(f"{person}issue", {"kind": "link"}).status_code == 403
    assert client.post(f"{person}end", {"id": "all"}).status_code == 403
    assert not Ticket.objects.exists()


def test_a_link_is_shown_once_and_not_kept_by_the_browser(client, team):
    signed_in(client, keeper())
    person = f"/desk/people/{team.lead.user_id}/"

    issued = client.post(f"{person}issue", {"kind": "link"})

    assert "/start/" in text(issued)
    assert "no-store" in issued.headers["Cache-Control"]
    assert "/start/" not in text(client.get(person))
    assert "待使用" in text(client.get(person))


def test_a_head_who_may_not_is_told_why(client, team):
    signed_in(client, team.head)

    refused = client.post(f"/desk/people/{team.lead.user_id}/issue", {"kind": "link"})

    assert refused.status_code == 403
    assert "请安全管理员办理" in refused.content.decode()


def test_the_audit_shows_who_did_what_to_whom(client, team):
    guard = keeper()
    form = Appointment(
        username="wuyun", name="乌云", organisation=team.brigade.id, kind=PostKind.LEGAL_OFFICER
    )
    perform(appoint, None, make.call(guard), form)
    auditor = make.who(PostKind.AUDIT_ADMIN, organisation=make.organisation(kind="operator"))

    page = text(signed_in(client, auditor).get("/desk/access/"))

    assert "任命岗位" in page
    assert "wuyun 乌云" in page
    assert str(User.objects.get(username="wuyun").id) not in page
    assert guard.name in page


def test_the_audit_shows_keys_to_the_interface(client, team):
    signed_in(client, team.lead)

    shown = client.post("/desk/api-keys/new", {"name": "值班大屏", "days": "30", "key": "k-1"})

    (secret,) = set(re.findall(r"fsk_[\w-]{43}", text(shown)))
    assert "no-store" in shown.headers["Cache-Control"]
    key = ApiKey.objects.get()
    assert (key.post_id, bytes(key.digest)) == (
        team.lead.post_id,
        hashlib.sha256(secret.encode()).digest(),
    )
    assert secret not in text(client.get(f"/desk/api-keys/{key.id}/"))
    auditor = make.who(PostKind.AUDIT_ADMIN, organisation=make.organisation(kind="operator"))
    page = text(signed_in(type(client)(), auditor).get("/desk/access/"))
    assert "签发接口密钥" in page
    assert "值班大屏" in page


def test_a_key_for_too_long_is_refused_on_its_page(client, team):
    signed_in(client, team.lead)

    refused = client.post("/desk/api-keys/new", {"name": "值班大屏", "days": "99999", "key": "k-1"})

    assert refused.status_code == 422
    assert "超过上限" in refused.content.decode()
    assert not ApiKey.objects.exists()


@pytest.mark.parametrize(
    ("what", "own"),
    [
        ("job.start", "/desk/jobs/"),
        ("ticket.issue_ticket", "/desk/people/"),
        ("notice_wish.state_wish", "/desk/notice-wishes/"),
        ("api_key.issue_key", "/desk/api-keys/new"),
    ],
)
def test_what_cannot_be_filled_in_a_drawn_form_leads_to_its_own_page(client, team, what, own):
    signed_in(client, team.head)

    answer = client.get(f"/desk/new/{what}")

    assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (302, own)


def test_sign_ins_are_listed_with_who_is_there_now(client, team):
    auditor = make.who(PostKind.AUDIT_ADMIN, organisation=make.organisation(kind="operator"))

    page = text(signed_in(client, auditor).get("/desk/sign-ins/"))

    assert "现在登录的人" in page
    assert auditor.name in page


def test_the_own_page_ends_my_other_sign_ins(client, team):
    signed_in(client, team.lead)
    elsewhere = type(client)()
    sign_in(elsewhere, team.lead)

    assert "终止其他全部登录" in text(client.get("/account"))
    client.post("/account/end", {"id": "all"})

    assert client.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 302


def test_nobody_ends_the_sign_in_of_another_by_its_number(client, team):
    elsewhere = signed_in(type(client)(), team.second)
    other = elsewhere.session["signed_in"]
    signed_in(client, team.lead)

    client.post("/account/end", {"id": other})

    assert elsewhere.get("/account").status_code == 200


def test_a_phone_of_another_is_not_mine_to_revoke(client, team):
    worker = make.post(PostKind.GRID_WORKER, organisation=make.organisation(region="150523000000"))
    phone = Phone.objects.create(**make._record(state="bound", user=worker.user, name="安卓手机"))
    signed_in(client, team.lead)

    refused = client.post(f"/desk/people/{worker.user_id}/phones/{phone.id}/lost")

    phone.refresh_from_db()
    assert (refused.status_code, phone.state) == (302, "bound")


def test_a_table_of_people_comes_in_by_page(client, team):
    signed_in(client, keeper())
    rows = f"登录名,姓名,机构,岗位\nbayin,巴音,{team.brigade.name},监督员\nx,错,无,无\n"
    upload = SimpleUploadedFile("people.csv", rows.encode())

    page = client.post("/desk/import/people/", {"file": upload})

    assert page.status_code == 422
    assert "新增 1" in page.content.decode()
    assert "没有这个机构" in page.content.decode()
    assert User.objects.filter(username="bayin").exists()


def test_a_file_that_is_no_table_is_refused_in_words(client, team):
    signed_in(client, keeper())

    page = client.post("/desk/import/people/", {"file": io.BytesIO(b"nonsense")})

    assert page.status_code == 422
    assert "另存为 xlsx" in page.content.decode()


def test_the_template_is_a_spreadsheet(client, team):
    page = signed_in(client, keeper()).get("/desk/import/people/template.xlsx")

    assert page.status_code == 200
    assert page.content.startswith(b"PK")
