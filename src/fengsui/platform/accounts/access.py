from django.db.models import QuerySet

from fengsui.platform.accounts.models import Certificate, Organisation, Post, User
from fengsui.platform.imports.access import counting
from fengsui.platform.regions.models import within
from fengsui.platform.who import OFFICERS, PostKind, Who

# Accounts and posts are the security administrator's; the audit administrator may read them.
_KEEPERS = (PostKind.SECURITY_ADMIN, PostKind.AUDIT_ADMIN, PostKind.CLOCK)


def organisations_for(who: Who) -> QuerySet[Organisation]:
    """Officers see their region's organisations, a manager his unit, keepers all."""
    rows = Organisation.objects.filter(counting())
    if who.kind in _KEEPERS:
        return rows
    if who.kind in OFFICERS or who.kind == PostKind.GRID_WORKER:
        return rows.filter(within(who.region))
    return rows.filter(id__in=[who.organisation_id])


def posts_for(who: Who) -> QuerySet[Post]:
    """Officers see posts of their region, anybody his own, keepers all."""
    if who.kind in _KEEPERS:
        return Post.objects.all()
    if who.kind in OFFICERS:
        return Post.objects.filter(within(who.region))
    return Post.objects.filter(user_id__in=[who.user_id])


def people_for(who: Who) -> QuerySet[User]:
    """People are seen where their posts are; keepers see those without a post too."""
    if who.kind in _KEEPERS:
        return User.objects.all()
    return User.objects.filter(id__in=posts_for(who).values("user_id"))


def certificates_for(who: Who) -> QuerySet[Certificate]:
    """An officer's certificate is seen where his post is."""
    if who.kind in _KEEPERS:
        return Certificate.objects.all()
    return Certificate.objects.filter(user__in=posts_for(who).values("user_id"))
