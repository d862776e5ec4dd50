"""Time left or passed, in the words of the worklist."""

from datetime import datetime

import pytest

from fengsui.kernel.deadline import CHINA, remaining
from tests.kernel.calendars import WITHOUT_2027


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


NOW = "2026-11-24T10:12"
WORDS = [
    ("2026-11-20T17:30", NOW, (True, False, "逾期 2 个工作日")),
    ("2026-11-23T17:30", NOW, (True, False, "逾期 1 个工作日")),
    ("2026-11-23T23:59:59", "2026-11-24T09:00", (True, False, "逾期 1 个工作日")),
    ("2026-11-24T13:20", NOW, (False, True, "还剩 3 小时")),
    ("2026-11-24T15:10", NOW, (False, True, "还剩 5 小时")),
    ("2026-11-24T17:30", NOW, (False, True, "还剩 7 小时")),
    ("2026-11-25T17:30", NOW, (False, False, "还剩 1 个工作日")),
    ("2026-11-27T17:30", NOW, (False, False, "还剩 3 个工作日")),
    ("2026-11-24T10:52", NOW, (False, True, "还剩 40 分钟")),
    ("2026-11-24T10:12:30", NOW, (False, True, "还剩不足 1 分钟")),
    ("2026-11-24T09:12", NOW, (True, True, "逾期 1 小时")),
    ("2026-11-24T10:02", NOW, (True, True, "逾期 10 分钟")),
    ("2026-10-02T18:00", "2026-10-01T20:00", (False, False, "还剩 22 小时")),
    ("2026-10-05T18:00", "2026-10-01T18:00", (False, False, "还剩 4 天")),
    ("2026-11-25T07:00", "2026-11-24T23:00", (False, False, "还剩 8 小时")),
    ("2026-09-30T23:59:59", "2026-10-10T09:00", (True, False, "逾期 3 个工作日")),
    ("2027-01-04T23:59:59", "2026-12-30T09:00", (False, False, "还剩 3 个工作日")),
]


@pytest.mark.parametrize(("due", "now", "expected"), WORDS)
def test_time_left_is_said_in_words_for_people(due, now, expected):
    left = remaining(at(due), at(now), WITHOUT_2027)

    assert (left.late, left.today, left.words) == expected
