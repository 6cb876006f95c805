"""Notebook 01 of E1: its indicators, the choices it offers and the sentences of its example agree with one another."""

import json

from autograder.cases import case_of
from autograder.content import notebooks_folder
from autograder.questions.e1_strategie import consommateur_facts as facts
from autograder.questions.e1_strategie.consommateur_tables import EXAMPLE, INDICATORS, STAGES
from casestudies.livrables.loading import deliverables
from casestudies.seeds import REFERENCE

CASE = case_of("kerlavandre", REFERENCE, 0)


def choices(slug: str, column: str) -> tuple[str, ...]:
    """Return what the editor offers in one column."""
    return deliverables()[slug].field(column).choices


def test_every_indicator_offered_is_computed_and_has_its_stage() -> None:
    offered = choices("parcours-achat", "kpi")
    assert {name for names in INDICATORS.values() for name in names} == set(offered)
    assert tuple(CASE.fact(facts.indicators)) == offered
    assert tuple(INDICATORS) == STAGES == choices("parcours-achat", "étape")


def test_the_indicators_are_rates_for_a_hundred() -> None:
    values = CASE.fact(facts.indicators)
    assert all(100 > value > 0 for name, value in values.items() if "pages" not in name)
    assert values["taux de conversion"] < values["taux d’ajout au panier"] < values["taux de passage au paiement"]


def test_the_editor_offers_the_themes_and_segments_of_the_reviews() -> None:
    assert choices("motivations-freins", "thème") == (*facts.names("motivation"), *facts.names("frein"))
    assert set(choices("motivations-freins", "segment")) == set(CASE.table("verbatims")["segment"])


def test_a_segment_is_never_compared_with_itself() -> None:
    found = facts.spoken(CASE, facts.FAMILIES, facts.ECONOMY)
    others = (found.said_by_all - found.said) / (found.size_of_all - found.size)
    assert found.frequency_of_others == others
    assert (found.frequency > others) == (found.affinity > 100)


def test_the_sentences_of_the_example_are_those_of_the_notebook() -> None:
    path = notebooks_folder() / "e1-strategie" / "01-consommateur.ipynb"
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    text = " ".join("".join(cell["source"]) for cell in cells).replace("\u00a0", " ")
    assert [sentence for sentence in EXAMPLE if sentence not in text] == []
