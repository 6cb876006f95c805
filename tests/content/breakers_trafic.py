"""How to break the rules of traffic and conversion: a ceiling passed, a chain cut, a content misplaced, a trick."""

from collections.abc import Iterator

import pandas as pd
from breaking import Broken, breaks, cell, cells, each, put_all, swapped

from autograder.keys.cases import Case
from autograder.keys.checks.reading import number_in, plain
from autograder.keys.checks.tables import label
from autograder.keys.questions.e3_plan_operationnel.trafic_client_tables import (
    MONTHS,
    AimOrBudget,
    AimsAtTarget,
    BelievableRates,
    ChainedVolumes,
    ContentOfStage,
    NoDeceptiveDesign,
    Reachable,
    WithinWebBudget,
    levers,
)

Table = pd.DataFrame


def with_visits(table: Table, case: Case, times: float) -> Table:
    """Return a plan whose visits are those of the year, ``times`` over, and whose other figures follow."""
    known = case.fact(levers)
    ranks = {plain(name): rank for rank, name in enumerate(MONTHS)}
    for row, name in cells(table, "levier"):
        lever, visits = known[plain(name)], round(times * known[plain(name)].visits)
        season = lever.season[ranks[plain(cell(table, row, "mois_fort"))]]
        cost, signed, strong = lever.cost(visits), visits * lever.signing, visits * season
        figures = {"visites": visits, "coût_ht": cost, "clients": signed, "visites_mois_fort": strong}
        table = put_all(table, row, figures)
    return table


@breaks(Reachable)
def pass_the_ceiling(rule: Reachable, table: Table, case: Case) -> Iterator[Broken]:
    for row, name in cells(table, "levier"):
        lever = case.fact(levers)[plain(name)]
        visits = round(6 * lever.visits)
        strong = visits * lever.season[[plain(one) for one in MONTHS].index(plain(cell(table, row, "mois_fort")))]
        figures = {"visites": visits, "clients": visits * lever.signing, "visites_mois_fort": strong}
        yield Broken(put_all(table, row, figures), "Sa courbe a un plafond")


@breaks(Reachable)
def pass_the_greatest_budget(rule: Reachable, table: Table, case: Case) -> Iterator[Broken]:
    """Put one lever past its greatest budget, the others a little under what they cost."""
    changed = with_visits(table, case, 0.95)
    for row, name in cells(table, "levier"):
        alone = with_visits(table.iloc[[row]].reset_index(drop=True), case, 1.11).iloc[0].to_dict()
        over = put_all(
            changed, row, {name: alone[name] for name in ("visites", "coût_ht", "clients", "visites_mois_fort")}
        )
        yield Broken(over, "plus que le budget maximal")


@breaks(Reachable)
def write_no_count(rule: Reachable, table: Table, case: Case) -> Iterator[Broken]:
    for wrong in ("beaucoup", -5):
        for _, changed in each(table, "visites", lambda content, wrong=wrong: wrong):
            yield Broken(changed, "n’est pas un nombre de visites")


@breaks(BelievableRates)
def write_more_than_all(rule: BelievableRates, table: Table, case: Case) -> Iterator[Broken]:
    for name in rule.names:
        for row, _ in cells(table, name):
            figures = {name: 1.5}
            if "sortie" in table:
                figures["sortie"] = 1.5 * (number_in(cell(table, row, "entrée")) or 0)
            yield Broken(put_all(table, row, figures), "n’est pas un taux")


@breaks(WithinWebBudget)
def buy_more_visits_than_the_budget(rule: WithinWebBudget, table: Table, case: Case) -> Iterator[Broken]:
    yield Broken(with_visits(table, case, 1.08), "dépasse le budget du web")


@breaks(AimOrBudget)
def stop_far_from_the_aim(rule: AimOrBudget, table: Table, case: Case) -> Iterator[Broken]:
    yield Broken(with_visits(table, case, 0.6), "il lui reste du budget")


@breaks(ContentOfStage)
def show_the_content_of_another_stage(rule: ContentOfStage, table: Table, case: Case) -> Iterator[Broken]:
    for row in range(1, len(table)):
        yield Broken(swapped(table, row - 1, row, "contenu"), "par un autre lecteur")


@breaks(ChainedVolumes)
def cut_the_chain(rule: ChainedVolumes, table: Table, case: Case) -> Iterator[Broken]:
    for row, _ in reversed(cells(table, "entrée")):
        volumes = {name: 1.5 * (number_in(cell(table, row, name)) or 0) for name in ("entrée", "sortie")}
        yield Broken(put_all(table, row, volumes), "ce n’est pas ce qui sort de l’étape")


@breaks(AimsAtTarget)
def aim_lower(rule: AimsAtTarget, table: Table, case: Case) -> Iterator[Broken]:
    for row, _ in cells(table, "entrée"):
        volumes = {name: (number_in(cell(table, row, name)) or 0) / 2 for name in ("entrée", "sortie")}
        table = put_all(table, row, volumes)
    yield Broken(table, "que le web doit signer")


@breaks(NoDeceptiveDesign)
def trick_people(rule: NoDeceptiveDesign, table: Table, case: Case) -> Iterator[Broken]:
    for name in rule.names:
        for _, changed in each(table, name, lambda content: f"un compte à rebours, puis {label(content)}"):
            yield Broken(changed, "interface trompeuse")
