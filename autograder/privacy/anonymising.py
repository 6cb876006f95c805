"""A copy of a course that names nobody: other identifiers at random, no names, texts masked, pictures left out.

The figures of a variant come from a hash of the learner's identifier, so a copy under other identifiers cannot be
graded again: its results are kept as they are, and the copy refuses to be graded, by casekit and by nbgrader.
"""

import json
import os
import secrets
import shutil
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from autograder.course.class_list import Learner
from autograder.course.course import LEARNERS_FILE, Course
from autograder.course.creation import write_config
from autograder.grading.history import read_history
from autograder.grading.triage.files import SET_ASIDE
from autograder.privacy import places
from autograder.privacy.copying import copy_gradebook, markers_of
from autograder.privacy.database import exists, opened
from autograder.privacy.law import CHECKED, SOURCE
from autograder.privacy.masking import People
from autograder.privacy.notebooks import masked, masked_notebook
from autograder.privacy.ordinary import common_names, ordinary_words
from autograder.sheets.centre import FILE as CENTRE_FILE
from autograder.sheets.files import write_whole
from casestudies.company import COMPANIES
from casestudies.errors import CasekitError, why
from casestudies.identity import read_json, write_json
from casestudies.livrables import deliverables
from casestudies.remise.receipt import NAME as RECEIPT
from casestudies.spreadsheets import safe_for_csv
from casestudies.typography import french
from casestudies.valorisation.forms import FORMS as OWN_FORMS
from casestudies.variants import DRAWS_FILE, draw_key

README = "LISEZMOI.txt"
TEXTS = frozenset({".csv", ".tsv", ".txt", ".md", ".json"})
"""The files of a submission that are copied, besides notebooks: those whose every word can be masked."""
LARGEST = 20 * 2**20
"""Bytes above which such a file is left out."""
WIDTH = 100
PARAGRAPHS = (
    "Copie sans identité d’un cours casekit",
    "Ce dossier est la copie d’un cours dans laquelle {learners} apprenant(s) et {markers} relecteur(s) portent un "
    "pseudonyme tiré au sort (P01, R01…). Prénoms, noms, adresses et notes privées n’y sont pas ; les noms cités dans "
    "les textes sont masqués ; les images des notebooks sont retirées ; {left_out} fichier(s) qui ne sont pas du "
    "texte, sont abîmés, ou racontent un parcours professionnel (dossier de valorisation), ne sont pas copiés. Un "
    "fichier que la personne avait nommé elle-même s’appelle annexe-001.",
    "Ce qui est cherché : identifiants, adresses, prénoms et noms, dans les deux ordres, sans accents ni majuscules, "
    "par moitiés (« Claire » pour « Marie-Claire »), par initiales, collés comme dans un nom de compte, en codes "
    "(JSON, adresses web, HTML), jusque dans les noms de champs des métadonnées ; le nom de tout dossier personnel "
    "(/home/…, C:\\Users\\…).",
    "Ce qui ne peut pas l’être, à relire avant de la donner : {unknown}.",
    "{common}",
    "Ce qu’elle permet : lire les copies et les réponses, relire, mesurer l’accord entre relecteurs, écrire les fiches "
    "et les exports (« casekit sheets », « casekit export »).",
    "Ce qu’elle ne permet pas : corriger de nouveau. Les chiffres d’une variante dépendent de l’identifiant d’origine. "
    "Les résultats sont donc gardés tels qu’ils étaient, et « casekit grade », « casekit regrade » et la correction de "
    "nbgrader refusent de travailler ici. La graine que les fiches rappellent n’est pas celle d’origine.",
    "Ce qu’elle est en droit : des données pseudonymes, pas anonymes. Qui possède la liste de la classe et le kit peut "
    "recalculer les chiffres de chacun et retrouver à qui est une copie. Elle reste donc une donnée personnelle : "
    f"règlement (UE) 2016/679 (RGPD), art. 4, point 5, et considérant 26 ({SOURCE}, vérifié le {CHECKED}).",
)
"""What the copy says of itself."""
UNKNOWN = (
    "un surnom ou une faute dans un nom",
    "les noms de personnes qui ne sont pas du cours",
    "une histoire reconnaissable",
    "un nom dessiné, ou écrit lettre à lettre par un programme",
    "ce que montre une image citée par son adresse",
)
"""What no program knows to be somebody’s."""
COMMON = "Sans majuscule, ces noms sont aussi des mots, et restent : {names}."
MOST_COMMON = 40
"""Most such names listed one by one."""


