"""The scripts of widgets: a page loads one file for each, so that what they share is put before it here."""

from pathlib import Path

_SHARED = Path(__file__).with_name("dom.js")


def page_script(path: Path) -> str:
    """Return the module of a widget, with the functions that every widget's has."""
    return f"{_SHARED.read_text(encoding='utf-8')}\n{path.read_text(encoding='utf-8')}"
