"""What this package's refusals say to a person, with their HTTP status."""

from django.utils.translation import gettext_noop as n

WORDS = {
    "unknown-code": (422, n("没有编码为 {number} 的单位，或者不在您的管辖范围内。新增的单位请把单位编码留空。")),
    "no-brigade": (422, n("区划 {region} 还没有对应的消防救援大队，请先登记机构。")),
    "already-asked": (409, n("“{name}”已有未办结的更正要求，请等它办结，或由大队长转办。")),
    "not-a-registrar": (422, n("{name}的岗位不能更正登记资料，请选监督员、大队长或窗口人员。")),
    "class-differs": (422, n("该单位的类别是“{held}”，表中填的是“{given}”。请改为“{held}”或留空；确需不同的，登记后办理“另定类别”。")),
    "row-may-be-double": (409, n("可能已经登记过：{found}。请核对：是同一处的，填写它的单位编码或删去这一行；确实不是的，在“已核对，不是重复登记”列填“是”。")),
    "unknown-kind": (422, n("不认识场所种类“{kind}”。可用的种类：{known}。")),
    "facts-missing": (422, n("判定“{kind}”的类别还需要：{asked}（字段 {fields}）。请补充后再判定。")),
    "fact-invalid": (422, n("{title}（字段 {field}）的值 {value} 不对，请填写不小于零的数。")),
    "flags-reason-missing": (422, n("公众聚集、人员密集与种类“{kind}”的规定不同，请填写理由。")),
    "flags-not-nested": (422, n("公众聚集场所都是人员密集场所（消防法 §73），请把人员密集场所也填为是。")),
    "possible-duplicate": (409, n("可能已经登记过：{found}。请先核对；确实不是同一处的，勾选“已核对，不是重复登记”再提交。")),
    "premises-not-registered": (409, n("“{name}”已关闭或并入其他登记，不能再办理。请到现在的登记办理。")),
    "grade-unknown": (422, n("没有危险等级“{grade}”。可用的等级：{known}。")),
    "class-not-settable": (422, n("“待核定”不是可以另定的类别，请选择四类之一。")),
    "premises-merged": (409, n("“{name}”已并入其他登记，请到现在的登记更正。")),
    "premises-not-merged": (409, n("“{name}”没有并入其他登记，没有可改指的登记。")),
    "merge-with-itself": (422, n("“{name}”不能与自己合并，请选择另一条登记。")),
    "merge-unknown": (422, n("没有找到要并入的登记，或者它已关闭。请从列出的登记中选择。")),
    "not-in-building": (422, n("该单位不在“{building}”内，请先把它归入建筑。")),
    "building-in-use": (409, n("“{building}”内还有在册场所，请先把它们迁出或关闭。")),
    "building-gone": (409, n("“{building}”已拆除注销，不再有共用部分可管理。")),
    "building-unknown": (422, n("没有找到该建筑，请从列出的建筑中选择，或先登记建筑。")),
    "premises-not-yours": (422, n("该场所不属于您的单位，请从列出的场所中选择。")),
    "declared-already": (409, n("“{name}”已有正在核定或已列入的申报，不必再次申报。")),
    "premises-not-here": (422, n("没有找到该在册场所，请从场所页面办理。")),
    "claim-invalid": (422, n("认领码不对、已用过或已过期。请核对纸上的码，或请大队重新发放。")),
}  # fmt: skip