@dataclass
class Copied:
    """What an anonymous copy holds, how many files were left out of it, the names in it that are words too."""

    folder: Path
    learners: dict[str, str] = field(default_factory=dict)
    markers: dict[str, str] = field(default_factory=dict)
    left_out: int = 0
    common: tuple[str, ...] = ()


def anonymise(course: Course, target: Path) -> Copied:
    """Write a copy of ``course`` in ``target`` under other names, whole or not at all.

    Raises
    ------
    CasekitError
        When ``target`` holds something already, stands in the course, or cannot be written; when nothing was released.
    """
    target = target.resolve()
    if target.is_relative_to(course.root):
        raise CasekitError(f"Le dossier {target} est dans le cours : choisissez-en un autre, à côté.")
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise CasekitError(f"Le dossier {target} n’est pas vide : choisissez-en un autre, rien n’a été changé.")
    if not exists(course):
        raise CasekitError("Ce cours n’a pas encore de base de notes : il n’y a rien à copier.")
    room = target.with_name(f".{target.name}.en-cours")
    try:
        shutil.rmtree(room, ignore_errors=True)
        room.mkdir(parents=True)
        made = _Copier(course, room, target.name).whole()
        if target.exists():
            target.rmdir()
        room.rename(target)
    except OSError as error:
        raise CasekitError(f"La copie n’a pas pu être écrite dans {target} ({why(error)}).") from error
    finally:
        shutil.rmtree(room, ignore_errors=True)
    made.folder = target
    return made


