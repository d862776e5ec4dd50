"""Who acts: a person in one post, the public, a device, or the clock. Never "everything"."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class PostKind(StrEnum):
    """What kinds of post there are; the last three are not people."""

    SUPERVISOR = "supervisor"
    BRIGADE_HEAD = "brigade_head"
    LEGAL_OFFICER = "legal_officer"
    WINDOW_CLERK = "window_clerk"
    DETACHMENT_LEADER = "detachment_leader"
    GRID_WORKER = "grid_worker"
    PREMISES_MANAGER = "premises_manager"
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDIT_ADMIN = "audit_admin"
    PUBLIC = "public"
    DEVICE = "device"
    CLOCK = "clock"


TITLES: dict[PostKind, str | Promise] = {
    PostKind.SUPERVISOR: _("监督员"),
    PostKind.BRIGADE_HEAD: _("大队长"),
    PostKind.LEGAL_OFFICER: _("法制员"),
    PostKind.WINDOW_CLERK: _("窗口人员"),
    PostKind.DETACHMENT_LEADER: _("支队领导"),
    PostKind.GRID_WORKER: _("网格员"),
    PostKind.PREMISES_MANAGER: _("单位消防安全管理人"),
    PostKind.SYSTEM_ADMIN: _("系统管理员"),
    PostKind.SECURITY_ADMIN: _("安全管理员"),
    PostKind.AUDIT_ADMIN: _("审计管理员"),
    PostKind.PUBLIC: _("公众"),
    PostKind.DEVICE: _("设备"),
    PostKind.CLOCK: _("系统时钟"),
}

# Kinds of post that a person holds.
PEOPLE = frozenset(PostKind) - {PostKind.PUBLIC, PostKind.DEVICE, PostKind.CLOCK}
# The three administrators run the installation and see no business data (GB/T 22239, 8.1.4).
ADMINISTRATORS = frozenset({PostKind.SYSTEM_ADMIN, PostKind.SECURITY_ADMIN, PostKind.AUDIT_ADMIN})
# Who enforces (消防监督检查规定 §14), and who keeps the register.
ENFORCERS = (PostKind.SUPERVISOR, PostKind.BRIGADE_HEAD)
REGISTRARS = (*ENFORCERS, PostKind.WINDOW_CLERK)
OFFICERS = frozenset(
    {
        PostKind.SUPERVISOR,
        PostKind.BRIGADE_HEAD,
        PostKind.LEGAL_OFFICER,
        PostKind.WINDOW_CLERK,
        PostKind.DETACHMENT_LEADER,
    }
)


@dataclass(frozen=True, slots=True)
class Who:
    """One actor in one post.

    `region` is a 12-digit code; the post reaches its subtree. `user_id` and `post_id` are None for
    the public, devices and the clock; `device` then names the device, if any. `acting_for` is the
    holder's name when a deputy uses the post.
    """

    kind: PostKind
    name: str
    region: str = ""
    user_id: UUID | None = None
    post_id: UUID | None = None
    organisation_id: UUID | None = None
    organisation: str = ""
    acting_for: str = ""
    device: str = ""

    @property
    def title(self) -> str:
        return str(TITLES[self.kind])

    @property
    def caller(self) -> str:
        """Whose idempotency keys these are: two callers may use the same text."""
        return str(self.post_id or self.device or self.kind)

    def named(self) -> dict[str, str]:
        """How the ledger names the actor: only what is known."""
        known = {
            "kind": self.kind.value,
            "name": self.name,
            "user": str(self.user_id or ""),
            "post": str(self.post_id or ""),
            "organisation": self.organisation,
            "acting_for": self.acting_for,
            "device": self.device,
        }
        return {key: value for key, value in known.items() if value}


CLOCK = Who(kind=PostKind.CLOCK, name="系统时钟")
PUBLIC = Who(kind=PostKind.PUBLIC, name="公众")
