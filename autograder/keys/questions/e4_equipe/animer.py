"""Notebook 02: purpose (B3-C03), talk (B3-C04), office and distance (B3-C05), files (B3-C06), adjustments (B3-C07)."""

from dataclasses import dataclass

import pandas as pd

from autograder.keys import team
from autograder.keys.cases import Case, hypotheses
from autograder.keys.checks.numbers import PROPORTION
from autograder.keys.declaring import Keys
from autograder.keys.mistakes import Mistakes, apart, by_name, elsewhere, told_apart
from autograder.keys.model import Stated
from casestudies.septembrune.story import unwritten_decisions

KEYS = Keys("e4-equipe/02-animer", company="septembrune")
SHARED, HELP, APART = "information_partagee", "entraide", "isolement"
FILM, YEAR_DAYS = "mp4", 365
BOUNDS = ("bas", "haut")


def survey(case: Case) -> pd.DataFrame:
    """Return the answers to the survey."""
    return case.table("enquete_qvct")


def _belonging(answers: pd.DataFrame, felt_apart: pd.Series) -> dict[str, float]:
    mark = (answers[SHARED] + answers[HELP] + felt_apart) / 3
    return by_name(mark.groupby(answers["mode"]).mean())


@dataclass(frozen=True)
class DiskFiles:
    """The files, oldest first: bytes, which are copies, days since each was opened and created, which are films."""

    size: pd.Series
    copy: pd.Series
    like: pd.Series
    same_name: pd.Series
    opened: pd.Series
    created: pd.Series
    film: pd.Series

    def total(self, kept: pd.Series) -> float:
        """Return the bytes of some files."""
        return float(self.size[kept].sum())


def drive(case: Case) -> DiskFiles:
    """Return the files of the shared drive."""
    table = case.table("fichiers").sort_values(["creation", "fichier_id"])
    today = pd.Timestamp(case.company.periods["releves"].fin)
    return DiskFiles(
        table["taille_octets"], table.duplicated("empreinte"), table.duplicated("empreinte", keep=False),
        table.duplicated("nom"), (today - table["derniere_ouverture"]).dt.days, (today - table["creation"]).dt.days,
        table["extension"] == FILM,
    )  # fmt: skip


# Four people share a team and a mode: their answers are not published (C); 20 of 22 would give the two others away.
KEYS.fixed_choice("t2-entree-groupe", "C", {"M897": ("A", "B")})
# What can be asked is the need at work (B).
KEYS.fixed_choice("t2-entree-demande", "B", {"M898": ("A", "C", "D")})


@KEYS.number("t2-enps", "points")
def recommendation(case: Case) -> Stated:
    """Promoters less detractors, out of everybody."""
    marks = case.fact(survey)["recommandation_0_10"]
    right = team.net_recommendation(marks)
    outspoken = marks[(marks >= team.PROMOTERS) | (marks <= team.DETRACTORS)]
    wrongs: Mistakes = {
        "M883": float(marks.mean()),
        "M884": 100 * float((marks >= team.PROMOTERS).mean()),
    }
    narrow: Mistakes = {"M882": team.net_recommendation(outspoken)}
    return right, apart(right, wrongs) | told_apart(right, narrow, "M882")


@KEYS.values("t2-appartenance", "mode", "points de 1 à 5")
def belonging(case: Case) -> Stated:
    """Mean of information, mutual help and isolation put the right way up, by mode."""
    answers = case.fact(survey)
    felt = answers[APART]
    right = _belonging(answers, felt.map(team.upright))
    return right, elsewhere(right, {"M880": _belonging(answers, felt), "M881": _belonging(answers, 5 - felt)})


@KEYS.values("t2-decisions", "mode", PROPORTION, coarse=True)
def unwritten(case: Case) -> Stated:
    """Share of the meetings with a decision that have no minutes, by place."""
    table = case.table("reunions")
    right = unwritten_decisions(table)
    silent = table["compte_rendu"] == "non"
    wrongs = {
        "M885": by_name(silent.groupby(table["mode"]).mean()),
        "M886": {name: 1 - share for name, share in right.items()},
    }
    return right, elsewhere(right, wrongs)


@KEYS.values("t2-gains", "tri", "Go")
def gains(case: Case) -> Stated:
    """Weight of the copies, originals kept; weight of what nobody opened for as long as the rule says."""
    files, limit = case.fact(drive), case.fact(hypotheses)["conservation_fichiers"]

    def weights(copies: pd.Series, old: pd.Series, unit: float = team.GIGABYTE) -> dict[str, float]:
        return {"copies": files.total(copies) / unit, "anciens": files.total(old) / unit}

    old = files.opened >= limit
    right = weights(files.copy, old)
    wrongs = {
        "M890": weights(files.like, old),
        "M891": weights(files.copy, old, 1.0),
        "M892": weights(files.same_name, old),
        "M893": weights(files.copy, files.created >= limit),
    }
    return right, elsewhere(right, wrongs)


@KEYS.values("t2-fourchette", "borne", "kgCO2e par an")
def emitted(case: Case) -> Stated:
    """Emit what the files to take away emit in a year on line, from the lowest factor to the highest."""
    files, known = case.fact(drive), case.fact(hypotheses)
    old = files.opened >= known["conservation_fichiers"]
    factors = {bound: known[f"kgco2e_par_to_{bound}"] for bound in BOUNDS}

    def range_of(size: float) -> dict[str, float]:
        return {bound: team.stored_kgco2e(size, factor) for bound, factor in factors.items()}

    size = files.total(files.copy | old)
    right = range_of(size)
    middle = sum(right.values()) / len(right)
    wrongs = {
        "M894": dict.fromkeys(BOUNDS, middle),
        "M895": range_of(1000 * size),
        "M896": range_of(files.total(files.copy) + files.total(old)),
    }
    return right, elsewhere(right, wrongs)


@KEYS.number("t2-films", PROPORTION)
def old_films(case: Case) -> Stated:
    """Share of the weight of films that nobody opened for a year."""
    files = case.fact(drive)
    old = files.film & (files.opened >= YEAR_DAYS)
    whole = files.total(files.film)
    right = files.total(old) / whole
    wrongs: Mistakes = {
        "M899": float(old.sum() / files.film.sum()),
        "M893": files.total(files.film & (files.created >= YEAR_DAYS)) / whole,
    }
    return right, apart(right, wrongs)
