"""Notebook 03: indicators of a team and of its members (B3-C08), choices explained and defended (B3-C09)."""

from dataclasses import dataclass

import pandas as pd

from autograder.keys import performance
from autograder.keys.cases import Case
from autograder.keys.declaring import Keys
from autograder.keys.mistakes import apart, by_name, elsewhere
from autograder.keys.model import Stated
from casestudies.septembrune import story
from casestudies.septembrune.company import Septembrune
from casestudies.septembrune.params import END, PEOPLE

KEYS = Keys("e4-equipe/03-evaluer-defendre", company="septembrune")
PRESENT = ["bureau", "domicile"]
CODES = tuple(f"P{rank:02d}" for rank in range(1, PEOPLE + 1))
SUMS = ["heures", "heures_facturables", "heures_reunion", "valeur_livree_ht"]
FULL_DAY_H = 7
"""What people suppose a day is worth when they do not read it."""
MEETINGS = 0.2
"""Share of the hours in meetings under which people's days can be compared."""
OLD_ENOUGH, TARGET = 60, 5
"""Working days after which what becomes of a request is known; those in which it should be solved."""
URGENT = "haute"
ORAL_MINUTES = 20
"""What is announced for the oral: ten minutes of talk, as many of questions."""


def agency(case: Case) -> Septembrune:
    """Return the company of the case."""
    assert isinstance(case.company, Septembrune)
    return case.company


def people_of(noted: pd.DataFrame) -> pd.DataFrame:
    """Return sums by pseudonym, training days left out, with the days present (``jours``)."""
    worked = noted[noted["lieu"] != "formation"]
    table = worked.groupby("personne")[SUMS].sum()
    table["jours"] = worked[worked["lieu"].isin(PRESENT)].groupby("personne").size()
    table["heures_jour"] = table["heures"] / table["jours"]
    table["valeur_heure"] = table["valeur_livree_ht"] / table["heures"]
    return table


def sheets(case: Case) -> pd.DataFrame:
    """Return the timesheets, every day in hours."""
    return story.hours(agency(case))


def people(case: Case) -> pd.DataFrame:
    """Return sums by pseudonym, every day in hours."""
    return people_of(case.fact(sheets))


def as_noted(case: Case) -> pd.DataFrame:
    """Return the same, some days still in minutes."""
    return people_of(case.table("temps"))


@dataclass(frozen=True)
class RequestsSeen:
    """The requests: all of them, those old enough for their fate to be known, the same with duplicates."""

    every: pd.DataFrame
    known: pd.DataFrame
    twice: pd.DataFrame

    @property
    def quick(self) -> str:
        """The team that closes first."""
        return str(self.known.groupby("equipe")["premier_delai"].mean().idxmin())


def desk(case: Case) -> RequestsSeen:
    """Return the requests of the case, with their delays in working and in calendar days."""
    every = story.requests(agency(case))
    every["calendaires"] = (every["cloture"] - every["ouverture"]).dt.days
    noted = case.table("tickets")
    twice = noted.merge(every[["cle", "premier_delai", "delai"]], on="cle")
    return RequestsSeen(every, story.old_enough(every, OLD_ENOUGH), story.old_enough(twice, OLD_ENOUGH))


# 1, 2, 2, 3, 22: the middle one is 2. A: 2 + 0.4 × 10 = 6 days; B: 4 + 0.1 × 10 = 5 days.
KEYS.fixed_choice("t3-entree-mediane", "A", {"M902": "B", "M913": ("C", "D")})
KEYS.fixed_choice("t3-entree-retour", "B", {"M914": "A", "M918": "C"})


