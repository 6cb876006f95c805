"""Where a learner stands on the way to the certification: what is acquired, what is missing, what to do next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from autograder.certification.dossier_pointer import DossierPointer, pointer_of
from autograder.certification.model import WHOLE, Entry, TutorGrid
from autograder.certification.pathway import VAE, Oral, Pathway, pathways_of
from autograder.certification.proposals import Proposal, Proposed, propose, propose_whole
from autograder.certification.register import Register, acquired
from autograder.certification.tutor_store import grids_of
from autograder.course.class_list import Learner
from autograder.course.course import Course
from autograder.sheets.blocs import BlocDecision, decide_blocs
from casestudies.errors import CasekitError
from casestudies.valorisation.months import REQUIRED_MONTHS, Duration, PracticePeriod, practice


class StepState(StrEnum):
    """How far a step is."""

    DONE = "fait"
    WAITING = "en attente"
    TO_JUDGE = "résultat à écrire"
    TO_DO = "à faire"


@dataclass(frozen=True)
class Step:
    """One thing that a way asks for: what is known of it, and what to do next when it is not done."""

    name: str
    state: StepState
    detail: str
    next: str = ""


@dataclass(frozen=True)
class PathwayProgress:
    """Where one learner stands; ``pathway`` is None when ``parcours.csv`` says nothing of them.

    ``dossier`` is what is known of their dossier de valorisation, None while the centre has not assembled it.
    ``steps`` are those of the blocs, then ``beyond``, what the way asks for beside them; ``whole`` is what is proposed
    for the certification as a whole.
    """

    learner: Learner
    pathway: Pathway | None
    blocs: tuple[Proposal, ...]
    steps: tuple[Step, ...]
    practised: Duration
    whole: Proposal
    grids: tuple[TutorGrid, ...] = ()
    dossier: DossierPointer | None = None

    @property
    def beyond(self) -> tuple[Step, ...]:
        """The steps that come on top of the blocs."""
        return self.steps[len(self.blocs) :]

    @property
    def complete(self) -> bool:
        """Whether everything that the way asks for is there: the jury has only to pronounce it."""
        return self.pathway is not None and all(step.state is StepState.DONE for step in self.steps)

    @property
    def next(self) -> tuple[str, ...]:
        """What to do next, in order."""
        return tuple(step.next for step in self.steps if step.next)


def progress_of(
    course: Course, learners: Iterable[str] | None = None, today: date | None = None, session: str = ""
) -> list[PathwayProgress]:
    """Return where each learner stands, in the order of the class list.

    Parameters
    ----------
    session
        A jury's session about to decide, or that decided: what it recorded, and what came after, is left out.

    Raises
    ------
    CasekitError
        When a learner is unknown, or a file of the course cannot be read as announced.
    """
    pathways, listed = pathways_of(course), course.learners()
    wanted = list(listed) if learners is None else list(learners)
    for name in wanted:
        if name not in listed:
            raise CasekitError(f"« {name} » n’est pas dans eleves.csv : vérifiez l’identifiant.")
    decisions = decide_blocs(course, wanted)
    day = today or date.today()
    with Register.of(course) as register:
        entries, grids = register.entries(), grids_of(register.database)
    if session:
        entries = [one for one in entries if one.session.name != session and one.session.day <= day]
    held = acquired(entries)
    return [
        progress(
            listed[name],
            pathways.get(name),
            decisions[name],
            held.get(name, {}),
            grids.get(name, []),
            day,
            pointer_of(course, name),
        )
        for name in wanted
    ]


def progress(
    learner: Learner, pathway: Pathway | None, decisions: Mapping[str, BlocDecision], held: Mapping[str, Entry],
    grids: list[TutorGrid], today: date, dossier: DossierPointer | None = None,
) -> PathwayProgress:  # fmt: skip
    """Return where one learner stands, from what is known of them."""
    blocs = tuple(
        propose(one, pathway, pathway.way_of(code) if pathway else "", held.get(code), today)
        for code, one in decisions.items()
    )
    known = [one for one in grids if one.day <= today]
    periods = _periods(pathway, known)
    practised = practice(periods, today)
    beyond = _complementary(pathway, periods, practised, known, today, dossier)
    unknown = [one.name.lower() for one in beyond if one.state is StepState.TO_JUDGE]
    missing = [one.name.lower() for one in beyond if one.state not in (StepState.DONE, StepState.TO_JUDGE)]
    whole = propose_whole(pathway.way if pathway else "", blocs, missing, unknown, held.get(WHOLE))
    steps = (*map(_bloc_step, blocs), *beyond)
    return PathwayProgress(learner, pathway, blocs, steps, practised, whole, tuple(known), dossier)


def _periods(pathway: Pathway | None, grids: Iterable[TutorGrid]) -> tuple[PracticePeriod, ...]:
    """Return the periods that ``parcours.csv`` gives, then those that tutors wrote of companies it does not name."""
    told = pathway.periods if pathway else ()
    named = {one.company.casefold() for one in told}
    others = (PracticePeriod(one.company, one.start, one.end) for one in grids if one.company.casefold() not in named)
    return (*told, *others)


def _bloc_step(proposal: Proposal) -> Step:
    name = f"Bloc {proposal.bloc.code.removeprefix('B')}"
    detail = " ".join(proposal.reasons)
    if proposal.proposed is Proposed.ACQUIRED:
        return Step(name, StepState.DONE, detail)
    if proposal.proposed in (Proposed.VALIDATE, Proposed.JURY):
        return Step(name, StepState.WAITING, detail, f"{name} : à présenter au jury.")
    advice = {
        Proposed.NOT_VALIDATE: "à retravailler, puis à évaluer de nouveau",
        Proposed.TO_REVIEW: "finir la correction et la relecture",
        Proposed.ABSENT: "remettre les copies",
    }.get(proposal.proposed, "à évaluer")
    return Step(name, StepState.TO_DO, detail, f"{name} : {advice}.")


def _complementary(
    pathway: Pathway | None, periods: tuple[PracticePeriod, ...], practised: Duration, grids: list[TutorGrid],
    today: date, dossier: DossierPointer | None,
) -> list[Step]:  # fmt: skip
    """Return the steps that come on top of the blocs (référentiel, « voies »)."""
    if pathway is None:
        said = "Non renseignée dans parcours.csv."
        return [Step("Voie", StepState.TO_DO, said, "Écrivez sa voie dans parcours.csv.")]
    steps = [_dossier(pathway, dossier, today)]
    if pathway.trained:
        steps += [_practice(periods, practised, grids), _grid(grids), _oral("Soutenance", pathway.defence, today)]
    if pathway.vae_blocs:
        steps.append(_oral("Entretien devant le jury", pathway.interview, today))
    return steps


def _dossier(pathway: Pathway, dossier: DossierPointer | None, today: date) -> Step:
    name, written = "Dossier de valorisation", f" Dossier {dossier.state}." if dossier else ""
    if pathway.dossier and pathway.dossier > today:
        day = f"{pathway.dossier:%d/%m/%Y}"
        return Step(name, StepState.WAITING, f"Attendu le {day}.{written}", f"Dossier attendu le {day}.")
    if pathway.dossier:
        return Step(name, StepState.DONE, f"Reçu le {pathway.dossier:%d/%m/%Y}.{written}")
    about = "tous les blocs" if pathway.way == VAE else "les compétences à valoriser"
    advice = f"Remettre le dossier, qui couvre {about}."
    if dossier:
        advice = "Écrire dans parcours.csv le jour où le dossier a été reçu."
        if dossier.lacks:
            advice = f"Compléter le dossier ({len(dossier.lacks)} point(s)), puis le remettre."
    return Step(name, StepState.TO_DO, f"Non reçu.{written}", advice)


def _practice(periods: tuple[PracticePeriod, ...], practised: Duration, grids: list[TutorGrid]) -> Step:
    name, asked = "Pratique en entreprise", f"{REQUIRED_MONTHS} mois au moins sont demandés"
    if not periods:
        advice = f"Pratiquer en entreprise, {REQUIRED_MONTHS} mois au moins, et l’écrire dans parcours.csv."
        return Step(name, StepState.TO_DO, "Aucune période dans parcours.csv, aucune grille tuteur.", advice)
    where = ", ".join(dict.fromkeys(period.company for period in periods))
    differing = [one for one in grids if _differs(one, periods)]
    told = "".join(
        f" La grille de {one.company} dit du {one.start:%d/%m/%Y} au {one.end:%d/%m/%Y} : à vérifier."
        for one in differing
    )
    detail = f"{practised} ({where}) ; {asked}.{told}"
    if practised.enough:
        return Step(name, StepState.DONE, detail)
    advice = f"Atteindre {REQUIRED_MONTHS} mois de pratique (à ce jour : {practised})."
    return Step(name, StepState.TO_DO, detail, advice)


def _differs(grid: TutorGrid, periods: Iterable[PracticePeriod]) -> bool:
    """Whether a tutor wrote days that the periods of that company do not hold."""
    mine = [one for one in periods if one.company.casefold() == grid.company.casefold()]
    first, last = min(one.start for one in mine), max(one.end or date.max for one in mine)
    return grid.start < first or grid.end > last


def _grid(grids: list[TutorGrid]) -> Step:
    name = "Grille tuteur"
    if not grids:
        advice = "Faire remplir la grille tuteur (« casekit tuteur IDENTIFIANT »), puis l’importer."
        return Step(name, StepState.TO_DO, "Non reçue.", advice)
    said = " ; ".join(
        f"{one.company}, remplie le {one.day:%d/%m/%Y} par {one.tutor}, {one.observed} compétence(s) observée(s) sur "
        f"{len(one.ratings)}"
        for one in grids
    )
    return Step(name, StepState.DONE, f"Reçue : {said}.")


def _oral(name: str, oral: Oral, today: date) -> Step:
    if oral.day is None:
        return Step(name, StepState.TO_DO, "Pas de date.", f"{name} : fixer une date.")
    day = f"le {oral.day:%d/%m/%Y}"
    if oral.day > today:
        return Step(name, StepState.WAITING, f"Date prévue : {day}.", f"{name} : {day}.")
    if oral.passed:
        return Step(name, StepState.DONE, f"Résultat favorable, {day}.")
    if oral.passed is False:
        return Step(name, StepState.TO_DO, f"Résultat défavorable, {day}.", f"{name} : à repasser.")
    advice = f"{name} : écrire le résultat dans parcours.csv."
    return Step(name, StepState.TO_JUDGE, f"Date : {day}, résultat non renseigné.", advice)
