"""What a new version derives from records that are older than it: the index of search, the counts by region."""

from collections.abc import Iterator

from fengsui.platform.counters import store as counting
from fengsui.platform.records import RECORD_TYPES
from fengsui.platform.search import store as searching


def make_missing() -> Iterator[str]:
    """Make what no record of a type has yet, after the tables changed; lines that say what was made."""
    for of in RECORD_TYPES.values():
        if searching.is_missing(of):
            told = 0
            while step := searching.rebuild_step(of):
                told += step
            yield f"{of.title}：查找索引已建，{told} 条"
        if counting.is_missing(of):
            yield f"{of.title}：各区划数量已统计，{counting.recount(of)} 条"
