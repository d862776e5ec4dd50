"""By what people are found: their name and where they work."""

from fengsui.platform.accounts.models import Post
from fengsui.platform.fields import sealed_phone
from fengsui.platform.search.declared import Found, found_by
from fengsui.platform.who import PostKind


def _post(post: Post) -> Found:
    return Found(
        names=(post.user.name,),
        texts=(post.organisation.name, post.user.username),
        phones=(sealed_phone(post.user.phone),),
        regions=(post.region,),
        units=(post.organisation_id,),
    )


POSTS_FOUND_BY = found_by(
    _post, "region", related=("user", "organisation"), phones_of=(PostKind.SECURITY_ADMIN,)
)
