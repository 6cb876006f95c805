"""A deliverable's rows as people read them: one table, or one per group, as HTML and as plain cells."""

import re
from collections.abc import Iterator, Sequence
from html import escape

from casestudies.french import french_number, short_date
from casestudies.livrables.model import Cell, Deliverable, Field, Row
from casestudies.typography import french

NO_GROUP = "À classer"
_WIDE = 9
_SEVERAL_UNITS = 100
_ENDLESS, _PIECE = 27, 12


def groups_of(deliverable: Deliverable, rows: Sequence[Row]) -> Iterator[tuple[str, list[Row]]]:
    """Yield each group with its rows, in the order of the choices, then the rows that belong to none.

    A deliverable without groups gives one, without a name.
    """
    if not deliverable.groups:
        yield "", list(rows)
        return
    choices = deliverable.field(deliverable.groups).choices
    for choice in choices:
        inside = [row for row in rows if row.get(deliverable.groups) == choice]
        if inside:
            yield choice, inside
    others = [row for row in rows if row.get(deliverable.groups) not in choices]
    if others:
        yield NO_GROUP, others


def fields_of(deliverable: Deliverable, rows: Sequence[Row], group: str) -> list[Field]:
    """Return the columns to show for a group's rows: not its own, said in the caption, nor empty optional ones."""
    hidden = deliverable.groups if group and group != NO_GROUP else ""
    return [
        one
        for one in deliverable.columns(rows)
        if one.name != hidden and (not one.optional or any(row.get(one.name) is not None for row in rows))
    ]


def is_sheet(rows: Sequence[Row], fields: Sequence[Field]) -> bool:
    """Whether these rows read better as a sheet, a line by column: one row, too wide for a table."""
    return len(rows) == 1 and len(fields) >= _WIDE


def shown(cell: Cell, one: Field) -> str:
    """Return a cell as it is read in French: « 1 234,5 », « 06/01/2027 », « – » when nothing is written.

    Numbers that come out of a calculation lose the decimals that nobody reads: two are kept, three below 1.

    >>> shown(16.1367, Field("clients", "nombre", "")), shown(0.154, Field("poids", "nombre", ""))
    ('16,14', '0,154')
    >>> shown(0.25, Field("poids", "nombre", "")), shown(None, Field("poids", "nombre", ""))
    ('0,25', '–')
    """
    if cell is None:
        return "–"
    if isinstance(cell, str):
        return french(short_date(cell) if one.type == "date" else cell)
    return french_number(cell, _decimals(cell))


def heading_shown(one: Field) -> str:
    r"""Return the title of a column as it is read: its unit stays in one piece.

    >>> heading_shown(Field("budget", "nombre", "", title="Budget (€ HT)"))
    'Budget (€\xa0HT)'
    """
    return french(one.label).replace("€ ", "€\N{NO-BREAK SPACE}")


def column_shown(rows: Sequence[Row], one: Field) -> list[str]:
    """Return a column as it is read: its numbers with as many decimals as the one that needs most.

    A column that mixes proportions with numbers from 100 on holds several units: each number then keeps its own.

    >>> column_shown([{"cout": 173.9}, {"cout": 57.48}, {"cout": None}], Field("cout", "nombre", ""))
    ['173,90', '57,48', '–']
    >>> column_shown([{"cible": 130}, {"cible": 0.225}], Field("cible", "nombre", ""))
    ['130', '0,225']
    """
    cells = [row.get(one.name) for row in rows]
    numbers = [abs(cell) for cell in cells if isinstance(cell, int | float)]
    if any(0 < number < 1 for number in numbers) and max(numbers) >= _SEVERAL_UNITS:
        return [shown(cell, one) for cell in cells]
    most = max(map(_decimals, numbers), default=0)
    return [french_number(cell, most) if isinstance(cell, int | float) else shown(cell, one) for cell in cells]


def _decimals(number: float) -> int:
    most = 3 if abs(number) < 1 else 2
    return next((few for few in range(most) if abs(number - round(number, few)) < 1e-9), most)


def caption_of(deliverable: Deliverable, group: str) -> str:
    """Return the caption of a table: the title, and the group when there is one."""
    return french(f"{deliverable.title} : {group}" if group else deliverable.title)


def tables_html(deliverable: Deliverable, rows: Sequence[Row]) -> str:
    """Return the rows as accessible HTML tables, one per group, without any style of their own."""
    return "".join(
        _table(deliverable, group, inside, fields_of(deliverable, inside, group))
        for group, inside in groups_of(deliverable, rows)
    )


def _table(deliverable: Deliverable, group: str, rows: Sequence[Row], fields: Sequence[Field]) -> str:
    caption = escape(caption_of(deliverable, group))
    kind = "ck-table" if group else "ck-table ck-whole"
    body = _sheet(rows[0], fields) if is_sheet(rows, fields) else _lines(rows, fields)
    region = f'<div class="{kind}" role="region" tabindex="0" aria-label="{caption}">'
    return f"{region}<table><caption>{caption}</caption>{body}</table></div>"


def _lines(rows: Sequence[Row], fields: Sequence[Field]) -> str:
    head = "".join(f'<th scope="col">{escape(heading_shown(one))}</th>' for one in fields)
    columns = [[_cell(text, one) for text in column_shown(rows, one)] for one in fields]
    body = "".join(f"<tr>{''.join(cells)}</tr>" for cells in zip(*columns, strict=True))
    return f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"


def _sheet(row: Row, fields: Sequence[Field]) -> str:
    lines = (
        f'<tr><th scope="row">{escape(heading_shown(one))}</th><td>{_text(shown(row.get(one.name), one))}</td></tr>'
        for one in fields
    )
    return f"<tbody>{''.join(lines)}</tbody>"


def _cell(text: str, one: Field) -> str:
    name = ' class="ck-number"' if one.type == "nombre" else ""
    return f"<td{name}>{_text(text)}</td>"


def _text(text: str) -> str:
    """Return a text whose endless words (addresses, keys held down) may be cut, so that no table leaves its page."""
    words = (escape(word) if len(word) < _ENDLESS else _cut(word) for word in re.split(r"(\s+)", text))
    return "".join(words).replace(chr(10), "<br>")


def _cut(word: str) -> str:
    return "<wbr>".join(escape(word[place : place + _PIECE]) for place in range(0, len(word), _PIECE))
