"""The rules of a team's tables: who can do a task, who has the days, in which order, to what end.

One person only is accountable for a task: Project Management Institute, *PMBOK Guide*, 5th edition, 2013, chapter 9
(responsibility assignment matrix). An objective is specific, measurable, assignable, realistic, time-related: Doran,
« There's a S.M.A.R.T. Way to Write Management's Goals and Objectives », Management Review, 70(11), 1981.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from autograder.keys.cases import Case
from autograder.keys.checks.dates import (
    read_date,
    say_date,
)
from autograder.keys.checks.form import Form
from autograder.keys.checks.reading import number_in, plain
from autograder.keys.checks.tables import (
    Row,
    by_plain,
    cited,
    column,
    faults,
    filled_rows,
    label,
    other_table,
    place,
    shown,
)
from autograder.keys.mistakes import by_name
from autograder.keys.questions.e4_equipe import organiser as facts
from casestudies.answers import Value
from casestudies.equipe import debuts
from casestudies.market.calendar import public_holidays
from casestudies.septembrune.roster import roster, work

GIVE, HELP = Form("plan-transfert").choices("geste")
PEOPLE, TASKS = by_plain(roster().codes), by_plain(work().codes)
TEAM = re.compile(r"(?:toute )?(?:l')?equipe\b")
"""How people name the team, or one of the two: « équipe », « l’équipe Studio »."""
LEAST_HELP, MOST_HELP = 0.5, 3.0
LOTS = 4
TOLERANCE = 0.01
"""A load is full from this much above what the person has, in proportion: loads may have been rounded."""
_DONE = r"(?:heures?|reunions?|appels?|publications?|posts?|e-?mails?|courriels?|messages?|connexions?|presences?)"
ACTIVITY = re.compile(
    rf"\b(?:nombre|nb|volume|total|quantite|somme) (?:total |hebdomadaire |mensuel )?(?:de |d'|des ){_DONE}\b"
    rf"|^{_DONE} (?:par\b|tenu|organise|passe|emis|envoye|publie|ecrit|effectue|realise|fait|mensuel|hebdomadaire)"
    r"|\b(?:heures?|temps|jours?) (?:de (?:travail|presence|reunion|formation)|passee?s?|travaillee?s?|connectee?s?)\b"
    r"|\b(?:taux|part|nombre) (?:de |d')(?:presence|assiduite|participation)\b"
)
"""What counts what people do, not what comes of it: « nombre de réunions », « temps passé »."""
OUTCOME = re.compile(
    r"\b(?:sans|restee?s?|aboutie?s?|perdue?s?|evitee?s?|manquee?s?|reclamation|retour|retard|gagnee?s?|economisee?s?)\b"
)
"""Words that make a result of what they qualify: « appels restés sans réponse », « heures de retard »."""


def _task(cell: object) -> str | None:
    """Return the task of a cell, None when there is no such task."""
    return TASKS.get(plain(label(cell)))


def _person(cell: object) -> str | None:
    """Return the person of a cell, None when there is nobody of that code."""
    return PEOPLE.get(plain(label(cell)))


@dataclass(frozen=True)
class KnownTasks:
    """Each cell of « tache_id » is a task of the project."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per cell that is none."""
        words = "n’est pas une tâche du projet. Écrivez un numéro de la table « taches », par exemple T14."
        return faults(answer, lambda cell: "" if _task(cell) else f"{shown(cell)} {words}", "tache_id")


@dataclass(frozen=True)
class OnePerson:
    """Each cell of the columns ``names`` is the code of one person, and one only."""

    names: tuple[str, ...]

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per cell that names nobody, or several people."""

        def fault(cell: object) -> str:
            if _person(cell):
                return ""
            if len(cited(cell, PEOPLE)[0]) > 1:
                return f"{shown(cell)} nomme plusieurs personnes. Gardez-en une seule."
            return f"{shown(cell)} n’est pas le code d’une personne. Écrivez un code de l’équipe, par exemple M14."

        return faults(answer, fault, *self.names)


@dataclass(frozen=True)
class OthersTold:
    """Those consulted and informed are people of the agency, and neither do the task nor answer for it."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per cell that names nobody, or somebody who has another part already."""
        remarks = []
        for name in ("consulte", "informe"):
            for row, (doer, owner, cell) in filled_rows(answer, "realise", "repond", name):
                found, unknown = cited(cell, PEOPLE)
                taken = {_person(doer), _person(owner)} & set(found)
                if unknown:
                    remarks.append(
                        f"{place(row, name)} : {shown(unknown[0])} n’est pas le code d’une personne. Séparez les codes "
                        "par des virgules."
                    )
                elif taken:
                    remarks.append(
                        f"{place(row, name)} : {sorted(map(str, taken))[0]} réalise déjà la tâche, ou en répond. "
                        "Gardez ici les autres."
                    )
        return remarks


