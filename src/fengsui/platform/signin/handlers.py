"""Whoever loses his last post is signed out; a lost phone ends what it opened."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from fengsui.platform.accounts.queries import holder_of, usable_posts
from fengsui.platform.rules import local_day
from fengsui.platform.signin import store


def end_without_post(entry: Mapping[str, Any]) -> None:
    holder, now = holder_of(UUID(entry["record"]["id"])), datetime.now(UTC)
    if not usable_posts(holder.id, local_day(now)):
        store.end(holder, now, by=entry["who"]["name"])


HANDLERS = {"post.end_post": end_without_post, "post.end_manager": end_without_post}
