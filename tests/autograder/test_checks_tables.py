"""The rules about the cells, the groups and the sums of a table: one right answer, then one wrong in just that way."""

from dataclasses import dataclass, field

import pytest
from rules import Desk, rows, said, survives

from autograder.keys.checks.amounts import Recomputed, WeightedScores, WeightsSumToOne, WithinRange
from autograder.keys.checks.budgets import BudgetWithin
from autograder.keys.checks.plans import Permutation, Precedes
from autograder.keys.checks.rows import (
    AtLeastDistinct,
    CompleteGrid,
    InternalExternal,
    OnePerQuadrant,
    OrderedStages,
    Reciprocal,
    SameForGroup,
    TreatedWithReason,
)
from autograder.keys.checks.structure import FilledWhen, MatchesPattern, Rule
from autograder.keys.checks.texts import NotCopiedFromExample


@dataclass(frozen=True)
class Trial:
    """A rule, an answer it accepts, and wrong answers with what must be said of each."""

    rule: Rule
    right: object
    wrong: tuple[tuple[object, str], ...]
    also_right: tuple[object, ...] = field(default=())


def swot(*cells: tuple[object, ...]) -> list[dict[str, object]]:
    return rows("Quadrant origine poids", *cells)


def double(case: object, row: dict[str, object]) -> float | None:
    return None if row["base"] is None else 2 * float(row["base"])  # type: ignore[arg-type]


EXAMPLE = "La boutique perd des clients faute de retrait en magasin le samedi"
COPIED = "la boutique perd des clients, faute de retrait en magasin !"

