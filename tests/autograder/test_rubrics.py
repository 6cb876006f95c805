"""The rubrics say what a marker can point at: complete, written for their criterion, and free of vague words."""

import re
from difflib import SequenceMatcher
from itertools import combinations, pairwise

import pytest

from autograder.referentiel import load_referentiel, load_rubrics
from autograder.referentiel.rubric import Rubric

RUBRICS = load_rubrics()
ALIKE = 0.45
"""Share of their words, in order, above which two texts say the same thing."""
VAGUE = re.compile(
    r"\b(?:satisfaisant|satisfaisante|convenable|convenablement|correct|correcte|correctement|pertinent|pertinente|"
    r"excellent|excellente|remarquable|médiocre|approfondi|approfondie|superficiel|superficielle|adéquat|adéquate|"
    r"intéressant|intéressante|globalement|relativement|assez|très|parfaitement|partiellement|suffisamment|"
    r"sérieux|sérieuse|sérieusement|détaillé|détaillée|riche|solide|basique|"
    r"(?:bon|bonne|bons|bonnes) (?:niveau|travail|maîtrise|analyse|compréhension|connaissance|choix|qualité))s?\b",
    re.IGNORECASE,
)
"""Words that judge a work without saying what is seen in it."""
NAMED = {
    "B2-C01": ("SMART", "CQQCOQP", "combien, quoi, qui, comment, où, quand, pourquoi", "faisabilité"),
    "B2-C02": ("objectif", "action", "responsable", "collaborateurs", "budget", "durée"),
    "B2-C03": ("inbound", "outbound", "objectif"),
    "B2-C04": ("force de vente", "types de clients", "actions"),
    "B2-C05": ("ODD", "Agenda 2030", "axes"),
    "B2-C06": ("offre", "stratégie webmarketing"),
    "B2-C07": ("lancer", "améliorer", "supprimer", "service"),
    "B2-C08": ("taille", "jours-homme", "méthode"),
    "B2-C09": ("pénétration", "alignement", "écrémage"),
    "B2-C11": ("intérêt", "moyens"),
    "B2-C12": ("prescripteur", "vendeur", "acheteur", "consommateur"),
    "B2-C13": ("cognitif", "affectif", "conatif"),
    "B2-C14": ("deux critères", "média", "hors-média"),
    "B2-C15": ("RGAA", "canaux numériques"),
    "B2-C16": ("trafic", "levier"),
    "B2-C17": ("TOFU", "MOFU", "BOFU", "découverte", "considération", "décision"),
    "B2-C18": ("outil", "méthode", "conversion"),
    "B2-C19": ("canal", "direct", "court", "long", "intensive", "sélective", "exclusive"),
    "B2-C20": ("attente", "clients", "prospects", "service"),
    "B2-C21": ("BtoB", "BtoC", "relation"),
    "B3-C01": ("tâche", "compétence", "planifi"),
    "B3-C02": ("SMART", "spécifique, mesurable, atteignable, réaliste, daté"),
    "B3-C03": ("finalité", "sens du travail", "expérience collaborateur"),
    "B3-C04": ("communication", "management", "hiérarchique", "transverse", "méthode", "outils"),
    "B3-C05": ("présentiel", "distanciel"),
    "B3-C06": ("plusieurs", "écologie digitale"),
    "B3-C07": ("quotidien", "équité", "handicap"),
    "B3-C08": ("individuel", "collectif", "indicateur"),
    "B3-C09": ("analyse", "choix", "aisance", "assurance"),
}
"""What a criterion names and its title or its expected elements must keep."""


def same(one: str, other: str) -> float:
    """Return the share of words that two texts have in common, in the same order."""
    matcher = SequenceMatcher(None, one.lower().split(), other.lower().split(), autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() > ALIKE else 0.0


def test_every_reviewed_criterion_has_its_rubric_and_no_other() -> None:
    reviewed = {code for code, criterion in load_referentiel().criteria.items() if criterion.reviewed}
    assert set(RUBRICS) == reviewed
    assert len(reviewed) == 43


@pytest.mark.parametrize("code", NAMED)
def test_no_element_of_the_criterion_is_lost(code: str) -> None:
    rubric = RUBRICS[code]
    text = " ".join((rubric.title, *rubric.expected)).lower()
    assert [word for word in NAMED[code] if word.lower() not in text] == []


def test_every_rubric_of_blocs_2_and_3_has_its_named_elements() -> None:
    assert set(NAMED) == {code for code in RUBRICS if not code.startswith("B1")}


@pytest.mark.parametrize("code", RUBRICS)
def test_anchors_show_and_do_not_judge(code: str) -> None:
    assert [match[0] for anchor in RUBRICS[code].anchors for match in VAGUE.finditer(anchor.text)] == []


def test_the_vague_words_are_seen_and_the_others_left() -> None:
    assert VAGUE.findall("Une analyse pertinente, des choix satisfaisants, une bonne maîtrise, assez riche.")
    assert not VAGUE.findall("Le bon client, au bon moment : la cible est nommée, la date écrite, le seuil chiffré.")


def test_no_anchor_would_do_for_another_criterion() -> None:
    anchors = [(rubric.code, anchor.level, anchor.text) for rubric in RUBRICS.values() for anchor in rubric.anchors]
    pairs = [(one, other) for one, other in combinations(anchors, 2) if one[0] != other[0]]
    assert [(one, other) for one, other in pairs if same(one[2], other[2]) > ALIKE] == []


@pytest.mark.parametrize("rubric", RUBRICS.values(), ids=RUBRICS)
def test_neighbouring_levels_differ(rubric: Rubric) -> None:
    assert [one.level for one, other in pairwise(rubric.anchors) if same(one.text, other.text) > ALIKE] == []


def test_no_question_nor_expected_element_serves_twice() -> None:
    texts = [(rubric.code, text) for rubric in RUBRICS.values() for text in (*rubric.questions, *rubric.expected)]
    pairs = [(one, other) for one, other in combinations(texts, 2) if one[0] != other[0]]
    assert [(one, other) for one, other in pairs if same(one[1], other[1]) > 0.6] == []


def test_likeness_is_seen() -> None:
    assert same("Les postes sont classés selon leur poids", "Les postes sont triés selon leur poids") > ALIKE
    assert same("Les postes sont classés selon leur poids", "Un segment n’est pas nommé") == 0
