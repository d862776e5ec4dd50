"""What this package's refusals say to a person, with their HTTP status."""

from django.utils.translation import gettext_noop as n

WORDS = {
    "gateway-settings": (500, n("fengsui.toml 的 [gateways.{name}] 中 {field} 有误：{problem}。请改正后重启。")),
    "mail-missing": (422, n("选择了邮件提醒，请填写邮箱。")),
}  # fmt: skip
