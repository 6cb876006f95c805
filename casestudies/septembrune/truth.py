"""What Septembrune's tables say at first sight, against what is usual; and the agency's parameters found again."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from casestudies.company import Headline, Recovery
from casestudies.market.skills import ABLE
from casestudies.septembrune import story
from casestudies.septembrune.params import END
from casestudies.septembrune.roster import TEAMS
from casestudies.septembrune.work import TOP

if TYPE_CHECKING:
    from casestudies.septembrune.company import Septembrune

HYPOTHESIS = "hypothèse"
YEAR, SPAN = 365.0, 213.0
"""Days in a year, days of the timesheets."""
KNOWN = 60
"""Working days after which nearly every request has met its fate."""


def headlines(company: "Septembrune") -> tuple[Headline, ...]:
    """Return the headline rates: project, time, requests, survey, files."""
    return (*_project(company), *_time(company), *_requests(company), *_survey(company), *_files(company))


def _project(company: "Septembrune") -> tuple[Headline, ...]:
    tasks = story.charges(company)
    load = story.loads(company)
    rules = company.table("hypotheses").set_index("cle")["valeur"]
    able = (company.table("competences").drop(columns="membre") >= ABLE).to_numpy().sum(axis=1).mean()
    charge = tasks["charge_jh"].sum()
    days = company.table("disponibilites")
    away = days["jours_absence"].sum() / days["jours_ouvres"].sum()
    total = load["charge_jh"].sum() / load["jours_projet"].sum()
    return (
        Headline("Charge du projet", float(charge), 120, 230, "jours-homme", HYPOTHESIS),
        Headline("Durée du projet", float(rules["jours_ouvres_projet"]), 60, 100, "jours ouvrés", HYPOTHESIS),
        Headline("Enveloppe du projet", float(rules["enveloppe_ht"]), 60e3, 125e3, "€ HT", HYPOTHESIS),
        Headline("Prix vendu d’une journée", float(rules["enveloppe_ht"] / charge), 400, 700, "€ HT", HYPOTHESIS),
        Headline("Charge moyenne des membres du projet", float(total), 0.6, 1.0, "proportion", HYPOTHESIS),
        Headline("Absences prévues pendant le projet", float(away), 0.04, 0.14, "proportion", HYPOTHESIS),
        Headline("Compétences maîtrisées par personne", float(able), 1, 3.5, "compétences", HYPOTHESIS),
    )


def _time(company: "Septembrune") -> tuple[Headline, ...]:
    noted = story.hours(company)
    worked = noted[noted["lieu"].isin(["bureau", "domicile"])]
    total = worked[["heures", "heures_facturables", "heures_reunion"]].sum()
    revenue = noted["valeur_livree_ht"].sum()
    size = noted["personne"].nunique()
    remote = (worked["lieu"] == "domicile").mean()
    away = (noted["lieu"] == "absence").mean()
    return (
        Headline(
            "Heures par jour de présence", float(worked["heures"].mean()), 7, 7.9, "heures", "35 heures par semaine"
        ),
        Headline(
            "Part facturable", float(total["heures_facturables"] / total["heures"]), 0.5, 0.75, "proportion", HYPOTHESIS
        ),
        Headline(
            "Part des réunions", float(total["heures_reunion"] / total["heures"]), 0.08, 0.28, "proportion", HYPOTHESIS
        ),
        Headline("Part des journées à distance", float(remote), 0.3, 0.65, "proportion", HYPOTHESIS),
        Headline("Absences, congés compris", float(away), 0.08, 0.2, "proportion", HYPOTHESIS),
        Headline(
            "Production par heure facturable", float(revenue / total["heures_facturables"]), 60, 95, "€ HT", HYPOTHESIS
        ),
        Headline(
            "Production annuelle par personne", float(revenue / size * YEAR / SPAN), 60e3, 110e3, "€ HT", HYPOTHESIS
        ),
    )


def _requests(company: "Septembrune") -> tuple[Headline, ...]:
    found = story.requests(company)
    known = story.old_enough(found, KNOWN)
    months = SPAN / YEAR * 12
    return (
        Headline("Demandes par mois", len(found) / months, 60, 110, "demandes", HYPOTHESIS),
        Headline("Demandes rouvertes", float((known["reouvertures"] > 0).mean()), 0.1, 0.35, "proportion", HYPOTHESIS),
        Headline("Délai de première clôture", float(known["premier_delai"].mean()), 2, 5, "jours ouvrés", HYPOTHESIS),
        Headline("Demandes non closes", float(found["cloture"].isna().mean()), 0.01, 0.12, "proportion", HYPOTHESIS),
    )


def _survey(company: "Septembrune") -> tuple[Headline, ...]:
    survey = company.table("enquete_qvct")
    score = survey["recommandation_0_10"]
    promoters = 100 * float((score >= 9).mean() - (score <= 6).mean())
    return (
        Headline("Sens du travail", float(survey["sens_du_travail"].mean()), 2.8, 4.7, "points sur 5", HYPOTHESIS),
        Headline("Charge soutenable", float(survey["charge_soutenable"].mean()), 2.2, 4.3, "points sur 5", HYPOTHESIS),
        Headline("Recommandation nette (eNPS)", promoters, -75, 75, "points", HYPOTHESIS),
    )


def _files(company: "Septembrune") -> tuple[Headline, ...]:
    weight = story.files(company)
    table = company.table("fichiers")
    neat = table["nom"].str.match(r"\d{4}-\d{2}-\d{2}_[a-z0-9-]+_v\d+\.").mean()
    return (
        Headline("Poids du disque partagé", weight["total"] / 1e9, 90, 400, "Go", HYPOTHESIS),
        Headline("Poids des copies", weight["copies"] / weight["total"], 0.06, 0.45, "proportion", HYPOTHESIS),
        Headline(
            "Poids des fichiers non ouverts depuis deux ans",
            weight["anciens"] / weight["total"],
            0.12,
            0.6,
            "proportion",
            HYPOTHESIS,
        ),
        Headline("Poids des films", weight["films"] / weight["total"], 0.4, 0.9, "proportion", HYPOTHESIS),
        Headline("Noms conformes à la charte", float(neat), 0.2, 0.6, "proportion", HYPOTHESIS),
    )


def recoveries(company: "Septembrune") -> tuple[Recovery, ...]:
    """Return the parameters found again from the tables.

    Errors are those of the laws that drew the figures: a mean has standard deviation over √n, a share has
    √(p (1 − p) / n). A delay drawn from a Poisson law of gamma mean m and shape k has variance m + m² / k, here with
    the pace of the request (log deviation 0.2) on top; hours are rounded to the quarter, which adds 0.25² / 12.
    """
    return (*_people(company), *_estimates(company), *_desk(company), *_groups(company), *_drive(company))


def _sums(table: pd.DataFrame) -> dict[str, float]:
    return {str(name): float(value) for name, value in table.sum(numeric_only=True).items()}


def _share(label: str, true: float, seen: pd.Series) -> Recovery:
    return Recovery(label, true, float(seen.mean()), float(np.sqrt(true * (1 - true) / len(seen))))


def _people(company: "Septembrune") -> tuple[Recovery, ...]:
    p, noted = company.params, story.hours(company)
    worked = noted[noted["lieu"].isin(["bureau", "domicile"])]
    name = worked.groupby("personne")["heures"].sum().idxmax()
    mine = worked[worked["personne"] == name]
    true, size = float(p.habits.hours[p.overloaded]), len(mine)
    hours = Recovery(
        "heures par jour de la personne qui en fait le plus",
        true,
        float(mine["heures"].mean()),
        float(np.sqrt((p.spread**2 + 0.25**2 / 12) / size)),
    )
    share = Recovery(
        "part facturable de cette personne",
        float(p.habits.billable[p.overloaded]),
        float((mine["heures_facturables"] / mine["heures"]).mean()),
        float(np.sqrt((0.07**2 + (0.25 / true) ** 2 / 12) / size)),
    )
    people = story.people_value(company)
    totals = _sums(people[people.index == name])
    real = float(p.habits.value[p.overloaded])
    deliveries = int((noted.loc[noted["personne"] == name, "valeur_livree_ht"] > 0).sum())
    value = Recovery(
        "valeur d’une heure facturable de cette personne",
        real,
        totals["valeur_livree_ht"] / totals["heures_facturables"],
        float(10 * np.sqrt(deliveries / 12) / totals["heures_facturables"]),
    )
    return hours, share, value


def _estimates(company: "Septembrune") -> tuple[Recovery, ...]:
    """Return the shares of low and high estimates, from the longest tasks, which rounding spares."""
    p, tasks = company.params, company.table("taches")
    long = tasks[tasks["duree_probable_j"] >= 4]
    middle = long["duree_probable_j"]
    found = []
    for label, true, name in (
        ("optimiste sur probable", p.optimism, "duree_optimiste_j"),
        ("pessimiste sur probable", p.pessimism, "duree_pessimiste_j"),
    ):
        ratio = long[name] / middle
        error = float(np.sqrt(((true * 0.08) ** 2 + (0.5 / middle) ** 2 / 12).sum())) / len(long)
        found.append(Recovery(label, true * float(np.exp(0.08**2 / 2)), float(ratio.mean()), error))
    return tuple(found)


def _desk(company: "Septembrune") -> tuple[Recovery, ...]:
    desk = company.params.desk
    known = story.old_enough(story.requests(company), KNOWN)
    found = []
    for rank, team in enumerate(TEAMS):
        mine = known[known["equipe"] == team]
        delay = float(desk.delay[rank])
        spread = delay + delay**2 * ((1 + 1 / desk.shape) * np.exp(0.2**2) - 1)
        error = float(np.sqrt(spread / len(mine)))
        first = mine["premier_delai"].dropna()
        found.append(_share(f"demandes rouvertes, {team}", float(desk.reopened[rank]), mine["reouvertures"] > 0))
        found.append(Recovery(f"délai de première clôture, {team}", delay, float(first.mean()), error))
    return tuple(found)


def _groups(company: "Septembrune") -> tuple[Recovery, ...]:
    """Return the gap between modes on two questions: each answer has variance 4 p (1 − p)."""
    survey, p = company.table("enquete_qvct"), company.params
    found = []
    for rank, name in ((4, "information_partagee"), (8, "isolement")):
        means = survey.groupby("mode")[name].mean()
        size = survey.groupby("mode").size()
        near, far = p.survey[0, 0, rank], p.survey[0, 1, rank]
        variance = (
            TOP * near * (1 - near) / size["surtout au bureau"] + TOP * far * (1 - far) / size["surtout à distance"]
        )
        gap = float(means["surtout à distance"] - means["surtout au bureau"])
        found.append(Recovery(f"écart à distance, {name}", float(TOP * (far - near)), gap, float(np.sqrt(variance))))
    return tuple(found)


def _drive(company: "Septembrune") -> tuple[Recovery, ...]:
    storage, table = company.params.storage, company.table("fichiers")
    count = table.groupby("empreinte").size()
    old = pd.Timestamp(END) - table["derniere_ouverture"] >= pd.Timedelta(days=storage.limit)
    return (
        _share("fichiers copiés", storage.copied, count > 1),
        _share("fichiers non ouverts depuis deux ans", storage.stale, old),
    )
