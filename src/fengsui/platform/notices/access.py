from django.db.models import QuerySet

from fengsui.platform.notices.models import AddressUse, Fault, Notice, Wish
from fengsui.platform.who import PostKind, Who


def notices_for(who: Who) -> QuerySet[Notice]:
    """What was told to this very post."""
    if who.post_id is None:
        return Notice.objects.none()
    return Notice.objects.filter(post_id=who.post_id)


def wishes_for(who: Who) -> QuerySet[Wish]:
    """A person's own."""
    if who.user_id is None:
        return Wish.objects.none()
    return Wish.objects.filter(user_id=who.user_id)


def address_uses_for(who: Who) -> QuerySet[AddressUse]:
    """Who looked at which address is for the audit administrator."""
    if who.kind in (PostKind.AUDIT_ADMIN, PostKind.CLOCK):
        return AddressUse.objects.all()
    return AddressUse.objects.none()


def faults_for(who: Who) -> QuerySet[Fault]:
    """Broken channels are the system administrator's business."""
    if who.kind in (PostKind.SYSTEM_ADMIN, PostKind.AUDIT_ADMIN, PostKind.CLOCK):
        return Fault.objects.all()
    return Fault.objects.none()
