"""What this package's refusals say to a person, with their HTTP status."""

from django.utils.translation import gettext_noop as n

WORDS = {
    "key-by-key": (403, n("密钥和代理人不能签发密钥。请岗位本人登录后签发。")),
    "key-too-long": (422, n("有效期 {days} 天超过上限 {longest} 天（{rule}，本系统默认，非法律规定）。")),
    "digest-known": (409, n("这个密钥已经登记过，请重新生成一个。")),
    "post-unknown": (422, n("没有登录名或岗位编号为 {named} 的在任岗位，请核对。")),
    "post-ambiguous": (422, n("{named} 有几个岗位，请写明岗位编号：{posts}。")),
    "api-key-unknown": (404, n("没有编号为 {id} 的密钥，请用 fengsui key list 核对。")),
    "option-invalid": (422, n("参数有误：{sentences}。")),
}  # fmt: skip
