"""What several tests share. Chromium is only needed by tests: without it they are skipped, and say how to get it."""

import os
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

CHROMIUM_ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
CHROMIUM_MISSING = (
    "Chromium n’est pas installé : test du navigateur laissé de côté. "
    "Pour l’avoir : « sudo apt-get install -y chromium », ou CHROMIUM=/chemin/vers/chromium."
)


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


@pytest.fixture
def browser(chromium: str) -> Iterator[Any]:
    """A running headless Chromium (playwright's Browser)."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright manque : « pip install casekit[test] ».")
    with api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=list(CHROMIUM_ARGUMENTS))
        yield running
        running.close()


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say, once and at the end, which legal rules were last checked more than a year ago; nothing fails for it."""
    from casestudies import references

    late = references.stale(date.today())
    if late:
        terminalreporter.section("Règles de droit à vérifier de nouveau (datasets/references)")
    for law in late:
        terminalreporter.write_line(f"{law.TABLE}.csv, « {law.id} » : vérifiée le {law.checked_on.isoformat()}")