TRIALS = {
    "one per quadrant": Trial(
        OnePerQuadrant("quadrant", ("force", "menace"), 2),
        swot(("Force", "", ""), ("force", "", ""), ("MENACE", "", ""), ("menace", "", "")),
        ((swot(("force", "", ""), ("force", "", ""), ("menace", "", "")), "« menace » : 1 ligne ; on en attend"),),
    ),
    "internal or external": Trial(
        InternalExternal("quadrant", "origine"),
        swot(("force", "Interne", 1), ("opportunite", "externe", 1), ("menace", "", 1), ("autre", "interne", 1)),
        (
            (swot(("faiblesse", "externe", 1)), "Ligne 1 : « faiblesse » va avec une origine interne"),
            (swot(("force", "interne", 1), ("menace", "interne", 1)), "Ligne 2 : « menace » va avec"),
        ),
    ),
    "weights": Trial(
        WeightsSumToOne("poids", by="origine"),
        swot(("a", "interne", "60 %"), ("b", "interne", "0,4"), ("c", "externe", 1), ("d", "externe", None)),
        (
            (swot(("a", "interne", 0.6), ("b", "interne", 0.3), ("c", "externe", 1)), "« interne » font 0,9 au total"),
            (swot(("a", "interne", "fort"), ("c", "externe", 1)), "« fort » n’est pas un nombre"),
        ),
        (swot(("a", "x", 0.333), ("b", "x", 0.333), ("c", "x", 0.334)),),
    ),
    "weights of a whole table": Trial(
        WeightsSumToOne("poids"),
        swot(("a", "interne", 0.5), ("b", "externe", 0.5)),
        ((swot(("a", "interne", 0.5), ("b", "externe", 0.51)), "les poids font 1,01 au total"),),
    ),
    "same for a group": Trial(
        SameForGroup("poids", "critère"),
        rows("critère poids", ("Prix", 0.5), ("délai", 0.5), ("PRIX", "50 %"), ("prix", "")),
        ((rows("critère poids", ("prix", 0.5), ("prix", 0.4)), "« poids » dit « 0,5 » à la ligne 1"),),
    ),
    "complete grid": Trial(
        CompleteGrid("qui", "quoi", 2, 2),
        rows("qui quoi", ("A", "x"), ("A", "y"), ("B", "X"), ("b", "y")),
        (
            (rows("qui quoi", ("A", "x"), ("A", "y"), ("B", "x")), "« B » et « y » : la ligne manque"),
            (rows("qui quoi", ("A", "x"), ("A", "y"), ("B", "x"), ("B", "y"), ("b", "Y")), "« B » et « y » : 2 lignes"),
            (rows("qui quoi", ("A", "x"), ("A", "y")), "Colonne « qui » : 1 valeur ; on en attend au moins 2"),
        ),
    ),
    "within range": Trial(
        WithinRange("note", 1, lambda case: 5),
        rows("note", (1,), ("5",), ("2,5",), (None,)),
        (
            (rows("note", (6,)), "« 6 » ; on attend un nombre de 1 à 5"),
            (rows("note", (3,), ("bien",)), "Ligne 2, colonne « note » : « bien » n’est pas un nombre"),
        ),
    ),
    "weighted scores": Trial(
        WeightedScores("poids", "note", "score"),
        rows("poids note score", (0.25, 3, 0.75), ("25 %", "4", "1,00"), (0.333, 2, 0.67), (0.2, 5, None)),
        (
            (rows("poids note score", (0.25, 3, 0.8)), "n’est pas le produit de « poids » par « note »"),
            (rows("poids note score", (0.25, 3, "haut")), "« haut » n’est pas un nombre"),
        ),
    ),
    "recomputed": Trial(
        Recomputed("double", double, "deux fois la base"),
        rows("Base double", (10, 20), (0.1, "20 %"), (None, 999), (3, ""), ("zut", 4)),
        (
            (rows("base double", (10, 21)), "« 21 » n’est pas ce que donnent vos tables. On attend deux fois la base"),
            (rows("base double", (10, "vingt")), "« vingt » n’est pas un nombre"),
        ),
    ),
    "ordered stages": Trial(
        OrderedStages("étape", ("besoin", "achat")),
        rows("etape", ("Besoin",), ("ACHAT",)),
        (
            (rows("étape", ("achat",), ("besoin",)), "Ligne 1, colonne « étape » : « achat » n’est pas à sa place"),
            (rows("étape", ("besoin",)), "L’étape « achat » manque"),
            (rows("étape", ("besoin",), ("achat",), ("achat",)), "L’étape « achat » a 2 lignes"),
            (rows("étape", ("besoin",), ("achat",), ("fête",)), "« fête » n’est pas une des étapes"),
        ),
    ),
    "treated with a reason": Trial(
        TreatedWithReason("levier", "statut", "retenu", "écarté", "motif"),
        rows("levier statut motif", ("SEO", "Retenu", ""), ("SEA", "ecarte", "Trop cher ici"), ("e-mail", "", "")),
        (
            (rows("levier statut motif", ("SEA", "écarté", "")), "« SEA » : écarté sans motif"),
            (rows("levier statut motif", ("SEA", "peut-être", "oui")), "on attend « retenu » ou « écarté »"),
        ),
    ),
    "permutation": Trial(
        Permutation("rang"),
        rows("rang", (2,), ("1",), (3.0,)),
        (
            (rows("rang", (1,), (3,)), "vos rangs sont 1, 3 ; on attend de 1 à 2"),
            (rows("rang", (1,), (1,)), "vos rangs sont 1, 1"),
            (rows("rang", (1,), ("deux",)), "« deux » n’est pas un rang"),
            (rows("rang", (0,), (1,)), "« 0 » n’est pas un rang"),
        ),
    ),
    "permutation of what is kept": Trial(
        Permutation("rang", "statut", "retenu"),
        rows("rang statut", (1, "Retenu"), (None, "écarté"), (2, "retenu"), (9, "écarté")),
        (
            (rows("rang statut", (1, "retenu"), ("", "retenu")), "Ligne 2, colonne « rang » : le rang manque"),
            (rows("rang statut", (2, "retenu"), (1, "écarté")), "vos rangs sont 2"),
        ),
    ),
    "precedes": Trial(
        Precedes("levier", "rang", "Contenu", "SEO"),
        rows("levier rang", ("seo", 2), ("contenu", 2), ("SEA", 1)),
        ((rows("levier rang", ("SEO", 1), ("Contenu", 2)), "« Contenu » a le rang 2, après « SEO » (rang 1)"),),
        (rows("levier rang", ("SEO", 1), ("Contenu", "")), rows("levier rang", ("SEO", 1))),
    ),
    "budget": Trial(
        BudgetWithin("budget", lambda case: 1000),
        rows("budget", ("600 €",), (400,), (None,)),
        (
            (rows("budget", (600,), ("401,5",)), "le total, 1 001,5 €, dépasse le plafond"),
            (rows("budget", (600,), ("cher",)), "« cher » n’est pas un montant"),
            (rows("budget", (1500,), (-700,)), "est au-dessous de zéro"),
        ),
    ),
    "at least distinct": Trial(
        AtLeastDistinct("secteur", 2),
        rows("secteur", ("Bois",), ("textile",), ("bois",)),
        ((rows("secteur", ("bois",), ("BOIS",), ("",)), "1 valeur différente ; on en attend au moins 2"),),
    ),
    "not copied": Trial(
        NotCopiedFromExample(("fait",), (EXAMPLE,)),
        rows("fait", ("La boutique gagne des clients grâce au retrait du samedi",), ("La boutique",), (None,)),
        ((rows("fait", ("Autre chose ici",), (COPIED,)), "Ligne 2, colonne « fait » : c’est le texte de l’exemple"),),
    ),
    "note not copied": Trial(
        NotCopiedFromExample((), (EXAMPLE,)),
        "Rien de commun avec cet exemple.",
        ((COPIED, "Votre texte : c’est"), ("Des mots à soi. " * 30 + COPIED, "Votre texte : c’est")),
    ),
    "pattern": Trial(
        MatchesPattern("fichier", r"\d{4}_[a-z]+_v\d+", "AAAA_objet_v1"),
        rows("fichier", ("2027_planning_v2",), ("",)),
        ((rows("fichier", ("planning 2027",)), "la forme attendue. On attend AAAA_objet_v1"),),
    ),
    "pattern in a text": Trial(
        MatchesPattern("", r"^Version : \d", "la version du document"),
        "Planning\nVersion : 2",
        (("Planning", "Votre texte ne contient pas la version du document"),),
    ),
    "filled when": Trial(
        FilledWhen("rang", (("statut", ("retenu",)), ("levier", ("SEO", "SEA")))),
        rows("levier statut rang", ("SEO", "Retenu", 1), ("sea", "écarté", ""), ("e-mail", "retenu", None)),
        ((rows("levier statut rang", ("SEO", "retenu", "…")), "Ligne 1, colonne « rang » : à remplir"),),
    ),
    "reciprocal": Trial(
        Reciprocal("apport", "contrepartie"),
        rows("apport contrepartie", ("Des stocks", "Un fichier"), ("", None)),
        (
            (rows("apport contrepartie", ("Des stocks", "")), "Ligne 1 : « contrepartie » est vide"),
            (rows("apport contrepartie", ("Visibilité", "VISIBILITE")), "disent la même chose"),
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TRIALS)
def test_a_rule_accepts_what_is_right_and_says_what_is_wrong(name: str) -> None:
    trial = TRIALS[name]
    for answer in (trial.right, *trial.also_right):
        assert said(trial.rule, answer) == ""
    for answer, words in trial.wrong:
        remark = said(trial.rule, answer)
        assert words in remark
        assert remark.count("\n") == 0


@pytest.mark.parametrize("name", [name for name, trial in TRIALS.items() if isinstance(trial.right, list)])
def test_a_rule_survives_strange_cells(name: str) -> None:
    survives(TRIALS[name].rule, TRIALS[name].right)  # type: ignore[arg-type]


def test_the_right_value_is_never_said() -> None:
    remark = said(Recomputed("double", double, "deux fois la base"), rows("base double", (12, 13)), Desk())
    assert "24" not in remark
