"""The scripts of widgets: a page loads one file for each, so that what they share is put before it here."""

from pathlib import Path

_SHARED = Path(__file__).with_name("dom.js")


def page_script(*paths: Path) -> str:
    """Return the module of a widget, in one or several files, with the functions that every widget's has."""
    return "\n".join(path.read_text(encoding="utf-8") for path in (_SHARED, *paths))
