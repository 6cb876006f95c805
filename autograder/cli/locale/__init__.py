"""The words of the command-line library in French, through gettext, as it provides for.

``casekit.po`` is what people edit; ``python -m autograder.cli.locale`` compiles it, and a test keeps both in step.
"""

import gettext
import io
import os
from datetime import UTC, datetime
from pathlib import Path

FOLDER = Path(__file__).parent
SOURCE = FOLDER / "fr" / "LC_MESSAGES" / "casekit.po"
COMPILED = SOURCE.with_suffix(".mo")


def speak_french() -> None:
    """Make this process's own messages French, whatever the machine's language."""
    os.environ["LANGUAGE"] = "fr"
    gettext.bindtextdomain("casekit", str(FOLDER))
    gettext.textdomain("casekit")


def compiled() -> bytes:
    """Return the compiled form of the French words."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    buffer = io.BytesIO()
    with SOURCE.open("rb") as file:
        words = read_po(file, locale="fr")
    words.creation_date = words.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    write_mo(buffer, words)
    return buffer.getvalue()
