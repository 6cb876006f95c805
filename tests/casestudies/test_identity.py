"""Who the learner is, and what is said when a name cannot be used."""

from pathlib import Path

import pytest

from casestudies.errors import CasekitError
from casestudies.identity import Identity, identify, normalise
from casestudies.seeds import REFERENCE
from casestudies.variants import DRAWS_FILE, draw_key, known_draw


def test_the_grader_wins_then_the_hub_then_the_name_given(tmp_path: Path) -> None:
    everything = {"CASEKIT_LEARNER": "lea", "CASEKIT_DRAW": "3", "JUPYTERHUB_USER": "sam"}
    assert identify("zoe", tmp_path, everything) == Identity("lea", 3)
    assert identify("zoe", tmp_path, {"JUPYTERHUB_USER": "sam"}) == Identity("sam")
    assert identify("zoe", tmp_path, {}) == Identity("zoe")


def test_a_name_given_once_is_kept(tmp_path: Path) -> None:
    identify(" zoé ", tmp_path, {})
    assert identify("", tmp_path, {}) == Identity("zoé")


def test_nobody_gets_the_reference_edition(tmp_path: Path) -> None:
    assert identify("", tmp_path, {}).learner == REFERENCE
    (tmp_path / ".casekit").mkdir()
    (tmp_path / ".casekit" / "identite.json").write_text("{abîmé", encoding="utf-8")
    assert identify("", tmp_path, {}).is_reference


def test_two_writings_of_one_name_are_one_learner() -> None:
    assert normalise("Zoe\u0301") == normalise("Zo\u00e9 ")


@pytest.mark.parametrize(("name", "words"), [("x" * 201, "trop long"), ("a\x00b", "invisible"), ("a\nb", "invisible")])
def test_a_name_that_cannot_be_used(name: str, words: str) -> None:
    with pytest.raises(CasekitError, match=words):
        normalise(name)


def test_a_folder_that_cannot_be_written_loses_nothing(tmp_path: Path) -> None:
    (tmp_path / ".casekit").write_text("un fichier là où il faudrait un dossier", encoding="utf-8")
    assert identify("zoe", tmp_path, {}) == Identity("zoe")


def test_the_draw_is_read_beside_the_notebooks(tmp_path: Path) -> None:
    (tmp_path / DRAWS_FILE).write_text(f'{{"{draw_key("kerlavandre", "lea")}": 2}}', encoding="utf-8")
    assert known_draw("kerlavandre", "lea", tmp_path) == 2
    assert known_draw("kerlavandre", "sam", tmp_path) is None


def test_another_identifier_is_said_and_takes_the_folder(tmp_path: Path) -> None:
    identify("ana.martin", tmp_path, {})
    found = identify("bob", tmp_path, {})
    assert (found.learner, found.before, found.is_likely_slip) == ("bob", "ana.martin", False)
    assert identify("", tmp_path, {}) == Identity("bob")


@pytest.mark.parametrize("slip", ["Ana Martin", "ana-martin", "ANA.MARTIN", "anà martin"])
def test_a_likely_slip_is_asked_about_and_leaves_the_folder_to_the_first(slip: str, tmp_path: Path) -> None:
    identify("ana.martin", tmp_path, {})
    assert identify(slip, tmp_path, {}).is_likely_slip
    assert identify("", tmp_path, {}) == Identity("ana.martin")
