"""The story of Hêtrabelle read from its tables: what must hold, what a professional looks at first."""

from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from casestudies.company import Headline, against_landmarks
from casestudies.hetrabelle import analysis
from casestudies.hetrabelle.catalogue import IDS
from casestudies.hetrabelle.params import VAT
from casestudies.hetrabelle.roadmap import NEEDS, TASKS
from casestudies.market.tasks import schedule

if TYPE_CHECKING:
    from casestudies.hetrabelle.company import Hetrabelle


def price_floor(known: pd.Series) -> float:
    """Return the floor price (€ incl. tax): variable costs and the fixed costs of the launch shared by unit planned."""
    costs = known[["cout_fabrication_ht", "cout_livraison_ht", "cout_sav_paiement_ht"]].sum()
    return float((costs + known["charges_fixes_lancement_ht"] / known["volume_prevu"]) * (1 + known["taux_tva"]))


def price_results(company: "Hetrabelle") -> dict[str, float]:
    """Return what the tables say of the price of the new product (€ incl. tax unless said otherwise)."""
    known = company.table("hypotheses").set_index("cle")["valeur"]
    cost = float(known[["cout_fabrication_ht", "cout_livraison_ht", "cout_sav_paiement_ht"]].sum())
    survey = company.table("enquete_psm")
    kept = analysis.ordered(survey)
    points = analysis.acceptable_prices(kept[list(analysis.THRESHOLDS)].to_numpy())
    slope = analysis.elasticity(company.table("historique_prix"))
    rivals = analysis.rival_prices(company.table("releves_prix"))
    yes = analysis.acceptance(company.table("enquete_gabor"))
    asked = yes.index.to_numpy(dtype=np.float64)
    indicated = cost * slope / (slope + 1) * (1 + VAT)
    return {
        "cvu_ht": cost,
        "plancher": price_floor(known),
        **points,
        "incoherents": 1 - len(kept) / len(survey),
        "elasticite": slope,
        "prix_indique": indicated,
        "marche_min": float(rivals.min()),
        "marche_mediane": float(rivals.median()),
        "marche_max": float(rivals.max()),
        "ecart_marche": indicated / float(rivals.median()) - 1,
        "prix_max_recette": float(asked[np.argmax(asked * yes)]),
        "prix_max_marge": float(asked[np.argmax((asked / (1 + VAT) - cost) * yes)]),
        "prix_max_acheteurs": float(asked[0]),
        "prix_max_demande": float(asked[-1]),
        "acheteurs_prix_indique": float(yes.iloc[3]),
    }


def best_rated(company: "Hetrabelle") -> tuple[str, str]:
    """Return the competitor with the best weighted mark, and the one with the best simple mean."""
    rows = company.table("benchmark").query("type != 'nous'")
    weighted = (rows["note"] * rows["poids"]).groupby(rows["concurrent"]).sum()
    simple = rows.groupby("concurrent")["note"].mean()
    return str(weighted.idxmax()), str(simple.idxmax())


def cheapest_media(company: "Hetrabelle") -> tuple[str, str]:
    """Return the channel with the lowest cost per contact, and the one with the lowest cost per useful contact."""
    rows = company.table("medias").set_index("canal")
    cost = rows["cout_ht"] / rows["contacts"]
    return str(cost.idxmin()), str((cost / rows["part_cible"]).idxmin())


def margins(company: "Hetrabelle") -> pd.DataFrame:
    """Return the margins of the range and what dropping each product would bring."""
    lost = float(company.table("hypotheses").set_index("cle")["valeur"]["part_associee_perdue"])
    return analysis.range_margins(company.table("gamme"), company.table("ventes_associees"), lost)


def launch_results(company: "Hetrabelle") -> dict[str, float]:
    """Return what the tables say of the launch: its length, its chance to be on time, who has too much to do, money."""
    one, plan = company.launch, company.launch.schedule
    spread = float(np.sqrt((one.estimates.deviation[plan.critical] ** 2).sum()))
    given_out = one.estimates.expected.copy()
    given_out[TASKS.index(one.given_out)] = float(one.outside @ np.array([1, 4, 1])) / 6
    work = company.table("lancement_charges").groupby("role")["jours"].sum()
    load = work / company.table("lancement_equipe").set_index("role")["jours_disponibles"]
    actions, seen = company.table("feuille_agence"), company.table("suivi_lancement")
    net = actions["budget"].where(actions["base"] == "HT", actions["budget"] / (1 + VAT))
    return {
        "duree": plan.length,
        "avance_chemin": plan.margin if plan.unique else 0.0,
        "chance": NormalDist(plan.length, spread).cdf(one.promised),
        "surcharges": float((load > 1).sum()),
        "marge_agence": one.agency_ht - float(net.sum()),
        "marge_agence_lue_ttc": one.agency_ht - float(actions["budget"].sum()),
        "gain_confie": plan.length - schedule(NEEDS, given_out).length,
        "gain_tache": float(one.estimates.expected.sum() - given_out.sum()),
        "indice_cout": float((seen["budget_ht"] * seen["avancement_reel"]).sum() / seen["depense_ht"].sum()),
    }


