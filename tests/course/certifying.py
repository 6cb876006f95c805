"""A course whose gradebook is real, and blocs decided at will, to try what a jury does of them."""

from collections.abc import Callable, Iterable
from pathlib import Path

from nbgrader.api import Gradebook

from autograder.certification import progress
from autograder.course.course import Course
from autograder.course.creation import write_config
from autograder.referentiel import load_referentiel
from autograder.sheets.blocs import BlocDecision
from autograder.sheets.model import Verdict
from casestudies.errors import CasekitError

BLOCS = load_referentiel().blocs
REASONS = {
    Verdict.ACQUIRED: "Les critères évalués sont au niveau 3 ou plus.",
    Verdict.NOT_ACQUIRED: "Sous le niveau 3 : B1-C04 (niveau 2), B1-C13 (niveau 1).",
    Verdict.TO_REVIEW: "À relire ou à évaluer : B1-C01, B1-C02, B1-C03, B1-C06.",
    Verdict.ABSENT: "Candidat absent, aucune copie remise : B1-C01.",
    Verdict.WITHDRAWN: "B1-C11. Retiré de cette session par le centre : report.",
    None: "E4 n’a pas été évaluée dans ce cours (B3-C01 à B3-C09).",
}
MEMBERS = """nom;qualite;presidence;candidats_lies
Membre 1;professionnel;oui;
Membre 2;centre;non;{linked}
"""


def make_course(root: Path, names: Iterable[tuple[str, str, str]], linked: str = "") -> Course:
    """Return a course of these learners (identifier, first name, last name), with an empty gradebook and a jury."""
    root.mkdir(parents=True, exist_ok=True)
    write_config(root)
    (root / "notebooks").mkdir()
    lines = "".join(f"{name};{first};{last}\n" for name, first, last in names)
    (root / "eleves.csv").write_text(f"identifiant;prenom;nom\n{lines}", encoding="utf-8")
    (root / "membres.csv").write_text(MEMBERS.format(linked=linked), encoding="utf-8")
    course = Course(root)
    with Gradebook(course.db_url, course.course_id):
        pass  # opening it makes it
    return course


def decided(code: str, verdict: Verdict | None) -> BlocDecision:
    """Return the decision on a bloc."""
    return BlocDecision(BLOCS[code], verdict, (REASONS[verdict],), (), ())


def deciding(verdicts: dict[str, tuple[Verdict | None, ...]]) -> Callable[..., dict[str, dict[str, BlocDecision]]]:
    """Return what takes the place of ``decide_blocs``: these verdicts of each bloc, by learner."""

    def decide(course: Course, learner_ids: Iterable[str] | None = None) -> dict[str, dict[str, BlocDecision]]:
        wanted = list(verdicts) if learner_ids is None else list(learner_ids)
        if unknown := [name for name in wanted if name not in verdicts]:
            raise CasekitError(f"{unknown} inconnu")
        return {
            name: {code: decided(code, one) for code, one in zip(BLOCS, verdicts[name], strict=True)} for name in wanted
        }

    return decide


def decide_so(patch, verdicts: dict[str, tuple[Verdict | None, ...]]) -> None:
    """Put these verdicts in the place of those of the copies."""
    patch.setattr(progress, "decide_blocs", deciding(verdicts))
