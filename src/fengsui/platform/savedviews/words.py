"""What this package's refusals say to a person, with their HTTP status."""

from django.utils.translation import gettext_noop as n

WORDS = {
    "view-untitled": (422, n("请给视图起个名字再保存。")),
    "view-too-long": (422, n("视图名称最多 {most} 个字；条件太多时请减少几项再保存。")),
    "views-full": (422, n("每个列表最多保存 {most} 个视图。请先删除不用的再保存。")),
}
