"""Names that hide who is who, the same in every export of a course: a keyed hash, whose key stays in the course."""

import base64
import hashlib
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from autograder.course.class_list import Learner
from autograder.course.course import Course
from autograder.privacy.masking import People
from casestudies.errors import CasekitError, why

KEY_FILE = Path("build") / "pseudonymes.cle"
KEY_BYTES = 32


class Pseudonyms:
    """The pseudonyms of a course's people."""

    def __init__(self, course: Course, learners: Iterable[Learner], markers: Iterable[str]) -> None:
        """Take in the people; the key is made the first time."""
        self._key = _key_of(course.root / KEY_FILE)
        known, read_by = list(learners), list(markers)
        self._people = People(known, read_by)
        self._of = {one.id: self.of(one.id) for one in known} | {name: self.marker(name) for name in read_by}

    def of(self, learner: str) -> str:
        """Return a learner's pseudonym."""
        return f"a-{self._hash('apprenant', learner)}"

    def marker(self, name: str) -> str:
        """Return a marker's pseudonym."""
        return f"r-{self._hash('relecteur', name)}"

    def masked(self, text: str, learner: str) -> str:
        """Return a text about a learner in which everybody is under their pseudonym."""
        return self._people.mask(text, self._of, learner)

    def _hash(self, kind: str, name: str) -> str:
        digest = hashlib.blake2b(name.encode("utf-8", "surrogateescape"), key=self._key, digest_size=10,
                                 person=kind.encode()).digest()  # fmt: skip
        return base64.b32encode(digest).decode().lower()


def _key_of(path: Path) -> bytes:
    """Return the key kept at ``path``, made there when there is none; two makers at once keep the first one's."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            temporary = path.with_name(f"{path.name}.{os.getpid()}")
            temporary.touch(mode=0o600)
            temporary.write_bytes(secrets.token_bytes(KEY_BYTES))
            try:
                os.link(temporary, path)
            except FileExistsError:
                pass
            finally:
                temporary.unlink()
        key = path.read_bytes()
    except OSError as error:
        raise CasekitError(f"La clé des pseudonymes {path} ne peut pas être lue ni écrite ({why(error)}).") from error
    if len(key) != KEY_BYTES:
        raise CasekitError(
            f"La clé des pseudonymes {path} est abîmée : supprimez-la pour en refaire une ; les pseudonymes changeront."
        )
    return key
