"""One adapter for every HTTP gateway: a JSON POST whose shape the installation writes down.

```toml
[gateways.sms]
url = "https://sms.example/send"
headers = { Authorization = "Bearer env:SMS_TOKEN" }
body = { phone = "{to}", content = "{title}：{text}", request = "{key}" }
id_field = "data.id"
status_field = "code"
accepted = ["0"]
[gateways.sms.receipts]
poll_url = "https://sms.example/status?id={id}"
status_field = "data.0.state"
delivered = ["DELIVRD"]
failed = ["UNDELIV"]
```
"""

import hashlib
import hmac
import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from http.client import HTTPException
from typing import Any, Literal
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from fengsui.kernel.refusal import Refusal
from fengsui.platform.notices.lifecycle import Progress

_BUSY = frozenset({408, 425, 429})
_CLIENT_ERRORS = range(400, 500)
_ANSWER_LIMIT = 1_000_000


class Unreachable(Exception):
    """Not now: it is tried again."""


class Rejected(Exception):
    """Never: trying again would not help."""


@dataclass(frozen=True, slots=True)
class Message:
    """What a person gets. `key` is the idempotency key: the same message always has the same one."""

    key: str
    to: str
    title: str
    text: str
    link: str
    urgency: str


class _Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Receipts(_Settings):
    """How a provider tells what became of a message: asked at `poll_url`, or sent to our hook.

    `secret` is the last part of the hook's address; a hook names its messages by `id_field`.
    """

    poll_url: str = Field(default="", pattern=r"^(https?://.*)?$")
    poll_seconds: int = Field(default=60, ge=1)
    secret: str = Field(default="", pattern=r"^(.{24,})?$")
    list_field: str = ""
    id_field: str = ""
    status_field: str
    delivered: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()

    def progress(self, word: str) -> Progress | None:
        """What a provider's word means; None while it means nothing final."""
        known = {
            Progress.DELIVERED: self.delivered,
            Progress.SEEN: self.seen,
            Progress.FAILED: self.failed,
        }
        return next((state for state, words in known.items() if word in words), None)


class Gateway(_Settings):
    """Where and how to POST. Placeholders in `body`: to, title, text, link, urgency, key."""

    url: str = Field(pattern=r"^https?://")
    headers: dict[str, str] = Field(default_factory=dict)
    body: dict[str, Any]
    id_field: str = ""
    status_field: str = ""
    accepted: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()
    sign: Literal["", "hmac-sha256"] = ""
    sign_header: str = "X-Signature"
    secret: str = ""
    timeout_seconds: float = Field(default=10, gt=0, le=60)
    receipts: Receipts | None = None

    def send(self, message: Message) -> str:
        """The provider's id of the message. Raises Unreachable, Rejected."""
        body = json.dumps(filled(self.body, message), ensure_ascii=False).encode()
        headers = {
            **self.headers,
            "Content-Type": "application/json",
            "Idempotency-Key": message.key,
        }
        if self.sign:
            signed = hmac.new(self.secret.encode(), body, hashlib.sha256)
            headers[self.sign_header] = signed.hexdigest()
        answer = _call(_request(self.url, headers, body), self.timeout_seconds)
        status = part(answer, self.status_field) if self.status_field else ""
        if status in self.rejected:
            raise Rejected(f"provider says {status}")
        if self.accepted and status not in self.accepted:
            raise Unreachable(f"provider says {status}")
        return part(answer, self.id_field) if self.id_field else message.key

    def ask(self, provider_id: str) -> tuple[Progress | None, str]:
        """What became of a message, with the provider's own word. Raises Unreachable, Rejected."""
        if self.receipts is None:
            return None, ""
        url = self.receipts.poll_url.replace("{id}", quote(provider_id, safe=""))
        word = part(
            _call(_request(url, self.headers), self.timeout_seconds),
            self.receipts.status_field,
        )
        return self.receipts.progress(word), word


def gateway_of(name: str, settings: Mapping[str, Any]) -> Gateway:
    """The adapter as configured. Refuses `gateway-settings`, naming the field."""
    try:
        return Gateway.model_validate(_resolved(settings))
    except ValidationError as wrong:
        first = wrong.errors()[0]
        field = ".".join(str(step) for step in first["loc"])
        raise Refusal("gateway-settings", name=name, field=field, problem=first["msg"]) from wrong


def _resolved(value: Any) -> Any:
    """`env:NAME` anywhere in a text is the variable NAME, so that no secret stands in the file."""
    if isinstance(value, Mapping):
        return {name: _resolved(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_resolved(inner) for inner in value]
    if isinstance(value, str):
        return re.sub(r"env:([A-Z][A-Z0-9_]*)", lambda found: os.environ.get(found[1], ""), value)
    return value


def filled(shape: Any, message: Message) -> Any:
    """The body with its placeholders filled. A message cannot change the shape: it is JSON, not text."""
    if isinstance(shape, Mapping):
        return {name: filled(inner, message) for name, inner in shape.items()}
    if isinstance(shape, list):
        return [filled(inner, message) for inner in shape]
    if isinstance(shape, str):
        return re.sub(
            r"\{(to|title|text|link|urgency|key)\}", lambda at: getattr(message, at[1]), shape
        )
    return shape


def inside(answer: Any, path: str) -> Any:
    """`data.0.id` of an answer; None when it is not there."""
    return reduce(_inside, path.split("."), answer)


def part(answer: Any, path: str) -> str:
    """The same as text."""
    found = inside(answer, path)
    return "" if found is None else str(found)


def _inside(value: Any, step: str) -> Any:
    if isinstance(value, Mapping):
        return value.get(step)
    if isinstance(value, list) and step.isdigit() and int(step) < len(value):
        return value[int(step)]
    return None


def _request(url: str, headers: Mapping[str, str], body: bytes | None = None) -> Request:
    return Request(url, body, dict(headers))  # noqa: S310  settings allow http and https only


def _call(request: Request, seconds: float) -> Any:
    try:
        with urlopen(request, timeout=seconds) as answer:  # noqa: S310  settings allow http and https only
            return json.loads(answer.read(_ANSWER_LIMIT) or b"{}")
    except HTTPError as no:
        no.close()
        if no.code in _CLIENT_ERRORS and no.code not in _BUSY:
            raise Rejected(f"HTTP {no.code}") from no
        raise Unreachable(f"HTTP {no.code}") from no
    except (OSError, HTTPException, ValueError) as trouble:
        raise Unreachable(repr(trouble)) from trouble
