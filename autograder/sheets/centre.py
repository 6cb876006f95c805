"""The settings of the centre, ``centre.toml`` in a course folder: what the référentiel leaves it to decide."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from autograder.course.course import Course
from autograder.referentiel import LEVELS, ContentError, load_referentiel
from autograder.sheets.certifier import MAX_TEXT
from autograder.sheets.issuer import KEYS, Issuer, read_issuer
from casestudies.errors import why
from casestudies.strict import Table

FILE = "centre.toml"
MAX_BYTES = 100_000
HEAVIEST = 100
LOWEST, HIGHEST = LEVELS[0], LEVELS[-1]


class CentreError(ContentError):
    """``centre.toml`` does not say what it must; the message is French, names the key and says what to do."""


class Compensation(StrEnum):
    """Between which criteria a higher level makes up for a lower one."""

    NONE = "aucune"
    COMPETENCY = "compétence"
    BLOC = "bloc"


class Combination(StrEnum):
    """The level of a criterion that is both graded by the machine and reviewed by a person."""

    LOWER = "plus faible"
    MEAN = "moyenne"
    REVIEW = "relecture"


class Verdicts(StrEnum):
    """The words a criterion or a competency can be concluded by."""

    THREE = "acquis / partiellement acquis / non acquis"
    TWO = "acquis / non acquis"


class LateRule(StrEnum):
    """What becomes of a copy handed in after its deadline (« echeances.csv »)."""

    SAID = "signalé"
    REFUSED = "refusé"


@dataclass(frozen=True)
class Centre:
    """What a centre decides; the defaults are those of a course without ``centre.toml``.

    ``several_parts`` is the level of a criterion read in several parts (the lowest, or their mean rounded down).
    ``thresholds`` are the least shares of the machine's points, in %, of levels 2, 3 and 4; ``floor`` is the level that
    no criterion may be under where there is compensation; ``weights`` (1 for a criterion not named) count in its means
    alone; ``withdrawn`` goes from criterion to the reason why it is not assessed this session.
    """

    name: str = ""
    validation_level: int = 3
    combination: Combination = Combination.LOWER
    several_parts: Combination = Combination.LOWER
    late: LateRule = LateRule.SAID
    compensation: Compensation = Compensation.NONE
    floor: int = 2
    thresholds: tuple[int, int, int] = (40, 65, 85)
    weights: Mapping[str, int] = field(default_factory=dict)
    withdrawn: Mapping[str, str] = field(default_factory=dict)
    verdicts: Verdicts = Verdicts.THREE
    issuer: Issuer = field(default_factory=Issuer)

    def weight(self, criterion: str) -> int:
        """Return the weight of a criterion."""
        return self.weights.get(criterion, 1)

    def plain(self) -> dict[str, Any]:
        """Return the settings as JSON holds them; a logo is its name and the SHA-256 of its content."""
        logo = self.issuer.logo
        mark = {"name": logo.name, "sha256": sha256(logo.content).hexdigest()} if logo else None
        settings = asdict(replace(self, issuer=replace(self.issuer, logo=None)))
        settings["issuer"]["logo"] = mark
        found: dict[str, Any] = json.loads(json.dumps(settings, default=dict))
        return found


def centre_of(course: Course) -> Centre:
    """Return the settings of a course; without the file, the defaults.

    Raises
    ------
    CentreError
        When the file is not readable as announced: nothing is then concluded from it.
    """
    path = course.root / FILE
    return read_centre(path) if path.exists() else Centre()


def read_centre(path: Path) -> Centre:
    """Return the settings that a file holds.

    Raises
    ------
    CentreError
        When a key is unknown, or a value is not one of those it can have.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise CentreError(f"{path.name} : fichier trop long pour des réglages.")
        return _centre(Table.read(path, CentreError), path.parent)
    except OSError as error:
        raise CentreError(f"{path} ne peut pas être lu ({why(error)}) : vérifiez ses droits.") from error
    except CentreError as error:
        raise CentreError(
            f"{error} Rien n’a été conclu. Corrigez cette ligne, ou supprimez-la pour garder le réglage par défaut."
        ) from error


