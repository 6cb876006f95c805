"""The forecast budget of a year: twelve months × levers, a low and a high case, the result and the cash of each month.

Last year is the base: each lever spends what it spent in the same month, changed by a share; sales follow last year's
months in each case. What remains of sales is the margin rate on variable costs; fixed costs other than marketing are
the same each month; all is paid in its month. Amounts are euros excluding VAT.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from casestudies.errors import CasekitError
from casestudies.french import french_list

if TYPE_CHECKING:
    from casestudies.dossier import Dossier

CASES = ("bas", "haut")
LEVER_COLUMNS = {
    "SEO": "seo", "SEA": "sea", "E-publicité": "e_publicite", "Affiliation": "affiliation",
    "E-mailing": "e_mailing", "Réseaux sociaux": "reseaux_sociaux",
}  # fmt: skip
"""The column of each lever in the table of the forecast."""


def prevoir(dossier: "Dossier", evolutions: Mapping[str, float], bas: float, haut: float) -> pd.DataFrame:
    """Return the forecast of a dossier, one row a month from July; see ``forecast``.

    Parameters
    ----------
    evolutions
        The change of each lever's expense, as a share (0.10 for +10 %); a lever that is not named does not change.
    bas, haut
        The change of sales in the low and in the high case, as shares.

    Raises
    ------
    CasekitError
        When a lever is unknown, a change is not a number above −1, or the low case is above the high one; in French.
    """
    tables = {name: dossier.table(name) for name in ("budget", "ventes_jour", "hypotheses")}
    return forecast(tables, evolutions, bas, haut)


def forecast(
    tables: Mapping[str, pd.DataFrame], evolutions: Mapping[str, float], low: float, high: float
) -> pd.DataFrame:
    """Return the columns ``mois``, one per lever, then sales, result and cash of both cases.

    ``tables`` holds ``budget``, ``ventes_jour`` and ``hypotheses``.
    """
    spent = tables["budget"].pivot_table(index="mois", columns="levier", values="reel_ht", aggfunc="sum", sort=False)
    _refuse(spent, evolutions, low, high)
    known = tables["hypotheses"].set_index("cle")["valeur"]
    fixed = (known["charges_fixes_annuelles_ht"] - spent.to_numpy().sum()) / len(spent)
    planned = spent * [1 + float(evolutions.get(lever, 0.0)) for lever in spent.columns]
    sales = _sales_by_month(tables["ventes_jour"], spent.index, known["ca_annuel_ht"])
    planned.index = pd.Index([f"{month.year + 1}-{month.month:02d}" for month in pd.DatetimeIndex(spent.index)])
    for name, change in zip(CASES, (low, high), strict=True):
        planned[f"ca_{name}_ht"] = sales * (1 + change)
    expenses = planned[spent.columns].sum(axis=1)
    for name in CASES:
        result = planned[f"ca_{name}_ht"] * known["taux_mcv"] - expenses - fixed
        planned[f"resultat_{name}_ht"] = result
        planned[f"tresorerie_{name}_ht"] = known["tresorerie_debut_ht"] + result.cumsum()
    return planned.rename(columns=LEVER_COLUMNS).round(2).rename_axis(index="mois", columns=None).reset_index()


def _sales_by_month(sales: pd.DataFrame, months: pd.Index, yearly_ht: float) -> NDArray[np.float64]:
    """Return the sales of a year shared between its months as those of the shop were, with the months' rank."""
    month = sales["date"].dt.to_period("M").dt.to_timestamp()
    paid = sales.groupby(month)["ca_ttc"].sum().reindex(months)
    return (paid / paid.sum() * yearly_ht).to_numpy(np.float64)


def _refuse(spent: pd.DataFrame, evolutions: Mapping[str, float], low: float, high: float) -> None:
    unknown = [name for name in evolutions if name not in spent.columns]
    if unknown:
        raise CasekitError(
            f"Levier inconnu : {french_list(unknown)}. Les leviers du budget : {french_list(list(spent.columns))}."
        )
    for name, change in (*evolutions.items(), ("le cas bas", low), ("le cas haut", high)):
        if isinstance(change, bool) or not isinstance(change, int | float) or not -1 < change < 10:
            raise CasekitError(
                f"Évolution de « {name} » : écrivez une proportion, par exemple 0.10 pour +10 % ou -0.15 pour −15 %."
            )
    if low > high:
        raise CasekitError("Le cas bas dépasse le cas haut : échangez les deux évolutions des ventes.")
