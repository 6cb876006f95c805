"""What the text and the tables of notebook 02 must hold before people read them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from autograder.keys.cases import Case
from autograder.keys.checks.dates import BeforeDeadline, NotBefore, ValidDates
from autograder.keys.checks.form import Form
from autograder.keys.checks.health import NothingMedical
from autograder.keys.checks.reading import number_in, plain
from autograder.keys.checks.rows import AtLeastDistinct, DistinctRows, OnePerQuadrant
from autograder.keys.checks.tables import faults, filled_rows, label, place, shown
from autograder.keys.checks.texts import CellFigures, FiguresQuoted, TextLength, count_words
from autograder.keys.questions.e4_equipe.animer import KEYS
from casestudies.answers import Value
from casestudies.references import RgesnCriterion, load

RITUALS, PRACTICES, ADJUSTMENTS = Form("rituels-equipe"), Form("sobriete-numerique"), Form("amenagements")


_BULLET = re.compile(r"^[\W\d_]+(?:[a-z][.)] )?")
"""What people put before a label: a dash, stars, a number."""


def labelled(text: str, titles: Sequence[str]) -> list[tuple[str, str]]:
    r"""Return the parts of a text, each begun by « label : »: its label as in ``titles``, its words to the next label.

    >>> labelled("- **Décrire** : Mardi à 9:05,\ndeux absents.\nConclure : Demain.", ("Décrire", "Conclure"))
    [('Décrire', 'Mardi à 9:05, deux absents.'), ('Conclure', 'Demain.')]
    """
    known = {plain(title): title for title in titles}
    found: list[tuple[str, str]] = []
    for line in text.splitlines():
        head, _, rest = line.partition(":")
        title = known.get(_BULLET.sub("", plain(head)).rstrip("*_ "))
        if title is not None and ":" in line:
            found.append((title, rest.strip("*_ ")))
        elif found:
            found[-1] = (found[-1][0], f"{found[-1][1]} {line.strip()}".strip())
    return found


@dataclass(frozen=True)
class LabelledLines:
    """Each line of ``parts`` (its label, least and most words) stands once, in this order, after « label : ».

    What follows on other lines belongs to it.
    """

    parts: tuple[tuple[str, int, int], ...]

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return what is missing or of another length; the order is looked at when all is there."""
        titles = [title for title, _, _ in self.parts]
        said = labelled(str(answer), titles)
        found = [title for title, _ in said]
        remarks = []
        for title, least, most in self.parts:
            if found.count(title) != 1:
                remarks.append(f"On attend une ligne, une seule, qui commence par « {title} : ».")
                continue
            count = count_words(said[found.index(title)][1])
            if not least <= count <= most:
                words = f"{count} mot{'s' * (count > 1)}"
                remarks.append(f"« {title} » : {words} ; on attend de {least} à {most} mots sur cette ligne.")
        if not remarks and found != titles:
            order = ", ".join(titles)
            remarks.append(f"Les lignes ne sont pas dans l’ordre attendu : {order}. Remettez-les à leur place.")
        return remarks


@dataclass(frozen=True)
class LineSays:
    """The line ``title`` of those labelled ``titles`` holds one of ``words``, begun by it; ``what`` names them."""

    titles: tuple[str, ...]
    title: str
    what: str
    words: tuple[str, ...]

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark when the line is there and says none of them."""
        lines = [plain(words) for title, words in labelled(str(answer), self.titles) if title == self.title]
        if not lines or any(re.search(rf"\b{re.escape(plain(word))}", lines[0]) for word in self.words):
            return []
        return [f"« {self.title} » ne dit pas {self.what}. Ajoutez-le à cette ligne."]


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
            number = re.sub(r"^(?:(?:rgesn|critere)\s*)+", "", plain(label(cell))).replace(",", ".").rstrip(".")
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
            if start is None or end is None or not isfinite(start) or not isfinite(end):
                wrong = start is None or not isfinite(start)
                name, cell = (self.before, before) if wrong else (self.after, after)
                remarks.append(f"{place(row, name)} : {shown(cell)} n’est pas un nombre. Mettez l’unité à part.")
            elif end < 0:
                remarks.append(f"{place(row, self.after)} : {shown(after)} est négatif. Écrivez ce qui reste après.")
            elif end >= start:
                remarks.append(
                    f"Ligne {row} : {shown(after)} après, {shown(before)} avant. Cette ligne n’économise rien : "
                    "revoyez les deux nombres, ou la pratique. Pour une durée de vie, comptez les achats d’une année."
                )
        return remarks


_WATCHING = re.compile(
    r"\b(?:temps|heures?|durees?) de connexion|\bpointages?\b|\bmouchards?\b|\bvoyant vert|\bstatut (?:en ligne|vert)|"
    r"\bnominati\w+|\bcaptures? d'ecran|\bclassement des personnes|\bnom de (?:ceux|celles)|\b[pm]\d{2}\b"
)
_DENIED = re.compile(r"\b(?:sans|ni|jamais|aucune?|pas)\b")


@dataclass(frozen=True)
class NobodyWatched:
    """No cell of the columns ``names`` counts somebody's presence or names who does what, unless to refuse it."""

    names: tuple[str, ...]

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per cell that watches somebody, with the words that do."""

        def fault(cell: object) -> str:
            for clause in re.split(r"[.;:!?\n]", plain(cell)):
                found = _WATCHING.search(clause)
                if found and not _DENIED.search(clause[: found.start()]):
                    return f"« {found[0]} » surveille des personnes. Suivez la règle, pour l’équipe entière."
            return ""

        return faults(answer, fault, *self.names)


STEPS = (("Décrire", 12, 50), ("Exprimer", 8, 40), ("Spécifier", 12, 50), ("Conclure", 12, 50))
TRACE = (
    "écri", "trace", "compte rendu", "compte-rendu", "mail", "courriel", "e-mail", "le fil", "je note", "récapitul",
)  # fmt: skip

KEYS.text(
    "t2-entretien",
    LabelledLines(STEPS),
    FiguresQuoted(2),
    LineSays(tuple(title for title, *_ in STEPS), "Conclure", "quelle trace écrite l’entretien laissera", TRACE),
)

UNPLUGGED = (
    "déconnexion", "déconnect", "envoi différé", "envois différés", "envoi programmé", "différés", "aucune réponse",
    "pas de réponse", "sans réponse attendue", "aucun message", "pas de message", "sans message", "aucune notification",
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
    SomeRowSays("règle", "de déconnexion (« déconnexion », « envoi différé », « aucune réponse attendue »)", UNPLUGGED),
    NobodyWatched(("trace", "signe")),
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
    NotBefore("délai", lambda case: case.company.periods["releves"].fin),
    BeforeDeadline("délai", lambda case: case.company.periods["projet"].fin),
    TextLength(6, 40, "aménagement"),
    TextLength(5, 40, "suivi"),
    TextLength(5, 40, "équité"),
    NothingMedical(("besoin", "aménagement", "suivi", "équité")),
)
