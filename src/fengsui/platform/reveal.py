"""Looking at a masked value: an action with a reason, declared once for each type that holds any.

The entry says who looked at which field of which record and why, never the value; nor does the
result, so that an API's answer or a repeated call cannot leak it. Only the page that has just acted
shows the value, through `opened`.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, TypeVar

from pydantic import Field

from fengsui.kernel.refusal import Refusal
from fengsui.platform.actions import ACTIONS, Action, action
from fengsui.platform.calls import Call, Done, Form, Outcome
from fengsui.platform.fields import Sealed
from fengsui.platform.questions import Choice, Offers
from fengsui.platform.records import Record, RecordType, record_type_of
from fengsui.platform.who import PostKind, Who

R = TypeVar("R", bound=Record)
# 国家机关处理个人信息不得超出法定职责所必需（§34）；分类管理、合理确定操作权限（§51）。
_SOURCE = "个人信息保护法 §34、§51"


def _masked(who: Who, record: Record | None, said: Mapping[str, Any]) -> Sequence[Choice]:
    """The sealed fields of a record that hold something."""
    if record is None:
        return []
    of = record_type_of(type(record))
    held = [name for name in of.sealed if getattr(record, name)]
    return [Choice(name, of.title_of(name), str(getattr(record, name))) for name in held]


class Look(Form):
    field: Annotated[str, Offers(_masked)] = Field(title="查看的内容", max_length=60)
    reason: str = Field(title="查看理由", min_length=4, max_length=200)


def revealable(of: RecordType[R], posts: Iterable[PostKind]) -> Action[R]:
    """Declare `<type>.reveal`: the sealed fields of a type may be looked at by these posts."""

    def reveal(record: R, call: Call, form: Look) -> Outcome:
        """Changes nothing but the ledger. Refuses `nothing-to-reveal`."""
        if form.field not in of.sealed or not getattr(record, form.field):
            raise Refusal("nothing-to-reveal", type=of.title)
        return Outcome(result={"field": form.field, "title": of.title_of(form.field)})

    return action(of, None, "查看完整信息", posts=posts, source=_SOURCE)(reveal)


def reveal_of(of: RecordType[Any]) -> Action[Any] | None:
    """The action that shows masked values of a type, if its package declared one."""
    return ACTIONS.get(f"{of.name}.reveal")


def opened(record: Record, done: Done) -> str:
    """The value that a look was just granted for; nothing when the call is a repeated one."""
    if done.replayed or done.record != record.id:
        return ""
    value = getattr(record, str(done.result["field"]))
    return value.open() if isinstance(value, Sealed) else ""
