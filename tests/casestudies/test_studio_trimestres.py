"""The game of four quarters, played without a page: bet, sliders that keep the total, results, debrief, again."""

import re
from pathlib import Path

import numpy as np
import pytest

from casestudies.company import company_of
from casestudies.dossier import Dossier
from casestudies.identity import Identity
from casestudies.quarters.market import QUARTERS
from casestudies.quarters.scenario import STEP_HT
from casestudies.studio.simulator import LOCK
from casestudies.studio.simulator_live import SimulatorPanel
from casestudies.studio.trimestres import (
    AGAIN,
    FIGURE,
    OFFER,
    PLAY,
    QUARTER,
    USUAL,
    QuartersGame,
    simulateur_trimestres,
)


@pytest.fixture
def dossier(tmp_path: Path) -> Dossier:
    return Dossier(company_of("kerlavandre", "lea", 0), Identity("lea", 0), tmp_path, None)


@pytest.fixture
def game(dossier: Dossier) -> QuartersGame:
    played = simulateur_trimestres(dossier).playable
    assert isinstance(played, QuartersGame)
    return played


def bet(game: QuartersGame) -> None:
    game.put("lever", "SEO")
    game.put("trend", "plus haute")
    game.press(LOCK)


def play(game: QuartersGame) -> None:
    """Play a year with a few decisions."""
    bet(game)
    for rank in range(QUARTERS):
        game.put("SEO", 10_000 + 2_500 * rank)
        game.put(OFFER, rank == 1)
        game.press(PLAY)


def spent(game: QuartersGame) -> int:
    return sum(int(one.value) for one in game.view().controls if one.kind == "slider")


def plain(text: str) -> str:
    return re.sub(r"[\u00a0\u202f]", " ", re.sub("<[^>]+>", " ", text))


def test_the_year_opens_on_a_bet(game: QuartersGame) -> None:
    view = game.view()
    assert [one.kind for one in view.controls] == ["radios", "radios", "button"]
    assert view.controls[0].options == game.year.market.levers
    game.press(LOCK)
    assert "Choisissez une réponse" in game.view().status
    bet(game)
    assert [one.kind for one in game.view().controls] == ["slider"] * 6 + ["tick", "button", "button"]
    assert "« SEO », « plus haute »" in plain(game.view().words)


def test_a_lever_that_moves_keeps_the_total_and_says_so(game: QuartersGame) -> None:
    bet(game)
    total = spent(game)
    game.put("SEA", 40_000)
    assert spent(game) == total == round(game.year.market.quarter_ht)
    assert "« SEA » : 40 000 €" in plain(game.view().status)
    assert "SEA 40 000 €" in plain(re.findall('aria-label="([^"]+)"', game.view().chart)[0])
    game.press(USUAL)
    assert game.steps == QuartersGame(game.year).steps


def test_each_quarter_gives_its_results_the_reply_and_the_next_move(game: QuartersGame) -> None:
    bet(game)
    game.put(OFFER, True)
    for rank in range(QUARTERS - 1):
        assert plain(game.year.moves[rank].mail) in plain(game.view().intro)
        game.press(PLAY)
        view = game.view()
        sales = game.year.market.sales_ht(game.plan)[rank].sum()
        assert f"{sales:,.0f} €".replace(",", " ") in plain(view.status)
        assert "même trimestre de l’an dernier" in plain(view.intro)
        assert f"Trimestre {rank + 1}" in view.words
        assert not next(one for one in view.controls if one.name == OFFER).value, "an offer is for one quarter"
    assert game.plan.offers.tolist() == [1, 0, 0, 0]


def test_the_debrief_says_causes_standing_and_both_bets(game: QuartersGame) -> None:
    play(game)
    view = game.view()
    words = plain(view.words)
    assert "Le bilan explique l’année. Trimestre 1 : ventes de" in plain(view.status)
    assert "Vous aviez parié sur « SEO »" in words
    assert "Vous aviez parié sur une marge « plus haute »" in words
    assert "il vous manque" in words
    assert words.count("Mouvement") == 2, "sales, then margin"
    assert "Votre répartition → la meilleure" in words
    assert game.year.moves[0].label in plain(view.chart)
    game.put(QUARTER, "Trimestre 3")
    game.put(FIGURE, "Marge")
    assert view.chart != game.view().chart
    assert game.view().status.startswith("Trimestre 3")
    assert "marge de" in game.view().status


def test_what_the_tables_of_causes_write_adds_up(game: QuartersGame) -> None:
    play(game)
    rows = re.findall(r"<tr>(.*?)</tr>", game.view().words)
    amounts = [
        [float(re.sub(r"[^\d−]", "", one).replace("−", "-")) for one in re.findall(r">([+−]?[\d\u202f]+\u00a0€)<", row)]
        for row in rows
    ]
    table: list[list[float]] = []
    seen = 0
    for row, label in zip(amounts, rows, strict=True):
        if "Mouvement" in label:
            assert np.array(table).sum(axis=0) == pytest.approx(row, abs=len(table)), "to the rounding of each cause"
            table, seen = [], seen + 1
        elif len(row) == QUARTERS:
            table.append(row)
    assert seen == 2


def test_the_same_decisions_give_the_same_year_to_the_letter(game: QuartersGame, dossier: Dossier) -> None:
    other = QuartersGame(game.year)
    play(game)
    play(other)
    assert game.view() == other.view()
    game.press(AGAIN)
    assert [one.kind for one in game.view().controls] == ["radios", "radios", "button"]
    play(game)
    assert game.view() == other.view()


def test_the_best_way_to_play_is_never_beaten_by_a_learner(game: QuartersGame) -> None:
    bet(game)
    for rank in range(QUARTERS):
        game.steps = [round(one / STEP_HT) for one in game.best.plan.spends_ht[rank]]
        game.steps[1] += game.year.steps - sum(game.steps)
        game.offer = bool(game.best.plan.offers[rank])
        game.press(PLAY)
    mine = game.year.market.margin_ht(game.plan).sum()
    assert 0.999 * game.best.margin_ht < mine <= game.best.margin_ht + game.best.missing_ht


def test_the_page_plays_through_messages(game: QuartersGame) -> None:
    opened = SimulatorPanel(game)
    for message in (
        {"name": "lever", "value": "SEA"},
        {"name": "trend", "value": "plus basse"},
        {"name": LOCK, "value": True},
    ):
        opened.hear(message)
    opened.hear({"name": "SEA", "value": 30_010})
    assert opened.shown["controls"][1]["text"] == "30\u202f000\u00a0€"
    for _ in range(QUARTERS):
        opened.hear({"name": PLAY, "value": True})
    opened.hear({"name": PLAY, "value": True})
    assert [one["name"] for one in opened.shown["controls"]] == [QUARTER, FIGURE, AGAIN]
