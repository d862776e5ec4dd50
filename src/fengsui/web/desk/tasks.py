"""Rows of the worklist: what is due when, by which article, and the one step that comes next."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fengsui.platform.actions import open_to
from fengsui.platform.records import RECORD_TYPES, Record
from fengsui.platform.who import PostKind, Who
from fengsui.platform.worklist.actions import reassign
from fengsui.platform.worklist.models import Task
from fengsui.web.desk.words import address_of, due_words, law_of, url_of
from fengsui.web.ui.shapes import ActionLink, Empty, Kind, Tab
from fengsui.web.ui.table import Cell, Column, Group, Pager, Row, Table

KINDS_SHOWN = 7
ON_A_PAGE = 100
_OVERSEERS = {PostKind.BRIGADE_HEAD: "本大队", PostKind.DETACHMENT_LEADER: "各大队"}


def tabs(who: Who, current: str) -> list[Tab]:
    """Heads also look at what their people have to do."""
    if who.kind not in _OVERSEERS:
        return []
    return [
        Tab(_("我的待办"), reverse("desk:worklist"), current == "own"),
        Tab(_(_OVERSEERS[who.kind]), reverse("desk:brigade"), current == "brigade"),
    ]


def kinds_of(tasks: Sequence[Task], current: str) -> list[Kind]:
    """Counts by what is to be done; the only summary of a worklist."""
    now = timezone.now()
    late = Counter(task.title for task in tasks if task.due_at < now)
    every = Counter(task.title for task in tasks)
    address = reverse("desk:worklist")
    whole = Kind(_("全部"), len(tasks), address, sum(late.values()), current == "")
    return [whole] + [
        Kind(_(title), n, f"{address}?{urlencode({'kind': title})}", late[title], title == current)
        for title, n in every.most_common(KINDS_SHOWN)
    ]


def worklist(tasks: Sequence[Task], who: Who, kind: str = "", start: int = 0) -> Table:
    """What this post has to do, from task `start` on; the first row is the one to begin with."""
    whole = [task for task in tasks if kind in ("", task.title)]
    tasks = whole[start : start + ON_A_PAGE]
    columns = [*_columns(), Column(_("操作"), width="m", number=True)]
    steps = next_steps(tasks, who)
    rows = {
        task.id: [*_cells(task), Cell(action=steps.get(task.id) or _look(task))] for task in tasks
    }
    empty = Empty(_("现在没有待办"), _("新的事项到来时会出现在这里。"), icon="circle-check")
    rest = {"kind": kind, "from": start + ON_A_PAGE} if len(whole) > start + ON_A_PAGE else {}
    return _table(tasks, rows, columns, empty, f"?{urlencode(rest)}" if rest else "")


def board(tasks: Sequence[Task], names: Mapping[UUID, str], next_url: str) -> Table:
    """What a whole brigade has to do, with who holds it and the way to give it to somebody else."""
    columns = [*_columns(), Column(_("承办"), width="s"), Column(_("操作"), width="s", number=True)]
    rows = {
        task.id: [*_cells(task), Cell(_holder(task, names)), Cell(action=_hand_over(task))]
        for task in tasks
    }
    empty = Empty(_("没有待办的事项"), _("本大队现在没有期限内的事项。"), icon="circle-check")
    return _table(tasks, rows, columns, empty, next_url)


def _columns() -> list[Column]:
    return [
        Column(_("剩余时间"), width="m"),
        Column(_("事项")),
        Column(_("场所"), width="l"),
        Column(_("依据"), width="l"),
        Column(_("到期"), width="s"),
    ]


def _table(
    tasks: Sequence[Task],
    rows: Mapping[UUID, Sequence[Cell]],
    columns: Sequence[Column],
    empty: Empty,
    next_url: str = "",
) -> Table:
    groups = [
        Group([Row(rows[task.id], task is tasks[0]) for task in due], title, note, late)
        for title, note, due, late in _groups(tasks)
    ]
    pager = Pager(shown=len(tasks), next_url=next_url)
    return Table(_("按期限排序的待办事项"), columns, groups, pager, empty, keys=True)


def _groups(tasks: Sequence[Task]) -> list[tuple[str, str, list[Task], bool]]:
    """Overdue, today, to the end of this week (Sunday), later; empty ones are left out."""
    today = timezone.localdate()
    sunday = today + timedelta(days=6 - today.weekday())
    named = [
        (_("已逾期"), [task for task in tasks if _is_late(task)], True),
        (_("今天到期"), _between(tasks, today, today), False),
        (_("本周内"), _between(tasks, today + timedelta(days=1), sunday), False),
        (_("以后"), _between(tasks, sunday + timedelta(days=1), date.max), False),
    ]
    return [(title, _("{n} 项").format(n=len(due)), due, late) for title, due, late in named if due]


def _is_late(task: Task) -> bool:
    return task.due_at < timezone.now()


def _between(tasks: Sequence[Task], first: date, last: date) -> list[Task]:
    due = [task for task in tasks if not _is_late(task)]
    return [task for task in due if first <= timezone.localtime(task.due_at).date() <= last]


def _cells(task: Task) -> list[Cell]:
    return [
        Cell(due=due_words(task)),
        Cell(_(task.title), url_of(task.about_type, task.about_id), task.note),
        Cell(task.subject),
        Cell(law=law_of(task)),
        Cell(_moment(task)),
    ]


def _moment(task: Task) -> str:
    due = timezone.localtime(task.due_at)
    today = due.date() == timezone.localdate()
    return f"{_('今天')} {due:%H:%M}" if today else f"{due:%m-%d %H:%M}"


def _look(task: Task) -> ActionLink:
    return ActionLink(_("查看"), url_of(task.about_type, task.about_id))


def _holder(task: Task, names: Mapping[UUID, str]) -> str:
    return names.get(task.holder, "—") if task.holder else _("未指定")


def _hand_over(task: Task) -> ActionLink:
    return ActionLink(_(reassign.title), address_of(reassign, task))


def next_steps(tasks: Sequence[Task], who: Who) -> dict[UUID, ActionLink]:
    """The form of the next step of each task, where exactly one main action is open to `who`."""
    records = _records(tasks, who)
    steps = {task.id: _step(records.get(task.about_id), who) for task in tasks}
    return {task_id: step for task_id, step in steps.items() if step is not None}


def _records(tasks: Sequence[Task], who: Who) -> dict[UUID, Record]:
    """What the tasks are about: one query for each type, however many tasks."""
    found: dict[UUID, Record] = {}
    for name in {task.about_type for task in tasks} & RECORD_TYPES.keys():
        of = RECORD_TYPES[name]
        wanted = [task.about_id for task in tasks if task.about_type == name]
        rows = of.read(who).filter(pk__in=wanted)
        found |= {record.id: record for record in rows}
    return found


def _step(record: Record | None, who: Who) -> ActionLink | None:
    if record is None:
        return None
    of = next(known for known in RECORD_TYPES.values() if known.model is type(record))
    steps = [action for action in open_to(record, of, who) if action.main]
    if len(steps) != 1:
        return None
    return ActionLink(_(steps[0].title), address_of(steps[0], record), look="line")
