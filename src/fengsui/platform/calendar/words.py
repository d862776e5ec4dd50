"""What this package's refusals say to a person, with their HTTP status."""

from django.utils.translation import gettext_noop as n

WORDS = {
    "year-still-missing": (409, n("{year} 年的放假安排还没有载入，不能办结。请先载入。")),
    "year-known-already": (409, n("这个年度的放假安排已经载入。需要更正时，请从工作日历页重新载入。")),
}  # fmt: skip
