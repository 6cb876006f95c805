"""Notebook 06 of E1: structures of interest (B1-C09), shared customers and partners (B1-C10), image (B1-C11).

B1-C11 is judged by people alone: its matrix is only checked for being complete. The mean mark of image, a calculation
that feeds the grid of the selection, belongs to B1-C10.
"""

from dataclasses import dataclass

import pandas as pd

from autograder.keys import metrics
from autograder.keys.cases import Case, hypotheses
from autograder.keys.checks.choices import ChosenId
from autograder.keys.checks.numbers import PROPORTION
from autograder.keys.declaring import Keys
from autograder.keys.model import Stated

KEYS = Keys("e1-strategie/06-partenariats", company="isolombre")
COMPETITORS = "fabricant d’isolants de synthèse"
"""The sector whose structures are competitors, never partners."""

IN_PERSON = ("conseil à domicile", "comptoir ou agence")
"""The channels where somebody can explain an insulating material."""

Marks = dict[str, float]
"""One number by structure."""


def directory(case: Case) -> pd.DataFrame:
    """Return the directory by structure, with ``points``: how compatible its customers' ways of buying are (0–3)."""
    known, table = case.fact(hypotheses), case.table("annuaire_partenaires").set_index("structure_id")
    budget = table["budget_travaux_moyen_ttc"].between(known["budget_travaux_min"], known["budget_travaux_max"])
    project = table["part_en_projet"] >= known["part_en_projet_min"]
    channel = table["canal_principal"].isin(IN_PERSON)
    return table.assign(points=budget.astype(int) + project.astype(int) + channel.astype(int))


@dataclass(frozen=True)
class Overlap:
    """Customers of the company and of the six structures, as the files give them and once cleaned.

    Attributes
    ----------
    own, own_lines : different customers of the company; lines of its export.
    common, sizes : different shared customers and different customers, by structure.
    common_lines, lines : the same, counted in lines of the files, repetitions kept.
    as_written : different shared customers when capitals and small letters are not brought together.

    """

    own: int
    own_lines: int
    common: pd.Series
    sizes: pd.Series
    common_lines: pd.Series
    lines: pd.Series
    as_written: pd.Series


def own(case: Case) -> frozenset[str]:
    """Return the fingerprints of the company's customers, in small letters."""
    return frozenset(case.table("clients_isolombre")["empreinte"].str.lower())


def small(case: Case) -> pd.DataFrame:
    """Return the files of the structures, in small letters, with ``known``: whether the fingerprint is one of ours."""
    files = case.table("clients_haches")
    prints = files["empreinte"].str.lower()
    return files.assign(empreinte=prints, known=prints.isin(case.fact(own)))


def overlap(case: Case) -> Overlap:
    """Compare the fingerprints of the company with those of each structure."""
    files, lines = case.table("clients_haches").drop_duplicates(), case.fact(small)
    once = lines.drop_duplicates()
    by_file, by_print = lines.groupby("structure_id")["known"], once.groupby("structure_id")["known"]
    return Overlap(
        own=len(case.fact(own)),
        own_lines=len(case.table("clients_isolombre")),
        common=by_print.sum(),
        sizes=by_print.size(),
        common_lines=by_file.sum(),
        lines=by_file.size(),
        as_written=files["empreinte"].isin(case.fact(own)).groupby(files["structure_id"]).sum(),
    )


def images(case: Case) -> pd.DataFrame:
    """Return the mark of each structure: of all the people asked, simple mean of the audiences, of each audience."""
    table = case.table("image_partenaires")
    table["total"] = table["repondants"] * table["note_moyenne"]
    sums = table.groupby("structure_id")[["total", "repondants"]].sum()
    audiences = table.pivot(index="structure_id", columns="public", values="note_moyenne")
    return audiences.assign(simple=audiences.mean(axis=1), note=sums["total"] / sums["repondants"])


@dataclass(frozen=True)
class Roles:
    """Which structure one would choose, by the way one chooses."""

    kept: str
    largest_file: str
    best_overlap: str
    best_image: str
    best_of_theirs: str
    others: tuple[str, ...]


def roles(case: Case) -> Roles:
    """Return the structure that passes the three thresholds, and those that one criterion alone would choose."""
    known, files = case.fact(hypotheses), case.fact(overlap)
    share, image = files.common / files.own, case.fact(images)["note"]
    table = case.fact(directory).loc[share.index]
    passed = (
        (share >= known["seuil_recouvrement"])
        & (table["points"] >= known["seuil_modalites"])
        & (image >= known["seuil_image"])
    )
    found = {
        "kept": str(share.index[passed][0]),
        "largest_file": str(table["taille_fichier_declaree"].idxmax()),
        "best_overlap": str(share.idxmax()),
        "best_image": str(image.idxmax()),
        "best_of_theirs": str((files.common / files.sizes).idxmax()),
    }
    others = tuple(str(name) for name in share.index if name not in found.values())
    return Roles(**found, others=others)


