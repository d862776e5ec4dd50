"""People by table: a post each row, with a certificate where one is given."""

from collections.abc import Sequence
from uuid import UUID

from fengsui.kernel.refusal import Refusal
from fengsui.platform.accounts import offers
from fengsui.platform.accounts.actions import appoint, register_certificate
from fengsui.platform.accounts.queries import organisation_named, organisations_offered
from fengsui.platform.imports.importer import Importer, Step, importer
from fengsui.platform.who import Who


def organisation(who: Who, text: str) -> UUID:
    """By id or by exact name. Refuses `organisation-unknown`, `organisation-ambiguous`."""
    found = organisation_named(who, text)
    if not found:
        raise Refusal("organisation-unknown")
    if len(found) > 1:
        raise Refusal("organisation-ambiguous", name=text)
    return found[0].id


def kinds(who: Who) -> Sequence[str]:
    return [choice.title for choice in offers.kinds(who, None, {})]


def organisations(who: Who) -> Sequence[str]:
    return [found.name for found in organisations_offered(who, None)]


PEOPLE = importer(
    Importer(
        kind="people",
        title="人员",
        apart="登录名",
        steps=(
            Step(
                appoint,
                ("username", "name", "phone", "organisation", "kind", "region"),
                look_ups={"organisation": organisation},
                allowed={"organisation": organisations, "kind": kinds},
                already=frozenset({"post-held-already"}),
                blames={
                    "organisation-unknown": "organisation",
                    "posts-not-combinable": "kind",
                    "only-managers": "kind",
                    "name-differs": "name",
                },
            ),
            Step(
                register_certificate,
                ("username", "number", "issued_on", "valid_until"),
                only_with="number",
                already=frozenset({"certificate-held"}),
                blames={"certificate-taken": "number", "dates-reversed": "valid_until"},
            ),
        ),
    )
)
