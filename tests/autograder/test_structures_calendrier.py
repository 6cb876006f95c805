"""The deliverables of notebook « calendrier »: a model passes; each rule broken alone gives its own remark only."""

import copy
from collections.abc import Callable
from typing import Any

import pytest
from rules import survives

from autograder.keys.cases import Case
from autograder.keys.evaluation import evaluate
from autograder.keys.questions.e1_strategie import calendrier as facts
from autograder.keys.questions.e1_strategie.calendrier import KEYS
from autograder.keys.questions.e1_strategie.calendrier_tables import EXAMPLE, HEADER_RULES, PERIOD_RULES, PLANNING_RULES
from autograder.keys.variants import reference_case
from casestudies.answers import encode
from casestudies.findings import Finding, Outcome

QUESTIONS = {question.id: question for question in KEYS}
Rows = list[dict[str, Any]]
Break = tuple[Callable[[Rows], Rows], str]
WORDS = "Les ventes d’un jour d’ouverture restent sous la moyenne, et le stock de bocaux est prêt."


@pytest.fixture(scope="module")
def case() -> Case:
    return reference_case("bocanterre")


def judged(question: str, answer: object, case: Case) -> Finding:
    return evaluate(QUESTIONS[question], case, encode(answer), {})


@pytest.fixture(scope="module")
def periods(case: Case) -> Rows:
    months = case.fact(facts.month_indices)

    def row(name: str, start: str, end: str, motive: str, early: str) -> dict[str, Any]:
        return {
            "opération": name, "début": start, "fin": end, "motif": motive,
            "indice_saison": round(months[int(start[5:7])], 3), "argument": f"{WORDS} {name}.",
            "préparation_dès": early,
        }  # fmt: skip

    return [
        row("Soupes de février", "2027-02-22", "2027-03-06", "vacances", "2027-01-04"),
        row("Bocaux de printemps", "2027-03-22", "2027-04-03", "saison", "2027-02-08"),
        row("Soldes d’été", "2027-06-23", "2027-07-20", "soldes", "2027-05-03"),
        row("Fête de la mer", "2027-07-17", "2027-07-18", "fête", "2027-06-01"),
    ]


@pytest.fixture(scope="module")
def plan(case: Case) -> Rows:
    names = {
        "libelle": "libellé", "role": "rôle", "suppleant": "suppléant", "debut": "début", "duree_j": "durée_j",
        "predecesseurs": "prédécesseurs",
    }  # fmt: skip
    table = case.fact(facts.mended).rename(columns=names).sort_values("début")
    for name in ("début", "fin"):
        table[name] = table[name].dt.strftime("%Y-%m-%d")
    critical = case.fact(facts.critical)
    table["état"] = ["alerte" if task in critical else "prévu" for task in table["tache_id"]]
    rows: Rows = table.to_dict("records")
    return rows


HEADER: Rows = [
    {
        "titre": "Planning du projet", "fichier": "2026-12-07_planning-projet_v2", "auteur": "Responsable marketing",
        "date": "2026-12-07", "version": "v2", "destinataires": "Direction", "statut": "relu",
    }
]  # fmt: skip

NOTE = (
    "Validons le planning : il tient l’échéance du 29 mars 2027. Le chemin critique compte 13 tâches. "
    "La saison commande le reste : l’indice de novembre est de 0,92. "
) + "Nous proposons quatre opérations, préparées chacune six semaines avant leur premier jour. " * 8


def changed(rows: Rows, place: int, **cells: object) -> Rows:
    found = copy.deepcopy(rows)
    found[place].update(cells)
    return found


def of_task(rows: Rows, task: str, **cells: object) -> Rows:
    return changed(rows, next(k for k, row in enumerate(rows) if row["tache_id"] == task), **cells)


def without(rows: Rows, name: str) -> Rows:
    return [{key: cell for key, cell in row.items() if key != name} for row in rows]


def test_models_are_ready(case: Case, periods: Rows, plan: Rows) -> None:
    for question, answer in (
        ("s4-periodes", periods), ("s4-planning", plan), ("s4-entete", HEADER), ("s4-note", NOTE),
    ):  # fmt: skip
        found = judged(question, answer, case)
        assert (found.outcome, found.remarks) == (Outcome.READY, ()), question


PERIODS_BROKEN: dict[str, Break] = {
    "column": (lambda rows: without(rows, "motif"), "La colonne « motif » manque"),
    "empty": (lambda rows: changed(rows, 0, argument=""), "« argument » : case vide"),
    "repeated": (lambda rows: changed(rows, 1, opération="Soupes de février"), "elle répète la ligne 1"),
    "motive": (lambda rows: changed(rows, 1, motif="météo"), "« météo »"),
    "variety": (lambda rows: changed(changed(rows, 0, motif="fête"), 1, motif="fête"), "2 valeurs différentes"),
    "date": (lambda rows: changed(rows, 0, préparation_dès="début janvier"), "ne se lit pas comme une date"),
    "year": (lambda rows: changed(rows, 1, fin="2028-04-03"), "n’est pas en 2027"),
    "order": (lambda rows: changed(rows, 1, fin="2027-03-20"), "tombe avant"),
    "legal": (lambda rows: changed(rows, 2, fin="2027-07-24", motif="stock"), "on sort des soldes légaux"),
    "late": (lambda rows: changed(rows, 1, préparation_dès="2027-03-01"), "il en faut au moins 42"),
    "index": (lambda rows: changed(rows, 0, indice_saison=1.3), "l’indice du mois de début"),
    "argument": (lambda rows: changed(rows, 0, argument="Bon moment"), "2 mots"),
    "copied": (lambda rows: changed(rows, 0, argument=EXAMPLE[0]), "texte de l’exemple"),
}  # fmt: skip