@KEYS.values("t3-facturable", "lieu", "heures facturables par heure travaillée")
def billable(case: Case) -> Stated:
    """Billable hours over hours worked, at the office and at home."""
    noted, read = case.fact(sheets), case.table("temps")

    def rate(table: pd.DataFrame, hours: str) -> dict[str, float]:
        days = table[table["lieu"].isin(PRESENT)].assign(sept=FULL_DAY_H).groupby("lieu")
        return {str(place): float(d["heures_facturables"].sum() / d[hours].sum()) for place, d in days}

    worked = noted[noted["lieu"].isin(PRESENT)].groupby("lieu")[SUMS].sum()
    right = {
        str(place): performance.billable_rate(float(row["heures_facturables"]), float(row["heures"]))
        for place, row in worked.iterrows()
    }
    out = by_name(worked["heures_facturables"] / noted["heures_facturables"].sum())
    wrongs = {
        "M900": rate(read, "heures"),
        "M904": rate(noted, "sept"),
        "M04": {name: 1 / value for name, value in right.items()},
        "M134": out,
    }
    return right, elsewhere(right, wrongs)


@KEYS.label("t3-prime", CODES)
def bonus(case: Case) -> Stated:
    """Pseudonym of the most hours, once all are hours."""
    table, read = case.fact(people), case.fact(as_noted)
    right = str(table["heures"].idxmax())
    wrongs = {
        "M900": str(read["heures"].idxmax()),
        "M905": str(table["valeur_livree_ht"].idxmax()),
        "M903": str(table["heures_facturables"].idxmax()),
    }
    return right, {name: code for name, code in wrongs.items() if code != right}


@KEYS.number("t3-valeur-jour", "€ HT par jour de présence")
def value_a_day(case: Case) -> Stated:
    """Value accepted over the days present, for whoever the bonus would go to."""
    table, noted = case.fact(people), case.fact(sheets)
    who = str(table["heures"].idxmax())
    own = noted[noted["personne"] == who]
    value = float(own["valeur_livree_ht"].sum())
    right = value / float(table["jours"][who])
    best = str(table["valeur_livree_ht"].idxmax())
    return right, apart(
        right,
        {
            "M901": value / len(own),
            "M917": value / float((own["valeur_livree_ht"] > 0).sum()),
            "M905": float(table["valeur_livree_ht"][best] / table["jours"][best]),
        },
    )


@KEYS.number("t3-ecart-valeur", "proportion", sign=-1)
def value_gap(case: Case) -> Stated:
    """Gap between that person's value by hour and the median of all."""
    table, read = case.fact(people), case.fact(as_noted)
    who, values = str(table["heures"].idxmax()), table["valeur_heure"]
    paid = table["valeur_livree_ht"] / table["heures_facturables"]
    right = performance.gap_to_median(values, who)
    return right, apart(
        right,
        {
            "M902": float(values[who] / values.mean() - 1),
            "M903": performance.gap_to_median(paid, who),
            "M900": performance.gap_to_median(read["valeur_heure"], who),
            "M52": float(values[who] - values.median()),
            "M51": float(values[who] / values.median()),
            "M127": -right,
        },
    )


@KEYS.number("t3-lien", "corrélation, de −1 à 1", sign=-1)
def link(case: Case) -> Stated:
    """Correlation of hours a day and value by hour, over all pseudonyms."""
    table, read = case.fact(people), case.fact(as_noted)
    right = float(table["heures_jour"].corr(table["valeur_heure"]))
    return right, apart(
        right,
        {
            "M915": float(table["heures"].corr(table["valeur_livree_ht"])),
            "M900": float(read["heures_jour"].corr(read["valeur_heure"])),
            "M127": -right,
        },
    )


@KEYS.number("t3-lien-comparables", "corrélation, de −1 à 1")
def link_alike(case: Case) -> Stated:
    """Return the same correlation among those who have few meetings."""
    table = case.fact(people)
    meetings = table["heures_reunion"] / table["heures"]
    few, many = table[meetings < MEETINGS], table[meetings >= MEETINGS]
    right = float(few["heures_jour"].corr(few["valeur_heure"]))
    return right, apart(
        right,
        {
            "M213": float(table["heures_jour"].corr(table["valeur_heure"])),
            "M803": float(many["heures_jour"].corr(many["valeur_heure"])),
            "M915": float(few["heures"].corr(few["valeur_livree_ht"])),
        },
    )


