"""A deliverable as CSV: written for French spreadsheets (UTF-8 with BOM, « ; »), read in whatever form it returns."""

import csv
import io
from collections.abc import Sequence

from casestudies.french import french_digits, simplified
from casestudies.livrables.cells import HEADER_WITHIN, FileError, Line, typed_rows
from casestudies.livrables.model import Cell, Deliverable, Row
from casestudies.spreadsheets import readable_text

MAX_BYTES = 2 * 2**20
_SEPARATORS = (";", ",", "\t", "|")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def write_csv(deliverable: Deliverable, rows: Sequence[Row], blank_rows: int = 0) -> bytes:
    """Return the file: the header, the rows, then ``blank_rows`` empty ones."""
    names = [one.name for one in deliverable.columns(rows)]
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([_shown(row.get(name)) for name in names] for row in rows)
    stream.write((";" * (len(names) - 1) + "\r\n") * blank_rows)
    return stream.getvalue().encode("utf-8-sig")


def _shown(cell: Cell) -> str:
    return "" if cell is None else french_digits(cell) if isinstance(cell, float | int) else cell


def read_csv(deliverable: Deliverable, content: bytes, file: str) -> list[Row]:
    """Return the filled rows of a CSV file.

    Raises
    ------
    FileError
        When the file is damaged, too large, not a CSV file, or has not the columns of the deliverable.
    """
    if len(content) > MAX_BYTES:
        what = f"le fichier fait {len(content) // 2**20} Mio."
        raise FileError.of(file, what, f"{MAX_BYTES // 2**20} Mio au plus : repartez du modèle.")
    if content.startswith((_ZIP, _OLE)):
        raise FileError.of(file, "c’est un classeur, pas un fichier CSV.", "Donnez-lui la fin de nom « .xlsx ».")
    text = _decoded(content, file)
    if not text.strip():
        return []
    wanted = {simplified(name) for name in deliverable.names}
    separator = max(_SEPARATORS, key=lambda one: _matches(text, one, wanted))
    return typed_rows(deliverable, _parsed(text, separator, file), file)


def _matches(text: str, separator: str, wanted: set[str]) -> int:
    """Return how many names of columns one of the first lines holds, once cut at this separator."""
    first = "\n".join(text.splitlines()[:HEADER_WITHIN])
    lines = csv.reader(io.StringIO(first), delimiter=separator)
    return max(len({simplified(cell) for cell in cells} & wanted) for cells in lines)


def _decoded(content: bytes, file: str) -> str:
    text = readable_text(content)
    if text is None:
        advice = "Ouvrez-le dans votre tableur et enregistrez-le en « CSV UTF-8 », ou repartez du modèle."
        raise FileError.of(file, "le fichier est abîmé, ou ce n’est pas du texte.", advice)
    return text


def _parsed(text: str, separator: str, file: str) -> list[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        return [Line(reader.line_num, cells) for cells in reader]
    except csv.Error as cause:
        what = f'vers la ligne {reader.line_num}, un guillemet « " » est de trop ou manque.'
        advice = "Ouvrez le fichier dans votre tableur et enregistrez-le de nouveau, ou repartez du modèle."
        raise FileError.of(file, what, advice) from cause
