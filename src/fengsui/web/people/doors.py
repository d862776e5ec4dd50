"""Who may stand in which room."""

from fengsui.platform.signin.actions import ISSUERS
from fengsui.platform.who import OFFICERS, PostKind

KEEPERS = frozenset({PostKind.SECURITY_ADMIN, PostKind.AUDIT_ADMIN})
READERS = OFFICERS | KEEPERS
APPOINTERS = frozenset(ISSUERS)
SECURITY = frozenset({PostKind.SECURITY_ADMIN})
