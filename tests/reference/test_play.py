"""The reference season: the same ledger each time, and a last day with something to do for each post."""

from datetime import date, datetime, time

import pytest
from django.db import transaction

from fengsui.commands.demonstration import REGIONS
from fengsui.commands.regions import load as load_regions
from fengsui.kernel.merkle import EMPTY
from fengsui.platform.accounts.models import Post
from fengsui.platform.accounts.queries import who_of
from fengsui.platform.documents.queries import unaccounted
from fengsui.platform.files.models import Attachment
from fengsui.platform.imports import course
from fengsui.platform.ledger.queries import latest_heads
from fengsui.platform.rules import local_day
from fengsui.platform.worklist.queries import own_tasks
from fengsui.reference.play import play
from fengsui.reference.player import Player
from fengsui.reference.scale import Scale
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
# A fiftieth of one county's register.
LITTLE = Scale(brigades=1, visited=2, visits=0.3, share=0.02)


def played(until, seed=1, days=28, shown=None):
    """A short season of one brigade; its last root."""
    load_regions(REGIONS)
    play(Player(seed, until, days, shown), LITTLE, lambda done, total, words: None)
    return latest_heads(1)[0]["root"]


def played_and_undone(seed):
    with transaction.atomic():
        root = played(date(2026, 3, 13), seed)
        transaction.set_rollback(True)
    return root


def test_the_same_seed_and_day_give_the_same_root_however_slow_the_machine_is(monkeypatch):
    first, other = (played_and_undone(seed) for seed in (1, 2))
    monkeypatch.setattr(course.PACE, "seconds_a_row", 1.0)
    again = played_and_undone(1)

    assert first == again
    assert EMPTY.hex() != first != other


# Friday 13 March 2026, played or only looked at; Friday 30 December 2022, by the calendar of that year.
@pytest.mark.parametrize(
    ("until", "shown"),
    [
        (date(2026, 3, 13), date(2026, 3, 13)),
        (date(2026, 3, 12), date(2026, 3, 13)),
        (date(2022, 12, 30), date(2022, 12, 30)),
    ],
)
def test_on_the_day_shown_every_post_has_something_due_and_something_overdue(until, shown):
    played(until, shown=shown)

    morning = datetime.combine(shown, time(0), make.CHINA)
    for username in ("officer02.1", "head02", "manager02.0"):
        post = Post.objects.select_related("user", "organisation").get(user__username=username)
        tasks = own_tasks(who_of(post))
        assert [task for task in tasks if local_day(task.due_at) == shown], f"{username}: today"
        assert [task for task in tasks if task.due_at < morning], f"{username}: overdue"
    assert unaccounted() == []
    assert Attachment.objects.filter(file__name__startswith="演示").exists()


def test_every_step_of_the_play_is_told_and_the_last_one_is_the_whole():
    load_regions(REGIONS)
    heard = []
    play(Player(1, date(2026, 3, 13), 3), LITTLE, lambda *said: heard.append(said))

    dones, totals, words = zip(*heard, strict=True)
    assert list(dones) == sorted(dones)
    assert set(totals) == {dones[-1]}
    assert list(dict.fromkeys(word.removeprefix("科尔沁区 ") for word in words)) == [
        "网格", "网格员", "监管对象", "风险户", "检查 2026-03-11", "检查 2026-03-12", "检查 2026-03-13",
    ]  # fmt: skip
