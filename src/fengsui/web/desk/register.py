"""What the page of a premises tells beside its facts: why this class, who answers and answered."""

from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as n

from fengsui.platform.documents.queries import confirmation_of
from fengsui.platform.rules import local_day
from fengsui.platform.who import OFFICERS, Who
from fengsui.registry.lifecycle import DECLARATION, PremisesClass, Role, State
from fengsui.registry.models import Building, Premises
from fengsui.registry.queries import (
    Term,
    absorbed,
    declaration_of,
    duplicates_of,
    managers_of,
    parts_of,
    persons_of,
)
from fengsui.web.desk.words import law_named, url_of
from fengsui.web.ui.shapes import ActionLink, Empty, Fact
from fengsui.web.ui.table import Cell, Column, Group, Row, Table

_MEASURES = (
    ("area_m2", n("建筑面积"), "㎡"),
    ("floor_area_m2", n("单层面积"), "㎡"),
    ("floors", n("层数"), ""),
    ("floor", n("所在楼层"), ""),
    ("rooms", n("客房"), "间"),
    ("beds", n("床位"), "张"),
    ("seats", n("座位"), ""),
    ("people", n("容纳人数"), ""),
    ("employees", n("员工"), "人"),
    ("dormitory_people", n("员工宿舍"), "人"),
    ("students", n("在校人数"), "人"),
    ("storage_t", n("储量"), "吨"),
    ("volume_m3", n("储量"), "立方米"),
    ("goods_value_yuan", n("可燃物品价值"), "元"),
)


def measures(record: Premises) -> list[Fact]:
    """What is known of its size; what is not known is left out."""
    known = [(title, getattr(record, name), unit) for name, title, unit in _MEASURES]
    return [
        Fact(_(title), f"{value} {unit}".strip())
        for title, value, unit in known
        if value is not None
    ]


def class_facts(record: Premises) -> list[Fact]:
    """The class that holds, the judged one if it differs, and what is missing."""
    facts = [
        Fact(_("场所种类"), record.kind),
        Fact(_("行业"), record.industry),
        *([Fact(_("小场所类别"), record.small_category)] if record.small_category else []),
        Fact(_("公众聚集场所"), _("是") if record.public_assembly else _("否")),
        Fact(_("人员密集场所"), _("是") if record.crowded else _("否")),
        Fact(_("危险等级"), record.hazard_grade or _("未评定")),
    ]
    if record.class_reason:
        text = _("规则判定为{judged}；另定理由：{reason}（依据：{source}）").format(
            judged=_(record.judged_title), reason=record.class_reason, source=record.class_source
        )
        facts.append(Fact(_("另定类别"), text, wide=True))
    if record.missing:
        facts.append(Fact(_("还缺"), "、".join(record.missing), wide=True))
    if record.flags_reason:
        facts.append(Fact(_("与种类不同的理由"), record.flags_reason, wide=True))
    return facts


def why(record: Premises) -> Table:
    """Each threshold that decided or was not reached, the value seen, the source, how well it is known."""
    columns = [Column(_("界定标准")), Column(_("依据"))]
    reached = _("达到") if _met(record) else _("未达到")
    rows = [
        Row(
            [
                Cell(
                    one["threshold"],
                    note=_("本单位 {value}：{reached}").format(
                        value=_seen(one["value"]), reached=reached
                    ),
                ),
                Cell(law=replace(law_named(one["source"]), evidence=one["tag"])),
            ]
        )
        for one in record.because
    ]
    empty = Empty(_("没有适用的界定标准"), _("补充场所种类和数据后重新判定。"))
    return Table(_("为什么是这一类"), columns, [Group(rows)], empty=empty, wrap=True)


def _seen(value: object) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return str(value)


def _met(record: Premises) -> bool:
    return record.judged_class not in (PremisesClass.ORDINARY, PremisesClass.UNJUDGED)


