"""Where what a learner revises is kept: one folder for all the notebooks of a study folder."""

import hashlib
from pathlib import Path

from casestudies.identity import STATE_FOLDER, normal_form
from casestudies.study import home_of


def kept_file(folder: Path, learner: str, kind: str) -> Path:
    """Return the file of one learner: identifiers may hold any sign, so its name is a hash of theirs."""
    digest = hashlib.blake2b(normal_form(learner).encode(), digest_size=8).hexdigest()
    return home_of(folder) / STATE_FOLDER / "revision" / f"{digest}-{kind}.json"
