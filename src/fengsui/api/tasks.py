"""The worklist of a post: tasks with the time left in words and the article they rest on."""

from urllib.parse import quote

from django.utils import timezone

from fengsui.api.shown import address, record
from fengsui.kernel.deadline import remaining
from fengsui.kernel.refusal import Refusal
from fengsui.platform import rules
from fengsui.platform.calendar.queries import current_calendar
from fengsui.platform.records import RECORD_TYPES
from fengsui.platform.worklist.actions import TASKS
from fengsui.platform.worklist.models import Task


def task(row: Task) -> dict[str, object]:
    """A task with what a person wants to know of it: how long, why, about what."""
    left = remaining(row.due_at, timezone.now(), current_calendar())
    citation, law_url, source, tag = _law(row)
    return record(TASKS, row) | {
        "about_url": address(RECORD_TYPES[row.about_type], row.about_id),
        "words": left.words,
        "late": left.late,
        "today": left.today,
        "citation": citation,
        "law_url": law_url,
        "source": source,
        "tag": tag,
    }


def _law(row: Task) -> tuple[str, str, str, str]:
    """What it rests on, where that is read, the rule's source, its evidence."""
    try:
        rule = rules.rulebook().deadline_rule(row.rule, rules.local_day(row.start_at))
    except Refusal:
        return row.rule, "", "", ""
    if rule.cites:
        return rule.cites[0], f"/law/{quote(rule.cites[0])}", rule.source, rule.tag
    return rule.source, f"/rules/{row.rule}", rule.source, rule.tag
