"""Real requests of somebody in one post, each of which leaves nothing behind."""

from django.db import transaction
from django.test import Client

from fengsui.platform.accounts.models import User
from fengsui.platform.who import Who


def visitor(who: Who | None) -> Client:
    """The browser of `who`, signed in in the one post they hold; the API takes the same session."""
    client = Client(raise_request_exception=False)
    if who is not None:
        holder = User.objects.get(id__in=[who.user_id])
        client.force_login(holder, "django.contrib.auth.backends.ModelBackend")
    return client


def status_of(who: Who | None, method: str, path: str) -> int:
    """The status of a request, undone again; being sent to the sign-in counts as 401."""
    with transaction.atomic():
        # Harmless elsewhere; without it an upload is refused before it is looked for.
        response = visitor(who).generic(method, path, headers={"Upload-Offset": "0"})
        response.close()
        transaction.set_rollback(True)
    sent_away = response.headers.get("Location", "").startswith("/sign-in?")
    return 401 if sent_away else response.status_code
