"""Which référentiel and which rubrics were in force: digests to write beside what was decided on them."""

from functools import cache
from hashlib import sha256

from autograder.referentiel import load_rubrics
from autograder.referentiel.loader import FOLDER


@cache
def referentiel_digest() -> str:
    """Return the SHA-256 of the files of the référentiel, in the order of their names."""
    found = sha256()
    for path in sorted(FOLDER.glob("*.toml")):
        found.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


def rubric_digests() -> dict[str, str]:
    """Return the digest of each rubric, by criterion."""
    return {code: rubric.digest for code, rubric in load_rubrics().items()}