def example() -> str:
    """Return the file that a new course starts with: every setting, commented out, with its default value."""
    return files("autograder.sheets").joinpath(FILE).read_text(encoding="utf-8")


def _centre(root: Table, folder: Path) -> Centre:
    root.only(
        optional=(
            "nom", "niveau_validation", "corrige_et_relu", "plusieurs_parties", "retard", "compensation",
            "niveau_plancher", "seuils", "poids", "retires", "verdicts", *KEYS,
        )
    )  # fmt: skip
    default = Centre()
    level = _level(root, "niveau_validation", default.validation_level)
    compensation = Compensation(root.one_of("compensation", list(Compensation), default.compensation))
    for key in ("niveau_plancher", "poids"):
        if key in root.data and compensation is Compensation.NONE:
            root.fail(
                key, "sans effet tant que « compensation » vaut « aucune » : choisissez « compétence » ou « bloc »"
            )
    floor = _level(root, "niveau_plancher", min(default.floor, level))
    if floor > level:
        root.fail("niveau_plancher", f"il ne peut pas dépasser le niveau de validation ({level})")
    return Centre(
        name=_short(root, "nom") if "nom" in root.data else "",
        validation_level=level,
        combination=Combination(root.one_of("corrige_et_relu", list(Combination), default.combination)),
        several_parts=Combination(
            root.one_of("plusieurs_parties", [Combination.LOWER, Combination.MEAN], default.several_parts)
        ),
        late=LateRule(root.one_of("retard", list(LateRule), default.late)),
        compensation=compensation,
        floor=floor,
        thresholds=_thresholds(root.table("seuils")) if "seuils" in root.data else default.thresholds,
        weights=_weights(root.table("poids")) if "poids" in root.data else {},
        withdrawn=_withdrawn(root.tables("retires")) if "retires" in root.data else {},
        verdicts=Verdicts(root.one_of("verdicts", list(Verdicts), default.verdicts)),
        issuer=read_issuer(root, folder),
    )


def _level(table: Table, key: str, default: int) -> int:
    if key not in table.data:
        return default
    level = table.integer(key)
    if level not in LEVELS:
        table.fail(key, f"un niveau de {LOWEST} à {HIGHEST} est attendu")
    return level


def _short(table: Table, key: str) -> str:
    text = " ".join(table.text(key).split())
    if len(text) > MAX_TEXT:
        table.fail(key, f"{MAX_TEXT} caractères au plus")
    return text


def _thresholds(table: Table) -> tuple[int, int, int]:
    keys = tuple(f"niveau_{level}" for level in LEVELS[1:])
    table.only(*keys)
    second, third, fourth = (table.integer(key) for key in keys)
    for key, lower, value in zip(keys, (0, second, third), (second, third, fourth), strict=True):
        if not lower < value <= 100:
            table.fail(key, "des parts en pour cent, croissantes d’un niveau au suivant, de 1 à 100, sont attendues")
    return second, third, fourth


def _weights(table: Table) -> dict[str, int]:
    weights = {_criterion(table, code, code): table.integer(code) for code in table.data}
    for code, weight in weights.items():
        if not 1 <= weight <= HEAVIEST:
            table.fail(
                code, f"un poids entier de 1 à {HEAVIEST} est attendu ; pour ne pas l’évaluer, retirez-le ([[retires]])"
            )
    return weights


def _withdrawn(tables: tuple[Table, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for table in tables:
        table.only("code", "motif")
        code = _criterion(table, "code", table.text("code"))
        if code in found:
            table.fail("code", f"le critère « {code} » est déjà retiré")
        found[code] = _short(table, "motif")
    return found


def _criterion(table: Table, key: str, code: str) -> str:
    if code not in load_referentiel().criteria:
        table.fail(key, f"le critère « {code[:40]} » n’existe pas dans le référentiel")
    return code
