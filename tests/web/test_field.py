"""The loop through the phone client: real Chromium at 390 × 844, real API, real rows."""

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from fengsui.platform.files.models import Attachment
from fengsui.platform.ledger.models import Entry
from fengsui.registry.models import Premises
from fengsui.supervision.lifecycle import Disposal
from fengsui.supervision.models import Answer, Hazard, Inspection
from tests import make
from tests.supervision import loop
from tests.web.people import PASSWORD
from tests.web.phones import Phone, overflow, small_targets, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def team():
    built = make.Team()
    make.region()
    for who in (built.lead, built.second, built.head, built.manager):
        make.password(who, PASSWORD)
    return built


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "passage.jpg"
    Image.new("RGB", (640, 480), (156, 138, 110)).save(path)
    return path


@pytest.fixture
def phone(browser, live_server):
    return lambda who, **over: Phone(browser, live_server.url, who, **over)


def entries(what, record):
    return list(Entry.objects.filter(what=what, record_id=record.id))


def test_the_lead_plans_visits_and_records_a_finding_one_question_a_screen(phone, team, picture):
    lead = phone(team.lead)
    lead.sees("今天没有待办")
    lead.shot("worklist-empty")
    lead.tap("找单位")
    lead.fill("按名称找", "云岭")
    lead.shot("finder")
    lead.page.get_by_role("link", name=team.premises.name).click()
    lead.sees("赵国庆")
    lead.shot("premises")
    lead.tap("安排检查")
    lead.settled()
    lead.choose(team.premises.name)
    lead.page.locator(f"input[name=lead][value='{team.lead_post.id}']").check(force=True)
    lead.page.locator(f"input[name=second][value='{team.second_post.id}']").check(force=True)
    lead.shot("plan", whole=True)
    lead.tap("安排检查")
    lead.sees("待检查")
    lead.shot("visit-planned")
    lead.page.context.grant_permissions(["geolocation"])
    lead.page.context.set_geolocation({"latitude": 43.6172, "longitude": 122.2653})
    lead.tap("到场")

    for number in range(1, 17):
        lead.sees(f"第 {number} 项")
        if number == 4:
            lead.choose("不合格")
            lead.choose("没有锁闭")
            lead.fill("部位", "二层东侧疏散通道")
            lead.choose("责令限期改正")
            lead.fill("改正期限", "15")
            lead.photograph(picture)
            lead.shot("question-fail")
            lead.shot("question-fail-whole", whole=True)
            lead.tap("登记问题，下一项")
        else:
            lead.choose("合格")
            if number == 8:
                lead.shot("question")
            lead.page.locator(".stepper .button.is-main").click()
    lead.sees("发现的问题")
    lead.sees("已全部发送")
    lead.shot("overview", whole=True)
    lead.tap("结束检查")
    lead.settled()
    lead.fill("陪同人员", "刘海燕")
    lead.shot("conclude", whole=True)
    lead.tap("结束检查")
    lead.sees("待第二人确认")
    lead.shot("concluded")

    visit = Inspection.objects.get()
    finding = visit.findings.get()
    assert (visit.state, visit.latitude, visit.longitude) == ("concluded", 43.6172, 122.2653)
    assert (finding.code, finding.place, finding.term_days) == ("C04", "二层东侧疏散通道", 15)
    assert finding.text == "不符合要求：“没有锁闭、堆物”。"
    assert Attachment.objects.filter(about_id=visit.id, part=finding.id).count() == 1
    assert Answer.objects.filter(inspection=visit).count() == 16


def test_the_second_officer_confirms_and_the_order_is_made_and_served(phone, team):
    visit = loop.concluded(team, timezone.localtime())
    second = phone(team.second)
    second.page.get_by_role("link", name="确认检查记录").click()
    second.sees("退回补充")
    second.shot("second", whole=True)
    second.tap("确认记录")
    second.settled()
    second.shot("confirm")
    second.tap("确认记录")
    second.sees("已完成")
    second.shot("confirmed", whole=True)

    hazard = Hazard.objects.get(inspection=visit)
    lead = phone(team.lead)
    lead.shot("worklist")
    lead.page.get_by_role("link", name="制作责令限期改正通知书").click()
    lead.fill("确定期限的理由", "需要采购并更换逃生门锁")
    lead.shot("order", whole=True)
    lead.tap("责令改正")
    lead.sees("已责令，待送达")
    paper = lead.page.get_by_role("link", name="责令限期改正通知书").first
    answer = lead.page.context.request.get(lead.base + (paper.get_attribute("href") or ""))
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    lead.tap("送达通知书")
    lead.settled()
    lead.fill("收件人", "刘海燕")
    lead.shot("serve", whole=True)
    lead.tap("送达通知书")
    lead.sees("改正中")
    lead.shot("hazard", whole=True)

    hazard.refresh_from_db()
    assert hazard.state == "rectifying"


