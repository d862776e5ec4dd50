"""Keys of posts: issued, used, ended."""

import hashlib
import json
from datetime import timedelta

import pytest
from django.utils import timezone

from fengsui.cli import main
from fengsui.kernel.refusal import Refusal
from fengsui.platform.accounts.models import Post, User
from fengsui.platform.actions import perform
from fengsui.platform.apikeys.actions import NewKey, Why, issue_key, revoke
from fengsui.platform.apikeys.models import ApiKey
from fengsui.platform.apikeys.queries import digest_of
from fengsui.platform.ledger.models import Entry
from fengsui.platform.who import PostKind
from tests import make
from tests.api.client import Program, key_of, refused

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate


def works(program):
    return program.send("GET", "me").status_code == 200


def test_only_the_hash_of_a_secret_is_kept(team):
    secret = key_of(team.lead)

    key = ApiKey.objects.get()

    assert bytes(key.digest) == hashlib.sha256(secret.encode()).digest()
    assert secret not in Entry.objects.get().body
    shown = Program(team.lead, secret).get(f"api-keys/{key.id}")
    assert "digest" not in shown
    assert shown["last_used_on"] == str(TODAY())


def test_a_key_without_a_term_ends_after_the_houses_default(team):
    key_of(team.lead)

    # API-KEY-DAYS: ninety days by default, a year at most.
    assert ApiKey.objects.get().ends_on == TODAY() + timedelta(days=90)
    with pytest.raises(Refusal, match="key-too-long"):
        key_of(team.lead, days=366)


def test_a_revoked_key_opens_nothing(team):
    program = Program(team.lead)
    assert works(program)

    program.act("api-keys", ApiKey.objects.get().id, "revoke", {"reason": "设备遗失"})

    refused(program.send("GET", "me"), 401, "unauthenticated")


def test_a_key_works_to_the_end_of_its_last_day(team):
    program = Program(team.lead)

    ApiKey.objects.update(ends_on=TODAY())
    assert works(program)
    ApiKey.objects.update(ends_on=TODAY() - timedelta(days=1))

    refused(program.send("GET", "me"), 401, "unauthenticated")


def test_an_ended_post_and_a_closed_account_end_their_keys(team):
    lead, second = Program(team.lead), Program(team.second)
    assert works(lead)
    assert works(second)

    Post.objects.filter(id=team.lead_post.id).update(state="ended")
    User.objects.filter(id=team.second_post.user_id).update(is_active=False)

    refused(lead.send("GET", "me"), 401, "unauthenticated")
    refused(second.send("GET", "me"), 401, "unauthenticated")


def new_key(post_id, text="one"):
    return NewKey(post=post_id, name="台账对接", digest=digest_of(text))


def refuses(code, run):
    before = (ApiKey.objects.count(), Entry.objects.count())
    with pytest.raises(Refusal) as no:
        run()
    assert no.value.code == code
    assert (ApiKey.objects.count(), Entry.objects.count()) == before


def test_a_holder_issues_for_his_own_post_only(team):
    perform(issue_key, None, make.call(team.lead), new_key(team.lead.post_id))

    for who in (team.lead, make.who(PostKind.SECURITY_ADMIN), make.who(PostKind.AUDIT_ADMIN)):
        form = new_key(team.second.post_id, "two")
        refuses("not-your-post", lambda: perform(issue_key, None, make.call(who), form))  # noqa: B023  called at once


def test_a_key_issues_no_keys(team):
    body = {"post": str(team.lead.post_id), "name": "再来一把", "digest": "0" * 64}

    answer = Program(team.lead).post("api-keys/issue_key", body)

    refused(answer, 403, "key-by-key")


def test_the_security_administrator_revokes_any_and_a_colleague_none(team):
    key_of(team.lead)
    key = ApiKey.objects.get()

    refuses(
        "not-found", lambda: perform(revoke, key.id, make.call(team.second), Why(reason="试试"))
    )
    auditor = make.who(PostKind.AUDIT_ADMIN)
    refuses(
        "not-your-post", lambda: perform(revoke, key.id, make.call(auditor), Why(reason="试试"))
    )
    keeper = make.who(PostKind.SECURITY_ADMIN)
    perform(revoke, key.id, make.call(keeper), Why(reason="离岗"))

    assert ApiKey.objects.get().state == "revoked"


def said(capsys, *arguments):
    code = main(arguments)
    out = capsys.readouterr()
    return code, out.out or out.err


def test_a_key_from_the_command_line_works_and_is_ended_there(team, capsys):
    username = make.username(team.lead)
    code, out = said(capsys, "key", "create", "--post", username, "--name", "大屏", "--json")
    made = json.loads(out)
    program = Program(team.lead, made["secret"])
    assert code == 0
    assert works(program)

    listed = json.loads(said(capsys, "key", "list", "--json")[1])
    assert [(key["id"], key["name"], key["last_used_on"]) for key in listed] == [
        (made["id"], "大屏", str(TODAY()))
    ]
    assert made["secret"] not in said(capsys, "key", "list")[1]
    assert said(capsys, "key", "revoke", made["id"]) == (0, f"已吊销 {made['id']}\n")
    assert not works(program)


def test_the_command_line_says_what_is_wrong(team, capsys):
    make.post(PostKind.BRIGADE_HEAD, user=team.lead_post.user, organisation=team.brigade)
    username = make.username(team.lead)

    for arguments, words in (
        (("key", "create", "--post", "nobody"), "没有登录名或岗位编号为 nobody"),
        (("key", "create", "--post", username), "有几个岗位"),
        (("key", "create", "--post", str(team.lead_post.id), "--days", "0"), "--days 不小于 1"),
        (("key", "create", "--post", str(team.lead_post.id), "--days", "999"), "超过上限 365 天"),
        (("key", "revoke", str(team.lead_post.id)), "没有编号为"),
    ):
        code, out = said(capsys, *arguments)
        assert code == 1
        assert words in out
    assert not ApiKey.objects.exists()
