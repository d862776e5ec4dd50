"""The page of figures: what was measured, against what, how far from the bar."""

from benchmarks.rounds import Line

_HEAD = """# Performance

Written by `make bench`; do not edit. Each figure is a ratio in one run: both sides alternate, operation
by operation, in rounds that begin with either side in turn. A round is the median of its operations; a
line gives the median, least and most of seven rounds, in milliseconds of one operation.

Measured on {machine}. Where the load is above the number of cores, other work shared the machine: the
milliseconds then say little, the ratios more, their spread how much.
"""
_ABOUT = {
    "P6 map": """## P6: a view of the map of premises ({database})

Bar: ≤ 2 × and the same number of queries. Both counties lie in one database: the officer of one sees
200,000 premises, of the other 1,000, in views of equal size. A view of few premises draws them one by one
(up to 500 rows with their names), so that a crowded view, drawn as clusters, may well be the quicker one.
""",
    "P13": """## P13: an action through `perform` ({database})

Bar: ≤ 1.5 × the same queries issued by hand in one transaction; aim 1.2 ×. Durable settings as shipped.

*Django by hand*: what a careful view without actions would do. The same reads and the same rows, by the same
statements (a test compares them), written in Django by hand (`benchmarks/plain.py`): no form, no
declared access, no digests, no canonical JSON, no MAC. This is the baseline of the bar.

*The driver's cursor*: the very statements of the action, recorded and issued again on the driver's own cursor, with
nothing of Django between: what all of Django and `perform` cost above the database. The bar is not met
against it, and cannot be by code that reads and writes through Django's models; it is printed so that
nobody has to guess.
""",
    "P9": """## P9: a register from Excel ({database})

Bar: ≤ 20 × for 100,000 × 20 (`--rows 100000`), and whoever else acts meanwhile waits at most 1 s at p99;
aim 8 ×. Ours: read, checked, compared with the register and with itself, classed by the rulebook; each
row a unit, a place and its two persons with four digests in the ledger, sealed telephone numbers, words
in the search index, counts.

*python-calamine*: the same file only read, before and after. The other writer is a process of its own
that does one short action after the other. *Control*: up to 10,000 rows in one transaction.
""",
    "P10": """## P10: a statutory document, data to PDF ({database})

Bar: ≥ 0.6 of the speed of a bare compile and ≥ 10 a second; aim 0.85. Ours: digest of the data, QR,
typst, the file made durable under its hash, its hash remembered in the database.

*Bare typst*: the typst compiler with its fonts already read compiles the same form with data of
the same length, ready as JSON; the PDF is thrown away. Every page has another number and QR, because an
equal one would come from typst's cache.
""",
    "perform_many": """## `perform_many`, for information ({database})

*One by one*: the same registrations one by one. Milliseconds a row.
""",
}


def page(machine: list[str], figures: dict[tuple[str, str], list[Line]]) -> str:
    """The whole page as Markdown."""
    parts = [_HEAD.format(machine="; ".join(machine))]
    for (figure, database), lines in figures.items():
        about = _ABOUT[figure].format(database=database)
        parts.append(f"{about}\n{_table(figure, lines)}")
    return "\n".join(parts)


def _table(figure: str, lines: list[Line]) -> str:
    speed = figure == "P10"
    ratio = "speed ratio" if speed else "ratio"
    rows = [
        f"| what | against | ours ms (min–max) | baseline ms (min–max) | {ratio} (min–max) |",
        "| --- | --- | --- | --- | --- |",
    ]
    for line in lines:
        ours, base, of = line.ours, line.baseline, line.ratio
        shown = (
            (1 / of.median, 1 / of.most, 1 / of.least) if speed else (of.median, of.least, of.most)
        )
        rows.append(
            f"| {line.title} | {line.against}"
            f" | {ours.median:.2f} ({ours.least:.2f}–{ours.most:.2f})"
            f" | {base.median:.2f} ({base.least:.2f}–{base.most:.2f})"
            f" | **{shown[0]:.2f}** ({shown[1]:.2f}–{shown[2]:.2f}) |"
        )
    if speed:
        slowest = max(line.ours.median for line in lines)
        rows.append(f"\nThe slowest paper: {1000 / slowest:.0f} a second in one process.")
    return "\n".join(rows) + "\n"
