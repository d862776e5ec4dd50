"""Who may stand in which room."""

from fengsui.platform.signin.actions import ISSUERS
from fengsui.platform.who import PostKind

KEEPERS = frozenset({PostKind.SECURITY_ADMIN, PostKind.AUDIT_ADMIN})
READERS = frozenset(ISSUERS) | KEEPERS
APPOINTERS = frozenset(ISSUERS)
SECURITY = frozenset({PostKind.SECURITY_ADMIN})
