"""What every simulator is: a bet locked first, controls that only take what they can have, charts that read aloud."""

import json
from types import SimpleNamespace
from typing import Any

import pytest

from casestudies.errors import CasekitError
from casestudies.studio import simulator_live
from casestudies.studio.bars import Bar, Look, bar_chart, ticks
from casestudies.studio.lines import DayCurve, line_chart
from casestudies.studio.simulator import BACK, INCOMPLETE, LOCK, TO_BET, Bet, Control, Experiment, SettingsShown, View
from casestudies.studio.simulator_live import Simulator, SimulatorPanel

SLIDER = Control("slider", "seo", "SEO", 500, 0, 1000, 250, "€")


def experiment() -> Experiment:
    bet = Bet({"one": ("Plus ou moins ?", ("plus", "moins")), "two": ("Combien ?", ("peu", "beaucoup"))})
    tick = Control("tick", "offer", "Offre", False)

    def show(values: dict[str, Any]) -> SettingsShown:
        off = frozenset({"seo"} if values["offer"] else ())
        return SettingsShown(
            f"Total : {values['seo']} €.", f"<i>{values['seo']}</i>", ("Hypothèse.",), "C’était plus.", off=off
        )

    return Experiment("Essai", bet, (SLIDER, tick), show, "Revenir")


def panel() -> SimulatorPanel:
    return SimulatorPanel(experiment())


def lock(opened: SimulatorPanel) -> None:
    for name, value in (("one", "plus"), ("two", "peu"), (LOCK, True)):
        opened.hear({"name": name, "value": value})


def names(opened: SimulatorPanel) -> list[str]:
    return [one["name"] for one in opened.shown["controls"]]


def test_nothing_moves_nor_shows_before_the_bet() -> None:
    opened = panel()
    assert names(opened) == ["one", "two", LOCK]
    assert opened.shown["chart"] == ""
    assert plain(opened.shown["status"]) == TO_BET
    opened.hear({"name": "seo", "value": 1000})
    assert names(opened) == ["one", "two", LOCK]


def test_a_bet_without_all_its_answers_is_not_locked() -> None:
    opened = panel()
    opened.hear({"name": "one", "value": "plus"})
    opened.hear({"name": LOCK, "value": True})
    assert plain(opened.shown["status"]) == INCOMPLETE
    assert names(opened) == ["one", "two", LOCK]


def test_a_locked_bet_is_shown_and_never_changes() -> None:
    opened = panel()
    lock(opened)
    assert names(opened) == ["seo", "offer", BACK]
    assert opened.shown["focus"] == "seo", "the keyboard goes to the first control that moves"
    opened.hear({"name": "one", "value": "moins"})
    assert "« plus », « peu »" in plain(opened.shown["words"])
    assert "C’était plus" not in opened.shown["words"]
    opened.hear({"name": "seo", "value": 750})
    assert "C’était plus." in opened.shown["words"]
    assert opened.shown["chart"] == "<i>750</i>"


def test_what_changed_is_said_first() -> None:
    opened = panel()
    lock(opened)
    opened.hear({"name": "seo", "value": 1000})
    assert plain(opened.shown["status"]) == "SEO : 1 000 €. Total : 1000 €."
    opened.hear({"name": "offer", "value": True})
    assert plain(opened.shown["status"]).startswith("Offre : oui.")
    assert opened.shown["controls"][0]["off"]
    opened.hear({"name": "seo", "value": 0})
    assert opened.shown["chart"] == "<i>1000</i>", "what is off does not move"
    opened.hear({"name": BACK, "value": True})
    assert opened.shown["chart"] == "<i>500</i>"


@pytest.mark.parametrize(
    ("value", "taken"),
    [(620, 500), (630, 750), (-3, 0), (9e9, 1000), (True, None), ("500", None), (float("nan"), None), (None, None)],
)
def test_a_slider_takes_steps_within_its_bounds(value: object, taken: int | None) -> None:
    assert SLIDER.taken(value) == taken


def test_infinity_is_a_bound() -> None:
    assert SLIDER.taken(float("inf")) == 1000


