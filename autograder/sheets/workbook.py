"""What the kit's workbooks share: texts that no spreadsheet computes, pages that print on A4, the file."""

import io
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment

from casestudies.spreadsheets import is_formula, showable

TOP = Alignment(wrap_text=True, vertical="top")


def put(page: Any, line: int, column: int, text: str, wrap: bool = True) -> Any:
    """Write a text as a text, whatever it looks like; return its cell."""
    cell = page.cell(line, column)
    cleaned = showable(text)
    cell.value, cell.data_type, cell.quotePrefix = cleaned, "s", is_formula(cleaned)
    cell.alignment = TOP if wrap else Alignment(vertical="top")
    return cell


def put_number(page: Any, line: int, column: int, value: float | None, number_format: str) -> Any:
    """Write a number as a number, nothing when it is not known; return its cell."""
    cell = page.cell(line, column, value)
    cell.number_format = number_format
    cell.alignment = Alignment(vertical="top")
    return cell


def print_on_a4(page: Any, title_rows: str = "") -> None:
    """Set a page that prints on A4, as wide as it needs, with its lines of titles on each sheet of paper."""
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.oddFooter.center.text = "Page &P sur &N"
    page.print_title_rows = title_rows or None


def saved(book: Workbook) -> bytes:
    """Return the workbook's file."""
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
