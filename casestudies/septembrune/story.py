"""The story of Septembrune read from its tables: what must hold in every variant, and the headline rates."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from casestudies.company import Headline, against_landmarks
from casestudies.market.skills import ABLE
from casestudies.market.survey import smallest_group
from casestudies.market.tasks import Estimates, Schedule, schedule
from casestudies.septembrune.params import END
from casestudies.septembrune.project import CLOSED
from casestudies.septembrune.roster import work

if TYPE_CHECKING:
    from casestudies.septembrune.company import Septembrune

K = 5
"""Smallest group whose answers may be read."""
FULL_DAY = 24.0
"""More hours than this in a day were noted in minutes."""
FILMS = "mp4"
YEAR, SPAN = 365.0, 213.0
"""Days in a year, days of the timesheets."""
GAPS = ("information_partagee", "isolement")
"""Questions to which people at home and people at the office answer differently."""


def planned(tasks: pd.DataFrame) -> tuple[Estimates, Schedule]:
    """Return the estimates of the table of tasks, and its schedule by expected durations."""
    names = ("duree_optimiste_j", "duree_probable_j", "duree_pessimiste_j")
    found = Estimates(*(tasks[name].to_numpy(float) for name in names))
    return found, schedule(work().needs, found.expected)


def charges(company: "Septembrune") -> pd.DataFrame:
    """Return the tasks with their expected duration (``duree_j``) and person-days (``charge_jh``)."""
    tasks = company.table("taches")
    tasks["duree_j"] = planned(tasks)[0].expected
    tasks["charge_jh"] = tasks["duree_j"] * tasks["affectation_pct"] / 100
    return tasks


def loads(company: "Septembrune") -> pd.DataFrame:
    """Return person-days asked and available, and their ratio, of each person who has a task."""
    asked = charges(company).groupby("responsable")["charge_jh"].sum()
    days = company.table("disponibilites").groupby("membre")["jours_projet"].sum()
    table = pd.DataFrame({"charge_jh": asked, "jours_projet": days.reindex(asked.index)})
    table["charge"] = table["charge_jh"] / table["jours_projet"]
    return table


def hours(company: "Septembrune") -> pd.DataFrame:
    """Return the timesheets with every day in hours."""
    noted = company.table("temps")
    noted["heures"] = noted["heures"].where(noted["heures"] <= FULL_DAY, noted["heures"] / 60)
    return noted


def people_value(company: "Septembrune") -> pd.DataFrame:
    """Return hours, billable hours, meetings and value (€ excl. tax) of each pseudonym."""
    return hours(company).groupby("personne")[
        ["heures", "heures_facturables", "heures_reunion", "valeur_livree_ht"]
    ].sum()  # fmt: skip


def requests(company: "Septembrune") -> pd.DataFrame:
    """Return the requests without the lines exported twice, with their delays in working days."""
    table = company.table("tickets").drop_duplicates()
    for name, date in (("premier_delai", "premiere_cloture"), ("delai", "cloture")):
        seen = table[date].notna()
        table[name] = np.nan
        table.loc[seen, name] = working_days(table.loc[seen, "ouverture"], table.loc[seen, date]).astype(float)
    return table


def working_days(start: pd.Series, end: pd.Series) -> np.ndarray:
    """Return the working days from each start to each end, the first day not counted."""
    first, last = (moment.to_numpy().astype("datetime64[D]") for moment in (start, end))
    found: np.ndarray = np.busday_count(first, last, holidays=CLOSED)
    return found


def old_enough(table: pd.DataFrame, days: int = 60) -> pd.DataFrame:
    """Return the requests opened at least ``days`` working days before the export: their fate is known."""
    limit = np.busday_offset(np.datetime64(END), -days, roll="backward", holidays=CLOSED)
    return table[table["ouverture"] <= pd.Timestamp(limit)]


def relief(company: "Septembrune") -> pd.DataFrame:
    """Return (task, colleague) such that moving one task brings both people under their days available."""
    table, tasks = loads(company), charges(company)
    busy = str(table["charge"].idxmax())
    excess = float((table["charge_jh"] - table["jours_projet"]).to_dict()[busy])
    free = (table["jours_projet"] - table["charge_jh"]).rename("libre").drop(busy)
    able = company.table("competences").melt("membre", var_name="competence", value_name="niveau")
    movable = tasks[(tasks["responsable"] == busy) & (tasks["charge_jh"] >= excess)]
    pairs = movable.merge(able, on="competence").merge(free, left_on="membre", right_index=True)
    good = (pairs["niveau"] >= pairs["niveau_requis"]) & (pairs["libre"] >= pairs["charge_jh"])
    return pairs.loc[good, ["tache_id", "responsable", "membre", "charge_jh"]]


def files(company: "Septembrune") -> dict[str, float]:
    """Return the weights of the drive, in bytes: all, copies, not opened for two years, films."""
    table = company.table("fichiers").sort_values(["creation", "fichier_id"])
    size = table["taille_octets"]
    old = pd.Timestamp(END) - table["derniere_ouverture"] >= pd.Timedelta(days=730)
    return {
        "total": float(size.sum()),
        "copies": float(size[table.duplicated("empreinte")].sum()),
        "anciens": float(size[old].sum()),
        "films": float(size[table["extension"] == FILMS].sum()),
        "part_films": float((table["extension"] == FILMS).mean()),
    }


def unwritten_decisions(meetings: pd.DataFrame) -> dict[str, float]:
    """Return, by place, the share of the meetings with a decision whose day saw no minutes."""
    decided = meetings[meetings["decision"] == "oui"]
    share = (decided["compte_rendu"] == "non").groupby(decided["mode"]).mean()
    return {str(name): float(value) for name, value in share.items()}


def invariants(company: "Septembrune") -> dict[str, bool]:
    """Return each statement of the story and whether the variant keeps it."""
    plausible = {"les taux d’ensemble sont plausibles": all(one.believable for one in headlines(company))}
    return {**_project(company), **_life(company), **plausible}


def _project(company: "Septembrune") -> dict[str, bool]:
    tasks = charges(company)
    estimate, found = planned(tasks)
    naive = schedule(work().needs, estimate.likely).length
    load = loads(company)["charge"].sort_values()
    days = company.table("disponibilites").groupby("membre")["jours_ouvres"].sum()
    shown = (tasks.groupby("responsable")["charge_jh"].sum() / days).max()
    level = company.table("competences").set_index("membre")
    known = level.to_numpy()[
        level.index.get_indexer(pd.Index(tasks["responsable"])),
        level.columns.get_indexer(pd.Index(tasks["competence"])),
    ]
    price = company.table("equipe").set_index("membre")["tjm_ht"].reindex(tasks["responsable"]).to_numpy()
    cost = float((tasks["charge_jh"] * price).sum())
    worst = float((tasks["duree_pessimiste_j"] * tasks["affectation_pct"] / 100 * price).sum())
    rules = company.table("hypotheses").set_index("cle")["valeur"]
    alone = (level >= ABLE).sum() == 1
    return {
        "une seule personne dépasse 110 % de charge": load.iloc[-1] > 1.12 and load.iloc[-2] <= 1.0,
        "sur les jours ouvrés, la surcharge ne se voit pas": shown < 0.9,
        "une personne compétente et disponible peut aider": len(relief(company)) > 0,
        "le chemin critique est unique": found.unique and found.margin >= 0.5,
        "le PERT donne plus long que le plus probable": found.length > 1.04 * naive,
        "l’échéance tient, sans grande marge": found.length <= rules["jours_ouvres_projet"] <= 1.12 * found.length,
        "une seule compétence repose sur une seule personne": int(alone.sum()) == 1,
        "une seule tâche dépasse le niveau de son responsable": int((known < tasks["niveau_requis"]).sum()) == 1,
        "l’enveloppe tient, sauf si tout dérape": cost < rules["enveloppe_ht"] < worst,
    }


def _life(company: "Septembrune") -> dict[str, bool]:
    people = people_value(company)
    worked, value = people["heures"], people["valeur_livree_ht"]
    most, best = str(worked.idxmax()), str(value.idxmax())
    by_hours, by_value = (one.rank(ascending=False).to_dict() for one in (worked, value))
    known = old_enough(requests(company)).groupby("equipe")
    first, last, back = known["premier_delai"].mean(), known["delai"].mean(), known["reouvertures"].mean()
    quick = first.idxmin()
    noted = hours(company)
    place = noted.groupby("lieu")[["heures", "heures_facturables"]].sum()
    billable = (place["heures_facturables"] / place["heures"]).to_dict()
    survey = company.table("enquete_qvct")
    far = survey["mode"] == "surtout à distance"
    gap = {name: float(survey.loc[far, name].mean() - survey.loc[~far, name].mean()) for name in GAPS}
    weight = files(company)
    unwritten = unwritten_decisions(company.table("reunions"))
    return {
        "le plus d’heures n’est pas le plus de valeur": bool(best != most and by_value[most] > 8),
        "la personne la plus efficace ne fait pas le plus d’heures": bool(by_hours[best] > 6),
        "l’équipe la plus rapide à clore voit ses demandes revenir": back.idxmax() == quick,
        "l’équipe la plus rapide à clore est la plus lente à résoudre": last.idxmax() == quick,
        "le travail facturable est le même à distance": abs(billable["domicile"] / billable["bureau"] - 1) < 0.08,
        "l’information circule moins bien à distance": gap["information_partagee"] < -0.3,
        "l’isolement est plus fort à distance": gap["isolement"] > 0.3,
        "aucun groupe de l’enquête n’a moins de cinq personnes": smallest_group(survey, ("equipe", "mode")) >= K,
        "une décision de réunion s’écrit moins au bureau qu’à distance": (
            unwritten["présentiel"] > unwritten["hybride"] + 0.05 > unwritten["distanciel"] + 0.1
        ),
        "les copies pèsent": 0.06 < weight["copies"] / weight["total"] < 0.45,
        "peu de films, beaucoup de poids": weight["part_films"] < 0.08 and weight["films"] > 0.4 * weight["total"],
    }


def headlines(company: "Septembrune") -> tuple[Headline, ...]:
    """Return the headline rates: project, time, requests, survey, files."""
    project, time, requested = _project_rates(company), _time_rates(company), _request_rates(company)
    values = {**project, **time, **requested, **_survey_rates(company), **_drive_rates(company)}
    return against_landmarks("septembrune", values)


def _project_rates(company: "Septembrune") -> dict[str, float]:
    tasks = charges(company)
    load = loads(company)
    rules = company.table("hypotheses").set_index("cle")["valeur"]
    able = (company.table("competences").drop(columns="membre") >= ABLE).to_numpy().sum(axis=1).mean()
    charge = tasks["charge_jh"].sum()
    days = company.table("disponibilites")
    away = days["jours_absence"].sum() / days["jours_ouvres"].sum()
    total = load["charge_jh"].sum() / load["jours_projet"].sum()
    return {
        "charge": charge,
        "duree": rules["jours_ouvres_projet"],
        "enveloppe": rules["enveloppe_ht"],
        "prix_journee": rules["enveloppe_ht"] / charge,
        "charge_membres": total,
        "absences_prevues": away,
        "competences": able,
    }


def _time_rates(company: "Septembrune") -> dict[str, float]:
    noted = hours(company)
    worked = noted[noted["lieu"].isin(["bureau", "domicile"])]
    total = worked[["heures", "heures_facturables", "heures_reunion"]].sum()
    revenue = noted["valeur_livree_ht"].sum()
    size = noted["personne"].nunique()
    remote = (worked["lieu"] == "domicile").mean()
    away = (noted["lieu"] == "absence").mean()
    return {
        "heures": worked["heures"].mean(),
        "facturable": total["heures_facturables"] / total["heures"],
        "reunions": total["heures_reunion"] / total["heures"],
        "distance": remote,
        "absences": away,
        "production_heure": revenue / total["heures_facturables"],
        "production_annuelle": revenue / size * YEAR / SPAN,
    }


def _request_rates(company: "Septembrune") -> dict[str, float]:
    found = requests(company)
    known = old_enough(found)
    months = SPAN / YEAR * 12
    return {
        "demandes": len(found) / months,
        "rouvertes": (known["reouvertures"] > 0).mean(),
        "premiere_cloture": known["premier_delai"].mean(),
        "non_closes": found["cloture"].isna().mean(),
    }


def _survey_rates(company: "Septembrune") -> dict[str, float]:
    survey = company.table("enquete_qvct")
    score = survey["recommandation_0_10"]
    promoters = 100 * float((score >= 9).mean() - (score <= 6).mean())
    return {
        "sens": survey["sens_du_travail"].mean(),
        "soutenable": survey["charge_soutenable"].mean(),
        "recommandation": promoters,
    }


def _drive_rates(company: "Septembrune") -> dict[str, float]:
    weight = files(company)
    table = company.table("fichiers")
    neat = table["nom"].str.match(r"\d{4}-\d{2}-\d{2}_[a-z0-9-]+_v\d+\.").mean()
    return {
        "poids": weight["total"] / 1e9,
        "copies": weight["copies"] / weight["total"],
        "anciens": weight["anciens"] / weight["total"],
        "films": weight["films"] / weight["total"],
        "noms": neat,
    }
