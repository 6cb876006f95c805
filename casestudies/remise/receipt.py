"""The receipt of what was handed in: who, what, when, and a fingerprint of every file.

It is written by the learner's own machine and signed by nobody: it tells an accident (a file changed, lost or added on
the way), it proves nothing against somebody who wants to deceive.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from casestudies import __version__
from casestudies.identity import json_bytes
from casestudies.seeds import DATA_VERSION

NAME = "recu.json"
FORM = "casekit-recu-1"
MAX_BYTES = 2**20
MAX_FILES = 500
LONGEST = 300
"""The longest name or text that is read, in characters."""
_TIME = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True)
class Receipt:
    """What a receipt says: learner, assignment, time in UTC (without a zone), fingerprint of each file by its path."""

    learner: str
    assignment: str
    moment: datetime
    files: Mapping[str, str] = field(default_factory=dict)
    kit: str = __version__
    data: str = DATA_VERSION

    @property
    def fingerprint(self) -> str:
        """A short fingerprint of all that it says, to compare by eye: four groups of four signs."""
        told = json.dumps(self._content(), ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogateescape")
        digits = hashlib.blake2b(told, digest_size=8).hexdigest().upper()
        return "-".join(digits[start : start + 4] for start in range(0, 16, 4))

    def to_bytes(self) -> bytes:
        """Return the file of the receipt."""
        return json_bytes({**self._content(), "empreinte": self.fingerprint})

    def _content(self) -> dict[str, object]:
        return {
            "forme": FORM, "identifiant": self.learner, "evaluation": self.assignment,
            "remis_le": self.moment.strftime(_TIME), "version_du_kit": self.kit, "version_des_donnees": self.data,
            "fichiers": dict(sorted(self.files.items())),
        }  # fmt: skip


class DamagedReceiptError(Exception):
    """The file is not a receipt, or what it says was changed since it was written."""


def fingerprint_of(content: bytes) -> str:
    """Return the fingerprint of one file.

    >>> fingerprint_of(b"")
    'cae66941d9efbd404e4d88758ea67670'
    """
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def now() -> datetime:
    """Return the time in UTC, without a zone, to the second."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def read_receipt(content: bytes) -> Receipt:
    """Return what a receipt says; sizes and types are checked, since anybody may write anything.

    Raises
    ------
    DamagedReceiptError
        When it is none, or when its own fingerprint is not that of what it says.
    """
    try:
        if len(content) > MAX_BYTES:
            raise ValueError("too large")
        told = json.loads(content.decode("utf-8"))
        if not isinstance(told, dict) or told.get("forme") != FORM:
            raise ValueError("another form")
        files = told["fichiers"]
        if not isinstance(files, dict) or len(files) > MAX_FILES:
            raise ValueError("too many files")
        receipt = Receipt(
            _text(told["identifiant"]), _text(told["evaluation"]), datetime.strptime(_text(told["remis_le"]), _TIME),
            {_text(name): _text(digest) for name, digest in files.items()},
            _text(told["version_du_kit"]), _text(told["version_des_donnees"]),
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise DamagedReceiptError from error
    if told.get("empreinte") != receipt.fingerprint:
        raise DamagedReceiptError
    return receipt


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST:
        raise TypeError(type(value))
    value.encode("utf-8")  # half a character is no text
    return value
