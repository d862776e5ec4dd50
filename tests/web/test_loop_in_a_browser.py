"""The loop as its people do it: real Chromium, real forms, at both widths."""

import pytest
from playwright.sync_api import expect

from fengsui.platform.who import PostKind
from fengsui.supervision.models import Hazard
from tests import make
from tests.web.people import PASSWORD, press, shot, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def team():
    built = make.Team()
    make.region()
    for who in (built.lead, built.second, built.head, built.manager):
        make.password(who, PASSWORD)
    return built


@pytest.mark.parametrize("width", [1440, 390])
def test_an_inspection_finds_a_hazard_and_it_is_put_right(browser, live_server, team, width):
    lead = signed_in(browser, live_server.url, team.lead, width)
    lead.goto(f"{live_server.url}/desk/premises/{team.premises.id}/")
    shot(lead, f"premises-{width}")
    lead.get_by_role("link", name="安排检查").click()
    lead.get_by_text(team.premises.name, exact=False).last.click()
    lead.locator(f"input[name=lead][value='{team.lead_post.id}']").check(force=True)
    lead.locator(f"input[name=second][value='{team.second_post.id}']").check(force=True)
    shot(lead, f"plan-{width}")
    press(lead, "安排检查")
    lead.get_by_role("link", name="到场").click()
    press(lead, "到场")
    lead.get_by_role("link", name="填写检查项").click()
    for field in lead.locator("fieldset.answers").all():
        field.get_by_text("合格", exact=True).first.click()
    shot(lead, f"items-{width}")
    press(lead, "保存检查项")
    visit = lead.url
    lead.get_by_role("link", name="登记问题").click()
    lead.get_by_label("检查项").select_option("C04")
    lead.get_by_label("部位").fill("二层东侧疏散通道")
    lead.get_by_label("问题").fill("堆放布草箱，净宽不足")
    lead.get_by_text("责令限期改正").click()
    lead.get_by_label("改正期限(日)").fill("15")
    press(lead, "登记问题")
    lead.get_by_role("link", name="结束检查").click()
    lead.get_by_label("陪同人员").fill("刘海燕")
    press(lead, "结束检查")
    shot(lead, f"inspection-{width}")

    second = signed_in(browser, live_server.url, team.second, width)
    second.goto(visit)
    second.get_by_role("link", name="确认记录").click()
    press(second, "确认记录")
    expect(second.get_by_text("由此产生的隐患")).to_be_visible()

    hazard = Hazard.objects.get()
    address = f"{live_server.url}/desk/hazards/{hazard.id}/"
    lead.goto(address)
    lead.get_by_role("link", name="责令改正").click()
    lead.get_by_label("确定期限的理由").fill("需要采购并更换逃生门锁")
    press(lead, "责令改正")
    lead.get_by_role("link", name="送达通知书").click()
    lead.get_by_label("收件人").fill("刘海燕")
    press(lead, "送达通知书")
    shot(lead, f"hazard-{width}")
    lead.goto(f"{live_server.url}/desk/")
    expect(lead.get_by_text("复查责令改正情况").last).to_be_visible()
    shot(lead, f"worklist-{width}")

    manager = signed_in(browser, live_server.url, team.manager, width)
    manager.goto(address)
    manager.get_by_role("link", name="申请复查").click()
    press(manager, "申请复查")
    shot(manager, f"manager-{width}")

    lead.goto(address)
    lead.get_by_role("link", name="开始复查").click()
    lead.get_by_text(team.premises.name).last.click()
    lead.locator(f"input[name=second][value='{team.second_post.id}']").check(force=True)
    press(lead, "开始复查")
    lead.get_by_role("link", name="到场").click()
    press(lead, "到场")
    lead.get_by_role("link", name="结束复查").click()
    lead.get_by_label("陪同人员").fill("刘海燕")
    lead.get_by_label("已改正").check(force=True)
    lead.get_by_label("复查情况").fill("通道已清空，门锁已更换")
    press(lead, "结束复查")
    again = lead.url
    second.goto(again)
    second.get_by_role("link", name="确认记录").click()
    press(second, "确认记录")

    hazard.refresh_from_db()
    assert hazard.state == "closed"


def test_a_missing_reason_is_said_beside_the_field_and_nothing_typed_is_lost(
    browser, live_server, team
):
    page = signed_in(browser, live_server.url, team.head, 390)
    page.goto(f"{live_server.url}/desk/new/premises.register_premises")
    page.get_by_label("单位名称").fill("云岭商务酒店")
    page.evaluate("document.querySelectorAll('form').forEach(f => f.noValidate = true)")
    press(page, "登记场所")

    expect(page.get_by_text("处需要改正")).to_be_visible()
    expect(page.get_by_label("单位名称")).to_have_value("云岭商务酒店")
    shot(page, "form-error-390")


def test_a_stranger_sees_a_plain_404(browser, live_server, team):
    stranger = make.who(PostKind.SUPERVISOR, organisation=make.organisation(region="150523000000"))
    make.password(stranger, PASSWORD)
    page = signed_in(browser, live_server.url, stranger, 1440)

    response = page.goto(f"{live_server.url}/desk/premises/{team.premises.id}/")

    assert response is not None
    assert response.status == 404
