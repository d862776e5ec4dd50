"""People as a file: a living post each row, with the certificate that is valid."""

from typing import Any

from fengsui.platform.accounts.importers import PEOPLE
from fengsui.platform.accounts.lifecycle import POST
from fengsui.platform.accounts.models import Certificate, Post
from fengsui.platform.accounts.queries import posts_listed
from fengsui.platform.exports.jobs import export_kind
from fengsui.platform.exports.kinds import ExportKind, Value, of_steps, read_only
from fengsui.platform.who import OFFICERS, TITLES, PostKind


def _certificate(name: str) -> Value:
    def value(post: Any) -> object:
        held: list[Certificate] = post.user.seen_certificates
        return getattr(held[0], name) if held else ""

    return value


def _deputy(post: Post) -> str:
    return f"{post.deputy.name}至 {post.deputy_until}" if post.deputy else ""


PEOPLE_FILE = export_kind(
    ExportKind(
        kind="people",
        title=PEOPLE.title,
        posts=OFFICERS | {PostKind.SECURITY_ADMIN, PostKind.AUDIT_ADMIN, PostKind.CLOCK},
        columns=(
            *of_steps(
                PEOPLE,
                {
                    "username": lambda post: post.user.username,
                    "name": lambda post: post.user.name,
                    "phone": lambda post: post.user.phone,
                    "organisation": lambda post: post.organisation.name,
                    "kind": lambda post: TITLES[PostKind(post.kind)],
                    "region": lambda post: post.region,
                    "number": _certificate("number"),
                    "issued_on": _certificate("issued_on"),
                    "valid_until": _certificate("valid_until"),
                },
            ),
            read_only("任职日期", lambda post: post.since_on),
            read_only("状态", lambda post: POST.title(post.state)),
            read_only("代理", _deputy),
        ),
        rows=posts_listed,
        imports=True,
    )
)
