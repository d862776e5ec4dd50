from django.db.models import QuerySet

from fengsui.platform.accounts.access import people_for
from fengsui.platform.signin.models import Phone, SignedIn, SignInEvent, Ticket
from fengsui.platform.who import PostKind, Who

_KEEPERS = (PostKind.SECURITY_ADMIN, PostKind.AUDIT_ADMIN, PostKind.CLOCK)


def tickets_for(who: Who) -> QuerySet[Ticket]:
    """Whoever carries a ticket sees that one; whoever may see its person sees that it was issued."""
    if who.kind == PostKind.PUBLIC:
        return Ticket.objects.filter(id__in=[who.device] if who.device else [])
    return Ticket.objects.filter(user__in=people_for(who))


def phones_for(who: Who) -> QuerySet[Phone]:
    """One's own phones, and those of the people one may see."""
    if who.kind == PostKind.PUBLIC:
        return Phone.objects.filter(user_id__in=[who.user_id] if who.user_id else [])
    return Phone.objects.filter(user__in=people_for(who))


def running_for(who: Who) -> QuerySet[SignedIn]:
    """Who is signed in: for the security and the audit administrator, and each for himself."""
    running = SignedIn.objects.filter(ended_at=None)
    return running if who.kind in _KEEPERS else running.filter(user_id__in=[who.user_id])


def events_for(who: Who) -> QuerySet[SignInEvent]:
    if who.kind in _KEEPERS:
        return SignInEvent.objects.all()
    return SignInEvent.objects.filter(user_id__in=[who.user_id])
