"""The answer codec: what a learner hands in, as plain data that needs neither pickle nor eval to be read back.

``encode`` runs in the learner's process and never raises for a strange object: it writes down that the object cannot
be read and why. ``decode`` runs in the trusted process and believes nothing: kinds, types and sizes are checked again.
"""

import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from numbers import Integral, Real
from typing import Any

import numpy as np
import pandas as pd

from casestudies.charts import Chart, chart_to_data, data_to_chart, is_chart
from casestudies.quoting import quoted

MIME = "application/vnd.casekit.answer+json"
"""The MIME type under which a locked cell hands in its answer."""

MAX_BYTES = 256 * 1024
MAX_CELLS = 20_000
MAX_DEPTH = 3

Scalar = None | bool | float | str | date
Value = Scalar | list[Any] | dict[str, Any] | pd.DataFrame | Chart
"""What ``decode`` returns. Numbers are floats; a mapping comes from a dict or a Series."""


@dataclass(frozen=True)
class Unreadable:
    """An answer that could not be read, with the reason in French."""

    reason: str


_OWN_REASONS = re.compile(
    r"La réponse est trop volumineuse : \d{1,9} Kio au plus\."
    r"|Cet objet n’a pas pu être lu \(« [\w.]{1,60} »\)\."
    r"|La réponse contient trop de niveaux de listes imbriquées\."
    r"|Vous avez donné une fonction : donnez son résultat \(il manque peut-être les parenthèses\)\."
    r"|Un objet de type « [\w.]{1,60} » ne peut pas être une réponse\."
    r"|Ce nombre entier est démesuré\."
    r"|Le résultat n’est pas un nombre \(NaN ou infini\) : un calcul a divisé par zéro ou lu un vide\."
    r"|Une case du tableau ne contient ni nombre, ni texte, ni date\."
    r"|La réponse compte \d{1,12} cases : \d{1,12} au plus\. Donnez le résultat, pas les données\."
    r"|La réponse enregistrée est abîmée( ou démesurée)?\."
)
"""The sentences that ``encode`` writes: the payload comes from the learner's process, which may write any other."""


class _RefusedError(Exception):
    """Carries the French reason why an object cannot be an answer."""


def encode(value: object) -> dict[str, Any]:
    """Return the JSON-ready form of ``value``; an object that cannot be an answer becomes ``kind: unreadable``.

    >>> encode(0.5)
    {'kind': 'number', 'value': 0.5}
    >>> encode("12,5 %")
    {'kind': 'text', 'value': '12,5 %'}
    >>> encode(print)["kind"]
    'unreadable'
    """
    try:
        data = _encode(value, 0)
        if len(json.dumps(data, ensure_ascii=False).encode("utf-8", "replace")) > MAX_BYTES:
            raise _RefusedError(f"La réponse est trop volumineuse : {MAX_BYTES // 1024} Kio au plus.")
    except _RefusedError as refusal:
        return {"kind": "unreadable", "reason": str(refusal)}
    except Exception as error:  # an object may raise anything while it is looked at
        return {"kind": "unreadable", "reason": f"Cet objet n’a pas pu être lu ({quoted(type(error).__name__)})."}
    return data


def _encode(value: object, depth: int) -> dict[str, Any]:
    if depth > MAX_DEPTH:
        raise _RefusedError("La réponse contient trop de niveaux de listes imbriquées.")
    scalar = _encode_scalar(value)
    if scalar is not None:
        return scalar
    if isinstance(value, pd.DataFrame):
        return _encode_frame(value)
    if isinstance(value, pd.Series):
        return _encode_mapping(zip(value.index, value, strict=True), len(value), depth)
    if isinstance(value, Mapping):
        return _encode_mapping(value.items(), len(value), depth)
    if is_chart(value):
        return {"kind": "chart", **chart_to_data(value)}
    if isinstance(value, np.ndarray | pd.Index | list | tuple | set | frozenset):
        return _encode_list(value, depth)
    if callable(value):
        raise _RefusedError("Vous avez donné une fonction : donnez son résultat (il manque peut-être les parenthèses).")
    raise _RefusedError(f"Un objet de type {quoted(type(value).__name__)} ne peut pas être une réponse.")


def _encode_scalar(value: object) -> dict[str, Any] | None:
    if value is None or value is pd.NA or value is pd.NaT:
        return {"kind": "none"}
    if isinstance(value, bool | np.bool_):
        return {"kind": "boolean", "value": bool(value)}
    if isinstance(value, str):
        return {"kind": "text", "value": str(value)}
    if isinstance(value, Decimal | Real):
        return _encode_number(value)
    if isinstance(value, np.datetime64):
        value = pd.Timestamp(value)
    if isinstance(value, datetime | date):
        return {"kind": "date", "value": value.isoformat()[:10]}
    if isinstance(value, np.ndarray) and value.size == 1:
        return _encode_scalar(value.item())
    return None


def _encode_number(value: Decimal | Real) -> dict[str, Any]:
    if isinstance(value, Integral) and abs(int(value)) > 10**300:
        raise _RefusedError("Ce nombre entier est démesuré.")
    number = float(value)
    if not math.isfinite(number):
        raise _RefusedError(
            "Le résultat n’est pas un nombre (NaN ou infini) : un calcul a divisé par zéro ou lu un vide."
        )
    return {"kind": "number", "value": number}


def _encode_list(values: Iterable[object], depth: int) -> dict[str, Any]:
    items = list(values)
    _limit(len(items))
    if items and all(isinstance(item, Mapping) for item in items):
        return _encode_frame(pd.DataFrame(items))
    return {"kind": "list", "items": [_encode(item, depth + 1) for item in items]}


