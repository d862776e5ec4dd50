"""What this package's refusals say to a person, with their HTTP status."""

from django.utils.translation import gettext_noop as n

WORDS = {
    "posts-not-combinable": (409, n("{user}的岗位不能与此岗位兼任：系统、安全、审计三员分立，也不兼业务岗位。")),
    "post-elsewhere": (422, n("选择的人员不在本单位任职，请重新选择。")),
    "post-held-already": (409, n("{user}已经担任这个岗位，不必再次任命。")),
    "organisation-unknown": (422, n("没有这个机构，或者不在您的管辖范围内。请重新选择。")),
    "only-managers": (403, n("您只能任命单位的消防安全管理人和网格员；其他岗位请安全管理员任命。")),
    "only-units": (403, n("您只能登记单位；机关和乡镇机构请安全管理员登记。")),
    "not-your-post": (403, n("只有岗位的本人或者安全管理员可以办理。")),
    "user-unknown": (422, n("没有登录名为 {username} 的人员，请核对。")),
    "deputy-unknown": (422, n("{username} 不能代理这个岗位：代理人应是本单位在岗的其他人员，三员只能由同类管理员代理。请另选。")),
    "until-in-the-past": (422, n("结束日期 {until} 已经过去，请改为今天或以后。")),
    "dates-reversed": (422, n("起始日期 {first} 晚于结束日期 {last}，请改正。")),
    "username-taken": (409, n("登录名 {username} 已有人使用。如果是您自己的账号，请先登录再认领；否则请另起登录名。")),
    "name-differs": (409, n("登录名 {username} 已属于“{name}”，与所填姓名不符。请核对登录名，或为新人另起登录名。")),
    "last-keeper": (409, n("这是最后一名安全管理员，离任后没有人能再任命岗位。请先任命另一名安全管理员。")),
    "certificate-held": (409, n("{user}的证件 {number} 已经登记，不必再次登记。")),
    "certificate-taken": (409, n("证件编号 {number} 已登记在{user}名下，请核对。")),
    "organisation-ambiguous": (422, n("有几个机构都叫“{name}”。请改填机构编号。")),
}  # fmt: skip