@dataclass(frozen=True)
class RightOwner:
    """The one who gives a task is the one who has it."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per row that takes a task from somebody else."""
        owners = case.fact(facts.tasks)["responsable"]
        return [
            f"{place(row, 'de')} : {shown(giver)} n’est pas responsable de {name}. Relisez la table « taches »."
            for row, (cell, giver) in filled_rows(answer, "tache_id", "de")
            if (name := _task(cell)) and _person(giver) and owners[name] != _person(giver)
        ]


def _level(case: Case, person: str, task: str) -> int:
    """Return the level of a person in the skill that a task asks."""
    return int(case.fact(facts.levels)[str(case.fact(facts.tasks)["competence"][task])][person])


def _wanted(case: Case, task: str) -> int:
    """Return the level that a task asks."""
    return int(case.fact(facts.tasks)["niveau_requis"][task])


def _able(case: Case, person: str, task: str) -> bool:
    """Say whether a person has the level that a task asks."""
    return _level(case, person, task) >= _wanted(case, task)


@dataclass(frozen=True)
class AbleTaker:
    """The one who takes a task is somebody else who has its level; who helps with it works alone in its skill too."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per row whose taker is not able, or is the giver."""
        remarks = []
        for row, (kind, cell, giver, taker) in filled_rows(answer, "geste", "tache_id", "de", "vers"):
            name, to = _task(cell), _person(taker)
            if name and to and to == _person(giver):
                remarks.append(f"{place(row, 'vers')} : {to} a déjà cette tâche. Choisissez une autre personne.")
            elif name and to and not _able(case, to, name):
                remarks.append(
                    f"{place(row, 'vers')} : {to} n’a pas le niveau que demande {name}. Comparez les niveaux tenus au "
                    "niveau requis."
                )
            elif name and to and plain(kind) == plain(HELP) and _level(case, to, name) < facts.ALONE:
                remarks.append(
                    f"{place(row, 'vers')} : {to} ne travaille pas encore sans aide dans cette compétence. Pour "
                    f"accompagner, choisissez quelqu’un au niveau {facts.ALONE} ou {facts.ALONE + 1}."
                )
        return remarks


@dataclass(frozen=True)
class HelpWithin:
    """Help takes from half a day to three days."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per row of help that takes less, more, or no number."""
        remarks = []
        for row, (kind, cell) in filled_rows(answer, "geste", "jours_homme"):
            days = number_in(cell)
            if plain(kind) == plain(HELP) and (days is None or not LEAST_HELP <= days <= MOST_HELP):
                remarks.append(f"{place(row, 'jours_homme')} : {shown(cell)} ; accompagner prend de 0,5 à 3 jours.")
        return remarks


def transferred_load(case: Case, row: Row) -> float | None:
    """Return the load of the task of a row that gives it away; None for another row."""
    name = _task(row["tache_id"])
    return float(case.fact(facts.tasks)["load"][name]) if name and plain(row["geste"]) == plain(GIVE) else None


@dataclass(frozen=True)
class NobodyOver:
    """Once the plan is carried out, nobody has more than the days that the project has of them."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per person who still has too much."""
        held, known = case.fact(facts.loads), case.fact(facts.tasks)
        free = by_name(held.free)
        asked = {name: float(held.asked.get(name, 0.0)) for name in free}
        given: set[str] = set()
        for _, (kind, cell, taker, days) in filled_rows(answer, "geste", "tache_id", "vers", "jours_homme"):
            name, to, help_days = _task(cell), _person(taker), number_in(days)
            if not name or not to:
                continue
            if plain(kind) == plain(GIVE) and name not in given:
                given.add(name)
                load = float(known["load"][name])
                asked[str(known["responsable"][name])] -= load
                asked[to] += load
            elif plain(kind) == plain(HELP) and help_days is not None:
                asked[to] += help_days
        return [
            f"Votre plan laisse {name} au-dessus de ses jours disponibles. Transférez une tâche de plus, ou "
            "choisissez quelqu’un d’autre."
            for name, days in asked.items()
            if days > free[name] * (1 + TOLERANCE)
        ]


