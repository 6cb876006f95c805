"""The tables and the note of E1's notebook 05: a model passes; each rule broken alone gives its own remark only."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from autograder.keys.cases import Case
from autograder.keys.evaluation import evaluate
from autograder.keys.questions.e1_strategie import partenariats_facts as facts
from autograder.keys.questions.e1_strategie.partenariats import SERIES
from autograder.keys.questions.e1_strategie.partenariats_tables import EXAMPLE, FORMS, IMAGE
from autograder.keys.variants import reference_case
from casestudies.answers import encode
from casestudies.findings import Finding, Outcome

QUESTIONS = {question.id: question for question in SERIES}
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def case() -> Case:
    return reference_case("isolombre")


def judged(question: str, answer: object, case: Case, partners: Rows | None = None) -> Finding:
    beside: dict[str, Any] = {} if partners is None else {"s5-partenaires": encode(partners)}
    return evaluate(QUESTIONS[question], case, encode(answer), beside)


@pytest.fixture
def structures(case: Case) -> Rows:
    table = facts.directory(case)
    kept = table[table["secteur"] != facts.COMPETITORS].drop_duplicates("secteur").head(5)
    return [
        {
            "structure": name, "secteur": row["secteur"], "activité": row["activite"],
            "intérêt_commercial": "Ses clients préparent leurs travaux au moment où ils le rencontrent.",
            "critère": f"{row['part_en_projet']} en projet", "source": "annuaire_partenaires", "priorité": rank,
        }
        for rank, (name, row) in enumerate(kept.iterrows(), start=1)
    ]  # fmt: skip


@pytest.fixture
def partners(case: Case) -> Rows:
    found = facts.roles(case)
    return [
        _partner(case, name, kept=name == found.kept) for name in (found.kept, found.largest_file, found.best_overlap)
    ]


def _partner(case: Case, name: str, kept: bool) -> dict[str, Any]:
    return {
        "partenaire": name, "cible_commune": "Propriétaires en projet", "modalités": "Budget, moment et canal",
        "recouvrement_%": facts.percentage(case, {"partenaire": name}),
        "points": facts.points(case, {"partenaire": name}),
        "décision": "retenu" if kept else "écarté",
        "motif": "La grille et ses trois seuils le disent clairement.",
        "type": FORMS[0] if kept else "", "apport": "Ses visites à domicile" if kept else "",
        "contrepartie": "Une formation de ses conseillers" if kept else "",
    }  # fmt: skip


@pytest.fixture
def image(partners: Rows) -> Rows:
    return [
        {
            "valeur": value, "partenaire": row["partenaire"], "preuve": "annuaire_partenaires : un fait relevé en 2025",
            "cohérence": 1, "risque_image": "Faible, à suivre",
        }
        for value in IMAGE.choices("valeur")
        for row in partners[:2]
    ]  # fmt: skip


NOTE = (
    "Proposons un co-développement au bureau d’études. Il connaît 26 % de nos clients, obtient 3 points, "
    "avec une note de 7,6. Une empreinte reste une donnée personnelle. Limite : le budget est déclaré. "
) + "Chacun parle à ses propres clients, sans échanger de liste. " * 10


def _set(table: Rows, place: int, name: str, value: object) -> Rows:
    changed = copy.deepcopy(table)
    changed[place][name] = value
    return changed


def _without(table: Rows, name: str) -> Rows:
    return [{key: value for key, value in row.items() if key != name} for row in table]


Broken = dict[str, tuple[Callable[[Any], object], str]]

STRUCTURES_BROKEN: Broken = {
    "column": (lambda table: _without(table, "critère"), "« critère » manque"),
    "few": (lambda table: table[:4], "au moins 5 lignes"),
    "empty": (lambda table: _set(table, 1, "activité", ""), "« activité » : case vide"),
    "twice": (lambda table: _set(table, 1, "structure", table[0]["structure"]), "elle répète la ligne 1"),
    "unknown": (lambda table: _set(table, 1, "structure", "S99"), "« S99 » n’est pas dans"),
    "competitor": (lambda table: _set(table, 1, "structure", "s56"), "« s56 » fabrique des isolants"),
    "sectors": (lambda table: [{**row, "secteur": "menuiserie bois"} for row in table], "on en attend au moins 3"),
    "interest": (lambda table: _set(table, 0, "intérêt_commercial", "Bonne visibilité"), "2 mots"),
    "source": (lambda table: _set(table, 0, "source", "la presse"), "citez une table"),
    "rank": (lambda table: _set(table, 0, "priorité", 2), "vos rangs sont"),
    "copied": (lambda table: _set(table, 0, "intérêt_commercial", EXAMPLE[0]), "texte de l’exemple"),
}

PARTNERS_BROKEN: Broken = {
    "column": (lambda table: _without(table, "contrepartie"), "« contrepartie » manque"),
    "empty": (lambda table: _set(table, 2, "cible_commune", None), "« cible_commune » : case vide"),
    "overlap": (lambda table: _set(table, 0, "recouvrement_%", 12), "« recouvrement_% » : « 12 » n’est pas"),
    "points": (lambda table: _set(table, 0, "points", 5), "« points » : « 5 » n’est pas"),
    "reason": (lambda table: _set(table, 0, "motif", "Le meilleur"), "« motif » : 2 mots"),
    "no form": (lambda table: _set(table, 0, "type", ""), "« type » : à remplir"),
    "form": (lambda table: _set(table, 0, "type", "parrainage"), "« parrainage »"),
    "same": (lambda table: _set(table, 0, "contrepartie", table[0]["apport"]), "disent la même chose"),
    "one side": (lambda table: _set(table, 1, "apport", "Ses contacts"), "Dites ce que chacun apporte"),
    "copied": (lambda table: _set(table, 0, "apport", EXAMPLE[1]), "texte de l’exemple"),
}

IMAGE_BROKEN: Broken = {
    "column": (lambda table: _without(table, "risque_image"), "« risque_image » manque"),
    "empty": (lambda table: _set(table, 3, "cohérence", None), "« cohérence » : case vide"),
    "twice": (lambda table: [*table, table[0]], "2 lignes. Gardez-en une seule"),
    "scale": (lambda table: _set(table, 0, "cohérence", 5), "de −2 à 2"),
    "source": (lambda table: _set(table, 0, "preuve", "On le dit un peu partout"), "citez une table"),
    "evidence": (lambda table: _set(table, 0, "preuve", "annuaire_partenaires"), "« preuve » : 2 mots"),
    "risk": (lambda table: _set(table, 0, "risque_image", "Fort"), "« risque_image » : 1 mots"),
    "no risk": (lambda table: [{**row, "risque_image": ""} for row in table], "dans au moins 2 ligne(s)"),
}

NOTE_BROKEN: Broken = {
    "short": (lambda text: text[: text.index("Chacun")], "on attend de 120 à 200 mots"),
    "figures": (lambda text: text.replace("26 %", "une part").replace("3 points", "des points"), "chiffre"),
    "form": (lambda text: text.replace("co-développement", "accord"), "la forme de l’alliance"),
    "privacy": (lambda text: text.replace("Une empreinte reste une donnée personnelle", "Un code"), "personnelles"),
    "limit": (lambda text: text.replace("Limite", "Et"), "limite"),
}


def broken_alone(found: Finding, words: str) -> None:
    assert found.outcome is Outcome.TO_COMPLETE
    assert found.remarks
    assert all(words in remark.replace("\u00a0", " ") for remark in found.remarks), found.remarks
    assert 0 < found.fraction < 1


def test_models_are_ready(case: Case, structures: Rows, partners: Rows, image: Rows) -> None:
    for question, answer in (
        ("s5-structures", structures),
        ("s5-partenaires", partners),
        ("s5-image-partenaires", image),
        ("s5-note", NOTE),
    ):
        found = judged(question, answer, case, partners)
        assert (found.outcome, found.remarks) == (Outcome.READY, ()), question


@pytest.mark.parametrize("name", STRUCTURES_BROKEN)
def test_one_rule_of_the_structures_broken(name: str, case: Case, structures: Rows) -> None:
    change, words = STRUCTURES_BROKEN[name]
    broken_alone(judged("s5-structures", change(structures), case), words)


@pytest.mark.parametrize("name", PARTNERS_BROKEN)
def test_one_rule_of_the_partners_broken(name: str, case: Case, partners: Rows) -> None:
    change, words = PARTNERS_BROKEN[name]
    broken_alone(judged("s5-partenaires", change(partners), case), words)


@pytest.mark.parametrize("name", IMAGE_BROKEN)
def test_one_rule_of_the_image_broken(name: str, case: Case, partners: Rows, image: Rows) -> None:
    change, words = IMAGE_BROKEN[name]
    broken_alone(judged("s5-image-partenaires", change(image), case, partners), words)


@pytest.mark.parametrize("name", NOTE_BROKEN)
def test_one_rule_of_the_note_broken(name: str, case: Case) -> None:
    change, words = NOTE_BROKEN[name]
    broken_alone(judged("s5-note", change(NOTE), case), words)


def test_each_partner_has_its_place(case: Case, partners: Rows, image: Rows) -> None:
    found = facts.roles(case)
    with_other = [partners[0], _partner(case, found.best_of_theirs, kept=False), partners[2]]
    broken_alone(judged("s5-partenaires", with_other, case), "celle du plus gros fichier déclaré")
    broken_alone(judged("s5-partenaires", partners[:2], case), "au moins 3 lignes")
    twice = [*partners, partners[2]]
    broken_alone(judged("s5-partenaires", twice, case), "elle répète la ligne 3")
    stranger = {**_partner(case, "S60", kept=False), "recouvrement_%": 4}
    broken_alone(judged("s5-partenaires", [*partners, stranger], case), "« S60 » n’est pas dans")
    all_aside = [_partner(case, row["partenaire"], kept=False) for row in partners]
    broken_alone(judged("s5-partenaires", all_aside, case), "Aucune ligne « retenu »")
    all_kept = [_partner(case, row["partenaire"], kept=True) for row in partners]
    broken_alone(judged("s5-partenaires", all_kept, case), "Aucune ligne « écarté »")
    unsure = {**partners[2], "décision": "peut-être"}
    broken_alone(judged("s5-partenaires", [*partners[:2], unsure], case), "« peut-être »")
    moved = [{**row, "partenaire": "S60"} if row["partenaire"] == partners[0]["partenaire"] else row for row in image]
    broken_alone(judged("s5-image-partenaires", moved, case, partners), "« S60 » n’est pas dans")
    lost = [
        {**row, "partenaire": partners[2]["partenaire"]} if row["partenaire"] == found.largest_file else row
        for row in image
    ]
    broken_alone(judged("s5-image-partenaires", lost, case, partners), "celle du plus gros fichier déclaré")
    fifth = [*image, *({**row, "valeur": "Gratuité"} for row in image[:2])]
    broken_alone(judged("s5-image-partenaires", fifth, case, partners), "« Gratuité »")


def test_writing_does_not_matter(case: Case, partners: Rows) -> None:
    for row in partners:
        row.update({
            "partenaire": f" {row['partenaire'].lower()}", "décision": row["décision"].upper(),
            "recouvrement_%": f"{row['recouvrement_%']:.1f} %".replace(".", ","),
        })  # fmt: skip
    assert judged("s5-partenaires", partners, case).outcome is Outcome.READY


def test_a_structure_is_chosen_by_its_identifier(case: Case) -> None:
    found = facts.roles(case)

    def chosen(answer: object) -> Finding:
        return judged("s5-retenu", answer, case)

    assert chosen(found.kept.lower()).outcome is Outcome.RIGHT
    assert chosen(found.largest_file).misconceptions == ("M306",)
    assert chosen("S60").outcome is Outcome.WRONG
    for strange in ("S99", 12, "la meilleure", [found.kept, "S01"]):
        assert chosen(strange).outcome is Outcome.UNREADABLE
    assert chosen("").outcome is Outcome.NOT_ATTEMPTED


def test_each_way_of_choosing_badly_is_recognised(case: Case) -> None:
    known = {wrong.value for wrong in QUESTIONS["s5-retenu"].key(case).wrong}  # type: ignore[misc]
    assert known | {facts.roles(case).kept} == set(facts.overlap(case).common.index)
