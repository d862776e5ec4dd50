"""Who a task may be given to."""

from collections.abc import Mapping, Sequence
from typing import Any

from fengsui.platform.accounts.queries import living_posts
from fengsui.platform.questions import Choice
from fengsui.platform.records import Record
from fengsui.platform.who import TITLES, PostKind, Who
from fengsui.platform.worklist.models import Task


def colleagues(who: Who, record: Record | None, said: Mapping[str, Any]) -> Sequence[Choice]:
    """The living posts of the organisation that owes the task, without its present holder."""
    if not isinstance(record, Task):
        return []
    posts = living_posts(record.organisation_id)
    return [
        Choice(str(post.id), post.user.name, str(TITLES[PostKind(post.kind)]))
        for post in posts
        if post.id != record.holder
    ]