def _encode_mapping(pairs: Iterable[tuple[object, object]], size: int, depth: int) -> dict[str, Any]:
    _limit(size)
    items = list(pairs)
    if items and all(isinstance(content, list | tuple) for _, content in items):
        return _encode_frame(pd.DataFrame({str(name): list(content) for name, content in items}))  # type: ignore[call-overload]
    return {"kind": "mapping", "items": [[_label(name), _encode(content, depth + 1)] for name, content in items]}


def _encode_frame(frame: pd.DataFrame) -> dict[str, Any]:
    if any(name is not None for name in frame.index.names) or not _is_counter(frame.index):
        frame = frame.reset_index()
    _limit(frame.shape[0] * max(frame.shape[1], 1))
    columns = [_label(name) for name in frame.columns]
    rows = [[_cell(item) for item in row] for row in frame.itertuples(index=False, name=None)]
    return {"kind": "table", "columns": columns, "rows": rows}


def _is_counter(index: pd.Index) -> bool:
    """Say whether an unnamed index only counts rows, whatever their order."""
    return isinstance(index, pd.RangeIndex) or bool(pd.api.types.is_integer_dtype(index.dtype))


def _label(name: object) -> str:
    if isinstance(name, tuple):
        return " ".join(str(part) for part in name if str(part))
    if isinstance(name, pd.Timestamp):
        return name.date().isoformat()
    return str(name)


def _cell(item: object) -> dict[str, Any]:
    if isinstance(item, float) and math.isnan(item):
        return {"kind": "none"}
    scalar = _encode_scalar(item)
    if scalar is None:
        raise _RefusedError("Une case du tableau ne contient ni nombre, ni texte, ni date.")
    return scalar


def _limit(cells: int) -> None:
    if cells > MAX_CELLS:
        raise _RefusedError(
            f"La réponse compte {cells} cases : {MAX_CELLS} au plus. Donnez le résultat, pas les données."
        )


def decode(data: object) -> Value | Unreadable:
    """Return the value that ``encode`` wrote, or ``Unreadable`` for anything else.

    >>> decode({"kind": "number", "value": 0.5})
    0.5
    >>> decode({"kind": "number", "value": "0.5"}).reason
    'La réponse enregistrée est abîmée.'
    """
    try:
        if len(json.dumps(data).encode()) > 4 * MAX_BYTES:
            return Unreadable(f"La réponse est trop volumineuse : {MAX_BYTES // 1024} Kio au plus.")
        return _decode(data, 0)
    except (TypeError, ValueError, KeyError, RecursionError, OverflowError):
        return Unreadable("La réponse enregistrée est abîmée.")


def settled(data: object) -> dict[str, Any] | None:
    """Return an answer as plain data worth keeping: None when there is none, ``unreadable`` when it is out of bounds.

    What arrives was made by a learner's code: its size and depth are bounded here, before anything else looks at it.
    """
    if data is None:
        return None
    try:
        if _shallow(data, MAX_DEPTH * 4):
            text = json.dumps(data, allow_nan=False)
            plain = json.loads(text)
            if len(text) <= 4 * MAX_BYTES and isinstance(plain, dict):
                return plain
    except (TypeError, ValueError, RecursionError):
        pass
    return {"kind": "unreadable", "reason": "La réponse enregistrée est abîmée ou démesurée."}


def _shallow(data: object, left: int) -> bool:
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return left > 0 and all(_shallow(item, left - 1) for item in inner)


def _decode(data: object, depth: int) -> Value | Unreadable:
    if not isinstance(data, dict) or depth > MAX_DEPTH + 1:
        raise ValueError("not an answer")
    kind = data["kind"]
    if kind == "unreadable":
        return Unreadable(_reason(_text(data["reason"])))
    if kind == "table":
        return _decode_frame(data)
    if kind == "list":
        return [_decode(item, depth + 1) for item in _sequence(data["items"])]
    if kind == "mapping":
        return {_text(name): _decode(item, depth + 1) for name, item in map(_pair, _sequence(data["items"]))}
    if kind == "chart":
        return data_to_chart(data)
    return _decode_scalar(data)


def _decode_scalar(data: dict[str, Any]) -> Scalar:
    kind, content = data["kind"], data.get("value")
    if kind == "none":
        return None
    if kind == "boolean" and isinstance(content, bool):
        return content
    if kind == "text":
        return _text(content)
    if kind == "date":
        return date.fromisoformat(_text(content))
    if kind == "number" and isinstance(content, int | float) and not isinstance(content, bool):
        number = float(content)
        if math.isfinite(number):
            return number
    raise ValueError("not an answer")


def _decode_frame(data: dict[str, Any]) -> pd.DataFrame:
    columns = [_text(name) for name in _sequence(data["columns"])]
    rows = [[_decode_scalar(cell) for cell in _sequence(row)] for row in _sequence(data["rows"])]
    if any(len(row) != len(columns) for row in rows):
        raise ValueError("ragged table")
    return pd.DataFrame(rows, columns=columns, dtype=object)


def _sequence(content: object) -> list[Any]:
    if not isinstance(content, list) or len(content) > MAX_CELLS:
        raise ValueError("not a list")
    return content


def _pair(content: object) -> tuple[Any, Any]:
    first, second = _sequence(content)
    return first, second


def _text(content: object) -> str:
    if not isinstance(content, str):
        raise ValueError("not a text")
    return content


def _reason(given: str) -> str:
    """Return a reason of the kit's own as it is; any other was written by the copy, and is quoted as its words."""
    return given if _OWN_REASONS.fullmatch(given) else f"La copie a écrit à la place de la réponse : {quoted(given)}."
