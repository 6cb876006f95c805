"""How to break the rules of a team's tables: a crowd that answers, somebody who cannot, days that nobody has."""

from collections.abc import Iterator

import pandas as pd
from breaking import UNKNOWN, Broken, breaks, cell, cells, put, put_all, without

from autograder.keys.cases import Case
from autograder.keys.questions.e4_equipe import organiser as facts
from autograder.keys.questions.e4_equipe.organiser_tables import (
    GIVE,
    HELP,
    AbleTaker,
    DoerAble,
    HelpWithin,
    HighTaskTreated,
    KnownTasks,
    NobodyOver,
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
    known, high, level = case.fact(facts.tasks), case.fact(facts.too_high_task), case.fact(facts.levels)
    lots = [str(known.loc[high, "lot"]), *[one for one in ("Cadrage", "Technique") if one != known.loc[high, "lot"]]]
    names = [str(one) for one in known.index[known["lot"].isin(lots)] if one != high]
    other = table
    first = case.fact(earliest)
    for row, name in cells(table, "tache_id"):
        if name == high:
            continue
        task = names.pop(0)
        owner = known.loc[task, "responsable"]
        assert level.loc[owner, known.loc[task, "competence"]] >= known.loc[task, "niveau_requis"]
        changes = {
            "tache_id": task, "realise": owner, "jours_homme": float(known.loc[task, "load"]), "debut": first[task],
            "repond": "M03", "consulte": "M07", "informe": "M08",
        }  # fmt: skip
        other = put_all(other, row, changes)
    yield Broken(other, "lot(s)")


@breaks(DoerAble)
def let_somebody_do_who_cannot(rule: DoerAble, table: Table, case: Case) -> Iterator[Broken]:
    for row, doer in cells(table, "realise"):
        taken = {doer, cell(table, row, "repond"), *str(cell(table, row, "consulte")).split(", "), "M11", "M12"}
        for other in people(case):
            if other not in taken:
                yield Broken(put(table, row, realise=other), "n’a pas le niveau")


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
