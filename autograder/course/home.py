"""The notebook of the home, at the root of a study folder: it opens first, and already reads before it is run."""

from pathlib import Path

import nbformat
from nbformat import v4

from casestudies.errors import CasekitError, why
from casestudies.home.page import HomePage
from casestudies.home.standing import standings
from casestudies.seeds import REFERENCE
from casestudies.study import HOME, REVISION

CELL = """# Accueil : si la page ci-dessous ne change pas, cliquez ici, puis Maj + Entrée
from casestudies import accueil

accueil()"""


def write_home(root: Path) -> list[Path]:
    """Write the home of a study folder where it is missing, and return it when it was written.

    Raises
    ------
    CasekitError
        When the folder cannot be written.
    """
    path = root / HOME
    if path.exists():
        return []
    page = HomePage("", standings(root, REFERENCE), revision=(root / REVISION).is_file())
    shown = v4.new_output("display_data", data=page._repr_mimebundle_())
    cell = v4.new_code_cell(CELL, id="accueil", metadata={"jupyter": {"source_hidden": True}}, outputs=[shown])
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    try:
        root.mkdir(parents=True, exist_ok=True)
        path.write_text(nbformat.writes(v4.new_notebook(cells=[cell], metadata=kernel)) + "\n", encoding="utf-8")
    except OSError as error:
        raise CasekitError(f"{path} ne peut pas être écrit ({why(error)}).") from error
    return [path]
