"""How to break the rules of a team's tables: a crowd that answers, somebody who cannot, days that nobody has."""

from collections.abc import Iterator

import pandas as pd
from breaking import UNKNOWN, Broken, breaks, cell, cells, put, put_all, without

from autograder.keys.cases import Case
from autograder.keys.questions.e4_equipe import organiser as facts
from autograder.keys.questions.e4_equipe.organiser_rules import (
    GIVE,
    HELP,
    AbleTaker,
    DoerAble,
    DoerGiven,
    EndsInTime,
    HelpWithin,
    HighTaskTreated,
    InOrder,
    KnownTasks,
    LevelsSaid,
    NobodyOver,
    NotBeforeStart,
    NotTooEarly,
    OnePerson,
    OthersTold,
    ResultMeasured,
    RightOwner,
    SeveralLots,
    TeamAndPeople,
    earliest,
)

Table = pd.DataFrame


def people(case: Case) -> list[str]:
    return [str(name) for name in case.fact(facts.levels).index]


def levels_of(case: Case, task: str, person: str) -> str:
    known = case.fact(facts.tasks).loc[task]
    return f"demande {known['niveau_requis']}, tenu {case.fact(facts.levels).loc[person, known['competence']]}"


@breaks(KnownTasks, "NobodyOver HighTaskTreated SeveralLots", "a task that is not known is one less")
def name_no_task(rule: KnownTasks, table: Table, case: Case) -> Iterator[Broken]:
    for row, _ in reversed(cells(table, "tache_id")):
        yield Broken(put(table, row, tache_id=UNKNOWN), "n’est pas une tâche")


@breaks(OnePerson, "NobodyOver", "work given to nobody stays where it was")
def name_nobody(rule: OnePerson, table: Table, case: Case) -> Iterator[Broken]:
    for name in rule.names:
        for row, _ in cells(table, name):
            yield Broken(put_all(table, row, {name: UNKNOWN}), "n’est pas le code")


@breaks(OnePerson, "NobodyOver", "work given to two people is given to nobody")
def name_two_people(rule: OnePerson, table: Table, case: Case) -> Iterator[Broken]:
    for name in rule.names:
        for row, _ in cells(table, name):
            yield Broken(put_all(table, row, {name: "M01, M02"}), "plusieurs personnes")


@breaks(OthersTold)
def consult_the_doer(rule: OthersTold, table: Table, case: Case) -> Iterator[Broken]:
    for row, doer in cells(table, "realise"):
        yield Broken(put(table, row, consulte=doer), "réalise déjà")


@breaks(OthersTold)
def inform_everybody(rule: OthersTold, table: Table, case: Case) -> Iterator[Broken]:
    for row, _ in cells(table, "informe"):
        yield Broken(put(table, row, informe="toute l’équipe"), "n’est pas le code")


@breaks(RightOwner)
def take_from_somebody_else(rule: RightOwner, table: Table, case: Case) -> Iterator[Broken]:
    for row, owner in cells(table, "de"):
        for other in people(case):
            if other not in (owner, cell(table, row, "vers")):
                yield Broken(put(table, row, de=other), "n’est pas responsable")


@breaks(AbleTaker)
def give_to_somebody_who_cannot(rule: AbleTaker, table: Table, case: Case) -> Iterator[Broken]:
    for row, kind in cells(table, "geste"):
        if kind == HELP:
            for other in people(case):
                yield Broken(put(table, row, vers=other), "n’a pas le niveau")


@breaks(AbleTaker)
def help_oneself(rule: AbleTaker, table: Table, case: Case) -> Iterator[Broken]:
    for row, kind in cells(table, "geste"):
        if kind == HELP:
            yield Broken(put(table, row, vers=cell(table, row, "de")), "a déjà cette tâche")


@breaks(HelpWithin)
def help_a_minute(rule: HelpWithin, table: Table, case: Case) -> Iterator[Broken]:
    for row, kind in cells(table, "geste"):
        if kind == HELP:
            yield Broken(put(table, row, jours_homme=0.1), "de 0,5 à 3 jours")


@breaks(NobodyOver)
def only_help_the_overloaded(rule: NobodyOver, table: Table, case: Case) -> Iterator[Broken]:
    for row, kind in cells(table, "geste"):
        if kind == GIVE:
            yield Broken(put_all(table, row, {"geste": HELP, "jours_homme": 0.5}), "au-dessus de ses jours")


@breaks(HighTaskTreated, "Columns SeveralLots", "a table may have just the least of rows, or of lots")
def forget_the_high_task(rule: HighTaskTreated, table: Table, case: Case) -> Iterator[Broken]:
    high = case.fact(facts.too_high_task)
    yield Broken(without(table, [row for row, name in cells(table, "tache_id") if name == high]), "question 4")


