"""Invented names: plausible, belonging to nobody. Telephone numbers are of a range not in service."""

from random import Random

_FAMILY = "王李张刘陈杨赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤包"
_GIVEN = (
    "文斌",
    "海燕",
    "国庆",
    "丽娟",
    "建华",
    "志强",
    "秀英",
    "晓东",
    "春梅",
    "永胜",
    "立新",
    "桂兰",
    "德福",
    "玉霞",
    "红军",
    "淑芬",
    "长青",
    "晓峰",
    "雅琴",
    "振宇",
    "凤霞",
    "志刚",
    "丽华",
    "永强",
    "慧敏",
    "铁柱",
    "俊杰",
    "雪梅",
    "占军",
    "晓丽",
    "玉兰",
    "广才",
    "春生",
    "艳玲",
    "长河",
    "佳怡",
    "子轩",
    "宝山",
    "秋菊",
    "连生",
)
_MONGOLIAN = (
    "乌云其木格",
    "巴图孟和",
    "白音那",
    "其其格",
    "朝鲁门",
    "阿古拉",
    "萨仁高娃",
    "特木尔",
    "苏日娜",
    "哈斯巴根",
    "娜仁花",
    "宝力道",
    "格日勒图",
    "乌兰",
    "额尔敦",
    "斯琴",
    "布和",
    "萨如拉",
    "巴雅尔",
    "托娅",
    "满都拉",
    "敖敦",
    "呼和",
    "乌日娜",
    "青格勒",
    "达来",
    "赛汗",
    "吉日嘎拉",
    "通拉嘎",
    "孟根",
    "恩和",
    "阿拉坦花",
)
_STEMS = (
    "云岭",
    "禾润",
    "塞上春",
    "金穗",
    "恒泽",
    "红柳",
    "青禾",
    "万合里",
    "辽河源",
    "鑫泰",
    "绿野",
    "蓝天",
    "草原明珠",
    "银河",
    "北疆",
    "福安",
    "顺达",
    "瑞丰",
    "松漠",
    "百合",
    "安泰",
    "大辽",
    "丰源",
    "东升",
    "和兴",
    "锦绣",
    "天骄",
    "乐居",
    "鸿运",
    "西拉木伦",
)
# Trade, kind of place, and what is measured of it: name → (least, most).
_TRADES: tuple[tuple[str, str, dict[str, tuple[int, int]]], ...] = (
    ("商务酒店", "宾馆", {"rooms": (50, 160), "area_m2": (2500, 9000)}),
    ("购物中心", "商场", {"area_m2": (1000, 2900)}),
    ("养老服务中心", "养老院", {"beds": (50, 200), "area_m2": (900, 6000)}),
    ("火锅城", "餐饮", {"seats": (100, 400), "area_m2": (300, 2000)}),
    ("洗浴广场", "休闲健身", {"area_m2": (200, 3000)}),
    ("粮油加工厂", "生产加工", {"employees": (50, 300), "dormitory_people": (30, 80)}),
    ("寄宿幼儿园", "寄宿托幼", {"beds": (50, 120), "area_m2": (600, 3000)}),
    ("家居广场", "商场", {"area_m2": (300, 990)}),
    ("百货超市", "商场", {"area_m2": (80, 299)}),
    ("物流仓库", "可燃物品仓库", {"goods_value_yuan": (500_000, 9_000_000)}),
    ("演艺吧", "公共娱乐场所", {"area_m2": (200, 900)}),
    ("招待所", "宾馆", {"rooms": (8, 24), "beds": (16, 48)}),
    ("网咖", "公共娱乐场所", {"area_m2": (80, 199), "floor": (1, 3)}),
    ("寄宿小学", "寄宿学校", {"beds": (100, 400)}),
    ("中医院", "医院", {"beds": (50, 300), "area_m2": (1500, 9000)}),
    ("汽修厂", "生产加工", {"employees": (5, 40)}),
    ("家具城", "商场", {"area_m2": (300, 990)}),
    ("健身馆", "休闲健身", {"area_m2": (80, 199)}),
)
_ROADS = (
    "建国路",
    "永安路",
    "和平路",
    "科尔沁大街",
    "霍林河大街",
    "民主路",
    "新兴大街",
    "交通路",
    "向阳路",
    "团结路",
    "平安街",
    "滨河大街",
    "明仁大街",
    "霍平路",
    "科尔沁路",
)


class Names:
    """A stream of invented names from one seed."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def person(self) -> str:
        if self._random.random() < 0.35:
            return self._random.choice(_MONGOLIAN)
        return self._random.choice(_FAMILY) + self._random.choice(_GIVEN)

    def premises(self) -> tuple[str, str, dict[str, int]]:
        """Name, kind of place, and its measures."""
        trade, kind, ranges = self._random.choice(_TRADES)
        measures = {name: self._random.randint(*ends) for name, ends in ranges.items()}
        return f"{self._random.choice(_STEMS)}{trade}", kind, measures

    def address(self) -> str:
        return f"{self._random.choice(_ROADS)} {self._random.randint(1, 299)} 号"

    def phone(self) -> str:
        return f"19900{self._random.randint(0, 999999):06d}"
