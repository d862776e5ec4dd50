"""Keys for programs: `key create`, `key list`, `key revoke`."""

import argparse
import json
from datetime import date
from typing import Any
from uuid import UUID

from fengsui.commands.declare import add, group, say, set_up


def declare(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    key = group(commands, "key", "接口密钥", "fengsui key list")
    made = add(key, "create", key_create, "为一个岗位签发密钥，只显示一次",
               "fengsui key create --post wang.lei --name 台账对接 --days 30", json=True)  # fmt: skip
    made.add_argument("--post", required=True, help="登录名，或者岗位编号")
    made.add_argument("--name", default="命令行签发", help="用途")
    made.add_argument("--days", type=int, help="有效天数，默认见规则 API-KEY-DAYS")
    add(key, "list", key_list, "列出密钥", "fengsui key list --json", json=True)
    ended = add(key, "revoke", key_revoke, "吊销密钥", "fengsui key revoke 0199…", json=True)
    ended.add_argument("id", type=UUID)
    ended.add_argument("--reason", default="命令行吊销")


def _call() -> Any:
    from django.utils import timezone

    from fengsui.kernel.ids import new_id
    from fengsui.platform.calls import Call, Way
    from fengsui.platform.who import CLOCK

    now = timezone.now()
    return Call(who=CLOCK, way=Way.COMMAND, key=str(new_id()), at=now, received_at=now)


def post_named(named: str) -> Any:
    """The one living post that `--post` stands for. Refuses `post-unknown`, `post-ambiguous`."""
    from fengsui.kernel.refusal import Refusal
    from fengsui.platform.apikeys.queries import living_posts

    found = living_posts(named)
    if not found:
        raise Refusal("post-unknown", named=named)
    if len(found) > 1:
        posts = [f"{post.id}（{post.organisation.name}·{post.kind}）" for post in found]
        raise Refusal("post-ambiguous", named=named, posts=posts)
    return found[0]


def _form(form: type[Any], **values: object) -> Any:
    """The form of an action, or what is wrong with it as a refusal in words."""
    from pydantic import ValidationError

    from fengsui.kernel.refusal import Refusal
    from fengsui.platform.words import field_words

    try:
        return form(**values)
    except ValidationError as wrong:
        said = [f"--{error['loc'][0]} {field_words(error)}" for error in wrong.errors()]
        raise Refusal("option-invalid", sentences=said) from None


def key_create(arguments: argparse.Namespace) -> int:
    set_up()
    from fengsui.platform.actions import perform
    from fengsui.platform.apikeys.actions import NewKey, issue_key
    from fengsui.platform.apikeys.queries import all_keys, digest_of, new_secret

    post = post_named(arguments.post)
    secret = new_secret()
    form = _form(
        NewKey, post=post.id, name=arguments.name, digest=digest_of(secret), days=arguments.days
    )
    call = _call()
    made = perform(issue_key, None, call, form).made
    key = next(key for key in all_keys(call.who) if key.id == made)
    if arguments.json:
        say(json.dumps({**_shown(key), "secret": secret}, ensure_ascii=False))
    else:
        say(f"{secret}\n密钥只显示这一次，请妥善保存。编号 {key.id}，有效至 {key.ends_on}。")
    return 0


def key_list(arguments: argparse.Namespace) -> int:
    set_up()
    from fengsui.platform.apikeys.queries import all_keys
    from fengsui.platform.who import CLOCK

    shown = [_shown(key) for key in all_keys(CLOCK)]
    if arguments.json:
        say(json.dumps(shown, ensure_ascii=False))
        return 0
    for key in shown:
        used = key["last_used_on"] or "从未使用"
        say(
            f"{key['id']} {key['state_title']} 至 {key['ends_on']} {key['post']} {key['name']} {used}"
        )
    return 0


def _shown(key: Any) -> dict[str, str]:
    from fengsui.platform.apikeys.lifecycle import API_KEY
    from fengsui.platform.apikeys.queries import last_used_on

    used: date | None = last_used_on(key)
    return {
        "id": str(key.id),
        "name": key.name,
        "post": str(key.post),
        "post_id": str(key.post_id),
        "state": key.state,
        "state_title": API_KEY.title(key.state),
        "ends_on": key.ends_on.isoformat(),
        "last_used_on": used.isoformat() if used else "",
    }


def key_revoke(arguments: argparse.Namespace) -> int:
    set_up()
    from fengsui.kernel.refusal import Refusal
    from fengsui.platform.actions import perform
    from fengsui.platform.apikeys.actions import Why, revoke

    try:
        done = perform(revoke, arguments.id, _call(), _form(Why, reason=arguments.reason))
    except Refusal as no:
        if no.code != "not-found":
            raise
        raise Refusal("api-key-unknown", id=arguments.id) from None
    said = {"id": str(done.made), "state": done.state}
    say(json.dumps(said, ensure_ascii=False) if arguments.json else f"已吊销 {done.made}")
    return 0