@dataclass(frozen=True)
class HighTaskTreated:
    """The task that is too high for its owner is in the table."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return a remark when it is not."""
        wanted = case.fact(facts.too_high_task)
        if wanted in {_task(cell) for cell in column(answer, "tache_id")}:
            return []
        return [
            "Une tâche dépasse le niveau de son responsable (question 4) : votre tableau n’en dit rien. Ajoutez-la."
        ]


@dataclass(frozen=True)
class SeveralLots:
    """The tasks come from several lots."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return a remark when they come from fewer."""
        lots, named = case.fact(facts.tasks)["lot"], [_task(cell) for cell in column(answer, "tache_id")]
        found = {str(lots[name]) for name in named if name}
        if len(found) >= LOTS or None in named:
            return []
        return [f"Vos tâches viennent de {len(found)} lot(s) ; il en faut au moins {LOTS}. Prenez-en ailleurs."]


@dataclass(frozen=True)
class DoerAble:
    """The one who does a task has its level, or somebody helps, says the plan handed in."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per row whose doer has not the level, without help."""
        helped = _helped(other_table(case, "o1-transfert"))
        return [
            f"{place(row, 'realise')} : {who} n’a pas le niveau que demande {name}. Choisissez quelqu’un qui l’a, ou "
            "prévoyez un accompagnement dans votre plan."
            for row, (cell, doer) in filled_rows(answer, "tache_id", "realise")
            if (name := _task(cell)) and (who := _person(doer)) and not _able(case, who, name) and name not in helped
        ]


@dataclass(frozen=True)
class DoerGiven:
    """The one who does a task is its owner, or the one to whom the plan handed in gives it."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per row whose doer was given the task nowhere; nothing before there is a plan."""
        plan, owners = other_table(case, "o1-transfert"), case.fact(facts.tasks)["responsable"]
        if plan is None:
            return []
        given = {
            _task(cell): _person(taker)
            for _, (kind, cell, taker) in filled_rows(plan, "geste", "tache_id", "vers")
            if plain(kind) == plain(GIVE)
        }
        return [
            f"{place(row, 'realise')} : ni la table « taches », ni votre plan ne confient {name} à {who}. Écrivez ce "
            "transfert dans le plan, ou gardez ici la personne qui a la tâche."
            for row, (cell, doer) in filled_rows(answer, "tache_id", "realise")
            if (name := _task(cell)) and (who := _person(doer)) and who != (given.get(name) or owners[name])
        ]


@dataclass(frozen=True)
class LevelsSaid:
    """The cell « competence » quotes the level that the task asks and the one that its doer has."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per cell that lacks one of them; unknown tasks and people are left to other rules."""
        remarks = []
        for row, (cell, doer, said) in filled_rows(answer, "tache_id", "realise", "competence"):
            name, who = _task(cell), _person(doer)
            if not name or not who:
                continue
            found = Counter(int(digit) for digit in re.findall(r"(?<![\d.,])\d(?!\d|[.,]\d)", label(said)))
            if Counter([_wanted(case, name), _level(case, who, name)]) - found:
                remarks.append(
                    f"{place(row, 'competence')} : {shown(said)}. On attend le niveau que demande {name}, puis celui "
                    f"de {who} dans cette compétence ; relisez les deux tables."
                )
        return remarks


def _helped(plan: pd.DataFrame | None) -> set[str | None]:
    """Return the tasks that a plan helps with."""
    if plan is None:
        return set()
    return {_task(cell) for _, (kind, cell) in filled_rows(plan, "geste", "tache_id") if plain(kind) == plain(HELP)}


def task_load(case: Case, row: Row) -> float | None:
    """Return the load of the task of a row."""
    name = _task(row["tache_id"])
    return float(case.fact(facts.tasks)["load"][name]) if name else None


def earliest(case: Case) -> "pd.Series[str]":
    """Return the earliest first day of each task."""
    return debuts(case.fact(facts.tasks).reset_index().rename(columns={"days": "attendue"}))


def deadline(case: Case) -> date:
    """Return the last day of the project."""
    return case.period("projet").fin


