"""What a dossier de valorisation is made of, whoever assembles it: the candidate, or their centre."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from casestudies.french import simplified
from casestudies.valorisation.competencies import FORMATION, MIXED, VAE, NamedCompetency
from casestudies.valorisation.forms import PARTS, REAL, WHERE
from casestudies.valorisation.months import REQUIRED_MONTHS, Duration, PracticePeriod, elapsed, practice
from casestudies.valorisation.told import Told

TELL = "rien n’est encore raconté"
"""What is said of a competency that no row is about."""
LEANS = "le dossier s’appuie sur une pratique en entreprise"
"""Référentiel, « parcours de formation »."""
ASIDE = "aucun récit retenu"


@dataclass(frozen=True)
class KitProof:
    """A deliverable that shows a competency: its criterion, its title, its file or notebook, whether it is ready."""

    criterion: str
    title: str
    place: str
    ready: bool


@dataclass(frozen=True)
class SeenLevel:
    """A level given on a criterion (or on a piece of work of its own), and in what words: « niveau 3 sur 4 »."""

    by: str
    criterion: str
    words: str


@dataclass(frozen=True)
class TutorLine:
    """What a tutor saw of one competency: the words of its level, and their comment."""

    code: str
    level: str
    comment: str


@dataclass(frozen=True)
class FilledGrid:
    """A tutor's grid as it was filled in; ``lines`` come in the référentiel's order."""

    company: str
    tutor: str
    role: str
    start: date
    end: date
    day: date
    lines: tuple[TutorLine, ...]


@dataclass(frozen=True)
class CompetencyEntry:
    """One competency: the way it is asked by, what is told of it, what the kit and the tutor say.

    ``set_aside`` says why rows of the candidate are not kept (a VAE counts what was lived only).
    """

    competency: NamedCompetency
    way: str
    told: tuple[Told, ...] = ()
    set_aside: tuple[str, ...] = ()
    proofs: tuple[KitProof, ...] = ()
    levels: tuple[SeenLevel, ...] = ()
    tutor: tuple[tuple[str, TutorLine], ...] = ()

    @property
    def proven(self) -> bool:
        """Whether the kit holds a proof: a deliverable that is ready."""
        return any(one.ready for one in self.proofs)

    @property
    def lacks(self) -> tuple[str, ...]:
        """What is missing, in words: of the row that lacks least, when none is complete; nothing when one is."""
        if not self.told:
            return (ASIDE if self.set_aside else TELL,)
        each = [one.lacks(self.proven, self.way == VAE) for one in self.told]
        return tuple(_called(name) for name in min(each, key=len))


@dataclass(frozen=True)
class PracticeLine:
    """One period in a company, what proves it, and what is to be known of it; not ``counted`` when it is not sure."""

    period: PracticePeriod
    role: str = ""
    proofs: tuple[str, ...] = ()
    note: str = ""
    counted: bool = True

    def lasts(self, today: date) -> str:
        """Return how long it lasted by then; nothing when it is still to come."""
        end = min(self.period.end or today, today)
        return str(elapsed(self.period.start, end)) if end >= self.period.start else ""


@dataclass(frozen=True)
class Valorisation:
    """A whole dossier: whose, by which way, on which day; ``grids`` is None where nobody here holds them.

    ``vae_blocs`` are the blocs that a mixed way asks by VAE; ``unplaced`` says what could not be placed or read;
    ``centre`` is the name of the centre that assembles it, empty when the candidate does.
    """

    candidate: str
    way: str
    day: date
    entries: tuple[CompetencyEntry, ...]
    practised: tuple[PracticeLine, ...] = ()
    grids: tuple[FilledGrid, ...] | None = None
    vae_blocs: tuple[str, ...] = ()
    unplaced: tuple[str, ...] = ()
    centre: str = ""
    notes: tuple[str, ...] = ()

    @property
    def trained(self) -> bool:
        """Whether a part goes by formation, with its months of practice and its tutor's grid."""
        return self.way != VAE

    @property
    def duration(self) -> Duration:
        """How long the practice lasted up to the day of the dossier."""
        return practice((one.period for one in self.practised if one.counted), self.day)

    @property
    def complete(self) -> int:
        """How many competencies lack nothing."""
        return sum(not one.lacks for one in self.entries)

    @property
    def lacks(self) -> tuple[str, ...]:
        """All that is missing, in French sentences; the competencies of which nothing is told come in one."""
        silent = [one.competency.code for one in self.entries if TELL in one.lacks]
        found = [f"{one.competency.code} : {', '.join(one.lacks)}." for one in self.entries if one.told and one.lacks]
        if silent:
            found.append(f"{TELL.capitalize()} de {', '.join(silent)}.")
        return (*found, *self.beside)

    @property
    def beside(self) -> tuple[str, ...]:
        """What is missing beside the competencies, and what the candidate wrote that is not kept."""
        aside = (f"{one.competency.code}, récit non retenu : {why}." for one in self.entries for why in one.set_aside)
        return (*aside, *self.unplaced, *(self._practice_lacks() if self.trained else ()))

    @property
    def state(self) -> str:
        """How far it is: « 12 compétences complètes sur 18 »."""
        plural = "s" if self.complete > 1 else ""
        return f"{self.complete} compétence{plural} complète{plural} sur {len(self.entries)}"

    def _practice_lacks(self) -> tuple[str, ...]:
        found = []
        told = [one for entry in self.entries if entry.way != VAE for one in entry.told]
        if told and not any(one.frame == REAL for one in told):
            found.append(f"Aucun récit de la partie formation n’a pour cadre « {REAL} » : {LEANS}.")
        if not self.practised:
            found.append(f"Pratique en entreprise : aucune période ; {REQUIRED_MONTHS} mois au moins sont demandés.")
        elif not self.duration.enough:
            found.append(f"Pratique en entreprise : {self.duration}, sur {REQUIRED_MONTHS} mois demandés.")
        for one in self.practised:
            if not one.counted:
                found.append(f"Pratique chez {one.period.company} : {one.note}")
            elif not one.proofs:
                found.append(f"Pratique chez {one.period.company} : aucun justificatif.")
        if self.grids == ():
            found.append("Grille tuteur : non reçue.")
        return tuple(found)


def way_of(bloc: str, way: str, vae_blocs: Sequence[str]) -> str:
    """Return the way by which a bloc is asked.

    >>> way_of("B3", "mixte", ["B3"]), way_of("B1", "mixte", ["B3"]), way_of("B1", "vae", [])
    ('vae', 'formation', 'vae')
    """
    return VAE if way == VAE or (way == MIXED and bloc in vae_blocs) else FORMATION


def same_company(one: str, other: str) -> bool:
    """Whether two names are those of one company, whatever their capitals, accents and spaces."""
    return simplified(one) == simplified(other)


def _called(name: str) -> str:
    return "entreprise, fonction et dates" if name == WHERE else PARTS[name][0].lower()