KEYS.fixed_choice("t3-cause", "C", {"M906": "A", "M916": ("B", "D")})


@KEYS.values("t3-retours", "équipe", "demandes rouvertes par demande")
def returns(case: Case) -> Stated:
    """Share of requests that came back, by team."""
    found = case.fact(desk)

    def share(table: pd.DataFrame) -> dict[str, float]:
        return {str(team): performance.returned(rows["reouvertures"]) for team, rows in table.groupby("equipe")}

    right = share(found.known)
    back = found.known.groupby("equipe")["reouvertures"]
    wrongs = {
        "M907": by_name(back.mean()),
        "M908": share(found.every),
        "M124": share(found.twice),
        "M134": by_name(back.sum() / found.known["reouvertures"].sum()),
    }
    return right, elsewhere(right, wrongs)


@KEYS.values("t3-resolution", "équipe", "jours ouvrés")
def solving(case: Case) -> Stated:
    """Mean working days to the last closing, by team."""
    found = case.fact(desk)

    def mean(table: pd.DataFrame, name: str) -> dict[str, float]:
        return by_name(table.groupby("equipe")[name].mean())

    right = mean(found.known, "delai")
    wrongs = {
        "M909": mean(found.known, "premier_delai"),
        "M910": mean(found.known, "calendaires"),
        "M908": mean(found.every, "delai"),
        "M902": by_name(found.known.groupby("equipe")["delai"].median()),
        "M124": mean(found.twice, "delai"),
    }
    return right, elsewhere(right, wrongs)


@KEYS.number("t3-ecart-mediane", "jours ouvrés", sign=1)
def pull(case: Case) -> Stated:
    """Mean less median of the solving times of the team that closes first."""
    found = case.fact(desk)
    own = found.known[found.known["equipe"] == found.quick]
    other = found.known[found.known["equipe"] != found.quick]
    right = performance.skew(own["delai"])
    return right, apart(
        right,
        {
            "M127": -right,
            "M909": performance.skew(own["premier_delai"]),
            "M803": performance.skew(other["delai"]),
            "M213": performance.skew(found.known["delai"]),
            "M910": performance.skew(own["calendaires"]),
        },
    )


@KEYS.number("t3-cinq-jours", "proportion")
def in_time(case: Case) -> Stated:
    """Share of the last quarter solved within the target; a request still open counts, once it is old enough."""
    every = case.fact(desk).every
    age = story.working_days(every["ouverture"], pd.Series(pd.Timestamp(END), index=every.index))
    old = every[age >= TARGET]
    due = old[old["ouverture"] >= pd.Timestamp(case.period("trimestre").debut)]
    right = performance.solved_within(due["delai"], TARGET)
    return right, apart(
        right,
        {
            "M911": performance.solved_within(due["delai"].dropna(), TARGET),
            "M909": performance.solved_within(due["premier_delai"], TARGET),
            "M910": performance.solved_within(due["calendaires"], TARGET),
            "M912": performance.solved_within(due["delai"], TARGET - 1),
            "M126": performance.solved_within(old["delai"], TARGET),
        },
    )


@KEYS.number("t3-haute", "jours ouvrés")
def urgent(case: Case) -> Stated:
    """Mean working days to solve a request of high priority, both teams together."""
    found = case.fact(desk)
    own = found.known[found.known["priorite"] == URGENT]
    right = float(own["delai"].mean())
    return right, apart(
        right,
        {
            "M909": float(own["premier_delai"].mean()),
            "M910": float(own["calendaires"].mean()),
            "M902": float(own["delai"].median()),
            "M213": float(found.known["delai"].mean()),
        },
    )


KEYS.oral("rt3-soutenance", "Soutenance", "B3-C09", ORAL_MINUTES)
