"""Keys are issued by the holder of a post (or at the command line) and revoked by him or the keeper."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from fengsui.kernel.refusal import Refusal
from fengsui.platform import rules
from fengsui.platform.accounts.access import posts_for
from fengsui.platform.accounts.lifecycle import PostState
from fengsui.platform.actions import CREATE, action
from fengsui.platform.apikeys.access import api_keys_for
from fengsui.platform.apikeys.lifecycle import API_KEY, Move
from fengsui.platform.apikeys.models import ApiKey
from fengsui.platform.apikeys.queries import last_used_on
from fengsui.platform.calls import Call, Form, Outcome
from fengsui.platform.questions import Choice, Offers
from fengsui.platform.records import Record, RecordType, Shown, record_type
from fengsui.platform.who import PostKind, Who

RULE = "API-KEY-DAYS"
_SOURCE = "GB/T 22239-2019 8.1.4.1"
_PEOPLE = tuple(kind for kind in PostKind if kind not in (PostKind.PUBLIC, PostKind.DEVICE))


def _use(key: ApiKey, who: Who) -> Mapping[str, object]:
    return {"last_used_on": last_used_on(key)}


API_KEYS = record_type(
    RecordType(
        name="api_key",
        plural="api-keys",
        title="接口密钥",
        model=ApiKey,
        lifecycle=API_KEY,
        visible=api_keys_for,
        label=str,
        listed=("name", "post", "ends_on"),
        more=_use,
        shown=(
            Shown("name", "用途"),
            Shown("post", "岗位"),
            Shown("ends_on", "有效至"),
        ),
        related=("post__user", "post__organisation"),
    )
)


def _own(who: Who, record: Record | None, said: Mapping[str, Any]) -> list[Choice]:
    return [Choice(str(who.post_id), f"{who.organisation}·{who.title}")] if who.post_id else []


class Purpose(Form):
    """What a key is for, and for how long."""

    name: str = Field(title="用途", min_length=2, max_length=60)
    days: int | None = Field(title="有效天数", default=None, ge=1)


class NewKey(Purpose):
    """The secret is made by whoever will use it; only its SHA-256 comes here."""

    post: Annotated[UUID, Offers(_own)] = Field(title="岗位")
    digest: str = Field(title="密钥的 SHA-256（十六进制）", pattern=r"^[0-9a-f]{64}$")


class Why(Form):
    reason: str = Field(title="理由", min_length=2, max_length=200)


@action(API_KEYS, CREATE, "签发接口密钥", posts=_PEOPLE, source=_SOURCE)
def issue_key(_: None, call: Call, form: NewKey) -> Outcome:
    """A key for one's own post; the command line issues for any. Neither a key nor a deputy issues one.

    Refuses `key-by-key`, `not-your-post`, `key-too-long`, `digest-known`.
    """
    if call.who.device or call.who.acting_for:
        raise Refusal("key-by-key")
    post = posts_for(call.who).exclude(state=PostState.ENDED).filter(id=form.post).first()
    if post is None or (call.who.kind != PostKind.CLOCK and post.id != call.who.post_id):
        raise Refusal("not-your-post")
    digest = bytes.fromhex(form.digest)
    if ApiKey.objects.filter(digest=digest).exists():
        raise Refusal("digest-known")
    today = rules.local_day(call.at)
    bounds = rules.table(RULE, today)
    days, longest = form.days or int(str(bounds["default"])), int(str(bounds["longest"]))
    if days > longest:
        raise Refusal("key-too-long", days=days, longest=longest, rule=RULE)
    key = ApiKey(post=post, name=form.name, digest=digest, ends_on=today + timedelta(days=days))
    return Outcome(new=key)


def _is_own_or_kept(key: ApiKey, who: Who) -> None:
    if who.kind not in (PostKind.SECURITY_ADMIN, PostKind.CLOCK) and who.post_id != key.post_id:
        raise Refusal("not-your-post")


@action(API_KEYS, Move.REVOKE, "吊销", posts=_PEOPLE, source=_SOURCE, guard=_is_own_or_kept)
def revoke(key: ApiKey, call: Call, form: Why) -> Outcome:
    """From now on the key opens nothing."""
    return Outcome(result={"reason": form.reason})