def test_the_manager_shows_what_was_put_right_and_two_officers_close_it(phone, team, picture):
    hazard = loop.served(team, days=15, at=timezone.localtime())
    manager = phone(team.manager)
    manager.shot("worklist-manager")
    manager.page.get_by_role("link", name="改正火灾隐患").click()
    manager.tap("提交改正证据")
    manager.settled()
    manager.fill("改正情况", "通道已清空，门锁已更换")
    manager.photograph(picture)
    manager.shot("evidence")
    manager.tap("提交改正证据")
    manager.sees("通道已清空，门锁已更换")
    manager.shot("hazard-manager", whole=True)
    manager.tap("申请复查")
    manager.settled()
    manager.tap("申请复查")
    manager.sees("已申请复查")

    lead = phone(team.lead)
    lead.page.get_by_role("link", name="复查责令改正情况").first.click()
    lead.settled()
    lead.page.locator(f"input[name=second][value='{team.second_post.id}']").check(force=True)
    lead.shot("reinspect")
    lead.tap("开始复查")
    lead.tap("到场")
    lead.sees("检查中")
    lead.tap("结束复查")
    lead.settled()
    lead.fill("陪同人员", "刘海燕")
    lead.choose("是")
    lead.fill("复查情况", "现场查看通道已清空")
    lead.shot("reconclude", whole=True)
    lead.tap("结束复查")
    lead.sees("待第二人确认")

    second = phone(team.second)
    second.page.get_by_role("link", name="确认检查记录").click()
    second.tap("确认记录")
    second.settled()
    second.tap("确认记录")
    second.sees("已完成")

    hazard.refresh_from_db()
    assert hazard.state == "closed"


def test_the_head_decides_an_extension_and_an_overdue_hazard_on_the_phone(phone, team):
    asked = loop.served(team, days=15, at=timezone.localtime())
    manager = phone(team.manager)
    manager.open(f"/field/hazards/{asked.id}/")
    manager.tap("申请延期")
    manager.settled()
    manager.fill("申请延期(日)", "10")
    manager.fill("理由", "门锁需要厂家定制")
    manager.fill("整改计划", "十日内到货安装")
    manager.fill("期间防范措施", "专人值守安全出口")
    manager.tap("申请延期")
    manager.sees("已申请，待审批")

    head = phone(team.head)
    head.shot("worklist-head")
    head.page.get_by_role("link", name="审批延期申请").click()
    head.sees("门锁需要厂家定制")
    head.sees("不批准延期")
    head.fill("意见", "理由成立，同意")
    head.shot("grant", whole=True)
    head.tap("批准延期")
    head.sees("已批准")
    asked.refresh_from_db()
    assert (asked.extension, asked.term_days) == ("granted", 25)

    late = loop.overdue(team)
    head.open("/field/")
    head.shot("worklist-late")
    head.page.get_by_role("link", name="研究逾期未改正的处理").click()
    head.choose("立案处罚")
    head.fill("要求", "三日内移送案卷")
    head.tap("作出处理安排")
    head.sees("三日内移送案卷")
    assert late.instructions.get().measure == "case"


def test_a_visit_that_fails_is_an_outcome(phone, team):
    visit = loop.planned(team, timezone.localtime())
    lead = phone(team.lead)
    lead.open(f"/field/inspections/{visit.id}/")
    lead.tap("登记未能检查")
    lead.settled()
    lead.choose("关门停业")
    lead.fill("说明", "门口张贴停业告示")
    lead.tap("登记未能检查")
    lead.sees("已办理：登记未能检查")

    visit.refresh_from_db()
    assert (visit.state, visit.remarks) == ("unvisited", "门口张贴停业告示")


