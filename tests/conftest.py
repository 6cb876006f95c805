"""What several tests share. Chromium is only needed by tests: without it they are skipped, and say how to get it."""

import gc
import os
import shutil
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

CHROMIUM_ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
CHROMIUM_MISSING = (
    "Chromium n’est pas installé : test du navigateur laissé de côté. "
    "Pour l’avoir : « sudo apt-get install -y chromium », ou CHROMIUM=/chemin/vers/chromium."
)


settings.register_profile("casekit", deadline=None)  # a busy machine is slow: nothing is asserted of times
settings.load_profile("casekit")
gc.set_threshold(200_000, 50, 50)  # tests make millions of small objects and few circles: a tenth of the time is saved
STARTED = time.time()
FIXED = 256_782
"""What the calculation that times the machine gives."""
SLOW = Path(__file__).parent / "course"
"""Real gradings, real browsers, real installations: every test of this folder is marked « slow »."""
LONGEST = ("lab", "lab-outils", "attacks", "demo")
"""The groups that begin, each on a worker of its own: no other takes as long."""


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the groups, and pytest the marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep a file's tests on one worker, so that what they share is made once; begin with what takes longest.

    A file marked ``spread`` shares nothing: any worker takes any of its tests, and those that are left at the end.
    """
    for item in items:
        if SLOW in item.path.parents or "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("slow")
        if not (item.get_closest_marker("xdist_group") or item.get_closest_marker("spread")):
            item.add_marker(pytest.mark.xdist_group(item.path.as_posix()))
    items.sort(key=_rank)


def _rank(item: pytest.Item) -> tuple[int, int]:
    """Return when a test begins: gradings, long tests that stand alone, files, short tests that stand alone."""
    if item.get_closest_marker("spread"):
        return (1 if item.get_closest_marker("slow") else 3), 0
    group = item.get_closest_marker("xdist_group")
    name = group.args[0] if group else ""
    return (0 if SLOW in item.path.parents else 2), LONGEST.index(name) if name in LONGEST else len(LONGEST)


def find_chromium() -> str:
    """Return the path of Chromium, an empty text when there is none."""
    named = os.environ.get("CHROMIUM", "")
    if named and Path(named).is_file():
        return named
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((found for name in names if (found := shutil.which(name))), "")


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of Chromium; the test is skipped when there is none."""
    path = find_chromium()
    if not path:
        pytest.skip(CHROMIUM_MISSING)
    return path


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Any]:
    """A running headless Chromium (playwright's Browser)."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright manque : « pip install casekit[test] ».")
    with api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=list(CHROMIUM_ARGUMENTS))
        yield running
        running.close()


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say, at the end, how long it took on this machine, and which legal rules were last checked a year ago."""
    _say_time(terminalreporter)
    _say_late_rules(terminalreporter)


def _say_time(terminalreporter: Any) -> None:
    """Say the time since « make » began beside that of a fixed calculation: two machines can then be compared."""
    took = time.time() - float(os.environ.get("CASEKIT_STARTED") or STARTED)
    used, reference = os.times(), min(_fixed_calculation() for _ in range(5))
    worked = used.user + used.system + used.children_user + used.children_system
    terminalreporter.section("Durée")
    terminalreporter.write_line(
        f"{took:.0f} s, dont {worked:.0f} s de processeur pour les tests : {took / reference:.0f} et "
        f"{worked / reference:.0f} fois la référence de cette machine, un calcul fixe de {1000 * reference:.0f} ms"
    )


def _fixed_calculation() -> float:
    """Return how many seconds a calculation takes that no change of the kit changes."""
    began = time.perf_counter()
    total = 0
    for number in range(1_000_000):
        total = (31 * total + number) % 1_000_003
    assert total == FIXED
    return time.perf_counter() - began


def _say_late_rules(terminalreporter: Any) -> None:
    from casestudies import references

    late = references.stale(date.today())
    if late:
        terminalreporter.section("Règles de droit à vérifier de nouveau (datasets/references)")
    for law in late:
        terminalreporter.write_line(f"{law.TABLE}.csv, « {law.id} » : vérifiée le {law.checked_on.isoformat()}")
