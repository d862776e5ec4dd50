"""Who is told what, once."""

from datetime import datetime, timedelta

import pytest

from fengsui.platform.actions import perform
from fengsui.platform.ledger import store as ledger
from fengsui.platform.notices import occasions, queries, store
from fengsui.platform.notices.actions import Wished, change_wish, state_wish
from fengsui.platform.notices.models import Notice, Place, Sending
from fengsui.platform.who import PostKind
from fengsui.platform.worklist import sweep
from fengsui.platform.worklist.actions import Reassignment, reassign
from fengsui.platform.worklist.models import Task
from fengsui.supervision.actions import forms, inspection
from fengsui.supervision.lifecycle import Result
from tests import make
from tests.supervision import loop

pytestmark = pytest.mark.django_db
CHINA = make.CHINA
SMS = {"sms": {"url": "http://127.0.0.1:1/", "body": {}}}


@pytest.fixture
def team():
    return make.Team()


@pytest.fixture
def gateways(settings):
    settings.GATEWAYS = SMS
    settings.EMAIL_HOST = "127.0.0.1"


def told(now=make.NOON):
    """The worker's two steps: seal, then read on."""
    ledger.seal(now)
    while occasions.follow(now):
        pass


def titles(who):
    return [notice.title for notice in queries.notices_after(who, "")]


def channels(title):
    return sorted(
        Sending.objects.filter(notice__title=title).values_list("channel", flat=True).distinct()
    )


def test_a_task_opened_for_somebody_is_told_to_him_and_not_to_who_opened_it(team):
    loop.found(team)
    told()

    # The lead planned and concluded, the second confirmed: each hears what the other left him.
    assert titles(team.second) == []  # confirmed meanwhile: nobody is told of what is done
    assert titles(team.lead) == ["新待办：制作责令限期改正通知书"]


def test_the_second_officer_is_told_to_confirm_and_the_head_of_an_overdue_decision(team):
    visit = loop.planned(team)
    told()
    assert titles(team.lead) == []
    perform(inspection.arrive, visit, loop.call(team.lead), forms.Place())
    answers = dict.fromkeys(loop.ITEMS, Result.PASS)
    form = forms.Answers(answers=answers)
    perform(inspection.record_answers, visit.id, loop.call(team.lead), form)
    end = forms.Conclusion(accompanied_by="刘海燕")
    perform(inspection.conclude, visit.id, loop.call(team.lead), end)
    told()

    assert titles(team.second) == ["新待办：确认检查记录"]


def test_the_manager_is_told_of_the_order_with_its_deadline_in_the_app_and_by_sms(team, gateways):
    record = loop.served(team, days=15)
    told()

    notice = Notice.objects.get(post_id=team.manager.post_id)
    # Served 2 March 2026, fifteen days: 17 March (规定 §20; the day of service is not counted).
    assert notice.title == "新待办：改正火灾隐患"
    assert notice.text == f"{record.premises.name}，期限 2026-03-17 23:59。"
    assert (notice.about_type, notice.about_id) == ("hazard", record.id)
    assert channels(notice.title) == ["app", "sms"]


def test_a_channel_that_is_not_set_up_is_left_out(team):
    loop.served(team)
    told()

    assert channels("新待办：改正火灾隐患") == ["app"]


def test_an_empty_post_is_told_by_the_phone_that_answers_for_the_premises(team, gateways):
    unit = make.organisation(kind="unit", region="150502001000")
    team.premises = make.premises(team.brigade, unit=unit)
    loop.served(team)
    told()

    notice = Notice.objects.get(post_id=None)
    assert notice.receiver == f"phone:premises:{team.premises.id}:responsible_phone"
    assert channels(notice.title) == ["sms"]


def test_reading_the_ledger_again_tells_nobody_twice(team):
    loop.served(team)
    told()
    before = Notice.objects.count()
    Place.objects.all().delete()  # a crash before the place was kept

    told()

    assert Notice.objects.count() == before > 0


