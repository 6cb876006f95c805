"""Calibration: the sample copies are sound, the exercise gives nothing away, the verdict is right, records are kept."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from reviewing import M1, M2, fill

from autograder.keys.checks.texts import count_words
from autograder.keys.questions import all_keys
from autograder.referentiel.rubric import load_rubrics
from autograder.referentiel.sample import FOLDER, SampleError, SampleSet, load_samples
from autograder.review.calibration.exercise import Exercise, exercise_of
from autograder.review.calibration.records import CalibrationRecords
from autograder.review.calibration.round import Round
from autograder.review.calibration.verdict import CalibrationVerdict, Gap
from casestudies.errors import CasekitError

CODES = sorted(load_samples())


def company_of_case(code: str) -> str:
    """Return the company that the notebook of a criterion studies; nothing while it has no notebook."""
    reviewing = (one.company for one in all_keys() if any(review.criterion == code for review in one.reviews))
    return next(reviewing, "")


def test_every_rubric_has_its_samples() -> None:
    assert sorted(load_rubrics()) == sorted(CODES)


@pytest.mark.parametrize("code", CODES)
def test_samples_are_about_another_company_and_of_a_fair_length(code: str) -> None:
    samples: SampleSet = load_samples()[code]
    assert samples.company != company_of_case(code)
    levels = [one.level for one in samples.copies]
    assert levels[0] >= 3
    assert levels[1] in (2, 3)
    assert levels[2] == 1
    for one in samples.copies:
        assert 60 <= count_words(one.text) <= 150, (one.title, count_words(one.text))
        assert all(1 <= len(table.rows) <= 8 for table in one.tables)
        assert "{" not in one.text + one.reason + samples.context


def written(folder: Path, old: str, new: str) -> Path:
    """Write the samples of a criterion with some words changed."""
    text = (FOLDER / "B1-C04.toml").read_text(encoding="utf-8")
    assert old in text
    (folder / "B1-C04.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("grille = 2", "grille = 1", "relisez les niveaux convenus"),
        ("niveau = 4", "niveau = 1", "trois niveaux différents"),
        ("niveau = 4", "niveau = 5", "un niveau de 1 à 4"),
        ('"treziflow"', '"inconnue"', "n’est pas une entreprise du kit"),
        ("pourquoi =", "pourquoi_pas =", "clé inconnue"),
        ('["FO", "Fo1, Op1", ', '["FO", ', "des lignes de 7 textes ou nombres"),
        ('"B1-C04"', '"B1-C05"', "B1-C05.toml"),
        ('"B1-C04"', '"B1-C15"', "n’a pas de grille"),
    ],
)
def test_a_bad_file_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(SampleError, match=said):
        load_samples(written(tmp_path, old, new))


def agreed(exercise: Exercise, offset: int = 0) -> Exercise:
    """Give every copy its agreed level, or one beside it."""
    for item in exercise.items:
        exercise.give(item.copy, min(4, max(1, item.sample.level + offset)))
    return exercise


@pytest.mark.parametrize("code", CODES)
def test_an_item_gives_nothing_away(code: str) -> None:
    exercise = exercise_of(code, M1)
    assert [item.copy for item in exercise.items] == ["Copie A", "Copie B", "Copie C"]
    for item in exercise.items:
        assert item.sample.title not in item.shown.html
        assert item.sample.reason not in item.shown.html
        assert "sample" not in repr(item)
        page = BeautifulSoup(item.shown.html, "html.parser")
        assert len(page.find_all("table")) == len(item.sample.tables)
        assert item.rubric is load_rubrics()[code]
        assert item.shown.expected == item.rubric.for_markers


def test_the_order_tells_nothing_and_stays_the_same() -> None:
    firsts = {exercise_of(code, marker).items[0].sample.level for code in CODES for marker in (M1, M2)}
    assert len(firsts) > 2
    orders = [[item.sample.title for item in exercise_of("B1-C04", M1).items] for _ in range(2)]
    assert orders[0] == orders[1]


def test_nothing_is_told_before_every_copy_has_its_level() -> None:
    exercise = exercise_of("B1-C04", M1).give("Copie B", 3)
    assert exercise.left == ["Copie A", "Copie C"]
    with pytest.raises(CasekitError, match="Copie A, Copie C"):
        exercise.verdict()
    for copy, level in (("Copie D", 3), ("Copie A", 5)):
        with pytest.raises(CasekitError):
            exercise.give(copy, level)
    with pytest.raises(CasekitError, match="pas encore de copies"):
        exercise_of("B1-C15", M1)


def test_the_verdict_of_who_agrees() -> None:
    verdict = agreed(exercise_of("B1-C04", M1)).verdict()
    assert (verdict.distance, verdict.severity) == (0, 0)
    assert verdict.sentences == ("Tous vos niveaux sont ceux qui étaient convenus.",)


@pytest.mark.parametrize(
    ("pairs", "figures", "said"),
    [
        (((3, 4), (1, 2), (1, 1)), (2 / 3, -2 / 3), "1 niveau sur 3 est celui qui était convenu."),
        (((3, 4), (1, 2), (1, 1)), (2 / 3, -2 / 3), "Écart moyen : 0,7 niveau, plutôt sévère, de 0,7 niveau."),
        (((4, 1), (4, 2), (4, 3)), (2, 2), "Écart moyen : 2,0 niveaux, plutôt indulgent, de 2,0 niveaux."),
        (((4, 1), (4, 2), (4, 3)), (2, 2), "Aucun niveau n’est celui qui était convenu."),
        (((2, 3), (3, 2), (1, 1)), (2 / 3, 0), "Écart moyen : 0,7 niveau, sans pencher d’un côté."),
    ],
)
def test_the_figures_of_a_verdict(pairs: tuple[tuple[int, int], ...], figures: tuple[float, float], said: str) -> None:
    verdict = CalibrationVerdict(tuple(Gap("Copie", "", given, right, "") for given, right in pairs))
    assert (verdict.distance, verdict.severity) == pytest.approx(figures)
    assert said in verdict.sentences


def test_attempts_are_kept(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'gradebook.db'}"
    fill(url, ("a01",))
    with CalibrationRecords(url) as records:
        first = agreed(exercise_of("B1-C04", M1), -1).finish(records)
        agreed(exercise_of("B1-C04", M1)).finish(records)
        agreed(exercise_of("B1-C13", M2)).finish(records)
        with pytest.raises(CasekitError):
            exercise_of("B1-C05", M1).finish(records)
    with CalibrationRecords(url) as records:
        kept = records.attempts(M1)
        assert [one.criterion for one in records.attempts()] == ["B1-C04", "B1-C04", "B1-C13"]
    assert kept[0].verdict == first
    assert kept[0].rubric == load_rubrics()["B1-C04"].digest
    assert kept[0].at is not None
    assert kept[0].at.tzinfo is not None
    assert kept[0].at < (kept[1].at or kept[0].at)
    assert first.severity < 0


def test_a_round_in_the_desk(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'gradebook.db'}"
    fill(url, ("a01",))
    with pytest.raises(CasekitError, match="pas encore de copies"):
        Round(url, M1, ["B1-C15"])
    turn = Round(url, M1, ["B1-C15", "B1-C13", "B1-C16"])
    assert turn.codes == ["B1-C13", "B1-C16"]
    assert not turn.step(-1)
    assert turn.step(1)
    turn.give(2)
    assert turn.level == 2
    assert [turn.go_on() and turn.place[0] for _ in range(2)] == [3, 1]
    turn.give(4)
    assert turn.go_on()
    assert turn.place == (3, 3)
    turn.give(1)
    assert not turn.go_on()
    assert not turn.go_on()
    state = turn.verdict_state()
    assert len(state["tables"][0]["rows"]) == 3
    assert len(state["tables"][1]["rows"]) == 1
    with CalibrationRecords(url) as records:
        assert len(records.attempts(M1)) == 1
    assert Round(url, M1, ["B1-C13", "B1-C16"]).exercise.code == "B1-C16"
    with pytest.raises(CasekitError, match="dans cette évaluation"):
        turn.begin("B1-C04")
