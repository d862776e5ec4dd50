"""What this package's refusals say to a person, with their HTTP status."""

from django.utils.translation import gettext_noop as n

WORDS = {
    "job-not-found": (404, n("没有编号为 {id} 的后台作业，用 fengsui job list 查看。")),
    "job-unknown": (422, n("没有“{kind}”这种后台作业，请从列表页的按钮开始。")),
    "too-many-jobs": (409, n("您已有 {most} 项作业在进行，请等其中一项完成，或先取消一项。")),
    "job-without-result": (422, n("“{title}”还没有结果文件。请等作业完成后再取。")),
    "job-expired": (410, n("“{title}”的文件已过保留期并已删除，请重新开始一次。")),
    "job-without-owner": (409, n("{name}已不在该岗位，作业停止。请由现任人员重新开始。")),
}  # fmt: skip
