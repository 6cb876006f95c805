"""How to break the rules of the sales plan: a target that no step lets through, a lever under the other approach."""

from collections.abc import Iterator

import pandas as pd
from breaking import Broken, breaks, cells, put_all

from autograder.keys.cases import Case
from autograder.keys.checks.reading import plain
from autograder.keys.questions.e3_plan_operationnel.objectifs_vendeurs_tables import (
    CLIENTS,
    ApproachOfLever,
    TargetWithinReach,
    reach,
)

Table = pd.DataFrame


@breaks(TargetWithinReach)
def aim_at_more_than_the_chain(rule: TargetWithinReach, table: Table, case: Case) -> Iterator[Broken]:
    for row, name in cells(table, "indicateur"):
        if plain(name) == plain(CLIENTS):
            for help_ in ("les deux", "aucun"):
                aim = round(1.2 * reach(case, help_))
                yield Broken(put_all(table, row, {"cible": aim, "renfort": help_}), "ne laisse pas passer autant")


@breaks(ApproachOfLever)
def mistake_the_approach(rule: ApproachOfLever, table: Table, case: Case) -> Iterator[Broken]:
    for row, way in cells(table, "approche"):
        other = "outbound" if plain(way) == "inbound" else "inbound"
        yield Broken(put_all(table, row, {"approche": other}), "Qui y fait le premier pas")
