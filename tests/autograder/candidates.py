"""Candidates' sheets made by hand: whole, empty, and with all that strains a page."""

from datetime import UTC, date, datetime

from autograder.course.class_list import Learner
from autograder.grading.records import Incident
from autograder.referentiel import Criterion, load_referentiel
from autograder.sheets.centre import Centre
from autograder.sheets.grouping import bloc_verdict, competency_verdict
from autograder.sheets.model import (
    BlocRow,
    CompetencyRow,
    CriterionRow,
    Evidence,
    Mistake,
    Sheet,
    Source,
    Variant,
    Verdict,
)
from autograder.sheets.verdicts import ABSENT, Decision, Parts, decide
from casestudies.findings import Outcome

REFERENTIEL = load_referentiel()
TODAY = date(2026, 3, 1)
READ = datetime(2026, 2, 27, 22, 40, tzinfo=UTC)
COMMENT = (
    "La recommandation tient : elle part du constat chiffré, nomme le levier et son coût, et dit ce qui ferait changer "
    "d’avis. Il manque l’effet attendu sur la marge, que la direction demandera d’abord ; reprenez le tableau de la "
    "question 3 et donnez la fourchette, basse et haute, avant de conclure. La mise en page est claire."
)
LONG = "Marie-Élisabeth-Anne de Saint-Barthélemy-d’Anjou-Vandenbroucke-Castelnaudary-Rochefoucauld"
WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
INCIDENT = Incident("temps-depasse", "1 cellule arrêtée.", "Demandez de corriger la boucle.", "03-budget")


def candidate(
    code: str, learner: Learner, levels: str = "4", comment: str = "", centre: Centre | None = None,
    incidents: tuple[Incident, ...] = (),
) -> Sheet:  # fmt: skip
    """Return a sheet for the assessment ``code``; ``levels`` gives one sign per criterion, over and over.

    A digit is a level, « ? » is to review, « ! » to reconcile, « a » absent, « r » withdrawn.
    """
    settings = centre or Centre()
    assessment = REFERENTIEL.assessments[code]
    criteria = REFERENTIEL.criteria_of(code)
    rows = tuple(_row(one, levels[place % len(levels)], comment, settings) for place, one in enumerate(criteria))
    bloc = REFERENTIEL.blocs[assessment.bloc]
    competencies = []
    for competency in REFERENTIEL.competencies_of(bloc.code):
        mine = [row for row in rows if competency.code in row.competencies]
        if mine:
            verdict = competency_verdict(mine, settings)
            competencies.append(CompetencyRow(competency, tuple(row.code for row in mine), verdict))
    verdict = bloc_verdict(rows, REFERENTIEL.competencies_of(bloc.code), settings)
    variant = Variant("kerlavandre", None if levels == "a" else 1, "" if levels == "a" else "0123456789abcdef")
    codes = tuple(row.code for row in rows)
    return Sheet(
        learner, f"{code.lower()}-essai", assessment, (variant,), "9.9", "1", TODAY, settings, rows,
        tuple(competencies),
        BlocRow(bloc, verdict, "Décision d’essai."), incidents,
        (Mistake("M04", "Rapport inversé", 2),) if comment else (),
        (Source("01-essai", codes, None if levels == "a" else variant, "" if levels == "a" else "9.9", "1"),),
        comment,
    )  # fmt: skip


def _row(criterion: Criterion, sign: str, comment: str, settings: Centre) -> CriterionRow:
    level = int(sign) if sign.isdigit() else None
    absent, waits = sign == "a", sign in "?!"
    points = None if absent else {None: 10.0, 4: 10.0, 3: 7.0, 2: 5.0, 1: 0.0}[level]
    decision = decide(
        Parts(points, 10.0, (level or None,) if criterion.reviewed and not absent else (),
              pending=("« Note » : à relire par le formateur.",) if waits else (), absent=absent,
              withdrawn="Salle indisponible." if sign == "r" else ""),
        settings,
    )  # fmt: skip
    if decision.verdict is Verdict.ABSENT:
        decision = Decision(None, None, None, Verdict.ABSENT, (ABSENT,))
    outcome = {
        None: Outcome.RIGHT,
        4: Outcome.RIGHT,
        3: Outcome.RIGHT,
        2: Outcome.MISCONCEPTION,
        1: Outcome.NOT_ATTEMPTED,
    }
    found = None if absent else outcome[level]
    evidence = [
        Evidence(
            f"q-{criterion.code}", f"Question de {criterion.code}", "01-essai",
            found.label if found else "Non corrigée",
            points, 10.0, found=found, misconceptions=("M04",) if found is Outcome.MISCONCEPTION else (),
            hints=3 - (level or 3),
        )
    ]  # fmt: skip
    if criterion.reviewed:
        markers = ("Ana Le Goff", "Bo Martin") if sign == "!" else ("Ana Le Goff",) if level else ()
        said = "À concilier" if sign == "!" else f"Niveau {level}" if level else "À relire"
        evidence.append(
            Evidence(
                f"r-{criterion.code}", "Note à la direction", "01-essai", said, level, 4.0, comment=comment,
                markers=markers, reviewed_at=READ if markers else None, rubric="00aa11bb22cc33dd" if markers else "",
                waiting=waits, unreconciled=sign == "!",
            )
        )  # fmt: skip
    return CriterionRow(
        criterion.code, criterion.statement, criterion.competencies, criterion.type, points, 10.0, decision.auto_level,
        decision.review_level, decision.level, decision.verdict, decision.reasons, tuple(evidence),
    )  # fmt: skip


EVERYTHING = candidate(
    "E3", Learner("a01", "Léa", "Nguyễn"), "4433221?!r", COMMENT, Centre(name="Centre d’essai"), (INCIDENT,)
)
NOTHING = candidate("E1", Learner("a02", "Noé", "Ferrand"), "a")
STRAINED = candidate(
    "E2", Learner("a03", LONG, f"O’Connor {WORD}"), "32?!1", f"{COMMENT[:200]} {WORD}{WORD}\n= # $x$ *a*"
)
OTHERS = tuple(
    candidate("E2", Learner(name, first, last), "3?")
    for name, first, last in (
        ("a04", "王", "小明"), ("a05", "محمد", "العربي"), ("a06", "Œdipe", "Lǣfſen-ﬁne ﬀ"),
        ("a07", "Ελένη", "Παπαδοπούλου"),
        ("a08", "Zoë 🎓", "d’Ær’œuvre"),
    )
)  # fmt: skip