def test_a_premises_is_entered_on_the_spot(phone, team):
    lead = phone(team.lead)
    lead.open("/field/premises/new")
    lead.fill("单位名称", "顺达烧烤店")
    lead.fill("地址", "建国路 12 号")
    lead.choose("科尔沁街道")
    lead.page.locator("select[name=kind]").select_option("餐饮")
    lead.fill("座位数", "40")
    lead.fill("消防安全责任人", "王顺达")
    lead.fill("责任人电话", "13900000000")
    lead.shot("register", whole=True)
    drafts = lead.page.evaluate("JSON.stringify(localStorage)")
    lead.tap("登记场所")
    lead.sees("顺达烧烤店")

    assert "顺达烧烤店" in drafts
    assert "13900000000" not in drafts


def test_an_early_end_is_refused_in_the_desks_own_words(phone, team):
    visit = loop.arrived(team, timezone.localtime())
    said = []
    lead = phone(team.lead)
    for start in ("/desk/do/", "/field/do/"):
        lead.page.goto(f"{lead.base}{start}inspection.conclude/{visit.id}")
        lead.fill("陪同人员", "刘海燕")
        lead.tap("结束检查")
        refusal = lead.page.get_by_text("还有检查项没有填写").first
        expect(refusal).to_be_visible()
        said.append(" ".join(refusal.inner_text().split()))
    lead.shot("refused", whole=True)

    visit.refresh_from_db()
    assert said[0] == said[1]
    assert visit.state == "underway"
    assert entries("inspection.conclude", visit) == []


def test_a_refused_signature_needs_a_witness_and_nothing_typed_is_lost(phone, team):
    visit = loop.arrived(team, timezone.localtime(), answered=True)
    lead = phone(team.lead)
    lead.open(f"/field/do/inspection.conclude/{visit.id}")
    lead.fill("陪同人员", "刘海燕")
    lead.choose("拒绝签名")
    lead.tap("结束检查")
    lead.sees("拒绝签名的，请填写见证人")
    lead.page.reload()
    expect(lead.page.get_by_label("陪同人员")).to_have_value("刘海燕")
    lead.fill("见证人", "社区干部 陈建")
    lead.tap("结束检查")
    lead.sees("待第二人确认")

    visit.refresh_from_db()
    assert (visit.signature, visit.witness) == ("refused", "社区干部 陈建")


STORED = """() => new Promise((resolve) => {
  const opening = indexedDB.open("fengsui-field", 1);
  opening.onsuccess = () => {
    const all = opening.result.transaction("calls").objectStore("calls").getAll();
    all.onsuccess = () => resolve(all.result);
  };
})"""


def abort_posts(route):
    """The line is broken for whatever is sent."""
    if route.request.method == "POST":
        route.abort()
    else:
        route.continue_()


def lose_one_answer(page, fresh_key):
    """The server acts and the answer never arrives; the control gives the repetition a new key."""
    keys = []

    def handle(route):
        if route.request.method != "POST":
            route.continue_()
            return
        keys.append(route.request.headers["idempotency-key"])
        if len(keys) == 1:
            route.fetch()
            route.abort()
        elif fresh_key:
            route.continue_(headers={**route.request.headers, "idempotency-key": "another"})
        else:
            route.continue_()

    page.route("**/record_answers*", handle)
    return keys


@pytest.mark.parametrize(("fresh_key", "acted"), [(False, 1), (True, 2)])
def test_a_call_whose_answer_is_lost_is_sent_again_and_acts_once(phone, team, fresh_key, acted):
    visit = loop.arrived(team, timezone.localtime())
    lead = phone(team.lead)
    lead.open(f"/field/inspections/{visit.id}/#C01")
    keys = lose_one_answer(lead.page, fresh_key)

    lead.choose("合格")
    lead.sees("1 条待发送")
    lead.shot("unsent-question")
    lead.sees("已全部发送")

    assert len(set(keys)) == 1
    assert len(entries("inspection.record_answers", visit)) == acted


def test_what_waits_survives_a_closed_page_and_goes_in_its_order(phone, team):
    visit = loop.arrived(team, timezone.localtime())
    lead = phone(team.lead)
    lead.open(f"/field/inspections/{visit.id}/#C01")
    lead.page.route(
        "**/api/v1/**",
        lambda route: route.abort() if route.request.method == "POST" else route.continue_(),
    )
    lead.choose("合格")
    lead.tap("下一项：责任人和管理人")
    lead.choose("不涉及")
    lead.sees("2 条待发送")
    lead.open("/field/unsent")
    lead.sees("没有信号")
    lead.shot("unsent")
    assert entries("inspection.record_answers", visit) == []
    lead.page.unroute("**/api/v1/**")
    lead.tap("现在发送")
    lead.sees("本机没有等待发送的内容")

    said = list(
        Answer.objects.filter(inspection=visit).order_by("id").values_list("code", "result")
    )
    assert said == [("C01", "pass"), ("C02", "not_applicable")]


