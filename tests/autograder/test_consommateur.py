"""Notebook 01 of E1: its indicators, the choices it offers and the sentences of its example agree with one another."""

import json

import pytest

from autograder.content import notebooks_folder
from autograder.keys.cases import Case, case_of
from autograder.keys.checks.numbers import separation
from autograder.keys.questions import question_of
from autograder.keys.questions.e1_strategie import consommateur as facts
from autograder.keys.questions.e1_strategie.consommateur_tables import EXAMPLE, INDICATORS, STAGES
from autograder.keys.variants import SEPARATION
from casestudies.kerlavandre.company import Kerlavandre
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


def test_the_indicators_are_rates_for_a_hundred_or_visits_by_week() -> None:
    values = CASE.fact(facts.indicators)
    assert all(100 > value > 0 for name, value in values.items() if "pages" not in name and "semaine" not in name)
    assert all(value > 0 for value in values.values())
    assert values["taux de conversion"] < values["taux d’ajout au panier"] < values["taux de passage au paiement"]


def test_the_editor_offers_the_themes_and_segments_of_the_reviews() -> None:
    assert choices("motivations-freins", "thème") == (*facts.names("motivation"), *facts.names("frein"))
    assert set(choices("motivations-freins", "segment")) == set(CASE.table("verbatims")["segment"])


def test_the_survey_is_coded_with_the_themes_of_the_grid() -> None:
    for kind in ("motivation", "frein"):
        said = set(CASE.table("enquete")[kind]) - {facts.SILENT, facts.NONE}
        assert said == set(facts.themes(kind))
        assert {facts.kind_of(code) for code in facts.themes(kind)} == {kind}


def test_shares_of_the_survey_sum_to_one_with_none_and_without_silence() -> None:
    for kind, left in (("motivation", 0.0), ("frein", 1.0)):
        found = [facts.chosen(CASE, facts.FAMILIES, kind, code) for code in facts.themes(kind)]
        none = found[0].none / found[0].answered
        assert (none > 0) == bool(left)
        assert abs(sum(one.share for one in found) + none - 1) < 1e-9
        assert found[0].answered < found[0].asked


@pytest.mark.parametrize("asked", ["s1-enquete-motivation", "s1-enquete-frein"])
def test_the_survey_never_makes_a_variant_refused(asked: str) -> None:
    """Quotas and chosen repetitions keep right and wrong apart: the draws are those of the other questions."""
    for number in range(60):
        case = Case(Kerlavandre(f"ecart-{number}"))
        key = question_of(asked).key
        assert key is not None
        assert min(distance for _, distance in separation(key(case))) > 1.25 * SEPARATION


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
