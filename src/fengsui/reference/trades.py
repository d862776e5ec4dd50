"""What kinds of places there are in the invented register, how many of them, and how large they are.

The sizes are those of a town on the steppe; which class a place is of, the rulebook says.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, log
from random import Random

Sizes = Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Trade:
    """A kind of place (one of rule PREMISES-KINDS); `weight` says how common it is.

    `called` is the name of a single one, whose entry lacks nothing.
    """

    words: tuple[str, ...]
    kind: str
    industry: str
    weight: float
    sizes: Sizes
    called: str = ""

    def drawn(self, random: Random) -> dict[str, object]:
        """Its measures: small ones are commoner than large ones."""
        return {name: _drawn(random, *ends) for name, ends in self.sizes.items()}


def _drawn(random: Random, least: int, most: int) -> int:
    if least < 1:
        return random.randint(least, most)
    return round(exp(random.uniform(log(least), log(most))))


def _trade(words: str, kind: str, industry: str, weight: float, **sizes: tuple[int, int]) -> Trade:
    return Trade(tuple(words.split()), kind, industry, weight, sizes)


TRADES = (
    _trade("便利店 超市 粮油店 服装店 日杂商店 文具店 五金商店 蒙古奶食店", "商场", "零售业", 26, area_m2=(25, 290), floor=(1, 2)),
    _trade("餐馆 饭馆 面馆 羊汤馆 包子铺 烧烤店 快餐店", "餐饮", "餐饮业", 22, seats=(12, 95), area_m2=(40, 260)),
    _trade("旅店 客栈 宾馆 家庭旅馆", "宾馆", "住宿业", 7, rooms=(6, 22), beds=(10, 44), area_m2=(150, 700)),
    _trade("网咖 歌厅 棋牌娱乐室 台球厅", "公共娱乐场所", "娱乐业", 4, area_m2=(60, 195), floor=(1, 3)),
    _trade("足疗店 美发店 健身馆 茶社 洗浴", "休闲健身", "居民服务业", 10, area_m2=(35, 195)),
    _trade("诊所 口腔诊所 中医诊所", "诊所", "卫生", 4, beds=(1, 12), area_m2=(40, 240)),
    _trade("幼儿园", "幼儿园", "教育", 3, students=(25, 98), area_m2=(200, 900)),
    _trade("小学 教学点", "学校", "教育", 2, students=(60, 480), area_m2=(600, 3000)),
    _trade("加工厂 汽修厂 木器厂 奶食品加工坊 肉食加工厂", "生产加工", "制造业", 6, employees=(4, 48), area_m2=(120, 1500)),
    _trade("油漆商店 烟花零售点 农药商店", "易燃易爆销售储存", "零售业", 2, area_m2=(20, 95)),
    _trade("百货商店 家居商场 农贸市场 建材市场", "商场", "零售业", 6, area_m2=(310, 980), floor=(1, 3)),
    _trade("酒楼 火锅城 宴会酒店", "餐饮", "餐饮业", 4, seats=(110, 420), area_m2=(300, 2200)),
    _trade("快捷酒店 招待所", "宾馆", "住宿业", 2, rooms=(26, 48), beds=(52, 92), area_m2=(900, 2400)),
    _trade("洗浴广场 健身会馆", "休闲健身", "居民服务业", 2, area_m2=(220, 2600)),
    _trade("民办医院", "医院", "卫生", 0.8, beds=(32, 48), area_m2=(900, 2500)),
    _trade("中学", "学校", "教育", 0.8, students=(520, 2400), area_m2=(4000, 16000)),
    _trade("中心幼儿园", "幼儿园", "教育", 1, students=(105, 320), area_m2=(900, 3600)),
    _trade("食品厂 饲料厂 乳制品厂 建材厂", "生产加工", "制造业", 1.6, employees=(55, 320), dormitory_people=(0, 0), area_m2=(2000, 18000)),
    _trade("商务楼 办公楼", "办公", "商务服务业", 1.6, area_m2=(600, 6000), floors=(3, 6)),
    _trade("物流仓库 农资仓库", "可燃物品仓库", "仓储业", 0.9, goods_value_yuan=(300_000, 9_000_000), area_m2=(500, 6000)),
    _trade("购物中心 商业广场 百货大楼", "商场", "零售业", 1.2, area_m2=(1_100, 26_000), floor_area_m2=(500, 6_000), floor=(1, 1), floors=(2, 6)),
    _trade("国际商贸城 商业综合体", "商场", "零售业", 0.08, area_m2=(52_000, 96_000), floor_area_m2=(10_500, 21_000), floor=(1, 1), floors=(4, 8)),
    _trade("大酒店 商务酒店", "宾馆", "住宿业", 1.2, rooms=(55, 240), beds=(90, 420), area_m2=(2_600, 16_000), floors=(4, 16)),
    _trade("演艺中心 影城 量贩歌厅", "公共娱乐场所", "娱乐业", 0.8, area_m2=(220, 3_200)),
    _trade("综合医院 康复医院", "医院", "卫生", 0.6, beds=(60, 420), area_m2=(3_000, 26_000)),
    _trade("养老服务中心 颐养院", "养老院", "社会工作", 0.7, beds=(55, 260), area_m2=(1_200, 7_000)),
    _trade("寄宿制学校", "寄宿学校", "教育", 0.6, beds=(110, 900), area_m2=(4_000, 20_000)),
    _trade("加油站 加气站", "加油加气站", "零售业", 1.2, area_m2=(200, 1_600)),
    _trade("服装厂 羊绒制品厂", "劳动密集型企业", "制造业", 0.3, employees=(110, 420), area_m2=(2_000, 12_000)),
    _trade("大厦 公寓楼", "高层公共建筑", "商务服务业", 0.5, area_m2=(6_000, 40_000), floors=(12, 26)),
    _trade("粮食储备库", "粮库", "仓储业", 0.4, storage_t=(12_000, 90_000), area_m2=(6_000, 40_000)),
    _trade("客运站", "客运车站", "道路运输业", 0.15, area_m2=(600, 3_200), people=(200, 1_500)),
    _trade("体育中心 会展中心", "体育场馆", "体育", 0.06, area_m2=(21_000, 36_000), people=(3_000, 9_000)),
)  # fmt: skip
_WEIGHTS = [trade.weight for trade in TRADES]


def trade(random: Random) -> Trade:
    return random.choices(TRADES, _WEIGHTS)[0]
