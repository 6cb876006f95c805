"""The contrast simulator: what it says is what the notebook teaches, and the nearest colour passes by little."""

import numpy as np
import pytest

from autograder.keys.accessibility import contrast_ratio
from autograder.keys.cases import case_of
from autograder.keys.questions import question_of
from casestudies.bocanterre import analysis
from casestudies.dossier import Dossier
from casestudies.french import french_number
from casestudies.market.web_audit import hexadecimal, rgb
from casestudies.studio import contraste
from casestudies.studio.simulator import BACK, LOCK

COMPANY = "bocanterre"


def opened(dossier: Dossier) -> contraste.Experiment:
    simulator = contraste.experiment(dossier)
    simulator.put("bet", contraste.YES)
    simulator.press(LOCK)
    return simulator


def test_the_ratios_are_those_that_the_notebook_teaches(dossier: Dossier, learner: str) -> None:
    key = question_of("p6-contrastes").key
    assert key is not None
    right = key(case_of("bocanterre", learner, 0)).right
    simulator = opened(dossier)
    for page, pair in contraste.pairs_of(dossier).items():
        ratio = contraste.ratio(pair.front, pair.back)
        assert ratio == pytest.approx(right[page])  # type: ignore[index,call-overload]
        simulator.put(contraste.PAIR, page)
        said = simulator.view().status.replace("\u00a0", " ")
        assert f"Contraste : {french_number(np.floor(100 * ratio) / 100, 2)} : 1" in said
        assert ("AA, texte normal" in said.split("assez pour")[1].split(".")[0]) == (ratio >= 4.5)


def test_levels_follow_their_thresholds() -> None:
    assert contraste.verdicts(2.99) == dict.fromkeys(contraste.LEVELS, False)
    assert [name for name, passed in contraste.verdicts(3.0).items() if passed] == ["AA, grand texte"]
    assert not contraste.verdicts(6.99)["AAA, texte normal"]
    assert all(contraste.verdicts(7.0).values())


@pytest.mark.parametrize("aim", contraste.LEVELS.values())
def test_the_nearest_shade_passes_and_a_step_less_does_not(dossier: Dossier, aim: float) -> None:
    for pair in contraste.pairs_of(dossier).values():
        found = contraste.nearest(pair.front, pair.back, aim)
        assert found is not None
        assert contraste.ratio(found, pair.back) >= aim
        changes = [by for by in range(-100, 101) if (contraste.shaded(pair.front, by) == found).all()]
        least = min(map(abs, changes))
        assert all(
            contraste.ratio(contraste.shaded(pair.front, by), pair.back) < aim for by in range(1 - least, least)
        ), "a smaller change would do"


def test_no_shade_passes_on_a_middle_grey() -> None:
    grey = rgb("#777777")
    assert contraste.nearest(grey, grey, 7.0) is None
    assert "changez le fond" in contraste.draw(grey, grey, "AAA, texte normal")
    assert "Aucune nuance" in contraste.status(grey, grey, "AAA, texte normal")


def test_a_shade_is_a_colour_of_the_page(dossier: Dossier) -> None:
    for pair in contraste.pairs_of(dossier).values():
        for by in (-100, -33, 0, 57, 100):
            shade = contraste.shaded(pair.front, by)
            assert shade.dtype == np.intp
            assert (rgb(hexadecimal(shade[None])[0]) == shade).all()


def test_a_bet_first_then_each_move_is_said_and_drawn(dossier: Dossier) -> None:
    simulator = contraste.experiment(dossier)
    assert simulator.view().chart == ""
    simulator = opened(dossier)
    for name, value in ((contraste.SHADE, -100), (contraste.PAPER, -60), (contraste.AIM, "AAA, texte normal")):
        simulator.put(name, value)
        view = simulator.view()
        assert "Contraste" in view.status
        assert view.chart.count("<li>") == len(contraste.LEVELS)
        assert all(one.kind in ("radios", "slider", "button") for one in view.controls), "a keyboard works them"
    assert "C’est donc non" in simulator.view().words
    simulator.press(BACK)
    assert simulator.values[contraste.SHADE] == 0


def test_the_steps_of_the_bet_grow(dossier: Dossier) -> None:
    pair = next(iter(contraste.pairs_of(dossier).values()))
    steps = [contraste.ratio(contraste.shaded(pair.front, by), pair.back) for by in (0, -25, -50, -75)]
    assert (np.diff(np.diff(steps)) > 0.3).all()


def test_the_two_measures_are_those_of_the_definition(dossier: Dossier) -> None:
    table = analysis.colours(dossier.table("audit_rgaa"), "3.2")
    for _, row in table.iterrows():
        assert contrast_ratio(row["luminance_texte"], row["luminance_fond"]) == pytest.approx(
            contraste.ratio(rgb(row["texte"]), rgb(row["fond"]))
        )
        assert row["brut_texte"] > row["luminance_texte"]
        assert row["luminance_fond"] > row["luminance_texte"], "the notebook says so"
