"""The notebook of the home, at the root of a study folder: it opens first, and already reads before it is run."""

from pathlib import Path

from nbformat import v4
from nbformat.notebooknode import NotebookNode

from autograder.course.root_notebooks import write_where_missing
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

    def cells() -> list[NotebookNode]:
        page = HomePage("", standings(root, REFERENCE), revision=(root / REVISION).is_file())
        shown = v4.new_output("display_data", data=page._repr_mimebundle_())
        return [v4.new_code_cell(CELL, id="accueil", metadata={"jupyter": {"source_hidden": True}}, outputs=[shown])]

    return write_where_missing(root / HOME, cells)
