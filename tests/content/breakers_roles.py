"""How to break the rules of the matrix of channels: a wrong family, one family only, an envelope that is not enough."""

from collections.abc import Iterator

import pandas as pd
from breaking import Broken, breaks, cells, put_all, without

from autograder.keys.cases import Case
from autograder.keys.checks.reading import plain
from autograder.keys.questions.e3_plan_operationnel.roles_canaux_circuits_tables import (
    AsRecorded,
    BothFamiliesForOneRole,
    WithinEnvelope,
)

Table = pd.DataFrame


@breaks(AsRecorded)
def give_a_channel_another_role(rule: AsRecorded, table: Table, case: Case) -> Iterator[Broken]:
    for row, role in reversed(cells(table, "rôle_visé")):
        other = "acheteur" if plain(role) != "acheteur" else "vendeur"
        yield Broken(put_all(table, row, {"rôle_visé": other}), "n’est pas ce que dit la table")


@breaks(AsRecorded)
def give_a_channel_another_family(rule: AsRecorded, table: Table, case: Case) -> Iterator[Broken]:
    for row, family in reversed(cells(table, "famille")):
        other = "hors-média" if plain(family) == "media" else "média"
        yield Broken(put_all(table, row, {"famille": other}), "n’est pas ce que dit la table")


@breaks(BothFamiliesForOneRole)
def keep_hors_media_only(rule: BothFamiliesForOneRole, table: Table, case: Case) -> Iterator[Broken]:
    kept = [row for row, family in cells(table, "famille") if plain(family) != "media"]
    gone = [row for row, family in cells(table, "famille") if plain(family) == "media"]
    smaller = without(table, gone)
    decided = put_all(smaller, len(kept) - 1, {"décision": "écarté"})
    yield Broken(decided, "à la fois un média et un hors-média")


@breaks(WithinEnvelope)
def keep_nearly_everything(rule: WithinEnvelope, table: Table, case: Case) -> Iterator[Broken]:
    for row, _ in cells(table, "décision"):
        full = table
        for other, _ in cells(table, "décision"):
            full = put_all(full, other, {"décision": "écarté" if other == row else "retenu"})
        yield Broken(full, "plus que l’enveloppe")