def test_what_comes_back_is_opened_again_with_what_was_typed(phone, team, picture):
    visit = loop.arrived(team, timezone.localtime())
    lead = phone(team.lead)
    lead.open(f"/field/inspections/{visit.id}/#C04")
    lead.choose("不合格")
    lead.choose("没有锁闭")
    lead.fill("部位", "二层东侧疏散通道")
    lead.choose("责令限期改正")
    lead.fill("改正期限", "999")
    lead.photograph(picture)
    lead.page.route("**/add_finding", abort_posts)
    lead.tap("登记问题，下一项")
    lead.sees("1 条待发送")
    lead.page.unroute("**/add_finding")
    lead.sees("1 条被退回")
    lead.open("/field/unsent")
    lead.sees("改正期限 999 日超过上限")
    lead.shot("sent-back")
    lead.tap("改正后重发")
    lead.sees("哪里不符合")
    expect(lead.page.get_by_label("部位")).to_have_value("二层东侧疏散通道")
    lead.fill("改正期限", "15")
    lead.tap("登记问题，下一项")
    lead.sees("已登记问题")

    finding = visit.findings.get()
    assert (finding.place, finding.term_days) == ("二层东侧疏散通道", 15)
    assert Attachment.objects.filter(part=finding.id).count() == 1


def test_a_large_photograph_goes_in_pieces_and_a_lost_piece_costs_one_piece(phone, team, tmp_path):
    hazard = loop.served(team, at=timezone.localtime())
    large = tmp_path / "large.png"
    Image.effect_noise((2600, 2000), 90).save(large)
    sent = []

    def handle(route):
        sent.append(int(route.request.headers["upload-offset"]))
        if len(sent) == 2:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    manager = phone(team.manager)
    manager.page.route("**/api/v1/uploads/*", handle)
    manager.open(f"/field/do/hazard.submit_evidence/{hazard.id}")
    manager.fill("改正情况", "通道已清空，门锁已更换")
    manager.photograph(large)
    manager.tap("提交改正证据")
    manager.sees("没有信号，已存在本机")
    expect(manager.page.get_by_text("改正情况与处理安排")).to_be_visible(timeout=20_000)

    kept = Attachment.objects.get(about_id=hazard.id)
    piece = 1024 * 1024
    assert large.stat().st_size > 4 * piece
    assert kept.file.size == large.stat().st_size
    assert sent[:4] == [0, piece, piece, 2 * piece]


def test_personal_answers_wait_in_memory_only(phone, team):
    lead = phone(team.lead)
    lead.open("/field/premises/new")
    lead.fill("单位名称", "顺达烧烤店")
    lead.fill("地址", "建国路 12 号")
    lead.choose("科尔沁街道")
    lead.page.locator("select[name=kind]").select_option("餐饮")
    lead.fill("座位数", "40")
    lead.fill("消防安全责任人", "王顺达")
    lead.fill("责任人电话", "13900000000")
    lead.page.route("**/register_premises", abort_posts)
    lead.tap("登记场所")
    lead.sees("只留在本页")
    lead.shot("personal-waits")
    kept = lead.page.evaluate(STORED)
    lead.page.unroute("**/register_premises")
    lead.sees("在册")

    assert kept == []
    assert Premises.objects.filter(name="顺达烧烤店").count() == 1


def test_a_stale_form_says_what_changed_and_keeps_what_was_typed(phone, team):
    hazard = loop.served(team, at=timezone.localtime())
    loop.extension_asked(team, hazard)
    manager = phone(team.manager)
    manager.open(f"/field/do/hazard.submit_evidence/{hazard.id}")
    manager.fill("改正情况", "通道已清空，门锁已更换")
    loop.extension_refused(team, hazard)
    manager.tap("提交改正证据")
    manager.sees("别人已经办理了这条记录")
    manager.sees("不批准延期")
    manager.shot("stale")
    expect(manager.page.get_by_label("改正情况")).to_have_value("通道已清空，门锁已更换")
    assert entries("hazard.submit_evidence", hazard) == []

    manager.tap("提交改正证据")
    manager.sees("改正情况与处理安排")

    assert hazard.evidence.get().text == "通道已清空，门锁已更换"


