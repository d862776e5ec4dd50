"""Rows as the sheet that a person imports: headings from the kind of table, answers in its words."""

import csv
from collections.abc import Iterable, Mapping
from datetime import date
from io import StringIO

from pydantic.fields import FieldInfo

from fengsui.platform.imports.importer import words_of
from fengsui.platform.imports.kinds import TableKind

_YES_NO = {True: "是", False: "否"}


def sheet(kind: TableKind, rows: Iterable[Mapping[str, object]], keys: Mapping[str, str]) -> bytes:
    """A CSV file. `keys`: name in a row → heading, for columns beside the form."""
    asked = {name: (title, said) for title, (name, said) in kind.asked().items()}
    titles = {**{name: title for name, (title, _said) in asked.items()}, **keys}
    out = StringIO()
    written = csv.DictWriter(out, list(dict.fromkeys(titles.values())))
    written.writeheader()
    for row in rows:
        written.writerow(
            {
                titles[name]: _text(value, asked[name][1] if name in asked else None)
                for name, value in row.items()
                if value not in (None, "")
            }
        )
    return out.getvalue().encode()


def _text(value: object, said: FieldInfo | None) -> str:
    if isinstance(value, bool):
        return _YES_NO[value]
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    if isinstance(value, date):
        return value.isoformat()
    return str(words_of(said).get(value, value) if said else value)
