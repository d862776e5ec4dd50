"""What this package's refusals say to a person, with their HTTP status."""

from django.utils.translation import gettext_noop as n

WORDS = {
    "two-officers": (422, n("检查人员不得少于两人（规定 §14），请另选协检人员。")),
    "certificate-missing": (409, n("{officer}在 {on} 没有有效的执法证件，不能安排（行政处罚法 §42）。请先登记证件或换人。")),
    "planned-in-the-past": (422, n("计划日期 {planned} 已经过去，请选今天或以后的日期。")),
    "not-your-inspection": (403, n("只有这次检查的两名检查人员可以办理。")),
    "not-the-lead": (403, n("只有主检人员可以办理。")),
    "not-the-second": (403, n("检查记录由另一名检查人员确认，填写记录的人不能自己确认（规定 §14）。")),
    "not-underway": (409, n("检查 {number} 不在进行中，请先到场。")),
    "items-unanswered": (422, n("还有检查项没有填写：{items}。全部填写后才能结束检查。")),
    "finding-missing": (422, n("不合格的检查项还没有登记问题：{items}。")),
    "item-not-failed": (422, n("检查项 {items} 登记了问题，但结果不是“不合格”。请改正结果或撤回问题。")),
    "unknown-item": (422, n("现行检查要点里没有检查项 {items}。")),
    "not-your-hazard": (403, n("只有这次检查的两名检查人员或承办大队的大队长可以办理。")),
    "term-required": (422, n("请填写改正期限（天数）和确定期限的理由（规定 §20）。")),
    "term-too-long": (422, n("改正期限 {days} 日超过上限 {longest} 日（{rule}，本系统默认，非法律规定）。")),
    "term-not-for-immediate": (422, n("责令立即改正不设改正期限，请把天数留空。")),
    "hazard-not-due": (409, n("这条隐患现在不需要复查。")),
    "reinspection-underway": (409, n("隐患 {number} 的复查正在进行，请先完成它。")),
    "no-extension-here": (409, n("只有改正期限还在走的限期改正可以申请延期。")),
    "extension-used": (409, n("延期只能申请一次（{rule}，本系统默认，非法律规定）。")),
    "term-over": (409, n("改正期限已于 {due} 届满，不能再申请延期。")),
    "premises-unknown": (422, n("没有找到这个场所，或者它已关闭。请重新选择。")),
    "finding-unknown": (422, n("这次检查里没有这个问题，或者它已撤回。请重新选择。")),
    "no-evidence-now": (409, n("隐患 {number} 现在不接收改正证据：还没有责令改正，或者已经销案。")),
    "no-extension-asked": (409, n("隐患 {number} 没有待审批的延期申请。")),
    "not-overdue": (409, n("隐患 {number} 没有逾期，不需要作出处理安排。")),
    "other-brigade": (403, n("隐患 {number} 由另一个大队承办。")),
    "wrong-kind": (409, n("这次是{kind}，请用与它对应的办理。")),
}  # fmt: skip
