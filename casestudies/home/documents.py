"""The documents of the companies, for the home: their titles, and each as HTML with the learner's own figures."""

import re

from casestudies.company import company_folder
from casestudies.dossier import ouvrir_dossier
from casestudies.errors import UnknownNameError
from casestudies.names import named

MESSAGE = "message"
MESSAGE_TITLE = "Le message de la direction"
_SUBJECT = re.compile(r"^Objet\s*:")
_HEADING = re.compile(r"(</?h)([1-6])")
_DEEPER = 2
"""A document's own headings stand under those of the home."""


def documents_of(company: str) -> dict[str, str]:
    """Return the titles of a company's documents by name, the message from its management first."""
    found = {MESSAGE: MESSAGE_TITLE}
    for path in sorted((company_folder(company) / "documents").glob("*.md")):
        first = path.read_text(encoding="utf-8").split("\n", 1)[0]
        title = _SUBJECT.sub("", named(first.lstrip("# "))).strip()
        found[path.stem] = title[:1].upper() + title[1:]
    return found


def document_html(company: str, name: str, learner: str) -> str:
    """Return a document as HTML, with the figures of a learner.

    Raises
    ------
    UnknownNameError
        When the company has no document of that name.
    """
    if name not in documents_of(company):
        raise UnknownNameError.of("pièce", name, tuple(documents_of(company)))
    dossier = ouvrir_dossier(company, learner)
    text = dossier.message() if name == MESSAGE else dossier.document(name)
    import mistune  # needed here alone

    html = str(mistune.create_markdown(escape=True, plugins=["table"])(text.markdown))
    return _HEADING.sub(lambda found: f"{found[1]}{min(int(found[2]) + _DEEPER, 6)}", html)


def typed(company: str, name: str) -> str:
    """Return what to type to read a document in a notebook.

    >>> typed("kerlavandre", "charte")
    'ouvrir_dossier("kerlavandre").document("charte")'
    """
    call = "message()" if name == MESSAGE else f'document("{name}")'
    return f'ouvrir_dossier("{company}").{call}'
