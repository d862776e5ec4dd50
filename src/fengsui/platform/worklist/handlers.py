"""A loaded year moves the deadlines counted without it; who leaves leaves his tasks."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from fengsui.platform.worklist.sweep import let_go, recount_all


def recount_when_a_year_is_loaded(entry: Mapping[str, Any]) -> None:
    recount_all(key=str(entry["id"]))


def let_go_when_a_post_ends(entry: Mapping[str, Any]) -> None:
    let_go(UUID(entry["record"]["id"]))


HANDLERS = {
    "calendar_year.load_year": recount_when_a_year_is_loaded,
    "post.end_post": let_go_when_a_post_ends,
    "post.end_manager": let_go_when_a_post_ends,
}
