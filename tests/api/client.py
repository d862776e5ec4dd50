"""A program that speaks to the interface with a key of one post."""

import json
import secrets
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.test import Client
from django.utils import timezone

from fengsui.platform.actions import perform
from fengsui.platform.apikeys.actions import NewKey, issue_key
from fengsui.platform.apikeys.queries import PREFIX, digest_of
from fengsui.platform.who import Who
from tests import make


def key_of(who: Who, **over: Any) -> str:
    """A fresh key of a post."""
    secret = f"{PREFIX}{secrets.token_urlsafe(32)}"
    form: dict[str, Any] = {"post": who.post_id, "name": "测试", "digest": digest_of(secret)}
    now = timezone.now()
    perform(issue_key, None, make.call(at=now, received_at=now), NewKey(**(form | over)))
    return secret


def new_key() -> str:
    return f"k-{make.number()}"


@dataclass
class Program:
    """`get` and `post` under /api/v1 in somebody's post; `post` takes the version it saw as `seen`."""

    who: Who
    secret: str = ""
    http: Client = field(default_factory=lambda: Client(raise_request_exception=True))

    def __post_init__(self) -> None:
        self.secret = self.secret or key_of(self.who)

    def send(self, method: str, address: str, body: Any = None, **headers: str) -> Any:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.http.generic(
            method,
            address if address.startswith("/") else f"/api/v1/{address}",
            b"" if body is None else json.dumps(body, default=str).encode(),
            content_type="application/json",
            headers={"Authorization": f"Bearer {self.secret}", **named},
        )

    def get(self, address: str) -> Any:
        """The answer's JSON; it has to be 200."""
        answer = self.send("GET", address)
        assert answer.status_code == 200, answer.content.decode()
        return answer.json()

    def post(self, address: str, body: Any = None, *, seen: object = None, **headers: str) -> Any:
        """Carry out an action; the answer as it comes."""
        named = {"Idempotency_Key": new_key(), **headers}
        if seen is not None:
            named.setdefault("If_Match", f'"{seen}"')
        return self.send("POST", address, {} if body is None else body, **named)

    def act(self, place: str, record: object, action: str, body: Any = None, **headers: str) -> Any:
        """Look at a record, do something to it on that version; the answer's JSON."""
        seen = self.get(f"{place}/{record}")["version"]
        return done(self.post(f"{place}/{record}/{action}", body, seen=seen, **headers))

    def upload(
        self, data: bytes, media_type: str = "application/octet-stream", name: str = ""
    ) -> Any:
        return self.http.generic(
            "POST",
            "/api/v1/files",
            data,
            content_type=media_type,
            headers={"Authorization": f"Bearer {self.secret}", "X-File-Name": name},
        )


def done(answer: Any) -> Any:
    assert answer.status_code in (200, 201), answer.content.decode()
    return answer.json()


def refused(answer: Any, status: int, code: str) -> Any:
    """The problem, as every refusal is said."""
    assert answer.headers["Content-Type"] == "application/problem+json", answer.content.decode()
    problem = answer.json()
    assert (answer.status_code, problem["status"], problem["code"]) == (status, status, code), (
        problem
    )
    assert problem["title"]
    return problem


def as_id(text: str) -> UUID:
    return UUID(text)