HEADER_BROKEN: dict[str, Break] = {
    "column": (lambda rows: without(rows, "statut"), "La colonne « statut » manque"),
    "empty": (lambda rows: changed(rows, 0, auteur=""), "« auteur » : case vide"),
    "name": (lambda rows: changed(rows, 0, fichier="Planning final.xlsx"), "AAAA-MM-JJ_sujet_vN"),
    "date": (lambda rows: changed(rows, 0, date="07/12/2026"), "AAAA-MM-JJ de la charte"),
    "version": (lambda rows: changed(rows, 0, version="2"), "suivi d’un numéro"),
    "state": (lambda rows: changed(rows, 0, statut="fini"), "« fini »"),
    "agreement": (lambda rows: changed(rows, 0, version="v3"), "Accordez les deux"),
}


@pytest.mark.parametrize("name", PERIODS_BROKEN)
def test_each_rule_of_the_periods(name: str, case: Case, periods: Rows) -> None:
    only(*PERIODS_BROKEN[name], "s4-periodes", periods, case)


@pytest.mark.parametrize("name", HEADER_BROKEN)
def test_each_rule_of_the_header(name: str, case: Case) -> None:
    only(*HEADER_BROKEN[name], "s4-entete", HEADER, case)


def only(broken: Callable[[Rows], Rows], words: str, question: str, rows: Rows, case: Case) -> None:
    found = judged(question, broken(rows), case)
    assert found.outcome is Outcome.TO_COMPLETE
    assert len(found.remarks) == 1, found.remarks
    assert words in found.remarks[0]


def test_a_motive_of_sales_keeps_to_the_law_too(case: Case, periods: Rows) -> None:
    found = judged("s4-periodes", changed(periods, 0, motif="soldes"), case)
    assert ["on sort des soldes légaux" in remark for remark in found.remarks].count(True) == 1


def plan_broken(case: Case, plan: Rows) -> dict[str, tuple[Rows, str]]:
    known = case.fact(facts.plan)
    link, away = known.link, known.away
    cell = {row["tache_id"]: row for row in plan}
    last = cell["T22"]
    idle = next(row["tache_id"] for row in plan if row["tache_id"] not in case.fact(facts.critical))
    return {
        "column": (without(plan, "livrable"), "La colonne « livrable » manque"),
        "empty": (of_task(plan, "T03", livrable=""), "« livrable » : case vide"),
        "form of a day": (of_task(plan, "T01", début="04/01/2027"), "AAAA-MM-JJ de la charte"),
        "order": ([*plan[1:], plan[0]], "revient en arrière"),
        "state": (of_task(plan, idle, état="retardé"), "« retardé »"),
        "length": (of_task(plan, "T06", durée_j=2), "la durée du planning d’origine"),
        "link": (of_task(plan, "T22", prédécesseurs="T20"), "le lien avec « T21 » a disparu"),
        "unknown": (of_task(plan, "T05", prédécesseurs="T03, T04, T99"), "« T99 » n’est pas"),
        "loop": (
            of_task(plan, link[0], prédécesseurs=f"{cell[link[0]]['prédécesseurs']}, {link[1]}"), "s’attendent en rond",
        ),
        "able": (of_task(plan, "T01", rôle="Service client"), "ni le rôle prévu ni son suppléant"),
        "away": (of_task(plan, away[0], rôle=away[1]), away[1]),
        "deadline": (of_task(plan, "T22", fin="2027-06-30"), "dépasse l’échéance"),
        "weekend": (of_task(plan, "T22", fin=_saturday_after(last["début"])), "Prenez un jour ouvré"),
        "alert": (of_task(plan, idle, état="alerte"), "1 alerte(s) en dehors"),
    }  # fmt: skip


def _saturday_after(day: str) -> str:
    from datetime import date, timedelta

    start = date.fromisoformat(day)
    return (start + timedelta((5 - start.weekday()) % 7)).isoformat()


def test_each_rule_of_the_planning(case: Case, plan: Rows) -> None:
    for name, (rows, words) in plan_broken(case, plan).items():
        found = judged("s4-planning", rows, case)
        assert found.outcome is Outcome.TO_COMPLETE, name
        expected = 2 if name == "loop" else 1  # no dates agree with a loop
        assert len(found.remarks) == expected, (name, found.remarks)
        assert words in found.remarks[0], (name, found.remarks)


def test_each_rule_of_the_note(case: Case) -> None:
    for broken, words in (
        (NOTE[:300], "de 120 à 200 mots"),
        (NOTE.replace("l’échéance", "le jour dit"), "l’échéance du projet"),
        (NOTE.replace("chemin critique", "cœur"), "chemin critique"),
        (NOTE.replace("saison", "période").replace("indice", "niveau"), "la saison"),
    ):
        found = judged("s4-note", broken, case)
        assert len(found.remarks) == 1, found.remarks
        assert words in found.remarks[0]


def test_strange_cells_stop_no_rule(case: Case, periods: Rows, plan: Rows) -> None:
    for rules, rows in ((PERIOD_RULES, periods), (PLANNING_RULES, plan[:2]), (HEADER_RULES, HEADER)):
        for rule in rules:
            survives(rule, rows, case)