def test_three_days_and_one_day_before_its_end_a_term_is_recalled_to_manager_and_officer(team):
    loop.served(team, days=15)  # until 17 March
    due = "即将到期：改正火灾隐患"
    counts = []
    for day, hour in [(13, 12), (14, 8), (14, 9), (14, 15), (15, 12), (16, 9), (17, 12)]:
        occasions.remind(datetime(2026, 3, day, hour, tzinfo=CHINA))
        counts.append((titles(team.manager).count(due), titles(team.lead).count(due)))

    assert counts == [(0, 0), (0, 0), (1, 1), (1, 1), (1, 1), (2, 2), (2, 2)]


def test_a_reminder_looks_at_each_task_once(team):
    loop.served(team, days=15)
    morning = datetime(2026, 3, 14, 9, tzinfo=CHINA)

    assert occasions.remind(morning) == 1
    assert occasions.remind(morning + timedelta(minutes=1)) == 0


def test_who_is_late_and_his_head_are_told_and_it_is_urgent(team):
    visit = loop.planned(team)
    late = datetime(2026, 3, 3, 0, 1, tzinfo=CHINA)
    sweep.mark_late(late)
    told(late)

    assert titles(team.lead) == titles(team.head) == ["已经逾期：监督抽查"]
    assert {notice.urgency for notice in Notice.objects.all()} == {"urgent"}
    assert {notice.about_id for notice in Notice.objects.all()} == {visit.id}


def test_a_task_given_on_is_told_to_whom_it_is_given(team):
    loop.planned(team)
    task = Task.objects.get()
    form = Reassignment(post=team.second_post.id, reason="出差")
    perform(reassign, task, loop.call(team.head), form)
    told()

    assert titles(team.second) == ["新待办：监督抽查", "转给您的待办：监督抽查"] or titles(
        team.second
    ) == ["转给您的待办：监督抽查", "新待办：监督抽查"]


def test_a_wish_adds_a_channel_and_takes_none_away(team, gateways):
    wish = Wished(mail="liu@example.org", by_mail=True)
    done = perform(state_wish, None, make.call(team.manager), wish)
    loop.served(team)
    told()
    assert channels("新待办：改正火灾隐患") == ["app", "mail", "sms"]

    perform(change_wish, done.made, make.call(team.manager), Wished())
    occasions.remind(datetime(2026, 3, 14, 9, tzinfo=CHINA))
    manager = Sending.objects.filter(
        notice__post_id=team.manager.post_id, notice__title="即将到期：改正火灾隐患"
    )
    assert sorted(manager.values_list("channel", flat=True)) == ["app", "sms"]


def test_an_old_occasion_is_told_in_the_app_only(team, gateways):
    loop.served(team)
    told(make.NOON + timedelta(hours=73))

    assert channels("新待办：改正火灾隐患") == ["app"]


def test_what_rings_waits_for_the_morning(team, gateways):
    night = datetime(2026, 3, 2, 23, 30, tzinfo=CHINA)
    loop.served(team, at=night)
    told(night)

    assert Sending.objects.get(channel="sms").due_at == datetime(2026, 3, 3, 7, tzinfo=CHINA)


def test_seen_is_seen_once_and_only_by_its_post(team):
    loop.found(team)
    told()
    notice = Notice.objects.get(post_id=team.lead.post_id)

    assert store.mark_seen(team.head, [notice.id], make.NOON) == 0
    assert queries.unread(team.lead) == 1
    assert store.mark_seen(team.lead, [notice.id], make.NOON) == 1
    assert store.mark_seen(team.lead, None, make.NOON) == 0
    assert queries.unread(team.lead) == 0
    assert Sending.objects.get(notice=notice, channel="app").state == "seen"


def test_pages_begin_with_the_unread_and_go_on_without_a_gap(team):
    who = make.who(PostKind.SUPERVISOR)
    about = make.organisation().id
    Notice.objects.bulk_create(
        Notice(
            key=f"k{n}",
            receiver=f"post:{who.post_id}",
            post_id=who.post_id,
            occasion="task.opened",
            urgency="plain",
            title=f"{n}",
            about_type="hazard",
            about_id=about,
            at=make.NOON,
            seen_at=make.NOON if n % 3 == 0 else None,
        )
        for n in range(120)
    )
    seen, after = [], ""
    while page := queries.notices_after(who, after):
        seen += [int(notice.title) for notice in page]
        after = queries.place_of(page[-1])

    unread = [n for n in reversed(range(120)) if n % 3]
    assert seen == unread + [n for n in reversed(range(120)) if n % 3 == 0]
