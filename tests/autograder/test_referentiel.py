"""The référentiel and its rubrics are complete, consistent and strictly read."""

import re
import shutil
from collections.abc import Callable
from dataclasses import FrozenInstanceError, astuple
from pathlib import Path
from typing import Any

import pytest

from autograder.referentiel import (
    LEVEL_NAMES,
    LEVELS,
    ReferentielError,
    load_referentiel,
    load_rubrics,
    loader,
    rubric,
)

REFERENTIEL = load_referentiel()
RUBRICS = load_rubrics()
NBSP = "\N{NO-BREAK SPACE}"
# Elements the criteria must name in full: (criterion, words).
NAMED = {
    "B1-C02": ("besoin", "recherche", "évaluation et comparaison", "acte d’achat", "après l’achat", "segment"),
    "B1-C04": ("forces", "faiblesses", "opportunités", "menaces", "décider"),
    "B1-C05": ("naturel", "payant", "e-publicité", "affiliation", "e-mailing", "réseaux sociaux", "ordre"),
    "B1-C10": ("cibles", "clientèle commune", "modalités de consommation"),
    "B1-C12": ("trafic", "commandes", "audiences", "clients", "chiffre d’affaires", "promotionnelle"),
    "B2-C01": ("SMART", "CQQCOQP", "faisabilité"),
    "B2-C02": ("objectifs", "actions", "responsable", "collaborateurs", "budget", "durée"),
    "B2-C09": ("pénétration", "alignement", "écrémage"),
    "B2-C10": ("coût", "offre", "demande"),
    "B2-C12": ("prescripteur", "vendeur", "acheteur", "consommateur"),
    "B2-C13": ("cognitif", "affectif", "conatif"),
    "B2-C17": ("TOFU", "MOFU", "BOFU"),
    "B2-C21": ("BtoB", "BtoC"),
    "B3-C07": ("quotidien", "équitable", "handicap"),
}


