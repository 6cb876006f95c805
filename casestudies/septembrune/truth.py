"""The true effects behind the figures of Septembrune, and what its tables alone say of them."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from casestudies.company import Recovery
from casestudies.septembrune import story
from casestudies.septembrune.params import DAYS, END
from casestudies.septembrune.roster import TEAMS, roster, work
from casestudies.septembrune.work import TOP

if TYPE_CHECKING:
    from casestudies.septembrune.company import Septembrune


def recoveries(company: "Septembrune") -> tuple[Recovery, ...]:
    """Return the parameters found again from the tables.

    Errors are those of the laws that drew the figures: a mean has standard deviation over √n, a share has
    √(p (1 − p) / n). A delay drawn from a Poisson law of gamma mean m and shape k has variance m + m² / k, here with
    the pace of the request (log deviation 0.2) on top; hours are rounded to the quarter, which adds 0.25² / 12.
    """
    return (*_people(company), *_estimates(company), *_desk(company), *_groups(company), *_drive(company))


def _people(company: "Septembrune") -> tuple[Recovery, ...]:
    p, noted = company.params, story.hours(company)
    worked = noted[noted["lieu"].isin(["bureau", "domicile"])]
    name = worked.groupby("personne")["heures"].sum().idxmax()
    mine = worked[worked["personne"] == name]
    true, size = float(p.habits.hours[p.overloaded]), len(mine)
    hours = Recovery(
        "heures par jour de la personne qui en fait le plus",
        true,
        mine["heures"].mean(),
        np.sqrt((p.spread**2 + 0.25**2 / 12) / size),
    )
    share = Recovery(
        "part facturable de cette personne",
        p.habits.billable[p.overloaded],
        (mine["heures_facturables"] / mine["heures"]).mean(),
        np.sqrt((0.07**2 + (0.25 / true) ** 2 / 12) / size),
    )
    people = story.people_value(company)
    totals = people[people.index == name].sum()
    real = float(p.habits.value[p.overloaded])
    deliveries = int((noted.loc[noted["personne"] == name, "valeur_livree_ht"] > 0).sum())
    value = Recovery(
        "valeur d’une heure facturable de cette personne",
        real,
        totals["valeur_livree_ht"] / totals["heures_facturables"],
        10 * np.sqrt(deliveries / 12) / totals["heures_facturables"],
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
        found.append(Recovery(label, true * float(np.exp(0.08**2 / 2)), ratio.mean(), error))
    return tuple(found)


def _desk(company: "Septembrune") -> tuple[Recovery, ...]:
    desk = company.params.desk
    known = story.old_enough(story.requests(company))
    found = []
    for rank, team in enumerate(TEAMS):
        mine = known[known["equipe"] == team]
        delay = float(desk.delay[rank])
        spread = delay + delay**2 * ((1 + 1 / desk.shape) * np.exp(0.2**2) - 1)
        error = float(np.sqrt(spread / len(mine)))
        first = mine["premier_delai"].dropna()
        found.append(
            Recovery.of_share(
                f"demandes rouvertes, {team}", desk.reopened[rank], (mine["reouvertures"] > 0).sum(), len(mine)
            )
        )
        found.append(Recovery(f"délai de première clôture, {team}", delay, first.mean(), error))
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
        found.append(Recovery(f"écart à distance, {name}", TOP * (far - near), gap, np.sqrt(variance)))
    return tuple(found)


def _drive(company: "Septembrune") -> tuple[Recovery, ...]:
    storage, table = company.params.storage, company.table("fichiers")
    count = table.groupby("empreinte").size()
    old = pd.Timestamp(END) - table["derniere_ouverture"] >= pd.Timedelta(days=storage.limit)
    return (
        Recovery.of_share("fichiers copiés", storage.copied, (count > 1).sum(), len(count)),
        Recovery.of_share("fichiers non ouverts depuis deux ans", storage.stale, old.sum(), len(old)),
    )


def truth(company: "Septembrune") -> dict[str, Any]:
    """Return the true effects behind the figures; for trainers only."""
    p, people, tasks = company.params, roster(), work()
    found = company.schedule
    names = np.array([f"P{rank + 1:02d}" for rank in company.pseudonym])
    critical = np.flatnonzero(found.critical)
    chain = critical[np.argsort(found.early[critical], kind="stable")]
    skill, holder = p.rare
    return {
        "management": p.management,
        "scenario": p.scenario,
        "chemin_critique": [tasks.codes[rank] for rank in chain],
        "duree_pert_j": found.length,
        "marge_chemin_suivant_j": found.margin,
        "ecart_type_j": float(np.sqrt((company.estimates.deviation[found.critical] ** 2).sum())),
        "membre_surcharge": people.codes[p.overloaded],
        "charge_visee": float(p.load[p.overloaded]),
        "membre_relais": people.codes[p.helper],
        "competence_rare": skill,
        "membre_competence_rare": people.codes[holder],
        "tache_trop_haute": p.beyond,
        "personne_plus_heures": str(names[p.overloaded]),
        "personne_plus_valeur": str(names[p.best]),
        "heures_par_jour": float(p.habits.hours[p.overloaded]),
        "equipe_rapide": TEAMS[p.fast_team],
        "delai_premiere_cloture_j": dict(zip(TEAMS, p.desk.delay.tolist(), strict=True)),
        "taux_retour": dict(zip(TEAMS, p.desk.reopened.tolist(), strict=True)),
        "jour_commun_a_distance": DAYS[p.common_day],
        "part_fichiers_copies": p.storage.copied,
        "part_fichiers_anciens": p.storage.stale,
    }
