"""The dossier de valorisation as an accessible PDF (PDF/UA-1), where typst is there."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

TEMPLATE = Path(__file__).with_name("dossier.typ")


def pdf_of(page: Mapping[str, Any], day: date) -> bytes | None:
    """Return the document; None where typst is not installed, as in a browser's Python.

    Raises
    ------
    CasekitError
        When it cannot be made.
    """
    try:
        from casestudies.typesetting import typeset
    except ImportError:
        return None
    return typeset(TEMPLATE, dict(page), day, "Le dossier de valorisation")