@breaks(SeveralLots)
def stay_in_three_lots(rule: SeveralLots, table: Table, case: Case) -> Iterator[Broken]:
    known, high = case.fact(facts.tasks), case.fact(facts.too_high_task)
    lots = [str(known.loc[high, "lot"]), *[one for one in ("Cadrage", "Technique") if one != known.loc[high, "lot"]]]
    names = [str(one) for one in known.index[known["lot"].isin(lots)] if one != high]
    other = table
    first = case.fact(earliest)
    for row, name in cells(table, "tache_id"):
        if name == high:
            continue
        task = names.pop(0)
        owner = known.loc[task, "responsable"]
        changes = {
            "tache_id": task, "realise": owner, "jours_homme": float(known.loc[task, "load"]), "debut": first[task],
            "repond": "M03", "consulte": "M07", "informe": "M08", "competence": levels_of(case, task, owner),
        }  # fmt: skip
        other = put_all(other, row, changes)
    yield Broken(other, "lot(s)")


def with_other_doers(table: Table, case: Case) -> Iterator[Table]:
    """Yield the table with each task done by each of those who have no other part in it, their level said."""
    for row, doer in cells(table, "realise"):
        taken = {doer, cell(table, row, "repond"), *str(cell(table, row, "consulte")).split(", "), "M11", "M12"}
        task = cell(table, row, "tache_id")
        for other in people(case):
            if other not in taken:
                yield put(table, row, realise=other, competence=levels_of(case, task, other))


@breaks(DoerAble, "DoerGiven", "the plan gives no task to somebody who cannot")
def let_somebody_do_who_cannot(rule: DoerAble, table: Table, case: Case) -> Iterator[Broken]:
    for other in with_other_doers(table, case):
        yield Broken(other, "n’a pas le niveau")


@breaks(DoerGiven)
def let_somebody_do_who_was_not_asked(rule: DoerGiven, table: Table, case: Case) -> Iterator[Broken]:
    for other in with_other_doers(table, case):
        yield Broken(other, "ni votre plan")


@breaks(LevelsSaid)
def say_other_levels(rule: LevelsSaid, table: Table, case: Case) -> Iterator[Broken]:
    for row, _ in cells(table, "competence"):
        for words in ("demande 4, tenu 0", "niveau 3 ou 4 selon les cas 34", "elle sait faire"):
            yield Broken(put(table, row, competence=words), "On attend le niveau que demande")


@breaks(InOrder)
def begin_what_is_waited_for_too_late(rule: InOrder, table: Table, case: Case) -> Iterator[Broken]:
    first = case.fact(earliest)
    for row, name in cells(table, "tache_id"):
        late = [day for day in first if day > str(first[name])]
        for day in sorted(set(late)):
            yield Broken(put(table, row, debut=day), "n’est pas finie ce jour-là")


@breaks(EndsInTime)
def begin_on_the_last_day(rule: EndsInTime, table: Table, case: Case) -> Iterator[Broken]:
    last = case.period("projet").fin.isoformat()
    for row, _ in reversed(cells(table, "debut")):
        yield Broken(put(table, row, debut=last), "finirait après l’échéance")


@breaks(NotTooEarly)
def begin_at_once(rule: NotTooEarly, table: Table, case: Case) -> Iterator[Broken]:
    for row, _ in reversed(cells(table, "debut")):
        yield Broken(put(table, row, debut="2026-10-05"), "ne peuvent pas être finies")


@breaks(TeamAndPeople)
def aim_for_nobody(rule: TeamAndPeople, table: Table, case: Case) -> Iterator[Broken]:
    for row, _ in cells(table, "pour"):
        yield Broken(put(table, row, pour=UNKNOWN), "n’est ni")


@breaks(TeamAndPeople)
def aim_for_the_team_only(rule: TeamAndPeople, table: Table, case: Case) -> Iterator[Broken]:
    same = table
    for row, _ in cells(table, "pour"):
        same = put(same, row, pour="équipe")
    yield Broken(same, "deux personnes")


@breaks(TeamAndPeople)
def forget_the_team(rule: TeamAndPeople, table: Table, case: Case) -> Iterator[Broken]:
    apart = table
    for row, _ in cells(table, "pour"):
        apart = put(apart, row, pour=f"M0{row + 1}")
    yield Broken(apart, "aucun objectif n’est celui de l’équipe")


@breaks(ResultMeasured)
def count_hours(rule: ResultMeasured, table: Table, case: Case) -> Iterator[Broken]:
    for row, _ in cells(table, "indicateur"):
        yield Broken(put(table, row, indicateur="nombre d’heures passées en formation"), "compte une activité")


@breaks(NotBeforeStart)
def aim_for_last_year(rule: NotBeforeStart, table: Table, case: Case) -> Iterator[Broken]:
    for name in rule.names:
        for row, _ in cells(table, name):
            yield Broken(put_all(table, row, {"point_étape": "2025-10-30"} if name == "point_étape" else {
                "point_étape": "2025-10-30", "échéance": "2025-11-27"
            }), "avant le début du projet")  # fmt: skip
