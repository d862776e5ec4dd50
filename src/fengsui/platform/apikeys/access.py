from django.db.models import QuerySet

from fengsui.platform.apikeys.models import ApiKey
from fengsui.platform.who import PostKind, Who

_KEEPERS = (PostKind.SECURITY_ADMIN, PostKind.AUDIT_ADMIN, PostKind.CLOCK)


def api_keys_for(who: Who) -> QuerySet[ApiKey]:
    """A post sees its own keys; who keeps the accounts sees all."""
    if who.kind in _KEEPERS:
        return ApiKey.objects.all()
    return ApiKey.objects.filter(post__in=[who.post_id] if who.post_id else [])
