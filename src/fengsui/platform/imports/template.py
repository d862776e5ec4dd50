"""The empty table to fill in: headings, drop-downs, and a second sheet with all that may be chosen."""

import io

import xlsxwriter

from fengsui.platform.imports.importer import Importer
from fengsui.platform.imports.kinds import TableKind
from fengsui.platform.who import Who

_ALLOWED = "可填内容"
_ROWS = 5_000


def template(importer: Importer | TableKind, who: Who) -> bytes:
    """An xlsx file. Required columns carry an asterisk; formulas are never written."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    heading = book.add_format({"bold": True, "bg_color": "#E8EEF7", "border": 1})
    text = book.add_format({"num_format": "@"})
    table, choices = book.add_worksheet(importer.title), book.add_worksheet(_ALLOWED)
    table.freeze_panes(1, 0)
    filled = 0
    for place, column in enumerate(importer.columns(who)):
        title = f"{column.title}*" if column.required else column.title
        table.set_column(place, place, 20, text)
        table.write_string(0, place, title, heading)
        if not column.allowed:
            continue
        choices.set_column(filled, filled, 28)
        choices.write_string(0, filled, column.title, heading)
        choices.write_column(1, filled, column.allowed)
        letter = xlsxwriter.utility.xl_col_to_name(filled)
        source = f"='{_ALLOWED}'!${letter}$2:${letter}${len(column.allowed) + 1}"
        rule = {"validate": "list", "source": source, "error_type": "warning"}
        table.data_validation(1, place, _ROWS, place, rule)
        filled += 1
    book.close()
    return out.getvalue()
