"""How a notebook's JSON is laid out, seen from its brackets alone: its depth, and where the outputs stand.

It is read before it is parsed, so that neither a hundred megabytes of outputs nor endless nesting costs memory.
"""

import re
from dataclasses import dataclass, field

from autograder.grading.records import Incident
from autograder.grading.triage.refusal import RefusedError
from casestudies.answers import MIME

MAX_BYTES = 20 * 2**20
"""The largest notebook, outputs left out, in bytes."""
MAX_DEPTH = 100
MAX_TOKENS = 10_000_000
"""How many strings and brackets are read before a file is given up: two or three seconds."""
MAX_KEPT = 2**20
"""The largest answer kept from outputs that are taken out, in bytes."""

_DEPTHS = (3, 5)
"""How deep a cell's keys stand: notebook, cells, cell; or, before 2014, notebook, worksheets, sheet, cells, cell."""
_LIGHTER = (
    "Demandez un nouveau dépôt après « Édition > Effacer les sorties de toutes les cellules » ; des données collées "
    "dans une cellule sont à enlever."
)
_ANSWER = f'"{MIME}"'.encode()
_TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)|[\[\]{}]', re.DOTALL)
"""A string, closed or cut by the end of the file, or a bracket."""
_GAP = 64
"""The most characters between a key and its value: a colon and spaces."""
_QUOTE, _LIST, _OBJECT, _CLOSE = b'"'[0], b"["[0], b"{"[0], b"]}"


@dataclass
class Layout:
    """Depths outside and inside outputs, whether every bracket is closed, and the span of each list of outputs.

    A span is its beginning, its end, and the beginning and end of the last answer handed in there (0, 0 for none).
    """

    depth: int = 0
    outputs_depth: int = 0
    closed: bool = True
    outputs: list[tuple[int, int, int, int]] = field(default_factory=list)


def layout_of(data: bytes) -> Layout:
    """Return the layout of JSON ``data``; text that is not JSON has one too.

    Raises
    ------
    RefusedError
        When there are more than ``MAX_TOKENS`` strings and brackets.
    """
    seen = Layout()
    depth = inside = start = answer_depth = answer = answer_end = 0
    string = None
    for number, match in enumerate(_TOKEN.finditer(data)):
        if number > MAX_TOKENS:
            raise RefusedError("le fichier est démesuré : des millions d’éléments.", _LIGHTER)
        place = match.start()
        mark = data[place]
        if mark == _QUOTE:
            string = match
        elif mark in _CLOSE:
            if inside and depth == answer_depth:
                answer_end, answer_depth = match.end(), 0
            if inside and depth == inside:
                seen.outputs.append((start, match.end(), answer, answer_end))
                inside = 0
            depth -= 1
        else:
            depth += 1
            if not inside and mark == _LIST and depth - 1 in _DEPTHS and _is_key(b'"outputs"', string, data, place):
                inside, start, answer, answer_end = depth, place, 0, 0
            elif not inside:
                seen.depth = max(seen.depth, depth)
            else:
                seen.outputs_depth = max(seen.outputs_depth, depth)
                if not answer_depth and mark == _OBJECT and _is_key(_ANSWER, string, data, place):
                    answer, answer_depth = place, depth
    seen.closed = depth == 0
    return seen


def _is_key(name: bytes, string: re.Match[bytes] | None, data: bytes, place: int) -> bool:
    """Whether ``string``, the last one read, is the key ``name`` of the value that begins at ``place``."""
    if string is None or string.end() - string.start() != len(name) or place - string.end() > _GAP:
        return False
    return string.group() == name and data[string.end() : place].strip() == b":"


def lightened(data: bytes, seen: Layout, notes: list[Incident]) -> bytes:
    """Return ``data`` within bounds: outputs too large or too deep are taken out, for they are made again at grading.

    The last answer that each cell handed in is kept: it says on whose variant the notebook was worked.

    Raises
    ------
    RefusedError
        When what is left is too large or nested too deeply.
    """
    if seen.depth > MAX_DEPTH:
        raise RefusedError(f"le fichier imbrique des données sur {seen.depth} niveaux : ce n’est pas un notebook.")
    size = len(data)
    if size > MAX_BYTES or seen.outputs_depth > MAX_DEPTH:
        data = without_outputs(data, seen)
        why = f"trop volumineuses ({size // 2**20} Mio)" if size > MAX_BYTES else "illisibles"
        what = f"les sorties enregistrées, {why}, ont été retirées avant la correction."
        notes.append(Incident("sorties-retirees", what, "Rien à faire : elles sont recalculées à la correction."))
    if len(data) > MAX_BYTES:
        raise RefusedError(f"le fichier dépasse {MAX_BYTES // 2**20} Mio, même sans ses sorties.", _LIGHTER)
    return data


def without_outputs(data: bytes, seen: Layout) -> bytes:
    """Return ``data`` with each list of outputs reduced to the last answer handed in, or to nothing."""
    view, last = memoryview(data), 0
    pieces: list[memoryview | bytes] = []
    for start, end, answer, answer_end in seen.outputs:
        pieces.append(view[last:start])
        pieces.append(_kept(data[answer:answer_end] if answer_end - answer <= MAX_KEPT else b""))
        last = end
    return b"".join([*pieces, view[last:]])


def _kept(answer: bytes) -> bytes:
    if not answer:
        return b"[]"
    return b'[{"output_type": "display_data", "metadata": {}, "data": {"%s": %s}}]' % (MIME.encode(), answer)