@dataclass(frozen=True)
class NotTooEarly:
    """No task begins before those it waits for can be finished."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per task that does."""
        first, start, remarks = case.fact(earliest), case.period("projet").debut, []
        for row, name, day in _begins(answer):
            if day < start:
                remarks.append(
                    f"{place(row, 'debut')} : le {say_date(day)}, le projet n’a pas commencé. Relisez le mois et "
                    "l’année."
                )
            elif day < date.fromisoformat(str(first[name])):
                remarks.append(
                    f"{place(row, 'debut')} : le {say_date(day)}, les tâches que {name} attend ne peuvent pas être "
                    "finies. Le tableau du notebook donne le premier jour possible."
                )
        return remarks


def last_day(case: Case, name: str, first: date) -> date:
    """Return the last day of a task that begins on ``first`` and lasts as expected: its whole days of work."""
    days = int(np.ceil(float(case.fact(facts.tasks)["days"][name]) - 1e-9))
    closed = np.array(list(public_holidays(range(first.year, first.year + 2))), dtype="datetime64[D]")
    found = np.busday_offset(np.datetime64(first), days - 1, roll="forward", holidays=closed)
    return date.fromisoformat(str(found))


@dataclass(frozen=True)
class EndsInTime:
    """Each task begins early enough to be finished by the end of the project, as long as expected."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per task that begins too late."""
        return [
            f"{place(row, 'debut')} : commencée le {say_date(day)}, {name} finirait après l’échéance du projet. "
            "Avancez-la."
            for row, name, day in _begins(answer)
            if day > deadline(case) or last_day(case, name, day) > deadline(case)
        ]


@dataclass(frozen=True)
class InOrder:
    """Of two tasks of the table, the one that waits for the other begins on its last day at the earliest."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per task that begins before the last day of one that it waits for."""
        begun = {name: (row, day) for row, name, day in _begins(answer) if day <= deadline(case)}
        waits = case.fact(facts.tasks)["predecesseurs"].fillna("")
        return [
            f"{place(row, 'debut')} : {name} attend {before}, que vous commencez le {say_date(begun[before][1])} : "
            "elle n’est pas finie ce jour-là. Reculez l’une, ou avancez l’autre."
            for name, (row, day) in begun.items()
            for before in cited(waits[name], TASKS)[0]
            if before in begun and last_day(case, before, begun[before][1]) > day
        ]


def _begins(answer: Value) -> Iterator[tuple[int, str, date]]:
    for row, (cell, start) in filled_rows(answer, "tache_id", "debut"):
        name, day = _task(cell), read_date(start)
        if name and day:
            yield row, name, day


@dataclass(frozen=True)
class TeamAndPeople:
    """Objectives are the team's, at least one, or somebody's: two people at least."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per cell that is neither, or what is missing."""
        words = "n’est ni « équipe », ni le code d’une personne. Écrivez par exemple M14."
        remarks = faults(
            answer, lambda cell: "" if TEAM.match(plain(cell)) or _person(cell) else f"{shown(cell)} {words}", "pour"
        )
        named = [cell for _, (cell,) in filled_rows(answer, "pour")]
        if remarks or not named:
            return remarks
        if not any(TEAM.match(plain(cell)) for cell in named):
            remarks.append("Colonne « pour » : aucun objectif n’est celui de l’équipe. Où mènent les autres ?")
        if len({_person(cell) for cell in named} - {None}) < 2:
            remarks.append("Colonne « pour » : donnez un objectif à deux personnes différentes au moins.")
        return remarks


@dataclass(frozen=True)
class NotBeforeStart:
    """No day of the columns ``names`` comes before the project begins."""

    names: tuple[str, ...]

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per day that does; unreadable days are left to other rules."""
        start = case.period("projet").debut

        def fault(cell: object) -> str:
            day = read_date(cell)
            if day is None or day >= start:
                return ""
            return f"le {say_date(day)} vient avant le début du projet, le {say_date(start)}. Relisez l’année."

        return faults(answer, fault, *self.names)


@dataclass(frozen=True)
class ResultMeasured:
    """No indicator counts what people do instead of what comes of it."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per indicator of activity."""

        def fault(cell: object) -> str:
            text = plain(cell)
            if not ACTIVITY.search(text) or OUTCOME.search(text):
                return ""
            return f"{shown(cell)} compte une activité. Que change-t-elle, et comment le mesurez-vous ?"

        return faults(answer, fault, "indicateur")
