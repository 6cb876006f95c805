"""The true parameters of Isolombre beside what its tables alone say of them."""

from math import sqrt
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from casestudies.company import Recovery
from casestudies.isolombre import story
from casestudies.isolombre.network import MARK_SPREAD
from casestudies.isolombre.params import BEST, CIRCUITS, DEALER, MIRAGE, ROLES, TYPES

if TYPE_CHECKING:
    from casestudies.isolombre.company import Isolombre


def recoveries(company: "Isolombre") -> tuple[Recovery, ...]:
    """Return the market's parameters, their estimates, and one standard deviation of the error expected.

    Shares (overlaps, substitution, abandonment) have binomial errors; marks have the spread of the respondents over
    the root of their number, and their rounding; the log odds of quotes have the errors of the logistic regression
    (inverse of Fisher's information); a margin rate, whose noise is of 5 % by account, has that noise times the root
    of the sum of squared revenue shares.
    """
    p = company.params
    scores = story.partner_scores(company)
    found: list[Recovery] = []
    for role, name in enumerate(ROLES):
        shared = float(scores["communs"][company.structure(role)])
        found.append(Recovery.of_share(f"recouvrement, {name}", p.bases.overlap[role], shared, p.bases.own))
    people = company.table("image_partenaires").groupby("structure_id")["repondants"].sum()
    for role in (BEST, MIRAGE):
        name = company.structure(role)
        error = MARK_SPREAD / sqrt(float(people[name]))
        found.append(Recovery(f"image, {ROLES[role]}", p.marks[role], scores["image"][name], error))
    cohort = story.prescribed(company)
    law = p.prescribing
    for near, kept, label in (("oui", law.kept_near, "avec stock"), ("non", law.kept_far, "sans stock")):
        fate = cohort.loc[cohort["stock_proche"] == near, "statut"]
        live = fate[fate != "abandonnée"]
        found.append(Recovery.of_share(f"substitution {label}", 1 - kept, (live == "substituée").sum(), len(live)))
    dropped = float((cohort["statut"] == "abandonnée").sum())
    found.append(Recovery.of_share("projets abandonnés", law.abandoned, dropped, len(cohort)))
    odds, errors = story.acceptance(company)
    truths = (*p.quoting.ease, p.quoting.warmth, -p.quoting.slope)
    labels = (*(f"devis, facilité {name}" for name in CIRCUITS), "devis, demande entrante", "devis, jour de délai")
    found += [Recovery(*row) for row in zip(labels, truths, odds.tolist(), errors.tolist(), strict=True)]
    found.append(_dealer_margin(company))
    return tuple(found)


def _dealer_margin(company: "Isolombre") -> Recovery:
    book = company.table("portefeuille")
    book = book[book["type"] == TYPES[DEALER]]
    sales = book["ca_ht"] / book["ca_ht"].sum()
    rate = company.params.segments[DEALER].margin
    return Recovery(
        "marge des négoces",
        rate,
        book["marge_ht"].sum() / book["ca_ht"].sum(),
        0.05 * rate * float(np.sqrt((sales**2).sum())),
    )


def truth(company: "Isolombre") -> dict[str, Any]:
    """Return the true effects behind the figures; for trainers only."""
    p = company.params
    directory = company.table("annuaire_partenaires").set_index("structure_id")
    titles = directory["nom"].to_dict()
    names = {name: f"{company.structure(k)} {titles[company.structure(k)]}" for k, name in enumerate(ROLES)}
    scores = story.partner_scores(company)
    margins = story.circuit_margins(company)["nette"]
    force = story.headcount(company)
    return {
        "meilleur_partenaire": names["meilleur"],
        "partenaire_mirage": names["mirage"],
        "structures_par_role": names,
        "recouvrement_vrai": dict(zip(ROLES, p.bases.overlap, strict=True)),
        "image_vraie": dict(zip(ROLES, p.marks, strict=True)),
        "scores": {name: round(float(score), 3) for name, score in scores["score"].items()},
        "fichier_en_majuscules": names[ROLES[p.shouting]],
        "effectif_necessaire": force["effectif"],
        "commerciaux_a_prevoir": int(np.ceil(force["effectif"])),
        "commerciaux_en_poste": company.salespeople,
        "substitution_avec_stock": 1 - p.prescribing.kept_near,
        "substitution_sans_stock": 1 - p.prescribing.kept_far,
        "abandon": p.prescribing.abandoned,
        "cote_log_par_jour_de_delai": -p.quoting.slope,
        "cote_log_demande_entrante": p.quoting.warmth,
        "delai_moyen_vrai": dict(zip(CIRCUITS, p.quoting.delay, strict=True)),
        "taux_marge": {segment.name: segment.margin for segment in p.segments if segment.revenue > 0},
        "marge_nette_m2": pd.Series(margins).round(3).to_dict(),
        "circuit_le_plus_rentable": str(margins.idxmax()),
        "croissance": p.growth,
    }
