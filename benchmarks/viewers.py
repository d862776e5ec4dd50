"""Who looks at a filled register."""

from collections.abc import Iterator

from django.test import Client

from benchmarks.filled import Register
from fengsui.kernel.ids import new_id
from fengsui.platform.accounts.models import User
from fengsui.platform.who import PostKind, Who
from tests import make

_MODEL = "django.contrib.auth.backends.ModelBackend"


def signed_in(register: Register) -> Iterator[tuple[str, Client]]:
    """A supervisor and a head of one county, a leader of the prefecture, a manager of one unit."""
    detachment = make.organisation(
        name="通辽支队", kind="detachment", region="150500000000", word="通"
    )
    for name, kind, place in (
        ("supervisor", PostKind.SUPERVISOR, register.brigade),
        ("head", PostKind.BRIGADE_HEAD, register.brigade),
        ("leader", PostKind.DETACHMENT_LEADER, detachment),
        ("manager", PostKind.PREMISES_MANAGER, register.unit),
    ):
        viewer = make.user(name=name, username=f"{name}-{new_id().hex}")
        yield name, client_of(make.who(kind, organisation=place, user=viewer))


def client_of(who: Who) -> Client:
    client = Client(HTTP_HOST="localhost")
    client.force_login(User.objects.get(id__in=[who.user_id]), backend=_MODEL)
    return client
