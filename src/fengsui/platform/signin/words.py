"""What this package's refusals say to a person, with their HTTP status."""

from django.utils.translation import gettext_noop as n

WORDS = {
    "ticket-invalid": (410, n("这个链接或登录码无效：可能已经用过、已经过期，或者换发了新的。请向发放人索取新的。")),
    "not-yours-to-start": (403, n("您不能为{user}发放：只有能够任命其全部岗位的人才能发放。请安全管理员办理。")),
    "no-phone-post": (409, n("{user}没有可以凭手机口令登录的岗位（如网格员），请改发一次性链接。")),
    "not-your-phone": (403, n("只有本人、发放登录码的人或安全管理员可以解除绑定。")),
}  # fmt: skip
