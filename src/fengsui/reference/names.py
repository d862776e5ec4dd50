"""Invented names: plausible, belonging to nobody.

Telephone numbers are of 154, which no operator has been given. Credit codes are of division 150599,
which does not exist, with a check sign that holds.
"""

from random import Random

from fengsui.registry.rules import credit_code_problem

_FAMILY = (
    "王李张刘陈杨赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾"
    "夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤包"
)
_GIVEN = (
    "文斌 海燕 国庆 丽娟 建华 志强 秀英 晓东 春梅 永胜 立新 桂兰 德福 玉霞 红军 淑芬 长青 晓峰 雅琴 振宇 "
    "凤霞 志刚 丽华 永强 慧敏 铁柱 俊杰 雪梅 占军 晓丽 玉兰 广才 春生 艳玲 长河 佳怡 子轩 宝山 秋菊 连生"
).split()
_MONGOLIAN = (
    "乌云其木格 巴图孟和 白音那 其其格 朝鲁门 阿古拉 萨仁高娃 特木尔 苏日娜 哈斯巴根 娜仁花 宝力道 格日勒图 乌兰 "
    "额尔敦 斯琴 布和 萨如拉 巴雅尔 托娅 满都拉 敖敦 呼和 乌日娜 青格勒 达来 赛汗 吉日嘎拉 通拉嘎 孟根 恩和 阿拉坦花"
).split()
# The two signs of a name for a place: any of the first with any of the second.
_FORE = (
    "云禾金恒青万鑫绿蓝银福顺瑞丰松百安大东和锦天乐鸿红塞辽北宏昌盛吉祥永兴隆华源裕泰康润德信诚嘉"
)
_AFTER = (
    "岭润穗泽柳合泰野天河安达丰漠盛源升兴绣骄居运海原江林山川月星辰阳光春和美味佳利成发旺鑫宁远"
)
_MONGOLIAN_PLACES = (
    "查干 呼和 阿拉坦 白音 乌力吉 赛音 宝格达 那仁 吉祥哈达 敖包 锡林 额尔德尼 塔拉 其其格 苏力德 莫日根 "
    "图门 哈日根 达尔罕 巴彦 珠日河 阿木古郎 孟和 嘎鲁图"
).split()
_ROADS = (
    "建国路 永安路 和平路 科尔沁大街 霍林河大街 民主路 新兴大街 交通路 向阳路 团结路 平安街 滨河大街 明仁大街 霍平路 科尔沁路"
).split()
_LANES = "东街 西街 南街 北街 中心街 学府路 商业街 集市街 车站街 粮库路".split()
_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


class Names:
    """A stream of invented names from one seed; two streams of different `area` share no telephone."""

    def __init__(self, random: Random, area: str = "00") -> None:
        self._random, self._area = random, area

    def person(self) -> str:
        if self._random.random() < 0.35:
            return self._random.choice(_MONGOLIAN)
        return self._random.choice(_FAMILY) + self._random.choice(_GIVEN)

    def stem(self) -> str:
        """What stands before the trade in the name of a place."""
        chance = self._random.random()
        if chance < 0.12:
            ending: str = self._random.choice(("", "", *_AFTER))
            return self._random.choice(_MONGOLIAN_PLACES) + ending
        if chance < 0.2:
            return self._random.choice(_MONGOLIAN)
        return self._random.choice(_FORE) + self._random.choice(_AFTER)

    def road(self, *, town: bool) -> str:
        return self._random.choice(_ROADS if town else _LANES)

    def phone(self) -> str:
        return f"154{self._area}{self._random.randint(0, 999999):06d}"

    def credit_code(self) -> str:
        """18 signs of which the last one checks the others (GB 32100-2015)."""
        body = f"{self._random.choice(('91', '92', '92'))}150599YT{self._random.randint(0, 9999999):07d}"
        return next(body + sign for sign in _SIGNS if not credit_code_problem(body + sign))
