"""When a copy was handed in: what its ``timestamp.txt`` says, else its receipt, not believed when it cannot be true.

The text comes from nbgrader's exchange, or from the learner; the receipt, from the learner's machine. The rule:

1. It is read in the forms that nbgrader writes, and no other; a text that cannot be read is replaced by the date of the
   file itself, as the disk gives it.
2. A time later than the file's own date, or than now, by more than ``TOLERANCE`` (a time zone left out) cannot be true:
   the file's date is kept instead.
3. An earlier time is ordinary: a copy that is collected or downloaded is dated from that day. It is kept. When it alone
   puts the copy before the due date, it is kept too, but said, for the trainer to compare with the platform's receipt.
"""

import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

from autograder.grading.records import Incident
from autograder.grading.triage.files import opened
from casestudies.remise.receipt import MAX_BYTES, DamagedReceiptError, read_receipt
from casestudies.remise.receipt import NAME as RECEIPT

NAME = "timestamp.txt"
LONGEST = 64
"""The longest text that is read, in characters."""
FIRST_YEAR, LAST_YEAR = 2000, 2100
TOLERANCE = timedelta(days=1)
CODE = "date-de-remise"
_FORM = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)[T ](?P<clock>\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)"
    r" ?(?P<zone>[+-]\d\d:?\d\d|[A-Za-z][A-Za-z0-9_+/-]{0,31})?",
    re.ASCII,
)
_HOURS = {"Z": 0, "UTC": 0, "GMT": 0, "CET": 1, "CEST": 2}


@dataclass(frozen=True)
class HandInTime:
    """The time that is kept, in UTC without a zone (None when none is written), and what must be said of it."""

    kept: datetime | None = None
    incident: Incident | None = None


def read_time(text: str) -> datetime | None:
    """Return a time in UTC, without a zone, None for what is not a time; a text without a zone is taken as UTC.

    >>> read_time("2015-02-02 15:58:23.948203 America/Los_Angeles")
    datetime.datetime(2015, 2, 2, 23, 58, 23, 948203)
    >>> read_time("2015-02-02T15:58:23+01:00")
    datetime.datetime(2015, 2, 2, 14, 58, 23)
    >>> read_time("-2400…9١h1:") is read_time("3015-02-02 15:58") is None
    True
    """
    match = _FORM.fullmatch(text) if len(text) <= LONGEST else None
    if match is None:
        return None
    try:
        clock = match["clock"] if "." not in match["clock"] else match["clock"].ljust(15, "0")
        found = datetime.fromisoformat(f"{match['day']}T{clock}").replace(tzinfo=_zone(match["zone"] or "UTC"))
        if FIRST_YEAR <= found.year <= LAST_YEAR:
            return found.astimezone(UTC).replace(tzinfo=None)
    except (ValueError, OverflowError, LookupError, OSError):  # no such day, no such zone
        pass
    return None


def _zone(name: str) -> timezone | ZoneInfo:
    if name[0] in "+-":
        sign, digits = name[0], name[1:].replace(":", "")
        offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        return timezone(-offset if sign == "-" else offset)
    return timezone(timedelta(hours=_HOURS[name])) if name in _HOURS else ZoneInfo(name)


def hand_in_time(folder: Path, due: datetime | None = None) -> HandInTime:
    """Return when the submission in ``folder`` was handed in; ``due`` is in UTC, without a zone.

    The receipt counts only where there is no ``timestamp.txt``: the platform knows better than the learner's clock.

    Raises
    ------
    RefusedError
        When there is something else than an ordinary file under that name.
    """
    name = next((one for one in (NAME, RECEIPT) if os.path.lexists(folder / one)), "")
    if not name:
        return HandInTime()
    with opened(folder / name) as file:
        written = _receipt_time(file.read(MAX_BYTES + 1)) if name == RECEIPT else _stamp(file.read(4 * LONGEST + 1))
        dated = datetime.fromtimestamp(os.fstat(file.fileno()).st_mtime, UTC).replace(tzinfo=None)
    return judged(written, dated, datetime.now(UTC).replace(tzinfo=None), due, name)


def _stamp(content: bytes) -> str:
    return content.decode("utf-8", "replace").strip()


def _receipt_time(content: bytes) -> str:
    """Return the time of a receipt, empty when it cannot be read: that is said where its files are compared."""
    try:
        return f"{read_receipt(content).moment:%Y-%m-%d %H:%M:%S} UTC"
    except DamagedReceiptError:
        return ""


def judged(written: str, dated: datetime, now: datetime, due: datetime | None = None, name: str = NAME) -> HandInTime:
    """Return the time to keep of one ``written`` in the file ``name``, ``dated`` by the disk; all in UTC, no zone."""
    if not written:
        return HandInTime()
    dated = min(dated, now)
    read = read_time(written)
    if read is None:
        what = f"La date de remise écrite dans « {name} » ne peut pas être lue : celle du fichier, le {_said(dated)}, "
        return HandInTime(dated, Incident(CODE, f"{what}a été gardée.", "Comparez-la au dépôt de la plateforme."))
    if read > dated + TOLERANCE:
        when = "dans le futur" if read > now else f"après le fichier lui-même, qui est du {_said(dated)}"
        what = f"La date de remise écrite dans « {name} » ({_said(read)}) est {when} : "
        what += f"celle du fichier ({_said(dated)}) a été gardée."
        return HandInTime(dated, Incident(CODE, what, "Comparez-la au dépôt de la plateforme."))
    if due is not None and read <= due < dated - TOLERANCE:
        what = f"La date de remise écrite dans « {name} » ({_said(read)}) est avant l’échéance ({_said(due)}), mais le "
        what += f"fichier est du {_said(dated)}, {(dated - read).days} jour(s) après : la date écrite a été gardée."
        advice = "Si la copie a été collectée ce jour-là, rien à faire ; sinon, comparez au dépôt de la plateforme."
        return HandInTime(read, Incident(CODE, what, advice))
    return HandInTime(read)


def _said(when: datetime) -> str:
    return f"{when:%d/%m/%Y à %H:%M} UTC"
