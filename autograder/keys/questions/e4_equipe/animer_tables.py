"""What the text and the tables of notebook 02 must hold before people read them."""

import re
from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.dates import BeforeDeadline, ValidDates
from autograder.keys.checks.form import Form
from autograder.keys.checks.health import NothingMedical
from autograder.keys.checks.reading import number_in, plain
from autograder.keys.checks.rows import AtLeastDistinct, DistinctRows, OnePerQuadrant
from autograder.keys.checks.tables import faults, filled_rows, label, place, shown
from autograder.keys.checks.texts import CellFigures, FiguresQuoted, Mentions, TextLength, count_words
from autograder.keys.questions.e4_equipe.animer import KEYS
from casestudies.answers import Value
from casestudies.references import RgesnCriterion, load

RITUALS, PRACTICES, ADJUSTMENTS = Form("rituels-equipe"), Form("sobriete-numerique"), Form("amenagements")


@dataclass(frozen=True)
class LabelledLines:
    """Each line of ``parts`` (its label, least and most words) stands once, in this order, after « label : »."""

    parts: tuple[tuple[str, int, int], ...]

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return what is missing or of another length; the order is looked at when all is there."""
        said = [line.partition(":") for line in str(answer).splitlines() if ":" in line]
        titles = [plain(title) for title, _, _ in said]
        remarks = []
        for title, least, most in self.parts:
            if titles.count(plain(title)) != 1:
                remarks.append(f"On attend une ligne, une seule, qui commence par « {title} : ».")
                continue
            count = count_words(said[titles.index(plain(title))][2])
            if not least <= count <= most:
                words = f"{count} mot{'s' * (count > 1)}"
                remarks.append(f"« {title} » : {words} ; on attend de {least} à {most} mots sur cette ligne.")
        found = [one for one in titles if one in {plain(title) for title, _, _ in self.parts}]
        if not remarks and found != [plain(title) for title, _, _ in self.parts]:
            order = ", ".join(title for title, _, _ in self.parts)
            remarks.append(f"Les lignes ne sont pas dans l’ordre attendu : {order}. Remettez-les à leur place.")
        return remarks


@dataclass(frozen=True)
class SomeRowSays:
    """At least one filled cell of ``name`` holds one of ``words``, begun by it; ``what`` names them in French."""

    name: str
    what: str
    words: tuple[str, ...]

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark when no cell does."""
        cells = [plain(cell) for _, (cell,) in filled_rows(answer, self.name)]
        if any(re.search(rf"\b{re.escape(plain(word))}", cell) for cell in cells for word in self.words):
            return []
        return [f"Colonne « {self.name} » : aucune ligne ne parle {self.what}. Ajoutez-la à celle qui convient."]


@dataclass(frozen=True)
class KnownRgesn:
    """Each filled cell of ``name`` is the number of a criterion of the RGESN."""

    name: str

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per number that the reference has not."""
        known = {one.number for one in load(RgesnCriterion)}

        def fault(cell: object) -> str:
            number = re.sub(r"^rgesn\s*", "", plain(label(cell))).replace(",", ".")
            if number in known:
                return ""
            return f"{shown(cell)} n’est pas un numéro du RGESN. Cherchez le critère dans la liste du notebook."

        return faults(answer, fault, self.name)


@dataclass(frozen=True)
class LowerAfter:
    """In each row, the number of ``after`` is below that of ``before``; what is no number is said."""

    before: str
    after: str

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per row that saves nothing."""
        remarks = []
        for row, (before, after) in filled_rows(answer, self.before, self.after):
            start, end = number_in(before), number_in(after)
            if start is None or end is None:
                name, cell = (self.before, before) if start is None else (self.after, after)
                remarks.append(f"{place(row, name)} : {shown(cell)} n’est pas un nombre. Mettez l’unité à part.")
            elif end >= start:
                remarks.append(
                    f"Ligne {row} : {shown(after)} après, {shown(before)} avant. Cette ligne n’économise rien : "
                    "revoyez les deux nombres, ou la pratique."
                )
        return remarks


KEYS.text(
    "t2-entretien",
    LabelledLines(
        (
            ("Décrire", 12, 50), ("Exprimer", 8, 40), ("Spécifier", 12, 50), ("Conclure", 12, 50),
        )
    ),
    FiguresQuoted(2),
    Mentions("la trace écrite que l’entretien laissera", ("écrit", "écrite", "écrites", "écrire", "trace", "message")),
)  # fmt: skip

KEYS.table(
    "t2-rituels",
    RITUALS.columns,
    RITUALS.filled,
    RITUALS.allowed("mode"),
    OnePerQuadrant("mode", RITUALS.choices("mode"), 1),
    DistinctRows("rituel"),
    CellFigures("risque", "un chiffre ou une heure, relevés dans le dossier"),
    TextLength(6, 35, "risque"),
    TextLength(6, 40, "règle"),
    SomeRowSays("règle", "de déconnexion (« déconnexion », « envoi différé », « aucune réponse attendue »)",
                ("déconnexion", "déconnect", "envoi différé", "aucune réponse attendue")),
)  # fmt: skip

KEYS.table(
    "t2-pratiques",
    PRACTICES.columns,
    PRACTICES.filled,
    PRACTICES.allowed("nature"),
    AtLeastDistinct("nature", 3),
    DistinctRows("pratique"),
    KnownRgesn("rgesn"),
    LowerAfter("avant", "après"),
    TextLength(5, 40, "hypothèse"),
    TextLength(4, 30, "règle"),
)

KEYS.table(
    "t2-amenagements",
    ADJUSTMENTS.columns,
    ADJUSTMENTS.filled,
    ADJUSTMENTS.allowed("acteur"),
    AtLeastDistinct("acteur", 2),
    DistinctRows("aménagement"),
    ValidDates(("délai",)),
    BeforeDeadline("délai", lambda case: case.company.periods["projet"].fin),
    TextLength(6, 40, "aménagement"),
    TextLength(5, 40, "suivi"),
    TextLength(5, 40, "équité"),
    NothingMedical(("besoin", "aménagement", "suivi", "équité")),
)
