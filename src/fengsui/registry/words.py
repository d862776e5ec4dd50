"""What this package's refusals say to a person, with their HTTP status."""

from django.utils.translation import gettext_noop as n

WORDS = {
    "no-brigade": (422, n("区划 {region} 还没有对应的消防救援大队，请先登记机构。")),
}  # fmt: skip
