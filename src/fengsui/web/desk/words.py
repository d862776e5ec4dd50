"""Records in the words and shapes of a page."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fengsui.kernel import statutes
from fengsui.kernel.deadline import remaining
from fengsui.kernel.lifecycle import Lifecycle
from fengsui.kernel.refusal import Refusal
from fengsui.platform import rules
from fengsui.platform.actions import Action, open_to
from fengsui.platform.calendar.queries import current_calendar
from fengsui.platform.documents.lifecycle import DOCUMENT
from fengsui.platform.documents.models import Document
from fengsui.platform.documents.queries import documents_about
from fengsui.platform.files.queries import attached_to
from fengsui.platform.ledger.queries import timeline
from fengsui.platform.records import RECORD_TYPES, Record, RecordType
from fengsui.platform.reveal import reveal_of
from fengsui.platform.who import Who
from fengsui.platform.worklist.actions import recounted
from fengsui.platform.worklist.models import Task
from fengsui.web.ui.shapes import (
    ActionLink,
    DueWords,
    Entry,
    Law,
    Paper,
    Picture,
    Standing,
    Step,
    TagWord,
    Tone,
)

# Actions with a page of their own instead of the drawn form; for one on a record it stands in the address.
OWN_PAGES = {
    "api_key.issue_key": "desk:key-new",
    "job.start": "desk:jobs",
    "notice_wish.state_wish": "desk:wishes",
    "notice_wish.change_wish": "desk:wish",
    "ticket.issue_ticket": "people:people",
    "inspection.record_answers": "desk:items",
    "grid.split_grid": "desk:grid-split",
    "calendar_year.load_year": "desk:calendar-load",
    "claim_code.issue_claim_code": "desk:claim-issue",
}
DAYS_TOLD = 6
# The source of what no law says: the house's own default.
OURS = "本系统默认"
_TONES: dict[str, Tone] = {
    "overdue": "bad",
    "closed": "done",
    "confirmed": "done",
    "served": "done",
    "reported": "warn",
    "unvisited": "warn",
    "cancelled": "plain",
    "ended": "plain",
    "retired": "plain",
    "void": "bad",
    "failed": "bad",
    "done": "done",
}


def url_of(about_type: str, about_id: object) -> str:
    """The page of any record, by the name of its type."""
    of = RECORD_TYPES.get(about_type)
    return reverse("desk:record", args=[of.plural, about_id]) if of else ""


def place_of(after: str) -> UUID | None:
    """The id a list goes on from; nonsense starts at the beginning."""
    try:
        return UUID(after) if after else None
    except ValueError:
        return None


def state_tag(lifecycle: Lifecycle[Any, Any], state: str) -> TagWord:
    return TagWord(_(lifecycle.title(state)), _TONES.get(state, "active"))


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


def law_named(source: str) -> Law:
    """A declared source, leading to its articles where we can open them."""
    try:
        statutes.parse_citation(source)
    except Refusal:
        return Law(source, evidence="D" if source == OURS else "")
    return Law(source, f"/law/{quote(source)}")


def measured_by(declared: Action[Any], on: date) -> list[Law]:
    """The rules that measure an action, each with its words and its evidence."""
    return [
        Law(rule.title, f"/rules/{rule.id}", rule.id, rule.text, evidence=rule.tag)
        for rule in rules.in_force(declared.rules, on)
    ]


def law_of(task: Task) -> Law:
    """The rule behind a task: its article, its words, its evidence."""
    on = rules.local_day(task.start_at)
    try:
        rule = rules.rulebook().deadline_rule(task.rule, on)
    except Refusal:
        return Law(task.rule)
    citation = rule.cites[0] if rule.cites else rule.source
    url = f"/law/{quote(citation)}" if rule.cites else f"/rules/{task.rule}"
    return Law(citation, url, rule.title, rule.text, _counted(task), rule.tag)


def _counted(task: Task) -> str:
    """How the days were counted, each day where they are few, else both ends."""
    days = recounted(task).days
    said = [f"{day.on:%m-%d} {day.why}" for day in days]
    if len(said) > DAYS_TOLD:
        skipped = sum(not day.counted for day in days[1:])
        between = _("其间不计 {n} 天").format(n=skipped) if skipped else "…"
        said = [*said[:2], between, said[-1]]
    return "；".join(said)


def buttons(
    record: Record, of: RecordType[Any], who: Who
) -> tuple[ActionLink | None, list[ActionLink]]:
    """What may be done here now: the one main thing, and the others."""
    links = [
        (
            action.main,
            ActionLink(
                _(action.title),
                address_of(action, record),
                look="main" if action.main else "plain",
            ),
        )
        for action in open_to(record, of, who)
        if action is not reveal_of(of)
    ]
    main = next((link for is_main, link in links if is_main), None)
    others = [
        link if link is main else _plain(link) for _is_main, link in links if link is not main
    ]
    return main, others


def _plain(link: ActionLink) -> ActionLink:
    return ActionLink(link.title, link.url)


def address_of(action: Action[Any], record: Record) -> str:
    """Where an action on a record (or a creation that starts from it) is carried out."""
    own = OWN_PAGES.get(action.what)
    if action.begins:
        return f"{creation_url(action)}?{urlencode({action.begins[1]: record.id})}"
    if own:
        return reverse(own, args=[record.id])
    return reverse("desk:act", args=[action.what, record.id])


def creation_url(action: Action[Any]) -> str:
    """Where something is made out of nothing."""
    own = OWN_PAGES.get(action.what)
    return reverse(own) if own else reverse("desk:create", args=[action.what])


def reveal_url(of: RecordType[Any], record: Record, name: str, who: Who) -> str:
    """Where a masked field is opened with a reason; nothing for those who may not."""
    look = reveal_of(of)
    if look is None or who.kind not in look.posts:
        return ""
    return f"{address_of(look, record)}?{urlencode({'field': name})}"


def entries(record: Record) -> list[Entry]:
    """The record's history from the ledger, newest first."""
    return [
        Entry(
            text=_(entry["title"]),
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


def _papers_of(record: Record) -> list[Document]:
    return [record] if isinstance(record, Document) else documents_about(record.id)


def papers(record: Record) -> list[Paper]:
    return papers_of(_papers_of(record))


def papers_of(found: Sequence[Document]) -> list[Paper]:
    """Papers as thumbnails that open them."""
    return [
        Paper(
            title=paper.title,
            url=reverse("desk:document", args=[paper.id]),
            head=(paper.title[: len(paper.title) // 2], paper.title[len(paper.title) // 2 :]),
            note=f"{paper.number} {DOCUMENT.title(paper.state)}",
            sealed=True,
        )
        for paper in found
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
            _(lifecycle.title(stop)),
            standing="done"
            if place < at or state == way[-1]
            else "now"
            if stop == state
            else "next",
        )
        for place, stop in enumerate(way)
    ]
    if branch:
        standing: Standing = "now" if state == branch else "branch"
        steps.append(Step(_(lifecycle.title(branch)), standing=standing))
    return steps


def path_from(lifecycle: Lifecycle[Any, Any], state: str) -> list[Step]:
    """The same for any lifecycle: its shortest way to an end, and the side state one is in or may fall into."""
    way = _shortest(lifecycle)
    if len(way) < 2:
        return []
    aside = [state] if state not in way else []
    following = [end for start, _move, end in lifecycle.edges() if start == state]
    aside += [end for end in following if end not in way]
    return path_of(lifecycle, way, state, branch=aside[0] if aside else "")


def _shortest(lifecycle: Lifecycle[Any, Any]) -> list[str]:
    """From the first state to the nearest one that nothing leads out of."""
    leaving = {start for start, _move, end in lifecycle.edges() if start != end}
    ways: list[list[str]] = [[lifecycle.initial]]
    for way in ways:
        if way[-1] not in leaving:
            return way
        ends = [end for start, _move, end in lifecycle.edges() if start == way[-1]]
        ways += [[*way, end] for end in ends if end not in way]
    return [lifecycle.initial]
