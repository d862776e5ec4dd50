"""What this package's refusals say to a person, with their HTTP status."""

from django.utils.translation import gettext_noop as n

WORDS = {
    "posts-not-combinable": (409, n("{user}的岗位不能与此岗位兼任：系统、安全、审计三员分立，也不兼业务岗位。")),
    "post-elsewhere": (422, n("选择的人员不在本单位任职，请重新选择。")),
    "post-held-already": (409, n("{user}已经担任这个岗位，不必再次任命。")),
    "organisation-unknown": (422, n("没有这个机构，或者不在您的管辖范围内。请重新选择。")),
    "only-managers": (403, n("您只能任命单位的消防安全管理人；其他岗位请安全管理员任命。")),
    "only-units": (403, n("您只能登记单位；机关和乡镇机构请安全管理员登记。")),
    "not-your-post": (403, n("只有岗位的本人或者安全管理员可以办理。")),
    "user-unknown": (422, n("没有登录名为 {username} 的人员，请核对。")),
    "deputy-unknown": (422, n("没有登录名为 {username} 的人员，或者就是本人。请另填代理人。")),
    "until-in-the-past": (422, n("结束日期 {until} 已经过去，请改为今天或以后。")),
    "dates-reversed": (422, n("起始日期 {first} 晚于结束日期 {last}，请改正。")),
}  # fmt: skip
