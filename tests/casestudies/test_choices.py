"""The options of choices: every one shown once, in an order of each learner's own, alike on both sides."""

from collections import Counter

import pytest

from autograder.keys.cases import case_of
from autograder.keys.questions import question_of
from casestudies import ouvrir_dossier
from casestudies.choices import LETTERS, authored_options, shown_letter, shown_options, shown_order

VARIANTS = [("kerlavandre", f"classe-{number}", number % 3) for number in range(200)]


@pytest.mark.parametrize("question", authored_options())
def test_every_option_is_shown_once(question: str) -> None:
    authored = authored_options()[question]
    assert 2 <= len(authored) == len(set(authored)) <= len(LETTERS)
    for variant in VARIANTS[:20]:
        assert sorted(shown_options(question, *variant)) == sorted(authored)


@pytest.mark.parametrize("question", authored_options())
def test_neighbours_do_not_share_a_letter(question: str) -> None:
    letters = Counter(shown_letter(question, "A", *variant) for variant in VARIANTS)
    assert max(letters.values()) <= 0.6 * len(VARIANTS)
    assert len(letters) == len(authored_options()[question])


def test_a_letter_leads_to_its_option() -> None:
    for variant in VARIANTS[:20]:
        shown = shown_options("q5-entree-ecart", *variant)
        for rank, option in enumerate(authored_options()["q5-entree-ecart"]):
            assert shown[LETTERS.index(shown_letter("q5-entree-ecart", LETTERS[rank], *variant))] == option


def test_a_question_without_options_keeps_its_letters() -> None:
    assert shown_order("q0-sans-options", *VARIANTS[0]) == ()
    assert shown_letter("q0-sans-options", "E", *VARIANTS[0]) == "E"


def test_the_key_has_the_letter_that_the_learner_sees(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    dossier = ouvrir_dossier("kerlavandre", "ines")
    case = case_of("kerlavandre", "ines", dossier._company.draw)
    key = question_of("q5-entree-ecart").key
    assert key is not None
    stated = key(case)
    assert stated.right == dossier.lettre("q5-entree-ecart", "C")
    assert {wrong.value for wrong in stated.wrong} | {stated.right} == set("ABCD")
