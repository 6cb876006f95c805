"""Read TOML content strictly: an unknown, missing or mistyped key is an error naming the file and the key."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

from casestudies.errors import CasekitError


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
    def read(cls, path: Path, error: type[ContentError]) -> Table:
        """Read the root table of a file."""
        try:
            with path.open("rb") as stream:
                return cls(tomllib.load(stream), path.name, error)
        except FileNotFoundError:
            raise error(f"{path.name} : fichier introuvable dans {path.parent}.") from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as cause:
            raise error(f"{path.name} : TOML illisible ({cause}).") from cause

    def fail(self, key: str, problem: str) -> NoReturn:
        """Refuse the file because of one key."""
        place = f"{self.file}, {self.place}" if self.place else self.file
        raise self.error(f"{place} : clé « {key} » : {problem}.")

    def only(self, *keys: str, optional: tuple[str, ...] = ()) -> Table:
        """Return the table itself, once sure that it holds these keys and no other."""
        for key in self.data:
            if key not in keys and key not in optional:
                self.fail(key, "clé inconnue")
        for key in keys:
            if key not in self.data:
                self.fail(key, "clé absente")
        return self

    def text(self, key: str) -> str:
        """Return a text that is not empty."""
        value = self.data[key]
        if not isinstance(value, str) or not value.strip():
            self.fail(key, "un texte non vide est attendu")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of at least one text, without repetition."""
        value = self.data[key]
        if not isinstance(value, list) or not value:
            self.fail(key, "une liste de textes non vides est attendue")
        if not all(isinstance(item, str) and item.strip() for item in value):
            self.fail(key, "une liste de textes non vides est attendue")
        if len(set(value)) < len(value):
            self.fail(key, "un élément est répété")
        return tuple(value)

    def integer(self, key: str) -> int:
        """Return a whole number."""
        value = self.data[key]
        if not isinstance(value, int) or isinstance(value, bool):
            self.fail(key, "un nombre entier est attendu")
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
            self.fail(key, "« true » ou « false » est attendu")
        return value

    def table(self, key: str) -> Table:
        """Return a sub-table."""
        value = self.data[key]
        if not isinstance(value, dict):
            self.fail(key, "une table est attendue")
        return Table(value, self.file, self.error, f"table « {key} »")

    def tables(self, key: str) -> tuple[Table, ...]:
        """Return a list of tables, each placed by its own code when it has one."""
        value = self.data[key]
        if not isinstance(value, list) or not value or not all(isinstance(item, dict) for item in value):
            self.fail(key, "une liste de tables est attendue")
        return tuple(
            Table(item, self.file, self.error, f"« {key} » n° {number} ({item.get('code', 'sans code')})")
            for number, item in enumerate(value, start=1)
        )
