"""The story of Isolombre read from its tables: what must hold in every variant, and the headline rates."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from casestudies.company import Headline, against_landmarks
from casestudies.isolombre.params import BEST, MIDDLE, MIRAGE, SMALL, TWIN
from casestudies.market.distribution import maker_share
from casestudies.market.quotes import logistic
from casestudies.market.sampling import Floats

if TYPE_CHECKING:
    from casestudies.isolombre.company import Isolombre

IN_PERSON = ("conseil à domicile", "comptoir ou agence")
INBOUND = ("site web", "prescripteur", "recommandation")


def partner_scores(company: "Isolombre") -> pd.DataFrame:
    """Return, for each structure that gave its file, overlap, Jaccard, points, image, pass or fail, weighted score."""
    known = company.table("hypotheses").set_index("cle")["valeur"]
    own = pd.Index(company.table("clients_isolombre")["empreinte"].str.lower().unique())
    files = company.table("clients_haches")
    files["empreinte"] = files["empreinte"].str.lower()
    files = files.drop_duplicates()
    shared = files["empreinte"].isin(own).groupby(files["structure_id"]).sum()
    size = files.groupby("structure_id").size()
    score = pd.DataFrame({"communs": shared, "taille": size})
    score["recouvrement"] = shared / len(own)
    score["jaccard"] = shared / (size + len(own) - shared)
    score["part_du_partenaire"] = shared / size
    ways = company.table("annuaire_partenaires").set_index("structure_id").loc[score.index]
    budget = ways["budget_travaux_moyen_ttc"].between(known["budget_travaux_min"], known["budget_travaux_max"])
    project = ways["part_en_projet"] >= known["part_en_projet_min"]
    score["points"] = budget.astype(int) + project + ways["canal_principal"].isin(IN_PERSON)
    marks = company.table("image_partenaires")
    marks["total"] = marks["repondants"] * marks["note_moyenne"]
    total = marks.groupby("structure_id")[["total", "repondants"]].sum()
    score["image"] = total["total"] / total["repondants"]
    score["retenu"] = (
        (score["recouvrement"] >= known["seuil_recouvrement"])
        & (score["points"] >= known["seuil_modalites"])
        & (score["image"] >= known["seuil_image"])
    )
    weights = known[["poids_clientele_commune", "poids_modalites", "poids_image"]].to_numpy()
    notes = np.column_stack(
        [10 * score["recouvrement"] / score["recouvrement"].max(), 10 * score["points"] / 3, score["image"]]
    )
    score["score"] = notes @ weights / weights.sum()
    return score


def headcount(company: "Isolombre") -> dict[str, float]:
    """Return the field visits that the norms ask for, the capacity of one salesperson and the force required."""
    known = company.table("hypotheses").set_index("cle")["valeur"]
    book = company.table("portefeuille").merge(company.table("normes_visites"), on=["type", "classe"])
    every = float(book["visites_par_an"].sum())
    needed = float(book.loc[book["statut"] != "fermé", "visites_par_an"].sum())
    capacity = float((known["jours_travailles"] - known["jours_hors_terrain"]) * known["visites_par_jour"])
    return {"visites": needed, "avec_fermes": every, "capacite": capacity, "effectif": needed / capacity}


def prescribed(company: "Isolombre") -> pd.DataFrame:
    """Return the prescriptions of the first fiscal year, once each: all of them are decided."""
    table = company.table("prescriptions").drop_duplicates()
    return table[table["date"] < pd.Timestamp(MIDDLE)]


def replaced(table: pd.DataFrame) -> float:
    """Return the replaced share of the prescriptions sold or replaced."""
    fate = table["statut"]
    return float((fate == "substituée").sum() / fate.isin(["substituée", "vendue"]).sum())


def quoted(company: "Isolombre") -> pd.DataFrame:
    """Return one row per request: circuit, origin, days before the first answer, last status."""
    table = company.table("devis").sort_values(["affaire_id", "version"])
    first, last = table.drop_duplicates("affaire_id"), table.drop_duplicates("affaire_id", keep="last")
    days = (first["date_envoi"] - first["date_demande"]).dt.days
    return first[["affaire_id", "circuit", "origine"]].assign(delai=days, statut=last["statut"].to_numpy())


def acceptance(company: "Isolombre") -> tuple[Floats, Floats]:
    """Return log odds (three circuits, inbound, day of delay) of the decided quotes, and their standard errors."""
    rows = quoted(company).query("statut != 'en attente'")
    circuits = [(rows["circuit"] == name).to_numpy(float) for name in ("direct", "court", "long")]
    inbound = rows["origine"].isin(INBOUND).to_numpy(float)
    design = np.column_stack([*circuits, inbound, rows["delai"].to_numpy(float)])
    accepted = np.asarray(rows["statut"] == "accepté", dtype=np.float64)
    return logistic(design, accepted)


def circuit_margins(company: "Isolombre") -> pd.DataFrame:
    """Return what Isolombre is paid and keeps per square metre, before and after logistics and sales, by circuit."""
    c = company.table("circuits").set_index("circuit")
    dealer, wholesaler = c["taux_marque_negoce"].to_numpy(), c["taux_marque_grossiste"].to_numpy()
    paid = c["prix_final_ht_m2"] * maker_share(dealer, wholesaler, np.zeros(len(c)))
    made = paid - c["cout_production_m2"]
    return pd.DataFrame(
        {"prix": paid, "brute": made, "nette": made - c["cout_logistique_m2"] - c["cout_commercial_m2"]}
    )


def results(company: "Isolombre") -> dict[str, Any]:
    """Return the figures of the story, computed from the tables."""
    book = company.table("portefeuille")
    visits = company.table("visites").drop_duplicates()
    met = visits[(visits["mode"] == "terrain") & (visits["statut"] == "réalisée")]
    kind = met["compte_id"].map(book.set_index("compte_id")["type"])
    cohort, asked = prescribed(company), quoted(company)
    recent = company.table("prescriptions").drop_duplicates()
    outlets = company.table("points_vente")
    listed = outlets["reference_isolombre"] == "oui"
    decided = asked[asked["statut"] != "en attente"]
    sold = recent[(recent["statut"] == "vendue") & (recent["date_decision"] >= pd.Timestamp(MIDDLE))]
    force = headcount(company)
    return {
        "ca": float(book["ca_ht"].sum()),
        "marge": float(book["marge_ht"].sum() / book["ca_ht"].sum()),
        "part_visites_architectes": float((kind == "architecte").mean()),
        "part_ca_prescrit": float(sold["montant_ht"].sum() / book["ca_ht"].sum()),
        "visites_realisees": float(len(met)),
        "lignes_visites": float(len(company.table("visites"))),
        "annulees": float(visits.loc[visits["mode"] == "terrain", "statut"].ne("réalisée").mean()),
        "substitution": replaced(cohort),
        "substitution_avec_stock": replaced(cohort[cohort["stock_proche"] == "oui"]),
        "substitution_sans_stock": replaced(cohort[cohort["stock_proche"] == "non"]),
        "substitution_recente": replaced(recent[recent["date"] >= pd.Timestamp(MIDDLE)]),
        "transformation": float((cohort["statut"] == "vendue").mean()),
        "transformation_toutes": float((recent["statut"] == "vendue").mean()),
        "acceptation": float((decided["statut"] == "accepté").mean()),
        "acceptation_lignes": float((company.table("devis")["statut"] == "accepté").mean()),
        "delai": asked.groupby("circuit")["delai"].mean().to_dict(),
        "dn": float(listed.mean()),
        "dv": float(outlets.loc[listed, "ca_isolants_ht"].sum() / outlets["ca_isolants_ht"].sum()),
        **force,
    }


def invariants(company: "Isolombre") -> dict[str, bool]:
    """Return each statement of the story and whether the variant keeps it."""
    found, scores, margins = results(company), partner_scores(company), circuit_margins(company)
    best, mirage = company.structure(BEST), company.structure(MIRAGE)
    twin, small = company.structure(TWIN), company.structure(SMALL)
    ranked = scores["score"].sort_values(ascending=False)
    part = found["effectif"] % 1
    slope = float(acceptance(company)[0][-1])
    delay = found["delai"]
    return {
        "un seul partenaire passe les trois seuils": list(scores.index[scores["retenu"]]) == [best],
        "ce partenaire a aussi le meilleur score pondéré": ranked.index[0] == best
        and ranked.iloc[0] > 1.04 * ranked.iloc[1],
        "le mirage a le plus gros fichier": scores["taille"].idxmax() == mirage,
        "le mirage a le plus faible recouvrement": scores["recouvrement"].idxmin() == mirage,
        "le mirage a la moins bonne image": scores["image"].idxmin() == mirage,
        "le plus fort recouvrement n’est pas le meilleur partenaire": scores["recouvrement"].idxmax() == twin,
        "le petit fichier est le plus souvent commun, rapporté au partenaire": scores["part_du_partenaire"].idxmax()
        == small,
        "l’effectif nécessaire n’est pas entier et s’arrondit au-dessus": 0.2 < part < 0.48,
        "il manque au moins un commercial": found["effectif"] > company.salespeople + 1,
        "les architectes sont moins visités que leur poids": found["part_visites_architectes"]
        < 0.6 * found["part_ca_prescrit"],
        "le stock proche protège la prescription": found["substitution_avec_stock"]
        < found["substitution_sans_stock"] - 0.12,
        "les prescriptions récentes exagèrent la substitution": found["substitution_recente"]
        > 1.05 * found["substitution"],
        "répondre tard fait perdre des devis": slope < -0.03,
        "le circuit long répond le plus tard": max(delay, key=delay.__getitem__) == "long",
        "le direct marge le plus avant logistique et vente": margins["brute"].idxmax() == "direct",
        "le circuit court marge le plus après": margins["nette"].idxmax() == "court",
        "la distribution valeur dépasse la distribution numérique": found["dv"] > 1.1 * found["dn"],
    }


def headlines(company: "Isolombre") -> tuple[Headline, ...]:
    """Return the headline rates of the variant beside what a professional believes."""
    found, margins = results(company), circuit_margins(company)
    scores = partner_scores(company)
    known = company.table("hypotheses").set_index("cle")["valeur"]
    dealer = float(company.table("circuits").set_index("circuit")["taux_marque_negoce"]["court"])
    per_person = found["ca"] / company.salespeople
    best = scores.loc[company.structure(BEST)].to_dict()
    lowest, highest = float(margins["nette"].min()), float(margins["nette"].max())
    values = {
        "ca": found["ca"],
        "marge": found["marge"],
        "ca_par_commercial": per_person,
        "visites_par_jour": known["visites_par_jour"],
        "annulees": found["annulees"],
        "marque_negoce": dealer,
        "marge_basse": lowest,
        "marge_haute": highest,
        "acceptation": found["acceptation"],
        "delai_direct": found["delai"]["direct"],
        "delai_long": found["delai"]["long"],
        "substitution": found["substitution"],
        "transformation": found["transformation"],
        "part_ca_prescrit": found["part_ca_prescrit"],
        "dn": found["dn"],
        "dv": found["dv"],
        "recouvrement": best["recouvrement"],
        "image": best["image"],
    }
    return against_landmarks("isolombre", values)
