"""Read TOML content strictly: an unknown, missing or mistyped key is an error naming the file and the key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any, NoReturn, TypeVar, get_origin, get_type_hints

from casestudies.errors import CasekitError

Record = TypeVar("Record")

_ACCEPTED: dict[type, tuple[type, ...]] = {float: (float, int), tuple: (list,)}
"""What TOML writes for a type, when it is not the type itself: a whole number is a number, a tuple is a list."""


class ContentError(CasekitError):
    """A content file does not say what it must; the message is French and names the file and the key."""


@dataclass(frozen=True)
class Table:
    """One TOML table that knows where it stands, so that each of its errors can say so."""

    data: dict[str, Any]
    file: str
    error: type[ContentError]
    place: str = ""

    @classmethod
    def read(cls, path: Path, error: type[ContentError], settle: Callable[[str], str] = str) -> Table:
        """Read the root table of a file, whose text goes through ``settle`` first."""
        try:
            return cls(tomllib.loads(settle(path.read_text(encoding="utf-8-sig"))), path.name, error)
        except FileNotFoundError:
            raise error(f"{path.name} : fichier introuvable dans {path.parent}.") from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as cause:
            raise error(f"{path.name} : TOML illisible ({_where(cause)}).") from cause

    def fail(self, key: str, problem: str) -> NoReturn:
        """Refuse the file because of one key."""
        place = f"{self.file}, {self.place}" if self.place else self.file
        raise self.error(f"{place} : clé « {key} » : {problem}.")

    def only(self, *keys: str, optional: tuple[str, ...] = ()) -> Table:
        """Return the table itself, once sure that it holds these keys and no other."""
        for key in self.data:
            if key not in keys and key not in optional:
                self.fail(key, "clé inconnue")
        for key in keys:
            if key not in self.data:
                self.fail(key, "clé absente")
        return self

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text that is not empty; ``default``, when there is one, for an absent key."""
        if default is not None and key not in self.data:
            return default
        value = self.data[key]
        if not isinstance(value, str) or not value.strip():
            self.fail(key, "un texte non vide est attendu")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of at least one text, without repetition."""
        value = self.data[key]
        if not isinstance(value, list) or not value or not all(isinstance(one, str) and one.strip() for one in value):
            self.fail(key, "une liste de textes non vides est attendue")
        if len(set(value)) < len(value):
            self.fail(key, "un élément est répété")
        return tuple(value)

    def one_of(self, key: str, known: Sequence[str], default: str | None = None) -> str:
        """Return one of the values that a key can have; ``default``, when there is one, for an absent key."""
        value = self.text(key, default)
        if key in self.data and value not in known:
            listed = ", ".join(f"« {one} »" for one in known)
            self.fail(key, f"« {value[:40]} » n’est pas l’une des valeurs permises : {listed}")
        return value

    def integer(self, key: str, least: int | None = None, most: int | None = None) -> int:
        """Return a whole number, from ``least`` to ``most`` when they are said."""
        value = self.data[key]
        if not isinstance(value, int) or isinstance(value, bool):
            self.fail(key, "un nombre entier est attendu")
        if least is not None and most is not None and not least <= value <= most:
            self.fail(key, f"un nombre entier de {least} à {most} est attendu")
        return value

    def day(self, key: str) -> date:
        """Return a day."""
        value = self.data[key]
        if not isinstance(value, date) or isinstance(value, datetime):
            self.fail(key, "une date est attendue, comme 2026-11-25")
        return value

    def flag(self, key: str) -> bool:
        """Return true or false; an absent optional flag is false."""
        value = self.data.get(key, False)
        if not isinstance(value, bool):
            self.fail(key, "« true » ou « false » est attendu")
        return value

    def table(self, key: str) -> Table:
        """Return a sub-table."""
        value = self.data[key]
        if not isinstance(value, dict):
            self.fail(key, "une table est attendue")
        return Table(value, self.file, self.error, f"table « {key} »")

    def tables(self, key: str, name: str = "code") -> tuple[Table, ...]:
        """Return a list of tables, each placed by what it has under the key ``name``."""
        value = self.data[key]
        if not isinstance(value, list) or not value or not all(isinstance(item, dict) for item in value):
            self.fail(key, "une liste de tables est attendue")
        return tuple(
            Table(item, self.file, self.error, f"« {key} » n° {number} ({item.get(name, f'sans {name}')})")
            for number, item in enumerate(value, start=1)
        )

    def rows(self, key: str, /, **columns: type) -> tuple[tuple[Any, ...], ...]:
        """Return the ``rows`` of a sub-table whose ``columns`` are these, each value of the type of its column."""
        table = self.table(key).only("columns", "rows")
        if table.data["columns"] != list(columns):
            table.fail("columns", f"les colonnes attendues sont {', '.join(columns)}")
        rows = table.data["rows"]
        if not isinstance(rows, list) or not rows:
            table.fail("rows", "une liste de lignes est attendue")
        for number, row in enumerate(rows, start=1):
            if not isinstance(row, list) or len(row) != len(columns):
                table.fail("rows", f"ligne {number} : {len(columns)} valeurs sont attendues")
            for value, (name, kind) in zip(row, columns.items(), strict=True):
                if type(value) not in _ACCEPTED.get(kind, (kind,)):
                    table.fail("rows", f"ligne {number}, colonne « {name} » : {value!r} n’est pas du bon type")
        return tuple(map(_frozen, rows))

    def records(self, key: str, kind: type[Record]) -> tuple[Record, ...]:
        """Return the rows of a sub-table as instances of a dataclass, whose fields are its columns."""
        hints = get_type_hints(kind)
        columns = {field.name: get_origin(hints[field.name]) or hints[field.name] for field in fields(kind)}  # type: ignore[arg-type]
        return tuple(kind(*row) for row in self.rows(key, **columns))


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def packaged(package: str, name: str, settle: Callable[[str], str] = str) -> Table:
    """Return the root table of a file of data that stands in a package."""
    return Table.read(Path(str(files(package))) / name, ContentError, settle)


def _where(cause: ValueError) -> str:
    """Return what stops the reading of a file, and on which line: the library says it in English."""
    if isinstance(cause, UnicodeDecodeError):
        return "il n’est pas enregistré en UTF-8"
    place = re.search(r"at line (\d+), column (\d+)", str(cause))
    return f"ligne {place[1]}, signe {place[2]}" if place else "il s’arrête avant la fin d’une valeur"
