"""When a key was used last: a day, written at most once a day."""

from datetime import date

from fengsui.platform.apikeys.models import ApiKey, LastUse


def used(key: ApiKey, on: date) -> None:
    """Note that a key was used on a day."""
    if LastUse.objects.filter(key=key, on__gte=on).exists():
        return
    LastUse.objects.update_or_create(key=key, defaults={"on": on})