def reach(case: Case) -> tuple[int, int, int, int]:
    """Return our customers known to each of the two structures with the best overlap, to both, and all ours."""
    lines = case.fact(small)
    known = lines[lines["known"]]
    first, second = (
        set(known.loc[known["structure_id"] == name, "empreinte"])
        for name in case.fact(overlap).common.nlargest(2).index
    )
    return len(first), len(second), len(first & second), len(case.fact(own))


def numbers(series: pd.Series) -> Marks:
    """Return a series as plain numbers by structure."""
    return {str(name): float(value) for name, value in series.items()}


def percentage(case: Case, row: dict[str, object]) -> float | None:
    """Return the overlap of the structure of a row, in per cent of our customers; None for an unknown structure."""
    files = case.fact(overlap)
    name = str(row.get("partenaire")).strip().upper()
    return 100 * metrics.ratio(float(files.common[name]), files.own) if name in files.common.index else None


def points(case: Case, row: dict[str, object]) -> float | None:
    """Return the points of compatibility of the structure of a row; None for an unknown structure."""
    table = case.fact(directory)
    name = str(row.get("partenaire")).strip().upper()
    return float(table["points"][name]) if name in table.index else None


# 400 customers of ours, 1 000 of theirs, 100 shared: B is 25 % of ours.
KEYS.fixed_choice("s5-entree-part", "B", {"M292": "A", "M116": "C", "M293": "D"})
# Hashed addresses are pseudonymised: B.
KEYS.fixed_choice("s5-entree-empreintes", "B", {"M295": ("A", "D"), "M297": "C"})
# C: an offer made together is a co-development.
KEYS.fixed_choice("s5-entree-forme", "C", {"M300": "A", "M298": "B", "M303": "D"})


@KEYS.values("s5-modalites", "secteur", "points")
def sector_points(case: Case) -> Stated:
    """Mean points of the structures of each sector, the competitors' left out."""
    table = case.fact(directory)
    sectors = table[table["secteur"] != COMPETITORS].groupby("secteur")
    known = case.fact(hypotheses)
    reached = (table["points"] >= known["seuil_modalites"]).groupby(table["secteur"]).mean().drop(COMPETITORS)
    return numbers(sectors["points"].mean()), {
        "M175": (numbers(sectors["points"].sum()), numbers(sectors.size())),
        "M302": numbers(reached),
    }


@KEYS.values("s5-recouvrement", "structure", PROPORTION)
def overlap_share(case: Case) -> Stated:
    """Our different customers that each structure knows, over all our different customers."""
    files = case.fact(overlap)
    share = files.common / files.own
    return numbers(share), {
        "M05": numbers(100 * share),
        "M116": numbers(files.common / (files.sizes + files.own)),
        "M290": (numbers(files.common_lines / files.own), numbers(files.common / files.own_lines)),
        "M291": numbers(files.as_written / files.own),
        "M292": numbers(files.common / files.sizes),
        "M293": numbers(files.common / (files.sizes + files.own - files.common)),
    }


@KEYS.values("s5-image", "structure", "note sur 10")
def image(case: Case) -> Stated:
    """Mean mark of everyone who was asked."""
    table = case.fact(images)
    audiences = table.columns.difference(["simple", "note"])
    return numbers(table["note"]), {
        "M304": numbers(table["simple"]),
        "M305": tuple(numbers(table[name]) for name in audiences),
    }


@KEYS.ask("s5-retenu", ChosenId("annuaire_partenaires", "structure_id"))
def kept(case: Case) -> Stated:
    """Structure above the three thresholds of the grid; there is one only."""
    found = case.fact(roles)
    return found.kept, {
        "M306": found.largest_file,
        "M307": (found.best_overlap, found.best_image),
        "M292": found.best_of_theirs,
        "M308": found.others,
    }


@KEYS.number("s5-couverture", PROPORTION, coarse=True)
def covered_share(case: Case) -> Stated:
    """Our customers that at least one of the two structures knows, each counted once, over all ours."""
    first, second, both, own = case.fact(reach)
    return metrics.ratio(first + second - both, own), {
        "M309": metrics.ratio(first + second, own),
        "M299": metrics.ratio(both, own),
        "M307": (metrics.ratio(first, own), metrics.ratio(second, own)),
    }