def texts_of(value: Any) -> list[str]:
    """Return every text inside nested tuples, lists and dictionaries."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for item in value.values() for text in texts_of(item)]
    if isinstance(value, tuple | list):
        return [text for item in value for text in texts_of(item)]
    return []


def typographic_faults(text: str) -> list[str]:
    """Return what breaks the French typographic rules in a text."""
    rules = (
        r"['\"]",
        rf"[^{NBSP}?!…][;:?!»](?!/)",
        rf"«[^{NBSP}]",
        r" {2,}",
        r"\.\.\.",
        rf"[ ]{NBSP}|{NBSP}[ ]",
        r"\d %",
    )
    return [f"{match[0]!r} dans {text!r}" for rule in rules for match in re.finditer(rule, text)]


def copy_of(folder: Path, target: Path) -> Path:
    return Path(shutil.copytree(folder, target / "contenu", ignore=shutil.ignore_patterns("*.py", "__pycache__")))


def edit(path: Path, old: str, new: str) -> None:
    """Replace the first occurrence of a text that the file must contain."""
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), encoding="utf-8")


def test_counts() -> None:
    assert len(REFERENTIEL.blocs) == 3
    assert len(REFERENTIEL.activities) == 11
    assert len(REFERENTIEL.competencies) == 18
    assert len(REFERENTIEL.assessments) == 4
    assert len(REFERENTIEL.ways) == 3
    assert [len(REFERENTIEL.competencies_of(bloc)) for bloc in REFERENTIEL.blocs] == [7, 7, 4]
    assert {code: len(REFERENTIEL.criteria_of(code)) for code in REFERENTIEL.assessments} == {
        "E1": 11,
        "E2": 5,
        "E3": 21,
        "E4": 9,
    }


@pytest.mark.parametrize(("bloc", "count"), [("B1", 16), ("B2", 21), ("B3", 9)])
def test_criteria_are_numbered_without_a_gap(bloc: str, count: int) -> None:
    codes = [code for code in REFERENTIEL.criteria if REFERENTIEL.bloc_of(code).code == bloc]
    assert codes == [f"{bloc}-C{number:02d}" for number in range(1, count + 1)]


def test_every_competency_is_shown_by_a_criterion_of_its_bloc() -> None:
    for competency in REFERENTIEL.competencies.values():
        criteria = [one for one in REFERENTIEL.criteria.values() if competency.code in one.competencies]
        assert criteria, competency.code
        bloc = REFERENTIEL.activities[competency.activity].bloc
        assert {REFERENTIEL.bloc_of(criterion).code for criterion in criteria} == {bloc}


def test_every_activity_has_a_competency() -> None:
    assert {item.activity for item in REFERENTIEL.competencies.values()} == set(REFERENTIEL.activities)


def test_types() -> None:
    criteria = REFERENTIEL.criteria
    assert criteria["B1-C02"].type == ("S", "A")
    assert criteria["B1-C14"].type == ("A", "S")
    assert [code for code, item in criteria.items() if item.type == ("I",)] == ["B1-C11", "B3-C03", "B3-C09"]
    assert [code for code, item in criteria.items() if item.type == ("A",)] == ["B1-C12", "B1-C15", "B2-C10"]
    assert [code for code, item in criteria.items() if item.oral] == ["B3-C09"]
    assert criteria["B1-C13"].graded
    assert criteria["B1-C13"].reviewed
    assert not criteria["B1-C12"].reviewed
    assert not criteria["B1-C11"].graded


@pytest.mark.parametrize("code", NAMED)
def test_no_named_element_is_lost(code: str) -> None:
    assert [word for word in NAMED[code] if word not in REFERENTIEL.criteria[code].statement] == []


def test_assessments_and_qualities() -> None:
    qualities = {code: len(item.qualities) for code, item in REFERENTIEL.assessments.items()}
    assert qualities == {"E1": 5, "E2": 3, "E3": 3, "E4": 4}
    assert [code for code, item in REFERENTIEL.assessments.items() if item.oral] == ["E4"]
    assert REFERENTIEL.assessments["E2"].activities == ("1.5",)


def test_ways() -> None:
    assert list(REFERENTIEL.ways) == ["formation", "vae", "mixte"]


def test_loaded_once_and_frozen() -> None:
    assert load_referentiel() is REFERENTIEL
    assert load_rubrics() is RUBRICS
    with pytest.raises(FrozenInstanceError):
        REFERENTIEL.criteria["B1-C12"].statement = ""  # type: ignore[misc]


def test_unknown_codes_are_refused_by_the_queries() -> None:
    queries: list[Callable[[str], object]] = [
        REFERENTIEL.criteria_of,
        REFERENTIEL.competencies_of,
        REFERENTIEL.bloc_of,
    ]
    for query in queries:
        with pytest.raises(KeyError):
            query("X9")


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("bloc-1.toml", 'evaluation = "E2"', 'evaluation = "E2"\npoids = 2', r"bloc-1\.toml.*B1-C12.*poids.*inconnue"),
        ("bloc-2.toml", '[bloc]\ncode = "B2"', "[bloc]", r"bloc-2\.toml.*code.*absente"),
        ("bloc-1.toml", 'type = ["S"]\n', "", r"bloc-1\.toml.*B1-C01.*type.*absente"),
        (
            "bloc-1.toml",
            'competences = ["1.1.1"]',
            'competences = ["1.1.9"]',
            r"B1-C01.*competences.*1\.1\.9.*existe pas",
        ),
        ("bloc-1.toml", 'competences = ["1.1.1"]', 'competences = ["1.5.1"]', r"B1-C01.*1\.5\.1.*pas évaluée par E1"),
        ("bloc-1.toml", 'evaluation = "E1"', 'evaluation = "E4"', r"B1-C01.*evaluation.*E4.*existe pas"),
        ("bloc-1.toml", 'code = "B1-C02"', 'code = "B1-C01"', r"bloc-1\.toml.*code.*B1-C01.*existe déjà"),
        ("bloc-1.toml", 'code = "1.1.1"', 'code = "1.9.1"', r"activité.*1\.9.*existe pas"),
        ("bloc-2.toml", 'code = "2.1"', 'code = "1.1"', r"bloc-2\.toml.*code.*1\.1.*forme attendue"),
        ("bloc-2.toml", 'code = "E3"', 'code = "E1"', r"bloc-2\.toml.*E1.*existe déjà"),
        ("bloc-3.toml", '["3.1", "3.2", "3.3"]', '["3.1", "3.2", "2.3"]', r"bloc-3\.toml.*activites.*2\.3"),
        ("bloc-3.toml", '["3.1", "3.2", "3.3"]', '["3.1", "3.2"]', r"bloc-3\.toml.*3\.3.*évaluée nulle part"),
        ("bloc-1.toml", 'activites = ["1.5"]', 'activites = ["1.4", "1.5"]', r"E2.*1\.4.*déjà évaluée par E1"),
        ("bloc-3.toml", 'type = ["I"]', 'type = ["Z"]', r"B3-C03.*type.*A, S et I"),
        ("bloc-3.toml", 'type = ["I"]', 'type = ["I", "I"]', r"B3-C03.*type.*répété"),
        ("bloc-3.toml", 'type = ["I"]', "type = []", r"B3-C03.*type.*liste de textes"),
        ("bloc-3.toml", 'type = ["I"]', 'type = [""]', r"B3-C03.*type.*liste de textes"),
        ("bloc-3.toml", "oral = true", 'oral = "oui"', r"B3-C09.*oral.*true"),
        ("bloc-3.toml", 'titre = "Manager des équipes"', 'titre = " "', r"3\.2.*titre.*texte non vide"),
        ("bloc-3.toml", "[bloc]", "[[bloc]]", r"bloc-3\.toml.*bloc.*table est attendue"),
        ("bloc-3.toml", "[bloc]", "[bloc", r"bloc-3\.toml.*illisible"),
        ("certification.toml", 'code = "vae"', 'code = "mixte"', r"certification\.toml.*mixte.*existe déjà"),
        ("certification.toml", "[certification]", "[certifications]", r"certification\.toml.*certifications.*inconnue"),
    ],
)
def test_strict_loading(tmp_path: Path, file: str, old: str, new: str, message: str) -> None:
    folder = copy_of(loader.FOLDER, tmp_path)
    edit(folder / file, old, new)
    with pytest.raises(ReferentielError, match=message):
        loader.read_referentiel(folder)


def test_missing_files(tmp_path: Path) -> None:
    with pytest.raises(ReferentielError, match=r"certification\.toml"):
        loader.read_referentiel(tmp_path)
    shutil.copy(loader.FOLDER / "certification.toml", tmp_path)
    with pytest.raises(ReferentielError, match="aucun fichier"):
        loader.read_referentiel(tmp_path)


def test_a_copy_loads_to_the_same_referentiel(tmp_path: Path) -> None:
    assert loader.read_referentiel(copy_of(loader.FOLDER, tmp_path)) == REFERENTIEL


def test_reviewed_criteria_of_e2_have_their_rubric() -> None:
    assert {item.code for item in REFERENTIEL.criteria_of("E2") if item.reviewed} <= set(RUBRICS)


@pytest.mark.parametrize("code", RUBRICS)
def test_rubric(code: str) -> None:
    found = RUBRICS[code]
    assert tuple(anchor.level for anchor in found.anchors) == LEVELS
    assert [anchor.name for anchor in found.anchors] == list(LEVEL_NAMES.values())
    for anchor in found.anchors:
        assert 25 <= len(anchor.text.split(" ")) <= 60, anchor.name
    assert 3 <= len(found.expected) <= 6
    least, most = (12, 20) if REFERENTIEL.criteria[code].oral else (2, 3)  # an oral draws from a bank
    assert least <= len(found.questions) <= most
    assert all(question.endswith(f"{NBSP}?") for question in found.questions)
    assert re.fullmatch(r"[0-9a-f]{16}", found.digest)


def test_digest_follows_content_not_layout(tmp_path: Path) -> None:
    folder = copy_of(rubric.FOLDER, tmp_path)
    path = folder / "B1-C13.toml"
    path.write_text("# une remarque\n\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert rubric.read_rubrics(folder) == RUBRICS
    edit(path, "version = 3", "version = 4")
    assert rubric.read_rubrics(folder)["B1-C13"].digest != RUBRICS["B1-C13"].digest


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("version = 3", "version = 3\npoids = 2", r"B1-C13\.toml.*poids.*inconnue"),
        ("version = 3\n", "", r"B1-C13\.toml.*version.*absente"),
        ("version = 3", "version = 0", r"B1-C13\.toml.*version"),
        ("niveau = 4", "niveau = 5", r"B1-C13\.toml.*niveaux.*de 1 à 4"),
        ('code = "B1-C13"', 'code = "B1-C99"', r"code.*B1-C99.*existe pas"),
        ('code = "B1-C13"', 'code = "B1-C12"', r"code.*B1-C12.*pas relu"),
        ('code = "B1-C13"', 'code = "B1-C04"', r"code.*doit se trouver dans B1-C04\.toml"),
    ],
)
def test_strict_rubrics(tmp_path: Path, old: str, new: str, message: str) -> None:
    folder = copy_of(rubric.FOLDER, tmp_path)
    edit(folder / "B1-C13.toml", old, new)
    with pytest.raises(ReferentielError, match=message):
        rubric.read_rubrics(folder)


def test_typography() -> None:
    texts = texts_of(astuple(REFERENTIEL)) + texts_of([astuple(item) for item in RUBRICS.values()])
    assert [fault for text in texts for fault in typographic_faults(text)] == []


@pytest.mark.parametrize(
    "text", ["l'offre", "Quoi ?", "Quoi?", "« offre »", "deux  espaces", "etc...", f"Quoi {NBSP}?", "5 %"]
)
def test_the_typographic_check_sees_faults(text: str) -> None:
    assert typographic_faults(text)