def persons(record: Premises) -> Table:
    """Those who answer, and those who did; numbers stay masked."""
    columns = [
        Column(_("职责"), width="m"),
        Column(_("姓名")),
        Column(_("电话"), width="m"),
        Column(_("任职"), width="l"),
    ]
    terms = sorted(persons_of(record), key=lambda term: list(Role).index(Role(term.person.role)))
    rows = [Row(_person(term), current=term.until is None) for term in terms]
    empty = Empty(_("没有任职记录"), _("变更责任人、管理人后会列在这里。"))
    return Table(_("责任人与管理人"), columns, [Group(rows)], empty=empty)


def _person(term: Term) -> list[Cell]:
    until = term.until.isoformat() if term.until else _("至今")
    person = term.person
    return [
        Cell(_(person.role_title)),
        Cell(person.name),
        Cell(str(person.phone)),
        Cell(f"{person.since_on.isoformat()} — {until}"),
    ]


def place(record: Premises, who: Who) -> list[Fact]:
    """Its building and the other entries it stands for or went into."""
    facts = []
    if record.building is not None:
        manager = record.building.manager
        note = _("共用部分统一管理：{who}").format(who=manager.name if manager else _("未确定"))
        url = url_of("building", record.building_id) if who.kind in OFFICERS else ""
        text = f"{record.building.name} {record.building_part}".strip()
        facts.append(Fact(_("所在建筑"), text, url, note=note))
    if record.merged_into is not None:
        url = reverse("desk:premises-page", args=[record.merged_into_id])
        facts.append(Fact(_("并入"), record.merged_into.name, url))
    for other in absorbed(record):
        url = reverse("desk:premises-page", args=[other.id])
        facts.append(Fact(_("已并入本登记"), other.name, url, note=other.address))
    return facts


def unit_facts(record: Premises, who: Who) -> list[Fact]:
    """Who acts for the unit on this platform, whether it declared itself, whether papers may be sent to it."""
    accounts = "、".join(post.user.name for post in managers_of(record))
    facts = [Fact(_("平台账号"), accounts or _("尚未认领"))]
    if declared := declaration_of(record):
        title = _(DECLARATION.title(declared.state))
        facts.append(Fact(_("重点单位申报"), title, url_of("key_declaration", declared.id)))
    signed = confirmation_of(record.unit_id)
    if signed is None:
        return [*facts, Fact(_("电子送达"), _("未签署确认书，不能电子送达"))]
    text = _("{name} 于 {day} 签署").format(
        name=signed.signed_by, day=local_day(signed.signed_at).isoformat()
    )
    return [*facts, Fact(_("电子送达"), text, url_of("delivery_confirmation", signed.id))]


def in_building(building: Building, who: Who) -> tuple[str, Table]:
    """The premises that share a building, with where in it each is."""
    columns = [Column(_("单位")), Column(_("部位"), width="m"), Column(_("类别"), width="m")]
    rows = [
        Row(
            [
                Cell(one.name, reverse("desk:premises-page", args=[one.id])),
                Cell(one.building_part or "—"),
                Cell(_(one.class_title)),
            ]
        )
        for one in parts_of(who, building)
    ]
    empty = Empty(_("建筑内没有在册场所"), _("在场所页面办理“归入建筑”后列在这里。"))
    return _("共用这座建筑的单位"), Table(
        _("共用这座建筑的单位"), columns, [Group(rows)], empty=empty
    )


def alike(record: Premises, who: Who) -> list[Premises]:
    """Entries that may be the same place, for those who can make them one."""
    if who.kind not in OFFICERS or record.state != State.REGISTERED:
        return []
    return duplicates_of(who, record, record)


def links(record: Premises) -> list[ActionLink]:
    if record.state != State.REGISTERED:
        return []
    return [ActionLink(_("打印门牌码"), reverse("desk:door-sheet", args=[record.id]), "qrcode")]