@pytest.mark.parametrize(
    "message", [None, [], "seo", {}, {"name": ["seo"]}, {"name": "seo"}, {"name": "?", "value": 1}]
)
def test_whatever_the_page_sends_changes_nothing(message: object) -> None:
    opened = panel()
    lock(opened)
    before = {name: value for name, value in opened.shown.items() if name != "step"}
    opened.hear(message)
    assert {name: value for name, value in opened.shown.items() if name != "step"} == before


class Failing:
    """A simulator whose button fails as told."""

    title = "En panne"

    def __init__(self, error: Exception) -> None:
        self.error = error

    def view(self) -> View:
        return View((Control("button", "go", "Aller"),), "Prêt.", "")

    def put(self, name: str, value: object) -> None:
        raise self.error

    def press(self, name: str) -> None:
        raise self.error


@pytest.mark.parametrize(
    ("error", "said"), [(CasekitError("Plus de budget."), "Plus de budget."), (KeyError("x"), "(KeyError)")]
)
def test_what_fails_is_a_french_sentence(error: Exception, said: str, caplog: pytest.LogCaptureFixture) -> None:
    opened = SimulatorPanel(Failing(error))
    opened.hear({"name": "go", "value": True})
    assert said in plain(opened.shown["status"])
    assert opened.shown["controls"], "what is shown stays"
    assert bool(caplog.records) == (not isinstance(error, CasekitError))


def test_what_the_page_draws_is_plain_data() -> None:
    opened = panel()
    lock(opened)
    assert json.loads(json.dumps(opened.shown)) == opened.shown


def test_a_cell_tells_the_page_where_only_when_a_kernel_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    assert 'data-casekit-simulator=""' in Simulator(experiment())._repr_mimebundle_()["text/html"]
    monkeypatch.setattr(simulator_live, "running_shell", lambda: SimpleNamespace(kernel=object()))
    shown = Simulator(experiment())._repr_mimebundle_()["text/html"]
    assert 'data-casekit-simulator=""' not in shown
    assert 'class="ck-still"' in shown
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert 'data-casekit-simulator=""' in Simulator(experiment())._repr_mimebundle_()["text/html"]


BLUE = Look("<monte>", "#0072B2")


def test_a_bar_chart_escapes_what_it_is_given_and_places_its_bars() -> None:
    bars = [Bar("A & B", "+2 €", 2, BLUE), Bar("C", "−1 €", -1, Look("baisse", "#E69F00", hatched=True), mark=1)]
    chart = bar_chart("Titre", bars, "Euros", 'dit "tout"', looks=(BLUE,), mark="repère", line=0)
    assert "A &amp; B" in chart
    assert "&lt;monte&gt;" in chart
    assert 'aria-label="dit &quot;tout&quot;"' in chart
    assert "left:33.33%;width:66.67%;background:#0072B2" in chart, "from −1 to 2, by 1"
    assert "left:0.00%;width:33.33%;background:repeating" in chart
    assert chart.count("<b style") == 3, "one mark, and the line across both tracks"


def test_a_bar_of_nothing_is_not_drawn() -> None:
    assert "<i style" not in bar_chart("T", [Bar("A", "0 €", 0, BLUE)], "Euros", "rien")


@pytest.mark.parametrize(("low", "high"), [(0, 1), (-7, 3), (0, 58_250), (-12_345, -3), (0, 0.02), (5, 5)])
def test_ticks_are_round_and_cover(low: float, high: float) -> None:
    found = ticks(low, high)
    assert found[0] <= low
    assert found[-1] >= high
    assert 2 <= len(found) <= 7


def test_a_line_chart_marks_full_days_and_numbers_no_two_days_too_close() -> None:
    curve = DayCurve("CA", [1.0] * 14, [rank % 7 >= 5 for rank in range(14)], "#0072B2")
    chart = line_chart("T", [curve], ("Jour", "k€"), "note", "alternative")
    assert chart.count("h0.001") == 4 + 2 * 10 + 2, "a full day is one dot, another is a ring, so is the legend's"
    assert ">13</span>" not in chart
    assert ">14</span>" in chart


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")
