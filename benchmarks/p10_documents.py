"""P10: a statutory document from its data to the kept PDF, against a bare compile of the same page."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import typst

from benchmarks.rounds import Line, Size, measure
from fengsui.kernel.ids import new_id
from fengsui.platform.documents import rendering, typeset
from fengsui.platform.documents.kinds import kind_named
from fengsui.platform.documents.models import Document
from fengsui.supervision.lifecycle import Disposal
from tests import make
from tests.supervision import loop

BARE = "bare typst"


@dataclass
class Paper:
    """One issued document, copied under ever new numbers: an equal page would come from a cache."""

    pattern: Document
    copies: int = 0

    def copy(self) -> Document:
        """A fresh document of the same length, not drawn yet."""
        self.copies += 1
        number = self.pattern.number.replace("0001", f"{self.copies:04d}")
        fresh = Document.objects.get(id=self.pattern.id)
        fresh.id, fresh._state.adding = new_id(), True
        fresh.sequence, fresh.number = 1_000 + self.copies, number
        fresh.data = {**self.pattern.data, "number": number}
        fresh.save(force_insert=True)
        return fresh


def papers() -> list[Paper]:
    """The record of a visit, an order with a term and one without."""
    team = make.Team()
    loop.ordered(team)
    loop.ordered(team, disposal=Disposal.IMMEDIATE)
    kinds = ("inspection-record", "rectification-order", "immediate-order")
    return [Paper(Document.objects.filter(kind=kind).order_by("id")[0]) for kind in kinds]


def figures(size: Size) -> Iterator[Line]:
    """One line a paper."""
    for paper in papers():
        bare = _compiler(paper)
        yield measure(
            paper.pattern.title, BARE, partial(_ours, paper), partial(_bare, paper, bare), size
        )


def _ours(paper: Paper) -> float:
    document = paper.copy()
    start = time.perf_counter()
    rendering.pdf(document)
    return time.perf_counter() - start


def _compiler(paper: Paper) -> Callable[[str], object]:
    """A compiler of its own, its fonts read once, as ours has."""
    compiler = typst.Compiler(
        input=str(kind_named(paper.pattern.kind).template),
        root=str(typeset.ROOT),
        font_paths=[str(typeset.FONTS)],
        ignore_system_fonts=True,
    )
    return lambda data: compiler.compile(format="pdf", sys_inputs={"data": data})


def _bare(paper: Paper, compile_page: Callable[[str], object]) -> float:
    data = json.dumps(rendering.page_data(paper.copy()), ensure_ascii=False)
    start = time.perf_counter()
    compile_page(data)
    return time.perf_counter() - start