def write_table(made: Copied, path: Path) -> Path:
    """Write who is who, for the centre alone: a file that nobody else can read, outside the copy.

    Raises
    ------
    CasekitError
        When it cannot be written.
    """
    lines = ["pseudonyme;identifiant"]
    for people in (made.learners, made.markers):
        lines += sorted(f"{other};{safe_for_csv(name)}" for name, other in people.items())
    path.unlink(missing_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    path.write_bytes(("\n".join(lines) + "\n").encode("utf-8-sig"))
    return path


class _Copier:
    """The work of one copy."""

    def __init__(self, course: Course, room: Path, name: str) -> None:
        self._course, self._room = course, room
        learners = _people_of(course)
        markers = markers_of(course)
        self._made = Copied(room, _numbered("P", learners), _numbered("R", markers))
        self._names = {**self._made.markers, **self._made.learners}
        ordinary = ordinary_words(course)
        self._made.common = tuple(sorted(common_names(learners.values(), ordinary)))
        self._people = People(learners.values(), markers, ordinary)
        self._copy = Course(room)
        self._course_id = name.replace("+", "-")

    def whole(self) -> Copied:
        """Write every part of the copy, and say in it what it is."""
        write_config(self._room, anonymised=True)
        self._sources()
        self._class_list()
        for step in ("submitted", "autograded"):
            self._submissions(step)
        self._records()
        database = Path(self._copy.db_url.removeprefix("sqlite:///"))
        copy_gradebook(self._course, database, self._course_id, self._names, self._mask)
        (self._room / README).write_text(french(_readme(self._made)), encoding="utf-8")
        return self._made

    def _mask(self, text: str, owner: str = "") -> str:
        if text in self._names:
            return self._names[text]
        return self._people.mask(text, self._names, owner)

    def _sources(self) -> None:
        for name in self._course.assignments():
            ignored = shutil.ignore_patterns(".*", DRAWS_FILE, "*.pyc", "__pycache__")
            shutil.copytree(self._course.source(name), self._copy.source(name), ignore=ignored)
            draws = read_json(self._course.source(name) / DRAWS_FILE)
            known = {
                draw_key(company, other): draws[draw_key(company, learner)]
                for learner, other in self._made.learners.items()
                for company in COMPANIES
                if draw_key(company, learner) in draws
            }
            if known:
                write_json(self._copy.source(name) / DRAWS_FILE, dict(sorted(known.items())))
        settings = self._course.root / CENTRE_FILE
        if settings.is_file():
            shutil.copyfile(settings, self._room / CENTRE_FILE)

    def _class_list(self) -> None:
        listed = self._course.learners()
        lines = sorted(f"{self._made.learners[name]};;" for name in listed)
        text = "\n".join(["identifiant;prenom;nom", *lines]) + "\n"
        (self._room / LEARNERS_FILE).write_text(text, encoding="utf-8")

    def _submissions(self, step: str) -> None:
        for learner, other in self._made.learners.items():
            for name in self._course.assignments():
                folder = self._course.folder(step) / learner / name
                target = self._copy.folder(step) / other / name
                if folder.is_dir() and not folder.is_symlink():
                    target.mkdir(parents=True)
                    self._files(folder, target, learner)

    def _files(self, folder: Path, target: Path, learner: str) -> None:
        """Copy a submission's files; a name that the learner chose may tell who they are: it becomes a number."""
        notebooks = {path.name for path in self._course.source(folder.name).glob("*.ipynb")}
        expected = {"timestamp.txt", *notebooks, *(f"{slug}.csv" for slug in deliverables())}
        number = 0
        for path in _ordinary(folder):
            if path.name in (DRAWS_FILE, RECEIPT):  # hashes that tell who is in the class to whoever tries
                continue
            lived = path.stem in OWN_FORMS  # a career tells whose it is, and names employers that nobody can mask
            content = None if lived else self._content(path, learner)
            if content is None:
                self._made.left_out += 1
                continue
            number += path.name not in expected
            shown = path.name if path.name in expected else f"annexe-{number:03}{path.suffix}"
            if not (target / shown).exists():
                (target / shown).write_text(content, encoding="utf-8")

    def _content(self, path: Path, learner: str) -> str | None:
        """Return what a file becomes; None when its words cannot be masked."""
        if path.suffix not in TEXTS | {".ipynb"} or path.stat().st_size > LARGEST:
            return None
        try:
            text = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            return None
        if path.suffix == ".ipynb":
            return masked_notebook(text, lambda one: self._mask(one, learner))
        return self._mask(text, learner)

    def _records(self) -> None:
        for path in places.record_files(self._course):
            assignment, learner = path.parent.parent.name, path.parent.name
            record = read_json(path)
            if not record:
                self._made.left_out += 1
                continue
            made = masked(record, lambda one, owner=learner: self._mask(one, owner))  # type: ignore[misc]
            made |= {"learner": self._made.learners[learner], "assignment": assignment, "notebook": path.stem}
            write_json(self._copy.records / assignment / self._made.learners[learner] / path.name, made)
        for path in places.histories(self._course):
            lines = [line for line in read_history(path) if line.get("learner") in self._made.learners]
            made_lines = [
                {**masked(line, lambda one, owner=line["learner"]: self._mask(one, owner)),  # type: ignore[misc]
                 "learner": self._made.learners[line["learner"]]}
                for line in lines
            ]  # fmt: skip
            target = self._copy.records / path.parent.name / path.name
            write_whole(target, "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in made_lines).encode())


def _people_of(course: Course) -> dict[str, Learner]:
    """Return everybody whom the course knows, with the names that the class list or the gradebook gives."""
    found = {name: Learner(name) for name in places.every_learner(course)}
    with opened(course.db_url) as connection:
        found |= {name: Learner(name) for name in places.learners_of(connection)}
        found |= places.students(connection)
    return found | course.learners()


def _numbered(letter: str, names: object) -> dict[str, str]:
    """Return a pseudonym for each name, numbered in an order that nothing tells."""
    drawn = sorted(names)  # type: ignore[call-overload]
    secrets.SystemRandom().shuffle(drawn)
    width = max(2, len(str(len(drawn))))
    return {name: f"{letter}{number:0{width}}" for number, name in enumerate(drawn, start=1)}


def _ordinary(folder: Path) -> Iterator[Path]:
    """Yield the files of a submission, in order: no link, nothing hidden or set aside."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_symlink() or not path.is_file() or any(part.startswith(".") or SET_ASIDE in part for part in parts):
            continue
        if not any((folder / Path(*parts[:depth])).is_symlink() for depth in range(1, len(parts))):
            yield path


def _readme(made: Copied) -> str:
    """Return what the copy says of itself, in paragraphs of lines that any screen shows."""
    common = COMMON.format(names=", ".join(made.common[:MOST_COMMON])) if made.common else ""
    told = {"learners": len(made.learners), "markers": len(made.markers), "left_out": made.left_out,
            "unknown": " ; ".join(UNKNOWN), "common": common}  # fmt: skip
    paragraphs = (one for text in PARAGRAPHS if (one := text.format(**told)))
    return "\n\n".join(textwrap.fill(french(one), WIDTH, break_long_words=False) for one in paragraphs) + "\n"