def test_what_one_person_left_unsent_is_never_sent_by_another(phone, team):
    visit = loop.arrived(team, timezone.localtime())
    lead = phone(team.lead)
    lead.open(f"/field/inspections/{visit.id}/#C01")
    lead.page.route("**/record_answers", abort_posts)
    lead.choose("合格")
    lead.sees("1 条待发送")
    lead.page.unroute("**/record_answers")
    lead.page.context.clear_cookies()
    lead.sign_in(team.second)
    lead.sees("已全部发送")
    assert entries("inspection.record_answers", visit) == []

    lead.page.context.clear_cookies()
    lead.sign_in(team.lead)
    lead.sees("已全部发送")

    assert len(entries("inspection.record_answers", visit)) == 1


def test_the_desk_on_a_phone_leads_here_and_back(phone, team):
    lead = phone(team.lead)
    lead.open_menu()
    lead.tap("办公端")
    lead.page.get_by_role("link", name="手机端").click()
    lead.settled()
    lead.sees("今天没有待办")


PLACES = [
    "/field/",
    "/field/unsent",
    "/field/premises/",
    "/field/premises/new",
    "/field/premises/{premises}/",
    "/field/do/inspection.plan_inspection/{premises}",
    "/field/inspections/{visit}/",
    "/field/inspections/{visit}/#C04",
    "/field/do/inspection.conclude/{visit}",
    "/field/hazards/{hazard}/",
    "/field/do/hazard.serve_order/{hazard}",
]


@pytest.mark.parametrize(("width", "text"), [(390, "normal"), (320, "normal"), (390, "large")])
def test_every_place_is_accessible_and_fits_a_finger(phone, team, width, text):
    hazard = loop.ordered(team, at=timezone.localtime())
    visit = loop.arrived(team, timezone.localtime())
    lead = phone(team.lead, width=width)
    lead.page.context.add_cookies([{"name": "text", "value": text, "url": lead.base}])
    found = {}
    for place in PLACES:
        path = place.format(premises=team.premises.id, visit=visit.id, hazard=hazard.id)
        lead.page.goto("about:blank")
        lead.open(path)
        if "#C04" in path:
            lead.choose("不合格")
            lead.sees("哪里不符合")
        page = lead.page
        wrong = [
            *violations(page),
            *small_targets(page),
            *[f"{n} px" for n in [overflow(page)] if n],
        ]
        if wrong:
            found[place] = wrong
        lead.shot(
            f"{width}-{text}-{place.strip('/').replace('/', '-').split('{')[0]}{'q' if '#' in place else ''}"
        )

    assert found == {}


def test_without_scripts_a_sentence_leads_to_the_same_record_on_the_desk(
    browser, live_server, team
):
    visit = loop.planned(team, timezone.localtime())
    signed = Phone(browser, live_server.url, team.lead)
    state = signed.page.context.storage_state()
    page = browser.new_context(storage_state=state, java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/field/inspections/{visit.id}/")

    link = page.get_by_role("link", name="在办公端打开同一内容")
    assert link.get_attribute("href") == f"/desk/inspections/{visit.id}/"


def test_a_hidden_record_does_not_exist_here_either(phone, team):
    stranger = make.who(organisation=make.organisation(region="150523000000"))
    make.password(stranger, PASSWORD)
    visit = loop.planned(team, timezone.localtime())
    other = phone(stranger)

    answer = other.page.goto(f"{other.base}/field/inspections/{visit.id}/")

    assert answer is not None
    assert answer.status == 404


def test_ids_made_on_the_phone_are_version_seven_and_keep_their_order(phone, team):
    lead = phone(team.lead)
    made = lead.page.evaluate(
        "import('/static/field/ids.js').then(({uuid7}) => Array.from({length: 500}, () => uuid7()))"
    )

    assert made == sorted(set(made))
    assert {one[14] for one in made} == {"7"}
    assert {one[19] for one in made} <= set("89ab")


def test_the_worklist_says_what_a_deadline_rests_on_and_how_well_it_is_known(phone, team):
    loop.found(team, Disposal.IMMEDIATE)  # its day rests on our own default, not on a law

    lead = phone(team.lead)

    lead.sees("规定 §19（本系统默认）")
    lead.shot("worklist-default")


def test_a_visit_says_how_a_finding_was_corrected_on_the_spot(phone, team):
    loop.found(team, Disposal.CORRECTED)

    lead = phone(team.lead)
    lead.open(f"/field/inspections/{Inspection.objects.get().id}/")

    lead.sees("当场改正·当场清走，通道净宽恢复")
