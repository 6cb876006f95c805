"""Who the learner is: said by the grader, else by the hub, else by the learner once."""

import json
import os
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from casestudies.atomic import write_atomically
from casestudies.errors import CasekitError
from casestudies.seeds import REFERENCE
from casestudies.study import home_of

LEARNER_VARIABLE = "CASEKIT_LEARNER"
DRAW_VARIABLE = "CASEKIT_DRAW"
GRADING_VARIABLE = "NBGRADER_EXECUTION"
HUB_VARIABLE = "JUPYTERHUB_USER"
STATE_FOLDER = ".casekit"
MAX_LENGTH = 200


def being_graded() -> bool:
    """Return whether this process runs a notebook to grade it: nobody looks at what it shows."""
    return os.environ.get(GRADING_VARIABLE) == "autograde"


@dataclass(frozen=True)
class Identity:
    """The learner's identifier and, when the grader imposes it, the draw.

    ``before`` is the identifier that this folder knew, when it is another one.
    """

    learner: str
    draw: int | None = None
    before: str = ""

    @property
    def is_reference(self) -> bool:
        """Whether nobody gave a name, so that the reference edition is shown."""
        return self.learner == REFERENCE

    @property
    def is_likely_slip(self) -> bool:
        """Whether the identifier is the one known before but for case, accents, spaces and dots."""
        return bool(self.before) and _bare(self.before) == _bare(self.learner)


def _bare(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(character for character in plain if character.isalnum())


def normal_form(name: str) -> str:
    r"""Return an identifier in the one form in which the kit compares and hashes it: NFC, no outer spaces.

    >>> normal_form("zoe\u0301 ") == "zo\u00e9"
    True
    """
    return unicodedata.normalize("NFC", name).strip()


def normalise(name: str) -> str:
    """Return the identifier of somebody in its normal form.

    Raises
    ------
    CasekitError
        When the identifier is too long or holds control characters.
    """
    cleaned = normal_form(str(name))
    if len(cleaned) > MAX_LENGTH:
        raise CasekitError(f"L’identifiant est trop long : {MAX_LENGTH} caractères au plus.")
    if any(unicodedata.category(character) == "Cc" for character in cleaned):
        raise CasekitError("L’identifiant contient un caractère invisible : retapez-le.")
    return cleaned


def identify(given: str, folder: Path, environment: Mapping[str, str] | None = None) -> Identity:
    """Return who works here.

    The grader's variable wins, then the hub's user, then the name ``given`` (kept for next time, once for all the
    notebooks of a study folder), then the name kept earlier, then the reference edition.
    """
    variables = os.environ if environment is None else environment
    if variables.get(LEARNER_VARIABLE):
        draw = variables.get(DRAW_VARIABLE, "")
        return Identity(normalise(variables[LEARNER_VARIABLE]), int(draw) if draw.isdigit() else None)
    if variables.get(HUB_VARIABLE):
        return Identity(normalise(variables[HUB_VARIABLE]))
    name, known = normalise(given), known_learner(folder)
    if not name:
        return Identity(known or REFERENCE)
    found = Identity(name, before=known if known != name else "")
    if not found.is_likely_slip:  # until it is settled, the folder stays the first one's
        keep_learner(name, folder)
    return found


def known_learner(folder: Path) -> str:
    """Return the identifier that a folder keeps, or the study folder that it stands in; empty when there is none."""
    kept = (read_json(_kept_in(place)).get("identifiant", "") for place in (home_of(folder), folder))
    return next((name for name in map(normalise, map(str, kept)) if name), "")


def keep_learner(name: str, folder: Path) -> None:
    """Keep an identifier for next time, once for all the notebooks of a study folder."""
    write_json(_kept_in(home_of(folder)), {"identifiant": name})


def _kept_in(folder: Path) -> Path:
    return folder / STATE_FOLDER / "identite.json"


def read_json(path: Path) -> dict[str, object]:
    """Return the object kept in ``path``, or nothing when it is missing or damaged."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def write_json(path: Path, content: object) -> bool:
    """Write ``content`` whole or not at all; return whether it could be written."""
    try:
        write_atomically(path, json_bytes(content))
    except OSError:
        return False
    return True


def json_bytes(content: object) -> bytes:
    """Return plain data as the kit's JSON files hold it."""
    return json.dumps(content, ensure_ascii=False, indent=1).encode()
