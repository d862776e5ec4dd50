"""Who gave a sign of life, and when."""

from datetime import datetime, timedelta

from fengsui.platform.health.models import Beat


def newest_beat() -> datetime | None:
    return Beat.objects.order_by("-at").values_list("at", flat=True).first()


def alive(now: datetime, seconds: int) -> bool:
    """Whether some worker gave a sign of life within `seconds`."""
    return Beat.objects.filter(at__gte=now - timedelta(seconds=seconds)).exists()


def last_jump() -> tuple[datetime, float] | None:
    """When a worker's clock was last set, and by how many seconds."""
    jumped = Beat.objects.exclude(jumped_at=None).order_by("-jumped_at").first()
    if jumped is None or jumped.jumped_at is None:
        return None
    return jumped.jumped_at, jumped.jump_seconds
