from django.db.models import Q, QuerySet

from fengsui.platform.accounts.models import Organisation
from fengsui.platform.regions.models import within
from fengsui.platform.who import ADMINISTRATORS, PostKind, Who
from fengsui.platform.worklist.models import LIVES, Task


def tasks_for(who: Who) -> QuerySet[Task]:
    """What a post has to do; a head also sees what his organisation has to do.

    The clock keeps every task's time and therefore sees all; nobody else does.
    """
    if who.kind == PostKind.CLOCK:
        return Task.objects.all()
    if who.post_id is None:
        return Task.objects.none()
    mine = Q(holder=who.post_id) | Q(
        holder=None, organisation_id=who.organisation_id, post_kind=who.kind
    )
    if who.kind == PostKind.BRIGADE_HEAD:
        mine |= Q(organisation_id=who.organisation_id)
    if who.kind == PostKind.DETACHMENT_LEADER:
        brigades = Organisation.objects.filter(within(who.region), kind="brigade")
        mine |= Q(organisation_id__in=brigades.values("id"))
    if who.kind in ADMINISTRATORS:
        mine = Q(holder=who.post_id) | Q(holder=None, post_kind=who.kind)
    return Task.objects.filter(mine)


def own_tasks_for(who: Who) -> QuerySet[Task]:
    """What this very post has to do still: the worklist, without the head's view of others.

    That it is to be done stands in both halves of the "or": so each finds its partial index.
    """
    if who.post_id is None:
        return Task.objects.none()
    shared = Q(LIVES, holder=None, post_kind=who.kind)
    if who.kind not in ADMINISTRATORS:
        shared &= Q(organisation_id=who.organisation_id)
    return Task.objects.filter(Q(LIVES, holder=who.post_id) | shared)
