"""Records in the words and shapes of a page."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fengsui.kernel.deadline import remaining
from fengsui.kernel.lifecycle import Lifecycle
from fengsui.kernel.refusal import Refusal
from fengsui.platform import rules
from fengsui.platform.actions import Action, open_to
from fengsui.platform.calendar.queries import current_calendar
from fengsui.platform.documents.lifecycle import DOCUMENT
from fengsui.platform.documents.queries import documents_about
from fengsui.platform.files.queries import attached_to
from fengsui.platform.ledger.queries import timeline
from fengsui.platform.records import RECORD_TYPES, Record, RecordType
from fengsui.platform.who import Who
from fengsui.platform.worklist.models import Task
from fengsui.web.ui.shapes import (
    ActionLink,
    DueWords,
    Entry,
    Law,
    Paper,
    Picture,
    Step,
    TagWord,
    Tone,
)

PAGES = {
    "inspection": "desk:inspection",
    "hazard": "desk:hazard",
    "premises": "desk:premises-page",
    "post": "people:post",
    "certificate": "people:certificate",
    "organisation": "people:organisation",
    "channel_fault": "desk:fault",
    "job": "desk:job",
}
_TONES: dict[str, Tone] = {
    "overdue": "bad",
    "closed": "done",
    "confirmed": "done",
    "served": "done",
    "reported": "warn",
    "unvisited": "warn",
    "cancelled": "plain",
    "void": "bad",
    "failed": "bad",
    "done": "done",
}


def url_of(about_type: str, about_id: object) -> str:
    return reverse(PAGES[about_type], args=[about_id]) if about_type in PAGES else ""


def state_tag(lifecycle: Lifecycle[Any, Any], state: str) -> TagWord:
    return TagWord(lifecycle.title(state), _TONES.get(state, "active"))


def due_words(task: Task) -> DueWords:
    """Time left in words, the moment, the article, and how the days were counted."""
    left = remaining(task.due_at, timezone.now(), current_calendar())
    return DueWords(
        words=left.words,
        moment=task.due_at,
        late=left.late,
        today=left.today,
        provisional=task.provisional,
    )


def law_of(task: Task) -> Law:
    """The rule behind a task: its article, its words, its evidence."""
    on = rules.local_day(task.start_at)
    try:
        rule = rules.rulebook().deadline_rule(task.rule, on)
    except Refusal:
        return Law(task.rule)
    citation = rule.cites[0] if rule.cites else rule.source
    url = f"/law/{quote(citation)}" if rule.cites else f"/rules/{task.rule}"
    start = timezone.localtime(task.start_at)
    due = timezone.localtime(task.due_at)
    counted = _("起算 {start}，到期 {due}").format(
        start=start.strftime("%m-%d %H:%M"), due=due.strftime("%m-%d %H:%M")
    )
    return Law(citation, url, rule.title, rule.text, counted, rule.tag)


def buttons(
    record: Record, of: RecordType[Any], who: Who
) -> tuple[ActionLink | None, list[ActionLink]]:
    """What may be done here now: the one main thing, and the others."""
    links = [
        (
            action.main,
            ActionLink(
                action.title,
                _address(of, action, record),
                look="main" if action.main else "plain",
            ),
        )
        for action in open_to(record, of, who)
    ]
    main = next((link for is_main, link in links if is_main), None)
    others = [
        link if link is main else _plain(link) for _is_main, link in links if link is not main
    ]
    return main, others


def _plain(link: ActionLink) -> ActionLink:
    return ActionLink(link.title, link.url)


def _address(of: RecordType[Any], action: Action[Any], record: Record) -> str:
    if action.begins:
        return f"{reverse('desk:create', args=[action.what])}?{action.begins[1]}={record.id}"
    if action.name == "record_answers":
        return reverse("desk:items", args=[record.id])
    return reverse("desk:act", args=[action.what, record.id])


def entries(record: Record) -> list[Entry]:
    """The record's history from the ledger, newest first."""
    return [
        Entry(
            text=entry["title"],
            at=timezone.localtime(datetime.fromisoformat(entry["at"])).strftime("%Y-%m-%d %H:%M"),
            by=_named(entry["who"]),
            number=(entry["leaf"] + 1) if entry["leaf"] is not None else None,
            digest=(entry["record"] or {}).get("digest", "")[:8],
            note=str(entry["result"].get("reason", "")),
        )
        for entry in timeline(record.id)
    ]


def _named(who: Mapping[str, str]) -> str:
    """Who acted, and for whom when as deputy."""
    holder = who.get("acting_for")
    return (
        _("{name}（代{holder}）").format(name=who["name"], holder=holder) if holder else who["name"]
    )


def papers(record: Record) -> list[Paper]:
    return [
        Paper(
            title=paper.title,
            url=reverse("desk:document", args=[paper.id]),
            head=(paper.title[: len(paper.title) // 2], paper.title[len(paper.title) // 2 :]),
            note=f"{paper.number} {DOCUMENT.title(paper.state)}",
            sealed=True,
        )
        for paper in documents_about(record.id)
    ]


def pictures(record: Record) -> list[Picture]:
    return [
        Picture(
            alt=_("现场照片 {n}").format(n=number),
            thumbnail_url=reverse("desk:file", args=[attachment.file_id]),
            url=reverse("desk:file", args=[attachment.file_id]),
            caption=attachment.by_name,
            taken=timezone.localtime(attachment.at).strftime("%m-%d %H:%M"),
        )
        for number, attachment in enumerate(attached_to(record.id), start=1)
    ]


def path_of(
    lifecycle: Lifecycle[Any, Any], way: Sequence[str], state: str, branch: str = ""
) -> list[Step]:
    """Where a record stands on its usual way; `branch` is the way nobody hopes for."""
    at = way.index(state) if state in way else len(way) - 1 if state != branch else -1
    steps = [
        Step(
            lifecycle.title(stop),
            standing="done"
            if place < at or state == way[-1]
            else "now"
            if stop == state
            else "next",
        )
        for place, stop in enumerate(way)
    ]
    if branch:
        steps.append(Step(lifecycle.title(branch), standing="now" if state == branch else "branch"))
    return steps


def type_named(name: str) -> RecordType[Any] | None:
    return RECORD_TYPES.get(name)
