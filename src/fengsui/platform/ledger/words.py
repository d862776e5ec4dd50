"""What this package's refusals say to a person, with their HTTP status."""

from django.utils.translation import gettext_noop as n

WORDS = {
    "not-sealed": (409, n("这条记录还没有封存，请一分钟后再取证明。")),
}  # fmt: skip
