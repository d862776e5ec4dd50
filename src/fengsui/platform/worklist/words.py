"""What this package's refusals say to a person, with their HTTP status."""

from django.utils.translation import gettext_noop as n

WORDS = {
    "not-due": (409, n("还没有到期（{due}），不能标记逾期。")),
}  # fmt: skip
