"""What this package's refusals say to a person, with their HTTP status."""

from django.utils.translation import gettext_noop as n

WORDS = {
    "not-a-village": (422, n("区划 {region} 不是村或社区。网格设在村、社区之内，请选到村、社区一级。")),
    "grid-number-taken": (409, n("本村、社区已有在用的网格编号 {number}。请在“网格编号”处另填一个。")),
    "grid-unknown": (422, n("没有这个网格，或者不在您的管辖范围内。请在“网格”处重新选择。")),
    "grid-retired": (409, n("网格{grid}已停用。请选择在用的网格。")),
    "grid-not-empty": (409, n("网格{grid}还有 {count} 户风险户。请先把他们迁到别的网格，或改用拆分、合并。")),
    "grids-apart": (422, n("只能合并同一村、社区的在用网格。请在“一并合并的网格”处重新选择。")),
    "parts-too-few": (422, n("拆分至少要有两个新网格。请在“新网格”处再填一个。")),
    "part-unknown": (422, n("分配表中的网格编号 {number} 不在新网格之中。请核对“新网格”的编号。")),
    "household-not-here": (422, n("分配表中有不属于这个网格的风险户。请重新打开拆分页面再分配。")),
    "households-unassigned": (422, n("还有 {count} 户没有分到新网格：{households}。请在分配表中逐户选择。")),
    "worker-unknown": (422, n("没有这个网格员岗位，或者他的管辖区划不含本网格。请在“网格员”处重新选择，或先任命。")),
    "worker-there-already": (409, n("{worker}已经在这个网格，不必再次指派。")),
    "unknown-household-kind": (422, n("没有“{kind}”这个种类。请在“种类”处从这些中选择：{known}。")),
    "consent-missing": (422, n("没有{wanted}，不能登记“{field}”。请先告知并取得同意，在“告知同意”各项如实填写，或清空“{field}”（个人信息保护法 §13、§29）。")),
    "consent-in-future": (422, n("同意日期 {on} 还没有到。请在“同意日期”处改为今天或以前。")),
    "nothing-to-withdraw": (409, n("这一户没有在效的告知同意，无须撤回。")),
    "household-closed": (409, n("这一户已经注销，个人信息已经删除，不能再办理。如又需要关爱，请重新登记。")),
    "phone-registered": (409, n("这个电话已经登记在{household}名下。请核对“电话”；确是另一户的，请勾选“同一电话，确是另一户”。")),
    "grid-row-retired": (409, n("网格{grid}已经停用。如要重新设立，请在网格的页面单独办理，并从表中删去这一行。")),
    "household-unknown": (422, n("没有编号为 {number} 的风险户，或者它不在这个网格。新登记的，请清空“风险户编号”；迁网格请在这一户的页面办理。")),
    "household-differs": (409, n("这一户已经登记，内容与表中不同。请在这一户的页面更正，或删去这一行。")),
    "same-grid": (409, n("这一户已经在网格{grid}。请在“迁入网格”处选择别的网格。")),
}  # fmt: skip
