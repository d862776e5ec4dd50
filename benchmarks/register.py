"""A register of any length in the sheet of interfaces.md, the same for a seed; `python -m benchmarks.register`."""

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

import xlsxwriter

from fengsui.registry.lifecycle import CLASS_TITLES

TITLES = (
    "单位编码", "单位名称", "统一社会信用代码", "区划代码", "地址", "类别", "行业", "建筑面积", "层数", "床位数",
    "座位数", "员工数", "公众聚集场所", "人员密集场所", "消防安全责任人", "责任人电话", "消防安全管理人",
    "管理人电话", "经度", "纬度",
)  # fmt: skip
REGIONS = tuple(f"1505020{number:02d}000" for number in range(1, 25))
_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_FIRST = ("云岭", "草原", "西辽河", "哲里木", "金都", "银河", "民族", "红星", "新世纪", "蒙东")
_KINDS = (
    "商务酒店",
    "购物中心",
    "养老院",
    "幼儿园",
    "影城",
    "网吧",
    "医院",
    "面粉厂",
    "粮库",
    "加油站",
)
_FAMILY, _GIVEN = "赵钱孙李周吴郑王包白", ("国庆", "建军", "乌云", "其木格", "志强", "海霞")


def credit_code(chance: random.Random) -> str:
    """A possible unified social credit code (GB 32100-2015), worked out here on its own."""
    body = "91150502" + "".join(chance.choice(_SIGNS) for _ in range(9))
    total = sum(_SIGNS.index(sign) * weight for sign, weight in zip(body, _WEIGHTS, strict=True))
    return body + _SIGNS[-total % 31]


def rows(count: int, seed: int) -> Iterator[tuple[str | int | float, ...]]:
    """`count` good rows of twenty columns."""
    chance = random.Random(seed)
    for number in range(1, count + 1):
        public = chance.random() < 0.2
        yield (
            "",
            f"{chance.choice(_FIRST)}{chance.choice(_KINDS)}{number}",
            credit_code(chance),
            chance.choice(REGIONS),
            f"建国路 {chance.randrange(1, 2000)} 号",
            chance.choice(list(CLASS_TITLES.values())),
            chance.choice(_KINDS),
            chance.randrange(50, 60_000),
            chance.randrange(1, 30),
            chance.randrange(0, 300),
            chance.randrange(0, 800),
            chance.randrange(1, 500),
            "是" if public else "否",
            "是" if public or chance.random() < 0.2 else "否",
            chance.choice(_FAMILY) + chance.choice(_GIVEN),
            f"1380000{chance.randrange(10_000):04d}",
            chance.choice(_FAMILY) + chance.choice(_GIVEN),
            f"0475{chance.randrange(1_000_000, 9_999_999)}",
            round(chance.uniform(122.1, 122.5), 6),
            round(chance.uniform(43.5, 43.8), 6),
        )


def write(path: Path, count: int, seed: int = 1) -> None:
    """The sheet as an xlsx file; memory does not grow with it."""
    options = {"constant_memory": True, "strings_to_formulas": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet("监管对象")
        sheet.write_row(0, 0, TITLES)
        for number, row in enumerate(rows(count, seed), start=1):
            sheet.write_row(number, 0, row)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    said = parser.parse_args()
    write(said.path, said.rows, said.seed)


if __name__ == "__main__":
    main()