def invariants(company: "Hetrabelle") -> dict[str, bool]:
    """Return each statement of the story and whether the variant keeps it."""
    p = company.params
    found, goods = price_results(company), margins(company)
    enticer, fading = IDS[p.goods.enticer], IDS[p.goods.fading]
    gain, floor = goods["gain_suppression"], found["plancher"]
    gap = found["ecart_marche"]
    known = company.table("hypotheses").set_index("cle")["valeur"]
    skimming, level = float(known["seuil_ecremage"]), float(known["seuil_alignement"])
    planned = company.table("promotions_prevues").set_index("produit_id")
    lowest = analysis.reference_prices(company.table("prix_45_jours"), planned.reset_index())
    struck = planned["prix_barre_propose_ttc"]
    rates = analysis.distribution_rates(company.table("points_vente"))
    unit = analysis.circuit_margins(
        company.table("circuits"), found["prix_indique"], float(known["cout_fabrication_ht"])
    )
    deep, broad = best_rated(company)
    raw, useful = cheapest_media(company)
    launch = launch_results(company)
    headline = all(rate.believable for rate in headlines(company))
    return {
        "le prix plancher est sous le PMC, lui-même sous l’OPP, lui-même sous le PME": bool(
            floor < 0.97 * found["PMC"] and found["PMC"] < 0.97 * found["OPP"] and found["OPP"] < 0.97 * found["PME"]
        ),
        "le prix d’indifférence se distingue du prix optimal": abs(found["IDP"] / found["OPP"] - 1) > 0.025,
        "l’élasticité dit nettement un écrémage ou un alignement": bool(
            skimming + 0.01 < gap if p.pricing.skimming else abs(gap) < level - 0.002
        ),
        "le prix indiqué par l’élasticité reste dans les prix acceptables": bool(
            found["PMC"] < found["prix_indique"] < found["PME"]
        ),
        "le prix de la plus forte marge n’est ni celui de la plus forte recette, ni un bout de l’échelle": bool(
            found["prix_max_recette"] < found["prix_max_marge"] < found["prix_max_demande"]
        ),
        "un seul produit a une marge sur coûts variables négative": list(goods.index[goods["mcv"] < 0]) == [enticer],
        "ce produit fait vendre plus que ce qu’il coûte": bool(
            gain[enticer] < -5_000 and goods["mcv_associee"][enticer] > 2 * -goods["mcv"][enticer]
        ),
        "les deux plus faibles marges sont la locomotive et le produit à supprimer": set(
            goods["mcv"].nsmallest(2).index
        )
        == {enticer, fading},
        "un seul produit est à supprimer": list(gain.index[gain > 0]) == [fading] and bool(gain[fading] > 3_000),
        "trois prix barrés sur six sont trompeurs": int((struck > lowest[struck.index]).sum()) == 3,
        "la distribution valeur dépasse nettement la distribution numérique": rates["dv"] - rates["dn"] > 0.06,
        "le circuit direct laisse plus de marge que le court, le court plus que le long": bool(
            unit["C1"] > unit[["C3", "C4", "C6"]].max() and unit[["C3", "C4"]].min() > unit["C5"]
        ),
        "le concurrent le mieux noté change avec les poids": deep != broad,
        "le contact le moins cher n’est pas le contact utile le moins cher": raw != useful,
        "une seule chaîne de tâches fixe la date du lancement": launch["avance_chemin"] > 2,
        "la date promise est probable sans être sûre": 0.66 < launch["chance"] < 0.92,
        "un seul rôle a plus de travail que de jours": launch["surcharges"] == 1,
        "la feuille de l’agence tient hors taxes, et non telle qu’elle se lit": bool(
            launch["marge_agence"] > 0 > launch["marge_agence_lue_ttc"]
        ),
        "confier une tâche fait gagner du temps, mais moins que la tâche n’en gagne": bool(
            0.02 * launch["duree"] < launch["gain_confie"] < launch["gain_tache"] - 0.02 * launch["duree"]
        ),
        "le lancement coûte plus que prévu après deux mois": 0.72 < launch["indice_cout"] < 0.95,
        "les taux repères sont vraisemblables": headline,
    }


def headlines(company: "Hetrabelle") -> tuple[Headline, ...]:
    """Return the rates that a professional looks at first, against a published range or an assumption said."""
    goods, circuits = company.table("gamme"), company.table("circuits").set_index("circuit_id")
    history = company.table("historique_prix")
    site = history[(history["rupture"] == "non") & (history["semaine"] >= "2025-09-29")]
    revenue = float((goods["ventes_2026"] * goods["prix_net_moyen_ht"]).sum())
    margin = float((goods["ventes_2026"] * (goods["prix_net_moyen_ht"] - goods["cvu_ht"])).sum())
    fixed = float(goods["charges_fixes_ht"].sum())
    families = site["prix_ttc"] * site["quantite"]
    rates = analysis.distribution_rates(company.table("points_vente"))
    retail = circuits["taux_detaillant"]
    wholesale = float(circuits["taux_grossiste"]["C5"])
    readings = company.table("releves_prix")
    values = {
        "ca": revenue,
        "marge": margin / revenue,
        "charges_fixes": fixed / revenue,
        "prix_moyen": families.sum() / site["quantite"].sum(),
        "ventes_par_visite": site["quantite"].sum() / site["visites"].sum(),
        "retours": circuits["taux_retour"]["C1"],
        "marque_revendeurs": retail["C3"],
        "marque_enseignes": retail["C4"],
        "marque_grossiste": wholesale / (1 + wholesale),
        "commission": circuits["commission"]["C6"],
        "dn": rates["dn"],
        "promotions": (readings["promotion"] == "oui").mean(),
        "elasticite": analysis.elasticity(history),
    }
    return against_landmarks("hetrabelle", values)
