from django.db.models import QuerySet

from fengsui.platform.jobs.models import Job
from fengsui.platform.who import PostKind, Who


def jobs_for(who: Who) -> QuerySet[Job]:
    """Long work is its owner's: what an export holds is what that very post may see."""
    if who.kind == PostKind.CLOCK:
        return Job.objects.all()
    if who.post_id is None or who.user_id is None:
        return Job.objects.none()
    return Job.objects.filter(post_id=who.post_id, user_id=who.user_id)
