"""What buyers say of Hêtrabelle's products, what they would buy instead of the new one, the strategy it follows.

Built so that one product has a defect of its own to mend; another, hardly ever rated, has a lower mean; a third is
blamed for its late deliveries. Ranges assumed: 24 to 60 ratings a product and year; mean of a product that pleases
4.0–4.5 out of 5; share of the buyers of a new product taken from the same range 0.33–0.46.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from casestudies.company import content, content_table
from casestudies.hetrabelle.catalogue import ITEMS, ONLINE
from casestudies.market.sampling import Floats, Ints, systematic, unrolled
from casestudies.typography import french

TO_MEND = ("LIT01", "LIT02", "RAN01", "ASS04")
HARDLY_RATED = ("LIT07", "RAN05", "ASS06")
LATE = ("LIT03", "RAN03", "RAN04")
DEFECTS = ("montage", "finition", "solidité")
OTHER_MOTIVES = (*DEFECTS, "dimensions", "prix")
DELIVERY, NONE = "livraison", "aucun"
LEAST_RATINGS = 20
"""Ratings under which a product's mean is not read."""

_PLEASING: Floats = np.array([0.02, 0.04, 0.10, 0.36, 0.48])
_FAULTY: Floats = np.array([0.12, 0.18, 0.26, 0.28, 0.16])
_FEW: Ints = np.array([2, 2, 2, 1, 0])
_DELAYED: Floats = np.array([0.70, 0.30, 0.0, 0.0, 0.0])
_DEFECT_SHARE = 0.6
_FIRST_DAY, _DAYS = date(2025, 10, 1), 360
_COPIES = 0.02

ASKED = 160
"""Likely buyers asked what they would buy if the new product did not exist."""
_INSTEAD = ("LIT03", "ASS04", "LIT07", "concurrent", "rien")


@dataclass(frozen=True)
class Opinions:
    """The products that are talked about: one to mend and its defect, one hardly rated, one delivered late."""

    to_mend: str
    hardly_rated: str
    late: str
    defect: str


def opinions(rng: np.random.Generator) -> Opinions:
    """Draw which products are talked about, and the defect of the one to mend."""
    drawn = [str(rng.choice(np.array(names))) for names in (TO_MEND, HARDLY_RATED, LATE, DEFECTS)]
    return Opinions(*drawn)


def ratings(units: Ints, about: Opinions, rng: np.random.Generator) -> pd.DataFrame:
    """Return one row by rating of a product sold on the site, a few of them twice; ``units`` sold by product."""
    sold = units[ONLINE.astype(np.intp)].astype(np.float64)
    count = np.round(24 + 36 * sold / sold.max()).astype(np.int64)
    rows = []
    for place, product in enumerate(ONLINE.tolist()):
        name, size = ITEMS[product].id, int(count[place])
        if name == about.hardly_rated:
            marks = unrolled(_FEW)
        else:
            share = _FAULTY if name == about.to_mend else _tilted(_PLEASING, rng.uniform(-0.12, 0.15))
            marks = unrolled(systematic(size * share, rng))
        defect = about.defect if name == about.to_mend else ""
        rows += [(name, mark + 1, _motive(mark + 1, defect, rng)) for mark in marks.tolist()]
        late = size if name == about.late else int(rng.integers(0, 3)) * (name != about.hardly_rated)
        rows += [(name, mark + 1, DELIVERY) for mark in unrolled(systematic(late * _DELAYED, rng)).tolist()]
    table = pd.DataFrame(rows, columns=["produit_id", "note", "motif"])
    table = table.iloc[rng.permutation(len(table)).astype(np.intp)].reset_index(drop=True)
    day = np.sort(rng.integers(0, _DAYS, len(table)))
    table["avis_id"] = [f"A{rank:04d}" for rank in range(1, len(table) + 1)]
    table["date"] = pd.to_datetime([_FIRST_DAY + timedelta(int(one)) for one in day])
    again = np.sort(rng.permutation(len(table))[: round(_COPIES * len(table))])
    whole = pd.concat([table, table.iloc[again.astype(np.intp)]])
    return whole.sort_index(kind="stable").reset_index(drop=True)


def _tilted(shares: Floats, by: float) -> Floats:
    """Return shares of the marks 1 to 5 moved towards the high ones, or the low ones when ``by`` is negative."""
    moved: Floats = shares * np.exp(by * np.arange(len(shares)))
    return moved / moved.sum()


def _motive(mark: int, defect: str, rng: np.random.Generator) -> str:
    if mark > 3:
        return NONE
    if defect and rng.random() < _DEFECT_SHARE:
        return defect
    return str(rng.choice(np.array([one for one in OTHER_MOTIVES if one != defect])))


def instead(rng: np.random.Generator) -> pd.DataFrame:
    """Return what each likely buyer of the new product would buy if it did not exist."""
    own = np.array([rng.uniform(0.18, 0.24), rng.uniform(0.11, 0.16), rng.uniform(0.04, 0.06)])
    rival = rng.uniform(0.24, 0.30)
    share = np.array([*own, rival, 1 - own.sum() - rival])
    answers = rng.permutation(unrolled(systematic(ASKED * share, rng)))[:ASKED]
    return pd.DataFrame(
        {
            "repondant_id": [f"E{rank:03d}" for rank in range(1, len(answers) + 1)],
            "sinon": np.array(_INSTEAD, dtype=object)[answers.astype(np.intp)],
        }
    )


def landmarks(cost: float, regained_ht: float, rng: np.random.Generator) -> dict[str, float]:
    """Return the values of the range review, by key.

    ``cost`` is the variable cost of the new product, ``regained_ht`` the yearly margin of the product to mend (€ excl.
    tax).
    """
    rate = float(rng.choice((0.06, 0.08, 0.10, 0.12)))
    return {
        "seuil_classe_a": 0.8,
        "avis_minimum": float(LEAST_RATINGS),
        "prix_net_etude_ht": float(np.round(cost * rng.uniform(1.7, 1.9) / 5) * 5),
        "ventes_regagnees": rate,
        "cout_amelioration_ht": float(np.round(regained_ht * rate * rng.uniform(0.45, 0.7), -2)),
    }


def strategy(fields: Mapping[str, str], rng: np.random.Generator) -> pd.DataFrame:
    """Return the strategy of the assessment before: two objectives, two segments, two levers."""
    pool = content_table("hetrabelle", "strategy", pool=str, kind=str, element=str, precision=str)
    kept = []
    for name, group in pool.groupby("pool", sort=False):
        size = 2 if name == "segment" else 1
        kept.append(group.iloc[np.sort(rng.permutation(len(group))[:size]).astype(np.intp)])
    rows = pd.concat(kept, ignore_index=True)
    rank = rows.groupby("kind").cumcount() + 1
    return pd.DataFrame(
        {
            "element_id": rows["kind"].str[0].str.upper() + rank.astype(str),
            "type": rows["kind"],
            "element": [_told(text, fields) for text in rows["element"]],
            "precision": [_told(text, fields) for text in rows["precision"]],
        }
    )


def _told(text: str, fields: Mapping[str, str]) -> str:
    return french(text.format_map(fields))


def reference_points(values: Mapping[str, float]) -> pd.DataFrame:
    """Return the landmarks of the range review: ``content.toml`` says all of each but its value."""
    told = content("hetrabelle").rows("range_review", cle=str, libelle=str, unite=str, source=str)
    return pd.DataFrame(
        [(key, label, values[key], unit, source) for key, label, unit, source in told],
        columns=["cle", "libelle", "valeur", "unite", "source"],
    )
