"""Two markers hear one candidate on a laptop's screen, by keyboard alone: each sees their own, nothing is lost."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from in_lab import CAPTURES
from oral_course import CLASS, E4, ORAL, desk_page, oral_course
from reviewing import mark

from autograder.course.course import Course
from autograder.referentiel import load_rubrics
from autograder.review.model import Marker, Stage
from autograder.review.orals import Orals
from autograder.review.store import ReviewStore

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("browser")]

LAPTOP, WIDER, TWICE = (1280, 720), (1366, 768), (640, 360)
RUBRIC = load_rubrics()["B3-C09"]
FITS = """() => {
  const screen = document.querySelector('.ck-oral');
  const panes = '.ck-oral-mark *, .ck-heard *, .ck-oral-slides *, .ck-asked *';
  const inside = (one) => {
    const box = one.getBoundingClientRect();
    return box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight && box.right <= innerWidth;
  };
  const shown = [...screen.querySelectorAll('section, .ck-oral-top, fieldset, button, select, input')]
    .filter((one) => one.checkVisibility() && !one.matches(panes));
  const heights = [screen.scrollHeight, document.documentElement.scrollHeight];
  return [...heights.map((one) => one <= innerHeight), shown.every(inside)];
}"""
"""Neither the screen nor the page scrolls, and all but what is in the panes that scroll is in sight."""


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return oral_course(tmp_path / "cours")


def told(page: Any, words: str) -> None:
    page.wait_for_function(
        "words => document.querySelector('.ck-live').textContent.replace(/\\u00a0/g, ' ').includes(words)", arg=words
    )


def until(page: Any, true: Callable[[], bool]) -> None:
    for _ in range(200):
        if true():
            return
        page.wait_for_timeout(50)
    raise AssertionError


def press(page: Any, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def axe(page: Any, name: str) -> None:
    CAPTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(CAPTURES / f"oral-{name}.png"))
    found = Axe().run(page, context=".ck-desk")
    assert found.violations_count == 0, found.generate_report()


def notes(course: Course, marker: str) -> Any:
    with ReviewStore.of(course, E4) as store, Orals.of(course) as orals:
        return orals.notes(store.part("a01", ORAL), Marker(marker))


def test_two_markers_by_keyboard(browser: Any, course: Course) -> None:
    with desk_page(browser, course, "m1", LAPTOP) as page:
        assert page.evaluate(FITS) == [True, True, True]
        assert page.locator(".ck-slides li").count() == 10
        page.get_by_role("button", name="Second évaluateur…").focus()
        press(page, "Enter")
        page.keyboard.type("m2")
        axe(page, "second")
        press(page, "Enter")
        told(page, "3 passages confiés à m2")
        press(page, "t")
        page.wait_for_function("document.querySelectorAll('.ck-time')[0].value >= '00:02'")
        press(page, "e")
        page.keyboard.type("2 cite le retour de mai : 41 %")
        press(page, "Enter")
        page.keyboard.type("4 regarde le jury")
        press(page, "Enter", "Escape", "q", "ArrowDown", "Space", "Escape", "a")
        page.keyboard.type("Et sans la prime ?")
        press(page, "Enter")
        page.get_by_label("Et sans la prime").wait_for()
        press(page, "Escape", "s", "t", "3")
        told(page, "Niveau 3 enregistré")
        page.get_by_label("Commentaire pour l’apprenant").focus()
        page.keyboard.type("Chaque choix a sa raison.")
        told(page, "Commentaire enregistré")
        axe(page, "portable")
        kept = notes(course, "m1")
        assert kept.talk_s >= 2
        assert kept.asked == (RUBRIC.questions[1], "Et sans la prime ?")
        assert [(one.expected, one.words) for one in kept.heard] == [
            (RUBRIC.expected[1], "cite le retour de mai : 41 %"), (RUBRIC.expected[3], "regarde le jury"),
        ]  # fmt: skip
    with desk_page(browser, course, "m2", WIDER, light=False) as page:
        assert page.evaluate(FITS) == [True, True, True]
        shown = page.locator(".ck-oral").inner_text()
        assert "regarde le jury" not in shown
        assert "Et sans la prime" not in shown
        assert page.locator(".ck-oral input:checked").count() == 0
        assert page.get_by_label("Commentaire pour l’apprenant").input_value() == ""
        press(page, "e")
        page.keyboard.type("0 arrivé à l’heure")
        press(page, "Enter", "Escape", "2")
        told(page, "Niveau 2 enregistré")
        axe(page, "sombre")
        page.get_by_role("button", name="Conciliation").focus()
        press(page, "Enter")
        page.locator(".ck-pair").wait_for()
        assert not page.locator(".ck-oral").is_visible()
        both = page.locator(".ck-pair").inner_text().replace("\u00a0", " ")
        assert "Entendu : regarde le jury" in both
        assert "Entendu : arrivé à l’heure" in both
        axe(page, "conciliation")
        press(page, "3")
        told(page, "Niveau 3 retenu")
    with ReviewStore.of(course, E4) as store:
        part = store.part("a01", ORAL)
        assert (store.retained()[part].level, store.retained()[part].stage) == (3, Stage.RECONCILED)


def test_the_clock_outlives_the_page_and_takes_times_from_paper(browser: Any, course: Course) -> None:
    with desk_page(browser, course, "m1", LAPTOP) as page:
        times = page.locator(".ck-time")
        press(page, "t")
        page.wait_for_function("document.querySelectorAll('.ck-time')[0].value >= '00:02'")
        page.reload()
        page.locator("dialog.ck-oral[open]").wait_for()
        page.wait_for_function("document.querySelectorAll('.ck-time')[0].value >= '00:03'")
        assert page.get_by_role("button", name="Pause").is_visible(), "it went on while the page came back"
        press(page, "t")
        until(page, lambda: notes(course, "m1").talk_s >= 3)
        for rank, written in ((0, "9:41"), (1, "10 min 05")):
            times.nth(rank).focus()
            times.nth(rank).fill(written)
            press(page, "Enter")
            until(page, lambda rank=rank: [notes(course, "m1").talk_s, notes(course, "m1").answers_s][rank] > 500)
        assert (notes(course, "m1").talk_s, notes(course, "m1").answers_s) == (581, 605)
        press(page, "Escape")
        page.locator(".ck-turn.ck-over", has_text="00:05").wait_for()
        times.nth(0).fill("bientôt")
        press(page, "Enter")
        told(page, "minutes et secondes")
        press(page, "Escape", "n")
        told(page, "Camille Exemple (a02) – passage 2 sur 3")
        assert times.nth(0).input_value() == "00:00"
        assert page.title() == "Revue", "what a candidate wrote is text"
        page.get_by_label("Passage").select_option(index=0)
        told(page, "Nour Essai (a01)")
        page.wait_for_function("document.querySelectorAll('.ck-time')[0].value === '09:41'")
    with desk_page(browser, course, "m1", LAPTOP) as page:  # another browser: what is kept with the marking comes back
        page.wait_for_function("document.querySelectorAll('.ck-time')[1].value === '10:05'")
        press(page, "Escape")
        page.locator(".ck-oral").wait_for(state="hidden")
        axe(page, "revue")
        press(page, "o")
        page.locator("dialog.ck-oral[open]").wait_for()


def test_what_the_kernel_refuses_or_never_hears_stays_on_the_page(browser: Any, course: Course) -> None:
    with desk_page(browser, course, "m1", LAPTOP) as page:
        page.evaluate("() => { window.heed = () => new Promise(() => {}); }")
        press(page, "e")
        page.keyboard.type("1 annonce trois parties")
        press(page, "Enter")
        page.locator(".ck-heard small", has_text="en attente").wait_for()
        page.reload()
        page.locator("dialog.ck-oral[open]").wait_for()
        until(page, lambda: [one.words for one in notes(course, "m1").heard] == ["annonce trois parties"])
        page.locator(".ck-heard small").wait_for(state="detached")
        press(page, "e")
        page.evaluate("document.activeElement.maxLength = 900")
        page.keyboard.insert_text("x" * 500)
        press(page, "Enter")
        page.locator(".ck-alert:visible", has_text="400 au plus").wait_for()
        assert len(page.locator(".ck-oral-line input").nth(1).input_value()) == 500
        assert len(notes(course, "m1").heard) == 1


def test_at_twice_the_size_it_is_one_column(browser: Any, course: Course) -> None:
    with desk_page(browser, course, CLASS[0][1], TWICE) as page:
        assert page.evaluate("document.querySelector('.ck-oral').scrollWidth <= innerWidth")
        axe(page, "deux-fois")


def test_whoever_comes_second_says_so_and_sees_nothing(browser: Any, course: Course) -> None:
    with ReviewStore.of(course, E4) as store:
        mark(store, Marker("m1"), "a01", ORAL, level=4, comment="SECRET de m1", note="SECRET")
    with desk_page(browser, course, "m2", LAPTOP) as page:
        page.get_by_label("Passage").select_option(index=0)
        page.get_by_role("button", name="Je suis le second évaluateur").wait_for()
        assert "SECRET" not in page.content()
        axe(page, "role")
        page.get_by_role("button", name="Je suis le second évaluateur").focus()
        press(page, "Enter")
        told(page, "3 passages confiés à m2")
        press(page, "Escape", "1")
        told(page, "Niveau 1 enregistré")
    with ReviewStore.of(course, E4) as store:
        assert [pair.gap for pair in store.pairs()] == [-3]
