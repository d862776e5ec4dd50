"""An officer prints the code, a manager scans the door and claims; the page of the register says why."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from fengsui.platform.accounts.models import Post, User
from fengsui.platform.actions import perform
from fengsui.platform.signin import policy
from fengsui.platform.signin.secrets import code_digest
from fengsui.platform.who import PostKind
from fengsui.registry import actions
from fengsui.registry.models import Premises
from tests import make
from tests.web.people import PASSWORD, press, shot, signed_in

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = "13904759876"


@pytest.fixture
def place():
    make.region()
    team = make.Team()
    form = actions.Facts(
        name="顺达商场",
        region="150502001000",
        address="民主街 7 号",
        kind="商场",
        area_m2=1000,
        responsible_name="王立新",
        responsible_phone=PHONE,
    )
    made = perform(actions.register_premises, None, make.call(team.head), form).made
    for who in (team.head, team.manager):
        make.password(who, PASSWORD)
    return team, Premises.objects.get(pk=made)


def test_a_manager_claims_a_shop_with_the_code_on_paper(browser, live_server, place):
    team, shop = place
    officer = signed_in(browser, live_server.url, team.head, 1440)
    officer.goto(f"{live_server.url}/desk/premises/{shop.id}/")
    expect(officer.get_by_text("经营可燃商品、建筑面积 1000 ㎡以上")).to_be_visible()
    shot(officer, "premises-1440")
    officer.set_viewport_size({"width": 390, "height": 844})
    shot(officer, "premises-390")
    officer.set_viewport_size({"width": 1440, "height": 900})
    officer.goto(f"{live_server.url}/desk/claim-codes/issue?premises={shop.id}")
    press(officer, "发放认领码")
    code = officer.locator(".paper-code").inner_text()
    shot(officer, "claim-code-1440")

    manager = signed_in(browser, live_server.url, team.manager, 390)
    manager.goto(f"{live_server.url}/p/{shop.door_code}")
    assert PHONE not in manager.content()
    assert "王立新" not in manager.content()
    shot(manager, "door-390")
    manager.get_by_role("link", name="认领本单位").click()
    manager.get_by_label("认领码").fill("2222-2222-2222")
    press(manager, "认领")
    expect(manager.get_by_text("认领码不对、已用过或已过期").first).to_be_visible()
    shot(manager, "claim-refused-390")
    manager.get_by_label("认领码").fill(code)
    press(manager, "认领")
    expect(manager).to_have_url(re.compile("/post$"))

    held = Post.objects.filter(user_id=team.manager.user_id, kind=PostKind.PREMISES_MANAGER)
    assert {post.organisation_id for post in held} == {team.premises.unit_id, shop.unit_id}


def test_who_has_no_account_makes_one_with_the_code(browser, live_server, place):
    team, shop = place
    officer = signed_in(browser, live_server.url, team.head, 1440)
    officer.goto(f"{live_server.url}/desk/claim-codes/issue?premises={shop.id}")
    press(officer, "发放认领码")
    code = officer.locator(".paper-code").inner_text()

    page = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN").new_page()
    page.goto(f"{live_server.url}/p/{shop.door_code}")
    page.get_by_role("link", name="认领本单位").click()
    shot(page, "newcomer-390")
    page.set_viewport_size({"width": 1440, "height": 900})
    shot(page, "newcomer-1440")
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_label("认领码").fill("2222-2222-2222")
    page.get_by_label("姓名").fill("李红梅")
    page.get_by_label("登录名").fill("li.hongmei")
    page.get_by_label("手机").fill("13904751111")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_label("再输一次").fill(PASSWORD)
    press(page, "开通账号并认领")
    expect(page.get_by_text("认领码不对、已用过或已过期").first).to_be_visible()
    assert not User.objects.filter(username="li.hongmei").exists()
    shot(page, "newcomer-refused-390")
    page.get_by_label("认领码").fill(code)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_label("再输一次").fill(PASSWORD)
    press(page, "开通账号并认领")

    expect(page.get_by_role("heading", name="我的待办")).to_be_visible()
    post = Post.objects.get(user__username="li.hongmei")
    assert (post.organisation_id, post.kind) == (shop.unit_id, PostKind.PREMISES_MANAGER)
    page.goto(f"{live_server.url}/desk/premises/{shop.id}/")
    shot(page, "manager-premises-390")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{live_server.url}/desk/new/delivery_confirmation.confirm_delivery")
    shot(page, "confirm-delivery-1440")
    page.goto(f"{live_server.url}/desk/premises/")
    shot(page, "manager-list-1440")


def test_whoever_tries_out_codes_is_stopped(client, place):
    team, shop = place
    now = timezone.now()
    form = actions.Issuing(premises=shop.pk, digest=code_digest("7K3M-9QRT-WXYZ"))
    perform(actions.issue_claim_code, None, make.call(team.head, at=now, received_at=now), form)
    said = {
        "name": "李红梅",
        "username": "li.hongmei",
        "phone": "13904751111",
        "password": PASSWORD,
        "again": PASSWORD,
    }
    path = f"/p/{shop.door_code}/claim"

    for _ in range(policy.limit("paper_tries", now)):
        client.post(path, {**said, "code": "2222-2222-2222"})
    late = client.post(path, {**said, "code": "7K3M-9QRT-WXYZ"})

    assert "尝试次数过多" in late.content.decode()
    assert not User.objects.filter(username="li.hongmei").exists()


def test_the_door_is_open_to_everybody_and_says_nothing_personal(client, place):
    _, shop = place

    answer = client.get(f"/p/{shop.door_code}")

    text = answer.content.decode()
    assert (answer.status_code, "重点单位" in text) == (200, True)
    assert not [word for word in (PHONE, "王立新", "4759876") if word in text]
    assert client.get("/p/ZZZZZZZZZZ").status_code == 404


def test_a_likely_duplicate_is_said_on_the_form_and_ignored_with_a_click(
    browser, live_server, place
):
    team, shop = place
    page = signed_in(browser, live_server.url, team.head, 1440)
    page.goto(f"{live_server.url}/desk/new/premises.register_premises")
    page.get_by_label("单位名称").fill("顺达商场有限公司")
    page.locator("input[name=region]").first.check(force=True)
    page.get_by_label("地址").fill("平安街 1 号")
    page.locator("select[name=kind]").select_option("商场")
    page.get_by_label("建筑面积(㎡)", exact=True).fill("80")
    page.get_by_label("消防安全责任人").first.fill("李红梅")
    press(page, "登记场所")
    expect(page.get_by_text("可能已经登记过")).to_be_visible()
    shot(page, "duplicate-1440")
    page.get_by_label("已核对，不是重复登记").check(force=True)
    press(page, "登记场所")

    expect(page.get_by_role("heading", name="顺达商场有限公司")).to_be_visible()
    assert Premises.objects.filter(name_key=shop.name_key).count() == 2
